//! Runs every case of `simulator/`, each as a test of its own: requests in the shape of SimulateCustomPolicy (and
//! scenarios), with the response or the diagnostics that they give.
//!
//! An expected object names members that the response has to have; `null` says that a member must not be there.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use admittance::scenario::{self, Scenario};
use admittance::simulator;
use admittance_tests::trials;
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The page that the case follows.
    source: String,
    /// What it shows.
    shows: String,
    request: Map<String, Value>,
    response: Option<Value>,
    diagnostics: Option<Vec<Expected>>,
}

/// A diagnostic, and the text that it points at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    severity: String,
    code: String,
    location: String,
    at: Option<String>,
}

fn main() -> ExitCode {
    trials::run(trials())
}

fn trials() -> Result<Vec<Trial>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("simulator");
    let mut trials = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let case: Case = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        if !case.source.starts_with("https://docs.aws.amazon.com/") || case.shows.is_empty() {
            return Err(format!("{name}: the source or what is shown is missing"));
        }
        let damaged = Trial::test(format!("{name}/damaged"), {
            let text = pretty(&case)?;
            move || damage(&text).map_err(Failed::from)
        });
        trials.insert(name.clone(), [Trial::test(name, move || run(&case).map_err(Failed::from)), damaged]);
    }
    if trials.len() < 25 {
        return Err(format!("there are {} cases only", trials.len()));
    }
    Ok(trials.into_values().flatten().collect())
}

fn pretty(case: &Case) -> Result<String, String> {
    serde_json::to_string_pretty(&case.request).map_err(|error| error.to_string())
}

/// A request with some of its text lost is either refused or decided, and what is decided was understood whole.
fn damage(text: &str) -> Result<(), String> {
    if text.len() > 3_000 {
        return Ok(()); // thousands of pairs, each time
    }
    for (length, start) in
        [1, 5, 40].into_iter().flat_map(|length| (0..text.len()).step_by(11).map(move |at| (length, at)))
    {
        let (Some(before), Some(after)) = (text.get(..start), text.get(start + length..)) else { continue };
        let damaged = format!("{before}{after}");
        let response: Value =
            serde_json::from_str(&simulator::run(&damaged)).map_err(|error| format!("{error}:\n{damaged}"))?;
        let decided = response.get("EvaluationResults").is_some();
        if decided == response.get("Error").is_some() {
            return Err(format!("neither refused nor decided:\n{damaged}"));
        }
        if decided && serde_json::from_str::<Value>(&damaged).is_err() {
            return Err(format!("decided, though it is no JSON:\n{damaged}"));
        }
    }
    Ok(())
}

fn run(case: &Case) -> Result<(), String> {
    let text = pretty(case)?;
    let (scenario, found) = Scenario::parse(&text);
    let found: Vec<String> = found
        .iter()
        .map(|diagnostic| {
            let range = diagnostic.range.map(|range| (range.start.offset as usize, range.end.offset as usize));
            let at = range.and_then(|(start, end)| text.get(start..end)).unwrap_or_default();
            format!("{} {} in {:?} at {at}", diagnostic.severity, diagnostic.code, diagnostic.location)
        })
        .collect();
    let expected = case.diagnostics.as_deref().unwrap_or_default();
    let fits = |found: &String, expected: &Expected| {
        let start = format!("{} {} in {:?} at ", expected.severity, expected.code, expected.location);
        found
            .strip_prefix(&start)
            .is_some_and(|at| expected.at.as_deref().is_none_or(|wanted| wanted == at) && !at.is_empty())
    };
    if found.len() != expected.len() || !found.iter().zip(expected).all(|(found, expected)| fits(found, expected)) {
        return Err(format!("other diagnostics:\n{}", found.join("\n")));
    }

    let written = simulator::run(&text);
    let response: Value = serde_json::from_str(&written).map_err(|error| error.to_string())?;
    let refused = expected.iter().any(|diagnostic| diagnostic.severity == "error");
    let mut problems = Vec::new();
    match &case.response {
        Some(expected) => compare("response", expected, &response, &mut problems),
        None if expected.is_empty() => return Err("neither a response nor diagnostics are expected".to_owned()),
        None => {}
    }
    if refused != response.pointer("/Error/Message").is_some() && case.diagnostics.is_some() {
        problems.push(format!("the request is {}refused", if refused { "not " } else { "" }));
    }
    model("response", &response, &mut problems);
    if !refused {
        // The scenario that the request became says the same, written in its own format and read again.
        if simulator::run(&scenario.to_json()) != written {
            problems.push("the scenario that the request became gives another response".to_owned());
        }
        agree(&text, &response, &mut problems);
    }
    match problems.as_slice() {
        [] => Ok(()),
        problems => Err(format!("{}\n{written}", problems.join("\n"))),
    }
}

/// Reports what is expected and not so; null expects nothing.
fn compare(at: &str, expected: &Value, actual: &Value, problems: &mut Vec<String>) {
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => {
            for (key, expected) in expected {
                match (expected, actual.get(key)) {
                    (Value::Null, None) => {}
                    (Value::Null, Some(_)) => problems.push(format!("{at}.{key} is there")),
                    (_, None) => problems.push(format!("{at}.{key} is missing")),
                    (expected, Some(actual)) => compare(&format!("{at}.{key}"), expected, actual, problems),
                }
            }
            // An empty object is expected to be empty.
            if expected.is_empty() && !actual.is_empty() {
                problems.push(format!("{at} is not empty"));
            }
        }
        (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => {
            for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                compare(&format!("{at}[{index}]"), expected, actual, problems);
            }
        }
        _ if expected == actual => {}
        _ => problems.push(format!("{at}: expected {expected}, got {actual}")),
    }
}

/// The members that AWS's model has, by the member that holds the object; and the values of its enumerations.
const MODEL: [(&str, &str); 9] = [
    ("response", "EvaluationResults IsTruncated Error"),
    (
        "EvaluationResults",
        "EvalActionName EvalResourceName EvalDecision MatchedStatements MissingContextValues OrganizationsDecisionDetail PermissionsBoundaryDecisionDetail EvalDecisionDetails ResourceSpecificResults",
    ),
    (
        "ResourceSpecificResults",
        "EvalResourceName EvalResourceDecision MatchedStatements MissingContextValues EvalDecisionDetails PermissionsBoundaryDecisionDetail",
    ),
    ("MatchedStatements", "SourcePolicyId SourcePolicyType StartPosition EndPosition"),
    ("StartPosition", "Line Column"),
    ("EndPosition", "Line Column"),
    ("OrganizationsDecisionDetail", "AllowedByOrganizations"),
    ("PermissionsBoundaryDecisionDetail", "AllowedByPermissionsBoundary"),
    ("Error", "Code Message"),
];
const DECISIONS: [&str; 3] = ["allowed", "explicitDeny", "implicitDeny"];
const SOURCES: [&str; 7] = ["user", "group", "role", "aws-managed", "user-managed", "resource", "none"];

/// Reports members and values that AWS's model does not have.
fn model(name: &str, value: &Value, problems: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            let known = MODEL.iter().find(|(of, _)| *of == name).map(|(_, members)| *members);
            for (key, value) in object {
                if known.is_some_and(|known| !known.split(' ').any(|member| member == key)) {
                    problems.push(format!("{name} has no member {key}"));
                }
                model(if name == "EvalDecisionDetails" { "EvalDecision" } else { key }, value, problems);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| model(name, item, problems)),
        Value::String(text) => {
            let allowed: Option<&[&str]> = match name {
                "EvalDecision" | "EvalResourceDecision" => Some(&DECISIONS),
                "SourcePolicyType" => Some(&SOURCES),
                _ => None,
            };
            if allowed.is_some_and(|allowed| !allowed.contains(&text.as_str())) {
                problems.push(format!("{name} is {text}, which the model does not have"));
            }
        }
        _ => {}
    }
}

/// Reports where the response and the engine's own results disagree.
fn agree(text: &str, response: &Value, problems: &mut Vec<String>) {
    let results = scenario::run(text).results;
    if results.iter().any(|result| result.decision == "Depends") {
        return; // a response has no word for it
    }
    let decided = response.get("EvaluationResults").and_then(Value::as_array).into_iter().flatten();
    let resources = decided.flat_map(|result| match result.get("ResourceSpecificResults").and_then(Value::as_array) {
        Some(resources) => resources.iter().filter_map(|resource| resource.get("EvalResourceDecision")).collect(),
        None => result.get("EvalDecision").into_iter().collect::<Vec<_>>(),
    });
    let told: Vec<&str> = resources.filter_map(Value::as_str).collect();
    let own: Vec<&str> = results
        .iter()
        .map(|result| match result.decision.as_str() {
            "Allow" => "allowed",
            "ExplicitDeny" => "explicitDeny",
            _ => "implicitDeny",
        })
        .collect();
    if told != own {
        problems.push(format!("the response says {told:?}, the results {own:?}"));
    }
}
