//! Readings of AWS's documentation that can be chosen, for all requests of the scenario.

use admittance::EvaluationOptions;
use leptos::prelude::*;

use crate::state::use_state;
use crate::words;

#[component]
pub fn Options() -> impl IntoView {
    let state = use_state();
    let changed = Memo::new(move |_| state.workspace.with(|now| now.rest.options.len()));
    let items = EvaluationOptions::NAMES
        .into_iter()
        .chain(["legacyDuplicateKeys"])
        .map(|name| view! { <Item name /> })
        .collect_view();
    view! {
        <details class="more">
            <summary>
                {move || match changed.get() {
                    0 => "Evaluation options".to_owned(),
                    count => format!("Evaluation options, {count} changed"),
                }}
            </summary>
            <p class="quiet">
                "Where AWS’s documentation leaves a choice. They hold for all requests of this scenario."
            </p>
            <ul class="options">{items}</ul>
            <button
                type="button"
                class="button is-small"
                disabled=move || changed.get() == 0
                on:click=move |_| state.workspace.update(|now| now.rest.options.clear())
            >
                "Back to the defaults"
            </button>
        </details>
    }
    .into_any()
}

#[component]
fn Item(name: &'static str) -> impl IntoView {
    let state = use_state();
    let default = default_of(name);
    let on = Memo::new(move |_| {
        let given = state.workspace.with(|now| now.rest.options.iter().rev().find(|(each, _)| each == name).cloned());
        given.map_or(default, |(_, value)| value)
    });
    view! {
        <li>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || on.get()
                    on:change:target=move |event| {
                        let value = event.target().checked();
                        state.workspace.update(|now| set(&mut now.rest.options, name, value));
                    }
                />
                <span>
                    {words::option(name)} " "
                    <small class="quiet">{if default { "Default: yes." } else { "Default: no." }}</small>
                    {move || {
                        (on.get() != default).then(|| view! { <small class="option-changed">"changed"</small> })
                    }}
                </span>
            </label>
        </li>
    }
    .into_any()
}

fn default_of(name: &str) -> bool {
    EvaluationOptions::default().get_mut(name).is_some_and(|value| *value)
}

/// Only what differs from its default is part of the scenario.
fn set(options: &mut Vec<(String, bool)>, name: &str, value: bool) {
    options.retain(|(each, _)| each != name);
    if value != default_of(name) {
        options.push((name.to_owned(), value));
    }
}
