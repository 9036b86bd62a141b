//! The border between the engine and JavaScript.
//!
//! It converts and calls; it knows nothing of IAM. What comes out is JSON text, never a bare
//! `JsValue`: V8 may abort the process when a WebAssembly export has a single `externref` result.
//! The npm package's facade (`npm/src`) turns the text into objects.

// Debug formatting writes nothing in the builds that browsers download.
#![cfg_attr(not(test), deny(clippy::use_debug))]

/// Two kilobytes smaller than the one of Rust's own library.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

mod explain;
mod intake;
mod policy_types;
mod requests;
mod set;

pub use explain::explain;
pub use requests::{decide, decide_text, scratch};
pub use set::{prepare, release, set_evaluate, set_explain, validate};

use admittance::Gate;
use admittance::policy::{MAX_DOCUMENT_BYTES, MAX_NESTING, MAX_STATEMENTS};
use admittance::scenario::{self, Answer, MAX_SCENARIO_BYTES, ScenarioResult};
use js_sys::JsString;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Decides a scenario file's text of up to `max_length` UTF-16 code units and gives the result as JSON text.
/// Whatever is wrong with the scenario is a diagnostic in the result.
#[wasm_bindgen]
pub fn evaluate(scenario: &JsString, max_length: u32) -> String {
    let result = match intake::text(scenario, max_length) {
        Ok(text) => scenario::run(&text),
        Err(refused) => ScenarioResult::refused(vec![refused]),
    };
    result.to_json()
}

/// What the facade wants to know before the engine is loaded.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Constants {
    version: &'static str,
    limits: Limits,
    /// The names of the options, in the order of their bits.
    option_names: Vec<&'static str>,
    /// The names of the answers, in the order of their numbers.
    answers: [&'static str; 5],
    /// The names of the gates, in the order of their numbers.
    gates: Vec<&'static str>,
    /// The names of the types that a document can be checked as.
    policy_types: Vec<&'static str>,
    scratch: requests::Sizes,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Limits {
    max_scenario_length: usize,
    max_document_length: usize,
    max_nesting: usize,
    max_statements: usize,
}

/// The version, the limits and the names as JSON text: the build writes them into the package.
#[wasm_bindgen]
pub fn constants() -> String {
    let constants = Constants {
        version: env!("CARGO_PKG_VERSION"),
        limits: Limits {
            max_scenario_length: MAX_SCENARIO_BYTES,
            max_document_length: MAX_DOCUMENT_BYTES,
            max_nesting: MAX_NESTING,
            max_statements: MAX_STATEMENTS,
        },
        option_names: set::option_names(),
        answers: Answer::NAMES,
        gates: Gate::ALL.into_iter().map(Gate::as_str).collect(),
        policy_types: policy_types::POLICY_TYPES.iter().map(|(name, _)| *name).collect(),
        scratch: requests::SIZES,
    };
    serde_json::to_string(&constants).unwrap_or_default()
}
