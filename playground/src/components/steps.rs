//! The evaluation step by step: one gate at a time, with what it is, what it says of this request, and its statements.

use admittance::scenario::{GateResult, RequestResult, StatementResult};
use leptos::html::Button;
use leptos::prelude::*;

use super::icons::{CHECK, CROSS, DASH, Icon, QUESTION};
use super::matrix_view::Decided;
use crate::gates::{Passage, statements};
use crate::lessons;
use crate::state::{State, StatementRef, use_state};
use crate::words;

/// A step of the walk.
#[derive(Clone, PartialEq)]
enum Step {
    Start,
    /// A gate, what it did, and its statements.
    Gate(GateResult, Passage, Vec<StatementResult>),
    /// What was decided, and why.
    Decision(String, String),
}

#[component]
pub fn Steps() -> impl IntoView {
    let state = use_state();
    let at = RwSignal::new(None::<usize>);
    let steps = Memo::new(move |_| state.of_result(steps).unwrap_or_default());
    let count = move || steps.with(Vec::len);
    let current = Memo::new(move |_| {
        let at = at.get()?;
        steps.with(|steps| steps.get(at.min(steps.len().saturating_sub(1))).cloned())
    });
    let next = NodeRef::<Button>::new();
    let go = move |to: usize| {
        at.set(Some(to.min(count().saturating_sub(1))));
        if let Some(Step::Gate(_, _, statements)) = current.get_untracked() {
            let first = statements.iter().find(|each| each.decisive || each.applies).or(statements.first());
            if let Some(statement) = first {
                look_at(state, statement);
            }
        }
    };
    view! {
        <div class="steps" hidden=move || count() == 0>
            <Show
                when=move || current.get().is_some()
                fallback=move || {
                    view! {
                        <button
                            type="button"
                            class="button is-small"
                            on:click=move |_| {
                                go(0);
                                request_animation_frame(move || {
                                    if let Some(next) = next.get_untracked() {
                                        // A button that cannot take the focus leaves it where it is.
                                        let _ = next.focus();
                                    }
                                });
                            }
                        >
                            "Walk through it gate by gate"
                        </button>
                    }
                }
            >
                <section class="step" aria-label="Step by step">
                    <div aria-live="polite">
                        <p class="step-count">
                            {move || format!("Step {} of {}", at.get().unwrap_or_default().min(count().saturating_sub(1)) + 1, count())}
                        </p>
                        {move || current.get().map(|step| view! { <Present step /> })}
                    </div>
                    <div class="dialog-buttons">
                        <button
                            type="button"
                            class="button is-small"
                            disabled=move || at.get() == Some(0)
                            on:click=move |_| go(at.get_untracked().unwrap_or_default().saturating_sub(1))
                        >
                            "Back"
                        </button>
                        <button
                            type="button"
                            class="button is-small is-main"
                            node_ref=next
                            on:click=move |_| {
                                let to = at.get_untracked().unwrap_or_default() + 1;
                                if to < count() { go(to) } else { at.set(None) }
                            }
                        >
                            {move || if at.get().unwrap_or_default() + 1 < count() { "Next" } else { "Done" }}
                        </button>
                        <button type="button" class="button is-small" on:click=move |_| at.set(None)>
                            "Close the walk"
                        </button>
                    </div>
                </section>
            </Show>
        </div>
    }
    .into_any()
}

/// The gates in the order of the evaluation, between the beginning and the decision. Gates without a policy are left out.
fn steps(result: &RequestResult) -> Vec<Step> {
    let mut steps = vec![Step::Start];
    for (at, gate) in result.gates.iter().enumerate() {
        if let Some(passage) = Passage::of(result, at).filter(|passage| *passage != Passage::NotGiven) {
            steps.push(Step::Gate(gate.clone(), passage, statements(result, at).cloned().collect()));
        }
    }
    steps.push(Step::Decision(result.decision.clone(), words::reason(&result.reason)));
    steps
}

#[component]
fn Present(step: Step) -> impl IntoView {
    let (lesson, link, body) = match step {
        Step::Start => (lessons::BEGINNING, lessons::ORDER, ().into_any()),
        Step::Gate(gate, passage, statements) => {
            let (lesson, link) = lessons::gate(&gate.gate);
            let (class, icon) = match passage {
                Passage::Denies | Passage::Blocks => ("sign is-missed", CROSS),
                Passage::Passes => ("sign is-met", CHECK),
                Passage::Open => ("sign is-open", QUESTION),
                Passage::Aside | Passage::NotGiven => ("sign", DASH),
            };
            let items = statements.into_iter().map(|each| view! { <Statement each /> }).collect_view();
            let body = view! {
                <p class="step-result">
                    <span class=class>
                        <Icon path=icon />
                    </span>
                    <b>{gate.message}</b>
                </p>
                <ul class="step-statements">{items}</ul>
            };
            (lesson, link, body.into_any())
        }
        Step::Decision(decision, reason) => {
            let body = view! {
                <Decided decision />
                <p>{reason}</p>
            };
            ("This is what all gates together come to.", lessons::ORDER, body.into_any())
        }
    };
    view! {
        <p class="step-lesson">
            {lesson} " "
            <a href=link target="_blank" rel="noreferrer">
                "AWS on this" <span class="visually-hidden">" (opens in a new tab)"</span>
            </a>
        </p>
        {body}
    }
    .into_any()
}

#[component]
fn Statement(each: StatementResult) -> impl IntoView {
    let state = use_state();
    let name = each.sid.clone().unwrap_or_else(|| format!("Statement {}", each.index + 1));
    let first = each.elements.iter().find(|element| !element.matched).map(|element| element.message.clone());
    let what = match (each.applies, each.unknown) {
        (true, _) if each.decisive => "applies, and decides.".to_owned(),
        (true, _) => "applies.".to_owned(),
        (_, true) => "depends on unknown keys.".to_owned(),
        _ => first.unwrap_or_else(|| "does not apply.".to_owned()),
    };
    let effect = each.effect.clone();
    view! {
        <li>
            <button type="button" class="row-link" on:click=move |_| look_at(state, &each)>
                <span class="coverage-effect">{effect}</span>
                {name}
            </button>
            <span class="quiet">{what}</span>
        </li>
    }
    .into_any()
}

fn look_at(state: State, statement: &StatementResult) {
    let request = state.request.get_untracked();
    let document = state.outcome.with_untracked(|outcome| outcome.last_of(request?)?.document(statement));
    if let Some(document) = document {
        let range = statement.range;
        state.select_statement(StatementRef { document, index: statement.index }, range.start.offset, range.end.offset);
    }
}
