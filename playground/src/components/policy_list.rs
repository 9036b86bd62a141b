//! The documents, grouped by policy type; SCPs and RCPs by level of the organization.

use leptos::prelude::*;

use super::icons::{BIN, CHECK, CROSS, Icon, PLUS, WARN};
use super::tool_button::ToolButton;
use crate::outcome::Subject;
use crate::state::use_state;
use crate::workspace::{Attachment, Id};

const GROUPS: [(Attachment, &str); 6] = [
    (Attachment::Identity, "Identity-based"),
    (Attachment::Resource, "Resource-based"),
    (Attachment::AccessPoint, "S3 access point"),
    (Attachment::PermissionsBoundary, "Permissions boundary"),
    (Attachment::Session, "Session"),
    (Attachment::VpcEndpoint, "VPC endpoint"),
];

#[component]
pub fn PolicyList() -> impl IntoView {
    let groups = GROUPS.map(|(attachment, title)| view! { <Group attachment title /> }).collect_view();
    view! {
        <nav class="policy-list" aria-label="Policy documents">
            {groups} <Levels service_control=true title="Service control (SCP)" />
            <Levels service_control=false title="Resource control (RCP)" />
        </nav>
    }
    .into_any()
}

#[component]
fn Group(attachment: Attachment, title: &'static str) -> impl IntoView {
    let state = use_state();
    let ids = Memo::new(move |_| {
        state.workspace.with(|now| now.attached(attachment).map(|each| each.id).collect::<Vec<_>>())
    });
    view! {
        <Show when=move || ids.with(|ids| !ids.is_empty())>
            <div class="policy-group">
                <h3>{title}</h3>
                <Documents ids />
            </div>
        </Show>
    }
    .into_any()
}

#[component]
fn Levels(service_control: bool, title: &'static str) -> impl IntoView {
    let state = use_state();
    let ids = Memo::new(move |_| {
        state.workspace.with(|now| {
            let levels = if service_control { &now.service_control } else { &now.resource_control };
            levels.iter().map(|each| each.id).collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || ids.with(|ids| !ids.is_empty())>
            <div class="policy-group">
                <h3>{title}</h3>
                <ol class="levels">
                    <For each=move || ids.get() key=|id| *id let:id>
                        <LevelItem id service_control />
                    </For>
                </ol>
                <button type="button" class="button is-small" on:click=move |_| state.add_level(service_control)>
                    <Icon path=PLUS />
                    "Add level"
                </button>
            </div>
        </Show>
    }
    .into_any()
}

#[component]
fn LevelItem(id: Id, service_control: bool) -> impl IntoView {
    let state = use_state();
    let attachment = if service_control { Attachment::ServiceControl(id) } else { Attachment::ResourceControl(id) };
    let name = Memo::new(move |_| {
        state.workspace.with(|now| {
            let mut levels = now.service_control.iter().chain(&now.resource_control);
            levels.find(|each| each.id == id).map(|each| each.name.clone()).unwrap_or_default()
        })
    });
    let ids = Memo::new(move |_| {
        state.workspace.with(|now| now.attached(attachment).map(|each| each.id).collect::<Vec<_>>())
    });
    view! {
        <li class="level">
            <div class="level-head">
                <input
                    class="quiet-input"
                    type="text"
                    aria-label="Level name"
                    placeholder="Root, OU or account"
                    autocomplete="off"
                    prop:value=move || name.get()
                    on:input:target=move |event| {
                        let text = event.target().value();
                        state
                            .workspace
                            .update(|now| {
                                if let Some(level) = now.level_mut(id) {
                                    level.name = text;
                                }
                            });
                    }
                />
                <ToolButton
                    title="Attach a policy here"
                    label=Signal::derive(move || format!("Attach a policy at {}", name.get()))
                    icon=PLUS
                    on_press=move || state.add_to_level(id, service_control)
                />
                <ToolButton
                    title="Delete this level"
                    label=Signal::derive(move || format!("Delete the level {}", name.get()))
                    icon=BIN
                    on_press=move || state.delete_level(id)
                />
            </div>
            <Show
                when=move || ids.with(|ids| !ids.is_empty())
                fallback=|| view! { <p class="quiet">"no policy attached"</p> }
            >
                <Documents ids />
            </Show>
        </li>
    }
    .into_any()
}

#[component]
fn Documents(ids: Memo<Vec<Id>>) -> impl IntoView {
    view! {
        <ul class="documents">
            <For each=move || ids.get() key=|id| *id let:id>
                <li>
                    <DocumentItem id />
                </li>
            </For>
        </ul>
    }
    .into_any()
}

#[component]
fn DocumentItem(id: Id) -> impl IntoView {
    let state = use_state();
    let title =
        Memo::new(move |_| state.workspace.with(|now| now.document(id).map(|each| each.title()).unwrap_or_default()));
    let attached = Memo::new(move |_| {
        state.workspace.with(|now| now.document(id).map(|each| each.attached_to.clone()).unwrap_or_default())
    });
    view! {
        <button
            type="button"
            class="document-item"
            aria-current=move || (state.document.get() == Some(id)).then_some("true")
            on:click=move |_| state.document.set(Some(id))
        >
            <span class="document-name">{move || title.get()}</span>
            <small>{move || attached.get()}</small>
            <DocumentMark id />
        </button>
    }
    .into_any()
}

/// What the document has to do with the decision, or its problems.
#[component]
fn DocumentMark(id: Id) -> impl IntoView {
    let state = use_state();
    let mark = Memo::new(move |_| {
        let request = state.request.get();
        state.outcome.with(|outcome| {
            if outcome.errors().any(|each| each.subject == Subject::Document(id)) {
                return Some(("is-error", WARN, "has errors"));
            }
            let result = outcome.decided.result(request?)?;
            let decisive =
                result.statements.iter().find(|each| each.decisive && outcome.decided.document(each) == Some(id))?;
            Some(if decisive.effect == "Deny" { ("is-deny", CROSS, "denies") } else { ("is-allow", CHECK, "allows") })
        })
    });
    view! {
        {move || {
            mark.get()
                .map(|(class, icon, word)| {
                    view! {
                        <span class=format!("document-mark {class}")>
                            <Icon path=icon />
                            {word}
                        </span>
                    }
                })
        }}
    }
    .into_any()
}
