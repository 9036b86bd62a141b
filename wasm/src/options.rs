//! The options of the calls, as JavaScript objects.

use admittance::scenario::MAX_SCENARIO_BYTES;
use js_sys::{Reflect, TypeError};
use wasm_bindgen::prelude::*;

/// The options of `evaluate`.
pub(crate) struct EvaluateOptions {
    /// Scenario texts with more UTF-16 code units are refused with a diagnostic.
    pub(crate) max_scenario_length: u32,
}

impl EvaluateOptions {
    /// Reads the plain object that the facade makes; `undefined` stands for no options.
    pub(crate) fn read(options: &JsValue) -> Result<Self, JsValue> {
        // No text that the engine reads has more code units than this: each is a byte at least.
        let mut max_scenario_length = u32::try_from(MAX_SCENARIO_BYTES).unwrap_or(u32::MAX);
        if let Some(value) = property(options, "maxScenarioLength")? {
            max_scenario_length = whole_number(&value).ok_or_else(|| {
                let greatest = u32::MAX;
                invalid_argument(&format!(
                    "evaluate(options): maxScenarioLength: expected a whole number up to {greatest}"
                ))
            })?;
        }
        Ok(Self { max_scenario_length })
    }
}

fn property(options: &JsValue, name: &str) -> Result<Option<JsValue>, JsValue> {
    if options.is_undefined() {
        return Ok(None);
    }
    if !options.is_object() {
        return Err(invalid_argument("evaluate(options): expected an object"));
    }
    let value = Reflect::get(options, &name.into())?;
    Ok((!value.is_undefined()).then_some(value))
}

fn whole_number(value: &JsValue) -> Option<u32> {
    let number = value.as_f64()?;
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}

/// The `TypeError` for a programming mistake.
fn invalid_argument(message: &str) -> JsValue {
    let error = TypeError::new(message);
    // Setting a property of an object that was made a moment ago does not fail.
    let _ = Reflect::set(&error, &"code".into(), &"INVALID_ARGUMENT".into());
    error.into()
}
