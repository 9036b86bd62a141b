//! The decision in large, with its one-sentence reason.

use admittance::scenario::RequestResult;
use leptos::prelude::*;

use super::coded::coded;
use super::gate_path::GatePath;
use super::icons::{CHECK, CROSS, DecisionIcon, Icon, WARN};
use crate::outcome::UNDECIDED;
use crate::state::use_state;
use crate::words;

#[component]
pub fn Decision() -> impl IntoView {
    let state = use_state();
    let result = Memo::new(move |_| state.result());
    let stale = Memo::new(move |_| state.is_stale());
    let decided = Memo::new(move |_| state.of_result(|result| result.decision != UNDECIDED).unwrap_or_default());
    let class = move || {
        let decision =
            result.with(|result| result.as_ref().map_or("is-empty", |each| words::decision_class(&each.decision)));
        let stale = if stale.get() && decided.get() { " is-stale" } else { "" };
        format!("decision {decision}{stale}")
    };
    view! {
        <section class=class id="decision" tabindex="-1" aria-label="Decision">
            <div class="decision-live" role="status" aria-live="polite" aria-atomic="true">
                {move || {
                    result.with(|result| match result {
                        Some(result) => view! { <Headline result=result.clone() /> }.into_any(),
                        None => view! { <NoDecision /> }.into_any(),
                    })
                }}
                <Show when=move || stale.get() && decided.get()>
                    <p class="stale-note">
                        <Icon path=WARN />
                        "Out of date: this was the last decision before the present errors."
                    </p>
                </Show>
            </div>
            <Show when=move || stale.get()>
                <FirstError />
            </Show>
            {move || result.with(|result| result.clone().map(|result| view! { <Facts result /> }))}
            <GatePath />
        </section>
    }
    .into_any()
}

#[component]
fn Headline(result: RequestResult) -> impl IntoView {
    let decision = result.decision.clone();
    view! {
        <div class="decision-head">
            <DecisionIcon decision=decision.clone() />
            <div>
                <h2 class="decision-word" data-decision=decision.clone()>
                    {words::decision(&decision).to_owned()}
                </h2>
                <p class="decision-reason">{coded(&words::reason(&result.reason))}</p>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn NoDecision() -> impl IntoView {
    view! {
        <div class="decision-head">
            <DecisionIcon decision="" />
            <div>
                <h2 class="decision-word">"No decision yet"</h2>
                <p class="decision-reason">"Give a principal and an action, or paste an AccessDenied message of AWS into the request."</p>
            </div>
        </div>
    }
    .into_any()
}

/// What keeps the engine from deciding, with the way to it.
#[component]
fn FirstError() -> impl IntoView {
    let state = use_state();
    let errors = Memo::new(move |_| {
        let Some(request) = state.request.get() else { return Vec::new() };
        state.outcome.with(|outcome| outcome.errors_of(request).cloned().collect::<Vec<_>>())
    });
    view! {
        {move || {
            let mut errors = errors.get().into_iter();
            let more = errors.len().saturating_sub(1);
            errors
                .next()
                .map(|problem| {
                    let text = problem.diagnostic.message.clone();
                    view! {
                        <div class="decision-error">
                            <button type="button" class="button is-small" on:click=move |_| state.go_to(&problem)>
                                "Go to the error"
                            </button>
                            <span>{coded(&text)}</span>
                            {(more > 0).then(|| view! { <small>{format!("and {more} more")}</small> })}
                        </div>
                    }
                })
        }}
    }
    .into_any()
}

/// Who decided, what was expected, and the decision on each of several resources.
#[component]
fn Facts(result: RequestResult) -> impl IntoView {
    let state = use_state();
    let expectation = result.passed.map(|passed| {
        let (class, icon, text) =
            if passed { ("fact is-met", CHECK, "as expected") } else { ("fact is-missed", CROSS, "not as expected") };
        view! {
            <li class=class>
                <Icon path=icon />
                {text}
            </li>
        }
    });
    let can_be_test = result.passed.is_none() && result.decision != UNDECIDED;
    let make_test = can_be_test.then(|| {
        let make = move |_| {
            if let Some(id) = state.request.get_untracked() {
                state.make_test(id);
            }
        };
        view! {
            <li>
                <button type="button" class="button is-small" on:click=make>
                    "Make this a test"
                </button>
            </li>
        }
    });
    let mismatches =
        result.mismatches.into_iter().map(|line| view! { <li class="mismatch">{line}</li> }).collect_view();
    let resources = result
        .resources
        .into_iter()
        .map(|each| {
            view! {
                <li class=format!("resource-decision {}", words::decision_class(&each.decision))>
                    <DecisionIcon decision=each.decision.clone() />
                    <span>{words::decision(&each.decision).to_owned()}</span>
                    <code>{each.action} " " {each.resource}</code>
                </li>
            }
        })
        .collect_view();
    let decided_by = (!result.decided_by.is_empty()).then(|| {
        view! { <li class="fact">"Decided by " {words::decided_by(&result.decided_by).to_owned()}</li> }
    });
    view! {
        <ul class="facts">
            {decided_by}
            {expectation}
            {make_test}
            {mismatches}
        </ul>
        <ul class="resource-decisions">{resources}</ul>
    }
    .into_any()
}
