//! The bar at the top: what this is, which scenario it shows, and where to find others.

use leptos::prelude::*;

use super::icons::{GRID, Icon, QUESTION};
use super::scenario_menu::ScenarioMenu;
use super::theme_switch::ThemeSwitch;
use super::tool_button::ToolButton;
use super::views::Views;
use crate::keys::Dialogs;
use crate::state::use_state;

#[component]
pub fn Header() -> impl IntoView {
    let state = use_state();
    let dialogs = expect_context::<Dialogs>();
    view! {
        <header class="header">
            <h1 class="brand">
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M4 21V9a8 8 0 0 1 16 0v12" />
                    <path d="M8.5 13.5l2.6 2.6 4.6-5" />
                </svg>
                "Admittance"
            </h1>
            <Views />
            <div class="scenario-name">
                <input
                    class="quiet-input"
                    type="text"
                    aria-label="Scenario name"
                    placeholder="Untitled scenario"
                    autocomplete="off"
                    prop:value=move || state.workspace.with(|now| now.name.clone())
                    on:input:target=move |event| {
                        let name = event.target().value();
                        state.workspace.update(|now| now.name = name);
                    }
                />
            </div>
            <div class="header-tools">
                <button type="button" class="button" aria-haspopup="dialog" on:click=move |_| dialogs.gallery.set(true)>
                    <Icon path=GRID />
                    "Examples"
                </button>
                <ScenarioMenu />
                <button
                    type="button"
                    class="button"
                    aria-haspopup="dialog"
                    title="All commands and fields, by name (Ctrl K)"
                    on:click=move |_| dialogs.palette.set(true)
                >
                    "Commands"
                </button>
                <ToolButton title="Keys (?)" icon=QUESTION on_press=move || dialogs.shortcuts.set(true) />
                <ThemeSwitch />
            </div>
        </header>
    }
    .into_any()
}
