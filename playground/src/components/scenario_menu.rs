//! Scenarios in and out.

use leptos::prelude::*;

use super::choice_dialog::ChoiceDialog;
use super::menu::{Menu, MenuItem};
use super::open_dialog::OpenDialog;
use super::shelf_dialog::ShelfDialog;
use crate::state::use_state;
use crate::workspace::Workspace;

#[component]
pub fn ScenarioMenu() -> impl IntoView {
    let state = use_state();
    let opening = RwSignal::new(false);
    let shelf = RwSignal::new(false);
    view! {
        <Menu label="Scenario" id="scenario-menu">
            <MenuItem
                label="New scenario"
                on_choose=move || state.look_at(Workspace::blank(), "Started a new scenario".to_owned())
            />
            <MenuItem label="Open or paste…" on_choose=move || opening.set(true) />
            <MenuItem label="Workspaces…" on_choose=move || shelf.set(true) />
            <MenuItem label="Save as file" on_choose=move || state.save_scenario() />
        </Menu>
        <Menu label="Copy" id="copy-menu">
            <MenuItem label="Copy a link" on_choose=move || state.share() />
            <MenuItem label="Copy a Markdown report" on_choose=move || state.copy_report() />
            <MenuItem label="Copy scenario JSON" on_choose=move || state.copy_scenario() />
            <MenuItem label="Copy an admittance command" on_choose=move || state.copy_command() />
            <MenuItem label="Copy an aws iam simulate command" on_choose=move || state.copy_simulation() />
        </Menu>
        <OpenDialog open=opening />
        <ChoiceDialog />
        <ShelfDialog open=shelf />
    }
    .into_any()
}
