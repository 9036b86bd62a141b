//! The values of an unknown key that make a difference: one of each class that some condition
//! distinguishes, and absence.

use super::{AskedBy, DependentKey, OTHER_VALUE};
use crate::compile::{self, CompiledPolicy, Condition, Operand};
use crate::context::{ContextEntry, KeyName, RequestContext};
use crate::evaluate::resolve::Resolved;
use crate::evaluate::{PolicySet, resolve};
use crate::glob::Pattern;
use crate::policy::variable::{Piece, Template};
use crate::policy::{Comparison, ConditionClause, ValueType, Version};
use crate::request::Request;
use crate::result::StatementRef;
use crate::value::{self, Decimal, Network};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The most values whose every subset is tried for a multivalued key.
const MAX_SUBSET_VALUES: usize = 4;

/// An unknown key with the values to try.
#[derive(Clone, Debug)]
pub(super) struct Candidates {
    pub key: KeyName,
    pub entries: Vec<ContextEntry>,
    /// Whether the entries stand for all there are.
    pub exact: bool,
    asked_by: Vec<AskedBy>,
    values: Vec<String>,
    multivalued: bool,
    /// Whether only `Bool` and `Null` ask for it: such a key is better said to be true or false than to be any other value.
    pub boolean: bool,
    patterns: usize,
    /// Another unknown key whose variable this one is compared with.
    same_as: Vec<KeyName>,
}

impl Candidates {
    fn new(key: &KeyName) -> Self {
        Self {
            key: key.clone(),
            entries: Vec::new(),
            exact: true,
            asked_by: Vec::new(),
            values: Vec::new(),
            multivalued: false,
            boolean: true,
            patterns: 0,
            same_as: Vec::new(),
        }
    }

    pub fn into_key(self) -> DependentKey {
        DependentKey { key: self.key, asked_by: self.asked_by }
    }

    fn add(&mut self, value: impl Into<String>) {
        let value = value.into();
        if !self.values.contains(&value) {
            self.values.push(value);
        }
    }

    /// Makes the entries from the values: absent, each value, any other value; or sets of them.
    fn finish(&mut self) {
        self.values.retain(|value| value != OTHER_VALUE);
        self.add(OTHER_VALUE);
        self.entries = vec![ContextEntry::Absent];
        if !self.multivalued {
            self.entries.extend(self.values.iter().cloned().map(ContextEntry::Single));
            return;
        }
        let subset = |mask: usize| {
            let chosen = self.values.iter().enumerate().filter(|(index, _)| mask >> index & 1 == 1);
            ContextEntry::Multiple(chosen.map(|(_, value)| value.clone()).collect())
        };
        if self.values.len() <= MAX_SUBSET_VALUES {
            self.entries.extend((1..1usize << self.values.len()).map(subset));
        } else {
            self.exact = false;
            self.entries.extend(self.values.iter().map(|value| ContextEntry::Multiple(vec![value.clone()])));
            self.entries.push(ContextEntry::Multiple(self.values.clone()));
        }
    }
}

/// Adds the unknown keys that the open statements ask for, with their candidates.
pub(super) fn collect(set: &PolicySet, request: &Request, open: &[StatementRef], keys: &mut Vec<Candidates>) {
    for reference in open {
        if let Some(policy) = set.policy(reference.policy) {
            statement(policy, *reference, request, keys);
        }
    }
    share_values(keys);
    keys.iter_mut().for_each(Candidates::finish);
}

/// Two unknown keys that are compared with each other: what tells one's values apart tells the other's.
fn share_values(keys: &mut [Candidates]) {
    for index in 0..keys.len() {
        let Some((own, same_as)) = keys.get(index).map(|key| (key.values.clone(), key.same_as.clone())) else {
            continue;
        };
        for other in same_as {
            let Some(place) = keys.iter().position(|key| key.key == other) else { continue };
            let theirs = keys.get(place).map(|key| key.values.clone()).unwrap_or_default();
            for (place, values) in [(place, &own), (index, &theirs)] {
                if let Some(key) = keys.get_mut(place) {
                    values.iter().for_each(|value| key.add(value.clone()));
                }
            }
        }
    }
}

/// Adds keys for which no statement asks, with values that count beside any other.
pub(super) fn collect_asked(asked: &[KeyName], values: &[&str], keys: &mut Vec<Candidates>) {
    for name in asked {
        if let Some(key) = find(keys, name) {
            values.iter().for_each(|value| key.add(*value));
            key.finish();
        }
    }
}

fn statement(policy: &CompiledPolicy, reference: StatementRef, request: &Request, keys: &mut Vec<Candidates>) {
    let Some((statement, compiled)) = policy.statement(reference.statement) else { return };
    let context = request.context();
    for (index, (clause, condition)) in statement.condition.iter().zip(&compiled.conditions).enumerate() {
        let asked = AskedBy { statement: reference, condition: Some(index) };
        let name = KeyName::new(&clause.key.value);
        if *context.get(&name) == ContextEntry::Unknown
            && let Some(key) = entry(keys, &name, asked)
        {
            values(key, clause, condition, policy.document.version, context);
        }
        // The other way round: the unknown key stands as a variable in the policy's value.
        let known = context.get(&name).values().unwrap_or_default();
        for template in condition.operands.iter().filter_map(Operand::template) {
            variables(template, known, asked, context, keys);
        }
    }
    for template in compiled.resources.iter().filter_map(|pattern| pattern.template.as_deref()) {
        let parts: Vec<String> = request.resource().split([':', '/']).map(str::to_owned).collect();
        variables(template, &parts, AskedBy { statement: reference, condition: None }, context, keys);
    }
}

/// The candidates of a key, new if there are none yet.
fn find<'k>(keys: &'k mut Vec<Candidates>, key: &KeyName) -> Option<&'k mut Candidates> {
    if !keys.iter().any(|known| known.key == *key) {
        keys.push(Candidates::new(key));
    }
    keys.iter_mut().find(|known| known.key == *key)
}

fn entry<'k>(keys: &'k mut Vec<Candidates>, key: &KeyName, asked: AskedBy) -> Option<&'k mut Candidates> {
    let entry = find(keys, key)?;
    if !entry.asked_by.contains(&asked) {
        entry.asked_by.push(asked);
    }
    Some(entry)
}

/// Unknown keys in a template: candidates are the values that it is compared with.
fn variables(
    template: &Template,
    compared: &[String],
    asked: AskedBy,
    context: &RequestContext,
    keys: &mut Vec<Candidates>,
) {
    for key in template.keys().filter(|key| *context.get(key) == ContextEntry::Unknown) {
        let Some(entry) = entry(keys, key, asked) else { continue };
        compared.iter().filter(|value| !value.is_empty()).for_each(|value| entry.add(value.clone()));
        // A template of the variable alone is compared as a whole; others leave more possibilities.
        let whole = matches!(*template.pieces, [Piece::Variable(_)]);
        entry.exact &= whole && asked.condition.is_some() && !compared.is_empty();
    }
}

/// Values of each class that the condition's operands distinguish.
fn values(
    key: &mut Candidates,
    clause: &ConditionClause,
    condition: &Condition,
    version: Version,
    context: &RequestContext,
) {
    key.multivalued |= clause.operator.quantifier.is_some();
    key.boolean &= matches!(clause.operator.comparison, Comparison::Bool | Comparison::Null);
    for (text, operand) in clause.values.iter().zip(&condition.operands) {
        match operand {
            Operand::Text(_) | Operand::Template(_) => {
                text_values(key, clause.operator.comparison, &text.value, version, context);
            }
            Operand::Date(Some(instant)) => {
                for seconds in [0, instant.seconds, instant.seconds.saturating_add(1)] {
                    match value::written_date(seconds) {
                        Some(text) => key.add(text),
                        None => key.exact = false,
                    }
                }
                // They are whole seconds of this calendar, from 1970 on.
                key.exact &= instant.nanoseconds == 0 && instant.seconds > 0;
            }
            Operand::Network(Some(network)) => network_values(key, network),
            Operand::Binary(Some(_)) => key.exact = false,
            Operand::Null(_) | Operand::Date(None) | Operand::Network(None) | Operand::Binary(None) => {}
        }
    }
}

/// The same for a text, pattern or number.
fn text_values(
    key: &mut Candidates,
    comparison: Comparison,
    written: &str,
    version: Version,
    context: &RequestContext,
) {
    use Comparison as C;
    let template = compile::any_template(written, version);
    match comparison.value_type() {
        ValueType::Pattern | ValueType::Arn => {
            pattern(key, &template, context);
        }
        ValueType::Text | ValueType::Bool => match resolve::text(&template, context) {
            Resolved::Value(text) => {
                if comparison == C::Bool {
                    key.add("true");
                    key.add("false");
                }
                if matches!(comparison, C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase) {
                    key.add(text.to_ascii_uppercase());
                }
                key.add(text);
            }
            Resolved::Missing => {}
            Resolved::Unknown => {
                key.exact = false;
                if let [Piece::Variable(other)] = &*template.pieces {
                    key.same_as.push(other.key.clone());
                }
            }
        },
        // A number: each bound, and just above it; a class below all bounds comes first.
        _ => {
            let Some(number) = Decimal::parse(written) else { return };
            let text = number.to_string();
            key.add("-1");
            // Halfway to the next whole number: bounds with fractions may lie closer.
            key.exact &= !text.starts_with('-') && !text.contains('.');
            key.add(text.clone());
            key.add(text + if number.is_whole() { ".5" } else { "1" });
        }
    }
}

/// A text that the pattern matches. Several patterns on one key may overlap in ways that single
/// samples do not show.
fn pattern(key: &mut Candidates, template: &Template, context: &RequestContext) {
    let mut sample = String::new();
    let mut wildcards = false;
    for piece in &template.pieces {
        match piece {
            Piece::Raw(text) => {
                wildcards |= text.contains(['*', '?']);
                // A colon or an empty run may be what tells two patterns apart; x is neither.
                sample.push_str(&text.replace(['*', '?'], "x"));
            }
            Piece::Literal(character) => sample.push_str(character),
            Piece::Variable(variable) => match (context.get(&variable.key), &variable.default) {
                (ContextEntry::Single(value), _) => sample.push_str(value),
                (ContextEntry::Absent | ContextEntry::Multiple(_), Some(value)) => sample.push_str(value),
                // Without a value it never matches; with an unknown one the key that is compared may be anything.
                (other, _) => {
                    key.exact &= *other != ContextEntry::Unknown;
                    return;
                }
            },
        }
    }
    // A pattern that covers even that value leaves none for what it does not cover, unless it covers all.
    let glob = Pattern { template: Some((template, context)), ..Pattern::plain("") };
    let covers_other = glob.matches(OTHER_VALUE) && !glob.matches("");
    key.exact &= !covers_other;
    key.patterns += usize::from(wildcards && sample != "x");
    key.exact &= key.patterns <= 1 || key.values.contains(&sample);
    key.add(sample);
}

/// The first address of the range, and its neighbors outside.
fn network_values(key: &mut Candidates, network: &Network) {
    key.add(network.first().to_string());
    match (network.first(), network.last()) {
        (IpAddr::V4(first), IpAddr::V4(last)) => {
            key.add("0.0.0.0");
            if let Some(next) = u32::from(last).checked_add(1) {
                key.add(Ipv4Addr::from(next).to_string());
            }
            if let Some(before) = u32::from(first).checked_sub(1) {
                key.add(Ipv4Addr::from(before).to_string());
            }
        }
        (IpAddr::V6(_), IpAddr::V6(last)) => {
            key.add("::");
            if let Some(next) = u128::from(last).checked_add(1) {
                key.add(Ipv6Addr::from(next).to_string());
            }
        }
        _ => {}
    }
}

/// Drops values of the key that has most, to get fewer combinations. Tells whether it could.
pub(super) fn shorten(keys: &mut [Candidates]) -> bool {
    let Some(longest) = keys.iter_mut().max_by_key(|key| key.entries.len()) else { return false };
    if longest.entries.len() <= 3 {
        return false;
    }
    // Absent, the first value that a policy names, and any other value are kept.
    let last = longest.entries.pop();
    longest.entries.truncate((longest.entries.len() / 2).max(2));
    longest.entries.extend(last);
    true
}
