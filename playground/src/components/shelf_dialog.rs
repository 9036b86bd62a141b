//! The workspaces that are kept in this browser.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::dialog::show_while;
use super::icons::{BIN, CROSS};
use super::tool_button::ToolButton;
use crate::state::{title, use_state};
use crate::storage::{self, Entry};
use crate::workspace::Workspace;

#[component]
pub fn ShelfDialog(open: RwSignal<bool>) -> impl IntoView {
    let state = use_state();
    let dialog = NodeRef::<Dialog>::new();
    show_while(dialog, open);
    let entries = Memo::new(move |_| {
        // Undo, too, changes what is kept.
        state.toast.track();
        state.slot.track();
        if open.get() {
            state.save();
            storage::list()
        } else {
            Vec::new()
        }
    });
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="shelf-title" on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id="shelf-title">"Workspaces"</h2>
                <ToolButton title="Close the workspaces" icon=CROSS on_press=move || open.set(false) />
            </div>
            <div class="dialog-body">
                <p class="quiet">"They are kept in this browser only, and saved while you type."</p>
                <ul class="shelf">
                    <For each=move || entries.get() key=|entry| (entry.id, entry.name.clone()) let:entry>
                        <Item entry open />
                    </For>
                </ul>
                <div class="dialog-buttons">
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| {
                            open.set(false);
                            state.replace(Workspace::blank(), "Started a new workspace".to_owned());
                        }
                    >
                        "New workspace"
                    </button>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| {
                            open.set(false);
                            let mut copy = state.workspace.get_untracked();
                            copy.name = format!("{} (copy)", title(&copy.name));
                            state.replace(copy, "Copied the workspace".to_owned());
                        }
                    >
                        "Copy of this one"
                    </button>
                    <button type="button" class="button" on:click=move |_| state.export_all()>
                        "Save all as a file"
                    </button>
                </div>
            </div>
        </dialog>
    }
    .into_any()
}

#[component]
fn Item(entry: Entry, open: RwSignal<bool>) -> impl IntoView {
    let state = use_state();
    let id = entry.id;
    let name = title(&entry.name).to_owned();
    let present = Memo::new(move |_| state.slot.get() == id);
    let label = name.clone();
    view! {
        <li>
            <button
                type="button"
                class="row-link"
                aria-current=move || present.get().then_some("true")
                on:click=move |_| {
                    open.set(false);
                    state.open_slot(id);
                }
            >
                {name}
                <Show when=move || present.get()>
                    <span class="quiet">"this one"</span>
                </Show>
            </button>
            <ToolButton
                title="Delete this workspace"
                label=Signal::derive(move || format!("Delete {label}"))
                icon=BIN
                disabled=Signal::derive(move || present.get())
                on_press=move || state.forget_slot(&entry)
            />
        </li>
    }
    .into_any()
}
