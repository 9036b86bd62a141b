//! The border between the engine and JavaScript.
//!
//! It converts and calls; it knows nothing of IAM. What comes out is JSON text, never a bare
//! `JsValue`: V8 may abort the process when a WebAssembly export has a single `externref` result.
//! The npm package's facade (`npm/src`) turns the text into objects.

// Debug formatting writes nothing in the builds that browsers download.
#![cfg_attr(not(test), deny(clippy::use_debug))]

mod explain;
mod intake;
mod options;

pub use explain::explain;

use admittance::policy::MAX_DOCUMENT_BYTES;
use admittance::scenario::{self, MAX_SCENARIO_BYTES, ScenarioResult};
use js_sys::JsString;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::options::Options;

/// Decides a scenario file's text and gives the result as JSON text.
///
/// # Errors
///
/// A `TypeError` with a `code` when the options are not what they should be. Whatever is wrong
/// with the scenario itself is a diagnostic in the result.
#[wasm_bindgen]
pub fn evaluate(scenario: &JsString, options: JsValue) -> Result<String, JsValue> {
    let options = Options::read("evaluate", &options)?;
    let result = match intake::text(scenario, options.max_scenario_length) {
        Ok(text) => scenario::run(&text),
        Err(refused) => ScenarioResult { valid: false, diagnostics: vec![refused], results: Vec::new() },
    };
    Ok(result.to_json())
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
