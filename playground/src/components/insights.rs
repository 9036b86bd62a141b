//! Below the text: what is wrong with it, and what it says.

use leptos::prelude::*;

use super::findings::{FindingList, counts};
use super::said::draw;
use crate::analysis::Status;
use crate::state::{Fix, use_state};
use crate::words;

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Panel {
    Findings,
    Sentences,
    Services,
    Caller,
}

const PANELS: [(Panel, &str); 4] = [
    (Panel::Findings, "findings-panel"),
    (Panel::Sentences, "said-panel"),
    (Panel::Services, "said-panel"),
    (Panel::Caller, "said-panel"),
];

impl Panel {
    /// The name by which the worker's answer is drawn.
    fn said(self) -> Option<&'static str> {
        match self {
            Self::Findings => None,
            Self::Sentences => Some("sentences"),
            Self::Services => Some("services"),
            Self::Caller => Some("caller"),
        }
    }
}

#[component]
pub fn Insights(repair: Callback<Fix>) -> impl IntoView {
    let state = use_state();
    let shown = RwSignal::new(None::<Panel>);
    let label = move |panel| match panel {
        Panel::Findings => findings_label(state),
        Panel::Sentences => view! { <span>"What it says"</span> }.into_any(),
        Panel::Services => view! { <span>"By service"</span> }.into_any(),
        Panel::Caller => view! { <span>"All of the caller"</span> }.into_any(),
    };
    let said = NodeRef::new();
    draw(state, said, Memo::new(move |_| shown.get().and_then(Panel::said)));
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
            <div
                class="insight"
                id="said-panel"
                role="region"
                aria-label="What the document says"
                // A long table is scrolled by keyboard.
                tabindex="0"
                node_ref=said
                hidden=move || shown.get().and_then(Panel::said).is_none()
            ></div>
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
