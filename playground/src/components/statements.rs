//! Every statement of every document, with the reason why it applies or does not.

use std::collections::HashMap;

use admittance::scenario::StatementResult;
use leptos::prelude::*;

use super::elements::Elements;
use super::icons::{CHECK, CHEVRON, CROSS, DASH, Icon};
use crate::state::{State, StatementRef, use_state};
use crate::words;

/// What the reader opened (true) or closed (false) by hand; the others follow their default.
type Opened = RwSignal<HashMap<(u32, usize), bool>>;

#[component]
pub fn Statements() -> impl IntoView {
    let state = use_state();
    let opened: Opened = RwSignal::new(HashMap::new());
    let statements = Memo::new(move |_| {
        let Some(request) = state.request.get() else { return Vec::new() };
        state.outcome.with(|outcome| {
            let Some(result) = outcome.decided.result(request) else { return Vec::new() };
            let located = |each: &StatementResult| Some((outcome.decided.document(each)?, each.clone()));
            let mut list: Vec<_> = result.statements.iter().filter_map(located).collect();
            // What decided comes first, then what applied; within these, the order of the documents.
            list.sort_by_key(|(_, each)| (!each.decisive, !each.applies));
            list
        })
    });
    Effect::new(move || follow(state.statement.get(), opened));
    view! {
        <Show when=move || statements.with(|list| !list.is_empty())>
            <h3>{move || words::count(statements.with(Vec::len), "statement")}</h3>
            <ul class="statements">
                {move || {
                    statements
                        .get()
                        .into_iter()
                        .map(|(document, statement)| {
                            let at = StatementRef { document, index: statement.index };
                            view! { <Statement at statement opened /> }
                        })
                        .collect_view()
                }}
            </ul>
        </Show>
    }
    .into_any()
}

#[component]
fn Statement(at: StatementRef, statement: StatementResult, opened: Opened) -> impl IntoView {
    let state = use_state();
    let default = statement.decisive;
    let key = (at.document.0, at.index);
    let is_open = Memo::new(move |_| opened.with(|map| map.get(&key).copied().unwrap_or(default)));
    let is_selected = Memo::new(move |_| state.statement.get() == Some(at));
    let (from, to) = (statement.range.start.offset, statement.range.end.offset);
    let choose = move |_| {
        let close = is_open.get_untracked() && is_selected.get_untracked();
        state.select_statement(at, from, to);
        opened.update(|map| {
            map.insert(key, !close);
        });
    };
    let standing = standing(&statement);
    let class = move || {
        let selected = if is_selected.get() { " is-selected" } else { "" };
        format!("statement {}{selected}", standing.class)
    };
    let reason = (!statement.applies).then(|| first_reason(&statement)).flatten();
    let body_id = format!("statement-{}-{}-elements", at.document.0, at.index);
    let elements = statement.elements.clone();
    view! {
        <li class=class id=element_id(at) data-decisive=statement.decisive.to_string()>
            <h4>
                <button
                    type="button"
                    class="statement-head"
                    aria-expanded=move || is_open.get().to_string()
                    aria-controls=body_id.clone()
                    on:click=choose
                >
                    <span class="statement-mark">
                        <Icon path=standing.icon />
                    </span>
                    <span class="statement-title">
                        <span class="statement-effect">{statement.effect.clone()}</span>
                        " "
                        <span class="statement-name">{name(&statement)}</span>
                    </span>
                    <span class="statement-standing">{standing.word}</span>
                    <span class="statement-chevron">
                        <Icon path=CHEVRON />
                    </span>
                    <span class="statement-policy">{policy(state, at, &statement)}</span>
                </button>
            </h4>
            {reason
                .map(|reason| {
                    view! {
                        <p class="statement-reason" hidden=move || is_open.get()>
                            {reason}
                        </p>
                    }
                })}
            <div id=body_id hidden=move || !is_open.get()>
                <Elements document=at.document elements />
            </div>
        </li>
    }
    .into_any()
}

/// How a statement stands to the decision.
struct Standing {
    class: &'static str,
    word: &'static str,
    icon: &'static str,
}

fn standing(statement: &StatementResult) -> Standing {
    match (statement.decisive, statement.applies, statement.effect.as_str()) {
        (true, _, "Deny") => Standing { class: "is-decisive is-deny", word: "decided", icon: CROSS },
        (true, ..) => Standing { class: "is-decisive is-allow", word: "decided", icon: CHECK },
        (_, true, "Deny") => Standing { class: "is-matched is-deny", word: "matched", icon: CROSS },
        (_, true, _) => Standing { class: "is-matched is-allow", word: "matched", icon: CHECK },
        _ => Standing { class: "is-unmatched", word: "did not match", icon: DASH },
    }
}

fn name(statement: &StatementResult) -> String {
    statement.sid.clone().unwrap_or_else(|| format!("Statement {}", statement.index + 1))
}

/// The policy that a statement stands in: its type and its present name.
fn policy(state: State, at: StatementRef, statement: &StatementResult) -> String {
    let kind = words::policy_type(&statement.policy_type);
    let name = state.workspace.with_untracked(|now| now.document(at.document).map(|each| each.name.clone()));
    match name.filter(|name| !name.is_empty()) {
        Some(name) => format!("{kind} · {name}"),
        None => kind.to_owned(),
    }
}

/// The element that kept the statement from applying.
fn first_reason(statement: &StatementResult) -> Option<String> {
    let failed = statement.elements.iter().filter(|each| !each.matched);
    let mut messages = failed.map(|each| each.message.clone());
    let first = messages.next()?;
    Some(match messages.count() {
        0 => first,
        more => format!("{first} (and {more} more)"),
    })
}

fn element_id(at: StatementRef) -> String {
    format!("statement-{}-{}", at.document.0, at.index)
}

/// Opens the statement that was chosen in the editor and brings it into view.
fn follow(chosen: Option<StatementRef>, opened: Opened) {
    let Some(at) = chosen else { return };
    opened.update(|map| {
        map.entry((at.document.0, at.index)).or_insert(true);
    });
    if let Some(element) = document().get_element_by_id(&element_id(at)) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
