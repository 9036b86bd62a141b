//! Policy variables where they do not count (SPEC 3).

use super::check::Check;
use super::similar::similar;
use crate::catalog::{ConditionKey, global_condition_key, global_condition_keys};
use crate::context::KeyName;
use crate::policy::variable::Template;
use crate::policy::{PatternElement, Text, ValueType, Version};
use crate::span::Span;

/// `VARIABLE_UNSUPPORTED_IN_ELEMENT` (SPEC 8.2, M-07, V-02).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
pub(super) fn in_element(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        let actions = statement.action.iter().flat_map(|element| &element.values).map(|text| ("Action", text));
        let principals = statement.principal.iter().flat_map(|element| &element.entries);
        let principals = principals.map(|entry| ("Principal", &entry.value));
        let keys = statement.condition.iter().map(|clause| ("a condition key", &clause.key));
        for (element, text) in actions.chain(principals).chain(keys) {
            if let Some(span) = variable(check, text) {
                let variable = span.of(check.text).to_owned();
                check
                    .report(
                        "VARIABLE_UNSUPPORTED_IN_ELEMENT",
                        span,
                        format!("`{variable}` is no variable in {element}"),
                    )
                    .help("write the text itself; variables work in Resource and in condition values");
            }
        }
    }
}

/// `VARIABLE_UNSUPPORTED_IN_VERSION` (SPEC 8.2, G-03, V-16).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html>
pub(super) fn in_version(check: &mut Check<'_>) {
    if check.document.version == Version::V2012 {
        return;
    }
    for (_, statement) in check.statements() {
        let resources = statement.resource.iter().flat_map(|element: &PatternElement| &element.values);
        let clauses = statement.condition.iter().filter(|c| c.operator.comparison.value_type().takes_variables());
        for text in resources.chain(clauses.flat_map(|clause| &clause.values)) {
            if let Some(span) = variable(check, text) {
                let message = format!("`{}` is ordinary text in this version of the language", span.of(check.text));
                let edits = check.tree().and_then(|tree| tree.set_version());
                check
                    .report("VARIABLE_UNSUPPORTED_IN_VERSION", span, message)
                    .help("write \"Version\": \"2012-10-17\"")
                    .fix("Write \"Version\": \"2012-10-17\"", edits);
            }
        }
    }
}

/// `INVALID_VARIABLE_FOR_OPERATOR` (SPEC 8.2, V-03). For `Bool` AWS's pages disagree: evaluation takes variables there,
/// and validation refuses them as Access Analyzer does.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-conditionelement>
pub(super) fn for_operator(check: &mut Check<'_>) {
    if !check.has_variables() {
        return;
    }
    for (_, statement) in check.statements() {
        for clause in &statement.condition {
            if matches!(clause.operator.comparison.value_type(), ValueType::Text | ValueType::Pattern | ValueType::Arn)
            {
                continue;
            }
            for text in &clause.values {
                if let Some(span) = variable(check, text) {
                    let operator = clause.operator.text();
                    let message =
                        format!("`{}` stands under {operator}, which takes no variables", span.of(check.text));
                    check
                        .report("INVALID_VARIABLE_FOR_OPERATOR", span, message)
                        .help("write the value itself; variables work under String and Arn operators");
                }
            }
        }
    }
}

/// `INVALID_GLOBAL_CONDITION_KEY` (SPEC 8.2) for the key of a variable: one that no request has matches nothing, or gives
/// its default value.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-infotouse>
pub(super) fn known_keys(check: &mut Check<'_>) {
    if !check.has_variables() {
        return;
    }
    for (_, statement) in check.statements() {
        let resources = statement.resource.iter().flat_map(|element| &element.values);
        let clauses = statement.condition.iter().filter(|c| c.operator.comparison.value_type().takes_variables());
        for text in resources.chain(clauses.flat_map(|clause| &clause.values)) {
            let Ok(template) = Template::parse(&text.value, check.document.version) else { continue };
            for name in template.keys().map(KeyName::as_str) {
                let global = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
                if !global || global_condition_key(name).is_some() || name.eq_ignore_ascii_case("aws:ARN") {
                    continue;
                }
                let Some(start) = text.value.find(name) else { continue };
                let close = similar(name, global_condition_keys().map(ConditionKey::name));
                let help = close.map_or_else(
                    || "write a key of AWS's list of global condition keys".to_owned(),
                    |close| format!("did you mean {close}?"),
                );
                let edits = close.and_then(|close| check.replace(text.span, &text.value.replace(name, close)));
                let span = check.inside(text, start, start + name.len());
                check
                    .report("INVALID_GLOBAL_CONDITION_KEY", span, format!("there is no global condition key `{name}`"))
                    .help(help)
                    .fix(close.map_or_else(String::new, |close| format!("Write {close}")), edits);
            }
        }
    }
}

/// The place of the first `${…}`; `${*}`, `${?}` and `${$}` are no variables.
fn variable(check: &Check<'_>, text: &Text) -> Option<Span> {
    let value = &*text.value;
    let mut from = 0;
    while let Some(found) = value.get(from..)?.find("${") {
        let start = from + found;
        let end = start + value.get(start..)?.find('}')? + 1;
        if !matches!(value.get(start..end)?, "${*}" | "${?}" | "${$}") {
            return Some(check.inside(text, start, end));
        }
        from = end;
    }
    None
}
