//! What can stand at a place.

use super::{LIMIT, Place, Proposal, ProposalKind};
use crate::catalog::{self, Catalog, Completion, ConditionKey, global_condition_keys};
use crate::policy::{Comparison, ConditionOperator, DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS, ValueType};

/// Of a pattern such as `*`, only so many actions are looked at for what they take.
const EXPANDED: usize = 300;

pub(super) fn complete(place: &Place<'_>, catalog: Option<&Catalog>) -> Vec<Proposal> {
    match (place.path, place.is_name) {
        ([], true) => elements(place, &DOCUMENT_ELEMENTS),
        (["Version"], false) => values(&[("2012-10-17", "the present version"), ("2008-10-17", "without variables")]),
        (["Statement"], true) => elements(place, &STATEMENT_ELEMENTS),
        (["Statement", "Effect"], false) => values(&[("Allow", ""), ("Deny", "")]),
        (["Statement", "Principal" | "NotPrincipal"], true) => values(&[
            ("AWS", "accounts, users, roles, sessions"),
            ("Service", "AWS services"),
            ("Federated", "identity providers"),
            ("CanonicalUser", "canonical user ids of S3"),
        ]),
        (["Statement", "Principal" | "NotPrincipal", kind @ ..], false) => principals(kind),
        (["Statement", "Action" | "NotAction"], false) => actions(place, catalog),
        (["Statement", "Resource" | "NotResource"], false) => match open_variable(place.text) {
            Some(before) => variables(before),
            None => arns(place, catalog),
        },
        (["Statement", "Condition"], true) => operators(place, catalog),
        (["Statement", "Condition", operator], true) => keys(place, operator, catalog),
        (["Statement", "Condition", operator, _], false) => condition_values(place, operator),
        _ => Vec::new(),
    }
}

fn proposal(kind: ProposalKind, text: impl Into<String>, detail: impl Into<String>) -> Proposal {
    Proposal { text: text.into(), kind, detail: detail.into() }
}

fn values(list: &[(&str, &str)]) -> Vec<Proposal> {
    list.iter().map(|&(text, detail)| proposal(ProposalKind::Value, text, detail)).collect()
}

/// The elements that are not there yet, nor their counterparts, and that the type of policy takes (SPEC 1.4).
fn elements(place: &Place<'_>, all: &[&str]) -> Vec<Proposal> {
    let mut found = Vec::new();
    for name in all {
        let bare = name.strip_prefix("Not").unwrap_or(name);
        let has = |other: &&str| *other != place.text && other.strip_prefix("Not").unwrap_or(other) == bare;
        let misplaced = bare == "Principal" && !place.policy_type.has_principal();
        if !misplaced && !place.present.iter().any(has) {
            found.push(proposal(ProposalKind::Element, *name, ""));
        }
    }
    found
}

fn principals(kind: &[&str]) -> Vec<Proposal> {
    match kind {
        [] => values(&[("*", "everybody")]),
        ["AWS"] => values(&[
            ("arn:aws:iam::111122223333:root", "an account"),
            ("arn:aws:iam::111122223333:user/", "a user"),
            ("arn:aws:iam::111122223333:role/", "a role"),
            ("arn:aws:sts::111122223333:assumed-role/", "a session of a role"),
            ("*", "everybody"),
        ]),
        ["Federated"] => values(&[
            ("arn:aws:iam::111122223333:saml-provider/", "a SAML provider"),
            ("arn:aws:iam::111122223333:oidc-provider/", "an OIDC provider"),
            ("cognito-identity.amazonaws.com", "Amazon Cognito"),
        ]),
        _ => Vec::new(),
    }
}

fn actions(place: &Place<'_>, catalog: Option<&Catalog>) -> Vec<Proposal> {
    let Some(catalog) = catalog else { return Vec::new() };
    let mut found = Vec::new();
    for completion in catalog.complete(place.text, LIMIT) {
        found.push(match completion {
            Completion::Service(service) => {
                proposal(ProposalKind::Service, format!("{}:", service.prefix()), service.name())
            }
            Completion::Action(action) => {
                let name = format!("{}:{}", action.prefix(), action.name());
                proposal(ProposalKind::Action, name, action.access_level().name())
            }
        });
    }
    found
}

/// The actions that the statement is about.
fn expanded<'c>(place: &Place<'_>, catalog: &'c Catalog) -> Vec<catalog::Action<'c>> {
    let mut actions = Vec::new();
    for pattern in place.actions {
        actions.extend(catalog.expand(pattern));
        actions.truncate(EXPANDED);
    }
    actions
}

/// The forms of ARNs of the resource types that the statement's actions take.
fn arns(place: &Place<'_>, catalog: Option<&Catalog>) -> Vec<Proposal> {
    let mut found = Vec::new();
    let Some(catalog) = catalog else { return found };
    for action in expanded(place, catalog) {
        for resource in action.resources() {
            for format in resource.resource_type().arn_formats() {
                let text = format.as_str().replace("${Partition}", "aws");
                if found.len() < LIMIT && !found.iter().any(|other: &Proposal| other.text == text) {
                    found.push(proposal(ProposalKind::Arn, text, resource.resource_type().name()));
                }
            }
        }
    }
    found.push(proposal(ProposalKind::Value, "*", "all resources"));
    found
}

/// The operators; those that suit the types of the keys below come first, and alone where there are any.
fn operators(place: &Place<'_>, catalog: Option<&Catalog>) -> Vec<Proposal> {
    let typed = place.text.split_once(':').map_or("", |(quantifier, _)| quantifier);
    let known: Vec<catalog::ValueType> = place.below.iter().filter_map(|key| value_type(key, catalog)).collect();
    let mut found = Vec::new();
    for comparison in Comparison::ALL {
        let name = match typed {
            "ForAllValues" | "ForAnyValue" => format!("{typed}:{}", comparison.as_str()),
            _ => comparison.as_str().to_owned(),
        };
        let Ok(operator) = ConditionOperator::parse(&name) else { continue };
        if known.iter().all(|of| suits(operator, *of)) {
            found.push(proposal(ProposalKind::Operator, name, compared(operator)));
        }
    }
    if typed.is_empty() {
        for quantifier in ["ForAllValues:", "ForAnyValue:"] {
            found.push(proposal(ProposalKind::Operator, quantifier, "for keys with several values"));
        }
    }
    found
}

fn value_type(key: &str, catalog: Option<&Catalog>) -> Option<catalog::ValueType> {
    match (catalog::global_condition_key(key), catalog) {
        (Some(key), _) => Some(key.value_type()),
        (None, Some(catalog)) => Some(catalog.condition_key(key)?.value_type()),
        (None, None) => None,
    }
}

/// What an operator compares, in a word.
pub(super) fn compared(operator: ConditionOperator) -> &'static str {
    match operator.comparison.value_type() {
        ValueType::Text => "text",
        ValueType::Pattern => "text with wildcards",
        ValueType::Arn => "ARN",
        ValueType::Number => "number",
        ValueType::Date => "date",
        ValueType::Bool => "true or false",
        ValueType::Binary => "base64",
        ValueType::Address => "address or CIDR range",
        ValueType::Null => "whether the key is missing",
    }
}

/// Whether an operator compares keys of a type as AWS's tables of keys mean it (SPEC 4.3, 6.2).
fn suits(operator: ConditionOperator, value_type: catalog::ValueType) -> bool {
    use catalog::ValueType as Key;
    match operator.comparison.value_type() {
        ValueType::Null => true,
        ValueType::Text | ValueType::Pattern => matches!(value_type, Key::String | Key::Arn),
        ValueType::Arn => value_type == Key::Arn,
        ValueType::Number => value_type == Key::Numeric,
        ValueType::Date => value_type == Key::Date,
        ValueType::Bool => value_type == Key::Bool,
        ValueType::Binary => value_type == Key::Binary,
        ValueType::Address => value_type == Key::IpAddress,
    }
}

/// The keys that requests for the statement's actions can carry, then the global ones, as far as they suit the
/// operator.
fn keys(place: &Place<'_>, operator: &str, catalog: Option<&Catalog>) -> Vec<Proposal> {
    let operator = ConditionOperator::parse(operator).ok();
    let mut found: Vec<Proposal> = Vec::new();
    let typed = place.text.to_ascii_lowercase();
    let mut add = |key: ConditionKey<'_>, whose: &str| {
        let (text, kind) = match key.name().split_once("${") {
            Some((prefix, _)) => (prefix, ProposalKind::KeyPrefix),
            None => (key.name(), ProposalKind::Key),
        };
        let has = |other: &&str| *other != place.text && other.eq_ignore_ascii_case(text);
        let fits = operator.is_none_or(|operator| suits(operator, key.value_type()));
        let new = !place.present.iter().any(has) && !found.iter().any(|other| other.text == text);
        if fits && new && text.to_ascii_lowercase().contains(&typed) {
            let list = if key.multivalued() { ", several values" } else { "" };
            found.push(proposal(kind, text, format!("{}{list}, {whose}", key.value_type().name())));
        }
    };
    if let Some(catalog) = catalog {
        let actions = expanded(place, catalog);
        for key in catalog.condition_keys_of(&actions) {
            add(key, "of the action");
        }
    }
    for key in global_condition_keys() {
        add(key, "global");
    }
    found
}

fn condition_values(place: &Place<'_>, operator: &str) -> Vec<Proposal> {
    let Ok(operator) = ConditionOperator::parse(operator) else { return Vec::new() };
    let value_type = operator.comparison.value_type();
    if let (Some(before), true) = (open_variable(place.text), value_type.takes_variables()) {
        return variables(before);
    }
    match value_type {
        ValueType::Bool => values(&[("true", ""), ("false", "")]),
        ValueType::Null => values(&[("true", "the key is missing"), ("false", "the key is present")]),
        _ => Vec::new(),
    }
}

/// What stands before a variable that is begun and not closed.
fn open_variable(text: &str) -> Option<&str> {
    let open = text.rfind("${")?;
    let (before, variable) = text.split_at_checked(open)?;
    (!variable.contains('}')).then_some(before)
}

/// Policy variables: condition keys with one value, and the three that stand for a sign (SPEC 3).
fn variables(before: &str) -> Vec<Proposal> {
    let mut found = Vec::new();
    let mut add = |name: &str, detail: &str| {
        found.push(proposal(ProposalKind::Variable, format!("{before}${{{name}}}"), detail));
    };
    for key in global_condition_keys().filter(|key| !key.multivalued()) {
        match key.name().split_once("${") {
            Some((prefix, _)) => add(&format!("{prefix}name"), "the tag with this name"),
            None => add(key.name(), key.value_type().name()),
        }
    }
    for (sign, detail) in [("*", "an asterisk itself"), ("?", "a question mark itself"), ("$", "a dollar sign itself")]
    {
        add(sign, detail);
    }
    found
}
