//! Lines of an explanation as a tree: arrow keys move in it, a line leads to the text it speaks of.

use std::collections::HashMap;

use admittance::explain::Mark;
use leptos::html::Ul;
use leptos::prelude::*;
use leptos::web_sys::{KeyboardEvent, MouseEvent};

use super::icons::{CHECK, CHEVRON, CROSS, DASH, Icon, PAGE, QUESTION};
use super::values::Values;
use super::walk;
use crate::explained::{Kind, Line};
use crate::state::use_state;
use crate::workspace::Id;

/// What the reader opened (true) or closed (false), by the keys of lines, and where the reader is.
#[derive(Clone, Copy)]
pub struct Reading {
    pub opened: RwSignal<HashMap<String, bool>>,
    /// The line that was chosen last.
    pub selected: RwSignal<Option<String>>,
}

impl Reading {
    pub fn new() -> Self {
        Self { opened: RwSignal::new(HashMap::new()), selected: RwSignal::new(None) }
    }

    /// Opens the lines of a path and brings its last one into view, with the focus.
    pub fn show(self, path: &[String]) {
        let Some(key) = path.last().cloned() else { return };
        self.selected.set(Some(key.clone()));
        self.opened.update(|opened| opened.extend(path.iter().map(|key| (key.clone(), true))));
        walk::show_line(key, true);
    }

    fn set(self, key: &str, open: bool) {
        self.opened.update(|map| {
            map.insert(key.to_owned(), open);
        });
    }
}

/// What the reader does with the explanation, from within any component.
pub fn use_reading() -> Reading {
    expect_context()
}

#[component]
pub fn Tree(lines: Vec<Line>, label: &'static str, reading: Reading) -> impl IntoView {
    let tree = NodeRef::<Ul>::new();
    // One line takes the focus: the one chosen last, or else the first.
    let first = lines.first().map(|line| line.key.clone());
    let mut keys = Vec::new();
    collect(&lines, &mut keys);
    let stop = Memo::new(move |_| reading.selected.get().filter(|key| keys.contains(key)).or(first.clone()));
    let keydown = move |event: KeyboardEvent| {
        let Some(tree) = tree.get_untracked() else { return };
        if walk::moved(&tree, &event, ".line") {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let items = lines.into_iter().map(|line| item(line, 1, reading, stop)).collect_view();
    view! {
        <ul class="tree" role="tree" aria-label=label node_ref=tree on:keydown=keydown>
            {items}
        </ul>
    }
    .into_any()
}

fn collect(lines: &[Line], keys: &mut Vec<String>) {
    for line in lines {
        keys.push(line.key.clone());
        collect(&line.children, keys);
    }
}

fn item(line: Line, level: usize, reading: Reading, stop: Memo<Option<String>>) -> AnyView {
    let state = use_state();
    let Line { key, text, mark, kind, place, statement, decisive, hint, values, open, children } = line;
    let has_children = !children.is_empty();
    let is_open = {
        let key = key.clone();
        Memo::new(move |_| has_children && reading.opened.with(|map| map.get(&key).copied().unwrap_or(open)))
    };
    let is_selected = {
        let key = key.clone();
        Memo::new(move |_| reading.selected.with(|selected| selected.as_ref() == Some(&key)))
    };
    let is_stop = {
        let key = key.clone();
        Memo::new(move |_| stop.with(|stop| stop.as_ref() == Some(&key)))
    };
    let toggle = {
        let key = key.clone();
        move || reading.set(&key, !is_open.get_untracked())
    };
    let choose = {
        let (key, toggle) = (key.clone(), toggle.clone());
        move |_| {
            let again = is_selected.get_untracked();
            reading.selected.set(Some(key.clone()));
            match (statement, place) {
                (Some(statement), Some(place)) => state.select_statement(statement, place.from, place.to),
                (None, Some(place)) => state.reveal_text(place),
                _ => {}
            }
            // What leads somewhere is closed only by choosing it again.
            if has_children && (place.is_none() || again || !is_open.get_untracked()) {
                toggle();
            }
        }
    };
    let chevron = has_children.then(|| {
        let toggle = move |event: MouseEvent| {
            event.stop_propagation();
            toggle();
        };
        view! {
            <span class="line-chevron" on:click=toggle>
                <Icon path=CHEVRON />
            </span>
        }
    });
    let (class, icon) = match mark {
        _ if kind == Kind::Document => ("is-document", PAGE),
        Mark::Pass => ("is-pass", CHECK),
        Mark::Fail => ("is-fail", CROSS),
        Mark::Open => ("is-open", QUESTION),
        Mark::Neutral => ("is-neutral", DASH),
    };
    let linked = if place.is_some() { " is-linked" } else { "" };
    let label = format!("line-{}", Id::fresh().0);
    let (head, rest) = match text.split_once(": ") {
        Some((head, rest)) if level == 1 => (Some(format!("{head}: ")), rest.to_owned()),
        _ => (None, text),
    };
    let sign = match mark {
        Mark::Pass => "passes: ",
        Mark::Fail => "fails: ",
        Mark::Open => "open: ",
        Mark::Neutral => "",
    };
    view! {
        <li
            class=format!("{class}{linked}")
            role="treeitem"
            aria-expanded=has_children.then_some(move || is_open.get().to_string())
            aria-selected=move || is_selected.get().to_string()
            aria-labelledby=label.clone()
            tabindex=move || if is_stop.get() { "0" } else { "-1" }
            data-key=key
            data-decisive=decisive.then_some("true")
            data-statement=statement.map(|at| format!("{}-{}", at.document.0, at.index))
        >
            <div class="line" on:click=choose>
                <span class="line-mark">
                    <Icon path=icon />
                </span>
                <span class="line-text" id=label.clone()>
                    <span class="visually-hidden">{sign}</span>
                    {head.map(|head| view! { <b>{head}</b> })}
                    {rest}
                    {decisive.then(|| view! { <span class="line-decided">"decided"</span> })}
                </span>
                {chevron}
            </div>
            {hint
                .map(|hint| {
                    view! {
                        <p class="line-hint" hidden=move || is_open.get()>
                            {hint}
                        </p>
                    }
                })}
            {(!values.is_empty()).then(|| view! { <Values values /> })}
            {move || {
                is_open
                    .get()
                    .then(|| {
                        let below = children.clone().into_iter();
                        let below = below.map(|line| item(line, level + 1, reading, stop)).collect_view();
                        view! { <ul role="group">{below}</ul> }
                    })
            }}
        </li>
    }
    .into_any()
}
