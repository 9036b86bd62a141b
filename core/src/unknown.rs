//! Requests of which not everything is known (SPEC 4.8): allowed, denied, or "it depends", and on what.
//!
//! Kleene logic settles what does not depend on the unknown keys. For the rest, every unknown key that
//! an open statement asks for gets the values that make a difference to some condition, and each
//! combination is decided. So an answer "depends" comes with a request that is allowed and one that is
//! denied, but where these values do not stand for all (keys compared with each other, too many
//! combinations) and are decided alike: then it says that it may depend, and lists no combination.

mod candidates;

use crate::context::{ContextEntry, KeyName};
use crate::evaluate::{self, PolicySet, Truth};
use crate::request::Request;
use crate::result::{Decision, StatementRef};
use candidates::Candidates;

/// The most combinations of values that are decided.
pub const MAX_COMPLETIONS: usize = 2_000;

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
    /// The combinations of values that were decided: each key of `keys` with one of its values.
    pub completions: Vec<Completion>,
    /// Whether the values stand for all values there are. If not, values that are not listed may be
    /// decided in another way than "any other value" says.
    pub exact: bool,
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

/// The text that stands for any value that no policy names: currency signs, which no key carries.
pub const OTHER_VALUE: &str = "\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}\u{a4}";

/// Decides the (action, resource) pairs of one call, of which all have to be allowed, with the further
/// actions that each of them needs ([`Request::further_actions`]).
#[must_use]
pub fn answer(set: &PolicySet, pairs: &[Request]) -> Answer {
    let mut allowed = Truth::True;
    let mut keys = Vec::new();
    for pair in pairs {
        for (part, needed) in parts(pair) {
            let open = evaluate::open(set, &part);
            allowed = allowed.and(open.allowed.or(needed.not()));
            candidates::collect(set, &part, &open.statements, &mut keys);
        }
        candidates::collect_asked(&pair.further_keys(Truth::Unknown), &[], &mut keys);
        if evaluate::credentials_suffice(pair) == Truth::Unknown {
            candidates::collect_asked(&[KeyName::new(evaluate::MFA)], &["true"], &mut keys);
        }
    }
    if allowed != Truth::Unknown {
        return Answer::Decided(together(pairs.iter().map(|pair| decide(set, &without_unknown(pair)))));
    }
    let mut exact = keys.iter().all(|key: &Candidates| key.exact);
    while count(&keys) > MAX_COMPLETIONS && candidates::shorten(&mut keys) {
        exact = false;
    }
    if count(&keys) > MAX_COMPLETIONS || keys.is_empty() {
        return undecided(keys);
    }
    let decisions = decide_all(set, pairs, &keys);
    let first = decisions.first().copied().unwrap_or(Decision::ImplicitDeny);
    let allow = |decision: &Decision| *decision == Decision::Allow;
    if decisions.iter().all(allow) || !decisions.iter().any(allow) {
        if exact {
            return Answer::Decided(first);
        }
        return undecided(keys);
    }
    let (keys, decisions) = without_idle_values(keys, &decisions);
    Answer::Depends(dependence(keys, &decisions, exact))
}

/// It depends on values that were not all tried.
fn undecided(keys: Vec<Candidates>) -> Answer {
    let keys = keys.into_iter().map(Candidates::into_key).collect();
    Answer::Depends(Dependence { keys, completions: Vec::new(), exact: false })
}

/// Drops values that are decided as any other value is, whatever the other keys are.
fn without_idle_values(mut keys: Vec<Candidates>, decisions: &[Decision]) -> (Vec<Candidates>, Vec<Decision>) {
    let mut stride = decisions.len();
    let mut kept = vec![true; decisions.len()];
    for key in &mut keys {
        let size = key.entries.len().max(1);
        stride /= size;
        let place = |combination: usize| combination / stride % size;
        let Some(other) = key.entries.iter().position(is_other) else { continue };
        let idle = |entry: usize| {
            let mut of_entry = (0..decisions.len()).filter(|combination| place(*combination) == entry);
            of_entry.all(|combination| {
                let as_other = combination + (other * stride) - entry * stride;
                decisions.get(combination) == decisions.get(as_other)
            })
        };
        let named = if key.boolean { (1..other).find(|entry| idle(*entry)) } else { None };
        let rest = named.unwrap_or(other);
        let keep: Vec<bool> = (0..size).map(|entry| entry == 0 || entry == rest || !idle(entry)).collect();
        let kept_at = |combination: usize| keep.get(place(combination)).copied().unwrap_or(true);
        kept.iter_mut().enumerate().for_each(|(combination, kept)| *kept &= kept_at(combination));
        let mut keep = keep.iter();
        key.entries.retain(|_| keep.next().copied().unwrap_or(true));
    }
    let decisions = decisions.iter().zip(kept).filter(|(_, kept)| *kept).map(|(decision, _)| *decision);
    let decisions = decisions.collect();
    (keys, decisions)
}

/// Whether this is the entry that stands for all values that no policy names.
fn is_other(entry: &ContextEntry) -> bool {
    match entry {
        ContextEntry::Single(value) => value == OTHER_VALUE,
        ContextEntry::Multiple(values) => matches!(values.as_slice(), [only] if only == OTHER_VALUE),
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
    let mut decision = evaluate::decide(set, request);
    for (action, needed) in request.further_actions() {
        if needed.is_true() && decision != Decision::ExplicitDeny {
            decision = together([decision, evaluate::decide(set, &request.with_action(action))]);
        }
    }
    decision
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

/// Keeps the keys that matter, and the combinations in which the others are as in the first one that
/// shows it.
fn dependence(keys: Vec<Candidates>, decisions: &[Decision], exact: bool) -> Dependence {
    let allows = |combination: usize| decisions.get(combination) == Some(&Decision::Allow);
    let mut stride = decisions.len();
    let mut matters = Vec::new();
    let mut base = 0;
    for key in &keys {
        let size = key.entries.len().max(1);
        stride /= size;
        // Two combinations that differ in this key alone and are decided differently.
        let witness = (0..decisions.len()).find(|combination| {
            let place = combination / stride % size;
            place > 0 && allows(*combination) != allows(combination - place * stride)
        });
        if let Some(witness) = witness
            && matters.is_empty()
        {
            base = witness;
        }
        matters.push((witness.is_some(), stride, size));
    }
    // All combinations that agree with the base in the keys that do not matter.
    let agrees = |combination: &usize| {
        matters.iter().all(|(matters, stride, size)| *matters || combination / stride % size == base / stride % size)
    };
    let completions = (0..decisions.len()).filter(agrees).map(|combination| Completion {
        entries: choose(&keys, combination)
            .into_iter()
            .zip(&matters)
            .filter(|(_, (matters, ..))| *matters)
            .map(|(entry, _)| entry.clone())
            .collect(),
        decision: decisions.get(combination).copied().unwrap_or(Decision::ImplicitDeny),
    });
    let completions = completions.collect();
    let keys = keys.into_iter().zip(&matters).filter(|(_, (matters, ..))| *matters).map(|(key, _)| key.into_key());
    Dependence { keys: keys.collect(), completions, exact }
}
