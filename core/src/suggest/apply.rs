//! Making the changes of a suggestion.

use super::{Change, Suggestion, make};
use crate::scenario::{LocatedDiagnostic, Scenario, ScenarioReading};

/// Reads a scenario and a suggestion, both as JSON text, and makes the suggestion's changes. A suggestion of which a
/// change would change nothing is refused as a whole: it is not about this scenario.
///
/// ```
/// let scenario = r#"{ "policies": {}, "requests": [{
///   "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:ListAllMyBuckets" }] }"#;
/// let suggestion = r#"{ "request": 0, "summary": "", "decision": "Allow", "changes": [{ "kind": "context",
///   "summary": "Add aws:username = ana.", "key": "aws:username", "value": "ana" }] }"#;
/// let changed = admittance::suggest::run(scenario, suggestion);
/// assert_eq!(changed.scenario.unwrap().requests[0].context.len(), 1);
/// ```
#[must_use]
pub fn run(scenario: &str, suggestion: &str) -> ScenarioReading {
    let reading = Scenario::read(scenario);
    let Some(scenario) = &reading.scenario else { return reading };
    let suggestion: Suggestion = match serde_json::from_str(suggestion) {
        Ok(suggestion) => suggestion,
        Err(error) => return refused("suggestion", format!("this is no suggestion: {error}")),
    };
    let mut changed = scenario.clone();
    for (index, change) in suggestion.changes.iter().enumerate() {
        let before = changed.clone();
        make(&mut changed, change, suggestion.request);
        let backwards = matches!(change, Change::Edit { range, .. } if range.start.offset > range.end.offset);
        if backwards || changed == before {
            let message = "this change does not fit the scenario: nothing would be changed".to_owned();
            return refused(&format!("suggestion.changes[{index}]"), message);
        }
    }
    ScenarioReading { scenario: Some(changed), ..reading }
}

fn refused(location: &str, message: String) -> ScenarioReading {
    ScenarioReading::refused(vec![LocatedDiagnostic {
        location: location.to_owned(),
        code: "INVALID_SUGGESTION".to_owned(),
        severity: "error".to_owned(),
        message,
        help: Some("pass a suggestion as it was given for this very scenario".to_owned()),
        range: None,
    }])
}
