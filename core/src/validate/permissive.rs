//! Wildcards and variables where a value has to be exact (SPEC 6.2, G-43).

use super::check::Check;
use crate::policy::{ConditionClause, PolicyType, Text, ValueType};

/// Keys in which a wildcard has no use.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sensitive>
const SENSITIVE: [&str; 10] = [
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:VpceAccount",
    "aws:VpceOrgID",
];

/// Keys whose values begin with an organization's id, of which a wildcard has to leave six characters.
const PATHS: [&str; 4] = ["aws:PrincipalOrgPaths", "aws:ResourceOrgPaths", "aws:SourceOrgPaths", "aws:VpceOrgPaths"];

/// `WILDCARD_USAGE_TOO_PERMISSIVE` and `VARIABLE_USAGE_TOO_PERMISSIVE` (SPEC 8.2).
///
/// Access Analyzer refuses any variable in a sensitive key. AWS's managed policies and its pages on data perimeters
/// compare such keys with one another (`aws:ResourceAccount` with `${aws:PrincipalAccount}`), which is left alone here.
///
/// Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>,
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
pub(super) fn check(check: &mut Check<'_>) {
    for clause in check.document.statements.iter().flat_map(|statement| &statement.condition) {
        let value_type = clause.operator.comparison.value_type();
        let about = |keys: &[&str]| keys.iter().any(|key| clause.key.value.eq_ignore_ascii_case(key));
        let limit = if about(&SENSITIVE) {
            Limit::Exact
        } else if about(&["aws:userid"]) {
            Limit::UserId
        } else if about(&PATHS) || check.policy_type == PolicyType::VpcEndpoint && value_type == ValueType::Pattern {
            Limit::Six
        } else {
            continue;
        };
        for text in &clause.values {
            if value_type == ValueType::Pattern {
                wildcard(check, clause, text, limit);
            }
            if value_type.takes_variables() && check.is_variable(&text.value) {
                variable(check, clause, text, limit);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Limit {
    /// No wildcard at all.
    Exact,
    /// Behind the colon, or alone in front of it.
    UserId,
    /// With six characters next to it.
    Six,
}

fn wildcard(check: &mut Check<'_>, clause: &ConditionClause, text: &Text, limit: Limit) {
    let plain = without_variables(&text.value);
    let Some(first) = plain.find(['*', '?']) else { return };
    let name = &clause.key.value;
    let help = match limit {
        Limit::Exact => "list the values",
        Limit::UserId if user_id(&plain, &['*', '?']) => return,
        Limit::UserId => "write the wildcard behind the colon, such as AROAEXAMPLEID:*",
        Limit::Six if has_six(check, &plain) => return,
        Limit::Six => "write at least six characters in front of the wildcard",
    };
    check
        .report(
            "WILDCARD_USAGE_TOO_PERMISSIVE",
            check.inside(text, first, first + 1),
            format!("the wildcard lets too much of {name} pass"),
        )
        .help(help);
}

fn variable(check: &mut Check<'_>, clause: &ConditionClause, text: &Text, limit: Limit) {
    let value = &*text.value;
    let Some((start, inside)) = value.find("${").and_then(|start| Some((start, value.get(start + 2..)?))) else {
        return;
    };
    let Some(length) = inside.find('}') else { return };
    let variable = inside.get(..length).unwrap_or_default().split(',').next().unwrap_or_default();
    // An escape, or a value that only AWS sets.
    if matches!(variable, "*" | "?" | "$") || SENSITIVE.iter().any(|key| variable.eq_ignore_ascii_case(key)) {
        return;
    }
    let name = &clause.key.value;
    let help = match limit {
        Limit::Exact => "write the value itself",
        Limit::UserId if user_id(value, &['$']) => return,
        Limit::UserId => "write the variable behind the colon, or alone in front of it",
        Limit::Six if start >= 6 => return,
        Limit::Six => "write at least six characters in front of the variable",
    };
    check
        .report(
            "VARIABLE_USAGE_TOO_PERMISSIVE",
            check.inside(text, start, start + length + 3),
            format!("the variable lets too much of {name} pass"),
        )
        .help(help);
}

/// Whether a pattern of `aws:userid` is exact in front of its colon, or says nothing there.
fn user_id(value: &str, wild: &[char]) -> bool {
    let colon = if wild == ['$'] {
        value
            .rfind("}:")
            .map(|at| at + 1)
            .or_else(|| value.find(':').filter(|at| !value.get(..*at).is_some_and(|id| id.contains("${"))))
    } else {
        value.find(':')
    };
    colon.and_then(|at| value.get(..at)).is_some_and(|id| {
        !id.contains(wild) || id == "*" || id.starts_with("${") && id.ends_with('}') && id.matches("${").count() == 1
    })
}

/// Whether six characters stand before a wildcard, or in the policies of VPC endpoints, behind it.
fn has_six(check: &Check<'_>, value: &str) -> bool {
    let runs: Vec<usize> = value.split(['*', '?']).map(|run| run.chars().count()).collect();
    let either = check.policy_type == PolicyType::VpcEndpoint;
    runs.first().is_some_and(|run| *run >= 6) || either && runs.iter().any(|run| *run >= 6)
}

/// The value with every variable and escape replaced by as much other text.
fn without_variables(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((inside, behind)) = after.split_once('}') else { break };
        plain.push_str(before);
        plain.push_str(&"x".repeat(inside.len() + 3));
        rest = behind;
    }
    plain.push_str(rest);
    plain
}
