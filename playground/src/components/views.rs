//! The way between the views, with how the tests stand.

use leptos::prelude::*;

use super::icons::{CHECK, CROSS, Icon};
use crate::state::use_state;
use crate::view::View;

#[component]
pub fn Views() -> impl IntoView {
    let state = use_state();
    view! {
        <nav class="views" aria-label="Views">
            {View::ALL
                .map(|view| {
                    view! {
                        <button
                            type="button"
                            class="view-tab"
                            aria-current=move || (state.view.get() == view).then_some("page")
                            on:click=move |_| state.view.set(view)
                        >
                            {view.label()}
                            {(view == View::Tests).then(|| view! { <Standing /> })}
                        </button>
                    }
                })
                .collect_view()}
        </nav>
    }
    .into_any()
}

/// Whether the tests pass, in figures and a sign.
#[component]
fn Standing() -> impl IntoView {
    let state = use_state();
    let standing = Memo::new(move |_| (state.standing(), state.outcome.with(|outcome| outcome.stale)));
    view! {
        {move || {
            let (standing, stale) = standing.get();
            (standing.tests > 0)
                .then(|| {
                    let (class, icon, word) = match standing.passed == standing.tests {
                        _ if stale => ("standing is-stale", None, "out of date"),
                        true => ("standing is-met", Some(CHECK), "pass"),
                        false => ("standing is-missed", Some(CROSS), "pass"),
                    };
                    view! {
                        <span class=class>
                            {icon.map(|path| view! { <Icon path /> })}
                            <span aria-hidden="true">{format!("{}/{}", standing.passed, standing.tests)}</span>
                            <span class="visually-hidden">
                                {format!("{} of {} {word}", standing.passed, standing.tests)}
                            </span>
                        </span>
                    }
                })
        }}
    }
    .into_any()
}
