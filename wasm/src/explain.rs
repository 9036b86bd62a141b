//! `explain`.

use admittance::explain::{self, ExplanationResult};
use js_sys::JsString;
use wasm_bindgen::prelude::*;

use crate::intake;

/// Explains the decisions on a scenario file's text of up to `max_length` UTF-16 code units, or that on the one
/// request with this index, and gives the result as JSON text. Whatever is wrong with the scenario is a diagnostic in
/// the result.
#[wasm_bindgen]
pub fn explain(scenario: &JsString, max_length: u32, request: Option<u32>) -> String {
    let result = match intake::text(scenario, max_length) {
        Ok(text) => explain::run(&text, request.map(|index| index as usize)),
        Err(refused) => ExplanationResult::refused(vec![refused]),
    };
    result.to_json()
}
