//! The statements that no test makes decisive.

use leptos::prelude::*;

use crate::coverage::{Coverage, Undecided};
use crate::state::use_state;
use crate::view::View;

#[component]
pub fn CoverageList() -> impl IntoView {
    let state = use_state();
    let coverage = Memo::new(move |_| {
        state.outcome.with(|outcome| state.workspace.with(|now| Coverage::of(now, &outcome.decided)))
    });
    view! {
        <section class="panel coverage" aria-labelledby="coverage-title">
            <div class="panel-head">
                <h2 id="coverage-title">"Statements that decide no test"</h2>
                <p class="quiet">
                    {move || {
                        coverage
                            .with(|found| {
                                format!("{} of {} decide at least one", found.statements - found.never.len(), found.statements)
                            })
                    }}
                </p>
            </div>
            {move || {
                let found = coverage.get();
                if found.never.is_empty() {
                    let text = if found.statements == 0 { "There is no statement yet." } else { "Every statement decides a test." };
                    return view! { <p class="panel-text quiet">{text}</p> }.into_any();
                }
                let items = found.never.into_iter().map(|each| view! { <Item each /> }).collect_view();
                view! { <ul class="coverage-list">{items}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Item(each: Undecided) -> impl IntoView {
    let state = use_state();
    let remark = each.remark();
    let Undecided { statement, place, document, name, effect, .. } = each;
    let show = move |_| {
        state.view.set(View::Decide);
        state.select_statement(statement, place.from, place.to);
    };
    view! {
        <li>
            <button type="button" class="row-link" on:click=show>
                <span class="coverage-effect">{effect}</span>
                <b>{name}</b>
                <span class="quiet">{document}</span>
            </button>
            <span class="quiet">{remark}</span>
        </li>
    }
    .into_any()
}
