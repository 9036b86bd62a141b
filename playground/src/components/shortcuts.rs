//! The list of keys, under `?`.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::dialog::show_while;
use super::icons::CROSS;
use super::tool_button::ToolButton;

const KEYS: [(&str, &[(&str, &str)]); 5] = [
    (
        "Everywhere",
        &[
            ("Ctrl K", "All commands and fields, by name"),
            ("?", "These keys"),
            ("F6", "To the next part of the page; with Shift to the one before"),
            ("Ctrl Z", "Outside of text: take back what the message at the foot of the page says"),
            ("Esc", "Close what is open"),
        ],
    ),
    (
        "Editor",
        &[
            ("Ctrl Enter", "Why the statement at the cursor does or does not apply"),
            ("Ctrl Space", "What can stand here"),
            ("Ctrl .", "Repair what is underlined"),
            ("Shift Alt F", "Format the document"),
            ("Ctrl F", "Search and replace"),
            ("F8", "To the next problem"),
            ("Ctrl Shift [", "Fold, with ] unfold"),
            ("Esc Tab", "Leave the editor"),
        ],
    ),
    ("Gates", &[("← →", "From gate to gate"), ("Enter", "What the gate did, and its documents")]),
    (
        "Explanation",
        &[
            ("↑ ↓", "From line to line"),
            ("→ ←", "Into a line and out of it"),
            ("Enter", "Show the text that the line speaks of"),
        ],
    ),
    (
        "Organization",
        &[
            ("Insert", "An OU or account below"),
            ("F2", "Rename"),
            ("Alt ↑ ↓", "Move a node, or a policy to another place"),
            ("Delete", "Delete, with undo"),
        ],
    ),
];

#[component]
pub fn Shortcuts(open: RwSignal<bool>) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    show_while(dialog, open);
    let groups = KEYS
        .iter()
        .map(|(title, keys)| {
            let keys = keys
                .iter()
                .map(|(keys, what)| {
                    let keys = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> }).collect_view();
                    view! {
                        <div>
                            <dt>{keys}</dt>
                            <dd>{*what}</dd>
                        </div>
                    }
                })
                .collect_view();
            view! {
                <section>
                    <h3>{*title}</h3>
                    <dl>{keys}</dl>
                </section>
            }
        })
        .collect_view();
    view! {
        <dialog class="dialog shortcuts" node_ref=dialog aria-labelledby="shortcuts-title" on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id="shortcuts-title">"Keys"</h2>
                <ToolButton title="Close the list of keys" icon=CROSS on_press=move || open.set(false) />
            </div>
            <div class="shortcut-groups">{groups}</div>
            <p class="quiet">"On a Mac, ⌘ stands for Ctrl."</p>
        </dialog>
    }
    .into_any()
}
