//! The values that a policy lists, those that the request matches with a tick.

use admittance::scenario::ValueResult;
use leptos::prelude::*;

use super::icons::{CHECK, Icon};

/// Of a longer list only the beginning is shown.
const SHOWN: usize = 12;

#[component]
pub fn Values(values: Vec<ValueResult>) -> impl IntoView {
    let more = values.len().saturating_sub(SHOWN);
    // With more values than fit, the ones that match are the ones to see.
    let mut values = values;
    values.sort_by_key(|each| more > 0 && !each.matched);
    values.truncate(SHOWN);
    let list = values
        .into_iter()
        .map(|each| {
            let tick =
                each.matched.then(|| view! { <Icon path=CHECK /> <span class="visually-hidden">"matches "</span> });
            let title = each.resolved.is_some().then(|| each.text.clone());
            view! {
                <li class=if each.matched { "value is-hit" } else { "value" }>
                    {tick} <code title=title>{each.resolved.unwrap_or(each.text)}</code>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="values">
            {list} {(more > 0).then(|| view! { <li class="value-absent">{format!("and {more} more")}</li> })}
        </ul>
    }
    .into_any()
}
