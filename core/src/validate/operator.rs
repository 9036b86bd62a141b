//! Condition operators that do not do what they seem to (SPEC 4).

use super::check::Check;
use super::condition_key::{key, rename};
use crate::catalog;
use crate::policy::{Comparison, ConditionClause, Quantifier, Statement, ValueType};
use crate::suggest::edit::Edit;

/// `WILDCARD_WITHOUT_LIKE_OPERATOR` (SPEC 8.4, C-26).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
pub(super) fn wildcards(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        for clause in &statement.condition {
            if clause.operator.comparison.value_type() != ValueType::Text {
                continue;
            }
            for text in &clause.values {
                let escaped = text.value.replace("${*}", "").replace("${?}", "");
                if !escaped.contains(['*', '?']) || clause.key.value.eq_ignore_ascii_case("aws:UserAgent") {
                    continue;
                }
                let like = match clause.operator.comparison {
                    Comparison::StringEquals => Some(Comparison::StringLike),
                    Comparison::StringNotEquals => Some(Comparison::StringNotLike),
                    _ => None,
                };
                let like =
                    like.map(|comparison| crate::policy::ConditionOperator { comparison, ..clause.operator }.text());
                let edits = like.as_ref().and_then(|like| rename(check, statement, clause, like));
                let operator = clause.operator.text();
                let help = like.as_ref().map_or_else(
                    || "write the values out; no operator compares patterns without case".to_owned(),
                    |like| format!("write {like} if a wildcard is meant"),
                );
                check
                    .report(
                        "WILDCARD_WITHOUT_LIKE_OPERATOR",
                        text.span,
                        format!("under {operator}, * and ? are ordinary characters"),
                    )
                    .help(help)
                    .fix(format!("Write {}", like.unwrap_or_default()), edits);
            }
        }
    }
}

/// `NULL_WITH_QUALIFIER` (SPEC 8.5, 4.7).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null>
pub(super) fn null_with_qualifier(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        for clause in &statement.condition {
            let always = match clause.operator.quantifier {
                Some(Quantifier::ForAllValues) => "true",
                Some(Quantifier::ForAnyValue) => "false",
                None => continue,
            };
            if clause.operator.comparison == Comparison::Null {
                let edits = rename(check, statement, clause, "Null");
                check
                    .report(
                        "NULL_WITH_QUALIFIER",
                        clause.operator_span,
                        format!("{} is always {always}", clause.operator.text()),
                    )
                    .help("write \"Null\"")
                    .fix("Write Null", edits);
            }
        }
    }
}

/// `EQUIVALENT_TO_NULL_TRUE`, `EQUIVALENT_TO_NULL_FALSE`, `REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION` and
/// `REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION` (SPEC 8.5, 4.2, 4.7): comparisons with `*`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
pub(super) fn anything(check: &mut Check<'_>) {
    for (number, statement) in check.statements() {
        for clause in &statement.condition {
            let Some(text) =
                clause.values.iter().find(|text| !text.value.is_empty() && text.value.bytes().all(|byte| byte == b'*'))
            else {
                continue;
            };
            let negated = match clause.operator.comparison {
                Comparison::StringLike => false,
                Comparison::StringNotLike => true,
                _ => continue,
            };
            let (operator, name) = (clause.operator.text(), &clause.key.value);
            let truth = match (negated, clause.operator.quantifier, clause.operator.if_exists) {
                (false, Some(Quantifier::ForAllValues), _) | (false, _, true) => Truth::Always,
                (false, _, false) => Truth::IfPresent,
                (true, Some(Quantifier::ForAnyValue), false) => Truth::Never,
                (true, ..) => Truth::IfMissing,
            };
            let null = |missing: &str| null(check, statement, clause, missing);
            match truth {
                Truth::Always => {
                    let edits =
                        check.tree().and_then(|tree| tree.remove_property(number, &["Condition", &operator, name]));
                    check
                        .report(
                            "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION",
                            text.span,
                            format!("{operator} is true for every {name}, and without it"),
                        )
                        .help("remove the key")
                        .fix(format!("Remove {name}"), edits);
                }
                Truth::Never => {
                    check
                        .report(
                            "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION",
                            text.span,
                            format!("{operator} is true for no {name}, so the statement never applies"),
                        )
                        .help("remove the key, or the statement");
                }
                Truth::IfPresent => {
                    let edits = null("false");
                    check
                        .report("EQUIVALENT_TO_NULL_FALSE", text.span, format!("this is true if {name} is present"))
                        .help(format!("write \"Null\": {{ \"{name}\": \"false\" }}"))
                        .fix("Write Null", edits);
                }
                Truth::IfMissing => {
                    let edits = null("true");
                    check
                        .report("EQUIVALENT_TO_NULL_TRUE", text.span, format!("this is true if {name} is missing"))
                        .help(format!("write \"Null\": {{ \"{name}\": \"true\" }}"))
                        .fix("Write Null", edits);
                }
            }
        }
    }
}

/// When a comparison with `*` is true.
enum Truth {
    Always,
    Never,
    IfPresent,
    IfMissing,
}

/// Edits that make a clause a `Null` test.
fn null(check: &Check<'_>, statement: &Statement, clause: &ConditionClause, missing: &str) -> Option<Vec<Edit>> {
    let mut edits = rename(check, statement, clause, "Null")?;
    let colon = check.text.get(clause.key.span.end as usize..clause.span.end as usize)?;
    let value = colon.trim_start().strip_prefix(':')?.trim_start();
    let span = crate::Span { start: clause.span.end - value.len() as u32, end: clause.span.end };
    edits.push(Edit { span, new_text: crate::suggest::edit::quoted(missing) });
    Some(edits)
}

/// `TYPE_MISMATCH` (SPEC 8.4, C-20) and `STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS` (SPEC 8.3, 4.6): operators that do
/// not fit the type of the key. String operators work with ARNs, as text.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
pub(super) fn types(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        for clause in &statement.condition {
            let Some(key) = key(check, &clause.key.value) else { continue };
            let operand = clause.operator.comparison.value_type();
            let (fits, family) = match key.value_type() {
                catalog::ValueType::String => (matches!(operand, ValueType::Text | ValueType::Pattern), "String"),
                catalog::ValueType::Arn => {
                    (matches!(operand, ValueType::Text | ValueType::Pattern | ValueType::Arn), "Arn")
                }
                catalog::ValueType::Bool => (operand == ValueType::Bool, "Bool"),
                catalog::ValueType::Numeric => (operand == ValueType::Number, "Numeric"),
                catalog::ValueType::Date => {
                    let epoch = key.name().eq_ignore_ascii_case("aws:EpochTime") && operand == ValueType::Number;
                    (operand == ValueType::Date || epoch, "Date")
                }
                catalog::ValueType::IpAddress => (operand == ValueType::Address, "IpAddress"),
                catalog::ValueType::Binary => (operand == ValueType::Binary, "BinaryEquals"),
            };
            let operator = clause.operator.text();
            if !fits && operand != ValueType::Null {
                check
                    .report(
                        "TYPE_MISMATCH",
                        clause.operator_span,
                        format!(
                            "{} is of type {}, which {operator} does not compare",
                            clause.key.value,
                            key.value_type().name()
                        ),
                    )
                    .help(format!("write a {family} operator"));
            }
            if key.value_type() == catalog::ValueType::Arn && operand == ValueType::Pattern {
                let arn =
                    if clause.operator.comparison.is_negated() { Comparison::ArnNotLike } else { Comparison::ArnLike };
                let arn = crate::policy::ConditionOperator { comparison: arn, ..clause.operator }.text();
                // What is no ARN of six parts would match nothing then.
                let whole = clause.values.iter().all(|text| crate::arn::Arn::parse(&text.value).is_some());
                let edits = if whole { rename(check, statement, clause, &arn) } else { None };
                check
                    .report(
                        "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
                        clause.operator_span,
                        format!("under {operator}, the wildcards of ARNs in {} cross colons", clause.key.value),
                    )
                    .help(format!("write {arn}"))
                    .fix(format!("Write {arn}"), edits);
            }
        }
    }
}

/// `EMPTY_SID_VALUE` (SPEC 8.5, G-22).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>
pub(super) fn empty_sid(check: &mut Check<'_>) {
    for (number, statement) in check.statements() {
        if let Some(sid) = statement.sid.as_ref().filter(|sid| sid.value.is_empty()) {
            let edits = check.tree().and_then(|tree| tree.remove_property(number, &["Sid"]));
            check
                .report("EMPTY_SID_VALUE", sid.span, "the Sid is empty")
                .help("give it a name, or remove it")
                .fix("Remove Sid", edits);
        }
    }
}
