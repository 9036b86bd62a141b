//! Lists that change: an item that stays keeps its elements, and with them the focus.

use std::sync::Arc;

use leptos::prelude::*;

use crate::workspace::Id;

type Ids = dyn Fn() -> Vec<Id> + Send + Sync;
type Item = dyn Fn(Id) -> AnyView + Send + Sync;

/// An item for each id. One `<For>` serves all lists, so that its code is there once.
pub fn each(
    ids: impl Fn() -> Vec<Id> + Send + Sync + 'static,
    item: impl Fn(Id) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    keyed(Arc::new(ids), Arc::new(item))
}

fn keyed(ids: Arc<Ids>, item: Arc<Item>) -> AnyView {
    view! { <For each=move || ids() key=|id| *id children=move |id| item(id) /> }.into_any()
}
