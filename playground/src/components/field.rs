//! A labeled field with its problems under it.

use leptos::prelude::*;

use super::coded::field_problems;

#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    on_input: impl Fn(String) + 'static,
    /// What the engine has to say against the value.
    #[prop(into, optional)]
    problems: Signal<Vec<String>>,
    /// Several lines, one value each.
    #[prop(optional)]
    multiline: bool,
    #[prop(optional)] placeholder: &'static str,
) -> impl IntoView {
    let problem_id = format!("{id}-problem");
    let described = {
        let problem_id = problem_id.clone();
        move || problems.with(|list| (!list.is_empty()).then(|| problem_id.clone()))
    };
    let invalid = move || problems.with(|list| (!list.is_empty()).then_some("true"));
    let input = if multiline {
        view! {
            <textarea
                id=id.clone()
                class="input"
                rows="1"
                spellcheck="false"
                autocapitalize="off"
                placeholder=placeholder
                prop:value=move || value.get()
                on:input:target=move |event| on_input(event.target().value())
                aria-describedby=described
                aria-invalid=invalid
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                id=id.clone()
                class="input"
                type="text"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                placeholder=placeholder
                prop:value=move || value.get()
                on:input:target=move |event| on_input(event.target().value())
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {input}
            <div id=problem_id class="field-problems">
                {move || {
                    field_problems(problems.get())
                }}
            </div>
        </div>
    }
    .into_any()
}
