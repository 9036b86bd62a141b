//! What the playground asks after its first decision is on the screen: findings, summaries, completions, facts of the
//! catalog, and what a pasted text is. A WebAssembly file of its own, in a worker of its own, so that neither its size
//! nor its work delays the page.
//!
//! A question is a name and JSON text, the answer is JSON text; `null` where there is none. Nothing here knows of IAM.

// Debug formatting writes nothing in the builds that browsers download.
#![deny(clippy::use_debug)]

use std::cell::RefCell;

use admittance::catalog::Catalog;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

mod editor;
#[path = "../../src/known_key.rs"]
mod known_key;
mod opening;
mod policies;
#[path = "../../../wasm/src/policy_types.rs"]
mod policy_types;
mod request;
mod say;

thread_local! {
    static CATALOG: RefCell<Option<Catalog>> = const { RefCell::new(None) };
}

/// Reads the catalog's file; says whether it is one.
#[wasm_bindgen(js_name = loadCatalog)]
pub fn load_catalog(bytes: &[u8]) -> bool {
    let catalog = Catalog::decode(bytes).ok();
    let read = catalog.is_some();
    CATALOG.set(catalog);
    read
}

/// Answers a question.
#[wasm_bindgen]
pub fn ask(question: &str, input: &str) -> String {
    CATALOG.with_borrow(|catalog| {
        let catalog = catalog.as_ref();
        match question {
            "complete" => answered(input, |place| editor::complete(place, catalog)),
            "about" => answered(input, |place| editor::about(place, catalog)),
            "actions" => answered(input, |typed| request::actions(typed, catalog)),
            "keys" => answered(input, |action| request::keys(action, catalog)),
            "key" => answered(input, |name| request::key(name, catalog)),
            "arns" => answered(input, |action| request::arns(action, catalog)),
            "validate" => answered(input, |document| policies::validate(document, catalog)),
            "say" => answered(input, |document| say::say(document, catalog)),
            "service" => answered(input, |service| say::service(service, catalog)),
            "open" => answered(input, opening::open),
            "choose" => answered(input, opening::choose),
            "simulate" => answered(input, opening::simulate),
            _ => NONE.to_owned(),
        }
    })
}

const NONE: &str = "null";

fn answered<I: DeserializeOwned, O: Serialize>(input: &str, answer: impl FnOnce(I) -> O) -> String {
    // Only the page asks, in the form that is read here, and what it is told has a JSON form.
    let answer = serde_json::from_str(input).ok().map(answer);
    answer.and_then(|answer| serde_json::to_string(&answer).ok()).unwrap_or_else(|| NONE.to_owned())
}
