//! Scenarios in and out.

use leptos::prelude::*;

use super::menu::{Menu, MenuItem};
use super::part::part;
use crate::keys::Dialogs;
use crate::state::use_state;
use crate::workspace::Workspace;

#[component]
pub fn ScenarioMenu() -> impl IntoView {
    view! {
        <Menu label="Scenario" id="scenario-menu">
            {part(|parts| (parts.scenario_items)())}
        </Menu>
        <Menu label="Copy" id="copy-menu">
            {part(|parts| (parts.copy_items)())}
        </Menu>
    }
    .into_any()
}

#[component]
pub fn ScenarioItems() -> impl IntoView {
    let state = use_state();
    let dialogs = expect_context::<Dialogs>();
    view! {
        <MenuItem
            label="New scenario"
            on_choose=move || state.look_at(Workspace::blank(), "Started a new scenario".to_owned())
        />
        <MenuItem label="Open or paste…" on_choose=move || dialogs.opening.set(true) />
        <MenuItem label="Workspaces…" on_choose=move || dialogs.shelf.set(true) />
        <MenuItem label="Save as file" on_choose=move || state.save_scenario() />
    }
    .into_any()
}

#[component]
pub fn CopyItems() -> impl IntoView {
    let state = use_state();
    view! {
        <MenuItem label="Copy a link" on_choose=move || state.share() />
        <MenuItem label="Copy a Markdown report" on_choose=move || state.copy_report() />
        <MenuItem label="Copy scenario JSON" on_choose=move || state.copy_scenario() />
        <MenuItem label="Copy an admittance command" on_choose=move || state.copy_command() />
        <MenuItem label="Copy an aws iam simulate command" on_choose=move || state.copy_simulation() />
        <MenuItem label="Copy a simulator response" on_choose=move || state.copy_simulated() />
    }
    .into_any()
}
