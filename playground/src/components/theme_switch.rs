//! Light, dark, or what the system says.

use leptos::prelude::*;

use crate::theme::{self, Theme};

#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let chosen = RwSignal::new(theme::stored());
    view! {
        <select
            class="button theme-switch"
            aria-label="Theme"
            on:change:target=move |event| {
                let theme = Theme::from_code(&event.target().value());
                theme::choose(theme);
                chosen.set(theme);
            }
        >
            {Theme::ALL
                .map(|theme| {
                    view! {
                        <option value=theme.code() prop:selected=move || chosen.get() == theme>
                            {theme.label()}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
    .into_any()
}
