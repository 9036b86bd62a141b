//! Context keys that follow from the principal and the resource (SPEC 6.4).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use super::{Principal, Request};
use crate::arn::Arn;
use crate::context::ContextEntry;
use crate::value;

/// Services whose requests carry `us-east-1` as their Region (SPEC 6.2).
const GLOBAL_SERVICES: [&str; 4] = ["iam", "organizations", "cloudfront", "route53"];

/// The derived keys. What cannot be known (ids, tags, the network, session times) is left out.
pub(super) fn context(request: &Request) -> Vec<(&'static str, ContextEntry)> {
    let mut keys = Vec::new();
    let mut single = |key, value: &str| keys.push((key, ContextEntry::Single(value.to_owned())));
    match &request.principal {
        Principal::Root { arn, account } => {
            single("aws:PrincipalArn", arn);
            single("aws:PrincipalType", "Account");
            single("aws:userid", account);
        }
        Principal::User { arn, .. } => {
            single("aws:PrincipalArn", arn);
            single("aws:PrincipalType", "User");
            single("aws:username", arn.rsplit('/').next().unwrap_or_default());
        }
        Principal::RoleSession { role_arn, .. } => {
            single("aws:PrincipalArn", role_arn);
            single("aws:PrincipalType", "AssumedRole");
        }
        Principal::FederatedUser { arn, account, .. } => {
            single("aws:PrincipalArn", arn);
            single("aws:PrincipalType", "FederatedUser");
            single("aws:userid", &format!("{account}:{}", arn.rsplit('/').next().unwrap_or_default()));
        }
        Principal::Service { name } => {
            single("aws:PrincipalServiceName", name);
        }
        Principal::Anonymous => {
            single("aws:PrincipalType", "Anonymous");
            single("aws:PrincipalAccount", "anonymous");
            single("aws:userid", "anonymous");
        }
        Principal::WebIdentity { provider } => single("aws:FederatedProvider", provider),
        Principal::Saml { .. } => {}
    }
    if let Some(account) = request.principal.account() {
        single("aws:PrincipalAccount", account);
    }
    // Signed requests carry it; only direct calls of a service principal say true.
    match &request.principal {
        Principal::Anonymous | Principal::Saml { .. } | Principal::WebIdentity { .. } => {}
        Principal::Service { .. } => single("aws:PrincipalIsAWSService", "true"),
        _ => single("aws:PrincipalIsAWSService", "false"),
    }
    single("aws:ViaAWSService", "false");
    single("aws:SecureTransport", "true");
    let arn = Arn::parse(&request.resource);
    match arn.map(|arn| arn.region) {
        _ if GLOBAL_SERVICES.contains(&request.service()) => single("aws:RequestedRegion", "us-east-1"),
        Some(region) if !region.is_empty() => single("aws:RequestedRegion", region),
        _ => {}
    }
    if let Some(account) = request.resource_account().filter(|_| arn.is_some()) {
        single("aws:ResourceAccount", account);
    }
    if let Some(point) = request.access_point() {
        keys.push(("s3:DataAccessPointArn", ContextEntry::Single(point.arn())));
        keys.push(("s3:DataAccessPointAccount", ContextEntry::Single(point.account.to_owned())));
    }
    if let Principal::Service { name } = &request.principal {
        keys.push(("aws:PrincipalServiceNamesList", ContextEntry::Multiple(vec![name.clone()])));
    }
    if let Some(seconds) = epoch(request) {
        keys.push(("aws:EpochTime", ContextEntry::Single(seconds)));
    }
    keys
}

/// `aws:EpochTime` from `aws:CurrentTime`: two spellings of one instant.
fn epoch(request: &Request) -> Option<String> {
    let ContextEntry::Single(text) = request.context.named("aws:CurrentTime") else { return None };
    Some(value::date(text)?.seconds.to_string())
}
