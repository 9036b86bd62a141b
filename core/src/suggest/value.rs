//! Values for a context key with which a condition holds, or does not.

use crate::compile::Condition;
use crate::context::{ContextEntry, RequestContext};
use crate::evaluate::{ValueTrace, condition_holds};
use crate::options::EvaluationOptions;
use crate::policy::{ConditionClause, Quantifier, ValueType};
use crate::request::Request;
use crate::scenario::ContextValue;
use crate::value::{self, Decimal};
use std::net::{IpAddr, Ipv4Addr};

/// Keys that follow from who calls or what is called; to change them is to ask about somebody else.
const GIVEN: &[&str] = &[
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principaltype",
    "aws:principalisawsservice",
    "aws:principalservicename",
    "aws:principalservicenameslist",
    "aws:userid",
    "aws:username",
    "aws:resourceaccount",
    "aws:federatedprovider",
];

/// Keys that every request carries, so that one without them is no useful answer.
const ALWAYS: &[&str] = &[
    "aws:requestedregion",
    "aws:sourceip",
    "aws:currenttime",
    "aws:epochtime",
    "aws:securetransport",
    "aws:viaawsservice",
    "aws:useragent",
    "aws:principalisawsservice",
];

/// Stands for a value that no policy names.
pub(super) const OTHER: &str = "other";

/// Stands for an ARN that no policy names.
pub(super) const OTHER_ARN: &str = "arn:aws:iam::000000000000:user/other";

/// Whether a caller, or the one who tags caller and resource, can choose the key's value.
pub(super) fn is_changeable(key: &str, request: &Request) -> bool {
    let folded = key.to_ascii_lowercase();
    let follows_from_resource =
        folded == "aws:requestedregion" && request.derived_context().iter().any(|(name, _)| name.is(key));
    // Services and anonymous callers are in no account, so nothing is known of one.
    let of_an_identity = folded.starts_with("aws:principal") && request.principal.account().is_none();
    !GIVEN.contains(&folded.as_str()) && !follows_from_resource && !of_an_identity
}

/// Values of the condition's key with which it holds, or does not, the most natural ones first.
pub(super) fn solve(
    clause: &ConditionClause,
    condition: &Condition,
    values: &[ValueTrace<'_>],
    context: &RequestContext,
    options: &EvaluationOptions,
    wanted: bool,
) -> Vec<ContextValue> {
    let key = &*clause.key.value;
    let current = context.lookup(condition.key, key);
    let holds = |entry: ContextEntry| {
        let mut context = context.clone();
        context.replace(key, entry);
        condition_holds(clause, condition, &context, options)
    };
    let operator = clause.operator;
    let always = ALWAYS.contains(&key.to_ascii_lowercase().as_str());
    let value_type = operator.comparison.value_type();
    let by_text = matches!(value_type, ValueType::Text | ValueType::Pattern | ValueType::Arn);
    let asks_for_other = operator.comparison.is_negated() == wanted;
    let most = if by_text { 2 } else { 1 };
    let mut found: Vec<ContextValue> = Vec::new();
    let mut offer = |value: ContextValue| {
        let entry = value.entry();
        if found.len() < most && entry != *current && !found.contains(&value) && holds(entry) == wanted {
            found.push(value);
        }
    };
    if current.values().is_some() && by_text && asks_for_other && !always && operator.quantifier.is_none() {
        offer(ContextValue::Absent);
    }
    let resolved: Vec<&str> = values.iter().map(ValueTrace::shown).collect();
    let (mut singles, others) = singles(value_type, &resolved);
    let natural = !singles.is_empty()
        && singles.iter().any(|single| {
            let entry = of_one(single.clone(), operator.quantifier).entry();
            entry != *current && holds(entry) == wanted
        });
    if !natural && key.eq_ignore_ascii_case("aws:RequestedRegion") {
        singles.extend(["us-east-1", "eu-west-1", "ap-southeast-2"].map(str::to_owned));
    } else if !natural {
        singles.extend(others);
    }
    let several = operator.quantifier.is_some() || matches!(current, ContextEntry::Multiple(_));
    if several {
        let present = current.values().unwrap_or_default();
        let fits = |value: &&String| holds(ContextEntry::Multiple(vec![(*value).clone()])) == wanted;
        let kept: Vec<String> = present.iter().filter(fits).cloned().collect();
        // The values that fit, without the others, are answer enough.
        let enough = !kept.is_empty() && kept.len() < present.len();
        if enough {
            offer(ContextValue::Multiple(kept));
        }
        for single in singles.iter().filter(|_| !enough) {
            if operator.quantifier == Some(Quantifier::ForAnyValue) && wanted {
                offer(ContextValue::Multiple(present.iter().chain([single]).cloned().collect()));
            }
            offer(ContextValue::Multiple(vec![single.clone()]));
        }
    }
    for single in singles.into_iter().filter(|_| operator.quantifier.is_none()) {
        offer(ContextValue::Single(single));
    }
    if !always || current.values().is_none() || value_type == ValueType::Null {
        offer(ContextValue::Absent);
    }
    found
}

/// A value of the kind that the operator compares.
pub(super) fn of_one(value: String, quantifier: Option<Quantifier>) -> ContextValue {
    if quantifier.is_some() { ContextValue::Multiple(vec![value]) } else { ContextValue::Single(value) }
}

/// Values worth a try: ones at the policy's values, and ones that no policy is likely to name.
fn singles(value_type: ValueType, operands: &[&str]) -> (Vec<String>, Vec<String>) {
    let mut found = Vec::new();
    let known = operands.iter().filter(|text| !text.contains("${")).take(4);
    for text in known {
        match value_type {
            ValueType::Pattern => found.push(sample(text, "example")),
            ValueType::Arn => found.extend(arn(text)),
            ValueType::Number => found.extend(numbers(text)),
            ValueType::Date => found.extend(dates(text)),
            ValueType::Address => found.extend(inside(text).map(|address| address.to_string())),
            ValueType::Bool | ValueType::Null => {}
            ValueType::Text | ValueType::Binary => found.push((*text).to_owned()),
        }
    }
    let others: &[&str] = match value_type {
        ValueType::Bool => &["true", "false"],
        ValueType::Address => &["198.51.100.10", "203.0.113.10", "192.0.2.10", "2001:db8::10"],
        ValueType::Arn => &[OTHER_ARN],
        ValueType::Null => &["example"],
        ValueType::Binary => &["AA==", "AQ=="],
        ValueType::Text | ValueType::Pattern => &[OTHER],
        ValueType::Number | ValueType::Date => &[],
    };
    (found, others.iter().map(|text| (*text).to_owned()).collect())
}

/// A text that a pattern matches.
pub(super) fn sample(pattern: &str, filling: &str) -> String {
    let mut text = pattern.replace("**", "*");
    while text.contains("**") {
        text = text.replace("**", "*");
    }
    text.replace('*', filling).replace('?', "x")
}

/// An ARN that a pattern matches.
fn arn(pattern: &str) -> Option<String> {
    let parts: Vec<&str> = pattern.splitn(6, ':').collect();
    let fillings = ["arn", "aws", "s3", "us-east-1", "111122223333", "example"];
    (parts.len() == 6).then(|| {
        let filled = parts.iter().zip(fillings).map(|(part, filling)| match *part {
            "*" => filling.to_owned(),
            part => sample(part, if filling.starts_with('1') { "1" } else { filling }),
        });
        filled.collect::<Vec<_>>().join(":")
    })
}

/// The bound itself and its neighbors.
fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if Decimal::parse(text).is_some() {
        found.push(text.to_owned());
        let whole = text.split('.').next().and_then(|whole| whole.parse::<i64>().ok());
        if let Some(whole) = whole {
            found.extend([whole.saturating_sub(1), whole.saturating_add(1)].map(|number| number.to_string()));
        }
    }
    found
}

/// The instant itself and the seconds before and after it, written as the policy writes it.
fn dates(text: &str) -> Vec<String> {
    let Some(instant) = value::date(text) else { return Vec::new() };
    let as_seconds = text.len() != 4 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let as_seconds = as_seconds && !text.contains("T") && text.rfind('-').unwrap_or(0) == 0;
    let near = [0, -1, 1].map(|step| instant.seconds.saturating_add(step));
    let written = |seconds: i64| if as_seconds { Some(seconds.to_string()) } else { value::written_date(seconds) };
    near.into_iter().filter_map(written).collect()
}

/// The first address of a range that a machine can have.
fn inside(text: &str) -> Option<IpAddr> {
    let network = value::network(text)?;
    match network.first() {
        IpAddr::V4(first) if network.prefix < 31 => Some(IpAddr::V4(Ipv4Addr::from(u32::from(first) + 1))),
        first => Some(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples() {
        assert_eq!(sample("home/**?", "example"), "home/examplex");
        assert_eq!(arn("arn:aws:iam::*:role/*").as_deref(), Some("arn:aws:iam::111122223333:role/example"));
        assert_eq!(dates("2026-06-30T00:00:00Z").get(1).map(String::as_str), Some("2026-06-29T23:59:59Z"));
        assert_eq!(dates("2026-06-30").first().map(String::as_str), Some("2026-06-30T00:00:00Z"));
        assert_eq!(dates("1593561600").get(2).map(String::as_str), Some("1593561601"));
        assert_eq!(numbers("2.5"), ["2.5", "1", "3"]);
        assert_eq!(inside("203.0.113.0/24").map(|a| a.to_string()).as_deref(), Some("203.0.113.1"));
        assert_eq!(inside("203.0.113.7").map(|a| a.to_string()).as_deref(), Some("203.0.113.7"));
    }
}
