//! The border between JavaScript and what the engine does beyond deciding: a WebAssembly file of its own, so that who
//! only decides does not load it.
//!
//! As in `admittance-wasm`, JSON text crosses the border, and nothing here knows of IAM.

// Debug formatting writes nothing in the builds that browsers download.
#![deny(clippy::use_debug)]

use wasm_bindgen::prelude::*;

/// Two kilobytes smaller than the one of Rust's own library.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

mod aws;
mod catalog;
// What is refused before it is read, and the names of the policy types, are the same for both files.
#[path = "../../src/intake.rs"]
mod intake;
mod policy;
#[path = "../../src/policy_types.rs"]
mod policy_types;
mod scenario;
mod source;

pub use aws::{access_denied, simulate};
pub use catalog::{complete_action, describe_action, expand_actions, load_catalog};
pub use policy::{finding_codes, summarize, validate_policy};
pub use scenario::{apply, read};
pub use source::{account_scenario, read_account, read_trail};

/// Limits that the evaluator's own file does not tell, as JSON text: the build writes them into the package.
#[wasm_bindgen]
pub fn limits() -> String {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Limits {
        max_request_value_length: usize,
    }
    json(&Limits { max_request_value_length: admittance::MAX_REQUEST_VALUE_BYTES })
}

/// A value as JSON text.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
