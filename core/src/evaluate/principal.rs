//! How a `Principal` element names the caller (SPEC 1.5, 5.3, 5.9).

use super::facts::Facts;
use crate::arn::{Arn, is_account_id};
use crate::context::{ContextEntry, RequestContext};
use crate::policy::{Effect, PolicyType, PrincipalElement, PrincipalEntry, PrincipalKind};
use crate::request::{Principal, Request};

/// How a resource-based policy named the caller: it decides what limits the grant (SPEC 5.3).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrincipalClass {
    /// By its own ARN; for the root user also by the account.
    Direct,
    /// By `*`.
    Wildcard,
    /// A session by the ARN of its role.
    Role,
    /// A federated user by the ARN of the IAM user that federated.
    FederatingUser,
    /// By its account: a delegation to the account's own policies.
    Account,
    /// An AWS service by its name.
    Service,
    /// A SAML or web identity caller by its provider.
    Federated,
}

impl PrincipalClass {
    /// All classes, the strongest first.
    pub(crate) const ALL: [Self; 7] =
        [Self::Direct, Self::Wildcard, Self::Role, Self::FederatingUser, Self::Account, Self::Service, Self::Federated];
}

/// Whether the element covers the caller, and how.
pub(crate) fn matches(
    element: &PrincipalElement,
    effect: Effect,
    policy_type: PolicyType,
    request: &Request,
    facts: &Facts,
) -> Option<PrincipalClass> {
    let grants = grants(effect, policy_type);
    let class = |entry: &PrincipalEntry| class_of(entry, grants, request);
    if !element.negated {
        let strength = |class: &PrincipalClass| *class as u8;
        let strongest = element.entries.iter().filter_map(class).min_by_key(strength);
        // SPEC G-43: in the policy of a gateway endpoint an account is its root user alone.
        let of_gateway = policy_type == PolicyType::VpcEndpoint && facts.gateway_endpoint;
        return strongest.filter(|class| !of_gateway || *class != PrincipalClass::Account);
    }
    let exempt = match effect {
        Effect::Deny => exempt_from_deny(element, request, facts),
        // SPEC G-40: everybody who is not listed, in whatever way.
        Effect::Allow => element.entries.iter().any(|entry| class_of(entry, false, request).is_some()),
    };
    (!exempt).then_some(PrincipalClass::Wildcard)
}

/// Whether the statement grants to whom it names; Allow in an RCP or an endpoint policy only lets pass.
pub(super) fn grants(effect: Effect, policy_type: PolicyType) -> bool {
    effect == Effect::Allow && matches!(policy_type, PolicyType::Resource(_) | PolicyType::AccessPoint)
}

pub(super) fn class_of(entry: &PrincipalEntry, grants: bool, request: &Request) -> Option<PrincipalClass> {
    let (principal, context) = (&request.principal, request.context());
    let value = &*entry.value.value;
    match (entry.kind, principal) {
        (PrincipalKind::Everyone, _) => everyone(grants, principal, true),
        (PrincipalKind::Aws, _) if value == "*" => everyone(grants, principal, false),
        (PrincipalKind::Aws, _) => aws(value, principal, context),
        (PrincipalKind::Service, Principal::Service { name }) => (name == value).then_some(PrincipalClass::Service),
        (PrincipalKind::Federated, Principal::Saml { provider } | Principal::WebIdentity { provider }) => {
            (provider == value).then_some(PrincipalClass::Federated)
        }
        (PrincipalKind::CanonicalUser, _) if names_canonical_user(value, request) => by_account(principal),
        _ => None,
    }
}

/// By its account, which for the root user is itself.
fn by_account(principal: &Principal) -> Option<PrincipalClass> {
    principal.account()?;
    Some(match principal {
        Principal::Root { .. } => PrincipalClass::Direct,
        _ => PrincipalClass::Account,
    })
}

/// S3's id of an account, which names that account.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html>
fn names_canonical_user(value: &str, request: &Request) -> bool {
    request.canonical_user_id.as_deref() == Some(value)
}

/// A wildcard: it covers every caller; but a grant covers services only by the bare `*`, and SAML and
/// web identity callers not at all (SPEC 5.3).
fn everyone(grants: bool, principal: &Principal, bare: bool) -> Option<PrincipalClass> {
    let covered = !grants
        || match principal {
            Principal::Service { .. } => bare,
            Principal::Saml { .. } | Principal::WebIdentity { .. } => false,
            _ => true,
        };
    covered.then_some(PrincipalClass::Wildcard)
}

/// An `AWS` principal: an account, a user, a role, a session (SPEC 1.5, M-41, M-42).
fn aws(value: &str, principal: &Principal, context: &RequestContext) -> Option<PrincipalClass> {
    let account = principal.account()?;
    if names_account(value, account, principal) {
        return by_account(principal);
    }
    match principal {
        Principal::User { arn, .. } if arn == value => Some(PrincipalClass::Direct),
        Principal::RoleSession { arn: Some(arn), .. } if arn == value => Some(PrincipalClass::Direct),
        Principal::RoleSession { role_arn, .. } if role_arn == value => Some(PrincipalClass::Role),
        Principal::FederatedUser { arn, .. } if arn == value => Some(PrincipalClass::Direct),
        Principal::FederatedUser { federating_user_arn: Some(user), .. } if user == value => {
            Some(PrincipalClass::FederatingUser)
        }
        _ => unique_id(value, principal, context),
    }
}

/// A unique id, as AWS stores the ARN of a user or role (SPEC P-03): compared with `aws:userid`.
fn unique_id(value: &str, principal: &Principal, context: &RequestContext) -> Option<PrincipalClass> {
    let class = match principal {
        Principal::User { .. } => PrincipalClass::Direct,
        Principal::RoleSession { .. } => PrincipalClass::Role,
        _ => return None,
    };
    if value.starts_with("arn:") {
        return None; // no id
    }
    let ContextEntry::Single(user_id) = context.named("aws:userid") else { return None };
    (!is_account_id(value) && user_id.split(':').next() == Some(value)).then_some(class)
}

/// Whether the value is the account's id or the ARN of its root, in the caller's partition.
fn names_account(value: &str, account: &str, principal: &Principal) -> bool {
    value == account
        || value.ends_with(":root")
            && Arn::parse(value).is_some_and(|arn| {
                let same_account = arn.service == "iam" && arn.resource == "root" && arn.account == account;
                same_account && Some(arn.partition) == principal.partition()
            })
}

/// Whether Deny with `NotPrincipal` spares the caller (SPEC N-02 to N-04): its most specific ARN
/// and all that it belongs to have to be listed.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
fn exempt_from_deny(element: &PrincipalElement, request: &Request, facts: &Facts) -> bool {
    let principal = &request.principal;
    let listed = |kind: PrincipalKind, wanted: &str| {
        element.entries.iter().any(|entry| entry.kind == kind && *entry.value.value == *wanted)
    };
    if listed(PrincipalKind::Everyone, "*") || listed(PrincipalKind::Aws, "*") {
        return true;
    }
    let has_boundary = facts.has_boundary; // SPEC N-04
    let parents_optional = facts.options.not_principal_parents_optional;
    let account_listed = |account: &str| {
        let names = |entry: &PrincipalEntry| names_account(&entry.value.value, account, principal);
        element.entries.iter().any(|entry| entry.kind == PrincipalKind::Aws && names(entry))
    };
    match principal {
        Principal::Root { account, .. } => account_listed(account),
        Principal::User { arn, account } => {
            !has_boundary && listed(PrincipalKind::Aws, arn) && (parents_optional || account_listed(account))
        }
        Principal::RoleSession { arn, role_arn, account, .. } => {
            !has_boundary
                && arn.as_deref().is_some_and(|arn| listed(PrincipalKind::Aws, arn))
                && (parents_optional || listed(PrincipalKind::Aws, role_arn) && account_listed(account))
        }
        Principal::FederatedUser { arn, account, .. } => {
            listed(PrincipalKind::Aws, arn) && (parents_optional || account_listed(account))
        }
        Principal::Service { name } => listed(PrincipalKind::Service, name),
        Principal::Saml { provider } | Principal::WebIdentity { provider } => {
            listed(PrincipalKind::Federated, provider)
        }
        Principal::Anonymous => false,
    }
}
