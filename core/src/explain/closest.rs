//! The statement that came nearest to another decision.

use super::names;
use super::tree::{ExplanationLine, Mark, elements, statement_link};
use crate::evaluate::{ElementKind, Truth, gate_of};
use crate::policy::Effect;
use crate::result::{Decision, Gate, StatementTrace};
use crate::scenario::run::Analysis;

/// The statement, with its elements below; nothing if none came near.
pub(super) fn line(analysis: &Analysis) -> Option<ExplanationLine> {
    let evaluation = &analysis.evaluation;
    let set = &analysis.documents.set;
    if matches!(
        evaluation.decided_by,
        Gate::Exempt | Gate::Root | Gate::Grant | Gate::BlockPublicAccess | Gate::ObjectOwner
    ) && evaluation.decision != Decision::Allow
    {
        return None;
    }
    let allowed = analysis.decision? == Decision::Allow;
    let wanted = if allowed { Effect::Deny } else { Effect::Allow };
    let impossible = crate::evaluate::is_impossible_across_accounts(&analysis.pair, set);
    if evaluation.decision == Decision::ExplicitDeny || impossible && !allowed {
        return None;
    }
    let here = |trace: &&StatementTrace| {
        let attached = set.attached.get(trace.statement.policy);
        let at_gate = attached.is_some_and(|attached| {
            gate_of(attached.policy.policy_type) == evaluation.decided_by && attached.level == evaluation.level
        });
        trace.effect == wanted && trace.takes_part && trace.applies != Truth::True && (allowed || at_gate)
    };
    let nearest = evaluation.statements.iter().filter(here).min_by_key(|trace| distance(analysis, trace))?;
    if !is_near(analysis, nearest) {
        return None;
    }
    let name = names::statement(set, nearest.statement);
    let text = if allowed { "Closest to denying it" } else { "Closest to allowing it" };
    let line = ExplanationLine::new(Mark::Neutral, format!("{text}: {name}"));
    Some(line.linked(statement_link(analysis, nearest)).above(elements(analysis, nearest)))
}

/// How far a statement is from applying: whether the action fails, how many elements fail, whether
/// the resource does.
pub(crate) fn distance(analysis: &Analysis, trace: &StatementTrace) -> (bool, usize, bool) {
    let compared = analysis.compared(trace);
    let fails = |kind: &dyn Fn(ElementKind) -> bool| {
        compared.iter().any(|element| kind(element.kind) && element.matched != Truth::True)
    };
    let failing = compared.iter().filter(|element| element.matched != Truth::True).count();
    (
        fails(&|kind| matches!(kind, ElementKind::Action { .. })),
        failing,
        fails(&|kind| matches!(kind, ElementKind::Resource { .. })),
    )
}

/// Whether a statement is about this action, or in all else but the action about this request and
/// about the same service.
fn is_near(analysis: &Analysis, trace: &StatementTrace) -> bool {
    let (action, failing, _) = distance(analysis, trace);
    let policy = analysis.documents.set.policy(trace.statement.policy);
    let statement = policy.and_then(|policy| policy.document().statements.get(trace.statement.statement));
    let listed = statement.and_then(|statement| statement.action.as_ref()).filter(|element| !element.negated);
    let service = analysis.pair.service();
    let same_service = listed
        .iter()
        .flat_map(|element| &element.values)
        .any(|text| text.value.split(':').next().is_some_and(|prefix| prefix.eq_ignore_ascii_case(service)));
    failing <= 3 && (!action || failing == 1 && same_service)
}
