//! The request: who, what, on which resource, in which context.

use leptos::prelude::*;

use super::combobox::{Combobox, Offer};
use super::field::Field;
use super::part::part;
use super::principal_kind::PrincipalKind;
use super::request_tabs::RequestTabs;
use crate::analysis::{json, use_analysis};
use crate::outcome::Subject;
use crate::state::{State, use_state};

#[component]
pub fn RequestForm() -> impl IntoView {
    let state = use_state();
    let action = state.of_request(|request| request.action.clone());
    let actions = use_analysis().follow::<Vec<Offer>>("actions", move || Some(action.with(json)));
    view! {
        <section class="panel request" aria-labelledby="request-title">
            <div class="panel-head">
                <h2 id="request-title">"Request"</h2>
                <RequestTabs />
            </div>
            <div class="request-body">
                <div class="request-grid">
                    <div class="principal-field">
                    <Field
                        id="request-principal"
                        label="Principal"
                        placeholder="arn:aws:iam::111122223333:user/ana"
                        value=state.of_request(|request| request.principal.arn.clone())
                        on_input=move |text| state.update_request(|request| request.principal.arn = text)
                        problems=problems(state, "principal")
                    />
                    <PrincipalKind />
                    </div>
                    <Combobox
                        id="request-action"
                        label="Action"
                        labeled=true
                        placeholder="s3:GetObject"
                        offers=move |typed: &str| others(actions.get(), typed)
                        value=action
                        on_input=move |text| state.update_request(|request| request.action = text)
                        problems=problems(state, "action")
                    />
                    <Field
                        id="request-resource"
                        label="Resource, one ARN a line"
                        placeholder="*"
                        multiline=true
                        value=state.of_request(|request| request.resources.clone())
                        on_input=move |text| state.update_request(|request| request.resources = text)
                        problems=problems(state, "resource")
                    />
                </div>
                {part(|parts| (parts.request_rest)())}
            </div>
        </section>
    }
    .into_any()
}

/// What is there already needs no offer.
fn others(offers: Vec<Offer>, typed: &str) -> Vec<Offer> {
    if offers.len() == 1 && offers.iter().all(|only| only.text == typed) { Vec::new() } else { offers }
}

/// What the engine has against a field of the selected request.
pub fn problems(state: State, field: &'static str) -> Signal<Vec<String>> {
    Signal::derive(move || {
        let Some(selected) = state.request.get() else { return Vec::new() };
        state.outcome.with(|outcome| {
            let here = |subject: &Subject| match subject {
                Subject::Request(id, at) => *id == selected && names(at, field),
                _ => false,
            };
            let found = outcome.problems.iter().filter(|each| !each.incomplete && here(&each.subject));
            found
                .map(|each| match &each.diagnostic.help {
                    Some(help) => format!("{}: {help}", each.diagnostic.message),
                    None => each.diagnostic.message.clone(),
                })
                .collect()
        })
    })
}

/// Whether a place such as `principal.roleArn` or `context["aws:SourceIp"]` is in the field.
fn names(place: &str, field: &str) -> bool {
    place.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
