//! The requests of the scenario, each with its decision.

use leptos::html::Button;
use leptos::prelude::*;

use super::each::each;
use super::icons::{BIN, COPY, DecisionIcon, Icon, PLUS, WARN};
use super::tool_button::ToolButton;
use crate::effect::effect;
use crate::state::use_state;
use crate::words;
use crate::workspace::Id;

#[component]
pub fn RequestTabs() -> impl IntoView {
    let state = use_state();
    let ids = Memo::new(move |_| {
        state.workspace.with(|now| now.requests.iter().map(|request| request.id).collect::<Vec<_>>())
    });
    view! {
        <div class="tabs">
            <ul class="tab-list" aria-label="Requests">
                {each(move || ids.get(), |id| view! { <li><RequestTab id /></li> }.into_any())}
            </ul>
            <div class="tools">
                <ToolButton title="Add a request" icon=PLUS on_press=move || state.add_request() />
                <ToolButton title="Duplicate this request" icon=COPY on_press=move || state.duplicate_request() />
                <ToolButton
                    title="Delete this request"
                    icon=BIN
                    on_press=move || {
                        if let Some(id) = state.request.get_untracked() {
                            state.delete_request(id);
                        }
                    }
                />
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn RequestTab(id: Id) -> impl IntoView {
    let state = use_state();
    let title = Memo::new(move |_| {
        state.workspace.with(|now| {
            let at = now.requests.iter().position(|each| each.id == id).unwrap_or_default();
            now.request(id).map_or_else(String::new, |request| match (&request.name, &request.action) {
                (name, _) if !name.is_empty() => name.clone(),
                (_, action) if !action.is_empty() => action.clone(),
                _ => format!("Request {}", at + 1),
            })
        })
    });
    let decision = Memo::new(move |_| {
        state.outcome.with(|outcome| {
            let wrong = !outcome.stale && outcome.is_stale(id);
            outcome.result(id).map(|result| (result.decision.clone(), wrong))
        })
    });
    let button = NodeRef::<Button>::new();
    effect(move || {
        if let Some(button) = button.get().filter(|_| state.request.get() == Some(id)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
            button.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    view! {
        <button
            type="button"
            class="tab"
            node_ref=button
            aria-current=move || (state.request.get() == Some(id)).then_some("true")
            on:click=move |_| {
                state.statement.set(None);
                state.request.set(Some(id));
            }
        >
            {move || {
                decision
                    .get()
                    .map(|(decision, wrong)| {
                        if wrong {
                            return view! {
                                <span class="tab-decision is-wrong">
                                    <Icon path=WARN />
                                    <span class="visually-hidden">"has errors: "</span>
                                </span>
                            }
                                .into_any();
                        }
                        view! {
                            <span class=format!("tab-decision {}", words::decision_class(&decision))>
                                <DecisionIcon decision=decision.clone() />
                                <span class="visually-hidden">{format!("{}: ", words::decision(&decision))}</span>
                            </span>
                        }
                            .into_any()
                    })
            }}
            <span class="tab-title">{move || title.get()}</span>
        </button>
    }
    .into_any()
}
