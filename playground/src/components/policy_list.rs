//! The documents, grouped by policy type; SCPs and RCPs in the tree of the organization.

use leptos::prelude::*;

use super::each::each;
use super::icons::{CHECK, CROSS, DASH, Icon, WARN};
use super::part::part_if;
use crate::outcome::Subject;
use crate::state::use_state;
use crate::workspace::{Attachment, Document, Id};

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
    let state = use_state();
    let groups = GROUPS.map(|(attachment, title)| view! { <Group attachment title /> }).collect_view();
    view! {
        <nav class="policy-list" aria-label="Policy documents">
            {groups}
            {part_if(
                move || state.workspace.with(|now| !now.organization.is_empty()),
                |parts| (parts.organization)(),
            )}
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
fn Documents(ids: Memo<Vec<Id>>) -> impl IntoView {
    view! {
        <ul class="documents">
            {each(move || ids.get(), |id| view! { <li><DocumentItem id /></li> }.into_any())}
        </ul>
    }
    .into_any()
}

#[component]
fn DocumentItem(id: Id) -> impl IntoView {
    let state = use_state();
    let title =
        Memo::new(move |_| state.workspace.with(|now| now.document(id).map(|each| each.title()).unwrap_or_default()));
    let attached =
        Memo::new(move |_| state.workspace.with(|now| now.document(id).map(Document::attached_as).unwrap_or_default()));
    let disabled = Memo::new(move |_| state.workspace.with(|now| now.document(id).is_some_and(|each| each.disabled)));
    view! {
        <button
            type="button"
            class="document-item"
            class:is-disabled=move || disabled.get()
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
pub fn DocumentMark(id: Id) -> impl IntoView {
    let state = use_state();
    let mark = Memo::new(move |_| {
        let request = state.request.get();
        if state.workspace.with(|now| now.document(id).is_some_and(|each| each.disabled)) {
            return Some(("is-off", DASH, "off"));
        }
        state.outcome.with(|outcome| {
            if outcome.errors().any(|each| each.subject == Subject::Document(id)) {
                return Some(("is-error", WARN, "has errors"));
            }
            let request = request?;
            let decided = outcome.last_of(request)?;
            let mut statements = decided.result(request)?.statements.iter();
            let decisive = statements.find(|each| each.decisive && decided.document(each) == Some(id))?;
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
