//! The options of the calls, as JavaScript objects.

use js_sys::{Reflect, TypeError};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

/// How many UTF-16 code units of scenario text are read unless the options say otherwise.
pub(crate) const MAX_SCENARIO_LENGTH: u32 = 8 * 1024 * 1024;

/// The options of `evaluate`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EvaluateOptions {
    /// Scenario texts with more UTF-16 code units are refused with a diagnostic.
    #[serde(default = "default_max_scenario_length")]
    pub(crate) max_scenario_length: u32,
}

fn default_max_scenario_length() -> u32 {
    MAX_SCENARIO_LENGTH
}

impl EvaluateOptions {
    pub(crate) fn read(options: JsValue) -> Result<Self, JsValue> {
        if options.is_undefined() {
            return Ok(Self { max_scenario_length: MAX_SCENARIO_LENGTH });
        }
        serde_wasm_bindgen::from_value(options)
            .map_err(|error| invalid_argument(&format!("evaluate(options): {error}")))
    }
}

/// The `TypeError` for a programming mistake.
fn invalid_argument(message: &str) -> JsValue {
    let error = TypeError::new(message);
    // Setting a property of an object that was made a moment ago does not fail.
    let _ = Reflect::set(&error, &"code".into(), &"INVALID_ARGUMENT".into());
    error.into()
}
