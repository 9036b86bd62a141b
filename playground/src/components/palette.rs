//! The command palette: every control of the page by its name. Choosing one presses it, or goes to it.

use leptos::html::{Dialog, Input};
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};
use wasm_bindgen::JsCast;

use super::walk;
use crate::effect::effect;

/// More than that nobody reads.
const SHOWN: usize = 60;

/// What can be pressed or typed into. What floats above the page is not meant, nor the parts of a tree's line.
const CONTROLS: &str =
    "button, summary, input:not([type=file]), select, textarea, [role=menuitem], [contenteditable=true]";

/// A control, or what stands in the place of one.
#[derive(Clone)]
struct Command {
    name: String,
    /// The part of the page that it is in.
    part: String,
    element: HtmlElement,
}

#[component]
pub fn Palette(open: RwSignal<bool>) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let input = NodeRef::<Input>::new();
    let commands = StoredValue::new_local(Vec::<Command>::new());
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                commands.set_value(collect());
                typed.set(String::new());
                at.set(0);
                // Opening an open dialog would be an error; the match rules it out.
                drop(dialog.show_modal());
                if let Some(input) = input.get_untracked() {
                    input.set_value("");
                    walk::focus_element(&input);
                }
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // The places in the list of commands, the best first.
    let found = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let typed = typed.get();
        let mut found: Vec<(u32, usize)> = commands.with_value(|commands| {
            let each = commands.iter().enumerate();
            each.filter_map(|(at, command)| Some((rank(&command.name, &command.part, &typed)?, at))).collect()
        });
        found.sort_unstable();
        found.truncate(SHOWN);
        found.into_iter().map(|(_, at)| at).collect::<Vec<_>>()
    });
    let choose = move |index: usize| {
        let chosen = commands.with_value(|commands| commands.get(index).cloned());
        open.set(false);
        // After the dialog has given the focus back.
        request_animation_frame(move || {
            if let Some(command) = chosen {
                press(&command.element);
            }
        });
    };
    let keydown = move |event: KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let now = at.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" if count > 0 => (now + 1) % count,
            "ArrowUp" if count > 0 => (now + count - 1) % count,
            "Enter" => {
                event.prevent_default();
                if let Some(index) = found.with_untracked(|found| found.get(now).copied()) {
                    choose(index);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(next);
        request_animation_frame(move || {
            if let Some(option) = document().get_element_by_id(&format!("palette-{next}")) {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                option.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    };
    view! {
        <dialog class="dialog palette" node_ref=dialog aria-label="Commands" on:close=move |_| open.set(false)>
            <input
                class="palette-input"
                type="text"
                role="combobox"
                aria-label="Command"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-activedescendant=move || (!found.with(Vec::is_empty)).then(|| format!("palette-{}", at.get()))
                placeholder="Type what you want to do or go to"
                autocomplete="off"
                spellcheck="false"
                node_ref=input
                on:input:target=move |event| {
                    typed.set(event.target().value());
                    at.set(0);
                }
                on:keydown=keydown
            />
            <ul id="palette-list" class="palette-list" role="listbox" aria-label="Commands">
                {move || {
                    let found = found.get();
                    found
                        .into_iter()
                        .enumerate()
                        .filter_map(|(place, index)| {
                            let command = commands.with_value(|commands| commands.get(index).cloned())?;
                            Some(
                                view! {
                                    <li
                                        id=format!("palette-{place}")
                                        role="option"
                                        aria-selected=move || (at.get() == place).to_string()
                                        on:click=move |_| choose(index)
                                    >
                                        <span>{command.name}</span>
                                        <small>{command.part}</small>
                                    </li>
                                },
                            )
                        })
                        .collect_view()
                }}
            </ul>
            <Show when=move || found.with(Vec::is_empty)>
                <p class="palette-none" role="status">
                    "Nothing on this page has such a name."
                </p>
            </Show>
        </dialog>
    }
    .into_any()
}

/// How well a name fits what was typed; lower is better. Every word has to be in it.
fn rank(name: &str, part: &str, typed: &str) -> Option<u32> {
    let typed = typed.trim().to_ascii_lowercase();
    let name = name.to_ascii_lowercase();
    let whole = format!("{name} {}", part.to_ascii_lowercase());
    if name.starts_with(&typed) {
        return Some(0);
    }
    let is_start =
        |text: &str, word: &str| text.split(|c: char| !c.is_alphanumeric()).any(|each| each.starts_with(word));
    let of_word = |word| match () {
        () if is_start(&name, word) => Some(1),
        () if is_start(&whole, word) => Some(2),
        () => whole.contains(word).then_some(3),
    };
    typed.split_whitespace().map(of_word).try_fold(0, |worst, rank| Some(rank?.max(worst)))
}

/// The controls of the page that can be used now.
fn collect() -> Vec<Command> {
    let Ok(nodes) = document().query_selector_all(CONTROLS) else { return Vec::new() };
    let mut found: Vec<Command> = Vec::new();
    for element in (0..nodes.length()).filter_map(|at| nodes.get(at)?.dyn_into::<HtmlElement>().ok()) {
        let is_disabled = element.matches(":disabled").unwrap_or_default();
        let apart = element.closest("dialog, .toast, .cm-panel").ok().flatten().is_some();
        // What is in a closed menu can be chosen; what is in a part that is not shown cannot.
        let in_menu = element.closest("[role=menu]").ok().flatten().is_some();
        if is_disabled || apart || (!in_menu && element.offset_parent().is_none()) {
            continue;
        }
        let name = name_of(&element);
        let part = part_of(&element, in_menu);
        let is_new = |each: &Command| each.name != name || each.part != part;
        if !name.is_empty() && found.iter().all(is_new) {
            found.push(Command { name, part, element });
        }
    }
    found
}

fn attribute(element: &Element, name: &str) -> Option<String> {
    element.get_attribute(name).filter(|text| !text.is_empty())
}

fn text(element: &Element) -> String {
    let text = element.text_content().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of the element that an attribute names by its id.
fn named_by(element: &Element, name: &str) -> Option<String> {
    Some(text(&document().get_element_by_id(&attribute(element, name)?)?))
}

/// What a control is called.
fn name_of(element: &HtmlElement) -> String {
    let label = || {
        let id = attribute(element, "id").filter(|id| !id.contains(['"', '\\']))?;
        Some(text(&document().query_selector(&format!("label[for=\"{id}\"]")).ok()??))
    };
    let around = || Some(text(&element.closest("label").ok()??));
    let own = || match element.tag_name().as_str() {
        "INPUT" | "TEXTAREA" | "SELECT" => None,
        _ => Some(text(element)),
    };
    attribute(element, "aria-label").or_else(label).or_else(around).or_else(own).unwrap_or_default()
}

/// The part of the page, or the menu, that a control is in.
fn part_of(element: &HtmlElement, in_menu: bool) -> String {
    let part = if in_menu { ".menu" } else { "[role=group], [role=toolbar], section, nav, header, main" };
    let above = element.parent_element().and_then(|above| above.closest(part).ok().flatten());
    let Some(above) = above else { return String::new() };
    let button = || Some(text(&above.query_selector("button").ok()??));
    let name = if in_menu {
        button()
    } else {
        attribute(&above, "aria-label").or_else(|| named_by(&above, "aria-labelledby"))
    };
    name.unwrap_or_default()
}

/// Presses a button, or puts the cursor into a field.
fn press(element: &HtmlElement) {
    if let Ok(Some(details)) = element.closest("details") {
        // A valid name: this cannot fail.
        let _ = details.set_attribute("open", "");
    }
    walk::focus_element(element);
    let typed_into = matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT");
    let is_check = element.matches("[type=checkbox], [type=radio]").unwrap_or_default();
    if is_check || !(typed_into || element.is_content_editable()) {
        element.click();
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn names_that_begin_so_come_first() {
        let names = ["Delete this request", "Add a request", "Request details", "Examples"];
        let mut found: Vec<_> = names.iter().filter_map(|name| Some((rank(name, "", "req")?, *name))).collect();
        found.sort_unstable();
        assert_eq!(
            found.iter().map(|(_, name)| *name).collect::<Vec<_>>(),
            ["Request details", "Add a request", "Delete this request"]
        );
        assert_eq!(rank("Delete this policy", "Policies", "policies del"), Some(2));
        assert_eq!(rank("Examples", "", "xam"), Some(3));
        assert_eq!(rank("Examples", "", "exm"), None);
        assert_eq!(rank("Examples", "", ""), Some(0));
    }
}
