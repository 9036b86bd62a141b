//! Why the chosen cell of a matrix is as it is.

use admittance::scenario::{RequestResult, Scenario, ScenarioRequest};
use leptos::prelude::*;

use super::matrix_view::Decided;
use crate::state::use_state;
use crate::view::View;
use crate::words;

#[component]
pub fn MatrixCell() -> impl IntoView {
    let state = use_state();
    let matrix = state.matrix;
    let found = Memo::new(move |_| {
        let (row, column) = matrix.selected.get()?;
        let request = matrix.plan.with(|plan| plan.request(row, column))?;
        let policies = state.workspace.with(|now| now.to_scenario().scenario);
        let result = Scenario { requests: vec![request.clone()], ..policies }.evaluate();
        let reason = result.diagnostics.iter().find(|each| each.is_error()).map(|each| each.message.clone());
        Some((request, result.results.into_iter().next(), reason))
    });
    view! {
        <section class="panel matrix-cell" aria-labelledby="cell-title" aria-live="polite">
            <div class="panel-head">
                <h2 id="cell-title">"Cell"</h2>
            </div>
            {move || match found.get() {
                None => view! { <p class="panel-text quiet">"Choose a cell to see why."</p> }.into_any(),
                Some((request, Some(result), _)) => view! { <Explained request result /> }.into_any(),
                Some((_, None, reason)) => {
                    view! { <p class="panel-text">{format!("Not decided: {}", reason.unwrap_or_default())}</p> }.into_any()
                }
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Explained(request: ScenarioRequest, result: RequestResult) -> impl IntoView {
    let state = use_state();
    let resources = if request.resources.is_empty() { "*".to_owned() } else { request.resources.join(", ") };
    let given = result.gates.iter().filter(|gate| gate.outcome != "absent");
    let gates = given.map(|gate| view! { <li>{gate.message.clone()}</li> }).collect_view();
    let facts =
        [("Principal", request.principal.arn.clone()), ("Action", request.action.clone()), ("Resource", resources)];
    let open = move |_| {
        let message = format!("Added the request {} of the matrix", request.action);
        state.add_requests(vec![request.clone()], message);
        state.view.set(View::Decide);
    };
    view! {
        <div class="cell-body">
            <Decided decision=result.decision.clone() />
            <p>{words::reason(&result.reason)}</p>
            <dl class="cell-facts">
                {facts
                    .map(|(name, value)| {
                        view! {
                            <dt>{name}</dt>
                            <dd>
                                <code>{value}</code>
                            </dd>
                        }
                    })
                    .collect_view()}
            </dl>
            <ol class="cell-gates">{gates}</ol>
            <button type="button" class="button is-small" on:click=open>
                "Open in Decide"
            </button>
        </div>
    }
    .into_any()
}
