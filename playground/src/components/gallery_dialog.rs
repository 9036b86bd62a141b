//! The examples, each a scenario of the conformance corpus.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::icons::{CROSS, DecisionIcon};
use super::tool_button::ToolButton;
use crate::gallery::{Example, examples};
use crate::state::use_state;
use crate::words;
use crate::workspace::Workspace;

#[component]
pub fn GalleryDialog(open: RwSignal<bool>) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    // Read when the dialog is first opened.
    let list = Memo::new(move |previous: Option<&Vec<Example>>| match previous {
        Some(read) if !read.is_empty() => read.clone(),
        _ if open.get() => examples(),
        _ => Vec::new(),
    });
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // Opening an open dialog would be an error; the match rules it out.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="gallery-title"
            on:close=move |_| open.set(false)
        >
            <div class="dialog-head">
                <h2 id="gallery-title">"Examples"</h2>
                <ToolButton title="Close the examples" icon=CROSS on_press=move || open.set(false) />
            </div>
            <ul class="gallery">
                {move || {
                    list.get()
                        .into_iter()
                        .map(|example| view! { <GalleryItem example open /> })
                        .collect_view()
                }}
            </ul>
        </dialog>
    }
    .into_any()
}

#[component]
fn GalleryItem(example: Example, open: RwSignal<bool>) -> impl IntoView {
    let state = use_state();
    let Example { slug, scenario } = example;
    let name = scenario.name.clone().unwrap_or_else(|| slug.to_owned());
    let description = scenario.description.clone().unwrap_or_default();
    let expected = scenario
        .requests
        .iter()
        .filter_map(|request| {
            let decision = request.expect.as_ref()?.decision.clone();
            let title = request.name.clone().unwrap_or_else(|| request.action.clone());
            Some(view! {
                <span class=format!("expected {}", words::decision_class(&decision))>
                    <DecisionIcon decision=decision.clone() />
                    {title}
                    <span class="visually-hidden">{format!(": {}", words::decision(&decision))}</span>
                </span>
            })
        })
        .collect_view();
    let choose = {
        let name = name.clone();
        move |_| {
            open.set(false);
            state.replace(Workspace::from_scenario(scenario.clone()), format!("Opened the example “{name}”"));
        }
    };
    view! {
        <li>
            <button type="button" class="gallery-item" data-example=slug on:click=choose>
                <strong>{name}</strong>
                <span class="gallery-text">{description}</span>
                <span class="gallery-expected">{expected}</span>
            </button>
        </li>
    }
    .into_any()
}
