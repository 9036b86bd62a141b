//! All requests as a table of tests: what is expected, and what is decided now.

use leptos::prelude::*;

use super::coded::{coded, plain};
use super::coverage::CoverageList;
use super::each::each;
use super::file_input::FileInput;
use super::icons::{BIN, CHECK, CROSS, DASH, DecisionIcon, Icon, PLUS};
use super::tool_button::ToolButton;
use crate::outcome::UNDECIDED;
use crate::state::{State, Toast, use_state};
use crate::view::View;
use crate::words;
use crate::workspace::{Id, Request};

#[component]
pub fn TestsView() -> impl IntoView {
    let state = use_state();
    let ids = Memo::new(move |_| {
        state.workspace.with(|now| now.requests.iter().map(|request| request.id).collect::<Vec<_>>())
    });
    let standing = Memo::new(move |_| state.standing());
    let stale = Memo::new(move |_| state.outcome.with(|outcome| outcome.stale));
    let without = move || standing.get().requests - standing.get().tests;
    view! {
        <main class="view tests" id="tests">
            <section class="panel" aria-labelledby="tests-title">
                <div class="panel-head">
                    <h2 id="tests-title">"Tests"</h2>
                    <p class="standing-text" role="status">
                        {move || summary(state)}
                    </p>
                    <div class="tools">
                        <button
                            type="button"
                            class="button is-small"
                            disabled=move || stale.get() || without() == 0
                            on:click=move |_| state.make_all_tests()
                        >
                            "Expect present decisions"
                        </button>
                        <FileInput
                            label="Add from file…"
                            name="Scenario file with tests"
                            on_text=move |name, text| {
                                if let Err(reason) = state.add_tests(&name, &text) {
                                    let message = format!("{name} was not added: {reason}");
                                    state.toast.set(Some(Toast::note(message)));
                                }
                            }
                        />
                        <button type="button" class="button is-small" on:click=move |_| state.save_scenario()>
                            "Save as file"
                        </button>
                    </div>
                </div>
                <div class="table-scroll" tabindex="0" role="region" aria-label="Table of tests">
                    <table class="tests-table" class:is-stale=move || stale.get()>
                        <thead>
                            <tr>
                                <th scope="col">"Request"</th>
                                <th scope="col">"Principal"</th>
                                <th scope="col">"Action"</th>
                                <th scope="col">"Resource"</th>
                                <th scope="col">"Expected"</th>
                                <th scope="col">"Decided"</th>
                                <th scope="col">
                                    <span class="visually-hidden">"Delete"</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {each(move || ids.get(), |id| view! { <Row id /> }.into_any())}
                        </tbody>
                    </table>
                </div>
                <div class="panel-foot">
                    <button
                        type="button"
                        class="button is-small"
                        on:click=move |_| {
                            state.add_request();
                            state.view.set(View::Decide);
                        }
                    >
                        <Icon path=PLUS />
                        "Add a request"
                    </button>
                    <p class="quiet">
                        "Saved as a file, the tests run anywhere with " <code>"npx admittance test"</code> "."
                    </p>
                </div>
            </section>
            <CoverageList />
        </main>
    }
    .into_any()
}

fn summary(state: State) -> String {
    let standing = state.standing();
    let without = standing.requests - standing.tests;
    let tests = match (standing.tests, standing.passed) {
        (0, _) => "No request has an expected decision yet".to_owned(),
        (1, 1) => "The test passes".to_owned(),
        (all, passed) if all == passed => format!("All {all} tests pass"),
        (all, passed) => format!("{} of {} fails", all - passed, words::count(all, "test"))
            .replace("fails", if all - passed == 1 { "fails" } else { "fail" }),
    };
    let rest = match without {
        0 => String::new(),
        some if standing.tests == 0 => format!(" ({})", words::count(some, "request")),
        some => format!(", {} without an expectation", words::count(some, "request")),
    };
    let stale = if state.outcome.with(|outcome| outcome.stale) { ". Out of date: there are errors" } else { "" };
    format!("{tests}{rest}{stale}.")
}

#[component]
fn Row(id: Id) -> impl IntoView {
    let state = use_state();
    let of = move |read: fn(&Request) -> String| {
        Memo::new(move |_| state.workspace.with(|now| now.request(id).map(read).unwrap_or_default()))
    };
    let principal = of(|request| request.principal.arn.clone());
    let action = of(|request| request.action.clone());
    let resources = of(|request| request.resources.clone());
    let expected = of(|request| request.expect.as_ref().map(|expect| expect.decision.clone()).unwrap_or_default());
    let title = Memo::new(move |_| {
        state.workspace.with(|now| {
            let at = now.requests.iter().position(|each| each.id == id).unwrap_or_default();
            let name = now.request(id).map(|request| request.name.clone()).unwrap_or_default();
            if name.is_empty() { format!("Request {}", at + 1) } else { name }
        })
    });
    let result = Memo::new(move |_| {
        state.outcome.with(|outcome| {
            // Of a request that has an error now, not what was decided before: the tests would not be those of the page.
            let result = outcome.result(id).and_then(|_| outcome.decided.result(id))?;
            Some((result.decision.clone(), result.passed, result.mismatches.clone(), words::reason(&result.reason)))
        })
    });
    let class = move || match result.with(|result| result.as_ref().and_then(|(_, passed, ..)| *passed)) {
        Some(true) => "is-met",
        Some(false) => "is-missed",
        None => "",
    };
    let open = move |_| {
        state.statement.set(None);
        state.request.set(Some(id));
        state.view.set(View::Decide);
    };
    view! {
        <tr class=class>
            <th scope="row">
                <button type="button" class="row-link" title="Show this request and its explanation" on:click=open>
                    {move || sign(result.with(|result| result.as_ref().and_then(|(_, passed, ..)| *passed)))}
                    <span>{move || title.get()}</span>
                </button>
            </th>
            <td data-label="Principal">
                <code title=move || principal.get()>{move || short(&principal.get())}</code>
            </td>
            <td data-label="Action">
                <code>{move || action.get()}</code>
            </td>
            <td data-label="Resource">
                <code title=move || resources.get()>{move || short(&resources.get())}</code>
            </td>
            <td data-label="Expected">
                <select
                    class="input"
                    aria-label=move || format!("Expected decision of {}", title.get())
                    on:change:target=move |event| state.expect(id, event.target().value())
                >
                    {words::EXPECTATIONS
                        .iter()
                        .map(|&(code, label)| {
                            view! {
                                <option value=code prop:selected=move || expected.get() == code>
                                    {label}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </td>
            <td data-label="Decided">
                {move || match result.get() {
                    Some((decision, _, mismatches, reason)) => {
                        let undecided = (decision == UNDECIDED)
                            .then(|| view! { <small class="mismatch">{coded(&reason)}</small> });
                        view! {
                            <span class=format!("decided {}", words::decision_class(&decision)) title=plain(&reason)>
                                <DecisionIcon decision=decision.clone() />
                                {words::decision(&decision).to_owned()}
                            </span>
                            {undecided}
                            {mismatches
                                .into_iter()
                                .map(|line| view! { <small class="mismatch">{line}</small> })
                                .collect_view()}
                        }
                            .into_any()
                    }
                    None => view! { <span class="quiet">"no decision"</span> }.into_any(),
                }}
            </td>
            <td>
                <ToolButton
                    title="Delete this request"
                    label=Signal::derive(move || format!("Delete {}", title.get()))
                    icon=BIN
                    on_press=move || state.delete_request(id)
                />
            </td>
        </tr>
    }
    .into_any()
}

/// Whether a test passes, by shape and word.
fn sign(passed: Option<bool>) -> AnyView {
    let (class, icon, word) = match passed {
        Some(true) => ("sign is-met", CHECK, "passes: "),
        Some(false) => ("sign is-missed", CROSS, "fails: "),
        None => ("sign", DASH, "no test: "),
    };
    view! {
        <span class=class>
            <Icon path=icon />
            <span class="visually-hidden">{word}</span>
        </span>
    }
    .into_any()
}

/// An ARN without what all of its kind have in common; of several the first.
fn short(text: &str) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let mut parts = first.splitn(6, ':');
    let end = match (parts.next(), parts.nth(4)) {
        (Some("arn"), Some(end)) if !end.is_empty() => end,
        _ => first,
    };
    match lines.count() {
        0 => end.to_owned(),
        more => format!("{end} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn arns_are_shortened_to_what_differs() {
        let cases = [
            ("arn:aws:iam::111122223333:user/ana", "user/ana"),
            ("arn:aws:s3:::bucket/a:b", "bucket/a:b"),
            ("arn:aws:s3:::one\narn:aws:s3:::two", "one and 1 more"),
            ("lambda.amazonaws.com", "lambda.amazonaws.com"),
            ("*", "*"),
            ("", ""),
            ("arn:aws:s3:::", "arn:aws:s3:::"),
        ];
        for (given, wanted) in cases {
            assert_eq!(short(given), wanted);
        }
    }
}
