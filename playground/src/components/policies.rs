//! The policies: the list of documents, and the editor for one of them.

use leptos::prelude::*;

use super::document_bar::DocumentBar;
use super::editor_pane::EditorPane;
use super::icons::PLUS;
use super::menu::{Menu, MenuItem};
use super::part::part;
use super::policy_list::PolicyList;
use super::problems::Problems;
use crate::state::{NewPolicy, use_state};

#[component]
pub fn Policies() -> impl IntoView {
    let state = use_state();
    view! {
        <section class="panel policies" aria-labelledby="policies-title">
            <div class="policies-side">
                <div class="panel-head">
                    <h2 id="policies-title">"Policies"</h2>
                    <Menu label="Add policy" id="add-policy-menu" icon=PLUS>
                        {part(|parts| (parts.add_items)())}
                    </Menu>
                </div>
                <PolicyList />
            </div>
            <div class="policies-main">
                <Show when=move || state.document.get().is_some() fallback=|| view! { <NoPolicy /> }>
                    <DocumentBar />
                </Show>
                <EditorPane />
                <Problems />
            </div>
        </section>
    }
    .into_any()
}

/// The policy types that can be added.
#[component]
pub fn AddItems() -> impl IntoView {
    let state = use_state();
    NewPolicy::ALL
        .map(|new| {
            view! {
                <MenuItem
                    label=new.label()
                    disabled=Signal::derive(move || !state.can_add(new))
                    on_choose=move || state.add_policy(new)
                />
            }
        })
        .collect_view()
        .into_any()
}

#[component]
fn NoPolicy() -> impl IntoView {
    let state = use_state();
    view! {
        <div class="no-policy">
            <p>
                "There is no policy here yet. Paste a policy document anywhere on this page, drop a file, or paste the details of the account, which attach all policies of the caller: "
                <code>"aws iam get-account-authorization-details"</code> "."
            </p>
            <button type="button" class="button" on:click=move |_| state.add_policy(NewPolicy::Identity)>
                "Add an identity-based policy"
            </button>
        </div>
    }
    .into_any()
}
