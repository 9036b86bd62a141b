//! The decision on a request (SPEC 5.2).

mod allows;
mod combine;
mod condition;
mod decide;
mod facts;
mod gates;
mod index;
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

pub use decide::{decide, decide_many, decide_under, ruling};
pub(crate) use facts::{Facts, kind_of};
pub use facts::{RCP_SERVICES, resource_policy_kind};
pub(crate) use index::ActionHashes;
pub(crate) use policy_set::Attached;
pub use policy_set::PolicySet;
pub use principal::PrincipalClass;
pub(crate) use public::is_public;
pub use trace::{ElementKind, ElementMatch, ElementTrace, Elements, ValueTrace};
pub use truth::Truth;

use crate::context::ContextEntry;
use crate::options::EvaluationOptions;
use crate::policy::{Effect, PolicyType, ResourcePolicyKind};
use crate::request::{Principal, Request};
use crate::result::{Decision, Evaluation, Gate, StatementRef, StatementTrace};
use allows::Allows;
use combine::Path;
use index::WHOLE_LIST;
use statement::Comparison;
use trace::Failing;

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

/// Decides a request and tells how: every gate, and every statement with whether it applies and what keeps it
/// from applying. [`compared`] and [`elements`] tell more of a statement.
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
    let case = Case::new(set, set.options, request);
    let mut allows = case.nothing_allowed();
    let statements = case.statements();
    let mut applying = Vec::new();
    for trace in &statements {
        if let Some(verdict) = case.verdict(trace) {
            allows.hear(&verdict);
            if verdict.applies.is_true() {
                applying.push(verdict);
            }
        }
    }
    let (decision, path, deciding_statement) = match exempt(request) {
        Some((decision, gate)) => (decision, Path { allowed: Truth::True, gate, level: None }, None),
        None => rule(&case.facts, &allows, &applying),
    };
    let mut evaluation = Evaluation {
        decision,
        decided_by: path.gate,
        level: path.level,
        deciding_statement,
        statements,
        gates: gates::trace(set, &case.facts, &allows, &applying, &path),
        notes: Vec::new(),
    };
    evaluation.notes = gates::notes(&case, &evaluation);
    evaluation
}

/// Which elements of a statement match: all of them, whether or not the statement applies.
#[must_use]
pub fn compared(set: &PolicySet, request: &Request, statement: StatementRef) -> Elements {
    let case = Case::new(set, set.options, request);
    let found = case.compare(statement.policy, statement.statement);
    found.map(|(_, comparison)| comparison.compared()).unwrap_or_default()
}

/// What can be told of the elements of a statement: every value by itself, and what the request has.
#[must_use]
pub fn elements<'a>(set: &'a PolicySet, request: &'a Request, statement: StatementRef) -> Vec<ElementTrace<'a>> {
    let case = Case::new(set, set.options, request);
    let found = case.compare(statement.policy, statement.statement);
    found.map(|(_, comparison)| comparison.elements()).unwrap_or_default()
}

/// Whether a request is allowed, by Kleene logic over the unknown keys (SPEC 4.8). `assume` is asked about each
/// statement of which it is not known whether it applies.
pub(crate) fn open(set: &PolicySet, request: &Request, assume: &mut dyn FnMut(StatementRef) -> Truth) -> Truth {
    let credentials = credentials_suffice(request);
    if let Some((decision, _)) = exempt(request).filter(|_| credentials != Truth::Unknown) {
        return (decision == Decision::Allow).into();
    }
    let case = Case::new(set, set.options, request);
    let mut allows = case.nothing_allowed();
    let mut denied = Truth::False;
    for trace in &case.statements() {
        let Some(mut verdict) = case.verdict(trace) else { continue };
        if verdict.applies == Truth::Unknown {
            verdict.applies = assume(verdict.statement);
        }
        allows.hear(&verdict);
        if verdict.effect == Effect::Deny {
            denied = denied.or(verdict.applies);
        }
    }
    denied.not().and(combine::authorize(&case.facts, &allows).allowed).and(credentials)
}

/// A request and the policies that it is compared with.
pub(crate) struct Case<'a> {
    pub set: &'a PolicySet,
    pub request: &'a Request,
    pub facts: Facts,
    /// The resource behind an access point: the policy of the bucket is about the bucket, also if the
    /// request names an access point.
    behind: Option<String>,
}

impl<'a> Case<'a> {
    fn new(set: &'a PolicySet, options: EvaluationOptions, request: &'a Request) -> Self {
        let facts = Facts::new(request, set, options);
        Self { set, request, facts, behind: request.behind_access_point() }
    }

    /// A statement, ready to be compared, and its policy.
    pub fn compare(&self, policy: usize, statement: usize) -> Option<(&'a Attached, Comparison<'a, '_>)> {
        let attached = self.set.attached.get(policy)?;
        let (statement, compiled) = attached.policy.statement(statement)?;
        let of_bucket =
            self.behind.as_deref().filter(|_| matches!(attached.policy.policy_type, PolicyType::Resource(_)));
        let comparison = Comparison {
            policy: &attached.policy,
            statement,
            compiled,
            request: self.request,
            resource: of_bucket.unwrap_or(self.request.resource()),
            facts: &self.facts,
        };
        Some((attached, comparison))
    }

    /// Every statement with what it says. Those that the index does not give are about other actions, and are not
    /// looked at further.
    fn statements(&self) -> Vec<StatementTrace> {
        let attached = &self.set.attached;
        let mut statements = Vec::with_capacity(attached.iter().map(|attached| attached.policy.statements.len()).sum());
        let mut starts = Vec::with_capacity(attached.len());
        for (policy, attached) in attached.iter().enumerate() {
            starts.push(statements.len());
            for (number, statement) in attached.policy.document.statements.iter().enumerate() {
                let statement_ref = StatementRef { policy, statement: number };
                let negated = statement.action.as_ref().is_some_and(|element| element.negated);
                let mut trace = StatementTrace {
                    statement: statement_ref,
                    effect: statement.effect,
                    applies: Truth::False,
                    class: None,
                    takes_part: self.takes_part(attached, statement.effect),
                    fails: Some(ElementKind::Action { negated }),
                };
                if index::allows_all(statement, attached.policy.policy_type) {
                    (trace.applies, trace.fails) = (Truth::True, None);
                }
                statements.push(trace);
            }
        }
        for found in self.set.index.candidates(self.request.action_hashes()) {
            let (policy, statement) = (found.policy as usize, found.statement as usize);
            let place = starts.get(policy).and_then(|start| statements.get_mut(start + statement));
            let (Some(trace), Some((_, comparison))) = (place, self.compare(policy, statement)) else { continue };
            let covered = match found.pattern {
                WHOLE_LIST => comparison.action(),
                pattern => comparison.covers_action(usize::from(pattern)),
            };
            // Patterns of a statement that was compared already bring nothing new.
            if covered && matches!(trace.fails, Some(ElementKind::Action { .. })) {
                let mut fails = Failing(None);
                let applies = comparison.applies(true, &mut fails);
                (trace.applies, trace.class, trace.fails) = (applies.truth, applies.class, fails.0);
            }
        }
        statements
    }

    /// What a statement says that takes part and does not certainly stay out.
    fn verdict(&self, trace: &StatementTrace) -> Option<Verdict> {
        if !trace.takes_part || trace.applies == Truth::False {
            return None;
        }
        let attached = self.set.attached.get(trace.statement.policy)?;
        let StatementTrace { statement, effect, applies, class, .. } = *trace;
        let gate = gate_of(attached.policy.policy_type);
        Some(Verdict { statement, gate, level: attached.level, effect, applies, class })
    }

    /// Whether statements of this effect take part in the decision.
    fn takes_part(&self, attached: &Attached, effect: Effect) -> bool {
        let (facts, policy_type) = (&self.facts, attached.policy.policy_type);
        match policy_type {
            PolicyType::ServiceControl => facts.scps_apply,
            PolicyType::ResourceControl => facts.rcps_apply,
            PolicyType::AccessPoint => facts.s3.access_point.is_some(),
            // SPEC D-13: these denies do not bind the bucket owner's root user.
            PolicyType::Resource(kind) => {
                speaks_of(kind, facts.kind) && !(facts.resource_denies_skipped && effect == Effect::Deny)
            }
            _ => true,
        }
    }

    /// What is allowed before any statement spoke.
    fn nothing_allowed(&self) -> Allows {
        let (set, facts) = (self.set, &self.facts);
        let levels = |levels: &Option<Vec<Option<String>>>, apply: bool| {
            levels.as_ref().filter(|_| apply).map(|levels| allows::Levels::new(levels.len()))
        };
        let given = |gate| set.has(gate).then_some(Truth::False);
        Allows {
            rcp_levels: levels(&set.rcp_levels, facts.rcps_apply),
            scp_levels: levels(&set.scp_levels, facts.scps_apply),
            vpc_endpoint: given(Gate::VpcEndpoint),
            identity: facts.is_federated_root.into(),
            boundary: given(Gate::PermissionsBoundary),
            session: given(Gate::Session),
            ..Allows::default()
        }
    }
}

/// What one statement says that takes part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    pub statement: StatementRef,
    pub gate: Gate,
    pub level: Option<usize>,
    pub effect: Effect,
    pub applies: Truth,
    pub class: Option<PrincipalClass>,
}

/// The decision over what the statements said: any Deny, then the gates. `applying`: the statements that
/// apply and take part.
fn rule(facts: &Facts, allows: &Allows, applying: &[Verdict]) -> (Decision, Path, Option<StatementRef>) {
    let of = |effect: Effect, gate: Gate| {
        applying.iter().filter(move |verdict| verdict.effect == effect && verdict.gate == gate)
    };
    for gate in DENY_ORDER {
        if let Some(verdict) = of(Effect::Deny, gate).next() {
            let path = Path { allowed: Truth::False, gate, level: verdict.level };
            return (Decision::ExplicitDeny, path, Some(verdict.statement));
        }
    }
    let path = combine::authorize(facts, allows);
    if !path.allowed.is_true() {
        return (Decision::ImplicitDeny, path, None);
    }
    let deciding = match path.gate {
        // The strongest way of naming the caller decided.
        Gate::Resource => {
            of(Effect::Allow, Gate::Resource).min_by_key(|verdict| verdict.class.map(|class| class as u8))
        }
        Gate::Identity | Gate::IdentityAndResource => of(Effect::Allow, Gate::Identity).next(),
        _ => None,
    };
    (Decision::Allow, path, deciding.map(|verdict| verdict.statement))
}

/// Trust policies govern the assumption of their role and key policies the use of their key, and
/// nothing else (SPEC 5.7, K-06, K-07).
fn speaks_of(policy: ResourcePolicyKind, resource: ResourcePolicyKind) -> bool {
    policy == ResourcePolicyKind::General || policy == resource
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
    let facts = Facts::new(request, set, set.options);
    !facts.same_account && facts.impossible_across_accounts
}

/// Whether a condition holds in a context.
#[cfg(feature = "serde")]
pub(crate) fn condition_holds(
    clause: &crate::policy::ConditionClause,
    condition: &crate::compile::Condition,
    context: &crate::context::RequestContext,
    options: &EvaluationOptions,
) -> bool {
    condition::holds(clause, condition, context, options).is_true()
}

/// Calls that no policy governs (SPEC R-13), or that the caller's credentials cannot make.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
fn exempt(request: &Request) -> Option<(Decision, Gate)> {
    let principal = &request.principal;
    let long_term = !request.get_session_token && matches!(principal, Principal::User { .. } | Principal::Root { .. });
    let decision = match request.folded_action() {
        "sts:getcalleridentity" if principal.account().is_some() => Decision::Allow,
        "sts:getsessiontoken" if long_term => Decision::Allow,
        "sts:getsessiontoken" => Decision::ImplicitDeny,
        _ if credentials_suffice(request).is_true() => return None,
        _ => Decision::ImplicitDeny,
    };
    Some((decision, Gate::Exempt))
}

/// Whether such a call can be made with the caller's credentials. Those of GetFederationToken cannot call
/// IAM, and of STS only GetCallerIdentity (SPEC D-25); those of GetSessionToken can call IAM with MFA, and of
/// STS also AssumeRole (SPEC D-24).
///
/// Nothing else tells which credentials a user has: temporary ones may also be those of the console, which
/// can do all that the user can. So the request has to say it (`get_session_token`), or a note asks.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>,
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>
pub(crate) fn credentials_suffice(request: &Request) -> Truth {
    let federated = matches!(request.principal, Principal::FederatedUser { .. });
    let action = request.folded_action();
    match request.service() {
        _ if !federated && !request.get_session_token => Truth::True,
        // iam:PassRole is a permission that other calls need, not a call (SPEC R-14).
        "iam" if action == "iam:passrole" => Truth::True,
        "iam" if !federated => with_mfa(request),
        // So are these two, which AssumeRole needs (SPEC R-08).
        "sts" => {
            let assumes = ["sts:assumerole", "sts:tagsession", "sts:setsourceidentity"].contains(&action);
            (assumes && !federated).into()
        }
        "iam" => Truth::False,
        _ => Truth::True,
    }
}

/// Whether the caller's credentials were made with MFA.
fn with_mfa(request: &Request) -> Truth {
    match request.context().named(MFA) {
        ContextEntry::Single(value) => value.eq_ignore_ascii_case("true").into(),
        ContextEntry::Unknown => Truth::Unknown,
        _ => Truth::False,
    }
}

/// The key that says so.
pub(crate) const MFA: &str = "aws:MultiFactorAuthPresent";
