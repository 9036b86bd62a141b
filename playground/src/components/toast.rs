//! A message at the foot of the page, with Undo where something was removed.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::coded::coded;
use super::icons::CROSS;
use super::tool_button::ToolButton;
use crate::effect::effect;
use crate::state::use_state;

/// How long a message without Undo stays. One with Undo stays until it is used or closed.
const NOTE_MS: u32 = 6_000;

#[component]
pub fn ToastView() -> impl IntoView {
    let state = use_state();
    let pending = StoredValue::new_local(None::<Timeout>);
    effect(move || {
        let fading =
            state.toast.with(|toast| toast.as_ref().is_some_and(|toast| toast.undo.is_none() && !toast.lasting));
        pending.set_value(fading.then(|| Timeout::new(NOTE_MS, move || state.toast.set(None))));
    });
    view! {
        <div class="toast-place" role="status">
            {move || {
                state
                    .toast
                    .get()
                    .map(|toast| {
                        view! {
                            <div class="toast">
                                <span>{coded(&toast.message)}</span>
                                {toast
                                    .undo
                                    .map(|_| {
                                        view! {
                                            <button type="button" class="toast-undo" on:click=move |_| state.undo()>
                                                "Undo"
                                            </button>
                                        }
                                    })}
                                <ToolButton title="Close the message" icon=CROSS on_press=move || state.toast.set(None) />
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
