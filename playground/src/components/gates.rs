//! The gates in the order in which they are evaluated.

use admittance::scenario::GateResult;
use leptos::prelude::*;

use super::icons::{CHECK, CROSS, DASH, Icon};
use crate::words;

#[component]
pub fn Gates(gates: Vec<GateResult>) -> impl IntoView {
    let items = gates
        .into_iter()
        .map(|gate| {
            let icon = match gate.outcome.as_str() {
                "passed" => CHECK,
                "blocked" | "denied" => CROSS,
                _ => DASH,
            };
            let level = gate.level.clone().map(|level| view! { <span class="gate-level">{level}</span> });
            view! {
                <li class=format!("gate is-{}", gate.outcome) data-gate=gate.gate.clone()>
                    <span class="gate-mark">
                        <Icon path=icon />
                    </span>
                    <div>
                        <p class="gate-name">
                            {words::gate(&gate.gate).to_owned()} {level}
                            <span class="gate-outcome">{words::outcome(&gate.outcome).to_owned()}</span>
                        </p>
                        <p class="gate-message">{gate.message}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="gates">{items}</ol> }
}
