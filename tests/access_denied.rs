//! AWS's access-denied messages: the table `access_denied.json`, and over the whole corpus that what is written can be
//! read again.

#![allow(clippy::expect_used, reason = "test code")]

use admittance::scenario::{self, RequestResult};
use admittance::{PolicyType, access_denied};
use admittance_tests::cases;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// What the row shows.
    shows: String,
    policies: Value,
    request: Value,
    /// The message; none for a request that is allowed.
    message: Option<String>,
}

fn decide(scenario: &Value) -> scenario::ScenarioResult {
    scenario::run(&scenario.to_string())
}

#[test]
fn table() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("access_denied.json")).expect("the table is JSON");
    assert!(rows.len() > 30, "there are {} rows only", rows.len());
    let mut problems = Vec::new();
    for row in rows {
        let result = decide(&json!({ "policies": row.policies, "requests": [row.request] }));
        let message = result.results.first().map(|result| result.aws_message.clone());
        if message.as_ref() != Some(&row.message) {
            problems.push(format!("{}\n  {message:?}\n  {:?}\n  {:?}", row.shows, row.message, result.diagnostics));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_is_written_can_be_read() {
    let mut read = 0;
    for case in cases::corpus().expect("the corpus can be read") {
        let Some(result) = scenario::run(&case.scenario).results.into_iter().nth(case.request) else { continue };
        let refused = ["ExplicitDeny", "ImplicitDeny"].contains(&result.decision.as_str());
        assert_eq!(refused, result.aws_message.is_some(), "{}", case.id);
        let Some(message) = &result.aws_message else { continue };
        check(&case.id, &result, message);
        // As a terminal or the guide breaks the line.
        let broken = message.replace(" because ", "\n    because ").replace(" with an ", "\r\nwith an ");
        assert_eq!(access_denied::parse(&broken), access_denied::parse(message), "{}", case.id);
        read += 1;
    }
    assert!(read > 100, "{read} messages only");
}

fn check(id: &str, result: &RequestResult, message: &str) {
    let denied = access_denied::parse(message).expect(id);
    assert_eq!(denied.resource.as_deref().unwrap_or("*"), result.resource, "{id}: {message}");
    assert_eq!(denied.rest, "", "{id}: {message}");
    let explicit = result.decision == "ExplicitDeny";
    assert_eq!(denied.explicit.unwrap_or(explicit), explicit, "{id}: {message}");
    let Some(policy_type) = denied.policy_type else {
        assert_eq!((denied.explicit, denied.policy_arn), (None, None), "{id}: {message}");
        return;
    };
    // In AWS's words an access point's policy is a resource-based policy.
    let decided_by = if result.decided_by == "access-point" { "resource" } else { &result.decided_by };
    assert_eq!(PolicyType::as_str(policy_type), decided_by, "{id}: {message}");
}
