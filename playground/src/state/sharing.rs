//! Links that carry the scenario, out and in.

use gloo::events::EventListener;
use gloo::utils::window;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::{State, Toast};
use crate::share::{self, Refused};

impl State {
    /// Puts a link to the present scenario on the clipboard.
    pub fn share(self) {
        let saved = self.to_save();
        spawn_local(async move {
            match share::encode(&saved).await {
                Ok(fragment) => {
                    let here = window().location().href().unwrap_or_default();
                    let page = here.split('#').next().unwrap_or_default();
                    let done = "Copied a link. The scenario is in its part after #, which browsers send to nobody.";
                    self.copy(format!("{page}#{fragment}"), done);
                }
                Err(Refused::Long) => {
                    let message = "The scenario is too large for a link. Save it as a file instead.";
                    self.toast.set(Some(Toast::note(message)));
                }
                Err(refused) => self.toast.set(Some(Toast::note(format!("No link: {}.", refused.message())))),
            }
        });
    }

    /// Opens the link that the page's address is, now and whenever it becomes another.
    pub fn follow_links(self) {
        self.open_link();
        EventListener::new(&window(), "hashchange", move |_| self.open_link()).forget();
    }

    fn open_link(self) {
        let fragment = window().location().hash().unwrap_or_default();
        if !share::is_link(&fragment) {
            return;
        }
        spawn_local(async move {
            match share::decode(&fragment).await {
                Ok(saved) => {
                    let workspace = saved.workspace();
                    let document = workspace.documents.get(saved.document).map(|each| each.id);
                    let request = workspace.requests.get(saved.request).map(|each| each.id);
                    let message = match workspace.name.as_str() {
                        "" => "Opened the shared scenario".to_owned(),
                        name => format!("Opened the shared scenario “{name}”"),
                    };
                    self.replace(workspace, message);
                    if document.is_some() {
                        self.document.set(document);
                    }
                    if request.is_some() {
                        self.request.set(request);
                    }
                }
                Err(refused) => {
                    let message = format!("The link was not opened: {}.", refused.message());
                    self.toast.set(Some(Toast::lasting(message)));
                }
            }
            forget_fragment();
        });
    }
}

/// What was edited since must not be overwritten by the link when the page is loaded again.
fn forget_fragment() {
    let location = window().location();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    // Browsers that forbid it keep the link in the address.
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
}
