//! A button that opens a text file.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen_futures::spawn_local;

use crate::state::{Toast, text_of, use_state};

#[component]
pub fn FileInput(
    label: &'static str,
    /// The name of the hidden field.
    name: &'static str,
    /// Gets the name and the text of the file.
    on_text: impl Fn(String, String) + Clone + 'static,
) -> impl IntoView {
    let state = use_state();
    let field = NodeRef::<Input>::new();
    let changed = move |input: HtmlInputElement| {
        let on_text = on_text.clone();
        spawn_local(async move {
            match read(&input).await {
                Some((name, Ok(text))) => on_text(name, text),
                Some((name, Err(reason))) => {
                    state.toast.set(Some(Toast::note(format!("{name} was not opened: {reason}"))));
                }
                None => {}
            }
        });
    };
    view! {
        <button
            type="button"
            class="button is-small"
            on:click=move |_| {
                if let Some(field) = field.get_untracked() {
                    field.click();
                }
            }
        >
            {label}
        </button>
        <input
            type="file"
            node_ref=field
            hidden
            aria-label=name
            accept=".json,application/json"
            on:change:target=move |event| changed(event.target())
        />
    }
    .into_any()
}

/// The name and text of the chosen file.
async fn read(input: &HtmlInputElement) -> Option<(String, Result<String, String>)> {
    let file = input.files().and_then(|files| files.get(0))?;
    let name = file.name();
    let text = text_of(file).await;
    // The same file can be chosen again.
    input.set_value("");
    Some((name, text))
}
