//! Who calls, of an account whose details were opened.

use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::dialog::show_while;
use super::icons::CROSS;
use super::tool_button::ToolButton;
use crate::effect::effect;
use crate::state::use_state;

#[component]
pub fn ChoiceDialog() -> impl IntoView {
    let state = use_state();
    let dialog = NodeRef::<Dialog>::new();
    let open = RwSignal::new(false);
    let wanted = RwSignal::new(String::new());
    show_while(dialog, open);
    effect(move || {
        let (is_there, caller) = state.choice.with(|choice| {
            (choice.is_some(), choice.as_ref().and_then(|choice| choice.caller.clone()).unwrap_or_default())
        });
        wanted.set(caller);
        open.set(is_there);
    });
    let found = move || {
        let principals =
            state.choice.with(|choice| choice.as_ref().map(|each| each.principals.clone()).unwrap_or_default());
        let wanted = wanted.get().to_ascii_lowercase();
        principals.into_iter().filter(|(arn, _)| arn.to_ascii_lowercase().contains(&wanted)).collect::<Vec<_>>()
    };
    let choose = move |arn: String| {
        if let Some(choice) = state.choice.get_untracked() {
            spawn_local(state.choose_principal(choice, arn));
        }
    };
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="choice-title"
            on:close=move |_| state.choice.set(None)
        >
            <div class="dialog-head">
                <h2 id="choice-title">"Who calls?"</h2>
                <ToolButton title="Close" icon=CROSS on_press=move || state.choice.set(None) />
            </div>
            <form
                class="dialog-body"
                on:submit=move |event| {
                    event.prevent_default();
                    if let Some((arn, _)) = found().into_iter().next() {
                        choose(arn);
                    }
                }
            >
                <p class="quiet">
                    "The policies of the principal, of its groups, its boundary and its tags are attached; what is asked is the present request."
                </p>
                <label for="choice-filter">"Principals that contain"</label>
                <input
                    id="choice-filter"
                    class="input"
                    type="text"
                    autofocus=true
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || wanted.get()
                    on:input:target=move |event| wanted.set(event.target().value())
                />
                <ul class="shelf">
                    {move || {
                        found()
                            .into_iter()
                            .map(|(arn, kind)| {
                                let chosen = arn.clone();
                                view! {
                                    <li>
                                        <button type="button" class="row-link" on:click=move |_| choose(chosen.clone())>
                                            <span class="coverage-effect">{kind}</span>
                                            <code>{arn}</code>
                                        </button>
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
                <p class="quiet" role="status">
                    {move || if found().is_empty() { "No user or role contains that." } else { "" }}
                </p>
            </form>
        </dialog>
    }
    .into_any()
}
