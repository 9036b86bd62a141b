//! What is pasted on the page or dropped on it. What reads it comes later: until then it is kept.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::utils::window;
use leptos::prelude::*;
use leptos::web_sys::{ClipboardEvent, DragEvent, Event, File, HtmlElement};
use wasm_bindgen::JsCast;

use crate::later::Parts;
use crate::state::{State, Toast};
use crate::workspace::Id;

/// Words of every access-denied message.
const DENIED: &str = "not authorized";

/// What was pasted or dropped.
pub enum Arrived {
    Text(String),
    File(File),
    /// Text pasted into a request that seems to be an access-denied message.
    Message(Option<Id>, String),
}

/// The whole page takes files that are dropped and text that is pasted outside of fields, and the request's fields take
/// access-denied messages.
pub fn listen(state: State) {
    on("dragover", move |event| {
        if dragged(event).is_some() {
            event.prevent_default();
        }
    });
    on("drop", move |event| {
        let Some(file) = dragged(event) else { return };
        event.prevent_default();
        // The editor would insert its text, too.
        event.stop_propagation();
        if let Some(file) = file {
            state.receive(Arrived::File(file));
        }
    });
    on("paste", move |event| {
        let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
        let text = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
        if !text.trim().is_empty() && paste(state, event, text) {
            event.prevent_default();
        }
    });
}

/// Listens before any part of the page does.
fn on(name: &'static str, act: impl Fn(&Event) + 'static) {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    EventListener::new_with_options(&window(), name, options, move |event| act(event)).forget();
}

/// Of what is dragged, a file, which is told only when it is dropped; nothing if no file is among it.
fn dragged(event: &Event) -> Option<Option<File>> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    data.types().includes(&"Files".into(), 0).then(|| data.files().and_then(|files| files.get(0)))
}

/// Takes a text; says whether it does.
fn paste(state: State, event: &Event, text: String) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let in_request = target.as_ref().is_some_and(|each| matches!(each.closest(".request"), Ok(Some(_))));
    let in_text = target.is_some_and(|each| {
        each.is_content_editable() || matches!(each.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    });
    if in_request && text.contains(DENIED) {
        match state.later.parts_untracked() {
            Some(parts) if (parts.paste)(state, &text) => return true,
            Some(_) => {}
            None => {
                state.receive(Arrived::Message(state.request.get_untracked(), text));
                return true;
            }
        }
    }
    if !in_text {
        state.receive(Arrived::Text(text));
    }
    !in_text
}

impl State {
    fn receive(self, arrived: Arrived) {
        match self.later.parts_untracked() {
            Some(parts) => (parts.open)(self, vec![arrived]),
            None => {
                self.waiting.update_value(|waiting| waiting.push(arrived));
                self.toast.set(Some(Toast::lasting("It is opened as soon as the rest of the page is here.")));
            }
        }
    }

    /// Opens what was kept.
    pub fn open_waiting(self, parts: Parts) {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        if !waiting.is_empty() {
            self.toast.set(None);
            (parts.open)(self, waiting);
        }
    }
}
