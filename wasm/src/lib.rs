//! The border between the engine and JavaScript.
//!
//! It converts and calls; it knows nothing of IAM. What comes out is JSON text, never a bare
//! `JsValue`: V8 may abort the process when a WebAssembly export has a single `externref` result.
//! The npm package's facade (`npm/src`) turns the text into objects.

mod options;

use admittance::policy::MAX_DOCUMENT_BYTES;
use admittance::scenario::{self, LocatedDiagnostic, MAX_SCENARIO_BYTES, ScenarioResult, TextPosition, TextRange};
use js_sys::JsString;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::options::EvaluateOptions;

/// Decides a scenario file's text and gives the result as JSON text.
///
/// # Errors
///
/// A `TypeError` with a `code` when the options are not what they should be. Whatever is wrong
/// with the scenario itself is a diagnostic in the result.
#[wasm_bindgen]
pub fn evaluate(scenario: &JsString, options: JsValue) -> Result<String, JsValue> {
    let options = EvaluateOptions::read(&options)?;
    let length = scenario.length();
    if length > options.max_scenario_length {
        return Ok(refusal(too_long(length, options.max_scenario_length)).to_json());
    }
    let text = String::from(scenario);
    if let Some(diagnostic) = lone_surrogate(scenario, &text) {
        return Ok(refusal(diagnostic).to_json());
    }
    Ok(scenario::run(&text).to_json())
}

/// What the facade wants to know before the engine is loaded.
#[derive(Serialize)]
struct Constants {
    version: &'static str,
    limits: Limits,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Limits {
    max_scenario_length: usize,
    max_document_length: usize,
}

/// The version and the limits as JSON text: the build writes them into the package.
#[wasm_bindgen]
pub fn constants() -> String {
    let constants = Constants {
        version: env!("CARGO_PKG_VERSION"),
        limits: Limits { max_scenario_length: MAX_SCENARIO_BYTES, max_document_length: MAX_DOCUMENT_BYTES },
    };
    serde_json::to_string(&constants).unwrap_or_default()
}

/// The result for a scenario that was not even read.
fn refusal(diagnostic: LocatedDiagnostic) -> ScenarioResult {
    ScenarioResult { valid: false, diagnostics: vec![diagnostic], results: Vec::new() }
}

fn too_long(length: u32, limit: u32) -> LocatedDiagnostic {
    LocatedDiagnostic {
        location: String::new(),
        code: "SCENARIO_TOO_LONG".to_owned(),
        severity: "error".to_owned(),
        message: format!("The scenario has {length} UTF-16 code units; the limit is {limit}."),
        help: Some("Split the scenario.".to_owned()),
        range: None,
    }
}

/// JavaScript strings may hold halves of surrogate pairs. The conversion to UTF-8 replaces them,
/// and a policy would then match texts that it does not name; so they are refused.
fn lone_surrogate(scenario: &JsString, text: &str) -> Option<LocatedDiagnostic> {
    // The conversion leaves U+FFFD in their place: without one there is nothing to look for.
    if !text.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    let mut start = TextPosition { line: 1, column: 1, offset: 0 };
    for unit in char::decode_utf16(scenario.iter()) {
        match unit {
            Ok('\n') => {
                start.line += 1;
                start.column = 1;
                start.offset += 1;
            }
            Ok(character) => {
                let width = if u32::from(character) > 0xFFFF { 2 } else { 1 };
                start.column += width;
                start.offset += width;
            }
            Err(lone) => {
                let end = TextPosition { column: start.column + 1, offset: start.offset + 1, ..start };
                return Some(LocatedDiagnostic {
                    location: String::new(),
                    code: "LONE_SURROGATE".to_owned(),
                    severity: "error".to_owned(),
                    message: format!(
                        "The text holds one half of a surrogate pair (U+{:04X}), which is not a character.",
                        lone.unpaired_surrogate()
                    ),
                    help: None,
                    range: Some(TextRange { start, end }),
                });
            }
        }
    }
    None
}
