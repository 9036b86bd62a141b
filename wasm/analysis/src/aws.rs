//! AWS's own shapes.

use admittance::access_denied;
use admittance::simulator::{self, Simulation};
use js_sys::JsString;
use wasm_bindgen::prelude::*;

use crate::intake;

/// Decides a SimulateCustomPolicy request or a scenario, and gives the response in AWS's shape.
#[wasm_bindgen]
pub fn simulate(request: &JsString) -> String {
    let simulation = match intake::whole(request) {
        Ok(text) => simulator::simulate_text(&text),
        Err(refused) => Simulation::refused(vec![refused]),
    };
    simulation.to_json()
}

/// What the first access-denied message in a text says; an empty text where there is none.
#[wasm_bindgen(js_name = accessDenied)]
pub fn access_denied(text: &str) -> String {
    access_denied::parse(text).map(|denied| denied.to_json()).unwrap_or_default()
}
