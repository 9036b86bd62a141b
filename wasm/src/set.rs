//! Prepared policies, which JavaScript names by numbers.

use std::cell::RefCell;

use admittance::EvaluationOptions;
use admittance::explain::ExplanationResult;
use admittance::scenario::{
    self, LocatedDiagnostic, Policies, PreparedPolicies, Scenario, ScenarioRequest, ScenarioResult,
};
use js_sys::JsString;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::intake;
use crate::policy_types::POLICY_TYPES;

thread_local! {
    /// The number of a set is its place; places of released sets are taken again.
    static SETS: RefCell<Vec<Option<PreparedPolicies>>> = const { RefCell::new(Vec::new()) };
}

/// The names of the options, as in a scenario's `options`.
pub(crate) fn option_names() -> Vec<&'static str> {
    EvaluationOptions::NAMES.into_iter().chain(["legacyDuplicateKeys"]).collect()
}

#[derive(Serialize)]
struct Prepared {
    /// Absent where a document has an error.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<usize>,
    diagnostics: Vec<LocatedDiagnostic>,
    /// Where the policies stand, in the order of their places.
    locations: Vec<String>,
}

/// Reads and compiles the policies of a scenario. Of the options, by their places in
/// `option_names`, the bits of `given` say which are given and those of `values` their values.
#[wasm_bindgen]
pub fn prepare(policies: &JsString, given: u32, values: u32) -> String {
    let (policies, mut diagnostics) = match intake::whole(policies) {
        Ok(text) => Policies::parse(&text),
        Err(refused) => (Policies::default(), vec![refused]),
    };
    let mut number = None;
    let mut locations = Vec::new();
    if !has_error(&diagnostics) {
        let names = option_names().into_iter().enumerate();
        let given = names.filter(|(bit, _)| given >> bit & 1 == 1);
        let options = given.map(|(bit, name)| (name.to_owned(), values >> bit & 1 == 1)).collect();
        let set = PreparedPolicies::new(Scenario { options, policies, ..Scenario::default() });
        diagnostics.extend_from_slice(set.diagnostics());
        locations = set.locations().map(str::to_owned).collect();
        number = set.is_valid().then(|| keep(set));
    }
    to_json(&Prepared { number, diagnostics, locations })
}

/// Lets go of a set. Its number may name another one from then on.
#[wasm_bindgen]
pub fn release(number: usize) {
    SETS.with_borrow_mut(|sets| {
        if let Some(place) = sets.get_mut(number) {
            *place = None;
        }
    });
}

/// Decides a request, given as JSON text, and gives the result as JSON text.
#[wasm_bindgen]
pub fn set_evaluate(number: usize, request: &JsString) -> String {
    let (request, mut diagnostics) = read(request);
    if has_error(&diagnostics) {
        return ScenarioResult::refused(diagnostics).to_json();
    }
    let evaluated = with(number, |set| set.evaluate(&request));
    let mut result = evaluated.unwrap_or_else(|| ScenarioResult::refused(Vec::new()));
    diagnostics.append(&mut result.diagnostics);
    result.diagnostics = diagnostics;
    result.to_json()
}

/// Explains the decision on a request, given as JSON text, and gives the result as JSON text.
#[wasm_bindgen]
pub fn set_explain(number: usize, request: &JsString) -> String {
    let (request, mut diagnostics) = read(request);
    let mut explanations = Vec::new();
    if !has_error(&diagnostics) {
        with(number, |set| match set.explain(&request) {
            Some(explanation) => explanations.push(explanation),
            None => diagnostics.append(&mut set.evaluate(&request).diagnostics),
        });
    }
    ExplanationResult { valid: !explanations.is_empty(), diagnostics, explanations }.to_json()
}

/// Checks a document as a policy of the type with that place in `POLICY_TYPES`, and gives the
/// diagnostics as JSON text.
#[wasm_bindgen]
pub fn validate(document: &JsString, policy_type: usize) -> String {
    let Some((_, policy_type)) = POLICY_TYPES.get(policy_type) else { return "[]".to_owned() };
    to_json(&match intake::whole(document) {
        Ok(text) => scenario::validate(&text, *policy_type),
        Err(refused) => vec![refused],
    })
}

/// Does something with a set, if there is one of that number.
pub(crate) fn with<R>(number: usize, then: impl FnOnce(&PreparedPolicies) -> R) -> Option<R> {
    SETS.with_borrow(|sets| sets.get(number)?.as_ref().map(then))
}

fn keep(set: PreparedPolicies) -> usize {
    SETS.with_borrow_mut(|sets| {
        let free = sets.iter().position(Option::is_none).unwrap_or(sets.len());
        if free == sets.len() {
            sets.push(None);
        }
        if let Some(place) = sets.get_mut(free) {
            *place = Some(set);
        }
        free
    })
}

pub(crate) fn read(request: &JsString) -> (ScenarioRequest, Vec<LocatedDiagnostic>) {
    match intake::whole(request) {
        Ok(text) => ScenarioRequest::parse(&text),
        Err(refused) => (ScenarioRequest::default(), vec![refused]),
    }
}

pub(crate) fn has_error(diagnostics: &[LocatedDiagnostic]) -> bool {
    diagnostics.iter().any(LocatedDiagnostic::is_error)
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
