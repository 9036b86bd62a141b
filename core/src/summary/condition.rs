//! Conditions in words (SPEC 4).
//!
//! A condition is told in the words of its key where that says exactly what the operator does, missing keys
//! included, and else by its operator, key and values as they stand in the document.

use super::keys::{self, Key, Wording};
use super::phrase::{join, quoted};
use super::value::{self, Written};
use crate::policy::{Comparison, ConditionClause, Quantifier, ValueType, Version};
use crate::value::boolean;

/// A condition in words.
pub(super) struct Told {
    /// A clause that is true exactly when the condition is.
    pub clause: String,
    /// The same behind `but only`, such as `over TLS`, where there is a way to say it.
    pub adverb: Option<String>,
}

/// A condition in words; what has to be added to them goes to the notes.
pub(super) fn tell(clause: &ConditionClause, version: Version, notes: &mut Vec<String>) -> Told {
    let key = keys::find(&clause.key.value);
    let value_type = clause.operator.comparison.value_type();
    let values: Vec<Written> =
        clause.values.iter().map(|text| value::read(&text.value, value_type, version, notes)).collect();
    let only = |clause: String| Told { clause, adverb: None };
    if values.is_empty() || values.iter().any(|value| matches!(value, Written::Bad)) {
        return only(as_written(clause));
    }
    let told = match (value_type, clause.operator.quantifier) {
        (ValueType::Null, None) => null(&key, clause),
        (ValueType::Null, Some(_)) => None,
        (_, Some(quantifier)) => quantified(&key, clause, &values, quantifier, notes),
        (ValueType::Bool, None) => return flag(&key, clause, &values).unwrap_or_else(|| only(as_written(clause))),
        (_, None) => return single(&key, clause, &values).unwrap_or_else(|| only(as_written(clause))),
    };
    only(told.unwrap_or_else(|| as_written(clause)))
}

/// The condition as it stands in the document: always exact.
fn as_written(clause: &ConditionClause) -> String {
    let values: Vec<String> = clause.values.iter().map(|text| quoted(&text.value)).collect();
    let values = if values.is_empty() { "no value".into() } else { join(&values, "and") };
    format!("the condition {} on {} with {values} holds", clause.operator.text(), clause.key.value)
}

/// `Null`: whether the key is there.
fn null(key: &Key, clause: &ConditionClause) -> Option<String> {
    let mut values = clause.values.iter().map(|text| boolean(&text.value));
    let first = values.next()??;
    values.all(|value| value == Some(first)).then(|| if first { key.absent.clone() } else { key.present.clone() })
}

/// `Bool` on a single value.
fn flag(key: &Key, clause: &ConditionClause, values: &[Written]) -> Option<Told> {
    let mut read = clause.values.iter().map(|text| boolean(&text.value));
    let first = match values {
        [Written::Variable(noun)] => {
            return Some(Told { clause: maybe(format!("{} is {noun}", key.noun), key, clause), adverb: None });
        }
        _ => read.next()??,
    };
    if !read.all(|value| value == Some(first)) || matches!(key.wording, Wording::Each(_)) {
        return None;
    }
    let text = match key.wording {
        Wording::Flag { yes, .. } if first => yes.to_owned(),
        Wording::Flag { no, .. } => no.to_owned(),
        _ => format!("{} is {first}", key.noun),
    };
    let adverb = matches!(key.wording, Wording::Flag { .. }) && first && !key.adverb.is_empty();
    let adverb = (adverb && (key.always || !clause.operator.if_exists)).then(|| key.adverb.to_owned());
    Some(Told { clause: maybe(text, key, clause), adverb })
}

/// An operator without a set operator. A negated operator is true exactly when its positive form is not, a missing
/// key included (SPEC 4.2).
fn single(key: &Key, clause: &ConditionClause, values: &[Written]) -> Option<Told> {
    let comparison = clause.operator.comparison;
    let negated = comparison.is_negated();
    let plain = values.iter().all(|value| matches!(value, Written::Exact(_)));
    let equality =
        matches!(comparison.value_type(), ValueType::Text | ValueType::Pattern | ValueType::Arn | ValueType::Address)
            && !comparison.as_str().ends_with("IgnoreCase");
    let addresses = comparison.value_type() == ValueType::Address;
    match key.wording {
        // Several values in the request: no positive operator matches them (SPEC C-43).
        Wording::Each(each) if !negated => {
            let clause = maybe(format!("the only {each} {}", positive(comparison, values)), key, clause);
            Some(Told { clause, adverb: None })
        }
        Wording::Each(_) => None,
        Wording::Relation { yes, no, one, many } if plain && equality && addresses == (one == keys::RANGE) => {
            let alone = addresses && !values.iter().any(|value| value.text().contains('/'));
            let (one, many) = if alone { ("the address", "the addresses") } else { (one, many) };
            let objects: Vec<String> = values
                .iter()
                .map(|value| if key.text { quoted(value.text()) } else { value.text().to_owned() })
                .collect();
            let several = objects.len() > 1;
            let object = match (negated, several) {
                (true, true) => format!("any of {many} {}", join(&objects, "and")),
                _ => format!("{one} {}", join(&objects, "or")),
            };
            let text = format!("{} {object}", if negated { no } else { yes });
            if negated {
                return Some(Told { clause: text, adverb: None });
            }
            let adverb = !key.adverb.is_empty() && (key.always || !clause.operator.if_exists);
            let adverb = adverb.then(|| format!("{} {object}", key.adverb));
            Some(Told { clause: maybe(text, key, clause), adverb })
        }
        _ if negated => {
            let mut text = format!("{} {}", key.noun, negative(comparison, values));
            if !key.always {
                text.push_str(&format!(" (or {})", key.absent));
            }
            Some(Told { clause: text, adverb: None })
        }
        _ => {
            let told = positive(comparison, values);
            let time = key.always && key.noun == "the time of the request" && values.len() == 1;
            let adverb = told.strip_prefix("is ").filter(|_| time && !told.contains("exactly")).map(str::to_owned);
            Some(Told { clause: maybe(format!("{} {told}", key.noun), key, clause), adverb })
        }
    }
}

/// A positive condition with `IfExists` holds for a missing key too (SPEC C-24).
fn maybe(text: String, key: &Key, clause: &ConditionClause) -> String {
    if clause.operator.if_exists && !key.always { format!("{text} (or {})", key.absent) } else { text }
}

/// A condition with a set operator (SPEC 4.7).
fn quantified(
    key: &Key,
    clause: &ConditionClause,
    values: &[Written],
    quantifier: Quantifier,
    notes: &mut Vec<String>,
) -> Option<String> {
    let of_key = format!("value of {}", clause.key.value);
    let each = match key.wording {
        Wording::Each(each) => each,
        _ => &of_key,
    };
    let comparison = clause.operator.comparison;
    let negated = comparison.is_negated();
    if quantifier == Quantifier::ForAllValues {
        return Some(if negated {
            format!("no {each} {}", positive(comparison, values))
        } else {
            format!("every {each} (if there is any) {}", positive(comparison, values))
        });
    }
    let told = if negated { negative(comparison, values) } else { positive(comparison, values) };
    let mut text = format!("at least one {each} {told}");
    if clause.operator.if_exists {
        text.push_str(&format!(" (or {})", key.absent));
        let note = "AWS's pages disagree on what ForAnyValue with IfExists does when the key is missing; here it \
                    counts as true.";
        if !notes.iter().any(|other| other == note) {
            notes.push(note.to_owned());
        }
    }
    Some(text)
}

/// What the positive form of an operator says of a value.
fn positive(comparison: Comparison, values: &[Written]) -> String {
    let (verb, words) = verb(comparison, values);
    let case = if ignores_case(comparison) { ", whatever the case of letters" } else { "" };
    format!("{verb} {}{case}", join(&words, "or"))
}

/// What the negated form of an operator says of a value.
fn negative(comparison: Comparison, values: &[Written]) -> String {
    let (verb, words) = verb(comparison, values);
    let case = if ignores_case(comparison) { ", whatever the case of letters" } else { "" };
    match words.as_slice() {
        [only] if verb == "is" => format!("is not {only}{case}"),
        [only] if verb == "is in" => format!("is not in {only}"),
        [only] => format!("does not {} {only}", infinitive(verb)),
        [one, other] => format!("{verb} neither {one} nor {other}{case}"),
        several => format!("{verb} none of {}{case}", join(several, "and")),
    }
}

fn infinitive(verb: &str) -> &str {
    match verb {
        "starts with" => "start with",
        "ends with" => "end with",
        "contains" => "contain",
        _ => "match",
    }
}

fn ignores_case(comparison: Comparison) -> bool {
    matches!(comparison, Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase)
}

/// The verb of an operator, and its objects.
fn verb(comparison: Comparison, values: &[Written]) -> (&'static str, Vec<String>) {
    let bare = || values.iter().map(|value| value.text().to_owned()).collect();
    let verb = match comparison {
        Comparison::NumericLessThan => "is less than",
        Comparison::NumericLessThanEquals => "is at most",
        Comparison::NumericGreaterThan => "is greater than",
        Comparison::NumericGreaterThanEquals => "is at least",
        Comparison::DateLessThan => "is before",
        Comparison::DateLessThanEquals => "is at or before",
        Comparison::DateGreaterThan => "is after",
        Comparison::DateGreaterThanEquals => "is at or after",
        Comparison::IpAddress | Comparison::NotIpAddress => "is in",
        Comparison::NumericEquals
        | Comparison::NumericNotEquals
        | Comparison::DateEquals
        | Comparison::DateNotEquals
        | Comparison::Bool => "is",
        Comparison::BinaryEquals => return ("is the base64 text", values.iter().map(|v| quoted(v.text())).collect()),
        _ => return value::verb(values),
    };
    (verb, bare())
}
