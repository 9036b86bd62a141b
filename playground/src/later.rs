//! The part of the page that comes later: what nobody sees before the first decision. In builds that browsers download
//! it is a file of its own, fetched when the decision has been painted. Its functions are reached through `Parts` alone,
//! so that nothing of it can be called before it is there.

use std::sync::Arc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use gloo::worker::Registrable;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::arriving::Arrived;
use crate::components::{
    AddItems, CompareView, ContextRows, CopyItems, DialogViews, Explanation, Insights, MatrixView, Organization,
    RequestDetails, ScenarioItems, TestsView,
};
use crate::explained::Explained;
use crate::keys::Dialogs;
use crate::matrix_worker::{Json, MatrixWorker};
use crate::outcome::Decided;
use crate::state::{Fix, State};
use crate::view::View;
use crate::workspace::Id;

/// The pause before a load that failed is tried again; it doubles each time.
const FIRST_PAUSE_MS: u32 = 2_000;
const LAST_PAUSE_MS: u32 = 60_000;

/// What is in the file that comes later.
#[derive(Clone, Copy)]
pub struct Parts {
    /// A view other than that of the decision.
    pub view: fn(View) -> AnyView,
    pub dialogs: fn(Dialogs) -> AnyView,
    pub explanation: fn() -> AnyView,
    pub organization: fn() -> AnyView,
    pub insights: fn(Callback<Fix>) -> AnyView,
    /// The context of the request, and what few requests need.
    pub request_rest: fn() -> AnyView,
    pub add_items: fn() -> AnyView,
    pub scenario_items: fn() -> AnyView,
    pub copy_items: fn() -> AnyView,
    pub explain: fn(Id, &Arc<Decided>) -> Option<Explained>,
    /// Fills the selected request in from a message of AWS that is pasted; says whether it is one.
    pub paste: fn(State, &str) -> bool,
    /// Opens what was pasted or dropped, one after the other.
    pub open: fn(State, Vec<Arrived>),
    /// Begins what goes on as long as the page lives.
    pub keep: fn(State),
    /// What the program does in a worker.
    pub work: fn(),
}

const PARTS: Parts = Parts {
    view: |view| match view {
        View::Decide => ().into_any(),
        View::Tests => view! { <TestsView /> }.into_any(),
        View::Matrix => view! { <MatrixView /> }.into_any(),
        View::Compare => view! { <CompareView /> }.into_any(),
    },
    dialogs: |dialogs| view! { <DialogViews dialogs /> }.into_any(),
    explanation: || view! { <Explanation /> }.into_any(),
    organization: || view! { <Organization /> }.into_any(),
    insights: |repair| view! { <Insights repair /> }.into_any(),
    request_rest: || {
        view! {
            <ContextRows />
            <RequestDetails />
        }
        .into_any()
    },
    add_items: || view! { <AddItems /> }.into_any(),
    scenario_items: || view! { <ScenarioItems /> }.into_any(),
    copy_items: || view! { <CopyItems /> }.into_any(),
    explain: Explained::of,
    paste: State::paste_denied,
    open: State::open_all,
    keep: |state| {
        state.follow_links();
        state.keep_findings();
        state.keep_matrix();
        state.keep_before();
    },
    work: || MatrixWorker::registrar().encoding::<Json>().register(),
};

#[cfg(split)]
mod file {
    // The macro declares what the two files call of each other.
    #![allow(unsafe_code)]

    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    use super::{PARTS, Parts};

    #[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
    pub fn fetch() -> Result<Parts, SplitLoaderError> {
        Ok(PARTS)
    }
}

#[cfg(not(split))]
mod file {
    use super::{PARTS, Parts};

    /// All of the program is one file, which is here.
    #[expect(clippy::unused_async)]
    pub async fn fetch() -> Result<Parts, ()> {
        Ok(PARTS)
    }
}

/// How far it is.
#[derive(Clone, Copy)]
enum Status {
    /// It is on its way.
    Loading,
    /// It did not come; it is tried again by and by.
    Failed,
    Here(Parts),
}

/// The way to it. Copies are the same.
#[derive(Clone, Copy)]
pub struct Later {
    status: RwSignal<Status>,
    pause: StoredValue<u32>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Later {
    /// Begins to load it when the page has been painted.
    pub fn start() -> Self {
        let later = Self {
            status: RwSignal::new(Status::Loading),
            pause: StoredValue::new(FIRST_PAUSE_MS),
            timer: StoredValue::new_local(None),
        };
        // Two frames on, the first decision has been painted.
        request_animation_frame(move || request_animation_frame(move || later.load()));
        EventListener::new(&window(), "online", move |_| later.retry()).forget();
        later
    }

    fn load(self) {
        spawn_local(async move {
            match file::fetch().await {
                Ok(parts) => self.status.set(Status::Here(parts)),
                Err(_) => {
                    self.status.set(Status::Failed);
                    let pause = self.pause.get_value();
                    self.pause.set_value(pause.saturating_mul(2).min(LAST_PAUSE_MS));
                    self.timer.set_value(Some(Timeout::new(pause, move || self.retry())));
                }
            }
        });
    }

    /// Tries again at once what failed.
    pub fn retry(self) {
        if matches!(self.status.get_untracked(), Status::Failed) {
            self.timer.set_value(None);
            self.status.set(Status::Loading);
            self.load();
        }
    }

    /// What there is of it now.
    pub fn parts(self) -> Option<Parts> {
        self.status.track();
        self.parts_untracked()
    }

    /// The same at this moment.
    pub fn parts_untracked(self) -> Option<Parts> {
        match self.status.get_untracked() {
            Status::Here(parts) => Some(parts),
            Status::Loading | Status::Failed => None,
        }
    }

    /// Whether it did not come.
    pub fn has_failed(self) -> bool {
        matches!(self.status.get(), Status::Failed)
    }
}

/// From within any component.
pub fn use_later() -> Later {
    expect_context()
}

/// In a worker there is no page: the program does its work there.
pub fn work() {
    spawn_local(async {
        if let Ok(parts) = file::fetch().await {
            (parts.work)();
        }
    });
}
