//! A field that offers what can stand in it: arrow keys choose, Enter or Tab takes, Escape closes the list.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::{FocusEvent, KeyboardEvent, MouseEvent};
use serde::Deserialize;

use super::coded::field_problems;

/// Something that can stand in the field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// What the field gets.
    pub text: String,
    /// What it is, in a few words.
    pub note: String,
    /// One goes on typing behind it.
    pub goes_on: bool,
}

#[component]
pub fn Combobox(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    /// The label is to be seen by itself, above the field.
    #[prop(optional)]
    labeled: bool,
    #[prop(optional)] placeholder: &'static str,
    #[prop(into)] value: Signal<String>,
    on_input: impl Fn(String) + Clone + Send + Sync + 'static,
    /// What fits the text, the best first.
    offers: impl Fn(&str) -> Vec<Offer> + Send + Sync + 'static,
    #[prop(into, optional)] problems: Signal<Vec<String>>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let open = RwSignal::new(false);
    let at = RwSignal::new(None::<usize>);
    let list_id = format!("{id}-list");
    let problem_id = format!("{id}-problem");
    let found = Memo::new(move |_| if open.get() { value.with(|text| offers(text)) } else { Vec::new() });
    let is_open = Memo::new(move |_| open.get() && !found.with(Vec::is_empty));
    let take = {
        let on_input = on_input.clone();
        move |offer: &Offer| {
            if let Some(input) = input.get_untracked() {
                input.set_value(&offer.text);
            }
            on_input(offer.text.clone());
            open.set(offer.goes_on);
            at.set(None);
        }
    };
    let keydown = {
        let take = take.clone();
        move |event: KeyboardEvent| {
            let found = found.get_untracked();
            let count = found.len();
            match event.key().as_str() {
                "ArrowDown" if !is_open.get_untracked() => open.set(true),
                "ArrowDown" => at.update(|at| *at = Some(at.map_or(0, |at| (at + 1) % count.max(1)))),
                "ArrowUp" if is_open.get_untracked() => {
                    at.update(|at| *at = Some(at.map_or(count, |at| at).checked_sub(1).unwrap_or(count - 1)));
                }
                "Enter" | "Tab" => match at.get_untracked().and_then(|at| found.get(at)) {
                    Some(offer) => {
                        take(offer);
                        if event.key() == "Tab" && !offer.goes_on {
                            return;
                        }
                    }
                    None => return,
                },
                "Escape" if is_open.get_untracked() => open.set(false),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let option_id = {
        let list_id = list_id.clone();
        move |at: usize| format!("{list_id}-{at}")
    };
    let active = {
        let option_id = option_id.clone();
        move || at.get().filter(|_| is_open.get()).map(&option_id)
    };
    let described = {
        let problem_id = problem_id.clone();
        move || problems.with(|list| (!list.is_empty()).then(|| problem_id.clone()))
    };
    let options = {
        let option_id = option_id.clone();
        move || {
            let take = take.clone();
            let option_id = option_id.clone();
            found
                .get()
                .into_iter()
                .enumerate()
                .map(move |(place, offer)| {
                    let take = take.clone();
                    let (text, note) = (offer.text.clone(), offer.note.clone());
                    view! {
                        <li
                            id=option_id(place)
                            role="option"
                            aria-selected=move || (at.get() == Some(place)).to_string()
                            // The field keeps the focus.
                            on:mousedown=move |event: MouseEvent| {
                                event.prevent_default();
                                take(&offer);
                            }
                        >
                            <code>{text}</code>
                            <small>{note}</small>
                        </li>
                    }
                })
                .collect_view()
        }
    };
    view! {
        <div class="field combobox">
            <label for=id.clone() class:visually-hidden=!labeled>
                {label.clone()}
            </label>
            <input
                id=id
                class="input"
                type="text"
                role="combobox"
                aria-autocomplete="list"
                aria-expanded=move || is_open.get().to_string()
                aria-controls=list_id.clone()
                aria-activedescendant=active
                aria-describedby=described
                aria-invalid=move || problems.with(|list| (!list.is_empty()).then_some("true"))
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                placeholder=placeholder
                node_ref=input
                prop:value=move || value.get()
                on:input:target=move |event| {
                    on_input(event.target().value());
                    at.set(None);
                    open.set(true);
                }
                on:keydown=keydown
                on:focusout=move |_: FocusEvent| open.set(false)
            />
            <ul id=list_id class="combobox-list" role="listbox" aria-label=format!("Offers: {label}") hidden=move || !is_open.get()>
                {options}
            </ul>
            <div id=problem_id class="field-problems">
                {move || {
                    field_problems(problems.get())
                }}
            </div>
        </div>
    }
    .into_any()
}
