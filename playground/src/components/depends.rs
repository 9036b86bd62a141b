//! On which unknown keys a decision depends, and what it is for which values.

use admittance::scenario::{Completion, CompletionValue, Dependence, DependentKey, RequestResult};
use leptos::prelude::*;

use super::icons::DecisionIcon;
use crate::outcome::Decided;
use crate::state::{Reveal, use_state};
use crate::words;
use crate::workspace::Id;

#[component]
pub fn Depends(dependence: Dependence, result: RequestResult) -> impl IntoView {
    let state = use_state();
    let decided = state.outcome.with_untracked(|outcome| outcome.decided.clone());
    let names: Vec<String> = dependence.keys.iter().map(|each| each.key.clone()).collect();
    let keys = dependence
        .keys
        .into_iter()
        .map(|key| {
            let asked = conditions(&key, &result, &decided);
            view! { <Key key=key.key asked /> }
        })
        .collect_view();
    let heads = names.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
    let rows = dependence.completions.into_iter().map(|each| view! { <Row completion=each /> }).collect_view();
    let any = !names.is_empty();
    view! {
        <h3>"It depends on"</h3>
        <ul class="depends-keys">{keys}</ul>
        <div class="depends-scroll" tabindex="0" role="group" aria-label="Decision for each value">
            <table class="depends" hidden=!any>
                <thead>
                    <tr>{heads} <th scope="col">"Decision"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(!dependence.exact).then(|| view! { <p class="quiet">"There are more combinations than are shown."</p> })}
    }
    .into_any()
}

/// A condition that asks for an unknown key: its text and where that stands.
type Asked = (String, Option<Reveal>);

fn conditions(key: &DependentKey, result: &RequestResult, decided: &Decided) -> Vec<Asked> {
    let place = |statement: usize| -> Option<Id> { decided.document(result.statements.get(statement)?) };
    let asked = key.conditions.iter().map(|each| {
        let reveal = place(each.statement).map(|document| Reveal {
            document,
            from: each.range.start.offset,
            to: each.range.end.offset,
            focus: false,
        });
        (each.text.clone(), reveal)
    });
    asked.collect()
}

#[component]
fn Key(key: String, asked: Vec<Asked>) -> impl IntoView {
    let state = use_state();
    let asked = asked
        .into_iter()
        .map(|(text, reveal)| {
            let show = move |_| {
                if let Some(reveal) = reveal {
                    state.reveal_text(reveal);
                }
            };
            view! {
                <li>
                    <button type="button" class="element-head" title="Show in the text" on:click=show>
                        <code class="element-title">{text}</code>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <li>
            <code>{key}</code>
            <ul>{asked}</ul>
        </li>
    }
    .into_any()
}

#[component]
fn Row(completion: Completion) -> impl IntoView {
    let cells = completion
        .values
        .into_iter()
        .map(|value| match value {
            CompletionValue::Absent => view! { <td class="value-absent">"absent"</td> }.into_any(),
            CompletionValue::Other => view! { <td class="value-absent">"any other value"</td> }.into_any(),
            CompletionValue::Single(value) => view! { <td><code>{value}</code></td> }.into_any(),
            CompletionValue::Multiple(values) => {
                view! { <td><code>{format!("[{}]", values.join(", "))}</code></td> }.into_any()
            }
        })
        .collect_view();
    view! {
        <tr>
            {cells}
            <td class=format!("expected {}", words::decision_class(&completion.decision))>
                <DecisionIcon decision=completion.decision.clone() />
                {words::decision(&completion.decision).to_owned()}
            </td>
        </tr>
    }
    .into_any()
}
