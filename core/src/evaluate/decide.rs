//! The decision by the statements that may be about the action, without memory.

use super::combine::{self, Path};
use super::index::WHOLE_LIST;
use super::policy_set::PolicySet;
use super::principal::PrincipalClass;
use super::trace::Failing;
use super::truth::Truth;
use super::{Case, DENY_ORDER, exempt, gate_of};
use crate::options::EvaluationOptions;
use crate::policy::Effect;
use crate::request::Request;
use crate::result::{Decision, Gate, Ruling, StatementRef};

/// Decides a request: the decision alone, as fast as can be.
#[must_use]
pub fn decide(set: &PolicySet, request: &Request) -> Decision {
    decide_under(set, set.options, request)
}

/// The decision under other options than the set's.
#[must_use]
pub fn decide_under(set: &PolicySet, options: EvaluationOptions, request: &Request) -> Decision {
    sift(set, options, request, None).0
}

/// Decides a request and says what decided: of what [`evaluate`](super::evaluate()) tells the beginning, as fast as [`decide`].
#[must_use]
pub fn ruling(set: &PolicySet, request: &Request) -> Ruling {
    let mut deciders = Deciders::default();
    let (decision, path) = sift(set, set.options, request, Some(&mut deciders));
    let Path { gate, level, .. } = path;
    let none = Ruling { decision, decided_by: gate, level, deciding_statement: None };
    match (decision, deciders.deny) {
        (Decision::ExplicitDeny, Some((gate, statement))) => {
            let attached = set.attached.get(statement.policy);
            let level = attached.and_then(|attached| attached.level);
            let decided_by = DENY_ORDER.get(gate).copied().unwrap_or(Gate::Identity);
            Ruling { decided_by, level, deciding_statement: Some(statement), ..none }
        }
        (Decision::Allow, _) => Ruling { deciding_statement: deciders.granting(gate), ..none },
        _ => none,
    }
}

/// Decides many requests, one after the other, and says of each what decided. Nothing is allocated.
///
/// ```
/// # use admittance::{CompiledPolicy, PolicyDocument, PolicySet, PolicyType, Principal, Request, RequestContext};
/// use admittance::{Gate, decide_many};
///
/// # let (document, _) = PolicyDocument::parse(
/// #     r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" } }"#);
/// # let mut policies = PolicySet::new();
/// # policies.attach(CompiledPolicy::new(document, PolicyType::Identity).unwrap());
/// # let ana = Principal::parse("arn:aws:iam::111122223333:user/ana").unwrap();
/// # let request = |action| Request::new(ana.clone(), action, "*", None, RequestContext::new()).unwrap();
/// let requests = [request("s3:GetObject"), request("s3:PutObject")];
/// let allowed = decide_many(&policies, &requests).filter(|ruling| ruling.deciding_statement.is_some());
/// assert_eq!(allowed.count(), 1);
/// assert!(decide_many(&policies, &requests).all(|ruling| ruling.decided_by == Gate::Identity));
/// ```
pub fn decide_many<'r>(
    set: &PolicySet,
    requests: impl IntoIterator<Item = &'r Request>,
) -> impl Iterator<Item = Ruling> {
    requests.into_iter().map(move |request| ruling(set, request))
}

/// The statements that may turn out to decide: of each kind the one that comes first.
#[derive(Default)]
struct Deciders {
    /// The place of its gate in `DENY_ORDER`.
    deny: Option<(usize, StatementRef)>,
    identity: Option<(usize, StatementRef)>,
    /// The strongest way of naming the caller counts.
    resource: Option<(usize, StatementRef)>,
}

impl Deciders {
    fn note(&mut self, effect: Effect, gate: Gate, class: Option<PrincipalClass>, statement: StatementRef) {
        match (effect, gate) {
            (Effect::Deny, _) => {
                let place = DENY_ORDER.iter().position(|other| *other == gate).unwrap_or(DENY_ORDER.len());
                first(&mut self.deny, place, statement);
            }
            (Effect::Allow, Gate::Identity) => first(&mut self.identity, 0, statement),
            (Effect::Allow, Gate::Resource) => {
                first(&mut self.resource, class.map_or(0, |class| class as usize), statement);
            }
            _ => {}
        }
    }

    /// The statement by which a gate grants.
    fn granting(&self, gate: Gate) -> Option<StatementRef> {
        match gate {
            Gate::Resource => self.resource,
            Gate::Identity | Gate::IdentityAndResource => self.identity,
            _ => None,
        }
        .map(|(_, statement)| statement)
    }
}

fn first(kept: &mut Option<(usize, StatementRef)>, rank: usize, statement: StatementRef) {
    if kept.is_none_or(|kept| (rank, statement) < kept) {
        *kept = Some((rank, statement));
    }
}

/// The decision by the statements that may be about the action. Without `deciders` it ends where it is
/// certain; with them all statements are noted that apply.
fn sift(
    set: &PolicySet,
    options: EvaluationOptions,
    request: &Request,
    mut deciders: Option<&mut Deciders>,
) -> (Decision, Path) {
    if let Some((decision, gate)) = exempt(request) {
        return (decision, Path { allowed: Truth::True, gate, level: None });
    }
    let case = Case::new(set, options, request);
    let mut allows = case.nothing_allowed();
    for (gate, level) in &set.always {
        allows.add(*gate, *level, None, Truth::True);
    }
    for found in set.index.candidates(request.action_hashes()) {
        let Some((attached, comparison)) = case.compare(found.policy as usize, found.statement as usize) else {
            continue;
        };
        let (effect, gate) = (comparison.statement.effect, gate_of(attached.policy.policy_type));
        let covered = found.pattern != WHOLE_LIST;
        if covered && !comparison.covers_action(usize::from(found.pattern))
            || !case.takes_part(attached, effect)
            || effect == Effect::Allow
                && deciders.is_none()
                && allows.place(gate, attached.level, None).is_some_and(|said| said.is_true())
        {
            continue;
        }
        let applies = comparison.applies(covered, &mut Failing(None));
        if applies.truth.is_true() {
            let statement = StatementRef { policy: found.policy as usize, statement: found.statement as usize };
            match &mut deciders {
                Some(deciders) => deciders.note(effect, gate, applies.class, statement),
                None if effect == Effect::Deny => return (Decision::ExplicitDeny, DENIED),
                None => {}
            }
        }
        if effect == Effect::Allow {
            allows.add(gate, attached.level, applies.class, applies.truth);
        }
    }
    if deciders.is_some_and(|deciders| deciders.deny.is_some()) {
        return (Decision::ExplicitDeny, DENIED);
    }
    let path = combine::authorize(&case.facts, &allows);
    (if path.allowed.is_true() { Decision::Allow } else { Decision::ImplicitDeny }, path)
}

/// Where a Deny applies, the gates are not gone through.
const DENIED: Path = Path { allowed: Truth::False, gate: Gate::Identity, level: None };
