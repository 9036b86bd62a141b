//! A part of the page that comes later: itself, or that it is on its way or did not come.

use leptos::prelude::*;

use crate::later::{Parts, use_later};

/// Shows a part as soon as it is there.
pub fn part(show: impl Fn(Parts) -> AnyView + Send + Sync + 'static) -> AnyView {
    boxed(Box::new(show), Box::new(|| true))
}

/// The same for a part that nobody misses before `wanted` says so.
pub fn part_if(
    wanted: impl Fn() -> bool + Send + Sync + 'static,
    show: impl Fn(Parts) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    boxed(Box::new(show), Box::new(wanted))
}

fn boxed(show: Box<dyn Fn(Parts) -> AnyView + Send + Sync>, wanted: Box<dyn Fn() -> bool + Send + Sync>) -> AnyView {
    let later = use_later();
    let wanted = Memo::new(move |_| wanted());
    (move || match later.parts() {
        Some(parts) => show(parts),
        None if wanted.get() => view! { <NotHere /> }.into_any(),
        None => ().into_any(),
    })
    .into_any()
}

#[component]
fn NotHere() -> impl IntoView {
    let later = use_later();
    view! {
        <p class="part" role="status">
            {move || match later.has_failed() {
                false => view! { <span class="part-late">"Loading …"</span> }.into_any(),
                true => {
                    view! {
                        <span>"This part of the page could not be loaded."</span>
                        <button type="button" class="button is-small" on:click=move |_| later.retry()>
                            "Try again"
                        </button>
                    }
                        .into_any()
                }
            }}
        </p>
    }
    .into_any()
}
