//! Statements (SPEC 1.2).

use super::parse::Reader;
use super::variable::{Template, may_hold_variables};
use super::{Comparison, ConditionClause, ConditionOperator, Effect, PatternElement, Statement, Text, principal};
use crate::arn::split_part;
use crate::diagnostic::Diagnostic;
use crate::json;
use crate::json::{Object, Property, Value};
use crate::span::Span;

/// The elements that a statement can have.
pub(crate) const STATEMENT_ELEMENTS: [&str; 9] =
    ["Sid", "Principal", "NotPrincipal", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Statement> {
    let Value::Object(object) = value else {
        reader.wrong_type("a statement", value, "an object");
        return None;
    };
    let span = json::span(value);
    for property in &object.properties {
        let (name, at) = json::name(property);
        if !STATEMENT_ELEMENTS.contains(&name) {
            reader.unknown_element(name, at, &STATEMENT_ELEMENTS);
        }
    }
    let sid = json::get(object, "Sid").and_then(|property| reader.string(&property.value, "Sid"));
    let (effect, effect_span) = effect(reader, object, span);
    let principal = pair(reader, object, "Principal", "NotPrincipal")
        .map(|(property, negated)| principal::read(reader, property, negated));
    let action = pair(reader, object, "Action", "NotAction")
        .map(|(property, negated)| actions(reader, object, property, negated));
    let resource = pair(reader, object, "Resource", "NotResource")
        .map(|(property, negated)| resources(reader, object, property, negated));
    if action.is_none() {
        let message = "the statement has neither Action nor NotAction";
        reader.report(Diagnostic::error("MISSING_ACTION", span, message).help("add \"Action\": \"service:Name\""));
    }
    let condition = json::get(object, "Condition").map(|property| conditions(reader, property)).unwrap_or_default();
    Some(Statement { span, sid, effect, effect_span, principal, action, resource, condition })
}

/// The `Effect` element (SPEC G-21). A statement without a readable one counts as Deny; its
/// document is invalid and never evaluated.
fn effect(reader: &mut Reader<'_>, object: &Object<'_>, statement: Span) -> (Effect, Span) {
    let all = || object.properties.iter().filter(|property| json::name(property).0 == "Effect");
    let Some(property) = (if reader.legacy { all().next_back() } else { all().next() }) else {
        reader.report(
            Diagnostic::error("MISSING_EFFECT", statement, "the statement has no Effect")
                .help("add \"Effect\": \"Allow\" or \"Effect\": \"Deny\""),
        );
        return (Effect::Deny, statement);
    };
    let span = json::span(&property.value);
    match json::string(&property.value) {
        Some(("Allow", _)) => return (Effect::Allow, span),
        Some(("Deny", _)) => {}
        Some((other, _)) => {
            let help = match other.to_ascii_lowercase().as_str() {
                "allow" => "write \"Allow\": the spelling is case-sensitive",
                "deny" => "write \"Deny\": the spelling is case-sensitive",
                _ => "write \"Allow\" or \"Deny\"",
            };
            reader.report(Diagnostic::error("INVALID_EFFECT", span, format!("`{other}` is no effect")).help(help));
        }
        None => reader.wrong_type("Effect", &property.value, "\"Allow\" or \"Deny\""),
    }
    (Effect::Deny, span)
}

/// One of an exclusive pair of elements, and whether it is the negated one (SPEC G-20).
fn pair<'b, 'a>(
    reader: &mut Reader<'_>,
    object: &'b Object<'a>,
    plain: &str,
    negated: &str,
) -> Option<(&'b Property<'a>, bool)> {
    match (json::get(object, plain), json::get(object, negated)) {
        (Some(property), None) => Some((property, false)),
        (None, Some(property)) => Some((property, true)),
        (Some(property), Some(other)) => {
            let message = format!("{plain} and {negated} stand in one statement");
            let diagnostic = Diagnostic::error("UNSUPPORTED_ELEMENT_COMBINATION", json::name(other).1, message);
            reader.report(diagnostic.help("keep one, or make two statements of it"));
            Some((property, false))
        }
        (None, None) => None,
    }
}

fn pattern_element(
    reader: &mut Reader<'_>,
    object: &Object<'_>,
    property: &Property<'_>,
    negated: bool,
) -> PatternElement {
    let (name, name_span) = json::name(property);
    let mut values = reader.strings(&property.value, name);
    let again = object.properties.iter().filter(|other| json::name(other).0 == name).skip(1);
    for other in again.filter(|_| reader.legacy).collect::<Vec<_>>() {
        values.extend(reader.strings(&other.value, name));
    }
    if matches!(&property.value, Value::Array(array) if array.elements.is_empty()) {
        let code = if name.ends_with("Action") { "EMPTY_ARRAY_ACTION" } else { "EMPTY_ARRAY_RESOURCE" };
        let message = format!("{name} is an empty list, so the statement has no effect");
        reader.report(
            Diagnostic::warning(code, json::span(&property.value), message)
                .help("list something, or remove the statement"),
        );
    }
    PatternElement { negated, name_span, values }
}

/// `Action` or `NotAction` (SPEC M-01 to M-08).
fn actions(reader: &mut Reader<'_>, object: &Object<'_>, property: &Property<'_>, negated: bool) -> PatternElement {
    let element = pattern_element(reader, object, property, negated);
    for Text { value, span } in &element.values {
        let (code, message, help) = match split_part(value) {
            _ if **value == *"*" || **value == *"*:*" => continue,
            None => (
                "INVALID_ACTION",
                format!("`{value}` names no service"),
                "write service:Name, such as s3:GetObject, or * for every action",
            ),
            Some((prefix, _)) if prefix.contains(['*', '?']) => (
                "INVALID_SERVICE_IN_ACTION",
                format!("`{value}` has a wildcard in its service prefix"),
                "name the service; wildcards may stand after the colon only",
            ),
            Some((prefix, name)) if prefix.is_empty() || name.is_empty() => (
                "INVALID_ACTION",
                format!("`{value}` is not of the form service:Name"),
                "write service:Name, such as s3:GetObject",
            ),
            Some(_) => continue,
        };
        reader.report(Diagnostic::error(code, *span, message).help(help));
    }
    element
}

/// `Resource` or `NotResource` (SPEC M-20 to M-31).
fn resources(reader: &mut Reader<'_>, object: &Object<'_>, property: &Property<'_>, negated: bool) -> PatternElement {
    let element = pattern_element(reader, object, property, negated);
    for text in &element.values {
        variables(reader, text);
        if *text.value != *"*" && !text.value.starts_with("arn:") && !text.value.starts_with("${") {
            let message = format!("`{}` is neither an ARN nor *", text.value);
            reader.report(
                Diagnostic::warning("INVALID_ARN_PREFIX", text.span, message)
                    .help("write arn:partition:service:region:account:resource"),
            );
        }
    }
    element
}

/// Reports a malformed variable in a value that may hold variables.
fn variables(reader: &mut Reader<'_>, text: &Text) {
    if may_hold_variables(&text.value)
        && let Err(error) = Template::parse(&text.value, reader.version)
    {
        let span = json::span_inside(reader.text, text.span, error.start, error.end);
        reader.report(Diagnostic::error(error.code, span, error.message).help(error.help));
    }
}

/// `Condition`: operator → key → values (SPEC 4.1).
fn conditions(reader: &mut Reader<'_>, property: &Property<'_>) -> Vec<ConditionClause> {
    let mut clauses = Vec::new();
    let Value::Object(block) = &property.value else {
        reader.wrong_type("Condition", &property.value, "an object");
        return clauses;
    };
    if block.properties.is_empty() {
        let message = "the Condition is empty, so it restricts nothing";
        reader.report(
            Diagnostic::warning("EMPTY_OBJECT_CONDITION", json::span(&property.value), message)
                .help("add a condition, or remove the element"),
        );
    }
    for entry in &block.properties {
        let (name, at) = json::name(entry);
        let operator = match ConditionOperator::parse(name) {
            Ok(operator) => Some(operator),
            Err(similar) => {
                let diagnostic =
                    Diagnostic::error("INVALID_CONDITION_OPERATOR", at, format!("`{name}` is no condition operator"));
                reader.report(match similar {
                    Some(similar) => diagnostic.help(format!("write \"{similar}\"")),
                    None => diagnostic.help("operators are StringEquals, StringLike, NumericLessThan, DateGreaterThan, Bool, IpAddress, ArnLike, Null and their relatives"),
                });
                None
            }
        };
        if operator.is_some_and(|operator| operator.comparison == Comparison::Null && operator.if_exists) {
            reader.report(
                Diagnostic::error("NULL_WITH_IF_EXISTS", at, "Null does not go with IfExists").help("write \"Null\""),
            );
        }
        let Value::Object(keys) = &entry.value else {
            reader.wrong_type(name, &entry.value, "an object of condition keys");
            continue;
        };
        if keys.properties.is_empty() {
            let message = format!("{name} is empty, so it restricts nothing");
            reader.report(
                Diagnostic::warning("EMPTY_OBJECT_CONDITION", json::span(&entry.value), message)
                    .help("add a condition key, or remove it"),
            );
        }
        for key in &keys.properties {
            clauses.extend(clause(reader, key, operator, at));
        }
        different_case(reader, keys);
    }
    clauses.shrink_to_fit();
    clauses
}

fn clause(
    reader: &mut Reader<'_>,
    property: &Property<'_>,
    operator: Option<ConditionOperator>,
    operator_span: Span,
) -> Option<ConditionClause> {
    let (name, at) = json::name(property);
    reader.check_characters(name, at);
    if !name.contains(':') || name.starts_with(':') || name.ends_with(':') {
        let message = format!("`{name}` is not of the form service:key");
        reader.report(
            Diagnostic::error("INVALID_CONDITION_KEY_FORMAT", at, message)
                .help("write the key with its prefix, such as aws:SourceIp"),
        );
    }
    let mut values: Vec<Text> = Vec::new();
    match &property.value {
        Value::Array(array) => {
            values.reserve_exact(array.elements.len());
            values.extend(array.elements.iter().filter_map(|item| scalar(reader, item, name)));
        }
        single => values.extend(scalar(reader, single, name)),
    }
    values.shrink_to_fit();
    if matches!(&property.value, Value::Array(array) if array.elements.is_empty()) {
        let message = format!("{name} is an empty list of values");
        reader.report(
            Diagnostic::warning("EMPTY_ARRAY_CONDITION", json::span(&property.value), message)
                .help("list a value, or remove the key"),
        );
    }
    let operator = operator?;
    super::operand::check(reader, operator, &values);
    let span = Span { start: at.start, end: json::span(&property.value).end };
    Some(ConditionClause { operator, operator_span, key: Text { value: name.into(), span: at }, values, span })
}

/// A condition value: a string, or a number or boolean, which equal their quoted text (SPEC G-10).
fn scalar(reader: &mut Reader<'_>, value: &Value<'_>, key: &str) -> Option<Text> {
    let span = json::span(value);
    match value {
        Value::String(..) => reader.string(value, key),
        Value::Number(_) | Value::Boolean(..) => Some(Text { value: span.of(reader.text).into(), span }),
        _ => {
            reader.wrong_type(key, value, "a string, a number, a boolean, or a list of these");
            None
        }
    }
}

/// Reports condition keys under one operator that differ only in case (SPEC G-08).
fn different_case(reader: &mut Reader<'_>, keys: &Object<'_>) {
    for (property, again) in keys.properties.iter().zip(json::in_other_case(keys)) {
        if again {
            let (name, at) = json::name(property);
            let message = format!("`{name}` stands here before, in another spelling of case");
            reader.report(
                Diagnostic::error("DUPLICATE_KEYS_WITH_DIFFERENT_CASE", at, message)
                    .help("merge the two, or remove one"),
            );
        }
    }
}
