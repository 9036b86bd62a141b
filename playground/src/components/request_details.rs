//! The parts of a request that few requests need, and what was derived and expected.

use admittance::scenario::Expectation;
use leptos::prelude::*;

use super::field::Field;
use super::request_form::problems;
use crate::state::{State, use_state};
use crate::words;
use crate::workspace::Request;

const DECISIONS: [&str; 5] = ["Allow", "ExplicitDeny", "ImplicitDeny", "Depends", "Invalid"];

#[component]
pub fn RequestDetails() -> impl IntoView {
    let state = use_state();
    view! {
        <div class="request-more">
        <details class="more">
            <summary>"Name, expectation, accounts, session"</summary>
            <div class="request-grid">
                <Field
                    id="request-name"
                    label="Name of this request"
                    value=state.of_request(|request| request.name.clone())
                    on_input=move |text| state.update_request(|request| request.name = text)
                    problems=problems(state, "name")
                />
                <ExpectField />
                <Field
                    id="request-resource-account"
                    label="Account that owns the resource"
                    placeholder="when the ARN does not say"
                    value=state.of_request(|request| request.resource_account.clone())
                    on_input=move |text| state.update_request(|request| request.resource_account = text)
                    problems=problems(state, "resourceAccount")
                />
                <PrincipalFields />
            </div>
            <div class="checks">
                <Check
                    label="The principal is a service-linked role"
                    read=|request| request.principal.service_linked_role
                    write=|request, on| request.principal.service_linked_role = on
                />
                <Check
                    label="The principal is in the management account"
                    read=|request| request.principal.in_management_account
                    write=|request, on| request.principal.in_management_account = on
                />
                <Check
                    label="The resource is in the management account"
                    read=|request| request.resource_in_management_account
                    write=|request, on| request.resource_in_management_account = on
                />
                <Check
                    label="A KMS grant covers this request"
                    read=|request| request.kms_grant_allows
                    write=|request, on| request.kms_grant_allows = on
                />
            </div>
        </details>
        <Rest />
        <DerivedKeys />
        </div>
    }
    .into_any()
}

#[component]
fn PrincipalFields() -> impl IntoView {
    let state = use_state();
    view! {
        <Field
            id="request-role-arn"
            label="Role of the session, by ARN"
            placeholder="with the role’s path"
            value=state.of_request(|request| request.principal.role_arn.clone().unwrap_or_default())
            on_input=move |text| state.update_request(|request| request.principal.role_arn = Some(text))
        />
        <Field
            id="request-session-name"
            label="Session name"
            placeholder="for a principal that is a role"
            value=state.of_request(|request| request.principal.session_name.clone().unwrap_or_default())
            on_input=move |text| state.update_request(|request| request.principal.session_name = Some(text))
        />
        <Field
            id="request-canonical-user"
            label="Canonical user id of the account, for S3"
            value=state.of_request(|request| request.principal.canonical_user_id.clone().unwrap_or_default())
            on_input=move |text| state.update_request(|request| request.principal.canonical_user_id = Some(text))
        />
        <Field
            id="request-federating-user"
            label="User that federated the session, by ARN"
            value=state.of_request(|request| request.principal.federating_user_arn.clone().unwrap_or_default())
            on_input=move |text| state.update_request(|request| request.principal.federating_user_arn = Some(text))
        />
    }
    .into_any()
}

#[component]
fn ExpectField() -> impl IntoView {
    let state = use_state();
    let expected =
        state.of_request(|request| request.expect.as_ref().map(|expect| expect.decision.clone()).unwrap_or_default());
    let expect = move |decision: String| {
        state.update_request(|request| {
            // Who should decide and by which statement belonged to the other decision.
            request.expect = (!decision.is_empty()).then(|| Expectation { decision, ..Expectation::default() });
        });
    };
    view! {
        <div class="field">
            <label for="request-expect">"Expected decision"</label>
            <select id="request-expect" class="input" on:change:target=move |event| expect(event.target().value())>
                <option value="" selected=move || expected.get().is_empty()>
                    "none"
                </option>
                {DECISIONS
                    .map(|code| {
                        view! {
                            <option value=code selected=move || expected.get() == code>
                                {words::decision(code)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </div>
    }
    .into_any()
}

#[component]
fn Check(label: &'static str, read: fn(&Request) -> bool, write: fn(&mut Request, bool)) -> impl IntoView {
    let state: State = use_state();
    let on = state.of_request(read);
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || on.get()
                on:change:target=move |event| {
                    let checked = event.target().checked();
                    state.update_request(|request| write(request, checked));
                }
            />
            {label}
        </label>
    }
    .into_any()
}

/// What the form does not edit, as the scenario gives it: further actions of the same call, facts about S3.
#[component]
fn Rest() -> impl IntoView {
    let state = use_state();
    let rest = state.of_request(|request| {
        let further = request.rest.further.iter().map(|each| (each.action.clone(), each.resources.join(", ")));
        let s3 = request.rest.s3.iter().map(|s3| ("S3".to_owned(), serde_json::to_string(s3).unwrap_or_default()));
        further.chain(s3).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || rest.with(|list| !list.is_empty())>
            <details class="more">
                <summary>"Further actions and facts of this scenario"</summary>
                <dl class="derived">
                    {move || {
                        rest.get()
                            .into_iter()
                            .map(|(name, value)| {
                                view! {
                                    <div>
                                        <dt>{name}</dt>
                                        <dd>{value}</dd>
                                    </div>
                                }
                            })
                            .collect_view()
                    }}
                </dl>
            </details>
        </Show>
    }
    .into_any()
}

/// Context that the engine took from the principal and the resource.
#[component]
fn DerivedKeys() -> impl IntoView {
    let state = use_state();
    let derived = Memo::new(move |_| state.result().map(|result| result.derived_context).unwrap_or_default());
    view! {
        <Show when=move || derived.with(|keys| !keys.is_empty())>
            <details class="more">
                <summary>
                    {move || format!("{} derived from principal and resource", words::count(derived.with(Vec::len), "key"))}
                </summary>
                <dl class="derived">
                    {move || {
                        derived
                            .get()
                            .into_iter()
                            .map(|key| {
                                view! {
                                    <div>
                                        <dt>{key.key}</dt>
                                        <dd>{key.values.join(", ")}</dd>
                                    </div>
                                }
                            })
                            .collect_view()
                    }}
                </dl>
            </details>
        </Show>
    }
    .into_any()
}
