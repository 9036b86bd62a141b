//! AWS's actions, resource types and condition keys: fetched from the page's own origin after the page is up.
//! Without them everything works but the completions and hints that need them.

use std::sync::Arc;

use admittance::catalog::{Catalog, ConditionKey, global_condition_key};
use gloo::utils::window;
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Beside the page.
const FILE: &str = "aws.bin";

/// The catalog, once it is there.
#[derive(Clone, Copy)]
pub struct Reference(RwSignal<Option<Arc<Catalog>>>);

/// From within any component.
pub fn use_reference() -> Reference {
    expect_context()
}

impl Reference {
    /// An empty one, which is filled soon.
    pub fn fetched() -> Self {
        let reference = Self(RwSignal::new(None));
        spawn_local(async move {
            if let Some(bytes) = fetched().await
                && let Ok(catalog) = Catalog::decode(&bytes)
            {
                reference.0.set(Some(Arc::new(catalog)));
            }
        });
        reference
    }

    pub fn get(self) -> Option<Arc<Catalog>> {
        self.0.get()
    }

    pub fn get_untracked(self) -> Option<Arc<Catalog>> {
        self.0.get_untracked()
    }

    /// Reads what is known about a condition key. Global keys are known without the catalog.
    pub fn key<T>(self, name: &str, read: impl FnOnce(ConditionKey<'_>) -> T) -> Option<T> {
        let name = name.trim();
        if let Some(key) = global_condition_key(name) {
            return Some(read(key));
        }
        self.get()?.condition_key(name).map(read)
    }
}

async fn fetched() -> Option<Vec<u8>> {
    let response = JsFuture::from(window().fetch_with_str(FILE)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let buffer: ArrayBuffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
