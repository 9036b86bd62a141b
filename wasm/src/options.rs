//! The options of the calls, as JavaScript objects.

use admittance::scenario::MAX_SCENARIO_BYTES;
use js_sys::{Reflect, TypeError};
use wasm_bindgen::prelude::*;

/// The options of `evaluate` and `explain`. The facade lets each of them have its own only.
pub(crate) struct Options {
    /// Scenario texts with more UTF-16 code units are refused with a diagnostic.
    pub(crate) max_scenario_length: u32,
    /// The index of the one request to explain.
    pub(crate) request: Option<u32>,
}

impl Options {
    /// Reads the plain object that the facade makes; `undefined` stands for no options.
    pub(crate) fn read(function: &str, options: &JsValue) -> Result<Self, JsValue> {
        // No text that the engine reads has more code units than this: each is a byte at least.
        let greatest = u32::try_from(MAX_SCENARIO_BYTES).unwrap_or(u32::MAX);
        let max_scenario_length = whole_number(function, options, "maxScenarioLength")?.unwrap_or(greatest);
        Ok(Self { max_scenario_length, request: whole_number(function, options, "request")? })
    }
}

fn whole_number(function: &str, options: &JsValue, name: &str) -> Result<Option<u32>, JsValue> {
    if options.is_undefined() {
        return Ok(None);
    }
    if !options.is_object() {
        return Err(invalid_argument(&format!("{function}(options): expected an object")));
    }
    let value = Reflect::get(options, &name.into())?;
    if value.is_undefined() {
        return Ok(None);
    }
    let number = value.as_f64().filter(|number| number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(number));
    match number {
        Some(number) => Ok(Some(number as u32)),
        None => {
            let greatest = u32::MAX;
            Err(invalid_argument(&format!("{function}(options): {name}: expected a whole number up to {greatest}")))
        }
    }
}

/// The `TypeError` for a programming mistake.
fn invalid_argument(message: &str) -> JsValue {
    let error = TypeError::new(message);
    // Setting a property of an object that was made a moment ago does not fail.
    let _ = Reflect::set(&error, &"code".into(), &"INVALID_ARGUMENT".into());
    error.into()
}
