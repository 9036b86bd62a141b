//! The key of a tag in the request context: whose tag it is, and the name of the tag.

use admittance::catalog::global_condition_keys;
use gloo::utils::document;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::JsCast;

use super::context_value::tag_prefix;
use crate::known_key::KnownKey;
use crate::workspace::Id;

/// What the keys of tags that requests to every service carry begin with: `aws:RequestTag/` and others.
pub fn kinds_of_tags() -> impl Iterator<Item = &'static str> {
    global_condition_keys().filter_map(|key| tag_prefix(key.name())).filter(|prefix| prefix.ends_with('/'))
}

/// What the key of a tag begins with; `None` for keys that are none of tags. What is known may still be that of the key
/// that stood there before.
pub fn kind_of_tag(known: Option<&KnownKey>, key: &str) -> Option<String> {
    let is_start = |prefix: &&str| key.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let of_service = || known.and_then(|known| tag_prefix(&known.name)).filter(is_start);
    kinds_of_tags().find(is_start).or_else(of_service).filter(|prefix| prefix.ends_with('/')).map(str::to_owned)
}

fn field(id: Id) -> String {
    format!("context-tag-{}", id.0)
}

/// When a key became one of a tag while somebody typed it, they go on in the field for the tag's name.
pub fn go_on(id: Id) {
    request_animation_frame(move || {
        let lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        let field = document().get_element_by_id(&field(id)).and_then(|field| field.dyn_into::<HtmlElement>().ok());
        if let Some(field) = field.filter(|_| lost) {
            // A field that cannot take the focus leaves it where it is.
            let _ = field.focus();
        }
    });
}

#[component]
pub fn TagKey(
    id: Id,
    prefix: String,
    #[prop(into)] key: Signal<String>,
    on_input: impl Fn(String) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let mut kinds: Vec<String> = kinds_of_tags().map(str::to_owned).collect();
    if !kinds.contains(&prefix) {
        kinds.push(prefix.clone());
    }
    let length = prefix.len();
    let name = move || key.with(|key| key.get(length..).unwrap_or_default().to_owned());
    let (change, typed) = (on_input.clone(), on_input);
    let own = prefix.clone();
    view! {
        <div class="tag-key">
            <select
                class="input"
                aria-label="Whose tag"
                on:change:target=move |event| {
                    let kind = event.target().value();
                    // Without a tag it is a key like others, whose field is empty then.
                    change(if kind.is_empty() { kind } else { format!("{kind}{}", untrack(name)) });
                }
            >
                {kinds
                    .into_iter()
                    .map(|kind| {
                        view! {
                            <option value=kind.clone() selected=kind == own>
                                {kind.clone()}
                            </option>
                        }
                    })
                    .collect_view()}
                <option value="">"another key"</option>
            </select>
            <input
                id=field(id)
                class="input"
                type="text"
                aria-label="Tag key"
                placeholder="Department"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                prop:value=name
                on:input:target=move |event| typed(format!("{prefix}{}", event.target().value()))
            />
        </div>
    }
    .into_any()
}
