//! An access-denied message of AWS that is pasted into the request fills it in.

use admittance::access_denied::{self, AccessDenied};
use admittance::scenario::{Expectation, ScenarioPrincipal};
use leptos::prelude::*;

use super::{State, Toast, Undo};
use crate::words;
use crate::workspace::Request;

impl State {
    /// Fills the selected request in from a message; says whether the text is one.
    pub fn paste_denied(self, text: &str) -> bool {
        let Some(denied) = access_denied::parse(text) else { return false };
        let (Some(arn), Some(action)) = (denied.principal.clone(), denied.action.clone()) else { return false };
        self.apart(|| self.fill_in(&denied, arn, action));
        true
    }

    fn fill_in(self, denied: &AccessDenied, arn: String, action: String) {
        let Some(id) = self.request.get_untracked() else { return };
        let request = Request {
            id,
            principal: ScenarioPrincipal { arn, ..ScenarioPrincipal::default() },
            action,
            resources: denied.resource.clone().unwrap_or_default(),
            expect: denied.explicit.map(|explicit| Expectation {
                decision: if explicit { "ExplicitDeny" } else { "ImplicitDeny" }.to_owned(),
                ..Expectation::default()
            }),
            ..Request::blank()
        };
        let before = self.workspace.get_untracked();
        let mut after = before.clone();
        if let Some(place) = after.request_mut(id) {
            *place = request;
        }
        self.workspace.set(after.clone());
        let undo = Undo::Change { before: Box::new(before), after: Box::new(after) };
        self.toast.set(Some(Toast::with_undo(learned(denied), undo)));
    }
}

/// What the message says, in words.
fn learned(denied: &AccessDenied) -> String {
    let fields = if denied.resource.is_some() { "principal, action and resource" } else { "principal and action" };
    let how = match denied.explicit {
        Some(true) => "denied explicitly",
        Some(false) => "denied implicitly",
        None => "denied",
    };
    let by = match denied.policy_type {
        Some(policy_type) => format!("by {}", words::decided_by(policy_type.as_str())),
        None => "and the message does not say by which policies".to_owned(),
    };
    let arn = denied.policy_arn.iter().map(|arn| format!(", {arn}")).collect::<String>();
    let encoded = if denied.encoded_message.is_some() {
        " Its encoded part can be read with sts:DecodeAuthorizationMessage."
    } else {
        ""
    };
    format!("Read from AWS’s message: {fields}. It was {how} {by}{arn}.{encoded}")
}

#[cfg(test)]
mod tests {
    use super::learned;
    use admittance::access_denied;

    #[test]
    fn what_a_message_says() {
        let user = "User: arn:aws:iam::111122223333:user/ana is not authorized to perform: s3:GetObject";
        let cases = [
            (
                " because no identity-based policy allows the s3:GetObject action",
                "Read from AWS’s message: principal and action. It was denied implicitly by identity-based policies.",
            ),
            (
                " on resource: arn:aws:s3:::b/k with an explicit deny in a service control policy",
                "Read from AWS’s message: principal, action and resource. It was denied explicitly by service control policies.",
            ),
            (
                " on resource: arn:aws:s3:::b/k",
                "Read from AWS’s message: principal, action and resource. It was denied and the message does not say by which policies.",
            ),
        ];
        for (rest, wanted) in cases {
            assert_eq!(learned(&access_denied::parse(&format!("{user}{rest}")).unwrap()), wanted);
        }
    }
}
