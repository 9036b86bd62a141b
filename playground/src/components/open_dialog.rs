//! A dialog to paste into or to choose a file.

use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::coded::coded;
use super::dialog::show_while;
use super::file_input::FileInput;
use super::icons::CROSS;
use super::tool_button::ToolButton;
use crate::state::use_state;

#[component]
pub fn OpenDialog(open: RwSignal<bool>) -> impl IntoView {
    let state = use_state();
    let dialog = NodeRef::<Dialog>::new();
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    show_while(dialog, open);
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
