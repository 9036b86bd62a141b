//! Conditions on keys that a request can lack (SPEC 4.2).

use super::check::Check;
use crate::catalog::{Presence, global_condition_key};
use crate::diagnostic::Severity;
use crate::never::{excepts_everything, needs_key};
use crate::policy::{Comparison, ConditionClause, Effect, PolicyType, Quantifier, Statement, ValueType};
use crate::value;

/// What stands behind so many clauses of a statement is not compared with others.
const MOST_CLAUSES: usize = 500;

/// `ALLOW_WITH_NEGATED_CONDITION`, our own: a negated operator is true for a missing key, so such an Allow also lets pass
/// what the key says nothing about.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
pub(super) fn allow(check: &mut Check<'_>) {
    if !check.grants() {
        return;
    }
    for (_, statement) in check.statements() {
        if statement.effect == Effect::Deny {
            continue;
        }
        for clause in statement.condition.iter().take(MOST_CLAUSES) {
            let operator = clause.operator;
            let true_if_missing =
                operator.comparison.is_negated() && operator.quantifier != Some(Quantifier::ForAnyValue);
            if !true_if_missing || !can_be_absent(check, statement, &clause.key.value) || is_required(statement, clause)
            {
                continue;
            }
            let name = &clause.key.value;
            check
                .report(
                    "ALLOW_WITH_NEGATED_CONDITION",
                    clause.operator_span,
                    format!("{} also lets requests without {name} pass", operator.text()),
                )
                .help(format!("add \"Null\": {{ \"{name}\": \"false\" }}, or list the values that are allowed"));
        }
    }
}

/// `DENY_WITH_POSITIVE_CONDITION`, our own: a positive operator is false for a missing key, so such a Deny does not deny
/// what lacks the key. For booleans, numbers and dates that is hardly ever meant (long-term access keys have no
/// `aws:MultiFactorAuthPresent`); a list of names to be denied is often right, and only worth a look.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent>
pub(super) fn deny(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        if statement.effect == Effect::Allow || check.is_full() {
            continue;
        }
        for clause in statement.condition.iter().take(MOST_CLAUSES) {
            let (operator, name) = (clause.operator, &clause.key.value);
            let false_if_missing = !operator.comparison.is_negated()
                && operator.comparison != Comparison::Null
                && !operator.if_exists
                && operator.quantifier != Some(Quantifier::ForAllValues);
            // A test for calls of services exempts them or picks them out; it is no purpose by itself.
            let exemption = name.eq_ignore_ascii_case("aws:PrincipalIsAWSService")
                || name.eq_ignore_ascii_case("aws:PrincipalServiceName");
            if !false_if_missing
                || exemption
                || !can_be_absent(check, statement, name)
                || is_required(statement, clause)
                || denies_missing(check, name)
            {
                continue;
            }
            let value_type = operator.comparison.value_type();
            let bound = matches!(value_type, ValueType::Bool | ValueType::Number | ValueType::Date);
            // Only `false` is what a missing key seems to be.
            let harmless = value_type == ValueType::Bool
                && clause.values.iter().all(|text| value::boolean(&text.value) == Some(true));
            let finding = check.report(
                "DENY_WITH_POSITIVE_CONDITION",
                clause.operator_span,
                format!("requests without {name} are not denied"),
            );
            finding.help(format!("write {}IfExists if they are to be denied, too", operator.text()));
            if !bound || harmless {
                finding.diagnostic.severity = Severity::Suggestion;
            }
        }
    }
}

/// Keys that go together: where a request has one of the first, it has all of the second (SPEC 6.2).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
const TOGETHER: &[(&[&str], &[&str])] = &[
    (&["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"], &["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"]),
    (
        &["aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalTag/", "aws:username"],
        &["aws:PrincipalArn", "aws:PrincipalIsAWSService"],
    ),
    (&["aws:SourceOrgID", "aws:SourceOrgPaths"], &["aws:SourceOrgID", "aws:SourceOrgPaths"]),
    (
        &["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"],
        &["aws:SourceArn", "aws:SourceAccount", "aws:PrincipalIsAWSService"],
    ),
    (
        &["aws:ResourceOrgID", "aws:ResourceOrgPaths"],
        &["aws:ResourceOrgID", "aws:ResourceOrgPaths", "aws:ResourceAccount"],
    ),
    (&["aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp"], &["aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp"]),
    (&["aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"], &["aws:PrincipalIsAWSService"]),
    (&["aws:MultiFactorAuthAge"], &["aws:MultiFactorAuthPresent", "aws:TokenIssueTime"]),
    (&["aws:MultiFactorAuthPresent"], &["aws:TokenIssueTime"]),
];

/// Whether some request that the statement can be about lacks the key. Of a few global keys AWS says that every request has
/// them. Policies of identities, and service control policies, are about requests of IAM principals, which are signed;
/// and those are only about accounts of an organization.
fn can_be_absent(check: &Check<'_>, statement: &Statement, name: &str) -> bool {
    if global_condition_key(name).is_some_and(|key| key.presence() == Some(Presence::Always)) {
        return false;
    }
    let is_one = |keys: &[&str], name: &str| {
        keys.iter().any(|key| match key.strip_suffix('/') {
            Some(tag) => name.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)),
            None => key.eq_ignore_ascii_case(name),
        })
    };
    let organization = check.policy_type == PolicyType::ServiceControl;
    if (organization || check.is_identity()) && is_one(&["aws:PrincipalArn", "aws:PrincipalIsAWSService"], name)
        || organization && is_one(&["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"], name)
    {
        return false;
    }
    let needs = |keys: &[&str]| {
        statement.condition.iter().any(|clause| {
            !clause.key.value.eq_ignore_ascii_case(name) && needs_key(clause) && is_one(keys, &clause.key.value)
        })
    };
    !TOGETHER.iter().any(|(keys, present)| is_one(present, name) && needs(keys))
}

/// Whether the statement asks for the key to be present, or missing.
fn is_required(statement: &Statement, clause: &ConditionClause) -> bool {
    statement.condition.iter().any(|other| {
        other.operator.comparison == Comparison::Null && other.key.value.eq_ignore_ascii_case(&clause.key.value)
    })
}

/// Whether another Deny is about requests that lack the key.
fn denies_missing(check: &Check<'_>, name: &str) -> bool {
    let null = |clause: &ConditionClause| {
        clause.operator.comparison == Comparison::Null
            && clause.key.value.eq_ignore_ascii_case(name)
            && clause.values.iter().any(|text| value::boolean(&text.value) == Some(true))
    };
    let denies = |statement: &&Statement| statement.effect == Effect::Deny && statement.condition.iter().any(null);
    check.document.statements.iter().any(|statement| denies(&statement))
}

/// `ALLOW_WITH_NOT_ACTION`, our own (SPEC M-08): it grants every action of every service that is not listed, also those
/// to come.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html>
pub(super) fn not_action(check: &mut Check<'_>) {
    if !check.grants() {
        return;
    }
    for (_, statement) in check.statements() {
        let Some(element) = statement.action.as_ref().filter(|element| element.negated) else { continue };
        if statement.effect == Effect::Allow && excepts_everything(statement).is_none() {
            check
                .report(
                    "ALLOW_WITH_NOT_ACTION",
                    element.name_span,
                    "every action that is not listed is allowed, those of new services too",
                )
                .help("list under Action what is to be allowed, or deny the others with Effect Deny and NotAction");
        }
    }
}
