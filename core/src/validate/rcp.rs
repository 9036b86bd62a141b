//! Resource control policies (SPEC G-45, 5.6).

use super::check::{Check, has_wildcard};
use crate::RCP_SERVICES;
use crate::policy::{Comparison, ConditionClause, Effect, PolicyType, Statement};
use crate::value;

/// `RCP_SYNTAX_ERROR_ACTION` (SPEC 8.2) for services that resource control policies do not apply to.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
pub(super) fn services(check: &mut Check<'_>) {
    if check.policy_type != PolicyType::ResourceControl {
        return;
    }
    for text in super::action::actions(check) {
        let Some((prefix, _)) = text.value.split_once(':') else { continue };
        let known = RCP_SERVICES.contains(&&*prefix.to_ascii_lowercase());
        if !known && !has_wildcard(prefix) && !prefix.is_empty() {
            let span = check.inside(text, 0, prefix.len());
            check
                .report(
                    "RCP_SYNTAX_ERROR_ACTION",
                    span,
                    format!("resource control policies do not apply to `{prefix}`"),
                )
                .help(
                    "list actions of the services that AWS's page names, such as s3, sts, kms, sqs and secretsmanager",
                );
        }
    }
}

/// `RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY`, `RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY` and
/// `RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK` (SPEC 8.4): such policies are about services that call by themselves,
/// too.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html>
pub(super) fn related_keys(check: &mut Check<'_>) {
    if check.policy_type != PolicyType::ResourceControl {
        return;
    }
    for (number, statement) in check.statements() {
        if statement.effect == Effect::Allow {
            continue;
        }
        let compared = |name: fn(&str) -> bool| {
            let mut clauses = statement.condition.iter();
            clauses.find(|clause| {
                clause.operator.comparison != Comparison::Null && name(&clause.key.value.to_ascii_lowercase())
            })
        };
        let add = |check: &Check<'_>, operator: &str, key: &str, value: &str| {
            let edit = check.tree()?.add(number, &["Condition", operator, key], value)?;
            Some(vec![edit])
        };
        if let Some(clause) = compared(is_principal_key)
            && !is_service(statement, false)
        {
            let edits = add(check, "BoolIfExists", "aws:PrincipalIsAWSService", "false");
            check
                .report(
                    "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY",
                    clause.key.span,
                    format!(
                        "{} is missing when an AWS service calls by itself, which is denied then",
                        clause.key.value
                    ),
                )
                .help("add \"BoolIfExists\": { \"aws:PrincipalIsAWSService\": \"false\" }")
                .fix("Exempt AWS services", edits);
        }
        let Some(clause) = compared(is_source_key) else { continue };
        let name = &clause.key.value;
        if !is_service(statement, true) {
            let edits = add(check, "BoolIfExists", "aws:PrincipalIsAWSService", "true");
            check
                .report(
                    "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY",
                    clause.key.span,
                    format!("{name} is missing when users and roles call, which is denied then"),
                )
                .help("add \"BoolIfExists\": { \"aws:PrincipalIsAWSService\": \"true\" }")
                .fix("Test calls of AWS services only", edits);
        }
        let null = |clause: &ConditionClause| {
            let key = clause.key.value.to_ascii_lowercase();
            clause.operator.comparison == Comparison::Null
                && matches!(&*key, "aws:sourceaccount" | "aws:sourcearn")
                && clause.values.iter().all(|text| value::boolean(&text.value) == Some(false))
        };
        if !statement.condition.iter().any(null) {
            let edits = add(check, "Null", "aws:SourceAccount", "false");
            check
                .report(
                    "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK",
                    clause.operator_span,
                    format!("some services call without {name}, which is denied then"),
                )
                .help("add \"Null\": { \"aws:SourceAccount\": \"false\" }")
                .fix("Test only calls that have a source", edits);
        }
    }
}

fn is_principal_key(name: &str) -> bool {
    name.starts_with("aws:principaltag/")
        || matches!(name, "aws:principalorgid" | "aws:principalorgpaths" | "aws:principalaccount" | "aws:principalarn")
}

fn is_source_key(name: &str) -> bool {
    matches!(name, "aws:sourceorgid" | "aws:sourceorgpaths" | "aws:sourceaccount" | "aws:sourcearn")
}

/// Whether the statement is only about callers that are, or are not, services.
pub(super) fn is_service(statement: &Statement, wanted: bool) -> bool {
    statement.condition.iter().any(|clause| {
        clause.operator.comparison == Comparison::Bool
            && clause.key.value.eq_ignore_ascii_case("aws:PrincipalIsAWSService")
            && clause.values.iter().all(|text| value::boolean(&text.value) == Some(wanted))
    })
}
