//! The document in the editor: its name, where it is attached, and what can be done with it.

use leptos::prelude::*;

use super::icons::{BIN, COPY, DOWN, POWER, UP};
use super::tool_button::ToolButton;
use crate::state::{NewPolicy, State, use_state};
use crate::workspace::{Attachment, Document, Id};

/// The codes of a select with their labels.
type Kinds = &'static [(&'static str, &'static str)];

const IDENTITY_KINDS: Kinds = &[("", "managed or inline"), ("managed", "managed"), ("inline", "inline")];

const ENDPOINT_KINDS: Kinds =
    &[("", "kind not given"), ("gateway", "gateway endpoint"), ("interface", "interface endpoint")];

const RESOURCE_KINDS: Kinds = &[
    ("", "kind from the resource’s ARN"),
    ("general", "general"),
    ("role-trust", "role trust policy"),
    ("kms-key", "KMS key policy"),
];

#[component]
pub fn DocumentBar() -> impl IntoView {
    let state = use_state();
    let attachment = Memo::new(move |_| {
        let id = state.document.get()?;
        state.workspace.with(|now| now.document(id).map(|each| each.attachment))
    });
    let on_document = move |act: fn(State, Id)| {
        if let Some(id) = state.document.get_untracked() {
            act(state, id);
        }
    };
    let disabled = state.of_document(|each| each.disabled);
    let can_move = move |down| {
        let id = state.document.get();
        state.workspace.with(|now| id.is_some_and(|id| now.can_move_document(id, down)))
    };
    let shift = move |down| {
        if let Some(id) = state.document.get_untracked() {
            state.workspace.update(|now| now.move_document(id, down));
        }
    };
    view! {
        <div class="document-bar">
            <input
                class="quiet-input document-title"
                type="text"
                aria-label="Policy name"
                placeholder="Unnamed policy"
                autocomplete="off"
                prop:value=move || state.of_document(|each| each.name.clone()).get()
                on:input:target=move |event| {
                    let name = event.target().value();
                    state.update_document(|each| each.name = name);
                }
            />
            <PolicyType attachment />
            {move || match attachment.get() {
                Some(Attachment::Identity) => {
                    view! {
                        <Kind kinds=IDENTITY_KINDS label="Managed or inline" />
                        <AttachedTo />
                    }
                        .into_any()
                }
                Some(Attachment::Resource) => view! { <Kind kinds=RESOURCE_KINDS label="Kind of resource-based policy" /> }.into_any(),
                Some(Attachment::VpcEndpoint) => {
                    view! { <Kind kinds=ENDPOINT_KINDS label="Kind of VPC endpoint" /> }.into_any()
                }
                _ => ().into_any(),
            }}
            <Show when=move || disabled.get()>
                <span class="document-off">"off: not attached for the moment"</span>
            </Show>
            <div class="tools">
                <ToolButton
                    title="Move this policy up"
                    icon=UP
                    disabled=Signal::derive(move || !can_move(false))
                    on_press=move || shift(false)
                />
                <ToolButton
                    title="Move this policy down"
                    icon=DOWN
                    disabled=Signal::derive(move || !can_move(true))
                    on_press=move || shift(true)
                />
                <ToolButton
                    title="Disable this policy for the moment"
                    icon=POWER
                    pressed=disabled
                    on_press=move || state.update_document(|each| each.disabled = !each.disabled)
                />
                <ToolButton
                    title="Duplicate this policy"
                    icon=COPY
                    disabled=Signal::derive(move || attachment.get().is_some_and(Attachment::holds_one))
                    on_press=move || on_document(State::duplicate_document)
                />
                <ToolButton
                    title="Delete this policy"
                    icon=BIN
                    on_press=move || on_document(State::delete_document)
                />
            </div>
        </div>
    }
    .into_any()
}

/// The type of the document, which can be another one: a pasted text does not say that it is an SCP.
#[component]
fn PolicyType(attachment: Memo<Option<Attachment>>) -> impl IntoView {
    let state = use_state();
    let present = Memo::new(move |_| attachment.get().map(NewPolicy::of));
    view! {
        <select
            class="input attached"
            aria-label="Type of policy"
            on:change:target=move |event| {
                let label = event.target().value();
                let new = NewPolicy::ALL.into_iter().find(|each| each.short() == label);
                if let (Some(id), Some(new)) = (state.document.get_untracked(), new) {
                    state.reattach(id, new);
                }
            }
        >
            {NewPolicy::ALL
                .map(|new| {
                    let is_present = move || present.get() == Some(new);
                    view! {
                        <option
                            value=new.short()
                            prop:selected=is_present
                            disabled=move || !is_present() && !state.can_add(new)
                        >
                            {new.short()}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
    .into_any()
}

/// What an identity-based policy is attached to.
#[component]
fn AttachedTo() -> impl IntoView {
    let state = use_state();
    let attached = state.of_document(|each| each.attached_to.clone());
    let target = Memo::new(move |_| attached.with(|text| text.split('/').next().unwrap_or_default().to_owned()));
    let group = Memo::new(move |_| attached.with(|text| text.strip_prefix("group/").unwrap_or_default().to_owned()));
    let set = move |text: String| state.update_document(|each: &mut Document| each.attached_to = text);
    view! {
        <span class="attached">
            <select
                class="input"
                aria-label="Attached to"
                on:change:target=move |event| {
                    let target = event.target().value();
                    set(if target == "group" { "group/".to_owned() } else { target });
                }
            >
                {[("", "of the caller"), ("user", "of the user"), ("role", "of the role"), ("group", "of the group")]
                    .map(|(code, label)| {
                        view! {
                            <option value=code prop:selected=move || target.get() == code>
                                {label}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <Show when=move || target.get() == "group">
                <input
                    class="input"
                    type="text"
                    aria-label="Group name"
                    placeholder="group name"
                    autocomplete="off"
                    prop:value=move || group.get()
                    on:input:target=move |event| set(format!("group/{}", event.target().value()))
                />
            </Show>
        </span>
    }
    .into_any()
}

/// What kind of resource-based or endpoint policy the document is.
#[component]
fn Kind(kinds: Kinds, label: &'static str) -> impl IntoView {
    let state = use_state();
    let kind = state.of_document(|each| each.kind.clone());
    view! {
        <select
            class="input attached"
            aria-label=label
            on:change:target=move |event| {
                let kind = event.target().value();
                state.update_document(|each| each.kind = kind);
            }
        >
            {kinds
                .iter()
                .map(|&(code, label)| {
                    view! {
                        <option value=code prop:selected=move || kind.get() == code>
                            {label}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
    .into_any()
}
