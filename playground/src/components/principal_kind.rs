//! What kind of caller the principal is; choosing another kind starts its ARN.

use admittance::Principal;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen::JsCast;

use crate::state::use_state;

/// The kinds: a code, words, and what a principal of the kind looks like, with the part to fill in.
const KINDS: [(&str, &str, &str, &str); 9] = [
    ("user", "IAM user", "arn:aws:iam::111122223333:user/NAME", "NAME"),
    ("session", "Session of a role", "arn:aws:sts::111122223333:assumed-role/ROLE/SESSION", "ROLE"),
    ("role", "Role", "arn:aws:iam::111122223333:role/ROLE", "ROLE"),
    ("federated", "Federated user", "arn:aws:sts::111122223333:federated-user/NAME", "NAME"),
    ("root", "Root of an account", "arn:aws:iam::111122223333:root", "111122223333"),
    ("service", "AWS service", "lambda.amazonaws.com", "lambda"),
    ("saml", "SAML provider", "arn:aws:iam::111122223333:saml-provider/PROVIDER", "PROVIDER"),
    ("oidc", "OIDC provider", "arn:aws:iam::111122223333:oidc-provider/PROVIDER", "PROVIDER"),
    ("anonymous", "Anonymous", "anonymous", ""),
];

/// The kind that the engine takes a text for.
fn kind_of(text: &str) -> &'static str {
    match Principal::parse(text.trim()) {
        Ok(Principal::Root { .. }) => "root",
        Ok(Principal::User { .. }) => "user",
        Ok(Principal::RoleSession { arn: Some(_), .. }) => "session",
        Ok(Principal::RoleSession { arn: None, .. }) => "role",
        Ok(Principal::FederatedUser { .. }) => "federated",
        Ok(Principal::Service { .. }) => "service",
        Ok(Principal::Saml { .. }) => "saml",
        Ok(Principal::WebIdentity { .. }) => "oidc",
        Ok(Principal::Anonymous) => "anonymous",
        Err(_) => "",
    }
}

#[component]
pub fn PrincipalKind() -> impl IntoView {
    let state = use_state();
    let arn = state.of_request(|request| request.principal.arn.clone());
    let kind = Memo::new(move |_| arn.with(|arn| kind_of(arn)));
    let choose = move |code: String| {
        let Some((_, _, form, part)) = KINDS.into_iter().find(|(each, ..)| *each == code) else { return };
        // The account stays the same where both have one.
        let account = arn.with_untracked(|arn| {
            Principal::parse(arn.trim()).ok().and_then(|principal| principal.account().map(str::to_owned))
        });
        let text = match account {
            Some(account) => form.replace("111122223333", &account),
            None => form.to_owned(),
        };
        state.update_request(|request| request.principal.arn.clone_from(&text));
        let input = document().get_element_by_id("request-principal");
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            input.set_value(&text);
            // An element that cannot take the focus leaves it where it is.
            let _ = input.focus();
            if let Some(from) = text.find(part).filter(|_| !part.is_empty())
                && let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(from + part.len()))
            {
                // Text inputs have a selection.
                let _ = input.set_selection_range(from, to);
            }
        }
    };
    view! {
        <select
            class="principal-kind"
            aria-label="Kind of principal"
            on:change:target=move |event| choose(event.target().value())
        >
            <option value="" prop:selected=move || kind.get().is_empty()>
                "kind of caller"
            </option>
            {KINDS
                .map(|(code, label, ..)| {
                    view! {
                        <option value=code prop:selected=move || kind.get() == code>
                            {label}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{KINDS, kind_of};

    #[test]
    fn every_kind_starts_as_what_it_is() {
        for (code, _, form, part) in KINDS {
            assert_eq!(kind_of(form), code);
            assert!(form.contains(part));
        }
        assert_eq!(kind_of("nobody"), "");
    }
}
