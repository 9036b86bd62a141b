//! What a text is that was dropped, pasted or chosen as a file, and what the page makes of it.

use admittance::account::{AccountDetails, IdentityKind};
use admittance::cloudtrail::{self, Certainty, TrailField};
use admittance::scenario::{LocatedDiagnostic, Scenario, ScenarioRequest};
use admittance::shape::{self, DecodedMessage, Shape, Simulation};
use serde::{Deserialize, Serialize};

/// A text, and the request that was on the screen before, as scenario.
#[derive(Deserialize)]
pub struct Text {
    text: String,
    present: String,
}

/// What a text is.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// `policy`, `simulated`, `account`, `trail`, `decoded` or `denied`; else it can only be a scenario.
    kind: &'static str,
    /// Why there is nothing to open.
    problem: Option<String>,
    /// A policy that names principals.
    names_principals: bool,
    /// The requests that it holds, as scenario; of a request to the simulator, the whole scenario.
    requests: Option<String>,
    /// Of each request, what is not exact.
    remarks: Vec<Vec<String>>,
    /// The statements that AWS says decided.
    decided_by: Vec<String>,
    /// The users and roles of an account: ARN and kind.
    principals: Vec<(String, &'static str)>,
    /// Of these, the one that made the request before.
    caller: Option<String>,
}

pub fn open(Text { text, present }: Text) -> Opened {
    match Shape::of(&text) {
        Some(Shape::Policy) => {
            Opened { kind: "policy", names_principals: shape::names_principals(&text), ..Opened::default() }
        }
        Some(Shape::SimulatorResponse) => match shape::simulated(&text, &request(&present)) {
            found if found.is_empty() => refused("it holds no decision"),
            found => Opened { kind: "simulated", requests: requests(found), ..Opened::default() },
        },
        Some(Shape::AccountDetails) => account(&text, &present),
        Some(Shape::CloudTrail) => trail(&text),
        Some(Shape::DecodedMessage) => match DecodedMessage::parse(&text) {
            Some(found) => Opened {
                kind: "decoded",
                requests: requests(vec![found.request]),
                decided_by: found.statements,
                ..Opened::default()
            },
            None => refused("the message names no principal and action"),
        },
        Some(Shape::AccessDenied) => Opened { kind: "denied", ..Opened::default() },
        Some(Shape::SimulatorRequest) => simulator_request(&text),
        Some(Shape::Scenario) | None => Opened::default(),
    }
}

/// A request to the simulator becomes a scenario.
fn simulator_request(text: &str) -> Opened {
    let reading = Scenario::read(text);
    match (reading.scenario, first_error(&reading.diagnostics)) {
        (Some(scenario), _) => Opened { requests: Some(scenario.to_json()), ..Opened::default() },
        (None, problem) => refused(problem.unwrap_or_default()),
    }
}

/// The request of such a scenario.
fn request(scenario: &str) -> ScenarioRequest {
    Scenario::parse(scenario).0.requests.into_iter().next().unwrap_or_default()
}

fn refused(problem: impl Into<String>) -> Opened {
    Opened { problem: Some(problem.into()), ..Opened::default() }
}

fn requests(requests: Vec<ScenarioRequest>) -> Option<String> {
    Some(Scenario { requests, ..Scenario::default() }.to_json())
}

/// The first error, with its line.
fn first_error(problems: &[LocatedDiagnostic]) -> Option<String> {
    let first = problems.iter().find(|each| each.is_error())?;
    Some(match first.range {
        Some(range) => format!("line {}: {}", range.start.line, first.message),
        None => first.message.clone(),
    })
}

fn account(text: &str, present: &str) -> Opened {
    let (account, problems) = AccountDetails::parse(text);
    if let Some(problem) = first_error(&problems) {
        return refused(problem);
    }
    let caller = account.caller(&request(present).principal.arn).map(|identity| identity.arn.clone());
    let mut principals = Vec::new();
    for identity in account.identities {
        // Groups are no principals.
        match identity.kind {
            IdentityKind::User => principals.push((identity.arn, "user")),
            IdentityKind::Role => principals.push((identity.arn, "role")),
            IdentityKind::Group => {}
        }
    }
    Opened { kind: "account", principals, caller, ..Opened::default() }
}

/// A request for each event, with AWS's decision as its expectation where the event tells it.
fn trail(text: &str) -> Opened {
    let (events, problems) = cloudtrail::parse(text);
    let mut found = Vec::new();
    let mut remarks = Vec::new();
    for event in events {
        let Some(mut request) = event.request else { continue };
        if request.name.is_none() {
            let time = event.event_time.unwrap_or_default();
            request.name = Some(format!("{} {time}", event.event_name).trim_end().to_owned());
        }
        found.push(request);
        remarks.push(event.fields.iter().filter_map(remark).collect());
    }
    if found.is_empty() {
        return refused(first_error(&problems).unwrap_or_else(|| "it holds no request".to_owned()));
    }
    Opened { kind: "trail", requests: requests(found), remarks, ..Opened::default() }
}

/// What is to be said of a field that the event does not hold.
fn remark(field: &TrailField) -> Option<String> {
    let how = match field.certainty {
        Certainty::Exact => return None,
        Certainty::Inferred => "inferred",
        Certainty::Missing => "not in the event",
    };
    let note = field.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    Some(format!("{} ({how}){note}", field.field))
}

/// A principal of an account, and the request that was on the screen before, as scenario.
#[derive(Deserialize)]
pub struct Chosen {
    text: String,
    arn: String,
    present: String,
}

/// The chosen principal asking the same.
#[derive(Serialize)]
pub struct Choice {
    scenario: String,
    /// Policies whose text is not in the account's details.
    missing: Vec<String>,
}

pub fn choose(Chosen { text, arn, present }: Chosen) -> Option<Choice> {
    let (account, _) = AccountDetails::parse(&text);
    let present = request(&present);
    let mut scenario = account.scenario(&arn, &present.action, &present.resources)?;
    scenario.name = Some(arn.rsplit(':').next().unwrap_or(&arn).to_owned());
    // Who asked before asks the same again, in the same context; its tags are those of the account.
    if account.caller(&present.principal.arn).is_some_and(|caller| caller.arn == arn)
        && let Some(request) = scenario.requests.first_mut()
    {
        let known = std::mem::take(&mut request.context);
        let is_new = |key: &str| !known.iter().any(|(name, _)| name.eq_ignore_ascii_case(key));
        request.unknown = present.unknown.into_iter().filter(|key| is_new(key)).collect();
        request.context = present.context.into_iter().filter(|(key, _)| is_new(key)).collect();
        request.context.extend(known);
        request.expect = present.expect;
    }
    let missing = account.identity(&arn).map(|each| each.missing_policies.clone()).unwrap_or_default();
    Some(Choice { scenario: scenario.to_json(), missing })
}

/// A request as the policy simulator takes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Simulated {
    input: String,
    left_out: Vec<&'static str>,
}

/// Of a scenario with one request.
pub fn simulate(scenario: String) -> Option<Simulated> {
    let (scenario, _) = Scenario::parse(&scenario);
    let Simulation { input, left_out } = Simulation::new(&scenario, scenario.requests.first()?);
    Some(Simulated { input, left_out })
}
