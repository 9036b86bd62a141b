//! How the decision came about: the gates, every statement, and remarks.

use leptos::prelude::*;

use super::gates::Gates;
use super::statements::Statements;
use crate::state::use_state;

#[component]
pub fn Explanation() -> impl IntoView {
    let state = use_state();
    let result = Memo::new(move |_| state.result());
    let gates =
        Memo::new(move |_| result.with(|each| each.as_ref().map(|each| each.gates.clone()).unwrap_or_default()));
    let notes =
        Memo::new(move |_| result.with(|each| each.as_ref().map(|each| each.notes.clone()).unwrap_or_default()));
    let stale = Memo::new(move |_| state.outcome.with(|outcome| outcome.stale));
    view! {
        <section
            class=move || if stale.get() { "explanation is-stale" } else { "explanation" }
            aria-labelledby="explanation-title"
            tabindex="0"
        >
            <h2 id="explanation-title">"How it was decided"</h2>
            <Show
                when=move || gates.with(|gates| !gates.is_empty())
                fallback=|| view! { <p class="quiet">"The gates and statements appear here with the decision."</p> }
            >
                {move || view! { <Gates gates=gates.get() /> }}
            </Show>
            <Statements />
            <Show when=move || notes.with(|notes| !notes.is_empty())>
                <h3>"Remarks"</h3>
                <ul class="notes">
                    {move || notes.get().into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}
                </ul>
            </Show>
            <p class="privacy">"Everything runs in this page. Nothing that you enter is sent anywhere."</p>
        </section>
    }
}
