//! The matrix: what its rows and columns are, how far it is, and what a cell says.

use leptos::prelude::*;

use super::icons::DecisionIcon;
use super::matrix_cell::MatrixCell;
use super::matrix_grid::MatrixGrid;
use crate::matrix::{self, By, Spec};
use crate::state::use_state;
use crate::words;

/// The decisions that a cell can have, with the sign that stands for each.
pub const SIGNS: [(&str, &str); 5] =
    [("Allow", "✓"), ("ExplicitDeny", "✕"), ("ImplicitDeny", "–"), ("Depends", "?"), ("Invalid", "!")];

#[component]
pub fn MatrixView() -> impl IntoView {
    let state = use_state();
    let matrix = state.matrix;
    view! {
        <main class="view matrix" id="matrix">
            <section class="panel matrix-panel" aria-labelledby="matrix-title">
                <div class="panel-head">
                    <h2 id="matrix-title">"Matrix"</h2>
                    <Progress />
                    <div class="tools">
                        <button
                            type="button"
                            class="button is-small"
                            disabled=move || matrix.plan.with(|plan| plan.rows.is_empty())
                            on:click=move |_| {
                                let stop = matrix.is_running();
                                matrix.stopped.set(stop);
                            }
                        >
                            {move || if matrix.is_running() { "Cancel" } else { "Compute again" }}
                        </button>
                    </div>
                </div>
                {move || match matrix.problem.get() {
                    Some(problem) => view! { <p class="panel-text quiet">{problem}</p> }.into_any(),
                    None => view! { <MatrixGrid /> }.into_any(),
                }}
                <Legend />
            </section>
            <div class="matrix-side">
                <MatrixCell />
                <Axes />
            </div>
        </main>
    }
    .into_any()
}

/// How far it is; when it is done, how many cells have which decision.
#[component]
fn Progress() -> impl IntoView {
    let state = use_state();
    let matrix = state.matrix;
    let rows = Memo::new(move |_| matrix.plan.with(|plan| plan.rows.len()));
    let text = move || {
        let (done, rows) = (matrix.done.get(), rows.get());
        if rows == 0 {
            return String::new();
        }
        let cells = matrix.plan.with(|plan| plan.cells());
        match done >= rows {
            true => format!("{} of {}", words::count(cells, "decision"), words::count(rows, "row")),
            false if matrix.stopped.get() => format!("Stopped at row {done} of {rows}"),
            false => format!("Computing: row {done} of {rows}"),
        }
    };
    view! {
        <p class="matrix-progress">
            <span role="status">{move || if matrix.is_running() { String::new() } else { text() }}</span>
            <Show when=move || matrix.is_running()>
                <span aria-hidden="true">{text}</span>
                <progress
                    aria-label="Rows computed"
                    max=move || rows.get().max(1).to_string()
                    value=move || matrix.done.get().to_string()
                ></progress>
            </Show>
            <Show when=move || matrix.stale.get() && !matrix.is_running()>
                <span class="quiet">"out of date"</span>
            </Show>
        </p>
    }
    .into_any()
}

/// The signs of the cells, each with how many there are.
#[component]
fn Legend() -> impl IntoView {
    let state = use_state();
    let matrix = state.matrix;
    let counts = Memo::new(move |_| {
        let mut cells = [0usize; 256];
        matrix.cells.with(|all| {
            for cell in all {
                if let Some(count) = cells.get_mut(usize::from(*cell)) {
                    *count += 1;
                }
            }
        });
        let mut counts = [0usize; SIGNS.len()];
        for (cell, found) in (0..=u8::MAX).zip(cells).filter(|(_, found)| *found > 0) {
            let decision = matrix::decision(cell);
            if let Some(at) = SIGNS.iter().position(|(code, _)| *code == decision)
                && let Some(count) = counts.get_mut(at)
            {
                *count += found;
            }
        }
        counts
    });
    view! {
        <ul class="matrix-legend" aria-label="Decisions">
            {SIGNS
                .into_iter()
                .enumerate()
                .map(|(at, (decision, sign))| {
                    let count = Memo::new(move |_| counts.with(|counts| counts.get(at).copied().unwrap_or_default()));
                    view! {
                        <li hidden=move || count.get() == 0>
                            <span class=format!("cell-sign {}", cell_class(decision)) aria-hidden="true">
                                {sign}
                            </span>
                            {words::decision(decision).to_owned()}
                            <b>{move || count.get()}</b>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

/// The class of a cell by its decision.
pub fn cell_class(decision: &str) -> &'static str {
    match decision {
        "Invalid" => "is-invalid",
        "" => "is-open",
        other => words::decision_class(other),
    }
}

/// What stands down and across.
#[component]
fn Axes() -> impl IntoView {
    let state = use_state();
    let spec = state.matrix.spec;
    let by = Memo::new(move |_| spec.with(|spec| spec.by));
    let set = move |change: &dyn Fn(&mut Spec)| {
        state.matrix.stopped.set(false);
        spec.update(|spec| change(spec));
    };
    let found = move || state.workspace.with(|now| matrix::actions_of([now]).join("\n"));
    view! {
        <section class="panel" aria-labelledby="axes-title">
            <div class="panel-head">
                <h2 id="axes-title">"Rows and columns"</h2>
            </div>
            <div class="axes">
                <div class="field">
                    <label for="matrix-by">"Rows"</label>
                    <select
                        id="matrix-by"
                        class="input"
                        on:change:target=move |event| {
                            let by = if event.target().value() == "principals" { By::Principals } else { By::Requests };
                            set(&move |spec| spec.by = by);
                        }
                    >
                        <option value="requests" prop:selected=move || by.get() == By::Requests>
                            "The requests of this scenario"
                        </option>
                        <option value="principals" prop:selected=move || by.get() == By::Principals>
                            "Principals, each with the selected request"
                        </option>
                    </select>
                </div>
                <Show when=move || by.get() == By::Principals>
                    <div class="field">
                        <label for="matrix-principals">"Principals, one a line; none for those of the requests"</label>
                        <textarea
                            id="matrix-principals"
                            class="input"
                            rows="3"
                            spellcheck="false"
                            prop:value=move || spec.with(|spec| spec.principals.clone())
                            on:input:target=move |event| {
                                let text = event.target().value();
                                set(&move |spec| spec.principals.clone_from(&text));
                            }
                        ></textarea>
                    </div>
                </Show>
                <div class="field">
                    <label for="matrix-actions">"Columns: actions, one a line"</label>
                    <textarea
                        id="matrix-actions"
                        class="input"
                        rows="3"
                        spellcheck="false"
                        placeholder=found
                        prop:value=move || spec.with(|spec| spec.actions.clone())
                        on:input:target=move |event| {
                            let text = event.target().value();
                            set(&move |spec| spec.actions.clone_from(&text));
                        }
                    ></textarea>
                    <p class="quiet">"None: those that the requests and policies name."</p>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// A decision with its picture.
#[component]
pub fn Decided(#[prop(into)] decision: String) -> impl IntoView {
    view! {
        <span class=format!("decided {}", words::decision_class(&decision))>
            <DecisionIcon decision=decision.clone() />
            {words::decision(&decision).to_owned()}
        </span>
    }
    .into_any()
}
