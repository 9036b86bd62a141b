//! A dialog to paste into or to choose a file, and the page as a place to drop and paste.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::file::{Blob, futures::read_as_text};
use gloo::utils::window;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::web_sys::{ClipboardEvent, DragEvent, File, HtmlElement};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use super::coded::coded;
use super::dialog::show_while;
use super::file_input::{FileInput, MAX_FILE_BYTES};
use super::icons::CROSS;
use super::tool_button::ToolButton;
use crate::state::{State, Toast, use_state};

#[component]
pub fn OpenDialog(open: RwSignal<bool>) -> impl IntoView {
    let state = use_state();
    let dialog = NodeRef::<Dialog>::new();
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    show_while(dialog, open);
    drop_and_paste(state);
    let take = move |name: String, content: String| {
        spawn_local(async move {
            match state.open(&name, &content).await {
                Ok(()) => {
                    open.set(false);
                    text.set(String::new());
                    problem.set(None);
                }
                Err(reason) => problem.set(Some(format!("{name} was not opened: {reason}"))),
            }
        });
    };
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="open-title" on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id="open-title">"Open or paste"</h2>
                <ToolButton title="Close" icon=CROSS on_press=move || open.set(false) />
            </div>
            <form
                class="dialog-body"
                on:submit=move |event| {
                    event.prevent_default();
                    take("The text".to_owned(), text.get_untracked());
                }
            >
                <label for="open-text">
                    "A policy document, a scenario, an AccessDenied message, a decoded authorization message, events of CloudTrail, the details of an account (aws iam get-account-authorization-details), or what the policy simulator takes or gives"
                </label>
                <textarea
                    id="open-text"
                    class="input open-text"
                    rows="12"
                    spellcheck="false"
                    autocapitalize="off"
                    prop:value=move || text.get()
                    on:input:target=move |event| text.set(event.target().value())
                    aria-describedby="open-problem"
                ></textarea>
                <p id="open-problem" class="field-problem" role="status">
                    {move || problem.get().as_deref().map(coded)}
                </p>
                <div class="dialog-buttons">
                    <button
                        type="submit"
                        class="button is-main"
                        disabled=move || text.with(|text| text.trim().is_empty())
                    >
                        "Open the text"
                    </button>
                    <FileInput label="Choose a file…" name="File to open" on_text=take />
                    <span class="quiet">"Files can be dropped anywhere on the page, and text pasted anywhere outside of fields."</span>
                </div>
            </form>
        </dialog>
    }
    .into_any()
}

impl State {
    /// Opens what was dropped or pasted; says why if it does not.
    async fn open_or_say(self, name: &str, text: &str) {
        if let Err(reason) = self.open(name, text).await {
            self.toast.set(Some(Toast::note(format!("{name} was not opened: {reason}"))));
        }
    }
}

/// The whole page takes files that are dropped and text that is pasted outside of fields.
fn drop_and_paste(state: State) {
    let listen = |name: &'static str, act: fn(State, &web_sys::Event)| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window(), name, options, move |event| act(state, event)).forget();
    };
    listen("dragover", |_, event| {
        if dragged(event).is_some_and(|(files, _)| files) {
            event.prevent_default();
        }
    });
    listen("drop", |state, event| {
        let Some((true, data)) = dragged(event) else { return };
        event.prevent_default();
        if let Some(file) = data.files().and_then(|files| files.get(0)) {
            spawn_local(open_file(state, file));
        }
    });
    listen("paste", |state, event| {
        let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let in_text = target.is_some_and(|each| {
            each.is_content_editable() || matches!(each.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        });
        let text = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
        if !in_text && !text.trim().is_empty() {
            event.prevent_default();
            spawn_local(async move { state.open_or_say("The pasted text", &text).await });
        }
    });
}

/// What is dragged, and whether files are among it.
fn dragged(event: &web_sys::Event) -> Option<(bool, web_sys::DataTransfer)> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    let files = data.types().includes(&"Files".into(), 0);
    Some((files, data))
}

async fn open_file(state: State, file: File) {
    let name = file.name();
    let blob = Blob::from(web_sys::Blob::from(file));
    if blob.size() > MAX_FILE_BYTES {
        state.toast.set(Some(Toast::note(format!("{name} was not opened: it is larger than 16 MB"))));
        return;
    }
    match read_as_text(&blob).await {
        Ok(text) => state.open_or_say(&name, &text).await,
        Err(error) => state.toast.set(Some(Toast::note(format!("{name} was not opened: {error}")))),
    }
}
