//! What the event that a request was read from does not tell exactly.

use leptos::prelude::*;

use crate::state::use_state;
use crate::words;

#[component]
pub fn TrailNotes() -> impl IntoView {
    let state = use_state();
    let remarks = Memo::new(move |_| {
        let request = state.request.get()?;
        state.origins.with(|all| all.iter().rev().find(|each| each.request == request).map(|each| each.remarks.clone()))
    });
    view! {
        {move || {
            let remarks = remarks.get().filter(|list| !list.is_empty())?;
            let summary = format!("From a CloudTrail event: {} not exact", words::count(remarks.len(), "field"));
            Some(
                view! {
                    <details class="more" open>
                        <summary>{summary}</summary>
                        <ul class="notes">
                            {remarks.into_iter().map(|remark| view! { <li>{remark}</li> }).collect_view()}
                        </ul>
                    </details>
                },
            )
        }}
    }
    .into_any()
}
