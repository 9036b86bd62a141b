//! Every problem of the scenario, each with the way to it.

use leptos::prelude::*;

use super::coded::coded;
use super::icons::{Icon, WARN};
use crate::outcome::{Problem, Subject};
use crate::state::{State, use_state};
use crate::words;

#[component]
pub fn Problems() -> impl IntoView {
    let state = use_state();
    let problems = Memo::new(move |_| state.outcome.with(|outcome| outcome.problems.clone()));
    view! {
        <Show when=move || problems.with(|list| !list.is_empty())>
            <div class="problems" role="group" aria-labelledby="problems-title">
                <h3 id="problems-title">{move || words::count(problems.with(Vec::len), "problem")}</h3>
                <ul>
                    {move || problems.get().into_iter().map(|problem| view! { <Item problem /> }).collect_view()}
                </ul>
            </div>
        </Show>
    }
    .into_any()
}

#[component]
fn Item(problem: Problem) -> impl IntoView {
    let state = use_state();
    let place = place(state, &problem);
    let diagnostic = problem.diagnostic.clone();
    view! {
        <li>
            <button
                type="button"
                class=format!("problem is-{}", diagnostic.severity)
                on:click=move |_| state.go_to(&problem)
            >
                <Icon path=WARN />
                <span class="problem-severity">{diagnostic.severity.replace('-', " ")}</span>
                <span class="problem-text">
                    {coded(&diagnostic.message)} {diagnostic.help.map(|help| view! { <small>{coded(&help)}</small> })}
                </span>
                <span class="problem-place">{place}</span>
            </button>
        </li>
    }
    .into_any()
}

/// Where a problem is, for people.
fn place(state: State, problem: &Problem) -> String {
    let thing = state.workspace.with_untracked(|now| match &problem.subject {
        Subject::Document(id) => now.document(*id).map(|each| each.title()),
        Subject::Request(id, field) => now.request(*id).map(|each| match each.name.as_str() {
            "" => format!("request, {field}"),
            name => format!("{name}, {field}"),
        }),
        Subject::Scenario => None,
    });
    let thing = thing.unwrap_or_else(|| problem.diagnostic.location.clone());
    match problem.diagnostic.range {
        Some(range) => format!("{thing} {}:{}", range.start.line, range.start.column),
        None => thing,
    }
}
