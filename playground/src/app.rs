//! The page: its parts and their order.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use leptos::prelude::*;
use leptos::web_sys::KeyboardEvent;
use wasm_bindgen::JsCast;

use crate::analysis::Analysis;
use crate::arriving;
use crate::components::{Decision, Header, Policies, Reading, RequestForm, ToastView, part, part_if};
use crate::effect::effect;
use crate::keys::{self, Dialogs};
use crate::later::Later;
use crate::offline;
use crate::state::State;
use crate::view::View;

/// How long the reader must pause before the workspace is kept.
const SAVE_AFTER_MS: u32 = 250;

#[component]
pub fn App() -> impl IntoView {
    let analysis = Analysis::start();
    let later = Later::start();
    let state = State::start(analysis, later);
    provide_context(analysis);
    provide_context(later);
    provide_context(state);
    provide_context(Reading::new());
    provide_context(offline::watch());
    keep(state);
    state.keep_explained();
    undo_by_key(state);
    arriving::listen(state);
    let dialogs = Dialogs::new();
    provide_context(dialogs);
    effect(move || {
        if let Some(parts) = later.parts() {
            untrack(|| {
                (parts.keep)(state);
                state.open_waiting(parts);
            });
        }
    });
    keys::listen(dialogs);
    view! {
        <Show when=move || state.view.get() == View::Decide>
            <a class="skip-link" href="#decision">"Skip to the decision"</a>
        </Show>
        <Header />
        <main class="page" id="main" hidden=move || state.view.get() != View::Decide>
            <Decision />
            <div class="work">
                <RequestForm />
                <Policies />
            </div>
            {part(|parts| (parts.explanation)())}
        </main>
        {move || match state.view.get() {
            View::Decide => ().into_any(),
            view => part(move |parts| (parts.view)(view)),
        }}
        <ToastView />
        {part_if(move || dialogs.any(), move |parts| (parts.dialogs)(dialogs))}
    }
    .into_any()
}

/// Ctrl+Z outside of text takes back what the message at the foot of the page speaks of.
fn undo_by_key(state: State) {
    let pressed = EventListener::new_with_options(
        &window(),
        "keydown",
        EventListenerOptions::enable_prevent_default(),
        move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let asked =
                (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key().eq_ignore_ascii_case("z");
            let undoable = state.toast.with_untracked(|toast| toast.as_ref().is_some_and(|toast| toast.undo.is_some()));
            if asked && !keys::is_typing(event) && undoable {
                event.prevent_default();
                state.undo();
            }
        },
    );
    pressed.forget();
}

/// Keeps the workspace in local storage, a moment after the last change and before the page goes.
fn keep(state: State) {
    let pending = StoredValue::new_local(None::<Timeout>);
    effect(move || {
        state.workspace.track();
        state.document.track();
        state.request.track();
        state.matrix.spec.track();
        let save = move || state.save();
        pending.set_value(Some(Timeout::new(SAVE_AFTER_MS, save)));
    });
    let leaving = EventListener::new(&window(), "pagehide", move |_| {
        state.save();
    });
    leaving.forget();
}
