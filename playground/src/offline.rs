//! After the first load the page works without a network: a service worker keeps its files.

use gloo::events::EventListener;
use gloo::utils::window;
use leptos::prelude::*;
use leptos::web_sys::{Event, RequestCache, RequestInit};
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

/// Has a file kept that was fetched before the service worker took charge: asked again, out of the browser's own cache,
/// it goes through the service worker.
pub fn keep(file: &'static str) {
    let Some(container) = container().filter(|each| each.controller().is_none()) else { return };
    let again = move |_: &Event| {
        let init = RequestInit::new();
        init.set_cache(RequestCache::ForceCache);
        // Where it fails, the next visit keeps it.
        drop(window().fetch_with_str_and_init(file, &init));
    };
    EventListener::once(&container, "controllerchange", again).forget();
}

/// Only addresses that are safe from tampering have service workers.
fn container() -> Option<web_sys::ServiceWorkerContainer> {
    let there = js_sys::Reflect::has(&window().navigator(), &"serviceWorker".into()).unwrap_or_default();
    there.then(|| window().navigator().service_worker())
}
