//! Conditions on keys that a request can lack (SPEC 4.2).

use super::check::Check;
use crate::catalog::{Presence, global_condition_key};
use crate::diagnostic::Severity;
use crate::never::excepts_everything;
use crate::policy::{Comparison, ConditionClause, Effect, Quantifier, Statement, ValueType};
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
            if !true_if_missing || !can_be_absent(&clause.key.value) || is_required(statement, clause) {
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
                || !can_be_absent(name)
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

/// Whether some request lacks the key. Only of a few global keys AWS says that every request has them.
fn can_be_absent(name: &str) -> bool {
    global_condition_key(name).is_none_or(|key| key.presence() != Some(Presence::Always))
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
