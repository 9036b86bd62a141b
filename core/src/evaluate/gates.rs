//! The gates one by one, for explanations, and remarks on the outcome.

use super::allows::Allows;
use super::combine::{self, Path};
use super::facts::{Facts, resource_policy_kind};
use super::policy_set::PolicySet;
use super::principal::PrincipalClass;
use super::statement::Comparison;
use super::{Attached, Case, ElementKind, ElementMatch, Truth, Verdict, condition, speaks_of, values};
use crate::context::ContextEntry;
use crate::policy::{ConditionClause, Effect, PolicyType, PrincipalKind, ResourcePolicyKind};
use crate::request::Principal;
use crate::result::{Decision, Evaluation, Gate, GateOutcome, GateTrace, Note, StatementTrace};

/// Every gate in AWS's order, with what it says by itself (SPEC D-04: all that fail, not only the first).
/// `applying`: the statements that apply and take part.
pub(super) fn trace(
    set: &PolicySet,
    facts: &Facts,
    allows: &Allows,
    applying: &[Verdict],
    path: &Path,
) -> Vec<GateTrace> {
    let mut gates = Vec::new();
    if path.gate == Gate::Exempt {
        return gates;
    }
    let denies = |gate: Gate, level: Option<usize>| {
        applying.iter().any(|verdict| verdict.gate == gate && verdict.level == level && verdict.effect == Effect::Deny)
    };
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
                    push(gate, Some(level), says(gate, Some(level), passes));
                }
            }
        }
    }
    let optional = |gate, passes: Option<Truth>| passes.map_or(GateOutcome::Absent, |passes| says(gate, None, passes));
    push(Gate::VpcEndpoint, None, optional(Gate::VpcEndpoint, allows.vpc_endpoint));

    if let Some(passes) = facts.s3.public_access {
        let outcome = if passes { GateOutcome::Passes } else { GateOutcome::Blocks };
        push(Gate::BlockPublicAccess, None, outcome);
    }
    if let Some(own) = facts.s3.access_point {
        let outcome = says(Gate::AccessPoint, None, allows.access_point.any(&PrincipalClass::ALL));
        let blocks = combine::access_point(facts, allows, own).gate == Gate::AccessPoint;
        push(
            Gate::AccessPoint,
            None,
            if outcome == GateOutcome::Blocks && !blocks { GateOutcome::NotNeeded } else { outcome },
        );
    } else if set.has(Gate::AccessPoint) {
        push(Gate::AccessPoint, None, GateOutcome::DoesNotApply);
    }

    // What the caller's side and the resource's side have to say depends on what the other one said.
    let needed = |outcome, needed: bool| {
        if outcome == GateOutcome::Blocks && !needed { GateOutcome::NotNeeded } else { outcome }
    };
    let granted = |wanted: &[PrincipalClass]| allows.classes.any(wanted).is_true();
    let any_grant = granted(&PrincipalClass::ALL);
    let direct = facts.same_account && granted(&[PrincipalClass::Direct, PrincipalClass::Wildcard]);
    let by_role = facts.same_account && granted(&[PrincipalClass::Role, PrincipalClass::FederatingUser]);
    let has_resource_policy = set.has(Gate::Resource);
    let own_rules = facts.grant || matches!(path.gate, Gate::Root | Gate::Grant);
    // The bucket's policy cannot grant an object that another account owns (SPEC 5.13).
    let can_grant = facts.s3.object_owner.is_none() || facts.same_account;
    let resource_needed = !own_rules && can_grant && (facts.is_strict() || !facts.same_account || facts.is_outside_iam);
    let speaks = |attached: &Attached| match attached.policy.policy_type {
        PolicyType::Resource(kind) => speaks_of(kind, facts.kind),
        _ => false,
    };
    let resource = if !has_resource_policy && !resource_needed {
        GateOutcome::Absent
    } else if has_resource_policy && !resource_needed && !set.attached.iter().any(speaks) {
        GateOutcome::DoesNotApply
    } else {
        needed(says(Gate::Resource, None, any_grant.into()), resource_needed)
    };
    push(Gate::Resource, None, resource);
    let caller_limited = !own_rules && !direct && !facts.is_outside_iam && !facts.is_root;
    let identity = match says(Gate::Identity, None, allows.identity) {
        GateOutcome::Blocks | GateOutcome::Passes if facts.is_outside_iam || facts.is_root => GateOutcome::DoesNotApply,
        outcome => needed(outcome, caller_limited && !by_role),
    };
    push(Gate::Identity, None, identity);
    push(Gate::PermissionsBoundary, None, needed(optional(Gate::PermissionsBoundary, allows.boundary), caller_limited));
    let session = match allows.session {
        None if facts.is_federated_user && caller_limited => GateOutcome::Blocks,
        session => needed(optional(Gate::Session, session), caller_limited),
    };
    push(Gate::Session, None, session);
    if let Some(owner) = facts.s3.object_owner {
        let allowed = owner.is_callers || owner.acl_allows.is_true();
        push(Gate::ObjectOwner, None, if allowed { GateOutcome::Passes } else { GateOutcome::Blocks });
    }
    gates
}

/// Remarks that bear on this outcome.
pub(super) fn notes(case: &Case<'_>, evaluation: &Evaluation) -> Vec<Note> {
    let (set, request) = (case.set, case.request);
    let mut notes = Vec::new();
    let mut add = |note, when: bool| {
        if when && !notes.contains(&note) {
            notes.push(note);
        }
    };
    let has_resource_policy = set.has(Gate::Resource);
    add(Note::AssumedResourceAccount, request.resource_account_is_assumed() && has_resource_policy);
    let several = request.context().iter().any(|(_, entry)| entry.values().is_some_and(|values| values.len() > 1));
    for trace in evaluation.statements.iter().filter(|trace| trace.takes_part) {
        let Some((_, comparison)) = case.compare(trace.statement.policy, trace.statement.statement) else { continue };
        if trace.applies == Truth::True || may_have_notes(&comparison, several) {
            let elements = comparison.compared();
            if only_this_element_fails(&elements) {
                statement_notes(trace, &elements, &comparison, &mut add);
            }
        }
    }
    s3_notes(case, evaluation, &mut add);
    add(Note::NoGrantCovers, request.kms_grant_allows && request.service() == "kms" && !case.facts.grant);
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

/// Whether there may be a remark on a statement that does not apply: most need not be compared for it. `several`:
/// some key of the request has several values.
fn may_have_notes(comparison: &Comparison<'_, '_>, several: bool) -> bool {
    let role_path = matches!(comparison.request.principal, Principal::RoleSession { path_assumed: true, .. });
    let statement = comparison.statement;
    role_path && (statement.principal.is_some() || statement.condition.iter().any(is_about_principal))
        || several && !statement.condition.is_empty()
        || statement.condition.iter().any(|clause| values::is_disputed_if_exists(clause, &ContextEntry::Absent))
}

fn is_about_principal(clause: &ConditionClause) -> bool {
    clause.key.value.eq_ignore_ascii_case("aws:PrincipalArn")
}

/// Remarks on a statement that came near.
fn statement_notes(
    trace: &StatementTrace,
    elements: &[ElementMatch],
    comparison: &Comparison<'_, '_>,
    add: &mut impl FnMut(Note, bool),
) {
    let Comparison { statement, compiled, request, .. } = *comparison;
    let applies = trace.applies.is_true();
    if let Some(element) = statement.resource.as_ref().filter(|_| applies) {
        add(Note::StarCrossesColons, comparison.crosses_colons(element));
    }
    let role_path = matches!(&request.principal, Principal::RoleSession { path_assumed: true, .. });
    let mut conditions = statement.condition.iter().zip(&compiled.conditions);
    for element in elements {
        let by_principal = match element.kind {
            ElementKind::Principal { negated } => {
                add(Note::NotPrincipal, negated && statement.effect == Effect::Deny && applies);
                true
            }
            ElementKind::Condition => {
                let Some((clause, condition)) = conditions.next() else { continue };
                let entry = condition::entry(clause, condition, request.context());
                add(Note::SeveralValues, values::has_several_values(clause, entry));
                add(Note::DisputedIfExists, values::is_disputed_if_exists(clause, entry));
                role_path && is_about_principal(clause)
            }
            _ => false,
        };
        add(Note::AssumedRolePath, role_path && by_principal && element.matched == Truth::False);
    }
    let allow = statement.effect == Effect::Allow && applies;
    // Covered as users are, which AWS does not say (SPEC 5.3).
    let federated = matches!(request.principal, Principal::FederatedUser { .. });
    add(Note::WildcardCoversFederatedUser, allow && federated && trace.class == Some(PrincipalClass::Wildcard));
}

/// What was not given and could matter (SPEC 5.13, G-43, D-24).
fn s3_notes(case: &Case<'_>, evaluation: &Evaluation, add: &mut impl FnMut(Note, bool)) {
    let (set, request) = (case.set, case.request);
    let facts = &request.s3;
    let is_s3 = request.service() == "s3";
    let allowed = evaluation.decision == Decision::Allow;
    let outside =
        request.principal.account() != request.owner() && !matches!(request.principal, Principal::Service { .. });
    let nothing_given = facts.block_public_access.is_none() && facts.object_owner.is_none();
    add(Note::S3FactsMissing, is_s3 && allowed && outside && nothing_given && request.resource() != "*");
    let no_policy = !set.has(Gate::AccessPoint);
    add(Note::AccessPointUnknown, request.access_point().is_some() && (no_policy || facts.bucket.is_none()));
    let sets_policy = ["s3:putbucketpolicy", "s3:putaccesspointpolicy"].contains(&request.folded_action());
    let blocks_policy = facts.block_public_access.is_some_and(|settings| settings.block_public_policy);
    add(Note::BlockPublicPolicy, allowed && sets_policy && blocks_policy);

    let of_type = |statement: &StatementTrace| set.policy(statement.statement.policy).map(|policy| policy.policy_type);
    let by_account = set.has(Gate::VpcEndpoint)
        && evaluation.statements.iter().any(|statement| {
            of_type(statement) == Some(PolicyType::VpcEndpoint)
                && statement.class == Some(PrincipalClass::Account)
                && statement.applies != Truth::False
        });
    let maybe_gateway = set.gateway_endpoint.is_none() && ["s3", "dynamodb"].contains(&request.service());
    add(Note::EndpointKind, by_account && maybe_gateway);

    let canonical = |statement: &StatementTrace| {
        case.compare(statement.statement.policy, statement.statement.statement).is_some_and(|(_, comparison)| {
            let element = comparison.statement.principal.as_ref();
            element
                .is_some_and(|element| element.entries.iter().any(|entry| entry.kind == PrincipalKind::CanonicalUser))
                && only_principal_fails(&comparison.compared())
        })
    };
    let with_principals = [Gate::Resource, Gate::AccessPoint, Gate::VpcEndpoint, Gate::ResourceControl];
    let unknown_id = request.canonical_user_id.is_none()
        && request.principal.account().is_some()
        && with_principals.iter().any(|gate| set.has(*gate));
    add(Note::CanonicalUserUnknown, unknown_id && evaluation.statements.iter().any(canonical));

    let user = allowed && matches!(request.principal, Principal::User { .. });
    if user && request.context().named("aws:TokenIssueTime").values().is_some() {
        let mut of_token = request.clone();
        of_token.get_session_token = true;
        add(Note::SessionToken, super::exempt(&of_token).is_some_and(|(decision, _)| decision != Decision::Allow));
    }
}

fn only_principal_fails(elements: &[ElementMatch]) -> bool {
    elements.iter().all(|element| match element.kind {
        ElementKind::Principal { negated } => element.matched.is_true() == negated,
        _ => element.matched.is_true(),
    })
}

/// Whether at most one element does not match: the statement came near.
fn only_this_element_fails(elements: &[ElementMatch]) -> bool {
    elements.iter().filter(|element| !element.matched.is_true()).count() <= 1
}
