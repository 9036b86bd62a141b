//! Scenario files in and out.

use gloo::file::{Blob, futures::read_as_text};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen_futures::spawn_local;

use super::menu::{Menu, MenuItem};
use crate::state::{State, Toast, read_scenario, use_state};
use crate::workspace::Workspace;

/// Larger files are no scenarios: the largest policy document that AWS takes has 20 KB.
const MAX_FILE_BYTES: u64 = 4 << 20;

#[component]
pub fn ScenarioMenu() -> impl IntoView {
    let state = use_state();
    let file = NodeRef::<Input>::new();
    let choose = move || {
        if let Some(file) = file.get_untracked() {
            file.click();
        }
    };
    view! {
        <Menu label="Scenario" id="scenario-menu">
            <MenuItem
                label="New scenario"
                on_choose=move || state.replace(Workspace::blank(), "Started a new scenario".to_owned())
            />
            <MenuItem label="Open scenario file…" on_choose=choose />
            <MenuItem label="Copy scenario JSON" on_choose=move || copy(state) />
        </Menu>
        <input
            type="file"
            node_ref=file
            hidden
            aria-label="Scenario file"
            accept=".json,application/json"
            on:change:target=move |event| spawn_local(open(state, event.target()))
        />
    }
    .into_any()
}

fn copy(state: State) {
    let json = state.workspace.with_untracked(|now| now.to_scenario().scenario.to_json());
    state.copy(json, "Copied the scenario as JSON");
}

async fn open(state: State, input: HtmlInputElement) {
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    let name = file.name();
    let blob = Blob::from(web_sys::Blob::from(file));
    let read = if blob.size() > MAX_FILE_BYTES {
        Err("it is larger than 4 MB".to_owned())
    } else {
        read_as_text(&blob).await.map_err(|error| error.to_string())
    };
    // The same file can be chosen again.
    input.set_value("");
    let scenario = read.and_then(|text| {
        read_scenario(&text).map_err(|diagnostics| {
            let first = diagnostics.into_iter().next();
            first.map_or_else(String::new, |each| match each.range {
                Some(range) => format!("line {}: {}", range.start.line, each.message),
                None => each.message,
            })
        })
    });
    match scenario {
        Ok(scenario) => state.replace(Workspace::from_scenario(scenario), format!("Opened {name}")),
        Err(reason) => state.toast.set(Some(Toast::note(format!("{name} was not opened: {reason}")))),
    }
}
