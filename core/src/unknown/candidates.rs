//! The values of an unknown key that make a difference: one of each class that some condition
//! distinguishes, and absence.

use super::{AskedBy, DependentKey, OTHER_VALUE};
use crate::compile::{self, Condition, Operand};
use crate::context::{ContextEntry, KeyName, RequestContext};
use crate::evaluate::resolve::Resolved;
use crate::evaluate::{self, ElementKind, PolicySet, Truth, resolve};
use crate::glob::{self, Pattern};
use crate::policy::variable::{Piece, Template};
use crate::policy::{Comparison, ConditionClause, ValueType, Version};
use crate::request::Request;
use crate::result::StatementRef;
use crate::value::{self, Decimal, Network};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The most values whose every subset is tried for a multivalued key.
const MAX_SUBSET_VALUES: usize = 4;

/// The most parts of a text that are tried for a variable in a pattern.
const MAX_PARTS: usize = 8;

/// Global keys that hold several values. Those of single services are known to the catalog of
/// actions alone, which is too large for this.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
const MULTIVALUED: &[&str] = &[
    "aws:tagkeys",
    "aws:CalledVia",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalOrgPaths",
    "aws:ResourceOrgPaths",
    "aws:SourceOrgPaths",
    "aws:VpceOrgPaths",
];

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
    /// Whether it is asked for without a set operator.
    plain: bool,
    /// Whether only `Bool` and `Null` ask for it: such a key is better said to be true or false than to be any other value.
    pub boolean: bool,
    /// How it is compared; `Pattern` stands for all ways that take it as it is written.
    kind: Option<ValueType>,
    /// The pattern with wildcards that it is compared with, whether as an ARN, and a text that it matches.
    pattern: Option<(String, bool, String)>,
    /// Whether it is compared with another unknown key.
    compared: bool,
}

impl Candidates {
    fn new(key: &KeyName) -> Self {
        Self {
            key: key.clone(),
            entries: Vec::new(),
            exact: true,
            asked_by: Vec::new(),
            values: Vec::new(),
            // Some of AWS's keys hold several values, even where a policy compares them without a set operator.
            multivalued: key.is_among(MULTIVALUED),
            plain: false,
            boolean: true,
            kind: None,
            pattern: None,
            compared: false,
        }
    }

    pub fn into_key(self) -> DependentKey {
        DependentKey { key: self.key, asked_by: self.asked_by }
    }

    fn add(&mut self, value: &str) {
        if !self.values.iter().any(|known| known == value) {
            self.values.push(value.to_owned());
        }
    }

    /// Takes note of how it is compared, and whether as a set.
    fn compared_by(&mut self, comparison: Comparison, set: bool) {
        use Comparison as C;
        self.boolean &= matches!(comparison, C::Bool | C::Null);
        let kind = match (comparison, comparison.value_type()) {
            // Whether there are values is the same for one and for several.
            (C::Null, _) => return,
            (C::StringEquals | C::StringNotEquals, _) | (_, ValueType::Arn) => ValueType::Pattern,
            (_, kind) => kind,
        };
        self.multivalued |= set;
        self.plain |= !set;
        // Values of each kind do not show which belong to two: 5 and 5.0 are one number and two texts.
        self.exact &= *self.kind.get_or_insert(kind) == kind;
    }

    /// Makes the entries from the values: absent, each value, any other value; or sets of them. `other`: the last.
    fn finish(&mut self, other: &str) {
        if let Some((.., sample)) = self.pattern.take() {
            // A sample that is named too does not stand for the others.
            self.exact &= !self.compared && !self.values.contains(&sample);
            self.add(&sample);
        }
        self.add(other);
        self.entries = vec![ContextEntry::Absent];
        // How many values there are makes a difference then.
        self.exact &= !(self.multivalued && self.plain);
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

/// The elements of a statement of which it is not known whether they match.
pub(super) fn open_elements(set: &PolicySet, request: &Request, statement: StatementRef) -> Vec<AskedBy> {
    let mut open = Vec::new();
    let mut conditions = 0;
    for element in evaluate::compared(set, request, statement).iter() {
        let condition = (element.kind == ElementKind::Condition).then_some(conditions);
        conditions += usize::from(condition.is_some());
        if element.matched == Truth::Unknown {
            open.push(AskedBy { statement, condition });
        }
    }
    open
}

/// Whether two elements say the same of a request (false) or opposite things (true).
pub(super) fn same(set: &PolicySet, one: &AskedBy, other: &AskedBy) -> Option<bool> {
    if one == other {
        return Some(false);
    }
    let clause = |asked: &AskedBy| {
        let document = &set.policy(asked.statement.policy)?.document;
        let clause = document.statements.get(asked.statement.statement)?.condition.get(asked.condition?)?;
        Some((document.version, clause))
    };
    let ((version, a), (other_version, b)) = clause(one).zip(clause(other))?;
    let same_values =
        a.values.len() == b.values.len() && a.values.iter().zip(&b.values).all(|(a, b)| a.value == b.value);
    let (x, y) = (a.operator, b.operator);
    // Those of texts stand next to their negations, and neither a missing key nor a value of a wrong type satisfies
    // both or none. A set, or a missing key with IfExists, may.
    let pair = |comparison: Comparison| comparison as u8 / 2;
    let opposite = pair(x.comparison) == pair(y.comparison)
        && pair(x.comparison) <= pair(Comparison::StringNotLike)
        && x.quantifier.is_none()
        && y.quantifier.is_none()
        && !x.if_exists
        && !y.if_exists;
    let same = version == other_version && same_values && a.key.value.eq_ignore_ascii_case(&b.key.value);
    (same && (x == y || opposite)).then_some(x.comparison != y.comparison)
}

/// Adds the unknown keys that an open statement asks for.
pub(super) fn collect(set: &PolicySet, request: &Request, statement: StatementRef, keys: &mut Vec<Candidates>) {
    let Some(policy) = set.policy(statement.policy) else { return };
    let Some((written, compiled)) = policy.statement(statement.statement) else { return };
    let context = request.context();
    for asked in open_elements(set, request, statement) {
        let Some(index) = asked.condition else {
            let behind = request.behind_access_point();
            let texts: Vec<&str> = [request.resource()].into_iter().chain(behind.as_deref()).collect();
            for pattern in compiled.resources.iter() {
                let template = pattern.template.iter().map(|template| (&**template, pattern.missing == 0));
                template.for_each(|(template, exact)| {
                    variables(template, &texts, exact, Comparison::StringLike, asked, context, keys);
                });
            }
            continue;
        };
        let (Some(clause), Some(condition)) = (written.condition.get(index), compiled.conditions.get(index)) else {
            continue;
        };
        let name = KeyName::new(&clause.key.value);
        let known = context.get(&name);
        let texts: Vec<&str> = known.values().unwrap_or_default().iter().map(String::as_str).collect();
        let unknown = *known == ContextEntry::Unknown;
        if unknown && let Some(key) = entry(keys, &name, asked) {
            values(key, clause, condition, policy.document.version, context);
        }
        let comparison = clause.operator.comparison;
        for template in condition.operands.iter().filter_map(Operand::template) {
            if !unknown {
                let exact = matches!(comparison.value_type(), ValueType::Pattern | ValueType::Arn);
                variables(template, &texts, exact || is_whole(template), comparison, asked, context, keys);
            }
            // The other way round: the unknown key stands as a variable in the policy's value.
            for variable in template.keys().filter(|key| *context.get(key) == ContextEntry::Unknown) {
                let Some(key) = entry(keys, variable, asked) else { continue };
                if comparison == Comparison::Bool {
                    key.add("true");
                    key.add("false");
                }
                key.compared_by(comparison, false);
                key.compared |= unknown;
                key.exact &= !unknown || is_whole(template);
            }
        }
    }
    // A variable without a value may count against the whole statement (SPEC V-11).
    if set.options.unresolved_variable_invalidates_statement {
        compiled.each_variable(&mut |variable| {
            if resolve::open(variable, context) == Some(true) && variable.default.is_none() {
                find(keys, &variable.key);
            }
        });
    }
}

/// Whether a template is a variable and nothing else.
fn is_whole(template: &Template) -> bool {
    matches!(*template.pieces, [Piece::Variable(_)])
}

/// Makes the entries. Keys that are compared with each other have their values in common, with one more for each two
/// of them that no policy names; any other value of a key is one that no other key has.
pub(super) fn finish(keys: &mut [Candidates]) {
    let compared = |key: &&mut Candidates| key.compared;
    let mut common: Vec<String> = Vec::new();
    let mut count = 0;
    for key in keys.iter_mut().filter(compared) {
        count += 1;
        key.exact &= key.kind == Some(ValueType::Pattern);
        common.append(&mut key.values);
    }
    let mut sample = "x".to_owned();
    for _ in 0..count / 2 {
        while common.contains(&sample) {
            sample.push('x');
        }
        common.push(sample.clone());
    }
    for key in keys.iter_mut().filter(compared) {
        common.iter().for_each(|value| key.add(value));
    }
    let mut other = OTHER_VALUE.to_owned();
    for key in keys {
        key.finish(&other);
        other.push('\u{a4}');
    }
}

/// Adds keys for which no statement asks, with values that count beside any other.
pub(super) fn collect_asked(asked: &[KeyName], values: &[&str], keys: &mut Vec<Candidates>) {
    for name in asked {
        if let Some(key) = find(keys, name) {
            values.iter().for_each(|value| key.add(value));
        }
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

/// Where a text has a part, overlapping ones included.
fn places(text: &str, part: &str) -> Vec<usize> {
    let mut places = Vec::new();
    for place in 0..=text.len() {
        if text.get(place..).is_some_and(|rest| rest.starts_with(part)) {
            places.push(place);
        }
    }
    places
}

/// Unknown keys in a template that is compared with these texts: candidates are the parts of the texts that the
/// variable may stand for, between what stands before and behind it in the template.
fn variables(
    template: &Template,
    texts: &[&str],
    exact: bool,
    comparison: Comparison,
    asked: AskedBy,
    context: &RequestContext,
    keys: &mut Vec<Candidates>,
) {
    // What stands right before the variable.
    let mut before = String::new();
    let mut start = true;
    let mut pieces = template.pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        let variable = match piece {
            Piece::Raw(text) => {
                before.push_str(text);
                if let Some(last) = before.bytes().rposition(|byte| matches!(byte, b'*' | b'?')) {
                    (before, start) = (before.split_off(last + 1), false);
                }
                continue;
            }
            Piece::Literal(character) => {
                before.push_str(character);
                continue;
            }
            Piece::Variable(variable) => variable,
        };
        if let Resolved::Value(value) = resolve::variable(variable, context) {
            before.push_str(value);
            continue;
        }
        let Some(key) = Some(&variable.key).filter(|key| *context.get(key) == ContextEntry::Unknown) else { return };
        let Some(key) = entry(keys, key, asked) else { return };
        let behind = match pieces.peek() {
            None => None,
            Some(Piece::Raw(text)) => text.get(..glob::fixed(text)),
            Some(Piece::Literal(character)) => Some(*character),
            Some(Piece::Variable(_)) => Some(""),
        };
        key.compared_by(comparison, false);
        key.boolean = false;
        // Without any text beside it, it may stand for too much.
        let bounded = exact && behind != Some("") && (start || !before.is_empty());
        let mut found = 0;
        for text in texts {
            if !bounded {
                text.split([':', '/']).filter(|part| !part.is_empty()).for_each(|part| key.add(part));
                continue;
            }
            for from in places(text, &before).into_iter().filter(|from| !start || *from == 0) {
                let rest = text.get(from + before.len()..).unwrap_or_default();
                for end in behind.map_or_else(|| vec![rest.len()], |behind| places(rest, behind)) {
                    found += 1;
                    if found <= MAX_PARTS {
                        key.add(rest.get(..end).unwrap_or_default());
                    }
                }
            }
        }
        key.exact &= bounded && found <= MAX_PARTS;
        before.clear();
        start = false;
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
    key.compared_by(clause.operator.comparison, clause.operator.quantifier.is_some());
    for (text, operand) in clause.values.iter().zip(&condition.operands) {
        match operand {
            Operand::Text(_) | Operand::Template(_) => {
                text_values(key, clause.operator.comparison, &text.value, version, context);
            }
            Operand::Date(Some(instant)) => {
                for seconds in [0, instant.seconds, instant.seconds.saturating_add(1)] {
                    match value::written_date(seconds) {
                        Some(text) => key.add(&text),
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
    if let [Piece::Variable(variable)] = &*template.pieces
        && comparison.value_type().takes_variables()
        && *context.get(&variable.key) == ContextEntry::Unknown
    {
        key.compared = true;
        variable.default.iter().for_each(|text| key.add(text));
        if comparison == C::Bool {
            key.add("true");
            key.add("false");
        }
        return;
    }
    match comparison.value_type() {
        ValueType::Pattern | ValueType::Arn => {
            pattern(key, (written, &template), comparison.value_type() == ValueType::Arn, context);
        }
        ValueType::Text | ValueType::Bool => match resolve::text(&template, context) {
            Resolved::Value(text) => {
                if comparison == C::Bool {
                    key.add("true");
                    key.add("false");
                }
                if matches!(comparison, C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase) {
                    key.add(&text.to_ascii_uppercase());
                }
                key.add(&text);
            }
            Resolved::Missing => {}
            Resolved::Unknown => key.exact = false,
        },
        // A number: each bound, and just above it; a class below all bounds comes first.
        _ => {
            let Some(number) = Decimal::parse(written) else { return };
            let text = number.to_string();
            key.add("-1");
            // Halfway to the next whole number: bounds with fractions may lie closer.
            key.exact &= !text.starts_with('-') && !text.contains('.');
            key.add(&text);
            key.add(&(text + if number.is_whole() { ".5" } else { "1" }));
        }
    }
}

/// A text that the pattern matches. Several patterns on one key may overlap in ways that single
/// samples do not show.
fn pattern(key: &mut Candidates, (written, template): (&str, &Template), arn: bool, context: &RequestContext) {
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
    if wildcards && sample != "x" {
        let (first, as_arn, _) = key.pattern.get_or_insert_with(|| (written.to_owned(), arn, sample.clone()));
        if first == written && *as_arn == arn {
            return;
        }
        key.exact = false;
    }
    key.add(&sample);
}

/// The first address of the range, its neighbors outside, and the first of all.
fn network_values(key: &mut Candidates, network: &Network) {
    let first = network.first();
    let mut addresses = vec![first];
    match (first, network.last()) {
        (IpAddr::V4(first), IpAddr::V4(last)) => {
            addresses.push(Ipv4Addr::UNSPECIFIED.into());
            addresses.extend(u32::from(last).checked_add(1).map(|next| IpAddr::V4(next.into())));
            addresses.extend(u32::from(first).checked_sub(1).map(|before| IpAddr::V4(before.into())));
        }
        (_, IpAddr::V6(last)) => {
            addresses.push(Ipv6Addr::UNSPECIFIED.into());
            addresses.extend(u128::from(last).checked_add(1).map(|next| IpAddr::V6(next.into())));
        }
        _ => {}
    }
    addresses.iter().for_each(|address| key.add(&address.to_string()));
}
