//! Below the text: what is wrong with it, and what it says.

use leptos::prelude::*;

use super::findings::{FindingList, counts};
use crate::analysis::Status;
use crate::state::{Fix, use_state};
use crate::words;

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Panel {
    Findings,
}

const PANELS: [(Panel, &str); 1] = [(Panel::Findings, "findings-panel")];

#[component]
pub fn Insights(repair: Callback<Fix>) -> impl IntoView {
    let state = use_state();
    let shown = RwSignal::new(None::<Panel>);
    let label = move |panel| match panel {
        Panel::Findings => findings_label(state),
    };
    let tabs = PANELS
        .map(|(panel, id)| {
            view! {
                <button
                    type="button"
                    class="insight-tab"
                    aria-expanded=move || (shown.get() == Some(panel)).to_string()
                    aria-controls=id
                    on:click=move |_| {
                        // Some checks need AWS's actions.
                        state.analysis.need();
                        shown.update(|shown| *shown = Some(panel).filter(|_| *shown != Some(panel)));
                    }
                >
                    {move || label(panel)}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="insights" data-analysis=move || state.analysis.status().code()>
            <div class="insight-tabs" role="group" aria-label="About this document">
                {tabs}
                <NotThere />
            </div>
            <div class="insight" id="findings-panel" hidden=move || shown.get() != Some(Panel::Findings)>
                <FindingList repair />
            </div>
        </div>
    }
    .into_any()
}

/// How many findings of each severity there are.
fn findings_label(state: crate::state::State) -> AnyView {
    match state.analysis.status() {
        Status::Failed => view! { <span>"Not checked"</span> }.into_any(),
        Status::Loading => view! { <span>"Checking …"</span> }.into_any(),
        _ => match state.findings.with(|findings| findings.as_ref().map(counts)) {
            Some(counts) => counts,
            None => view! { <span>"Checking …"</span> }.into_any(),
        },
    }
}

/// What could not be loaded, and a way to try again.
#[component]
fn NotThere() -> impl IntoView {
    let state = use_state();
    let message = Memo::new(move |_| match state.analysis.status() {
        Status::Failed => Some(
            "Checks, summaries and completions could not be loaded. They are tried again; all else works.".to_owned(),
        ),
        Status::CatalogFailed => {
            let skipped = state.findings.with(|findings| findings.as_ref().map_or(0, |each| each.skipped));
            Some(format!("The catalog of actions could not be loaded: {} skipped.", words::count(skipped, "check")))
        }
        _ => None,
    });
    view! {
        <p class="insight-problem" role="status">
            {move || {
                message
                    .get()
                    .map(|text| {
                        view! {
                            <span>{text}</span>
                            <button type="button" class="button is-small" on:click=move |_| state.analysis.retry()>
                                "Try again"
                            </button>
                        }
                    })
            }}
        </p>
    }
    .into_any()
}
