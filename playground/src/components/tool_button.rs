//! A button with a picture and no words but its name.

use leptos::prelude::*;

use super::icons::Icon;

#[component]
pub fn ToolButton(
    /// What it does: for the pointer as a tooltip.
    title: &'static str,
    /// Its name, where the title does not say of what.
    #[prop(into, optional)]
    label: Option<Signal<String>>,
    icon: &'static str,
    #[prop(into, optional)] disabled: Signal<bool>,
    /// For a button that switches something: whether it is on.
    #[prop(into, optional)]
    pressed: Option<Signal<bool>>,
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    let label = move || label.map_or_else(|| title.to_owned(), |label| label.get());
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=label
            title=title
            disabled=disabled
            aria-pressed=pressed.map(|pressed| move || pressed.get().to_string())
            on:click=move |_| on_press()
        >
            <Icon path=icon />
        </button>
    }
    .into_any()
}
