//! What a text says, as a scenario.

use super::{LocatedDiagnostic, Scenario};
use serde::Serialize;

/// A scenario that was read or made from another text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioReading {
    /// False when the text has an error; then there is no scenario.
    pub valid: bool,
    /// Problems found in the text. The documents in it are not looked at.
    pub diagnostics: Vec<LocatedDiagnostic>,
    /// The scenario. Its documents are texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Scenario>,
}

impl ScenarioReading {
    /// What was read, and what was found in the text.
    pub(crate) fn new(scenario: Scenario, diagnostics: Vec<LocatedDiagnostic>) -> Self {
        let valid = !diagnostics.iter().any(LocatedDiagnostic::is_error);
        Self { valid, diagnostics, scenario: valid.then_some(scenario) }
    }

    /// The reading of a text that has an error.
    #[must_use]
    pub fn refused(diagnostics: Vec<LocatedDiagnostic>) -> Self {
        Self { valid: false, diagnostics, scenario: None }
    }

    /// Writes the reading as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Scenario {
    /// Reads a scenario file or, with the feature `simulator`, a SimulateCustomPolicy request, which it turns into a
    /// scenario.
    #[must_use]
    pub fn read(text: &str) -> ScenarioReading {
        let (scenario, diagnostics) = Self::parse(text);
        ScenarioReading::new(scenario, diagnostics)
    }
}
