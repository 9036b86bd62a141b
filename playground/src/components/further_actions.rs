//! Further actions that the same call needs, each on resources of its own.

use admittance::scenario::FurtherAction;
use leptos::prelude::*;

use super::coded::field_problems;
use super::each::each;
use super::icons::{CROSS, Icon, PLUS};
use super::request_form::problems;
use super::tool_button::ToolButton;
use crate::state::use_state;
use crate::words;
use crate::workspace::Id;

#[component]
pub fn FurtherActions() -> impl IntoView {
    let state = use_state();
    let count = state.of_request(|request| request.further.len());
    let count = Memo::new(move |_| count.get());
    let problems = problems(state, "further");
    let add = move |_| state.update_request(|request| request.further.push(FurtherAction::default()));
    view! {
        <details class="more">
            <summary>
                {move || match count.get() {
                    0 => "Further actions".to_owned(),
                    count => words::count(count, "further action"),
                }}
            </summary>
            <p class="quiet">"The same call needs these, too: it is allowed only if all of them are."</p>
            <div class="further">
                {each(move || places(count.get()), |Id(at)| view! { <Row at=at as usize /> }.into_any())}
            </div>
            <button type="button" class="button is-small" on:click=add>
                <Icon path=PLUS />
                "Add an action"
            </button>
            <div class="field-problems">
                {move || {
                    field_problems(problems.get())
                }}
            </div>
        </details>
    }
    .into_any()
}

/// Further actions have no ids; their places serve.
fn places(count: usize) -> Vec<Id> {
    (0..).take(count).map(Id).collect()
}

#[component]
fn Row(at: usize) -> impl IntoView {
    let state = use_state();
    let read = move |of: fn(&FurtherAction) -> String| {
        state.of_request(move |request| request.further.get(at).map(of).unwrap_or_default())
    };
    let change = move |how: Box<dyn FnOnce(&mut FurtherAction)>| {
        state.update_request(|request| {
            if let Some(further) = request.further.get_mut(at) {
                how(further);
            }
        });
    };
    let action = read(|each| each.action.clone());
    let resources = read(|each| each.resources.join("\n"));
    let account = read(|each| each.resource_account.clone().unwrap_or_default());
    let remove = move || {
        state.update_request(|request| {
            if at < request.further.len() {
                request.further.remove(at);
            }
        });
    };
    view! {
        <div class="further-row" role="group" aria-label=move || format!("Further action {}", action.get())>
            <input
                class="input"
                type="text"
                aria-label="Action"
                placeholder="iam:PassRole"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                prop:value=move || action.get()
                on:input:target=move |event| {
                    let text = event.target().value();
                    change(Box::new(move |further| further.action = text));
                }
            />
            <textarea
                class="input"
                rows="1"
                aria-label="Resources, one ARN a line"
                placeholder="*"
                spellcheck="false"
                autocapitalize="off"
                prop:value=move || resources.get()
                on:input:target=move |event| {
                    let text = event.target().value();
                    change(Box::new(move |further| further.resources = text.split('\n').map(str::to_owned).collect()));
                }
            ></textarea>
            <input
                class="input"
                type="text"
                aria-label="Account that owns its resources"
                placeholder="account, if the ARN has none"
                autocomplete="off"
                prop:value=move || account.get()
                on:input:target=move |event| {
                    let text = event.target().value();
                    change(Box::new(move |further| further.resource_account = Some(text)));
                }
            />
            <ToolButton
                title="Remove"
                label=Signal::derive(move || format!("Remove the further action {}", action.get()))
                icon=CROSS
                on_press=remove
            />
        </div>
    }
    .into_any()
}
