//! Two versions of the policies side by side: which decisions change, and which lines.

use leptos::prelude::*;

use super::diff_table::Documents;
use super::file_input::FileInput;
use super::icons::{CHECK, CROSS, Icon};
use super::matrix_view::Decided;
use crate::comparing::{Verdicts, verdicts};
use crate::matrix;
use crate::state::{Before, Toast, read_scenario, title, use_state};
use crate::storage;
use crate::words;
use crate::workspace::Workspace;

/// More changed cells are counted and not listed.
const LISTED: usize = 200;

#[component]
pub fn CompareView() -> impl IntoView {
    let state = use_state();
    view! {
        <main class="view compare" id="compare">
            <Versions />
            <Show when=move || state.before.with(Option::is_some)>
                <Tests />
                <Cells />
                <Documents />
            </Show>
        </main>
    }
    .into_any()
}

/// Which version the present one is compared with.
#[component]
fn Versions() -> impl IntoView {
    let state = use_state();
    let kept = Memo::new(move |_| {
        state.slot.track();
        let present = state.slot.get();
        storage::list().into_iter().filter(|each| each.id != present).collect::<Vec<_>>()
    });
    let set = move |name: String, workspace: Workspace| state.before.set(Some(Before { name, workspace }));
    let choose = move |text: String| {
        let Some(id) = text.parse().ok() else { return };
        let entry = kept.with_untracked(|kept| kept.iter().find(|each| each.id == id).cloned());
        if let (Some(entry), Some(saved)) = (entry, storage::load(id)) {
            set(format!("the workspace “{}”", title(&entry.name)), saved.workspace());
        }
    };
    view! {
        <section class="panel" aria-labelledby="compare-title">
            <div class="panel-head">
                <h2 id="compare-title">"Compare"</h2>
                <p class="quiet" role="status">
                    {move || {
                        state
                            .before
                            .with(|before| match before {
                                Some(before) => format!("Before: {}. After: the present policies.", before.name),
                                None => {
                                    "Keep the policies as they are now, edit them, and come back: what changes is shown here."
                                        .to_owned()
                                }
                            })
                    }}
                </p>
                <div class="tools">
                    <button
                        type="button"
                        class="button is-small"
                        on:click=move |_| {
                            set("the policies as you kept them".to_owned(), state.workspace.get_untracked());
                            state.toast.set(Some(Toast::note("Kept the present version to compare with")));
                        }
                    >
                        "Keep the present version"
                    </button>
                    <Show when=move || kept.with(|kept| !kept.is_empty())>
                        <select
                            class="button is-small"
                            aria-label="Compare with a workspace"
                            on:change:target=move |event| {
                                choose(event.target().value());
                                event.target().set_value("");
                            }
                        >
                            <option value="">"Compare with a workspace…"</option>
                            {move || {
                                kept.get()
                                    .into_iter()
                                    .map(|each| {
                                        view! { <option value=each.id.to_string()>{title(&each.name).to_owned()}</option> }
                                    })
                                    .collect_view()
                            }}
                        </select>
                    </Show>
                    <FileInput
                        label="Compare with a file…"
                        name="Scenario to compare with"
                        on_text=move |name, text| {
                            match read_scenario(&text) {
                                Ok(scenario) => set(name, Workspace::from_scenario(scenario)),
                                Err(found) => {
                                    let message = format!("{name} was not opened: {}", words::first(&found));
                                    state.toast.set(Some(Toast::note(message)));
                                }
                            }
                        }
                    />
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// The requests whose decision is another one.
#[component]
fn Tests() -> impl IntoView {
    let state = use_state();
    let found = Memo::new(move |_| {
        state.before.with(|before| {
            let before = before.as_ref()?;
            Some(state.workspace.with(|now| verdicts(&before.workspace, now)))
        })
    });
    let all = move || found.get().unwrap_or_default();
    let changed = move || all().into_iter().filter(|each| each.before != each.after).collect::<Vec<_>>();
    view! {
        <section class="panel" aria-labelledby="changed-tests">
            <div class="panel-head">
                <h2 id="changed-tests">"Requests"</h2>
                <p class="quiet" role="status">
                    {move || format!("{} of {} decided otherwise", changed().len(), all().len())}
                </p>
            </div>
            {move || {
                let changed = changed();
                (!changed.is_empty())
                    .then(|| {
                        let rows = changed.into_iter().map(|each| view! { <TestRow each /> }).collect_view();
                        view! {
                            <div class="table-scroll" tabindex="0" role="region" aria-label="Requests decided otherwise">
                                <table class="tests-table">
                                    <thead>
                                        <tr>
                                            <th scope="col">"Request"</th>
                                            <th scope="col">"Before"</th>
                                            <th scope="col">"After"</th>
                                            <th scope="col">"Test"</th>
                                        </tr>
                                    </thead>
                                    <tbody>{rows}</tbody>
                                </table>
                            </div>
                        }
                    })
            }}
        </section>
    }
    .into_any()
}

#[component]
fn TestRow(each: Verdicts) -> impl IntoView {
    let test = each.expected.as_ref().map(|expected| {
        let (class, icon, text) = match (*expected == each.before, *expected == each.after) {
            (true, false) => ("sign is-missed", CROSS, "fails now"),
            (false, true) => ("sign is-met", CHECK, "passes now"),
            _ => ("sign is-missed", CROSS, "fails in both"),
        };
        view! {
            <span class=format!("{class} compare-test")>
                <Icon path=icon />
                {text}
            </span>
        }
    });
    view! {
        <tr>
            <th scope="row">{each.request}</th>
            <td data-label="Before">
                <Decided decision=each.before />
            </td>
            <td data-label="After">
                <Decided decision=each.after />
            </td>
            <td data-label="Test">{test}</td>
        </tr>
    }
    .into_any()
}

/// The cells of the matrix whose decision is another one.
#[component]
fn Cells() -> impl IntoView {
    let state = use_state();
    let matrix = state.matrix;
    let ready = Memo::new(move |_| {
        let rows = matrix.plan.with(|plan| plan.rows.len());
        rows > 0 && matrix.done.get() >= rows && state.before_done.get() >= rows
    });
    let changed = Memo::new(move |_| {
        if !ready.get() {
            return Vec::new();
        }
        let old = state.before_cells.get();
        matrix.cells.with(|new| {
            let both = old.into_iter().zip(new.iter().copied()).enumerate();
            both.filter(|(_, (old, new))| old != new).map(|(at, (old, new))| (at, old, new)).collect::<Vec<_>>()
        })
    });
    let summary = move || match (matrix.problem.get(), ready.get()) {
        (Some(problem), _) => problem,
        (None, false) => "Computing…".to_owned(),
        (None, true) => {
            let all = matrix.plan.with(|plan| plan.cells());
            changed.with(|changed| format!("{} of {} decided otherwise", changed.len(), words::count(all, "cell")))
        }
    };
    let row = move |(at, old, new): (usize, u8, u8)| {
        let (label, action) = matrix.plan.with(|plan| {
            let width = plan.columns.len().max(1);
            let label = plan.labels.get(at / width).cloned().unwrap_or_default();
            (label, plan.columns.get(at % width).cloned().unwrap_or_default())
        });
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td data-label="Action">
                    <code>{action}</code>
                </td>
                <td data-label="Before">
                    <Decided decision=matrix::decision(old) />
                </td>
                <td data-label="After">
                    <Decided decision=matrix::decision(new) />
                </td>
            </tr>
        }
    };
    view! {
        <section class="panel" aria-labelledby="changed-cells">
            <div class="panel-head">
                <h2 id="changed-cells">"Matrix"</h2>
                <p class="quiet" role="status">
                    {summary}
                </p>
            </div>
            {move || {
                let changed = changed.get();
                let more = changed.len().saturating_sub(LISTED);
                (!changed.is_empty())
                    .then(|| {
                        view! {
                            <div class="table-scroll" tabindex="0" role="region" aria-label="Cells decided otherwise">
                                <table class="tests-table">
                                    <thead>
                                        <tr>
                                            <th scope="col">"Row"</th>
                                            <th scope="col">"Action"</th>
                                            <th scope="col">"Before"</th>
                                            <th scope="col">"After"</th>
                                        </tr>
                                    </thead>
                                    <tbody>{changed.into_iter().take(LISTED).map(row).collect_view()}</tbody>
                                </table>
                            </div>
                            {(more > 0).then(|| view! { <p class="panel-text quiet">{format!("and {more} more")}</p> })}
                        }
                    })
            }}
        </section>
    }
    .into_any()
}
