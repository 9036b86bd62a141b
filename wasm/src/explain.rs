//! `explain`.

use admittance::explain::{self, ExplanationResult};
use js_sys::JsString;
use wasm_bindgen::prelude::*;

use crate::intake;
use crate::options::Options;

/// Explains the decisions on a scenario file's text and gives the result as JSON text.
///
/// # Errors
///
/// A `TypeError` with a `code` when the options are not what they should be. Whatever is wrong
/// with the scenario itself is a diagnostic in the result.
#[wasm_bindgen]
pub fn explain(scenario: &JsString, options: JsValue) -> Result<String, JsValue> {
    let options = Options::read("explain", &options)?;
    let result = match intake::text(scenario, options.max_scenario_length) {
        Ok(text) => explain::run(&text, options.request.map(|index| index as usize)),
        Err(refused) => ExplanationResult::refused(vec![refused]),
    };
    Ok(result.to_json())
}
