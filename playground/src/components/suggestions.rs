//! What would change the decision: each suggestion with its steps, and a button that makes them.

use std::sync::Arc;

use admittance::suggest::{Change, Suggestion};
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::JsCast;

use super::icons::DecisionIcon;
use crate::explained::Explained;
use crate::state::{Reveal, use_state};
use crate::words;

#[component]
pub fn Suggestions(explained: Arc<Explained>, #[prop(into)] disabled: Signal<bool>) -> impl IntoView {
    let items = explained
        .suggestions
        .iter()
        .map(|suggestion| view! { <Item explained=Arc::clone(&explained) suggestion=suggestion.clone() disabled /> })
        .collect_view();
    view! { <ul class="suggestions">{items}</ul> }.into_any()
}

#[component]
fn Item(explained: Arc<Explained>, suggestion: Suggestion, disabled: Signal<bool>) -> impl IntoView {
    let state = use_state();
    let many = suggestion.changes.len() > 1;
    let place = |change: &Change| match change {
        Change::Edit { location, range, .. } => {
            let document = explained.decided.document_at(location)?;
            Some(Reveal { document, from: range.start.offset, to: range.end.offset, focus: false })
        }
        _ => None,
    };
    // Places of later changes count in the text that the earlier ones leave.
    let only = suggestion.changes.first().filter(|_| !many);
    let summary = match only.and_then(place) {
        Some(reveal) => view! {
            <button
                type="button"
                class="text-button"
                title="Show in the text"
                on:click=move |_| state.reveal_text(reveal)
            >
                {suggestion.summary.clone()}
            </button>
        }
        .into_any(),
        None => {
            let summary = if suggestion.changes.len() > 2 { "All of these together:" } else { &suggestion.summary };
            view! { <span>{summary.to_owned()}</span> }.into_any()
        }
    };
    let steps = (suggestion.changes.len() > 2).then(|| {
        let steps = suggestion.changes.iter();
        let steps = steps.map(|change| view! { <li>{format!("{}.", change.summary())}</li> }).collect_view();
        view! { <ol class="suggestion-steps">{steps}</ol> }
    });
    let texts = suggestion.changes.iter().filter_map(|change| match change {
        Change::Edit { new_text, .. } => Some(new_text),
        Change::Document { document, .. } => Some(document),
        _ => None,
    });
    // Without the commas that join them to the text around.
    let bare = |text: &String| text.trim_matches(|letter: char| letter == ',' || letter.is_whitespace()).to_owned();
    let texts: Vec<String> = texts.map(bare).filter(|text| !text.is_empty()).collect();
    let texts = (!texts.is_empty()).then(|| {
        let texts = texts.into_iter().map(|text| view! { <pre tabindex="0">{text}</pre> }).collect_view();
        view! {
            <details class="more suggestion-text">
                <summary>"New text"</summary>
                {texts}
            </details>
        }
    });
    let decision = suggestion.decision.clone();
    let label = format!("Apply: {}", suggestion.summary);
    let apply = move |_| {
        state.apply(&explained, &suggestion);
        // The button goes with its suggestion; what it changed is the place to read on.
        let decision = document().get_element_by_id("decision").and_then(|each| each.dyn_into::<HtmlElement>().ok());
        if let Some(decision) = decision {
            let _ = decision.focus();
        }
    };
    view! {
        <li class="suggestion">
            <div class="suggestion-what">
                {summary} {steps} {texts}
                <span class=format!("expected {}", words::decision_class(&decision))>
                    "then "
                    <DecisionIcon decision=decision.clone() />
                    {words::decision(&decision).to_owned()}
                </span>
            </div>
            <button type="button" class="button is-small" aria-label=label disabled=disabled on:click=apply>
                "Apply"
            </button>
        </li>
    }
    .into_any()
}
