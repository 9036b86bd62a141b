//! The path through the gates as a picture: how far the request came, and what each gate did with it.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};
use wasm_bindgen::JsCast;

use super::icons::{CHEVRON, DecisionIcon, Icon, PAGE};
use super::tree::{Reading, use_reading};
use super::walk;
use crate::explained::Line;
use crate::gates::{self, Passage, Stop};
use crate::state::{State, use_state};
use crate::workspace::Id;

#[component]
pub fn GatePath() -> impl IntoView {
    let state = use_state();
    let reading = use_reading();
    let path = Memo::new(move |_| state.of_result(gates::path).unwrap_or_default());
    let decision = Memo::new(move |_| state.of_result(|result| result.decision.clone()).unwrap_or_default());
    // The gate whose details are shown, by its name: it stays while the policies are edited.
    let chosen = RwSignal::new(None::<String>);
    let shown = Memo::new(move |_| {
        let name = chosen.get()?;
        path.with(|path| path.iter().position(|stop| stop.name == name))
    });
    let lit = Memo::new(move |_| {
        let key = reading.selected.get()?;
        let explained = state.explained.get()?;
        path.with(|path| explained.gate_of(path, &key))
    });
    let choose = move |at: usize| {
        let name = path.with_untracked(|path| path.get(at).map(|stop| stop.name.clone()));
        if chosen.get_untracked() == name {
            chosen.set(None);
            return;
        }
        chosen.set(name);
        if let Some(key) = line(state, path, at).map(|line| line.key) {
            open(reading, key.clone());
            if stands_beside() {
                walk::show_line(key, false);
            }
        }
    };
    let bar = NodeRef::<Div>::new();
    let keydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" && chosen.get_untracked().is_some() {
            chosen.set(None);
        } else if !bar.get_untracked().is_some_and(|bar| moved(&bar, &event.key())) {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <Show when=move || path.with(|path| !path.is_empty())>
            <div class="gate-path" on:keydown=keydown>
                <div class="gate-stops" role="toolbar" aria-label="The path through the gates" node_ref=bar>
                    {move || {
                        let path = path.get();
                        let stop = path.iter().position(|stop| stop.behind).map(|at| at - 1);
                        let first = stop.or(path.iter().position(|stop| stop.decides)).unwrap_or_default();
                        path.into_iter()
                            .enumerate()
                            .map(|(at, stop)| {
                                view! {
                                    <Gate
                                        stop
                                        is_stop=at == first
                                        is_shown=Signal::derive(move || shown.get() == Some(at))
                                        is_lit=Signal::derive(move || lit.get() == Some(at))
                                        on_choose=move || choose(at)
                                    />
                                }
                            })
                            .collect_view()
                    }}
                    <span class="gate-end" aria-hidden="true">
                        {move || {
                            if decision.with(|decision| decision == "Allow") {
                                view! { <DecisionIcon decision="Allow" /> }.into_any()
                            } else {
                                view! { <span class="gate-goal"></span> }.into_any()
                            }
                        }}
                    </span>
                </div>
                {move || {
                    let at = shown.get()?;
                    let stop = path.with(|path| path.get(at).cloned())?;
                    Some(view! { <Details stop line=line(state, path, at) /> })
                }}
            </div>
        </Show>
    }
    .into_any()
}

/// The line of the explanation about a gate, once the shown decision is explained.
fn line(state: State, path: Memo<Vec<Stop>>, at: usize) -> Option<Line> {
    let explained = state.is_explained().then(|| state.explained.get()).flatten()?;
    path.with(|path| explained.line_of(path, at).cloned())
}

#[component]
fn Gate(
    stop: Stop,
    /// The one that Tab stops at.
    is_stop: bool,
    is_shown: Signal<bool>,
    is_lit: Signal<bool>,
    on_choose: impl Fn() + 'static,
) -> impl IntoView {
    let passage = match stop.passage {
        Passage::Passes => "is-pass",
        Passage::Denies => "is-deny",
        Passage::Blocks => "is-block",
        Passage::Open => "is-open",
        Passage::Aside => "is-aside",
        Passage::NotGiven => "is-absent",
    };
    let behind = if stop.behind { " is-behind" } else { "" };
    let decides = if stop.decides { " is-deciding" } else { "" };
    let base = format!("gate {passage}{behind}{decides}");
    let class = move || if is_lit.get() { format!("{base} is-lit") } else { base.clone() };
    let decided = if stop.decides { ", decides" } else { "" };
    let label = format!("{}: {}{decided}", stop.name, stop.state());
    view! {
        <button
            type="button"
            class=class
            aria-label=label.clone()
            title=label
            aria-expanded=move || is_shown.get().to_string()
            tabindex=if is_stop { "0" } else { "-1" }
            on:click=move |_| on_choose()
        >
            {picture(&stop)}
            <span class="gate-name" aria-hidden="true">
                {stop.short}
                {stop.level.map(|level| view! { <small>{level}</small> })}
            </span>
        </button>
    }
    .into_any()
}

/// A gate and the way to and from it: solid as far as the request came, dotted behind what stopped it.
fn picture(stop: &Stop) -> AnyView {
    let stops = stop.decides && matches!(stop.passage, Passage::Denies | Passage::Blocks);
    let way = |ahead: bool| if ahead { "gate-way" } else { "gate-way is-ahead" };
    let symbol = match stop.passage {
        _ if stop.behind && stop.passage != Passage::NotGiven => {
            view! { <circle r="6" class="gate-ring" /> }.into_any()
        }
        Passage::Passes => view! {
            <circle r="8" class="gate-shape" />
            <path d="M-3.6 0.3l2.5 2.5 4.7-5.1" class="gate-sign" />
        }
        .into_any(),
        Passage::Denies => view! {
            <path d="M-4 -9.6h8l5.6 5.6v8l-5.6 5.6h-8l-5.6-5.6v-8z" class="gate-shape" />
            <path d="M-4.6 0h9.2" class="gate-sign" />
        }
        .into_any(),
        Passage::Blocks => view! {
            <circle r="8.6" class="gate-shape" />
            <path d="M-3.6 0h7.2" class="gate-sign" />
        }
        .into_any(),
        Passage::Open => view! {
            <path d="M0 -10.5L10.5 0L0 10.5L-10.5 0z" class="gate-shape" />
            <path d="M-2.6 -2.2c0-3.6 5.2-3.4 5.2-0.3 0 2.1-2.6 2.1-2.6 4.2M0 4.6v0.2" class="gate-sign" />
        }
        .into_any(),
        Passage::Aside => view! { <path d="M0 -6v12" class="gate-ring" /> }.into_any(),
        Passage::NotGiven => view! { <circle r="2.5" class="gate-dot" /> }.into_any(),
    };
    view! {
        <svg class="gate-picture" height="24" aria-hidden="true">
            <line x1="0" x2="50%" y1="12" y2="12" class=way(!stop.behind) />
            <line x1="50%" x2="100%" y1="12" y2="12" class=way(!stop.behind && !stops) />
            <svg x="50%" y="12" overflow="visible">
                {symbol}
            </svg>
        </svg>
    }
    .into_any()
}

/// What the chosen gate did, and its documents.
#[component]
fn Details(stop: Stop, line: Option<Line>) -> impl IntoView {
    let state = use_state();
    let text = match &line {
        Some(line) if stop.passage != Passage::NotGiven => {
            line.text.split_once(": ").map_or(line.text.as_str(), |(_, said)| said).to_owned()
        }
        _ => stop.message.clone(),
    };
    let documents = match &line {
        Some(line) if stop.passage != Passage::NotGiven => line.documents(),
        _ => Vec::new(),
    };
    let key = line.map(|line| line.key);
    let name = move |id: Id| state.workspace.with(|now| now.document(id).map(|each| each.title()));
    let documents = documents
        .into_iter()
        .map(|id| {
            view! {
                <button type="button" class="button is-small" on:click=move |_| state.document.set(Some(id))>
                    <Icon path=PAGE />
                    <span class="visually-hidden">"Open "</span>
                    {move || name(id)}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="gate-details" role="group" aria-label=stop.name.clone()>
            <p>
                <b>{stop.name.clone()}</b>
                <span class="gate-state">{stop.state()}</span>
                {text}
            </p>
            <div class="gate-documents">
                {documents}
                {key
                    .map(|key| {
                        view! {
                            <button type="button" class="button is-small" on:click=move |_| walk::show_line(key.clone(), true)>
                                <Icon path=CHEVRON />
                                "In the explanation"
                            </button>
                        }
                    })}
            </div>
        </div>
    }
    .into_any()
}

/// Opens a line of the explanation and marks it.
fn open(reading: Reading, key: String) {
    reading.opened.update(|opened| {
        opened.insert(key.clone(), true);
    });
    reading.selected.set(Some(key));
}

/// Whether the explanation has a place of its own beside the rest, so that scrolling it moves nothing else.
fn stands_beside() -> bool {
    let query = window().match_media("(min-width: 68rem) and (min-height: 40rem)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Moves from gate to gate with the arrow keys.
fn moved(bar: &Element, key: &str) -> bool {
    let Ok(nodes) = bar.query_selector_all(".gate") else { return false };
    let gates: Vec<HtmlElement> = (0..nodes.length()).filter_map(|at| nodes.get(at)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let Some(at) = gates.iter().position(|gate| Some::<&Element>(gate) == active.as_ref()) else { return false };
    let next = match key {
        "ArrowRight" => gates.get(at + 1),
        "ArrowLeft" => at.checked_sub(1).and_then(|at| gates.get(at)),
        "Home" => gates.first(),
        "End" => gates.last(),
        _ => return false,
    };
    if let Some(next) = next {
        for gate in &gates {
            gate.set_tab_index(if gate == next { 0 } else { -1 });
        }
        // An element that cannot take the focus leaves it where it is.
        let _ = next.focus();
    }
    true
}
