//! Explaining a scenario in one call.

use super::Explanation;
use crate::scenario::run::{Prepared, is_refused, prepare};
use crate::scenario::{KnownDocuments, LocatedDiagnostic, Scenario};
use serde::Serialize;

/// The explanations of a scenario's decisions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExplanationResult {
    /// False when something has an error: an error of a request leaves that request unexplained, any
    /// other error all of them.
    pub valid: bool,
    /// Problems found in the scenario, its documents and its requests.
    pub diagnostics: Vec<LocatedDiagnostic>,
    /// One explanation for each request without an error, in order, or the one that was asked for.
    pub explanations: Vec<Explanation>,
}

impl ExplanationResult {
    /// The result for a scenario that has an error.
    #[must_use]
    pub fn refused(diagnostics: Vec<LocatedDiagnostic>) -> Self {
        Self { valid: false, diagnostics, explanations: Vec::new() }
    }

    /// Writes the result as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Reads a scenario and explains its decisions, or only the one on the request with an index. What has an
/// error is not explained.
///
/// ```
/// let result = admittance::explain::run(r#"{
///   "policies": {},
///   "requests": [{ "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:ListAllMyBuckets" }]
/// }"#, None);
/// assert!(result.explanations[0].text.starts_with("Denied: there is no identity-based policy"));
/// ```
#[must_use]
pub fn run(text: &str, request: Option<usize>) -> ExplanationResult {
    let (scenario, mut diagnostics) = Scenario::parse(text);
    let count = scenario.requests.len();
    if let Some(index) = request.filter(|index| *index >= count) {
        diagnostics.push(no_such_request(index, count));
    }
    if is_refused(&diagnostics) {
        return ExplanationResult::refused(diagnostics);
    }
    let Prepared { documents, requests, diagnostics } = prepare(&scenario, diagnostics, &KnownDocuments::NONE);
    let mut explanations = Vec::new();
    for (index, (_, pairs)) in requests.iter().enumerate() {
        if pairs.is_ok() && request.is_none_or(|wanted| wanted == index) {
            explanations.extend(scenario.explain_knowing(index, &documents.known));
        }
    }
    ExplanationResult { valid: !diagnostics.iter().any(LocatedDiagnostic::is_error), diagnostics, explanations }
}

fn no_such_request(index: usize, count: usize) -> LocatedDiagnostic {
    LocatedDiagnostic {
        location: "requests".to_owned(),
        code: "NO_SUCH_REQUEST".to_owned(),
        severity: "error".to_owned(),
        message: format!("There is no request with the index {index}: the scenario has {count}, counted from 0."),
        help: None,
        range: None,
    }
}
