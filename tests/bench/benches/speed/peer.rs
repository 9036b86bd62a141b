//! The published crate `iam-rs`, on the same policies and requests.

use std::hint::black_box;

use admittance::scenario::{ContextValue, Scenario};
use iam_rs::{Arn, Context, Decision, IAMPolicy, IAMRequest, PolicyEvaluator, Principal, PrincipalId};

/// Its evaluator with the policies parsed, and the request.
pub struct Peer {
    evaluator: PolicyEvaluator,
    request: IAMRequest,
}

/// Prepares a scenario of identity-based policies, and makes sure that it is decided as expected.
pub fn prepare(scenario: &Scenario) -> Peer {
    let parse = |document: &str| IAMPolicy::from_json(document).expect("a policy");
    let policies = scenario.policies.identity.iter().map(|source| parse(&source.document)).collect();
    let given = scenario.requests.first().expect("a request");
    let resource = Arn::parse(given.resources.first().expect("a resource")).expect("an ARN");
    let principal = Principal::Aws(PrincipalId::String(given.principal.arn.clone()));
    let mut context = Context::new();
    for (key, value) in &given.context {
        let ContextValue::Single(value) = value else { panic!("{key} is not single-valued") };
        // It compares Bool conditions with values of that type only.
        context = match value.parse() {
            Ok(truth) => context.with_boolean(key, truth),
            Err(_) => context.with_string(key, value),
        };
    }
    let request = IAMRequest::new_with_context(principal, &given.action, resource, context);
    let peer = Peer { evaluator: PolicyEvaluator::with_policies(policies), request };
    let expected = given.expect.as_ref().expect("an expected decision");
    assert_eq!(format!("{:?}", peer.decide()), expected.decision, "{:?}", scenario.name);
    peer
}

impl Peer {
    pub fn decide(&self) -> Decision {
        black_box(&self.evaluator).evaluate(black_box(&self.request)).expect("a decision").decision
    }
}
