//! The gates one by one, for explanations, and remarks on the outcome.

use super::combine::Path;
use super::facts::{Facts, resource_policy_kind};
use super::policy_set::PolicySet;
use super::principal::PrincipalClass;
use super::statement;
use super::{ElementKind, ElementTrace, Truth, Verdict, allows};
use crate::policy::{Effect, PolicyType, ResourcePolicyKind};
use crate::request::{Principal, Request};
use crate::result::{Decision, Evaluation, Gate, GateOutcome, GateTrace, Note, StatementTrace};

/// Every gate in AWS's order, with what it says by itself (SPEC D-04: all that fail, not only the first).
pub(super) fn trace(set: &PolicySet, facts: &Facts, verdicts: &[Verdict], path: &Path) -> Vec<GateTrace> {
    let mut gates = Vec::new();
    if path.gate == Gate::Exempt {
        return gates;
    }
    let denies = |gate: Gate, level: Option<usize>| {
        let mut of =
            verdicts.iter().filter(|v| v.gate == gate && v.level == level && v.effect == Effect::Deny && v.takes_part);
        of.any(|verdict| verdict.applies.is_true())
    };
    let allows = allows(set, facts, verdicts);
    let mut push = |gate, level, outcome| gates.push(GateTrace { gate, level, outcome });
    let says = |gate, level, passes: Truth| match passes {
        _ if denies(gate, level) => GateOutcome::Denies,
        Truth::True => GateOutcome::Passes,
        _ => GateOutcome::Blocks,
    };
    for (gate, given, applies) in [
        (Gate::ResourceControl, &set.rcp_levels, &allows.rcp_levels),
        (Gate::ServiceControl, &set.scp_levels, &allows.scp_levels),
    ] {
        match (given, applies) {
            (None, _) => push(gate, None, GateOutcome::Absent),
            (Some(_), None) => push(gate, None, GateOutcome::DoesNotApply),
            (Some(_), Some(levels)) => {
                for (level, passes) in levels.iter().enumerate() {
                    push(gate, Some(level), says(gate, Some(level), *passes));
                }
            }
        }
    }
    let optional = |gate, passes: Option<Truth>| passes.map_or(GateOutcome::Absent, |passes| says(gate, None, passes));
    push(Gate::VpcEndpoint, None, optional(Gate::VpcEndpoint, allows.vpc_endpoint));

    // What the caller's side and the resource's side have to say depends on what the other one said.
    let needed = |outcome, needed: bool| {
        if outcome == GateOutcome::Blocks && !needed { GateOutcome::NotNeeded } else { outcome }
    };
    let granted = |wanted: &[PrincipalClass]| {
        allows.classes.iter().any(|(class, truth)| wanted.contains(class) && truth.is_true())
    };
    let any_grant = allows.classes.iter().any(|(_, truth)| truth.is_true());
    let direct = facts.same_account && granted(&[PrincipalClass::Direct, PrincipalClass::Wildcard]);
    let by_role = facts.same_account && granted(&[PrincipalClass::Role, PrincipalClass::FederatingUser]);
    let has_resource_policy = set.has(|policy_type| matches!(policy_type, PolicyType::Resource(_)));
    let own_rules = facts.grant || matches!(path.gate, Gate::Root | Gate::Grant);
    let resource_needed = !own_rules && (facts.strict || !facts.same_account || facts.is_outside_iam);
    let resource = if !has_resource_policy && !resource_needed {
        GateOutcome::Absent
    } else {
        needed(says(Gate::Resource, None, any_grant.into()), resource_needed)
    };
    push(Gate::Resource, None, resource);
    let caller_limited = !own_rules && !direct && !facts.is_outside_iam && !facts.is_root;
    let identity = match says(Gate::Identity, None, allows.identity) {
        GateOutcome::Blocks if facts.is_outside_iam || facts.is_root => GateOutcome::DoesNotApply,
        outcome => needed(outcome, caller_limited && !by_role),
    };
    push(Gate::Identity, None, identity);
    push(Gate::PermissionsBoundary, None, needed(optional(Gate::PermissionsBoundary, allows.boundary), caller_limited));
    let session = match allows.session {
        None if facts.is_federated_user && caller_limited => GateOutcome::Blocks,
        session => needed(optional(Gate::Session, session), caller_limited),
    };
    push(Gate::Session, None, session);
    gates
}

/// Remarks that bear on this outcome.
pub(super) fn notes(set: &PolicySet, request: &Request, evaluation: &Evaluation) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut add = |note, when: bool| {
        if when && !notes.contains(&note) {
            notes.push(note);
        }
    };
    let has_resource_policy = set.has(|policy_type| matches!(policy_type, PolicyType::Resource(_)));
    add(Note::AssumedResourceAccount, request.resource_account_is_assumed() && has_resource_policy);
    let close = |statement: &&StatementTrace| statement.takes_part && only_this_element_fails(&statement.elements);
    for statement in evaluation.statements.iter().filter(close) {
        for element in &statement.elements {
            add(Note::StarCrossesColons, element.crosses_colons && statement.applies.is_true());
            add(Note::SeveralValues, element.several_values);
            add(Note::DisputedIfExists, element.disputed_if_exists);
            let negated_deny =
                element.kind == ElementKind::Principal { negated: true } && statement.effect == Effect::Deny;
            add(Note::NotPrincipal, negated_deny && statement.applies.is_true());
            let role_path = matches!(&request.principal, Principal::RoleSession { path_assumed: true, .. });
            let by_principal = matches!(element.kind, ElementKind::Principal { .. })
                || element.key.as_deref().is_some_and(|key| key.eq_ignore_ascii_case("aws:PrincipalArn"));
            add(Note::AssumedRolePath, role_path && by_principal && element.matched == Truth::False);
        }
        let allow = statement.effect == Effect::Allow && statement.applies.is_true();
        add(
            Note::WildcardCoversFederatedUser,
            allow && statement::is_undocumented_wildcard(statement.class, &request.principal),
        );
    }
    let blocked_at_resource = evaluation.decision == Decision::ImplicitDeny && evaluation.decided_by == Gate::Resource;
    if blocked_at_resource && !has_resource_policy {
        match resource_policy_kind(request.service(), request.resource()) {
            ResourcePolicyKind::RoleTrust => add(Note::NoTrustPolicy, true),
            ResourcePolicyKind::KmsKey => add(Note::NoKeyPolicy, true),
            ResourcePolicyKind::General => {}
        }
    }
    let trust_grant = evaluation.decision == Decision::Allow
        && evaluation.decided_by == Gate::Resource
        && request.folded_action() == "sts:assumerole";
    let boundary_blocks = evaluation
        .gates
        .iter()
        .any(|gate| gate.gate == Gate::PermissionsBoundary && gate.outcome == GateOutcome::NotNeeded);
    add(Note::TrustGrantNotLimited, trust_grant && boundary_blocks);
    notes
}

/// Whether at most one element does not match: the statement came near.
fn only_this_element_fails(elements: &[ElementTrace]) -> bool {
    elements.iter().filter(|element| !element.matched.is_true()).count() <= 1
}
