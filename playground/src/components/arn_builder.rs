//! ARNs of the resource types that the action takes, from the catalog's forms.

use admittance::Principal;
use leptos::prelude::*;
use serde::Deserialize;

use crate::analysis::{json, use_analysis};
use crate::effect::effect;
use crate::state::use_state;

/// A form of ARN, and the type that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Form {
    type_name: String,
    required: bool,
    text: String,
    /// The placeholders, each with what stands there at first.
    parts: Vec<(String, String)>,
}

fn filled(form: &Form, values: &[(String, String)]) -> String {
    let mut text = form.text.clone();
    for (name, value) in values {
        text = text.replacen(&format!("${{{name}}}"), if value.is_empty() { "*" } else { value }, 1);
    }
    text
}

#[component]
pub fn ArnBuilder() -> impl IntoView {
    let state = use_state();
    let action = state.of_request(|request| request.action.clone());
    let analysis = use_analysis();
    let answer = analysis.follow::<Option<Vec<Form>>>("arns", move || Some(action.with(json)));
    // Which forms there are is not known before the catalog is there.
    let is_open_question =
        Memo::new(move |_| answer.with(Option::is_none) && action.with(|action| action.contains(':')));
    let forms = Memo::new(move |_| answer.get().unwrap_or_default());
    let chosen = RwSignal::new(0_usize);
    let values = RwSignal::new(Vec::<(String, String)>::new());
    let form = Memo::new(move |_| forms.with(|forms| forms.get(chosen.get()).or(forms.first()).cloned()));
    effect(move || {
        let Some(form) = form.get() else { return };
        let account = state.workspace.with_untracked(|now| {
            let request = state.request.get_untracked().and_then(|id| now.request(id))?;
            Principal::parse(request.principal.arn.trim()).ok()?.account().map(str::to_owned)
        });
        let start = |(name, start): (String, String)| match account.clone().filter(|_| name == "Account") {
            Some(account) => (name, account),
            None => (name, start),
        };
        values.set(form.parts.into_iter().map(start).collect());
    });
    let names =
        Memo::new(move |_| values.with(|values| values.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()));
    let arn =
        Memo::new(move |_| form.get().map(|form| values.with(|values| filled(&form, values))).unwrap_or_default());
    let add = move |replace: bool| {
        let arn = arn.get_untracked();
        state.update_request(|request| {
            if replace || request.resources.trim().is_empty() || request.resources.trim() == "*" {
                request.resources = arn;
            } else {
                request.resources = format!("{}\n{arn}", request.resources.trim_end());
            }
        });
    };
    view! {
        <Show when=move || forms.with(|forms| !forms.is_empty()) || is_open_question.get()>
            <details class="more arn-builder" on:toggle=move |_| analysis.need()>
                <summary>"Build an ARN for this action"</summary>
                <p class="quiet" hidden=move || !is_open_question.get()>
                    "This needs AWS’s actions, which are being fetched."
                </p>
                <div class="arn-fields" hidden=move || is_open_question.get()>
                    <div class="field">
                        <label for="arn-type">"Resource type"</label>
                        <select
                            id="arn-type"
                            class="input"
                            on:change:target=move |event| chosen.set(event.target().value().parse().unwrap_or_default())
                        >
                            {move || {
                                forms
                                    .get()
                                    .into_iter()
                                    .enumerate()
                                    .map(|(at, form)| {
                                        let required = if form.required { " (required)" } else { "" };
                                        view! {
                                            <option value=at.to_string() prop:selected=move || chosen.get() == at>
                                                {format!("{}{required}: {}", form.type_name, form.text)}
                                            </option>
                                        }
                                    })
                                    .collect_view()
                            }}
                        </select>
                    </div>
                    {move || {
                        names
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(at, name)| {
                                let value = move || {
                                    values.with(|values| values.get(at).map(|(_, value)| value.clone()).unwrap_or_default())
                                };
                                view! {
                                    <div class="field">
                                        <label for=format!("arn-part-{at}")>{name}</label>
                                        <input
                                            id=format!("arn-part-{at}")
                                            class="input"
                                            type="text"
                                            spellcheck="false"
                                            autocomplete="off"
                                            placeholder="*"
                                            prop:value=value
                                            on:input:target=move |event| {
                                                let text = event.target().value();
                                                values
                                                    .update(|values| {
                                                        if let Some((_, value)) = values.get_mut(at) {
                                                            *value = text;
                                                        }
                                                    });
                                            }
                                        />
                                    </div>
                                }
                            })
                            .collect_view()
                    }}
                </div>
                <p class="arn-built">
                    <code>{move || arn.get()}</code>
                    <button type="button" class="button is-small" on:click=move |_| add(true)>
                        "Use as the resource"
                    </button>
                    <button type="button" class="button is-small" on:click=move |_| add(false)>
                        "Add to the resources"
                    </button>
                </p>
            </details>
        </Show>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{Form, filled};

    #[test]
    fn parts_that_are_empty_stand_for_all() {
        let form = Form {
            type_name: "object".into(),
            required: true,
            text: "arn:${Partition}:s3:::${BucketName}/${ObjectName}".into(),
            parts: Vec::new(),
        };
        let values = [("Partition", "aws"), ("BucketName", "photos"), ("ObjectName", "")];
        let values: Vec<_> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(filled(&form, &values), "arn:aws:s3:::photos/*");
    }
}
