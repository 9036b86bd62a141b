//! The examples: scenario files of the conformance corpus. The one that the page starts with is part of it, the others
//! are fetched when they are first asked for (`playground/finish/gallery.mjs` writes them).

use admittance::scenario::Scenario;
use gloo::utils::window;
use leptos::web_sys::Response;
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Examples on one subject.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Topic {
    pub name: String,
    /// The subject in a sentence or two.
    pub text: String,
    pub cases: Vec<Example>,
}

/// An example.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Example {
    pub slug: String,
    pub title: String,
    /// What it shows.
    pub text: String,
    /// The page of AWS that says so.
    pub source: String,
    pub requests: Vec<Outline>,
    /// The text of the scenario file.
    pub scenario: String,
}

/// A request of an example and what is decided on it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Outline {
    pub name: String,
    pub decision: String,
}

/// The example that the page starts with.
pub fn first() -> Option<Scenario> {
    crate::state::read_scenario(include_str!("../../tests/corpus/gallery/01-mobile-app-read-only.json")).ok()
}

/// Fetches all examples from the page's own address; nothing if they cannot be had.
pub async fn fetch() -> Option<Vec<Topic>> {
    let text = text("./gallery.json").await.ok()?;
    serde_json::from_str(&text).ok()
}

async fn text(address: &str) -> Result<String, JsValue> {
    let response: Response = JsFuture::from(window().fetch_with_str(address)).await?.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)
}

/// The scenarios of the corpus's gallery, by file name.
#[cfg(test)]
pub fn examples() -> Vec<Scenario> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/corpus/gallery");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts = paths.iter().map(|path| std::fs::read_to_string(path).unwrap());
    texts.map(|text| crate::state::read_scenario(&text).unwrap()).collect()
}
