//! Scenarios that are made from other texts.

use admittance::scenario::{Scenario, ScenarioReading};
use admittance::suggest;
use js_sys::JsString;
use wasm_bindgen::prelude::*;

use crate::intake;

/// Reads a scenario or a SimulateCustomPolicy request as a scenario.
#[wasm_bindgen]
pub fn read(text: &JsString) -> String {
    let reading = match intake::whole(text) {
        Ok(text) => Scenario::read(&text),
        Err(refused) => ScenarioReading::refused(vec![refused]),
    };
    reading.to_json()
}

/// Makes the changes of a suggestion.
#[wasm_bindgen]
pub fn apply(scenario: &JsString, suggestion: &JsString) -> String {
    let reading = match (intake::whole(scenario), intake::whole(suggestion)) {
        (Ok(scenario), Ok(suggestion)) => suggest::run(&scenario, &suggestion),
        (Err(refused), _) | (_, Err(refused)) => ScenarioReading::refused(vec![refused]),
    };
    reading.to_json()
}
