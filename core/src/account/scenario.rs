//! A scenario for an identity of the account.

use super::{AccountDetails, Identity, IdentityKind};
use crate::scenario::{ContextValue, Policies, Scenario, ScenarioPrincipal, ScenarioRequest};

impl AccountDetails {
    /// A scenario in which a user or role of the account asks for an action: its policies, its boundary, its tags and
    /// its unique id; and if the resource is a role of the account, that role's trust policy. A role calls
    /// in a session named `session`. Nothing for a group, and for ARNs that the account does not have.
    ///
    /// The details hold no policies of the organization, of sessions and of resources other than roles; with
    /// them the answer may be another one.
    #[must_use]
    pub fn scenario(&self, arn: &str, action: &str, resources: &[String]) -> Option<Scenario> {
        let identity = self.identity(arn).filter(|identity| identity.kind != IdentityKind::Group)?;
        let mut policies = Policies {
            identity: identity.policies.clone(),
            permissions_boundary: identity.permissions_boundary.clone(),
            ..Policies::default()
        };
        // A scenario has one resource's policy: that of one role must not speak for another.
        if let [resource] = resources
            && action.get(..4).is_some_and(|service| service.eq_ignore_ascii_case("sts:"))
        {
            policies.resource.extend(self.identity(resource).and_then(|role| role.trust_policy.clone()));
        }
        let request = ScenarioRequest {
            principal: principal(identity),
            action: action.to_owned(),
            resources: resources.to_vec(),
            context: context(identity),
            ..ScenarioRequest::default()
        };
        Some(Scenario { policies, requests: vec![request], ..Scenario::default() })
    }
}

fn principal(identity: &Identity) -> ScenarioPrincipal {
    let session = identity.kind == IdentityKind::Role;
    ScenarioPrincipal {
        arn: identity.arn.clone(),
        session_name: session.then(|| "session".to_owned()),
        ..ScenarioPrincipal::default()
    }
}

/// What the details tell of a request by this identity (SPEC 6.4).
fn context(identity: &Identity) -> Vec<(String, ContextValue)> {
    let mut context = Vec::new();
    if let Some(id) = &identity.id {
        let session = if identity.kind == IdentityKind::Role { ":session" } else { "" };
        context.push(("aws:userid".to_owned(), ContextValue::Single(format!("{id}{session}"))));
    }
    for tag in &identity.tags {
        context.push((format!("aws:PrincipalTag/{}", tag.key), ContextValue::Single(tag.value.clone())));
    }
    context
}
