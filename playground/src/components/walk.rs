//! Walking over the lines of a tree with the keyboard.

use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};
use wasm_bindgen::JsCast;

/// The lines of a tree that are in sight.
pub fn items(tree: &Element) -> Vec<HtmlElement> {
    let Ok(nodes) = tree.query_selector_all("[role=treeitem]") else { return Vec::new() };
    (0..nodes.length()).filter_map(|at| nodes.get(at)?.dyn_into().ok()).collect()
}

/// Puts the focus on an element.
pub fn focus_element(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Moves in the tree as its pattern asks: up and down over what is in sight, right into a line, left out of it.
pub fn moved(tree: &Element, event: &KeyboardEvent, line: &str) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let items = items(tree);
    let active = document().active_element();
    let Some(at) = items.iter().position(|item| Some::<&Element>(item) == active.as_ref()) else { return false };
    let Some(item) = items.get(at) else { return false };
    let expanded = item.get_attribute("aria-expanded");
    let click = |selector: &str| {
        if let Ok(Some(part)) = item.query_selector(selector)
            && let Ok(part) = part.dyn_into::<HtmlElement>()
        {
            part.click();
        }
    };
    let next = match event.key().as_str() {
        "ArrowDown" => items.get(at + 1),
        "ArrowUp" => at.checked_sub(1).and_then(|at| items.get(at)),
        "Home" => items.first(),
        "End" => items.last(),
        "ArrowRight" if expanded.as_deref() != Some("false") => {
            items.get(at + 1).filter(|next| item.contains(Some(next.as_ref())))
        }
        "ArrowLeft" if expanded.as_deref() != Some("true") => {
            let above = item.parent_element().and_then(|list| list.closest("[role=treeitem]").ok().flatten());
            let above = above.and_then(|above| above.dyn_into::<HtmlElement>().ok());
            if let Some(above) = above {
                focus(&items, &above);
            }
            return true;
        }
        "ArrowRight" | "ArrowLeft" | " " if expanded.is_some() => {
            click(".line-chevron");
            return true;
        }
        "Enter" | " " => {
            click(line);
            return true;
        }
        _ => return false,
    };
    if let Some(next) = next {
        focus(&items, next);
    }
    true
}

/// The line with the focus is the one that Tab comes back to.
pub fn focus(items: &[HtmlElement], item: &HtmlElement) {
    for other in items {
        other.set_tab_index(if other == item { 0 } else { -1 });
    }
    focus_element(item);
}

/// Brings a line of the explanation into view, by its key.
pub fn show_line(key: String, focus: bool) {
    request_animation_frame(move || {
        let Ok(lines) = document().query_selector_all("[role=treeitem]") else { return };
        let mut lines = (0..lines.length()).filter_map(|at| lines.get(at)?.dyn_into::<HtmlElement>().ok());
        let Some(line) = lines.find(|line| line.get_attribute("data-key").as_ref() == Some(&key)) else { return };
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(if focus {
            web_sys::ScrollLogicalPosition::Center
        } else {
            web_sys::ScrollLogicalPosition::Nearest
        });
        line.scroll_into_view_with_scroll_into_view_options(&options);
        if focus {
            // An element that cannot take the focus leaves it where it is.
            let _ = line.focus();
        }
    });
}
