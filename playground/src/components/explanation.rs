//! How the decision came about, what came nearest to another one, and what would change it.

use admittance::scenario::RequestResult;
use leptos::prelude::*;

use super::depends::Depends;
use super::icons::{COPY, Icon};
use super::steps::Steps;
use super::suggestions::Suggestions;
use super::tree::{Reading, Tree, use_reading};
use crate::analysis::use_analysis;
use crate::effect::effect;
use crate::offline::Offline;
use crate::state::{State, use_state};
use crate::words;

#[component]
pub fn Explanation() -> impl IntoView {
    let state = use_state();
    let reading = use_reading();
    let offline = expect_context::<Offline>();
    let analysis = use_analysis();
    let notes = Memo::new(move |_| state.of_result(remarks).unwrap_or_default());
    let depends = Memo::new(move |_| state.of_result(|result| result.depends.clone()).flatten());
    let message = Memo::new(move |_| state.of_result(|result| result.aws_message.clone()).flatten());
    let stale = Memo::new(move |_| state.is_stale());
    let late = Memo::new(move |_| !state.is_explained());
    effect(move || follow(state, reading));
    let class = move || {
        let stale = if stale.get() { " is-stale" } else { "" };
        let late = if late.get() { " is-late" } else { "" };
        format!("explanation{stale}{late}")
    };
    let explained = move || state.explained.get();
    view! {
        <section class=class aria-labelledby="explanation-title" aria-busy=move || late.get().to_string() tabindex="0">
            <div class="explanation-head">
                <h2 id="explanation-title">"How it was decided"</h2>
                <Show when=move || explained().is_some()>
                    <button type="button" class="button is-small" on:click=move |_| copy(state)>
                        <Icon path=COPY />
                        "Copy as text"
                    </button>
                </Show>
            </div>
            <Steps />
            {move || {
                let dependence = depends.get()?;
                Some(view! { <Depends dependence /> })
            }}
            {move || match explained() {
                Some(explained) => {
                    view! { <Tree lines=explained.gates.clone() label="The gates, in order" reading /> }.into_any()
                }
                None => view! { <p class="quiet">"The gates and statements appear here with the decision."</p> }.into_any(),
            }}
            {move || {
                let closest = explained()?.closest.clone()?;
                Some(view! { <Tree lines=vec![closest] label="Closest to another decision" reading /> })
            }}
            {move || {
                let explained = explained().filter(|each| !each.suggestions.is_empty())?;
                let disabled = Signal::derive(move || stale.get() || late.get());
                Some(
                    view! {
                        <h3>"What would change it"</h3>
                        <Suggestions explained disabled />
                    },
                )
            }}
            <Show when=move || notes.with(|notes| !notes.is_empty())>
                <h3>"Remarks"</h3>
                <ul class="notes">
                    {move || notes.get().into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}
                </ul>
            </Show>
            {move || {
                let message = message.get()?;
                Some(
                    view! {
                        <h3>"In AWS’s words"</h3>
                        <blockquote class="aws-message">{message}</blockquote>
                    },
                )
            }}
            <p class="privacy">
                "Everything runs in this page. Nothing that you enter is sent anywhere."
                <Show when=move || offline.0.get()>
                    " It is kept in this browser and works offline."
                    <Show when=move || !analysis.has_catalog()>
                        " AWS’s actions are fetched when a field first needs them, and kept from then on."
                    </Show>
                </Show> " " <a href="./sources.html">"Sources and licenses"</a>
            </p>
        </section>
    }
    .into_any()
}

/// What the engine remarks, and the options that would change its decision.
fn remarks(result: &RequestResult) -> Vec<String> {
    let options = result.options.iter().map(|each| {
        let decision = words::decision(&each.decision);
        format!("With the option {} = {} the decision would be: {decision}.", each.option, each.value)
    });
    result.notes.iter().cloned().chain(options).collect()
}

/// Opens the line of the statement that was chosen beside the text, and brings it into view.
fn follow(state: State, reading: Reading) {
    let Some(at) = state.statement.get() else { return };
    let Some(path) = state.explained.with_untracked(|each| each.as_ref().map(|each| each.path_to(at))) else { return };
    let Some(key) = path.last() else { return };
    if reading.selected.with_untracked(|selected| selected.as_ref() == Some(key)) {
        return;
    }
    reading.selected.set(Some(key.clone()));
    reading.opened.update(|opened| opened.extend(path.iter().map(|key| (key.clone(), true))));
    let selector = format!("[data-statement=\"{}-{}\"]", at.document.0, at.index);
    request_animation_frame(move || {
        if let Ok(Some(line)) = document().query_selector(&selector) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            line.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

fn copy(state: State) {
    let Some(text) = state.explained.with_untracked(|each| each.as_ref().map(|each| each.text.clone())) else { return };
    state.copy(text, "Copied the explanation");
}
