//! The decision on a request (SPEC 5.2).

mod combine;
mod condition;
mod facts;
mod gates;
mod operator;
mod policy_set;
mod principal;
mod public;
pub(crate) mod resolve;
mod s3;
mod statement;
mod trace;
mod truth;
mod values;

pub(crate) use facts::Facts;
pub use facts::{RCP_SERVICES, resource_policy_kind};
pub(crate) use policy_set::Attached;
pub use policy_set::PolicySet;
pub use principal::PrincipalClass;
pub use trace::{ElementKind, ElementTrace, ValueTrace};
pub use truth::Truth;

use crate::options::EvaluationOptions;
use crate::policy::{Effect, PolicyType, ResourcePolicyKind};
use crate::request::{Principal, Request};
use crate::result::{Decision, Evaluation, Gate, StatementRef, StatementTrace};
use combine::{Allows, Path};
use trace::{Silent, Tracer};

/// The order in which the policy types are asked for explicit denies (SPEC D-01, D-02).
const DENY_ORDER: [Gate; 8] = [
    Gate::ResourceControl,
    Gate::ServiceControl,
    Gate::VpcEndpoint,
    Gate::AccessPoint,
    Gate::Resource,
    Gate::Identity,
    Gate::PermissionsBoundary,
    Gate::Session,
];

/// Decides a request: the decision alone, as fast as can be.
#[must_use]
pub fn decide(set: &PolicySet, request: &Request) -> Decision {
    decide_under(set, set.options, request)
}

/// The decision under other options than the set's.
#[must_use]
pub fn decide_under(set: &PolicySet, options: EvaluationOptions, request: &Request) -> Decision {
    let facts = Facts { options, ..Facts::new(request, set) };
    if let Some((decision, _)) = exempt(request) {
        return decision;
    }
    let verdicts = judge(set, request, &facts, || Silent, |_, _| ());
    rule(set, &facts, &verdicts).0
}

/// Decides a request and tells how: every gate, statement and element.
///
/// ```
/// use admittance::{CompiledPolicy, Decision, PolicyDocument, PolicySet, PolicyType, Principal, Request, RequestContext, evaluate};
///
/// let (document, _) = PolicyDocument::parse(
///     r#"{ "Version": "2012-10-17",
///          "Statement": [{ "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::photos/*" }] }"#,
/// );
/// let mut policies = PolicySet::new();
/// policies.attach(CompiledPolicy::new(document, PolicyType::Identity).unwrap());
///
/// let ana = Principal::parse("arn:aws:iam::111122223333:user/ana").unwrap();
/// let request = Request::new(ana, "s3:GetObject", "arn:aws:s3:::photos/1.jpg", None, RequestContext::new()).unwrap();
/// assert_eq!(evaluate(&policies, &request).decision, Decision::Allow);
/// ```
#[must_use]
pub fn evaluate(set: &PolicySet, request: &Request) -> Evaluation {
    let facts = Facts::new(request, set);
    let mut statements = Vec::new();
    let verdicts = judge(set, request, &facts, Vec::new, |verdict, elements: Vec<ElementTrace>| {
        statements.push(StatementTrace {
            statement: verdict.statement,
            effect: verdict.effect,
            applies: verdict.applies,
            class: verdict.class,
            takes_part: verdict.takes_part,
            elements,
        });
    });
    let (decision, path, deciding_statement) = match exempt(request) {
        Some((decision, gate)) => (decision, Path { allowed: Truth::True, gate, level: None }, None),
        None => rule(set, &facts, &verdicts),
    };
    let mut evaluation = Evaluation {
        decision,
        decided_by: path.gate,
        level: path.level,
        deciding_statement,
        statements,
        gates: gates::trace(set, &facts, &verdicts, &path),
        notes: Vec::new(),
    };
    evaluation.notes = gates::notes(set, request, &evaluation);
    evaluation
}

/// What is settled of a request with unknown keys.
pub(crate) struct Open {
    /// Whether the request is allowed.
    pub allowed: Truth,
    /// The statements of which it is not known whether they apply.
    pub statements: Vec<StatementRef>,
}

/// Evaluates with Kleene logic over the unknown keys (SPEC 4.8).
pub(crate) fn open(set: &PolicySet, request: &Request) -> Open {
    let facts = Facts::new(request, set);
    if let Some((decision, _)) = exempt(request) {
        return Open { allowed: (decision == Decision::Allow).into(), statements: Vec::new() };
    }
    let verdicts = judge(set, request, &facts, || Silent, |_, _| ());
    let taking_part = || verdicts.iter().filter(|verdict| verdict.takes_part);
    let denied =
        Truth::any(taking_part().filter(|verdict| verdict.effect == Effect::Deny).map(|verdict| verdict.applies));
    let allowed = combine::authorize(&facts, &allows(set, &facts, &verdicts)).allowed;
    let open = taking_part().filter(|verdict| verdict.applies == Truth::Unknown);
    Open { allowed: denied.not().and(allowed), statements: open.map(|verdict| verdict.statement).collect() }
}

/// What one statement says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    pub statement: StatementRef,
    pub gate: Gate,
    pub level: Option<usize>,
    pub effect: Effect,
    pub applies: Truth,
    pub class: Option<PrincipalClass>,
    pub takes_part: bool,
}

/// Compares every statement with the request.
fn judge<T: Tracer>(
    set: &PolicySet,
    request: &Request,
    facts: &Facts,
    tracer: impl Fn() -> T,
    mut traced: impl FnMut(&Verdict, T),
) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let behind = request.behind_access_point();
    for (policy_index, attached) in set.attached.iter().enumerate() {
        let policy = &attached.policy;
        let gate = gate_of(policy.policy_type);
        // The policy of the bucket is about the bucket, also if the request names an access point.
        let request = behind.as_ref().filter(|_| gate == Gate::Resource).unwrap_or(request);
        for (index, (compiled, statement)) in policy.statements.iter().zip(&policy.document.statements).enumerate() {
            let reference = StatementRef { policy: policy_index, statement: index };
            let takes_part = match gate {
                Gate::ServiceControl => facts.scps_apply,
                Gate::ResourceControl => facts.rcps_apply,
                Gate::AccessPoint => facts.s3.access_point.is_some(),
                // SPEC D-13: these denies do not bind the bucket owner's root user.
                Gate::Resource => {
                    speaks_of(policy.policy_type, facts.kind)
                        && !(facts.resource_denies_skipped && compiled.effect == Effect::Deny)
                }
                _ => true,
            };
            if !takes_part && !T::ON {
                continue;
            }
            let mut tracer = tracer();
            let applies = statement::applies(policy, compiled, statement, request, facts, &mut tracer);
            let verdict = Verdict {
                statement: reference,
                gate,
                level: attached.level,
                effect: compiled.effect,
                applies: applies.truth,
                class: applies.class,
                takes_part,
            };
            traced(&verdict, tracer);
            verdicts.push(verdict);
        }
    }
    verdicts
}

/// The decision over all verdicts: any Deny, then the gates.
fn rule(set: &PolicySet, facts: &Facts, verdicts: &[Verdict]) -> (Decision, Path, Option<StatementRef>) {
    let applying = |effect: Effect, gate: Gate| {
        let of = move |verdict: &&Verdict| verdict.effect == effect && verdict.gate == gate && verdict.takes_part;
        verdicts.iter().filter(of).filter(|verdict| verdict.applies.is_true())
    };
    for gate in DENY_ORDER {
        if let Some(verdict) = applying(Effect::Deny, gate).next() {
            let path = Path { allowed: Truth::False, gate, level: verdict.level };
            return (Decision::ExplicitDeny, path, Some(verdict.statement));
        }
    }
    let path = combine::authorize(facts, &allows(set, facts, verdicts));
    if !path.allowed.is_true() {
        return (Decision::ImplicitDeny, path, None);
    }
    let deciding = match path.gate {
        // The strongest way of naming the caller decided.
        Gate::Resource => {
            applying(Effect::Allow, Gate::Resource).min_by_key(|verdict| verdict.class.map(|class| class as u8))
        }
        Gate::Identity | Gate::IdentityAndResource => applying(Effect::Allow, Gate::Identity).next(),
        _ => None,
    };
    (Decision::Allow, path, deciding.map(|verdict| verdict.statement))
}

/// What the Allow statements of each policy type say.
pub(crate) fn allows(set: &PolicySet, facts: &Facts, verdicts: &[Verdict]) -> Allows {
    let allowing = |gate: Gate, level: Option<usize>| {
        let of =
            move |verdict: &&Verdict| verdict.effect == Effect::Allow && verdict.gate == gate && verdict.level == level;
        Truth::any(verdicts.iter().filter(of).map(|verdict| verdict.applies))
    };
    let levels = |gate, levels: &Option<Vec<Option<String>>>, apply: bool| {
        let levels = levels.as_ref().filter(|_| apply)?;
        Some((0..levels.len()).map(|level| allowing(gate, Some(level))).collect())
    };
    let of_type = |gate, policy_type| set.has(|other| other == policy_type).then(|| allowing(gate, None));
    let classes = |gate: Gate| {
        let of =
            move |verdict: &&Verdict| verdict.gate == gate && verdict.effect == Effect::Allow && verdict.takes_part;
        verdicts.iter().filter(of).filter_map(|verdict| Some((verdict.class?, verdict.applies))).collect()
    };
    Allows {
        rcp_levels: levels(Gate::ResourceControl, &set.rcp_levels, facts.rcps_apply),
        scp_levels: levels(Gate::ServiceControl, &set.scp_levels, facts.scps_apply),
        vpc_endpoint: of_type(Gate::VpcEndpoint, PolicyType::VpcEndpoint),
        identity: allowing(Gate::Identity, None).or(facts.is_federated_root.into()),
        boundary: of_type(Gate::PermissionsBoundary, PolicyType::PermissionsBoundary),
        session: of_type(Gate::Session, PolicyType::Session),
        classes: classes(Gate::Resource),
        access_point: classes(Gate::AccessPoint),
    }
}

/// Trust policies govern the assumption of their role and key policies the use of their key, and
/// nothing else (SPEC 5.7, K-06, K-07).
fn speaks_of(policy_type: PolicyType, kind: ResourcePolicyKind) -> bool {
    match policy_type {
        PolicyType::Resource(ResourcePolicyKind::General) => true,
        PolicyType::Resource(of) => of == kind,
        _ => true,
    }
}

pub(crate) fn gate_of(policy_type: PolicyType) -> Gate {
    match policy_type {
        PolicyType::Identity => Gate::Identity,
        PolicyType::Resource(_) => Gate::Resource,
        PolicyType::AccessPoint => Gate::AccessPoint,
        PolicyType::PermissionsBoundary => Gate::PermissionsBoundary,
        PolicyType::Session => Gate::Session,
        PolicyType::ServiceControl => Gate::ServiceControl,
        PolicyType::ResourceControl => Gate::ResourceControl,
        PolicyType::VpcEndpoint => Gate::VpcEndpoint,
    }
}

/// Whether the call is refused from another account whatever the policies say.
pub(crate) fn is_impossible_across_accounts(request: &Request, set: &PolicySet) -> bool {
    let facts = Facts::new(request, set);
    !facts.same_account && facts.impossible_across_accounts
}

/// Whether a condition holds in a context.
#[cfg(feature = "serde")]
pub(crate) fn condition_holds(
    condition: &crate::compile::Condition,
    context: &crate::context::RequestContext,
    options: &EvaluationOptions,
) -> bool {
    condition::holds(condition, context, options).is_true()
}

/// Calls that no policy governs (SPEC R-13), or that a kind of credentials cannot make (SPEC D-24, D-25).
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
fn exempt(request: &Request) -> Option<(Decision, Gate)> {
    let principal = &request.principal;
    let signed = principal.account().is_some();
    match request.folded_action() {
        "sts:getcalleridentity" if signed => Some((Decision::Allow, Gate::Exempt)),
        "sts:getsessiontoken" => match principal {
            Principal::User { .. } | Principal::Root { .. } => Some((Decision::Allow, Gate::Exempt)),
            _ => Some((Decision::ImplicitDeny, Gate::Exempt)),
        },
        _ => match (principal, request.service()) {
            // iam:PassRole is a permission that other calls need, not a call (SPEC R-14).
            (Principal::FederatedUser { .. }, "iam") if request.folded_action() == "iam:passrole" => None,
            (Principal::FederatedUser { .. }, "iam" | "sts") => Some((Decision::ImplicitDeny, Gate::Exempt)),
            _ => None,
        },
    }
}
