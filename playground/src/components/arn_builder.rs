//! ARNs of the resource types that the action takes, from the catalog's forms.

use std::sync::Arc;

use admittance::Principal;
use admittance::catalog::{ArnDefaults, ArnPiece, Catalog};
use leptos::prelude::*;

use crate::catalog::use_reference;
use crate::state::use_state;

/// A form of ARN, and the type that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Form {
    type_name: String,
    required: bool,
    text: String,
}

/// The forms of the resource types that an action takes.
fn forms(catalog: &Catalog, action: &str) -> Vec<Form> {
    let Some(action) = catalog.action(action.trim()) else { return Vec::new() };
    let mut forms = Vec::new();
    for resource in action.resources() {
        for format in resource.resource_type().arn_formats() {
            forms.push(Form {
                type_name: resource.resource_type().name().to_owned(),
                required: resource.required(),
                text: format.as_str().to_owned(),
            });
        }
    }
    forms
}

/// Text and placeholders of a form, in the catalog's reading.
fn placeholders(catalog: &Catalog, form: &Form) -> Vec<String> {
    let mut names = Vec::new();
    let service = form.text.split(':').nth(2).unwrap_or_default();
    let types = catalog.service(service).into_iter().flat_map(|service| service.resource_types());
    let formats = types.flat_map(|each| each.arn_formats());
    for format in formats.filter(|format| format.as_str() == form.text).take(1) {
        names.extend(format.pieces().filter_map(|piece| match piece {
            ArnPiece::Placeholder(name) => Some(name.to_owned()),
            ArnPiece::Text(_) => None,
        }));
    }
    names
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
    let reference = use_reference();
    let action = state.of_request(|request| request.action.clone());
    let forms = Memo::new(move |_| match reference.get() {
        Some(catalog) => action.with(|action| forms(&catalog, action)),
        None => Vec::new(),
    });
    // Which forms there are is not known before the catalog is there.
    let is_open_question = Memo::new(move |_| !reference.is_there() && action.with(|action| action.contains(':')));
    let chosen = RwSignal::new(0_usize);
    let values = RwSignal::new(Vec::<(String, String)>::new());
    let form = Memo::new(move |_| forms.with(|forms| forms.get(chosen.get()).or(forms.first()).cloned()));
    Effect::new(move || {
        let Some(form) = form.get() else { return };
        let account = state.workspace.with_untracked(|now| {
            let request = state.request.get_untracked().and_then(|id| now.request(id))?;
            Principal::parse(request.principal.arn.trim()).ok()?.account().map(str::to_owned)
        });
        let defaults = ArnDefaults::default();
        let start = |name: &str| match name {
            "Partition" => defaults.partition.to_owned(),
            "Region" => defaults.region.to_owned(),
            "Account" => account.clone().unwrap_or_else(|| defaults.account.to_owned()),
            _ => String::new(),
        };
        let names: Vec<String> =
            reference.get_untracked().map(|catalog: Arc<Catalog>| placeholders(&catalog, &form)).unwrap_or_default();
        values.set(names.into_iter().map(|name| (name.clone(), start(&name))).collect());
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
            <details class="more arn-builder" on:toggle=move |_| reference.need()>
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
                                            <option value=at.to_string() selected=move || chosen.get() == at>
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
        };
        let values = [("Partition", "aws"), ("BucketName", "photos"), ("ObjectName", "")];
        let values: Vec<_> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(filled(&form, &values), "arn:aws:s3:::photos/*");
    }
}
