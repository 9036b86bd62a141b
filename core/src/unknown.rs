//! Requests of which not everything is known (SPEC 4.8): allowed, denied, or "it depends", and on what.
//!
//! Kleene logic settles what does not depend on the unknown keys. For the rest, every unknown key that
//! an open condition asks for gets the values that make a difference to some condition, and each
//! combination is decided. If there are a request that is allowed and one that is denied, they come with the
//! answer "depends". If there are not, and the values stand for all there are, it does not depend. Where they do not,
//! Kleene logic is asked again, with each value of the keys whose values do, and with each other condition once
//! taken to hold and once not: if it always settles the request alike, it does not depend either. What is left is
//! said to depend, without completions, and explanations say that this is not proved.

mod candidates;

use crate::context::{ContextEntry, KeyName};
use crate::evaluate::{self, PolicySet, Truth};
use crate::request::Request;
use crate::result::{Decision, StatementRef};
use candidates::Candidates;

/// The most combinations of values that are decided. A search for values, or for a proof that there are none, compares
/// the policies four times as often, the less often the more statements are open.
pub const THOROUGH: usize = 2_000;

/// The same where hundreds of scenarios are decided one after the other.
pub const QUICK: usize = 100;

/// The most conditions of which both is assumed.
const MAX_ASSUMED: usize = 60;

/// The answer on a request with unknown keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Whatever the unknown keys are, the request is allowed, or it is not; then the decision is the
    /// one for unknown keys that are absent.
    Decided(Decision),
    /// It depends on the unknown keys.
    Depends(Dependence),
}

/// On what a decision depends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependence {
    /// The keys that matter: changing one of them alone can change the decision.
    pub keys: Vec<DependentKey>,
    /// The combinations of values that were decided: each key of `keys` with one of its values. At least one is
    /// allowed and one denied; or there are none, where all that were tried are decided alike and it is not proved that
    /// the others are: with several patterns with wildcards on a key, a variable between wildcards, comparisons of one
    /// key in several ways, sets of more than four values, or too many combinations.
    pub completions: Vec<Completion>,
    /// Whether the values stand for all values there are. If not, values that are not listed may be
    /// decided in another way than "any other value" says.
    pub exact: bool,
    /// Without completions: how those that were tried are decided.
    pub alike: Option<Decision>,
}

/// An unknown key that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependentKey {
    /// The key.
    pub key: KeyName,
    /// The conditions and variables of open statements that ask for it.
    pub asked_by: Vec<AskedBy>,
}

/// Where a key is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedBy {
    /// The statement.
    pub statement: StatementRef,
    /// The condition's index in the statement; `None` for a variable in the resource.
    pub condition: Option<usize>,
}

/// One combination of values and its decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The values, in the order of [`Dependence::keys`].
    pub entries: Vec<ContextEntry>,
    /// The decision.
    pub decision: Decision,
}

/// The text that stands for any value that no policy names: currency signs, which no key carries. Each key has one more
/// of them than the key before, so that no two keys are equal by such values.
pub const OTHER_VALUE: &str = "\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}";

/// Decides the (action, resource) pairs of one call, of which all have to be allowed, with the further
/// actions that each of them needs ([`Request::further_actions`]). `most`: how many combinations are decided at
/// most, see [`THOROUGH`].
#[must_use]
pub fn answer(set: &PolicySet, pairs: &[Request], most: usize) -> Answer {
    let mut keys = Vec::new();
    let mut open = 0;
    let allowed = kleene(set, pairs, &mut |_, request, statement| {
        open += 1;
        candidates::collect(set, request, statement, &mut keys);
        Truth::Unknown
    });
    let absent = || together(pairs.iter().map(|pair| decide(set, &without_unknown(pair))));
    if allowed != Truth::Unknown {
        return Answer::Decided(absent());
    }
    for pair in pairs {
        candidates::collect_asked(&pair.further_keys(Truth::Unknown), &[], &mut keys);
        if evaluate::credentials_suffice(pair) == Truth::Unknown {
            candidates::collect_asked(&[KeyName::new(evaluate::MFA)], &["true"], &mut keys);
        }
    }
    candidates::finish(&mut keys);
    let mut search = Search { set, steps: 4 * most / (1 + open / 8), assumed: Vec::new(), seen: Default::default() };
    let exact = keys.iter().all(|key: &Candidates| key.exact);
    let most = most / (1 + pairs.len() / 2);
    let listed = count(&keys) <= most;
    let mut proved = exact;
    if !listed {
        proved &= search.settled(pairs, &keys.iter().collect::<Vec<_>>(), &mut Vec::new()) != Truth::Unknown;
        let [denied, allowed] = &search.seen;
        if !denied.is_empty() && !allowed.is_empty() {
            // The combinations between one that is allowed and one that is denied. As these are not all, and the
            // two are known to differ, nothing is proved by them.
            search.steps = 0;
            let mut combinations = 1;
            for ((key, denied), allowed) in keys.iter_mut().zip(denied).zip(allowed) {
                key.entries = vec![allowed.clone()];
                if denied != allowed && combinations < most / 2 {
                    combinations *= 2;
                    key.entries.push(denied.clone());
                }
            }
        }
    }
    let mut alike = None;
    if count(&keys) <= most {
        let decisions = decide_all(set, pairs, &keys);
        let allow = |decision: &Decision| *decision == Decision::Allow;
        if decisions.iter().any(allow) && !decisions.iter().all(allow) {
            return Answer::Depends(dependence(keys, &decisions, exact && listed));
        }
        alike = decisions.first().copied();
    }
    if !proved {
        let keys: Vec<&Candidates> = keys.iter().filter(|key| key.exact).collect();
        proved = search.settled(pairs, &keys, &mut Vec::new()) != Truth::Unknown;
    }
    if proved {
        return Answer::Decided(absent());
    }
    let keys = keys.into_iter().map(Candidates::into_key).collect();
    Answer::Depends(Dependence { keys, completions: Vec::new(), exact: false, alike })
}

/// Whether all pairs are allowed, by Kleene logic. `assume` is asked about each open statement: of which pair, compared
/// with which request.
fn kleene(set: &PolicySet, pairs: &[Request], assume: &mut dyn FnMut(usize, &Request, StatementRef) -> Truth) -> Truth {
    let mut allowed = Truth::True;
    for (index, pair) in pairs.iter().enumerate() {
        for (part, needed) in parts(pair) {
            let of_part = evaluate::open(set, &part, &mut |statement| assume(index, &part, statement));
            allowed = allowed.and(of_part.or(needed.not()));
        }
    }
    allowed
}

/// Looks through the values of unknown keys, and leaves out what Kleene logic settles.
struct Search<'s> {
    set: &'s PolicySet,
    /// How often the policies may still be compared.
    steps: usize,
    /// Open elements of statements on a pair, and whether they are taken to hold.
    assumed: Vec<(usize, AskedBy, bool)>,
    /// Values of the keys with which the pairs are denied, and with which they are allowed.
    seen: [Vec<ContextEntry>; 2],
}

impl Search<'_> {
    /// What comes out whatever these keys are, and whichever of the conditions hold that are open then: unknown if
    /// that is not always the same. `path`: the values of the keys before these.
    fn settled(&mut self, pairs: &[Request], keys: &[&Candidates], path: &mut Vec<ContextEntry>) -> Truth {
        let mut open = None;
        let (set, assumed) = (self.set, &self.assumed);
        let allowed = kleene(set, pairs, &mut |pair, request, statement| {
            let elements = candidates::open_elements(set, request, statement);
            let mut all = if elements.is_empty() { Truth::Unknown } else { Truth::True };
            for asked in elements {
                let known = assumed.iter().find_map(|(of, other, holds)| {
                    let opposite = candidates::same(set, &asked, other).filter(|_| *of == pair)?;
                    Some(Truth::from(*holds != opposite))
                });
                if known.is_none() {
                    open = Some((pair, asked));
                }
                all = all.and(known.unwrap_or(Truth::Unknown));
            }
            all
        });
        if allowed != Truth::Unknown
            && self.assumed.is_empty()
            && let Some(seen) = self.seen.get_mut(usize::from(allowed.is_true()))
            && seen.is_empty()
        {
            seen.clone_from(path);
            seen.extend(keys.iter().filter_map(|key| key.entries.first().cloned()));
        }
        self.steps = self.steps.saturating_sub(1);
        if allowed != Truth::Unknown || self.steps == 0 || self.assumed.len() > MAX_ASSUMED {
            return allowed;
        }
        let mut same = None;
        if let Some((key, rest)) = keys.split_first() {
            for entry in &key.entries {
                path.push(entry.clone());
                let outcome = self.settled(&with(pairs, &key.key, entry), rest, path);
                path.pop();
                if *same.get_or_insert(outcome) != outcome {
                    return Truth::Unknown;
                }
            }
        } else if let Some((pair, asked)) = open {
            for holds in [true, false] {
                self.assumed.push((pair, asked, holds));
                let outcome = self.settled(pairs, keys, path);
                self.assumed.pop();
                if *same.get_or_insert(outcome) != outcome {
                    return Truth::Unknown;
                }
            }
        }
        same.unwrap_or(Truth::Unknown)
    }
}

/// The pairs with a key set.
fn with(pairs: &[Request], key: &KeyName, entry: &ContextEntry) -> Vec<Request> {
    let mut pairs = pairs.to_vec();
    pairs.iter_mut().for_each(|pair| pair.set_context(key.as_str(), entry.clone()));
    pairs
}

/// Whether the text stands for any value that no policy names.
pub(crate) fn is_other_value(value: &str) -> bool {
    value.starts_with(OTHER_VALUE)
}

/// Whether this is the entry that stands for all values that no policy names.
fn is_other(entry: &ContextEntry) -> bool {
    match entry {
        ContextEntry::Single(value) => is_other_value(value),
        ContextEntry::Multiple(values) => matches!(values.as_slice(), [only] if is_other_value(only)),
        ContextEntry::Absent | ContextEntry::Unknown => false,
    }
}

/// The request with its unknown keys absent.
pub(crate) fn without_unknown(request: &Request) -> Request {
    let unknown = request.context().iter().filter(|(_, entry)| **entry == ContextEntry::Unknown);
    let keys: Vec<KeyName> = unknown.map(|(key, _)| key.clone()).collect();
    let mut request = request.clone();
    keys.iter().for_each(|key| request.set_context(key.as_str(), ContextEntry::Absent));
    request
}

/// The request itself and the further actions that it may need, with whether it needs them.
pub(crate) fn parts(request: &Request) -> Vec<(Request, Truth)> {
    let mut parts = vec![(request.clone(), Truth::True)];
    for (action, needed) in request.further_actions() {
        parts.push((request.with_action(action), needed));
    }
    parts
}

/// The decision on a pair without unknown keys, with the further actions that it needs.
fn decide(set: &PolicySet, request: &Request) -> Decision {
    together(with_further(request.clone()).iter().map(|part| evaluate::decide(set, part)))
}

/// The request and the further actions that it needs.
pub(crate) fn with_further(request: Request) -> Vec<Request> {
    let mut parts = parts(&request);
    parts.retain(|(_, needed)| needed.is_true());
    parts.into_iter().map(|(part, _)| part).collect()
}

/// The decision on a call: an explicit deny of one pair denies the call explicitly, whatever denies the others.
///
/// AWS authorizes each pair by itself (SPEC M-32) and does not say what a call is whose pairs are denied in both ways.
/// Our choice follows from what it says of one: an explicit deny wins over everything, and to allow the pair that is
/// denied implicitly would not help.
pub(crate) fn together(decisions: impl IntoIterator<Item = Decision>) -> Decision {
    let mut call = Decision::Allow;
    for decision in decisions {
        if decision == Decision::ExplicitDeny || call == Decision::Allow {
            call = decision;
        }
    }
    call
}

fn count(keys: &[Candidates]) -> usize {
    keys.iter().fold(1, |product: usize, key| product.saturating_mul(key.entries.len()))
}

/// The decision for every combination; the last key changes fastest.
fn decide_all(set: &PolicySet, pairs: &[Request], keys: &[Candidates]) -> Vec<Decision> {
    (0..count(keys))
        .map(|combination| {
            let chosen = choose(keys, combination);
            together(pairs.iter().map(|pair| {
                let mut request = pair.clone();
                for (key, entry) in keys.iter().zip(&chosen) {
                    request.set_context(key.key.as_str(), (*entry).clone());
                }
                decide(set, &request)
            }))
        })
        .collect()
}

/// The entries of a combination.
fn choose(keys: &[Candidates], mut combination: usize) -> Vec<&ContextEntry> {
    let mut chosen = Vec::new();
    for key in keys.iter().rev() {
        chosen.extend(key.entries.get(combination % key.entries.len().max(1)));
        combination /= key.entries.len().max(1);
    }
    chosen.reverse();
    chosen
}

/// Keeps the keys that matter, with the others absent, and of their values those that are not decided as any other
/// value is, whatever the other keys are.
fn dependence(keys: Vec<Candidates>, decisions: &[Decision], exact: bool) -> Dependence {
    let allows = |combination: usize| decisions.get(combination) == Some(&Decision::Allow);
    let mut stride = decisions.len();
    let mut listed = vec![true; decisions.len()];
    let mut matter = Vec::new();
    for key in &keys {
        let size = key.entries.len().max(1);
        stride /= size;
        let place = |combination: usize| combination / stride % size;
        // Two combinations that differ in this key alone and are decided differently.
        let matters = (0..decisions.len())
            .any(|combination| allows(combination) != allows(combination - place(combination) * stride));
        matter.push(matters);
        let other = key.entries.iter().position(is_other).filter(|_| matters);
        let idle = |entry: usize| {
            (0..decisions.len()).filter(|combination| place(*combination) == entry).all(|combination| {
                let as_other = combination + other.unwrap_or(entry) * stride - entry * stride;
                decisions.get(combination) == decisions.get(as_other)
            })
        };
        let named = other.filter(|_| key.boolean).and_then(|other| (1..other).find(|entry| idle(*entry)));
        let rest = named.or(other);
        let kept: Vec<bool> = (0..size)
            .map(|entry| entry == 0 || matters && (other.is_none() || Some(entry) == rest || !idle(entry)))
            .collect();
        for (combination, listed) in listed.iter_mut().enumerate() {
            *listed &= kept.get(place(combination)).copied().unwrap_or_default();
        }
    }
    let mut completions = Vec::new();
    for (combination, (decision, _)) in decisions.iter().zip(listed).enumerate().filter(|(_, (_, listed))| *listed) {
        let entries = choose(&keys, combination).into_iter().zip(&matter).filter(|(_, matters)| **matters);
        completions
            .push(Completion { entries: entries.map(|(entry, _)| entry.clone()).collect(), decision: *decision });
    }
    let keys = keys.into_iter().zip(matter).filter(|(_, matters)| *matters).map(|(key, _)| key.into_key());
    Dependence { keys: keys.collect(), completions, exact, alike: None }
}
