//! The value of a context key, typed as the key's type asks for it.

use leptos::prelude::*;

use super::address_value::AddressValue;
use crate::known_key::KnownKey;
use crate::workspace::{ContextRow, Id, ValueKind};

/// A key whose name ends in a name of one's own, such as `aws:RequestTag/${TagKey}`: what comes before it.
pub fn tag_prefix(known: &str) -> Option<&str> {
    let open = known.find("${")?;
    known.get(..open)
}

/// What a value of a type looks like.
fn sample(value_type: &str) -> &'static str {
    match value_type {
        "ARN" => "arn:aws:…",
        "Bool" => "true",
        "Numeric" => "3600",
        "Date" => "2026-01-31T12:00:00Z",
        "IPAddress" => "203.0.113.24",
        "Binary" => "base64",
        _ => "value",
    }
}

/// The date and time of a date input for a value, in UTC.
fn to_input(text: &str) -> String {
    text.strip_suffix('Z').unwrap_or_default().get(..19).unwrap_or_default().to_owned()
}

fn from_input(text: &str) -> String {
    match text.len() {
        0 => String::new(),
        16 => format!("{text}:00Z"),
        _ => format!("{}Z", text.get(..19).unwrap_or(text)),
    }
}

#[component]
pub fn ContextValue(
    id: Id,
    row: Memo<Option<ContextRow>>,
    known: Memo<Option<KnownKey>>,
    on_input: impl Fn(String) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let value_type = Memo::new(move |_| {
        known.with(|known| known.as_ref().map(|known| known.value_type.clone()).unwrap_or_default())
    });
    let text = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.text.clone()).unwrap_or_default()));
    let is_list = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.kind == ValueKind::List)));
    // What is no value of the type has to stay to be seen: then it is edited as text.
    let fits = Memo::new(move |_| {
        text.with(|text| match value_type.get().as_str() {
            "Bool" => matches!(text.as_str(), "" | "true" | "false"),
            "Date" => text.is_empty() || from_input(&to_input(text)) == *text,
            _ => false,
        })
    });
    let input = on_input.clone();
    view! {
        {move || {
            let on_input = input.clone();
            match value_type.get().as_str() {
                "Bool" if fits.get() && !is_list.get() => {
                    view! {
                        <select
                            class="input"
                            aria-label="Value"
                            on:change:target=move |event| on_input(event.target().value())
                        >
                            {["", "true", "false"]
                                .map(|each| {
                                    view! {
                                        <option value=each prop:selected=move || text.with(|text| text == each)>
                                            {if each.is_empty() { "choose" } else { each }}
                                        </option>
                                    }
                                })
                                .collect_view()}
                        </select>
                    }
                        .into_any()
                }
                "Date" if fits.get() && !is_list.get() => {
                    view! {
                        <span class="context-date">
                            <input
                                class="input"
                                type="datetime-local"
                                step="1"
                                aria-label="Value"
                                prop:value=move || to_input(&text.get())
                                on:input:target=move |event| on_input(from_input(&event.target().value()))
                            />
                            <small class="quiet">"UTC"</small>
                        </span>
                    }
                        .into_any()
                }
                "IPAddress" if !is_list.get() => view! { <AddressValue id row on_input /> }.into_any(),
                known => {
                    let sample = sample(known);
                    let list = is_list.get();
                    view! {
                        <textarea
                            class="input"
                            rows="1"
                            aria-label=if list { "Values, one a line" } else { "Value" }
                            placeholder=if list { "one value a line" } else { sample }
                            inputmode=(known == "Numeric").then_some("decimal")
                            spellcheck="false"
                            autocapitalize="off"
                            prop:value=move || text.get()
                            on:input:target=move |event| on_input(event.target().value())
                        ></textarea>
                    }
                        .into_any()
                }
            }
        }}
    }
    .into_any()
}

/// What is known about the key of a row, in a line.
#[component]
pub fn KeyNote(known: Memo<Option<KnownKey>>) -> impl IntoView {
    let note = Memo::new(move |_| known.with(|known| known.as_ref().map(|known| known.note.clone())));
    view! {
        <Show when=move || note.with(Option::is_some)>
            <p class="context-type">{move || note.get()}</p>
        </Show>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{from_input, tag_prefix, to_input};

    #[test]
    fn dates_go_through_the_picker_unchanged() {
        for (text, shown) in [
            ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00"),
            ("", ""),
            ("2026-01-31T12:00:00+01:00", ""),
            ("1700000000", ""),
        ] {
            assert_eq!(to_input(text), shown);
        }
        assert_eq!(from_input("2026-01-31T12:00"), "2026-01-31T12:00:00Z");
        assert_eq!(from_input("2026-01-31T12:00:05"), "2026-01-31T12:00:05Z");
        assert_eq!(from_input(&to_input("2026-01-31T12:00:00Z")), "2026-01-31T12:00:00Z");
    }

    #[test]
    fn a_key_with_a_name_of_ones_own() {
        assert_eq!(tag_prefix("aws:RequestTag/${TagKey}"), Some("aws:RequestTag/"));
        assert_eq!(tag_prefix("aws:SourceIp"), None);
    }
}
