//! How the decision came about: the gates, every statement, and remarks.

use admittance::scenario::RequestResult;
use leptos::prelude::*;

use super::depends::Depends;
use super::gates::Gates;
use super::statements::Statements;
use crate::state::use_state;
use crate::words;

#[component]
pub fn Explanation() -> impl IntoView {
    let state = use_state();
    let result = Memo::new(move |_| state.result());
    let gates =
        Memo::new(move |_| result.with(|each| each.as_ref().map(|each| each.gates.clone()).unwrap_or_default()));
    let notes = Memo::new(move |_| result.with(|each| each.as_ref().map(remarks).unwrap_or_default()));
    let stale = Memo::new(move |_| state.outcome.with(|outcome| outcome.stale));
    view! {
        <section
            class=move || if stale.get() { "explanation is-stale" } else { "explanation" }
            aria-labelledby="explanation-title"
            tabindex="0"
        >
            <h2 id="explanation-title">"How it was decided"</h2>
            {move || {
                let result = result.get()?;
                let dependence = result.depends.clone()?;
                Some(view! { <Depends dependence result /> })
            }}
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
            {move || {
                let message = result.get()?.aws_message?;
                Some(
                    view! {
                        <h3>"In AWS’s words"</h3>
                        <blockquote class="aws-message">{message}</blockquote>
                    },
                )
            }}
            <p class="privacy">"Everything runs in this page. Nothing that you enter is sent anywhere."</p>
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
