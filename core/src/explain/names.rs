//! How sentences name policies, statements and levels.

use crate::evaluate::PolicySet;
use crate::policy::PolicyType;
use crate::result::{Gate, StatementRef};

/// What AWS's documentation calls a type of policy.
pub(crate) fn noun(policy_type: PolicyType) -> &'static str {
    let name = policy_type.with_article();
    name.split_once(' ').map_or(name, |(_, noun)| noun)
}

/// `a`, `a or b`, `a, b or c`; of many the first.
#[cfg(feature = "serde")]
pub(crate) fn joined(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] if rest.len() < 7 => format!("{} {word} {last}", rest.join(", ")),
        [rest @ .., _] => format!("{} {word} {} others", rest.get(..5).unwrap_or(rest).join(", "), items.len() - 5),
    }
}

/// A document: `the identity-based policy "Read"`; without a name its number, if there are several.
pub(crate) fn document(set: &PolicySet, index: usize) -> String {
    let Some(attached) = set.attached.get(index) else { return String::new() };
    let policy_type = attached.policy.policy_type;
    let gate = match policy_type {
        PolicyType::ServiceControl => Some(Gate::ServiceControl),
        PolicyType::ResourceControl => Some(Gate::ResourceControl),
        _ => None,
    };
    let level = gate.map(|gate| format!(" at {}", level(gate, attached.level, set))).unwrap_or_default();
    let noun = noun(policy_type);
    if let Some(name) = &attached.policy.name {
        return format!("the {noun} \"{name}\"{level}");
    }
    let same = |other: &&crate::evaluate::Attached| {
        other.policy.policy_type.as_str() == policy_type.as_str() && other.level == attached.level
    };
    let count = set.attached.iter().filter(same).count();
    if count == 1 {
        return format!("the {noun}{level}");
    }
    let number = set.attached.iter().take(index + 1).filter(same).count();
    format!("{noun} {number}{level}")
}

/// A statement of a document that was named before: `statement "Read"`.
pub(crate) fn statement_alone(set: &PolicySet, reference: StatementRef) -> String {
    let Some(policy) = set.policy(reference.policy) else { return String::new() };
    let statements = &policy.document().statements;
    let sid = statements.get(reference.statement).and_then(|statement| statement.sid.as_ref());
    match sid.filter(|sid| !sid.value.is_empty()) {
        Some(sid) => format!("statement \"{}\"", sid.value),
        None if statements.len() == 1 => "the statement".to_owned(),
        None => format!("statement {}", reference.statement + 1),
    }
}

/// A statement's name in a sentence: `statement "Read" of the identity-based policy "Photos"`.
/// The only statement of a document goes by the document's name.
pub(crate) fn statement(set: &PolicySet, reference: StatementRef) -> String {
    let document = document(set, reference.policy);
    match statement_alone(set, reference).as_str() {
        "the statement" => document,
        statement => format!("{statement} of {document}"),
    }
}

/// A statement where its gate has been named: `statement "Read" of "Photos"`; nothing where the
/// gate has but this one.
#[cfg(feature = "serde")]
pub(crate) fn statement_at_gate(set: &PolicySet, reference: StatementRef) -> Option<String> {
    let statement = Some(statement_alone(set, reference)).filter(|name| name != "the statement");
    let document = document(set, reference.policy);
    let document = match set.policy(reference.policy).and_then(|policy| policy.name.as_ref()) {
        Some(name) => Some(format!("\"{name}\"")),
        None => (!document.starts_with("the ")).then(|| {
            let number = document.split(' ').find(|word| word.parse::<usize>().is_ok());
            format!("policy {}", number.unwrap_or_default())
        }),
    };
    match (statement, document) {
        (Some(statement), Some(document)) => Some(format!("{statement} of {document}")),
        (statement, document) => statement.or(document),
    }
}

/// The name of an organization level, or its place.
pub(crate) fn level(gate: Gate, level: Option<usize>, set: &PolicySet) -> String {
    let levels = if gate == Gate::ResourceControl { &set.rcp_levels } else { &set.scp_levels };
    let count = levels.as_ref().map_or(0, Vec::len);
    let name = levels.as_ref().zip(level).and_then(|(levels, level)| levels.get(level)).cloned().flatten();
    match (name, level) {
        (Some(name), _) => name,
        (None, Some(0)) => "the organization's root".into(),
        (None, Some(level)) if level + 1 == count => "the account".into(),
        (None, Some(level)) => format!("organizational unit {level}"),
        (None, None) => "the organization".into(),
    }
}

/// The sentence with a capital letter. It begins with a word of ours.
#[cfg(feature = "serde")]
pub(crate) fn capital(sentence: &str) -> String {
    let mut sentence = sentence.to_owned();
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}
