//! The three scenarios, as the engine takes them.

use std::fs;
use std::path::Path;

use admittance::scenario::{ContextValue, PolicySource, Scenario};
use admittance::{
    CompiledPolicy, ContextEntry, Decision, ElementTrace, Evaluation, PolicyDocument, PolicySet, PolicyType, Principal,
    Request, RequestContext, ResourcePolicyKind, decide, elements, evaluate,
};

/// Policies and a request, ready to be decided.
pub struct Prepared {
    /// The policies.
    pub set: PolicySet,
    /// The request.
    pub request: Request,
}

/// Reads `scenarios/NAME.json`.
#[must_use]
pub fn read(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (scenario, diagnostics) = Scenario::parse(&text);
    assert!(diagnostics.is_empty(), "{name}: {diagnostics:?}");
    scenario
}

/// Reads and prepares a scenario, and makes sure that its request is decided as it expects.
#[must_use]
pub fn prepare(name: &str) -> Prepared {
    prepare_with(&read(name), &[])
}

/// The same with further identity-based policies, which must not change the decision.
#[must_use]
pub fn prepare_with(scenario: &Scenario, further: &[String]) -> Prepared {
    let policies = &scenario.policies;
    let mut set = PolicySet::new();
    let mut attach = |sources: &[PolicySource], policy_type| {
        for source in sources {
            set.attach(compile(&source.document, policy_type));
        }
    };
    for document in further {
        attach(&[PolicySource { document: document.clone(), ..PolicySource::default() }], PolicyType::Identity);
    }
    attach(&policies.identity, PolicyType::Identity);
    attach(&policies.resource, PolicyType::Resource(ResourcePolicyKind::General));
    attach(policies.permissions_boundary.as_slice(), PolicyType::PermissionsBoundary);
    for level in policies.service_control.iter().flatten() {
        let compiled =
            level.policies.iter().map(|source| compile(&source.document, PolicyType::ServiceControl)).collect();
        set.attach_level(PolicyType::ServiceControl, level.name.clone(), compiled);
    }
    let request = request(scenario);
    let expected = scenario.requests[0].expect.as_ref().expect("the scenario expects a decision");
    assert_eq!(format!("{:?}", decide(&set, &request)), expected.decision, "{:?}", scenario.name);
    Prepared { set, request }
}

/// The scenario's request.
#[must_use]
pub fn request(scenario: &Scenario) -> Request {
    let [given] = scenario.requests.as_slice() else { panic!("{:?} has not one request", scenario.name) };
    let [resource] = given.resources.as_slice() else { panic!("{:?} has not one resource", scenario.name) };
    let mut context = RequestContext::new();
    for (key, value) in &given.context {
        let ContextValue::Single(value) = value else { panic!("{key} is not single-valued") };
        context.insert(key, ContextEntry::Single(value.clone()));
    }
    let principal = Principal::parse(&given.principal.arn).expect("a principal");
    Request::new(principal, &given.action, resource, given.resource_account.as_deref(), context).expect("a request")
}

/// A set of identity-based policies.
#[must_use]
pub fn identity(documents: &[String]) -> PolicySet {
    let mut set = PolicySet::new();
    for document in documents {
        set.attach(compile(document, PolicyType::Identity));
    }
    set
}

/// Parses and compiles a document.
#[must_use]
pub fn compile(document: &str, policy_type: PolicyType) -> CompiledPolicy {
    let (document, diagnostics) = PolicyDocument::parse(document);
    CompiledPolicy::new(document, policy_type).unwrap_or_else(|errors| panic!("{diagnostics:?} {errors:?}"))
}

/// What a decision is explained with: the evaluation, and every value of the statement that decided.
#[must_use]
pub fn explained<'a>(set: &'a PolicySet, request: &'a Request) -> (Evaluation, Vec<ElementTrace<'a>>) {
    let evaluation = evaluate(set, request);
    let deciding = evaluation.deciding_statement.map(|statement| elements(set, request, statement));
    (evaluation, deciding.unwrap_or_default())
}

/// All that can be told of a decision: also every value of every statement.
#[must_use]
pub fn full_trace<'a>(set: &'a PolicySet, request: &'a Request) -> (Evaluation, Vec<Vec<ElementTrace<'a>>>) {
    let evaluation = evaluate(set, request);
    let statements = evaluation.statements.iter().map(|statement| elements(set, request, statement.statement));
    let statements = statements.collect();
    (evaluation, statements)
}

/// Ends the program unless the request is decided so: nothing wrong is ever timed.
pub fn expect(set: &PolicySet, request: &Request, decision: Decision) {
    assert_eq!(decide(set, request), decision, "{} on {}", request.action(), request.resource());
}
