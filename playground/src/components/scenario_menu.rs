//! Scenario files in and out.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen_futures::spawn_local;

use super::file_input::read;
use super::menu::{Menu, MenuItem};
use crate::state::{State, Toast, read_scenario, use_state};
use crate::words;
use crate::workspace::Workspace;

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
            <MenuItem
                label="Copy a link"
                on_choose=move || state.share()
            />
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
    let Some((name, read)) = read(&input).await else { return };
    let scenario = read.and_then(|text| read_scenario(&text).map_err(|diagnostics| words::first(&diagnostics)));
    match scenario {
        Ok(scenario) => state.replace(Workspace::from_scenario(scenario), format!("Opened {name}")),
        Err(reason) => state.toast.set(Some(Toast::note(format!("{name} was not opened: {reason}")))),
    }
}
