//! After the first load the page works without a network: a service worker keeps its files.

use gloo::utils::window;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Whether the files of this page are kept, so that it opens offline.
#[derive(Clone, Copy)]
pub struct Offline(pub RwSignal<bool>);

/// Starts the service worker. Browsers that have none, or forbid it here, go without.
pub fn register() {
    spawn_local(async {
        if let Some(container) = container() {
            // Refused, it is simply not there: `watch` never says that the page works offline.
            let _ = JsFuture::from(container.register("./service-worker.js")).await;
        }
    });
}

/// A signal that becomes true when the files are kept.
pub fn watch() -> Offline {
    let ready = RwSignal::new(false);
    spawn_local(async move {
        let Some(container) = container() else { return };
        let Ok(promise) = container.ready() else { return };
        if JsFuture::from(promise).await.is_ok() {
            ready.set(true);
        }
    });
    Offline(ready)
}

/// Only addresses that are safe from tampering have service workers.
fn container() -> Option<web_sys::ServiceWorkerContainer> {
    let there = js_sys::Reflect::has(&window().navigator(), &"serviceWorker".into()).unwrap_or_default();
    there.then(|| window().navigator().service_worker())
}
