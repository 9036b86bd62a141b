//! "It depends" on the wire.

use super::output::{AskingCondition, Completion, CompletionValue, Dependence, DependentKey, StatementResult};
use crate::context::ContextEntry;
use crate::unknown::{self, AskedBy, OTHER_VALUE};

/// The dependence; `place` gives the index of a statement's result.
pub(super) fn result(
    dependence: &unknown::Dependence,
    statements: &[StatementResult],
    place: impl Fn(&AskedBy) -> Option<usize>,
) -> Dependence {
    let asking = |asked: &AskedBy| {
        let index = place(asked)?;
        let elements = &statements.get(index)?.elements;
        let element = match asked.condition {
            Some(condition) => elements.iter().filter(|element| element.element == "Condition").nth(condition)?,
            None => elements.iter().find(|element| element.element.ends_with("Resource"))?,
        };
        let parts = element.operator.iter().chain(&element.key).chain(&element.expected);
        let text = parts.map(String::as_str).collect::<Vec<_>>().join(" ");
        Some(AskingCondition { statement: index, text, range: element.range })
    };
    Dependence {
        keys: dependence
            .keys
            .iter()
            .map(|key| DependentKey {
                key: key.key.as_str().to_owned(),
                conditions: key.asked_by.iter().filter_map(asking).collect(),
            })
            .collect(),
        completions: dependence
            .completions
            .iter()
            .map(|completion| Completion {
                values: completion.entries.iter().map(value).collect(),
                decision: completion.decision.as_str().to_owned(),
            })
            .collect(),
        exact: dependence.exact,
    }
}

fn value(entry: &ContextEntry) -> CompletionValue {
    match entry {
        ContextEntry::Single(value) if value == OTHER_VALUE => CompletionValue::Other,
        ContextEntry::Single(value) => CompletionValue::Single(value.clone()),
        ContextEntry::Multiple(values) => {
            let name = |value: &String| if value == OTHER_VALUE { "any other value".to_owned() } else { value.clone() };
            CompletionValue::Multiple(values.iter().map(name).collect())
        }
        ContextEntry::Absent | ContextEntry::Unknown => CompletionValue::Absent,
    }
}

/// The answer in one sentence.
pub(super) fn reason(dependence: &Dependence) -> String {
    let keys = and(&dependence.keys.iter().map(|key| key.key.clone()).collect::<Vec<_>>(), "and");
    let allowed: Vec<&Completion> = dependence.completions.iter().filter(|c| c.decision == "Allow").collect();
    match (dependence.keys.as_slice(), allowed.as_slice()) {
        (_, []) => format!("It depends on {keys}."),
        ([_], allowed) => {
            let values: Vec<String> =
                allowed.iter().flat_map(|completion| completion.values.iter().map(words)).collect();
            format!("It depends on {keys}: allowed if it is {}, denied otherwise.", and(&values, "or"))
        }
        (keyed, [first, ..]) => {
            let pairs = keyed.iter().zip(&first.values).map(|(key, value)| match value {
                CompletionValue::Absent => format!("without {}", key.key),
                value => format!("{} = {}", key.key, words(value)),
            });
            let example = and(&pairs.collect::<Vec<_>>(), "and");
            let (some, all) = (allowed.len(), dependence.completions.len());
            format!("It depends on {keys}: {some} of {all} combinations are allowed, for example {example}.")
        }
    }
}

fn words(value: &CompletionValue) -> String {
    match value {
        CompletionValue::Absent => "absent".into(),
        CompletionValue::Other => "any other value".into(),
        CompletionValue::Single(value) if value.is_empty() => "empty".into(),
        CompletionValue::Single(value) => value.clone(),
        CompletionValue::Multiple(values) => format!("[{}]", values.join(", ")),
    }
}

fn and(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first} {word} {second}"),
        [rest @ .., last] if rest.len() < 6 => format!("{} {word} {last}", rest.join(", ")),
        [rest @ .., _] => format!("{} {word} {} others", rest.get(..5).unwrap_or(rest).join(", "), items.len() - 5),
    }
}
