//! Keys that work everywhere on the page.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::window;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};
use wasm_bindgen::JsCast;

/// The parts of the page that F6 goes through: each with what takes the focus in it.
const PARTS: [&str; 5] = ["#decision", ".request .input", ".policy-list", ".cm-content", ".explanation"];

/// The dialogs that keys and buttons open.
#[derive(Clone, Copy)]
pub struct Dialogs {
    pub palette: RwSignal<bool>,
    pub shortcuts: RwSignal<bool>,
    pub gallery: RwSignal<bool>,
    /// To open or paste.
    pub opening: RwSignal<bool>,
    /// The workspaces.
    pub shelf: RwSignal<bool>,
}

impl Dialogs {
    /// All of them closed.
    pub fn new() -> Self {
        let closed = || RwSignal::new(false);
        Self { palette: closed(), shortcuts: closed(), gallery: closed(), opening: closed(), shelf: closed() }
    }

    /// Whether one of them is asked for.
    pub fn any(self) -> bool {
        [self.palette, self.shortcuts, self.gallery, self.opening, self.shelf].iter().any(Get::get)
    }
}

/// Listens for as long as the page lives.
pub fn listen(dialogs: Dialogs) {
    let options = EventListenerOptions::enable_prevent_default();
    let pressed = EventListener::new_with_options(&window(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let command = event.ctrl_key() || event.meta_key();
        let handled = match event.key().as_str() {
            "k" | "K" if command && !event.shift_key() && !event.alt_key() => {
                dialogs.shortcuts.set(false);
                dialogs.palette.update(|open| *open = !*open);
                true
            }
            "?" if !command && !is_typing(event) => {
                dialogs.shortcuts.set(true);
                true
            }
            "F6" => go(event.shift_key()),
            _ => false,
        };
        if handled {
            event.prevent_default();
        }
    });
    pressed.forget();
}

/// Whether the key goes into a text.
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|each| {
        each.is_content_editable() || matches!(each.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    })
}

/// Puts the focus into the next part of the page, or the one before.
fn go(back: bool) -> bool {
    let parts: Vec<HtmlElement> = PARTS
        .iter()
        .filter_map(|part| document().query_selector(part).ok()??.dyn_into::<HtmlElement>().ok())
        .filter(|part| part.offset_parent().is_some() || part.id() == "decision")
        .collect();
    let Some(count) = parts.len().checked_sub(1).map(|last| last + 1) else { return false };
    let active = document().active_element();
    let is_in = |part: &HtmlElement, active: &Element| {
        let around = if part.tag_name() == "INPUT" { part.closest("section").ok().flatten() } else { None };
        around.as_ref().map_or_else(|| part.contains(Some(active)), |around| around.contains(Some(active)))
    };
    let at = active.and_then(|active| parts.iter().position(|part| is_in(part, &active)));
    let next = match (at, back) {
        (None, _) => 0,
        (Some(at), false) => (at + 1) % count,
        (Some(at), true) => (at + count - 1) % count,
    };
    let Some(part) = parts.get(next) else { return false };
    // A list takes no focus itself: what is open in it does, or else its first line.
    let inside = part.query_selector("[aria-current=true], button").ok().flatten();
    let target = if part.tag_name() == "NAV" { inside.and_then(|each| each.dyn_into().ok()) } else { None };
    // An element that cannot take the focus leaves it where it is.
    let _ = target.as_ref().unwrap_or(part).focus();
    true
}
