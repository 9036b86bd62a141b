//! The organization as a tree that is edited: nodes, and the SCPs and RCPs attached to them.

use leptos::html::{Input, Ul};
use leptos::prelude::*;
use leptos::web_sys::KeyboardEvent;

use super::each::each;
use super::icons::{BIN, DOWN, FORK, Icon, PEN, PLUS, UP};
use super::policy_list::DocumentMark;
use super::tool_button::ToolButton;
use super::walk;
use crate::effect::effect;
use crate::state::{State, use_state};
use crate::workspace::{Attachment, Id, Way};

/// What the reader does with the tree.
#[derive(Clone, Copy)]
struct Editing {
    state: State,
    /// The node or document that the tools are for.
    selected: RwSignal<Option<Id>>,
    /// The node whose name is being typed.
    renamed: RwSignal<Option<Id>>,
    tree: NodeRef<Ul>,
}

impl Editing {
    /// The node that is selected, or that the selected document is attached to; else the last one.
    fn node(self) -> Option<Id> {
        let selected = self.selected.get();
        self.state.workspace.with(|now| {
            let node = selected.and_then(|id| match now.document(id).map(|each| each.attachment) {
                Some(Attachment::ServiceControl(node) | Attachment::ResourceControl(node)) => Some(node),
                _ => now.node(id).map(|node| node.id),
            });
            node.or(now.organization.last().map(|node| node.id))
        })
    }

    /// The selected document.
    fn document(self) -> Option<Id> {
        let selected = self.selected.get()?;
        self.state.workspace.with(|now| now.document(selected).map(|each| each.id))
    }

    fn add_ou(self) {
        let node = untrack(|| self.node());
        let added = self.state.add_ou(node);
        self.selected.set(Some(added));
        self.rename(added);
    }

    fn rename(self, node: Id) {
        self.renamed.set(Some(node));
    }

    fn shift(self, down: bool) {
        let (document, node) = untrack(|| (self.document(), self.node()));
        self.state.workspace.update(|now| match (document, node) {
            (Some(document), _) => now.move_document(document, down),
            (None, Some(node)) => now.move_node(node, down),
            _ => {}
        });
        self.focus_selected();
    }

    fn can_shift(self, down: bool) -> bool {
        let (document, node) = (self.document(), self.node());
        self.state.workspace.with(|now| match (document, node) {
            (Some(document), _) => now.can_move_document(document, down),
            (None, Some(node)) => now.can_move_node(node, down),
            _ => false,
        })
    }

    fn delete(self) {
        let (document, node) = untrack(|| (self.document(), self.node()));
        match (document, node) {
            (Some(document), _) => {
                self.selected.set(node);
                self.state.delete_document(document);
            }
            (None, Some(node)) => {
                let name = self.state.workspace.with_untracked(|now| now.node(node).map(|each| each.name.clone()));
                let next = self.state.workspace.with_untracked(|now| {
                    let at = now.organization.iter().position(|each| each.id == node)?;
                    at.checked_sub(1).and_then(|at| now.organization.get(at)).map(|each| each.id)
                });
                self.selected.set(next);
                let message = format!("Deleted “{}” and what was attached there", name.unwrap_or_default());
                self.state.change(message, |now| {
                    now.remove_node(node);
                });
            }
            _ => {}
        }
        self.focus_selected();
    }

    /// The selected line keeps the focus when its place changes.
    fn focus_selected(self) {
        request_animation_frame(move || {
            let Some(tree) = self.tree.get_untracked() else { return };
            let items = walk::items(&tree);
            if let Some(item) = items.iter().find(|item| item.get_attribute("aria-selected").as_deref() == Some("true"))
            {
                walk::focus(&items, item);
            }
        });
    }
}

#[component]
pub fn Organization() -> impl IntoView {
    let state = use_state();
    let editing = Editing { state, selected: RwSignal::new(None), renamed: RwSignal::new(None), tree: NodeRef::new() };
    let first = Memo::new(move |_| state.workspace.with(|now| now.below(None)));
    let exists = Memo::new(move |_| first.with(|first| !first.is_empty()));
    // A document that is opened elsewhere is selected here, too.
    let opened = Memo::new(move |_| state.document.get());
    effect(move || {
        let Some(id) = opened.get() else { return };
        let here = |attachment| matches!(attachment, Attachment::ServiceControl(_) | Attachment::ResourceControl(_));
        if state.workspace.with_untracked(|now| now.document(id).is_some_and(|each| here(each.attachment)))
            && editing.renamed.with_untracked(Option::is_none)
        {
            editing.selected.set(Some(id));
        }
    });
    view! {
        <Show when=move || exists.get()>
            <div class="policy-group organization">
                <h3 id="organization-title">"Organization"</h3>
                <ul
                    class="org-tree"
                    role="tree"
                    aria-labelledby="organization-title"
                    node_ref=editing.tree
                    on:keydown=move |event| keydown(editing, &event)
                >
                    {each(move || first.get(), move |id| node(id, editing))}
                </ul>
                <Tools editing />
            </div>
        </Show>
    }
    .into_any()
}

fn keydown(editing: Editing, event: &KeyboardEvent) {
    if editing.renamed.with_untracked(Option::is_some) {
        return;
    }
    let Some(tree) = editing.tree.get_untracked() else { return };
    match event.key().as_str() {
        "ArrowUp" | "ArrowDown" if event.alt_key() => {
            let down = event.key() == "ArrowDown";
            if untrack(|| editing.can_shift(down)) {
                editing.shift(down);
            }
        }
        "F2" => {
            let (document, node) = untrack(|| (editing.document(), editing.node()));
            match (document, node) {
                (Some(_), _) => focus_title(),
                (None, Some(node)) => editing.rename(node),
                _ => return,
            }
        }
        "Insert" => editing.add_ou(),
        "Delete" | "Backspace" => editing.delete(),
        _ if !walk::moved(&tree, event, ".org-line") => return,
        _ => {}
    }
    event.prevent_default();
    event.stop_propagation();
}

/// A document is renamed in the bar over the editor.
fn focus_title() {
    if let Ok(Some(title)) = document().query_selector(".document-title") {
        walk::focus_element(&title);
    }
}

fn node(id: Id, editing: Editing) -> AnyView {
    let state = editing.state;
    let of = move |read: fn(&crate::workspace::Node) -> String| {
        state.workspace.with(|now| now.node(id).map(read).unwrap_or_default())
    };
    let name = Memo::new(move |_| of(|node| node.name.clone()));
    let title = move || name.with(|name| if name.is_empty() { "Unnamed".to_owned() } else { name.clone() });
    let documents =
        Memo::new(move |_| state.workspace.with(|now| now.at_node(id).map(|each| each.id).collect::<Vec<_>>()));
    let below = Memo::new(move |_| state.workspace.with(|now| now.below(Some(id))));
    let way = Memo::new(move |_| {
        state.workspace.with(|now| match now.node(id).map(|node| node.way) {
            Some(Way::Caller) => "caller’s way",
            Some(Way::Resource) => "resource’s way",
            _ => "",
        })
    });
    // A level of SCPs or RCPs that has none of them lets nothing pass.
    let empty = Memo::new(move |_| {
        state.workspace.with(|now| {
            let missing = |service_control: bool, attachment: Attachment| {
                let lists = now.node(id).is_some_and(|node| node.lists(service_control));
                lists && now.attached(attachment).all(|each| each.disabled)
            };
            match (missing(true, Attachment::ServiceControl(id)), missing(false, Attachment::ResourceControl(id))) {
                (true, true) => "no SCP and no RCP: nothing passes",
                (true, false) => "no SCP: nothing passes",
                (false, true) => "no RCP: nothing passes",
                _ => "",
            }
        })
    });
    let is_selected = Memo::new(move |_| editing.selected.get() == Some(id));
    let is_renamed = Memo::new(move |_| editing.renamed.get() == Some(id));
    let is_stop = Memo::new(move |_| is_stop(editing, id));
    let label = format!("org-{}", id.0);
    view! {
        <li
            role="treeitem"
            aria-selected=move || is_selected.get().to_string()
            aria-labelledby=format!("{label} {label}-empty")
            tabindex=move || if is_stop.get() { "0" } else { "-1" }
            on:focus=move |_| editing.selected.set(Some(id))
        >
            <div class="org-line" on:click=move |_| editing.selected.set(Some(id)) on:dblclick=move |_| editing.rename(id)>
                <span id=label.clone() class="org-name" hidden=move || is_renamed.get()>
                    {title} " " <small>{move || way.get()}</small>
                </span>
                <Show when=move || is_renamed.get()>
                    <Rename id editing name=name.get_untracked() />
                </Show>
            </div>
            <p id=format!("{label}-empty") class="org-empty" hidden=move || empty.get().is_empty()>
                {move || empty.get()}
            </p>
            <Show when=move || !documents.with(Vec::is_empty) || !below.with(Vec::is_empty)>
                <ul role="group">
                    {each(move || documents.get(), move |id| attached(id, editing))}
                    {each(move || below.get(), move |id| node(id, editing))}
                </ul>
            </Show>
        </li>
    }
    .into_any()
}

/// Whether Tab stops at an item: at the selected one, or else at the first.
fn is_stop(editing: Editing, id: Id) -> bool {
    let selected = editing.selected.get();
    editing.state.workspace.with(|now| {
        let here = |id: Id| {
            now.node(id).is_some() || now.organization.iter().any(|node| now.at_node(node.id).any(|each| each.id == id))
        };
        match selected.filter(|id| here(*id)) {
            Some(selected) => selected == id,
            None => now.organization.first().is_some_and(|node| node.id == id),
        }
    })
}

#[component]
fn Rename(id: Id, editing: Editing, name: String) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    effect(move || {
        if let Some(input) = input.get() {
            walk::focus_element(&input);
            input.select();
        }
    });
    let before = name.clone();
    let done = move |back: bool| {
        if editing.renamed.get_untracked() == Some(id) {
            editing.renamed.set(None);
            // Before the field goes, or the next key finds nothing that has the focus.
            if back
                && let Some(input) = input.get_untracked()
                && let Ok(Some(item)) = input.closest("[role=treeitem]")
            {
                walk::focus_element(&item);
            }
        }
    };
    let set = move |name: String| {
        editing.state.workspace.update(|now| {
            if let Some(node) = now.node_mut(id) {
                node.name = name;
            }
        });
    };
    view! {
        <input
            class="input"
            type="text"
            aria-label="Name of the root, OU or account"
            autocomplete="off"
            spellcheck="false"
            value=name
            node_ref=input
            on:input:target=move |event| set(event.target().value())
            on:blur=move |_| done(false)
            on:keydown=move |event: KeyboardEvent| {
                match event.key().as_str() {
                    "Enter" => done(true),
                    "Escape" => {
                        set(before.clone());
                        done(true);
                    }
                    _ => return,
                }
                event.prevent_default();
                event.stop_propagation();
            }
        />
    }
    .into_any()
}

fn attached(id: Id, editing: Editing) -> AnyView {
    let state = editing.state;
    let title =
        Memo::new(move |_| state.workspace.with(|now| now.document(id).map(|each| each.title()).unwrap_or_default()));
    let kind = state.workspace.with_untracked(|now| match now.document(id).map(|each| each.attachment) {
        Some(Attachment::ServiceControl(_)) => "SCP",
        Some(Attachment::ResourceControl(_)) => "RCP",
        _ => "",
    });
    let is_selected = Memo::new(move |_| editing.selected.get() == Some(id));
    let is_stop = Memo::new(move |_| is_stop(editing, id));
    let disabled = Memo::new(move |_| state.workspace.with(|now| now.document(id).is_some_and(|each| each.disabled)));
    view! {
        <li
            role="treeitem"
            aria-selected=move || is_selected.get().to_string()
            tabindex=move || if is_stop.get() { "0" } else { "-1" }
            on:focus=move |_| editing.selected.set(Some(id))
        >
            <div
                class="org-line document-item"
                class:is-disabled=move || disabled.get()
                aria-current=move || (state.document.get() == Some(id)).then_some("true")
                on:click=move |_| {
                    editing.selected.set(Some(id));
                    state.document.set(Some(id));
                }
            >
                <small>{kind}</small>
                <span class="document-name">{move || title.get()}</span>
                <DocumentMark id />
            </div>
        </li>
    }
    .into_any()
}

/// What can be done at the selected node, or with the selected policy.
#[component]
fn Tools(editing: Editing) -> impl IntoView {
    let state = editing.state;
    let at = Memo::new(move |_| {
        let node = editing.node();
        state.workspace.with(|now| node.and_then(|node| now.node(node).cloned()))
    });
    let name = Memo::new(move |_| at.with(|at| at.as_ref().map(|node| node.name.clone()).unwrap_or_default()));
    let add = move |service_control: bool| {
        let label = if service_control { "SCP" } else { "RCP" };
        let allowed = move || at.with(|at| at.as_ref().is_some_and(|node| node.way.has(service_control)));
        view! {
            <button
                type="button"
                class="button is-small"
                aria-label=move || format!("Attach an {label} at {}", name.get())
                disabled=move || !allowed()
                on:click=move |_| {
                    if let Some(node) = untrack(|| editing.node()) {
                        state.add_to_node(node, service_control);
                    }
                }
            >
                <Icon path=PLUS />
                {label}
            </button>
        }
    };
    let parts = Memo::new(move |_| state.workspace.with(|now| now.parts()));
    let can_part = Memo::new(move |_| {
        let node = editing.node();
        state.workspace.with(|now| now.parts() || node.is_some_and(|node| now.can_part(node)))
    });
    let part = move || {
        let Some(node) = untrack(|| editing.node()) else { return };
        if parts.get_untracked() {
            state.change("Caller and resource are in the same branch", |now| now.join());
        } else {
            state.change("Caller and resource are in branches of their own", |now| now.part(node));
        }
    };
    view! {
        <div class="org-tools" role="group" aria-label=move || format!("At {}", name.get())>
            <button
                type="button"
                class="button is-small"
                aria-label=move || format!("Add an OU or account below {}", name.get())
                on:click=move |_| editing.add_ou()
            >
                <Icon path=PLUS />
                "OU"
            </button>
            {add(true)}
            {add(false)}
            <ToolButton
                title="Rename"
                label=Signal::derive(move || format!("Rename {}", name.get()))
                icon=PEN
                on_press=move || {
                    if let Some(node) = untrack(|| editing.node()) {
                        editing.rename(node);
                    }
                }
            />
            <ToolButton
                title="Move up"
                icon=UP
                disabled=Signal::derive(move || !editing.can_shift(false))
                on_press=move || editing.shift(false)
            />
            <ToolButton
                title="Move down"
                icon=DOWN
                disabled=Signal::derive(move || !editing.can_shift(true))
                on_press=move || editing.shift(true)
            />
            <ToolButton
                title="From here on, the caller and the resource have branches of their own"
                icon=FORK
                disabled=Signal::derive(move || !can_part.get())
                pressed=Signal::derive(move || parts.get())
                on_press=part
            />
            <ToolButton
                title="Delete what is selected"
                icon=BIN
                on_press=move || editing.delete()
            />
        </div>
    }
    .into_any()
}
