//! Results in the shape of a SimulateCustomPolicy response.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html>

use super::STAND_IN;
use super::outcome::{Outcome, Statement, Statements};
use crate::result::Decision;
use crate::scenario::run::{Prepared, prepare};
use crate::scenario::{ContextValue, KnownDocuments, LocatedDiagnostic, Scenario, ScenarioPrincipal, ScenarioRequest};
use crate::unknown;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    evaluation_results: Vec<EvaluationResult>,
    is_truncated: bool,
}

/// The most restrictive decision per policy type.
type Details = BTreeMap<&'static str, &'static str>;

/// The results of one action over all its resources.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct EvaluationResult {
    eval_action_name: String,
    eval_resource_name: &'static str,
    eval_decision: &'static str,
    matched_statements: Vec<Statement>,
    missing_context_values: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organizations_decision_detail: Option<OrganizationsDecisionDetail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eval_decision_details: Option<Details>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resource_specific_results: Vec<ResourceSpecificResult>,
}

/// The result of one action on one resource.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ResourceSpecificResult {
    eval_resource_name: String,
    eval_resource_decision: &'static str,
    matched_statements: Vec<Statement>,
    missing_context_values: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eval_decision_details: Option<Details>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct OrganizationsDecisionDetail {
    allowed_by_organizations: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PermissionsBoundaryDecisionDetail {
    allowed_by_permissions_boundary: bool,
}

/// What became of a simulation.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Simulation {
    /// False when the request, a document or the caller has an error; then there is no response.
    pub valid: bool,
    /// Problems found.
    pub diagnostics: Vec<LocatedDiagnostic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<Response>,
}

impl Simulation {
    /// The outcome where nothing is decided.
    #[must_use]
    pub fn refused(diagnostics: Vec<LocatedDiagnostic>) -> Self {
        Self { valid: false, diagnostics, response: None }
    }

    /// Writes the outcome as JSON text; in it the response, as `response`, in AWS's shape.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The response alone, as JSON text; `None` where nothing is decided.
    #[must_use]
    pub fn response(&self) -> Option<String> {
        self.response.as_ref().map(write)
    }
}

/// The decisions on a scenario, in the shape of a SimulateCustomPolicy response.
///
/// Requests that follow each other and differ in nothing but the resource form one
/// `EvaluationResult`, as AWS gives one per action; each resource stands in its
/// `ResourceSpecificResults`, which is left out where the resource is `*` alone.
///
/// - `EvalDecision` is the most restrictive decision over the resources.
/// - `EvalResourceName` at the top is always `*`: AWS gives the ARN template of the resource type
///   here, which takes the catalog of resource types. The real ARNs are those of the single resources.
/// - `MatchedStatements` lists the statements of identity-based and resource-based policies that
///   allow, or for an explicit deny those that deny; for an implicit deny none. Statements of other
///   policy types are never listed.
/// - `MissingContextValues` lists the keys that an identity-based or resource-based policy asks for
///   and that have no value: at the top where the resource is `*`, else with each resource. Keys of
///   which it is not known whether they are in the request count as missing, as all of these do.
/// - `OrganizationsDecisionDetail` tells whether the service control policies allow, if they apply.
/// - `PermissionsBoundaryDecisionDetail` stands where there is a boundary.
/// - `EvalDecisionDetails` has the decision of each policy type for calls across accounts. In one
///   account it is empty, and with the resource `*` it is left out.
/// - Where a service control policy refuses, the simulation ends: statements, missing keys, the
///   boundary and the details are not given.
/// - Positions count lines and columns from 1, from a statement's opening brace to one past its
///   closing brace.
/// - `SourcePolicyId` is the policy's name; a policy without one is named by its type and its place.
///   `SourcePolicyType` is `user`, `role` or `group` where the scenario says what the policy is
///   attached to, else `none`, and `resource` for a resource-based policy: the values of the API's model.
///
/// Of a scenario with an error in a document or request nothing is decided.
#[must_use]
pub fn simulate(scenario: &Scenario) -> Simulation {
    let Prepared { documents, requests, diagnostics } = prepare(scenario, Vec::new(), &KnownDocuments::NONE);
    if diagnostics.iter().any(LocatedDiagnostic::is_error) {
        return Simulation::refused(diagnostics);
    }
    let mut results: Vec<EvaluationResult> = Vec::new();
    for group in requests.chunk_by(|(one, _), (other, _)| is_one_action(one, other)) {
        let mut outcomes = Vec::new();
        for pairs in group.iter().filter_map(|(_, pairs)| pairs.as_ref().ok()) {
            // A call that passes session tags needs further actions on each resource (SPEC R-08).
            for pair in pairs {
                let parts = unknown::with_further(unknown::without_unknown(pair));
                outcomes.extend(parts.iter().map(|pair| Outcome::new(&documents, pair)).reduce(Outcome::with));
            }
        }
        if let Some((request, _)) = group.first() {
            results.push(result(&request.action, outcomes));
        }
    }
    let response = Response { evaluation_results: results, is_truncated: false };
    Simulation { valid: true, diagnostics: documents.diagnostics, response: Some(response) }
}

/// Reads a scenario or a request in AWS's shape and decides it as [`simulate`] does.
#[cfg(feature = "simulator")]
#[must_use]
pub fn simulate_text(text: &str) -> Simulation {
    let (scenario, mut diagnostics) = Scenario::parse(text);
    if diagnostics.iter().any(LocatedDiagnostic::is_error) {
        return Simulation::refused(diagnostics);
    }
    let mut simulation = simulate(&scenario);
    diagnostics.append(&mut simulation.diagnostics);
    simulation.diagnostics = diagnostics;
    simulation
}

/// The response alone, as JSON text. Where there is an error it is, as AWS's, an object with one member
/// `Error`, in which AWS's code `InvalidInput` and a message stand.
#[must_use]
pub fn response(scenario: &Scenario) -> String {
    text(&simulate(scenario))
}

/// Reads a scenario or a request in AWS's shape, decides it and gives the response alone, as [`response`] does.
#[cfg(feature = "simulator")]
#[must_use]
pub fn run(text: &str) -> String {
    self::text(&simulate_text(text))
}

fn text(simulation: &Simulation) -> String {
    simulation.response().unwrap_or_else(|| invalid(&simulation.diagnostics))
}

/// Whether the principal stands in for a caller that was not given.
fn is_stand_in(principal: &str) -> bool {
    principal.ends_with(&format!(":user/{STAND_IN}"))
}

/// Whether two requests differ in nothing but the resource, and what was made up for it.
fn is_one_action(one: &ScenarioRequest, other: &ScenarioRequest) -> bool {
    let stand_ins = [one, other].iter().all(|request| is_stand_in(&request.principal.arn));
    let call = |request: &ScenarioRequest| {
        let mut call = ScenarioRequest {
            name: None,
            resources: Vec::new(),
            resource_account: None,
            expect: None,
            ..request.clone()
        };
        if stand_ins {
            call.principal = ScenarioPrincipal::default();
            call.context.retain(|(_, value)| *value != ContextValue::Absent);
        }
        call
    };
    call(one) == call(other)
}

fn result(action: &str, outcomes: Vec<Outcome>) -> EvaluationResult {
    let has_resource = outcomes.iter().any(|outcome| outcome.resource != "*");
    let mut missing_context_values: Vec<String> = Vec::new();
    let mut matched = Statements::new();
    for outcome in &outcomes {
        let missing = outcome.missing.iter().filter(|_| outcome.resource == "*");
        extend(&mut missing_context_values, missing);
        matched.extend(outcome.matched.iter().map(|(key, statement)| (*key, statement.clone())));
    }
    let all = |of: fn(&Outcome) -> Option<bool>| outcomes.iter().filter_map(of).reduce(|one, other| one && other);
    let details = outcomes.iter().filter(|outcome| !outcome.ended).flat_map(|outcome| &outcome.details);
    let details = details.fold(BTreeMap::new(), |mut all: BTreeMap<_, Decision>, (name, decision)| {
        all.entry(*name).and_modify(|worst| *worst = stricter(*worst, *decision)).or_insert(*decision);
        all
    });
    let cross_account = outcomes.iter().any(|outcome| outcome.cross_account);
    let ended = outcomes.iter().all(|outcome| outcome.ended);
    let decision = outcomes.iter().map(|outcome| outcome.decision).reduce(stricter).unwrap_or(Decision::ImplicitDeny);
    EvaluationResult {
        eval_action_name: action.to_owned(),
        eval_resource_name: "*",
        eval_decision: name(decision),
        matched_statements: matched.into_values().collect(),
        missing_context_values,
        organizations_decision_detail: all(|outcome| outcome.organizations)
            .map(|allowed_by_organizations| OrganizationsDecisionDetail { allowed_by_organizations }),
        permissions_boundary_decision_detail: boundary(all(|outcome| outcome.boundary)),
        eval_decision_details: (!ended && (cross_account || has_resource)).then(|| named(&details)),
        resource_specific_results: if has_resource { outcomes.into_iter().map(specific).collect() } else { Vec::new() },
    }
}

fn specific(outcome: Outcome) -> ResourceSpecificResult {
    ResourceSpecificResult {
        eval_resource_decision: name(outcome.decision),
        eval_decision_details: (!outcome.ended && outcome.cross_account).then(|| named(&outcome.details)),
        permissions_boundary_decision_detail: boundary(outcome.boundary),
        eval_resource_name: outcome.resource,
        matched_statements: outcome.matched.into_values().collect(),
        missing_context_values: outcome.missing,
    }
}

fn boundary(allowed: Option<bool>) -> Option<PermissionsBoundaryDecisionDetail> {
    allowed.map(|allowed_by_permissions_boundary| PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary })
}

fn named(details: &BTreeMap<&'static str, Decision>) -> Details {
    details.iter().map(|(policy_type, decision)| (*policy_type, name(*decision))).collect()
}

/// Adds what is not there yet.
pub(super) fn extend<'i, T: Clone + PartialEq + 'i>(items: &mut Vec<T>, more: impl IntoIterator<Item = &'i T>) {
    for item in more {
        if !items.contains(item) {
            items.push(item.clone());
        }
    }
}

/// The more restrictive of two decisions.
pub(super) fn stricter(one: Decision, other: Decision) -> Decision {
    match (one, other) {
        (Decision::ExplicitDeny, _) | (_, Decision::ExplicitDeny) => Decision::ExplicitDeny,
        (Decision::ImplicitDeny, _) | (_, Decision::ImplicitDeny) => Decision::ImplicitDeny,
        (Decision::Allow, Decision::Allow) => Decision::Allow,
    }
}

fn name(decision: Decision) -> &'static str {
    match decision {
        Decision::Allow => "allowed",
        Decision::ExplicitDeny => "explicitDeny",
        Decision::ImplicitDeny => "implicitDeny",
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Invalid {
    error: Error,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Error {
    code: &'static str,
    message: String,
}

/// What AWS says of a request that it refuses, with every error.
fn invalid(diagnostics: &[LocatedDiagnostic]) -> String {
    let lines = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).map(|diagnostic| {
        let place = match diagnostic.range {
            Some(range) => format!("{}:{}:{}", diagnostic.location, range.start.line, range.start.column),
            None => diagnostic.location.clone(),
        };
        format!("{}: {}", place.trim_start_matches(':'), diagnostic.message)
    });
    let message = lines.collect::<Vec<_>>().join("; ");
    write(&Invalid { error: Error { code: "InvalidInput", message } })
}

fn write(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
