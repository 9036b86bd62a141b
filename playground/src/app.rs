//! The page: its parts and their order.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use leptos::prelude::*;

use crate::components::{Decision, Explanation, Header, Policies, RequestForm, ToastView};
use crate::state::State;
use crate::storage;

/// How long the reader must pause before the workspace is kept.
const SAVE_AFTER_MS: u32 = 250;

#[component]
pub fn App() -> impl IntoView {
    let state = State::start();
    provide_context(state);
    keep(state);
    view! {
        <a class="skip-link" href="#decision">"Skip to the decision"</a>
        <Header />
        <main class="page" id="main">
            <Decision />
            <div class="work">
                <RequestForm />
                <Policies />
            </div>
            <Explanation />
        </main>
        <ToastView />
    }
    .into_any()
}

/// Keeps the workspace in local storage, a moment after the last change and before the page goes.
fn keep(state: State) {
    let pending = StoredValue::new_local(None::<Timeout>);
    Effect::new(move || {
        state.workspace.track();
        state.document.track();
        state.request.track();
        let save = move || storage::save(&untrack(|| state.to_save()));
        pending.set_value(Some(Timeout::new(SAVE_AFTER_MS, save)));
    });
    let leaving = EventListener::new(&window(), "pagehide", move |_| {
        storage::save(&untrack(|| state.to_save()));
    });
    leaving.forget();
}
