//! The elements of a statement, each compared with the request.

use admittance::scenario::{ElementResult, ValueResult};
use leptos::prelude::*;

use super::icons::{CHECK, CROSS, Icon};
use crate::state::{Reveal, use_state};
use crate::workspace::Id;

/// Of a longer list of values only the beginning is shown.
const SHOWN: usize = 12;

#[component]
pub fn Elements(document: Id, elements: Vec<ElementResult>) -> impl IntoView {
    let items = elements.into_iter().map(|element| view! { <Element document element /> }).collect_view();
    view! { <ul class="elements">{items}</ul> }
}

#[component]
fn Element(document: Id, element: ElementResult) -> impl IntoView {
    let state = use_state();
    let (class, icon, word) = if element.matched {
        ("element is-match", CHECK, "matches")
    } else {
        ("element is-mismatch", CROSS, "does not match")
    };
    let title = match (&element.operator, &element.key) {
        (Some(operator), Some(key)) => format!("{operator} {key}"),
        _ => element.element.clone(),
    };
    let (from, to) = (element.range.start.offset, element.range.end.offset);
    let show = move |_| state.reveal_text(Reveal { document, from, to, focus: false });
    view! {
        <li class=class>
            <button type="button" class="element-head" title="Show in the text" on:click=show>
                <Icon path=icon />
                <span>
                    <span class="element-title">{title}</span>
                    " "
                    <span class="element-word">{word}</span>
                </span>
            </button>
            <dl class="element-values">
                <div>
                    <dt>"policy"</dt>
                    <dd>{asked(element.values, element.expected)}</dd>
                </div>
                <div>
                    <dt>"request"</dt>
                    <dd>
                        {match element.actual {
                            Some(actual) => values(actual).into_any(),
                            None => view! { <span class="value-absent">"not in the request"</span> }.into_any(),
                        }}
                    </dd>
                </div>
            </dl>
            <p class="element-message">{element.message}</p>
        </li>
    }
    .into_any()
}

/// Values of an element; a long list shows its beginning.
fn values(mut values: Vec<String>) -> impl IntoView {
    let more = values.len().saturating_sub(SHOWN);
    values.truncate(SHOWN);
    let list = values.into_iter().map(|value| view! { <code>{value}</code> }).collect_view();
    view! {
        {list}
        {(more > 0).then(|| view! { <span class="value-absent">{format!("and {more} more")}</span> })}
    }
    .into_any()
}

/// The values that the policy lists, those that the request matches with a tick.
fn asked(listed: Vec<ValueResult>, expected: Vec<String>) -> impl IntoView {
    if listed.is_empty() {
        return values(expected).into_any();
    }
    let more = listed.len().saturating_sub(SHOWN);
    // With more values than fit, the ones that match are the ones to see.
    let mut listed = listed;
    listed.sort_by_key(|each| more > 0 && !each.matched);
    listed.truncate(SHOWN);
    let list = listed
        .into_iter()
        .map(|each| {
            let tick =
                each.matched.then(|| view! { <Icon path=CHECK /> <span class="visually-hidden">"matches "</span> });
            view! {
                <span class=if each.matched { "value is-hit" } else { "value" }>
                    {tick} <code>{each.resolved.unwrap_or(each.text)}</code>
                </span>
            }
        })
        .collect_view();
    view! {
        {list}
        {(more > 0).then(|| view! { <span class="value-absent">{format!("and {more} more")}</span> })}
    }
    .into_any()
}
