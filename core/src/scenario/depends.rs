//! "It depends" on the wire.

use super::output::{AskingCondition, Completion, CompletionValue, Dependence, DependentKey, StatementResult};
use crate::context::ContextEntry;
use crate::explain::names::joined;
use crate::result::Decision;
use crate::unknown::{self, AskedBy, is_other_value};

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
        let texts: Vec<&str> = match asked.condition {
            Some(_) => {
                element.operator.iter().chain(&element.key).chain(&element.expected).map(String::as_str).collect()
            }
            None => element.values.iter().filter(|value| value.unknown).map(|value| value.text.as_str()).collect(),
        };
        let text = texts.join(if asked.condition.is_some() { " " } else { " or " });
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
        ContextEntry::Single(value) if is_other_value(value) => CompletionValue::Other,
        ContextEntry::Single(value) => CompletionValue::Single(value.clone()),
        ContextEntry::Multiple(values) => {
            let name =
                |value: &String| if is_other_value(value) { "any other value".to_owned() } else { value.clone() };
            CompletionValue::Multiple(values.iter().map(name).collect())
        }
        ContextEntry::Absent | ContextEntry::Unknown => CompletionValue::Absent,
    }
}

/// The answer in one sentence. `alike`: how it is decided with all values that were tried.
pub(super) fn reason(dependence: &Dependence, statements: &[StatementResult], alike: Option<Decision>) -> String {
    let names = joined(&dependence.keys.iter().map(|key| key.key.clone()).collect::<Vec<_>>(), "and");
    let (allowed, denied): (Vec<&Completion>, Vec<&Completion>) =
        dependence.completions.iter().partition(|completion| completion.decision == "Allow");
    let (Some(first), Some(first_denied)) = (allowed.first(), denied.first()) else {
        let tried = match alike {
            None => "no values were found that settle it",
            Some(Decision::Allow) => "with all values that were tried it is allowed, but others may be denied",
            Some(_) => "with all values that were tried it is denied, but others may be allowed",
        };
        return format!("It may depend on {names}: {tried}.");
    };
    let on = format!("It depends on {names}");
    let values = |side: &[&Completion]| {
        joined(&side.iter().flat_map(|completion| completion.values.iter().map(words)).collect::<Vec<_>>(), "or")
    };
    let single = dependence.keys.len() == 1;
    if single {
        let absent = |completion: &&Completion| completion.values.first() == Some(&CompletionValue::Absent);
        if !allowed.iter().any(absent) && denied.iter().all(absent) {
            return format!("{on}: allowed if it is in the request, denied if it is not.");
        }
        if absent(first) && allowed.len() == 1 {
            return format!("{on}: allowed if it is not in the request, denied if it is.");
        }
        if dependence.keys.iter().flat_map(|key| &key.conditions).all(names_values) {
            return format!("{on}: allowed if it is {}, denied otherwise.", values(&allowed));
        }
    }
    let mut asking: Vec<&AskingCondition> = Vec::new();
    for condition in dependence.keys.iter().flat_map(|key| &key.conditions) {
        if !asking.iter().any(|known| known.statement == condition.statement && known.range == condition.range) {
            asking.push(condition);
        }
    }
    if let [only] = asking.as_slice() {
        let statement = statements.get(only.statement);
        let denies = statement.is_some_and(|statement| statement.effect == "Deny");
        let (holds, fails, example) =
            if denies { ("denied", "allowed", first_denied) } else { ("allowed", "denied", first) };
        let mut elements = statement.into_iter().flat_map(|statement| &statement.elements);
        let covers = match elements.find(|element| element.range == only.range).map(|element| element.element.as_str())
        {
            Some("Resource") => "covers the resource",
            Some("NotResource") => "does not cover the resource",
            _ => "holds",
        };
        let example = match single && covers == "holds" {
            true => String::new(),
            false => format!(" (for example {})", example_of(dependence, example)),
        };
        return format!("{on}: {holds} if {} {covers}{example}, {fails} otherwise.", only.text);
    }
    if single {
        return format!(
            "{on}: allowed for example if it is {}, denied if it is {}.",
            values(&allowed),
            values(&denied)
        );
    }
    let (count, tried) = (dependence.completions.len(), if dependence.exact { "" } else { " that were tried" });
    let are = if allowed.len() == 1 { "is" } else { "are" };
    let example = example_of(dependence, first);
    format!("{on}: {} of {count} combinations{tried} {are} allowed, for example {example}.", allowed.len())
}

/// The values of a combination.
fn example_of(dependence: &Dependence, example: &Completion) -> String {
    let pairs = dependence.keys.iter().zip(&example.values).map(|(key, value)| match value {
        CompletionValue::Absent => format!("without {}", key.key),
        value => format!("{} = {}", key.key, words(value)),
    });
    joined(&pairs.collect::<Vec<_>>(), "and")
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
