//! The options of the calls, as JavaScript objects.

use admittance::scenario::MAX_SCENARIO_BYTES;
use js_sys::{Error, Reflect, TypeError};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// The options of `evaluate`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EvaluateOptions {
    /// Scenario texts with more UTF-16 code units are refused with a diagnostic.
    #[serde(default = "whole_scenario", deserialize_with = "max_scenario_length")]
    pub(crate) max_scenario_length: u32,
}

/// No text that the engine reads has more code units than this: each is a byte at least.
fn whole_scenario() -> u32 {
    u32::try_from(MAX_SCENARIO_BYTES).unwrap_or(u32::MAX)
}

/// Serde's own messages neither name the property nor speak of numbers as JavaScript does.
fn max_scenario_length<'de, D: Deserializer<'de>>(value: D) -> Result<u32, D::Error> {
    f64::deserialize(value)
        .ok()
        .filter(|length| length.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(length))
        .map(|length| length as u32)
        .ok_or_else(|| {
            let greatest = u32::MAX;
            D::Error::custom(format!("maxScenarioLength: expected a whole number up to {greatest}"))
        })
}

impl EvaluateOptions {
    pub(crate) fn read(options: JsValue) -> Result<Self, JsValue> {
        if options.is_undefined() {
            return Ok(Self { max_scenario_length: whole_scenario() });
        }
        serde_wasm_bindgen::from_value(options).map_err(|error| {
            let message = JsValue::from(error).unchecked_into::<Error>().message();
            invalid_argument(&format!("evaluate(options): {message}"))
        })
    }
}

/// The `TypeError` for a programming mistake.
fn invalid_argument(message: &str) -> JsValue {
    let error = TypeError::new(message);
    // Setting a property of an object that was made a moment ago does not fail.
    let _ = Reflect::set(&error, &"code".into(), &"INVALID_ARGUMENT".into());
    error.into()
}
