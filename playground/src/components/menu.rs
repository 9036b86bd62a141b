//! A button that opens a list of commands.

use leptos::html::{Button, Div};
use leptos::prelude::*;
use leptos::web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, Node};
use wasm_bindgen::JsCast;

use super::icons::{CHEVRON_DOWN, Icon};
use crate::effect::effect;

/// A menu: arrow keys, Home and End move in it, Escape closes it, leaving it closes it.
#[component]
pub fn Menu(
    #[prop(into)] label: String,
    id: &'static str,
    /// The icon before the label.
    #[prop(optional)]
    icon: Option<&'static str>,
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let button = NodeRef::<Button>::new();
    let list = NodeRef::<Div>::new();
    effect(move || {
        if open.get() {
            focus(list.get(), |_, _| 0);
        }
    });
    let keydown = move |event: KeyboardEvent| {
        let list = list.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => focus(list, |at, count| (at + 1) % count),
            "ArrowUp" => focus(list, |at, count| (at + count - 1) % count),
            "Home" => focus(list, |_, _| 0),
            "End" => focus(list, |_, count| count - 1),
            "Escape" => {
                open.set(false);
                if let Some(button) = button.get_untracked() {
                    // An element that cannot take the focus leaves it where it is.
                    let _ = button.focus();
                }
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let focusout = move |event: FocusEvent| {
        let next = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        let inside = list.get_untracked().is_some_and(|list| list.contains(next.as_ref()));
        let on_button = button.get_untracked().is_some_and(|button| button.contains(next.as_ref()));
        if !inside && !on_button {
            open.set(false);
        }
    };
    view! {
        <div class="menu">
            <button
                type="button"
                class="button"
                node_ref=button
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                aria-controls=id
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon.map(|path| view! { <Icon path /> })}
                {label}
                <Icon path=CHEVRON_DOWN />
            </button>
            <div
                id=id
                class="menu-list"
                role="menu"
                node_ref=list
                hidden=move || !open.get()
                on:keydown=keydown
                on:focusout=focusout
                on:click=move |_| open.set(false)
            >
                {children()}
            </div>
        </div>
    }
    .into_any()
}

/// A command in a menu.
#[component]
pub fn MenuItem(
    #[prop(into)] label: String,
    /// What it does, in a few words.
    #[prop(optional, into)]
    hint: Option<String>,
    #[prop(into, optional)] disabled: Signal<bool>,
    on_choose: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="menu-item"
            role="menuitem"
            tabindex="-1"
            disabled=disabled
            on:click=move |_| on_choose()
        >
            <span>{label}</span>
            {hint.map(|hint| view! { <small>{hint}</small> })}
        </button>
    }
    .into_any()
}

/// Focuses an item, chosen from the present one's place and the number of items.
fn focus(list: Option<web_sys::HtmlDivElement>, choose: impl Fn(usize, usize) -> usize) {
    let Some(list) = list else { return };
    let Ok(nodes) = list.query_selector_all("[role=menuitem]:not([disabled])") else { return };
    let items: Vec<HtmlElement> = (0..nodes.length()).filter_map(|at| nodes.get(at)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let at = items.iter().position(|item| Some::<&Element>(item) == active.as_ref());
    let next = match (at, items.len()) {
        (_, 0) => return,
        (at, count) => choose(at.unwrap_or(count - 1), count),
    };
    if let Some(item) = items.get(next) {
        let _ = item.focus();
    }
}
