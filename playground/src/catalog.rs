//! AWS's actions, resource types and condition keys: fetched from the page's own origin when they are first needed: a
//! reader goes into a field, points at a word in the editor, or a request has a key that only a service knows. Without them everything works but the completions and hints that need them.

use std::sync::Arc;

use admittance::catalog::{Catalog, ConditionKey, global_condition_key};
use gloo::events::EventListener;
use gloo::utils::window;
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use leptos::web_sys::{Event, HtmlElement};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::offline;

/// Beside the page.
const FILE: &str = "aws.bin";

/// The catalog, once it is there.
#[derive(Clone, Copy)]
pub struct Reference {
    catalog: RwSignal<Option<Arc<Catalog>>>,
    asked: StoredValue<bool>,
}

/// From within any component.
pub fn use_reference() -> Reference {
    expect_context()
}

impl Reference {
    /// An empty one, which is filled when the focus first is where something is typed.
    pub fn when_needed() -> Self {
        let reference = Self { catalog: RwSignal::new(None), asked: StoredValue::new(false) };
        let focused = EventListener::new(&window(), "focusin", move |event| {
            if is_field(event) {
                reference.need();
            }
        });
        focused.forget();
        reference
    }

    /// Has the catalog fetched, unless it was.
    pub fn need(self) {
        if self.asked.get_value() {
            return;
        }
        self.asked.set_value(true);
        spawn_local(async move {
            if let Some(bytes) = fetched().await
                && let Ok(catalog) = Catalog::decode(&bytes)
            {
                self.catalog.set(Some(Arc::new(catalog)));
            }
            offline::keep(FILE);
        });
    }

    pub fn get(self) -> Option<Arc<Catalog>> {
        self.catalog.get()
    }

    pub fn is_there(self) -> bool {
        self.catalog.with(Option::is_some)
    }

    pub fn get_untracked(self) -> Option<Arc<Catalog>> {
        self.need();
        self.catalog.get_untracked()
    }

    /// Reads what is known about a condition key. Global keys are known without the catalog.
    pub fn key<T>(self, name: &str, read: impl FnOnce(ConditionKey<'_>) -> T) -> Option<T> {
        let name = name.trim();
        if let Some(key) = global_condition_key(name) {
            return Some(read(key));
        }
        if name.contains(':') {
            self.need();
        }
        self.get()?.condition_key(name).map(read)
    }
}

/// Whether an event is about something that takes text.
fn is_field(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|each| each.is_content_editable() || matches!(each.tag_name().as_str(), "INPUT" | "TEXTAREA"))
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
