//! Who made the request of an event (SPEC 6.5).
//!
//! Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html>

use super::Draft;
use super::read::{Facts, inner, text};
use crate::arn::is_account_id;
use crate::json::Object;
use crate::scenario::ContextValue;

const ARN: &str = "userIdentity.arn";
const ISSUER: &str = "userIdentity.sessionContext.sessionIssuer.arn";

pub(super) fn read(draft: &mut Draft, facts: &Facts<'_, '_>) {
    let Some(identity) = facts.identity else {
        draft.missing("principal", "the event has no userIdentity");
        return;
    };
    let kind = text(identity, "type").unwrap_or("Unknown");
    let arn = text(identity, "arn");
    let principal = &mut draft.request.principal;
    match (kind, arn) {
        ("IAMUser" | "Root", Some(arn)) => {
            principal.arn = arn.to_owned();
            draft.exact("principal", ARN);
        }
        ("AssumedRole" | "Role", Some(arn)) => {
            principal.arn = arn.to_owned();
            principal.role_arn = issuer(identity).filter(|arn| arn.contains(":role/")).map(str::to_owned);
            match principal.role_arn {
                Some(_) => draft.exact("principal", &format!("{ARN}, {ISSUER}")),
                None => draft.inferred("principal", ARN, "the event does not say what path the role has"),
            }
        }
        ("FederatedUser", Some(arn)) => {
            principal.arn = arn.to_owned();
            principal.federating_user_arn = issuer(identity).filter(|arn| arn.contains(":user/")).map(str::to_owned);
            match principal.federating_user_arn {
                Some(_) => draft.exact("principal", &format!("{ARN}, {ISSUER}")),
                None => draft.inferred("principal", ARN, "the event does not say who made the session"),
            }
        }
        ("AWSService", _) => service(draft, identity),
        ("SAMLUser", _) => provider(draft, facts.parameter("principalArn"), "requestParameters.principalArn"),
        ("WebIdentityUser", _) => {
            provider(draft, text(identity, "identityProvider"), "userIdentity.identityProvider");
        }
        ("AWSAccount", _) => account(draft, identity),
        _ => {
            let note = format!("a userIdentity of type {kind} names no principal of IAM");
            draft.missing("principal", &note);
        }
    }
    // What `aws:userid` holds is known for these alone (SPEC 6.4).
    if let Some(id) = text(identity, "principalId")
        && matches!(kind, "IAMUser" | "Root" | "AssumedRole" | "FederatedUser")
    {
        draft.request.context.push(("aws:userid".into(), ContextValue::Single(id.to_owned())));
        draft.exact("aws:userid", "userIdentity.principalId");
    }
    if kind == "IAMUser"
        && let Some(name) = text(identity, "userName")
    {
        draft.request.context.push(("aws:username".into(), ContextValue::Single(name.to_owned())));
        draft.exact("aws:username", "userIdentity.userName");
    }
}

/// Who made the session.
fn issuer<'b>(identity: &'b Object<'_>) -> Option<&'b str> {
    text(inner(inner(identity, "sessionContext")?, "sessionIssuer")?, "arn")
}

fn service(draft: &mut Draft, identity: &Object<'_>) {
    match text(identity, "invokedBy")
        .filter(|name| name.ends_with(".amazonaws.com") || name.ends_with(".amazonaws.com.cn"))
    {
        Some(name) => {
            draft.request.principal.arn = name.to_owned();
            draft.exact("principal", "userIdentity.invokedBy");
        }
        None => draft.missing("principal", "the event does not say which service called"),
    }
}

fn provider(draft: &mut Draft, given: Option<&str>, source: &str) {
    match given {
        Some(provider) => {
            draft.request.principal.arn = provider.to_owned();
            draft.exact("principal", source);
        }
        None => draft.missing("principal", "the event does not name the identity provider"),
    }
}

/// Another account's principal: the event keeps its ARN back.
fn account(draft: &mut Draft, identity: &Object<'_>) {
    let id = text(identity, "accountId").unwrap_or_default();
    if id.eq_ignore_ascii_case("anonymous") {
        draft.request.principal.arn = "anonymous".to_owned();
        draft.inferred("principal", "userIdentity.accountId", "requests without a signature are logged so");
    } else if is_account_id(id) {
        let note = format!("of a principal of the account {id} the event tells the account and the unique id alone");
        draft.missing("principal", &note);
    } else {
        draft.missing("principal", "the event does not say who called");
    }
}
