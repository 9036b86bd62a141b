//! The request context as rows: the keys that were given, that are missing, and that were derived.

use admittance::catalog::global_condition_key;
use leptos::prelude::*;
use serde::Deserialize;

use super::coded::field_problems;
use super::combobox::{Combobox, Offer};
use super::context_value::{ContextValue, KeyNote, tag_prefix};
use super::each::each;
use super::icons::{CROSS, Icon, PLUS};
use super::request_form::problems;
use super::tag_key::{self, TagKey, kind_of_tag, kinds_of_tags};
use super::tool_button::ToolButton;
use crate::analysis::{json, use_analysis};
use crate::effect::effect;
use crate::known_key::KnownKey;
use crate::state::{State, use_state};
use crate::workspace::{ContextRow, Id, ValueKind};

const KINDS: [(ValueKind, &str, &str); 4] = [
    (ValueKind::Single, "single", "is"),
    (ValueKind::List, "list", "is the list"),
    (ValueKind::Absent, "absent", "is absent"),
    (ValueKind::Unknown, "unknown", "is unknown"),
];

#[component]
pub fn ContextRows() -> impl IntoView {
    let state = use_state();
    let problems = problems(state, "context");
    let ids = state.of_request(|request| request.context.iter().map(|row| row.id).collect::<Vec<_>>());
    let ids = Memo::new(move |_| ids.get());
    view! {
        <div class="context" role="group" aria-labelledby="context-title">
            <h3 id="context-title">"Context keys"</h3>
            <div class="context-add">
                <button type="button" class="button is-small" on:click=move |_| state.add_context_key(String::new())>
                    <Icon path=PLUS />
                    "Add a key"
                </button>
                <button type="button" class="button is-small" on:click=move |_| add_tag(state)>
                    <Icon path=PLUS />
                    "Add a tag"
                </button>
                {move || {
                    missing(state)
                        .into_iter()
                        .map(|key| {
                            let label = key.clone();
                            view! {
                                <button
                                    type="button"
                                    class="button is-small is-missing"
                                    on:click=move |_| state.add_context_key(key.clone())
                                >
                                    <Icon path=PLUS />
                                    <span class="visually-hidden">"Add the missing key "</span>
                                    <code>{label}</code>
                                    <small aria-hidden="true">"missing"</small>
                                </button>
                            }
                        })
                        .collect_view()
                }}
            </div>
            <div class="context-rows">
                {each(move || ids.get(), |id| view! { <Row id /> }.into_any())}
            </div>
            <div class="field-problems">
                {move || {
                    field_problems(problems.get())
                }}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Row(id: Id) -> impl IntoView {
    let state = use_state();
    let analysis = use_analysis();
    let action = state.of_request(|request| request.action.clone());
    let carried = analysis.follow::<Vec<Carried>>("keys", move || Some(action.with(json)));
    let row = Memo::new(move |_| {
        let request = state.request.get()?;
        state.workspace.with(|now| now.request(request)?.context.iter().find(|row| row.id == id).cloned())
    });
    let read = move |of: fn(&ContextRow) -> String| move || row.with(|row| row.as_ref().map(of).unwrap_or_default());
    let change = move |how: Box<dyn FnOnce(&mut ContextRow)>| {
        state.update_request(|request| {
            if let Some(row) = request.context.iter_mut().find(|row| row.id == id) {
                how(row);
            }
        });
    };
    // A memo: the value's field must stay the same element while its text changes.
    let kind = Memo::new(move |_| row.with(|row| row.as_ref().map_or(ValueKind::Single, |row| row.kind)));
    let key = Memo::new(move |_| read(|row| row.key.clone())());
    let global = Memo::new(move |_| key.with(|key| global_condition_key(key.trim()).map(KnownKey::from)));
    // Of the others only the catalog knows.
    let of_service = Memo::new(move |_| key.with(|key| key.contains(':') && global.with(Option::is_none)));
    effect(move || {
        if of_service.get() {
            analysis.need();
        }
    });
    let found = analysis.follow::<Option<KnownKey>>("key", move || of_service.get().then(|| key.with(json)));
    let known = Memo::new(move |_| global.get().or_else(|| found.get().filter(|_| of_service.get())));
    // A key that was typed here, and may have several values, begins as a list.
    let typed = StoredValue::new(false);
    effect(move || {
        let is_new = |row: &ContextRow| row.kind == ValueKind::Single && row.text.is_empty();
        if known.with(|known| known.as_ref().is_some_and(|known| known.multivalued))
            && typed.get_value()
            && row.with_untracked(|row| row.as_ref().is_some_and(is_new))
        {
            change(Box::new(|row| row.kind = ValueKind::List));
        }
    });
    let tag = Memo::new(move |_| key.with(|key| known.with(|known| kind_of_tag(known.as_ref(), key))));
    Effect::new(move |before: Option<bool>| {
        let is_tag = tag.with(Option::is_some);
        if is_tag && before == Some(false) {
            tag_key::go_on(id);
        }
        is_tag
    });
    let overridden = state.of_request(move |request| request.is_overridden(id));
    let remove = move || state.update_request(|request| request.context.retain(|row| row.id != id));
    view! {
        <div class="context-row" role="group" aria-label=move || format!("Context key {}", read(|row| row.key.clone())())>
            {move || {
                let on_input = move |text| {
                    typed.set_value(true);
                    change(Box::new(move |row| row.key = text));
                };
                match tag.get() {
                    Some(prefix) => view! { <TagKey id prefix key on_input /> }.into_any(),
                    None => {
                        view! {
                            <Combobox
                                id=format!("context-key-{}", id.0)
                                label="Key"
                                placeholder="aws:SourceIp"
                                value=key
                                on_input
                                offers=move |typed: &str| keys(state, &carried.get(), typed)
                            />
                        }
                            .into_any()
                    }
                }
            }}
            <select
                class="input"
                aria-label="Kind of value"
                on:change:target=move |event| {
                    let code = event.target().value();
                    if let Some((kind, ..)) = KINDS.into_iter().find(|(_, each, _)| *each == code) {
                        change(Box::new(move |row| row.kind = kind));
                    }
                }
            >
                {KINDS
                    .map(|(each, code, label)| {
                        view! {
                            <option value=code prop:selected=move || kind.get() == each>
                                {label}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            {move || match kind.get() {
                ValueKind::Absent => view! { <span class="context-absent">"not in the request"</span> }.into_any(),
                ValueKind::Unknown => view! { <span class="context-absent">"any value, or none"</span> }.into_any(),
                ValueKind::Single | ValueKind::List => {
                    view! { <ContextValue id row known on_input=move |text| change(Box::new(move |row| row.text = text)) /> }
                        .into_any()
                }
            }}
            <ToolButton
                title="Remove"
                label=Signal::derive(move || format!("Remove the context key {}", read(|row| row.key.clone())()))
                icon=CROSS
                on_press=remove
            />
            <KeyNote known />
            <Show when=move || overridden.get()>
                <p class="context-note">"The same key stands further down; that row counts."</p>
            </Show>
        </div>
    }
    .into_any()
}

/// Adds a row for a tag whose name is to be typed.
fn add_tag(state: State) {
    state.add_context_key(kinds_of_tags().next().unwrap_or_default().to_owned());
}

/// Keys that the engine found missing and that have no row yet.
fn missing(state: State) -> Vec<String> {
    let keys = state.of_result(|result| result.missing_context_keys.clone()).unwrap_or_default();
    without_row(state, keys)
}

/// A key that requests can carry, and why it is offered.
#[derive(Clone, Deserialize)]
struct Carried {
    name: String,
    note: String,
}

/// As many keys as one looks through.
const OFFERED: usize = 14;

/// The keys that fit what was typed: those that the policies mention, those that requests for the action can
/// carry, global ones.
fn keys(state: State, carried: &[Carried], typed: &str) -> Vec<Offer> {
    let typed = typed.trim().to_ascii_lowercase();
    let mut found: Vec<Offer> = Vec::new();
    let mut add = |name: &str, note: &str| {
        // A name of one's own comes behind the last part.
        let prefix = tag_prefix(name);
        let text = prefix.unwrap_or(name);
        let fits = text.to_ascii_lowercase().contains(&typed) && !text.eq_ignore_ascii_case(&typed);
        if fits && found.len() < OFFERED && found.iter().all(|each| !each.text.eq_ignore_ascii_case(text)) {
            found.push(Offer { text: text.to_owned(), note: note.to_owned(), goes_on: prefix.is_some() });
        }
    };
    for key in mentioned(state) {
        add(&key, "in a policy");
    }
    for key in carried {
        add(&key.name, &key.note);
    }
    found
}

/// Keys that the conditions of the policies mention, for the key field to offer.
fn mentioned(state: State) -> Vec<String> {
    let found = state.of_result(|result| {
        let elements = result.statements.iter().flat_map(|each| &each.elements);
        elements.filter_map(|element| element.key.clone()).collect::<Vec<_>>()
    });
    let mut keys = found.unwrap_or_default();
    keys.sort();
    keys.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
    without_row(state, keys)
}

fn without_row(state: State, mut keys: Vec<String>) -> Vec<String> {
    let Some(id) = state.request.get() else { return keys };
    state.workspace.with(|now| {
        if let Some(request) = now.request(id) {
            keys.retain(|key| !request.has_key(key));
        }
    });
    keys
}
