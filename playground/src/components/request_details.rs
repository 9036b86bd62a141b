//! The parts of a request that few requests need, and what was derived and expected.

use admittance::scenario::Expectation;
use leptos::prelude::*;

use super::arn_builder::ArnBuilder;
use super::field::Field;
use super::further_actions::FurtherActions;
use super::icons::PEN;
use super::options::Options;
use super::request_form::problems;
use super::request_json::RequestJson;
use super::s3_facts::S3Facts;
use super::tool_button::ToolButton;
use super::trail_notes::TrailNotes;
use crate::state::use_state;
use crate::words;
use crate::workspace::Request;

#[component]
pub fn RequestDetails() -> impl IntoView {
    view! {
        <div class="request-more">
            <TrailNotes />
            <Rest />
            <FurtherActions />
            <S3Facts />
            <Options />
            <ArnBuilder />
            <DerivedKeys />
            <RequestJson />
        </div>
    }
    .into_any()
}

/// Name and expectation, accounts, and what a principal's ARN does not say.
#[component]
fn Rest() -> impl IntoView {
    let state = use_state();
    view! {
        <details class="more">
            <summary>"Name, expectation, accounts, session"</summary>
            <div class="request-grid">
                <RequestField
                    id="request-name"
                    label="Name of this request"
                    read=|request| request.name.clone()
                    write=|request, text| request.name = text
                    problems=problems(state, "name")
                />
                <Choice
                    id="request-expect"
                    label="Expected decision"
                    choices=&words::EXPECTATIONS
                    read=|request| request.expect.as_ref().map(|expect| expect.decision.clone()).unwrap_or_default()
                    // Who should decide and by which statement belonged to the other decision.
                    write=|request, decision| {
                        request.expect =
                            (!decision.is_empty()).then(|| Expectation { decision, ..Expectation::default() });
                    }
                />
                <RequestField
                    id="request-resource-account"
                    label="Account that owns the resource"
                    placeholder="when the ARN does not say"
                    read=|request| request.resource_account.clone()
                    write=|request, text| request.resource_account = text
                    problems=problems(state, "resourceAccount")
                />
                <RequestField
                    id="request-role-arn"
                    label="Role of the session, by ARN"
                    placeholder="with the role’s path"
                    read=|request| request.principal.role_arn.clone().unwrap_or_default()
                    write=|request, text| request.principal.role_arn = Some(text)
                />
                <RequestField
                    id="request-session-name"
                    label="Session name"
                    placeholder="for a principal that is a role"
                    read=|request| request.principal.session_name.clone().unwrap_or_default()
                    write=|request, text| request.principal.session_name = Some(text)
                />
                <RequestField
                    id="request-canonical-user"
                    label="Canonical user id of the account, for S3"
                    read=|request| request.principal.canonical_user_id.clone().unwrap_or_default()
                    write=|request, text| request.principal.canonical_user_id = Some(text)
                />
                <RequestField
                    id="request-federating-user"
                    label="User that federated the session, by ARN"
                    read=|request| request.principal.federating_user_arn.clone().unwrap_or_default()
                    write=|request, text| request.principal.federating_user_arn = Some(text)
                />
            </div>
            <div class="checks">
                <Check
                    label="The user calls with credentials of GetSessionToken"
                    read=|request| request.principal.get_session_token
                    write=|request, on| request.principal.get_session_token = on
                />
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
                    label="The KMS key is an AWS managed one"
                    read=|request| request.aws_managed_key
                    write=|request, on| request.aws_managed_key = on
                />
                <Check
                    label="A KMS grant covers this request"
                    read=|request| request.kms_grant_allows
                    write=|request, on| request.kms_grant_allows = on
                />
            </div>
        </details>
    }
    .into_any()
}

/// A text of the selected request.
#[component]
pub fn RequestField(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] placeholder: &'static str,
    read: fn(&Request) -> String,
    write: fn(&mut Request, String),
    #[prop(into, optional)] problems: Signal<Vec<String>>,
) -> impl IntoView {
    let state = use_state();
    view! {
        <Field
            id
            label
            placeholder
            value=state.of_request(read)
            on_input=move |text| state.update_request(|request| write(request, text))
            problems
        />
    }
}

/// One of a few codes, by its words.
#[component]
pub fn Choice(
    id: &'static str,
    label: &'static str,
    choices: &'static [(&'static str, &'static str)],
    read: fn(&Request) -> String,
    write: fn(&mut Request, String),
) -> impl IntoView {
    let state = use_state();
    let chosen = state.of_request(read);
    let options = choices.iter().map(|&(code, label)| {
        view! {
            <option value=code prop:selected=move || chosen.get() == code>
                {label}
            </option>
        }
    });
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                id=id
                class="input"
                on:change:target=move |event| {
                    let code = event.target().value();
                    state.update_request(|request| write(request, code));
                }
            >
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// Yes or no.
#[component]
pub fn Check(label: &'static str, read: fn(&Request) -> bool, write: fn(&mut Request, bool)) -> impl IntoView {
    let state = use_state();
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

/// Context that the engine took from the principal and the resource.
#[component]
fn DerivedKeys() -> impl IntoView {
    let state = use_state();
    let derived = Memo::new(move |_| state.of_result(|result| result.derived_context.clone()).unwrap_or_default());
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
                                let label = format!("Override {}", key.key);
                                let text = key.values.join(", ");
                                view! {
                                    <div>
                                        <dt>{key.key.clone()}</dt>
                                        <dd>
                                            {text}
                                            <ToolButton
                                                title="Give it another value"
                                                label=Signal::derive(move || label.clone())
                                                icon=PEN
                                                on_press=move || state.override_key(&key)
                                            />
                                        </dd>
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
