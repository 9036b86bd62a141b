//! AWS's access-denied messages: written for a decision, and read (SPEC 7.1).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>

mod parse;

pub use parse::{AccessDenied, parse};

use crate::evaluate::{Facts, PolicySet, resource_policy_kind};
use crate::policy::{PolicyType, ResourcePolicyKind};
use crate::request::{Principal, Request};
use crate::result::{Decision, Evaluation, Gate};

/// The policy types as these messages name them, each with its article.
const NOUNS: [(PolicyType, &str, &str); 8] = [
    (PolicyType::ServiceControl, "a", "service control policy"),
    (PolicyType::ResourceControl, "a", "resource control policy"),
    (PolicyType::VpcEndpoint, "a", "VPC endpoint policy"),
    (PolicyType::PermissionsBoundary, "a", "permissions boundary"),
    (PolicyType::Session, "a", "session policy"),
    (PolicyType::Resource(ResourcePolicyKind::General), "a", "resource-based policy"),
    (PolicyType::Resource(ResourcePolicyKind::RoleTrust), "the", "role trust policy"),
    (PolicyType::Identity, "an", "identity-based policy"),
];

/// The message with which AWS refuses such a request; nothing for a request that is allowed.
///
/// One line, with the policy type that decided. The ARN of a policy that denies explicitly is added
/// if the policy's name is one, for the types of which AWS prints it. The caller is its most
/// specific ARN, which for a role session is that of the session. A key policy counts as
/// resource-based policy.
///
/// The message ends after the resource where AWS documents no reason: an implicit deny by a
/// resource control policy, calls that are impossible whatever the policies say (across partitions,
/// bucket policies and some KMS actions across accounts, AssumeRole by a root user, IAM calls by a
/// federated user), and callers that are anonymous or come with a SAML or web identity token. Single
/// services word their messages in other ways; Amazon S3, for one, puts the resource in quotes.
#[must_use]
pub fn message(evaluation: &Evaluation, set: &PolicySet, request: &Request) -> Option<String> {
    let explicit = match evaluation.decision {
        Decision::ExplicitDeny => true,
        Decision::ImplicitDeny => false,
        Decision::Allow => return None,
    };
    let mut text = format!("User: {} is not authorized to perform: {}", request.principal.name(), request.action());
    if request.resource() != "*" {
        text.push_str(" on resource: ");
        text.push_str(request.resource());
    }
    let unexplained =
        matches!(request.principal, Principal::Anonymous | Principal::Saml { .. } | Principal::WebIdentity { .. });
    let reason = match explicit {
        _ if unexplained => None,
        true => explicit_reason(evaluation, set),
        false => implicit_reason(evaluation, set, request),
    };
    if let Some(reason) = reason {
        text.push(' ');
        text.push_str(&reason);
    }
    Some(text)
}

fn explicit_reason(evaluation: &Evaluation, set: &PolicySet) -> Option<String> {
    let policy = set.policy(evaluation.deciding_statement?.policy)?;
    let (article, noun) = name(policy.policy_type())?;
    let has_arn =
        !matches!(policy.policy_type(), PolicyType::Resource(_) | PolicyType::AccessPoint | PolicyType::VpcEndpoint);
    Some(match policy.name.as_deref().filter(|name| has_arn && name.starts_with("arn:")) {
        Some(arn) => format!("with an explicit deny in {article} {noun}: {arn}"),
        None => format!("with an explicit deny in {article} {noun}"),
    })
}

fn implicit_reason(evaluation: &Evaluation, set: &PolicySet, request: &Request) -> Option<String> {
    let facts = Facts::new(request, set, set.options);
    let policy_type = match evaluation.decided_by {
        Gate::ServiceControl => PolicyType::ServiceControl,
        Gate::VpcEndpoint => PolicyType::VpcEndpoint,
        Gate::PermissionsBoundary => PolicyType::PermissionsBoundary,
        Gate::Session => PolicyType::Session,
        Gate::Identity | Gate::IdentityAndResource => PolicyType::Identity,
        Gate::Resource if !facts.same_account && facts.impossible_across_accounts => return None,
        Gate::Resource => PolicyType::Resource(resource_kind(set, request)),
        Gate::AccessPoint => PolicyType::AccessPoint,
        Gate::ResourceControl | Gate::Root | Gate::Grant | Gate::Exempt => return None,
        Gate::BlockPublicAccess | Gate::ObjectOwner => return None,
    };
    let (_, noun) = name(policy_type)?;
    Some(format!("because no {noun} allows the {} action", request.action()))
}

fn resource_kind(set: &PolicySet, request: &Request) -> ResourcePolicyKind {
    let trust = PolicyType::Resource(ResourcePolicyKind::RoleTrust);
    if set.attached.iter().any(|attached| attached.policy.policy_type() == trust) {
        return ResourcePolicyKind::RoleTrust;
    }
    resource_policy_kind(request.service(), request.resource())
}

fn name(policy_type: PolicyType) -> Option<(&'static str, &'static str)> {
    let named = match policy_type {
        PolicyType::AccessPoint | PolicyType::Resource(ResourcePolicyKind::KmsKey) => {
            PolicyType::Resource(ResourcePolicyKind::General)
        }
        other => other,
    };
    NOUNS.iter().find(|(of, _, _)| *of == named).map(|(_, article, noun)| (*article, *noun))
}

#[cfg(test)]
mod tests;
