//! Statements that never apply (SPEC C-01, M-08, M-31).

use super::check::Check;
use crate::never;
use crate::policy::Effect;

/// `CONDITIONS_CONTRADICT`, our own: two tests of one key in a statement of which no value passes both, so that the
/// statement never applies.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>
pub(super) fn conditions(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        for (clause, other) in never::contradictions(statement) {
            let message = format!(
                "no value of {} passes both {} and {}, so the statement never applies",
                clause.key.value,
                other.operator.text(),
                clause.operator.text()
            );
            check
                .report("CONDITIONS_CONTRADICT", clause.key.span, message)
                .help("remove one of the two tests, or make two statements");
        }
    }
}

/// `STATEMENT_NEVER_APPLIES`, our own: `NotAction`, `NotResource` or `NotPrincipal` with `*`, which leaves nothing.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html>
pub(super) fn exceptions(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        let Some((name, span, what)) = never::excepts_everything(statement) else { continue };
        let does = if statement.effect == Effect::Allow { "allows" } else { "denies" };
        let positive = name.trim_start_matches("Not");
        check
            .report(
                "STATEMENT_NEVER_APPLIES",
                span,
                format!("{name} with * leaves no {what}, so the statement {does} nothing"),
            )
            .help(format!(
                "write {positive} if every {what} is meant, list what is to be left out, or remove the statement"
            ));
    }
}
