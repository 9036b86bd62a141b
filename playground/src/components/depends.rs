//! On which unknown keys a decision depends, and what it is for which values.

use admittance::scenario::{Completion, CompletionValue, Dependence};
use leptos::prelude::*;

use super::icons::DecisionIcon;
use crate::words;

#[component]
pub fn Depends(dependence: Dependence) -> impl IntoView {
    let any = !dependence.keys.is_empty();
    let is_other = |value: &&CompletionValue| matches!(value, CompletionValue::Other);
    let others = dependence.completions.iter().any(|each| each.values.iter().filter(is_other).count() > 1);
    let heads = dependence.keys.into_iter().map(|each| view! { <th scope="col">{each.key}</th> }).collect_view();
    let rows = dependence.completions.into_iter().map(|each| view! { <Row completion=each /> }).collect_view();
    view! {
        <h3>"It depends on"</h3>
        <div class="depends-scroll" tabindex="0" role="group" aria-label="Decision for each value">
            <table class="depends" hidden=!any>
                <thead>
                    <tr>{heads} <th scope="col">"Decision"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {others
            .then(|| {
                view! {
                    <p class="quiet">
                        "“Any other value” is one that no policy names, and for each of the keys a different one."
                    </p>
                }
            })}
        {(!dependence.exact).then(|| view! { <p class="quiet">"There are more combinations than are shown."</p> })}
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
