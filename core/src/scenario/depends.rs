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
pub(super) fn reason(dependence: &Dependence, statements: &[StatementResult]) -> String {
    let names = and(&dependence.keys.iter().map(|key| key.key.clone()).collect::<Vec<_>>(), "and");
    let (allowed, denied): (Vec<&Completion>, Vec<&Completion>) =
        dependence.completions.iter().partition(|completion| completion.decision == "Allow");
    let on = format!("It depends on {names}");
    let ([key], [first, ..]) = (dependence.keys.as_slice(), allowed.as_slice()) else {
        return match allowed.first() {
            None => format!(
                "It may depend on {names}: no values were found that change the decision, and not all values were tried."
            ),
            Some(first) => format!("{on}: {}", combinations(dependence, first, allowed.len())),
        };
    };
    let absent = |completion: &&Completion| completion.values.first() == Some(&CompletionValue::Absent);
    if !allowed.iter().any(absent) && denied.iter().all(absent) {
        return format!("{on}: allowed if it is in the request, denied if it is not.");
    }
    if absent(first) && allowed.len() == 1 {
        return format!("{on}: allowed if it is not in the request, denied if it is.");
    }
    let values = |side: &[&Completion]| {
        and(&side.iter().flat_map(|completion| completion.values.iter().map(words)).collect::<Vec<_>>(), "or")
    };
    if key.conditions.iter().all(names_values) {
        return format!("{on}: allowed if it is {}, denied otherwise.", values(&allowed));
    }
    if let [only] = key.conditions.as_slice() {
        let denies = statements.get(only.statement).is_some_and(|statement| statement.effect == "Deny");
        let (holds, fails) = if denies { ("denied", "allowed") } else { ("allowed", "denied") };
        return format!("{on}: {holds} if {} holds, {fails} otherwise.", only.text);
    }
    format!("{on}: allowed for example if it is {}, denied if it is {}.", values(&allowed), values(&denied))
}

/// How many combinations of several keys are allowed, and one of them.
fn combinations(dependence: &Dependence, example: &Completion, allowed: usize) -> String {
    let pairs = dependence.keys.iter().zip(&example.values).map(|(key, value)| match value {
        CompletionValue::Absent => format!("without {}", key.key),
        value => format!("{} = {}", key.key, words(value)),
    });
    let example = and(&pairs.collect::<Vec<_>>(), "and");
    let are = if allowed == 1 { "is" } else { "are" };
    format!("{allowed} of {} combinations {are} allowed, for example {example}.", dependence.completions.len())
}

/// Whether the condition lists the values themselves, not patterns, ranges or sets.
fn names_values(condition: &AskingCondition) -> bool {
    let operator = condition.text.split(' ').next().unwrap_or_default();
    let operator = operator.strip_suffix("IfExists").unwrap_or(operator).to_ascii_lowercase();
    matches!(
        operator.as_str(),
        "stringequals" | "stringnotequals" | "stringequalsignorecase" | "stringnotequalsignorecase" | "bool"
    )
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
