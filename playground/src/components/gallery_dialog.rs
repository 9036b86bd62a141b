//! The examples by topic, each a scenario of the conformance corpus.

use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::dialog::show_while;
use super::icons::{CROSS, DecisionIcon};
use super::tool_button::ToolButton;
use crate::effect::effect;
use crate::gallery::{self, Example, Topic};
use crate::state::{Toast, read_scenario, use_state};
use crate::view::View;
use crate::words;
use crate::workspace::Workspace;

/// How far the examples are.
#[derive(Clone, PartialEq)]
enum Loading {
    NotYet,
    Failed,
    Done(Vec<Topic>),
}

#[component]
pub fn GalleryDialog(open: RwSignal<bool>) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let topics = RwSignal::new(Loading::NotYet);
    show_while(dialog, open);
    effect(move || {
        if open.get() && !matches!(topics.get_untracked(), Loading::Done(_)) {
            topics.set(Loading::NotYet);
            spawn_local(async move {
                topics.set(gallery::fetch().await.map_or(Loading::Failed, Loading::Done));
            });
        }
    });
    view! {
        <dialog
            class="dialog is-wide"
            node_ref=dialog
            aria-labelledby="gallery-title"
            on:close=move |_| open.set(false)
        >
            <div class="dialog-head">
                <h2 id="gallery-title">"Examples"</h2>
                <ToolButton title="Close the examples" icon=CROSS on_press=move || open.set(false) />
            </div>
            {move || match topics.get() {
                Loading::NotYet => view! { <p class="dialog-body quiet" role="status">"Loading the examples…"</p> }.into_any(),
                Loading::Failed => {
                    view! { <p class="dialog-body" role="status">"The examples could not be loaded. Close this and try again."</p> }
                        .into_any()
                }
                Loading::Done(topics) => view! { <Topics topics open /> }.into_any(),
            }}
        </dialog>
    }
    .into_any()
}

#[component]
fn Topics(topics: Vec<Topic>, open: RwSignal<bool>) -> impl IntoView {
    let contents = topics
        .iter()
        .enumerate()
        .map(|(at, topic)| {
            let show = move |_| {
                if let Some(heading) = document().get_element_by_id(&format!("topic-{at}")) {
                    heading.scroll_into_view();
                }
            };
            view! {
                <li>
                    <button type="button" class="row-link" on:click=show>
                        {topic.name.clone()}
                        <span class="quiet">{topic.cases.len()}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    let sections = topics
        .into_iter()
        .enumerate()
        .map(|(at, topic)| {
            let id = format!("topic-{at}");
            let heading = id.clone();
            let items = topic.cases.into_iter().map(|example| view! { <GalleryItem example open /> }).collect_view();
            view! {
                <section aria-labelledby=id>
                    <h3 id=heading class="topic">{topic.name}</h3>
                    <p class="topic-text">{topic.text}</p>
                    <ul class="gallery">{items}</ul>
                </section>
            }
        })
        .collect_view();
    view! {
        <div class="topics">
            <nav aria-label="Topics">
                <ul class="topic-list">{contents}</ul>
            </nav>
            <div>{sections}</div>
        </div>
    }
    .into_any()
}

#[component]
fn GalleryItem(example: Example, open: RwSignal<bool>) -> impl IntoView {
    let state = use_state();
    let Example { slug, title, text, source, requests, scenario } = example;
    let expected = requests
        .into_iter()
        .map(|request| {
            view! {
                <span class=format!("expected {}", words::decision_class(&request.decision))>
                    <DecisionIcon decision=request.decision.clone() />
                    {request.name}
                    <span class="visually-hidden">{format!(": {}", words::decision(&request.decision))}</span>
                </span>
            }
        })
        .collect_view();
    let choose = {
        let (title, text) = (title.clone(), text.clone());
        move |_| {
            open.set(false);
            match read_scenario(&scenario) {
                Ok(mut scenario) => {
                    scenario.description = Some(text.clone());
                    state.look_at(Workspace::from_scenario(scenario), format!("Opened the example “{title}”"));
                    state.view.set(View::Decide);
                }
                Err(problems) => state.toast.set(Some(Toast::note(words::first(&problems)))),
            }
        }
    };
    view! {
        <li class="gallery-item">
            <button type="button" class="gallery-open" data-example=slug on:click=choose>
                <strong>{title}</strong>
                <span class="gallery-text">{text}</span>
                <span class="gallery-expected">{expected}</span>
            </button>
            <a class="gallery-source" href=source target="_blank" rel="noreferrer">
                "What AWS says"
                <span class="visually-hidden">" (opens in a new tab)"</span>
            </a>
        </li>
    }
    .into_any()
}
