//! Context keys that follow from the principal and the resource (SPEC 6.4).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use super::s3::AccessPoint;
use super::{Principal, Request};
use crate::arn::Arn;
use crate::context::{ContextEntry, DerivedKey, RequestContext};
use crate::value;

/// Services whose requests carry `us-east-1` as their Region (SPEC 6.2).
const GLOBAL_SERVICES: [&str; 4] = ["iam", "organizations", "cloudfront", "route53"];

const PRINCIPAL_ARN: DerivedKey = DerivedKey::new("aws:PrincipalArn");
const PRINCIPAL_TYPE: DerivedKey = DerivedKey::new("aws:PrincipalType");
const USER_ID: DerivedKey = DerivedKey::new("aws:userid");
const USER_NAME: DerivedKey = DerivedKey::new("aws:username");
const SERVICE_NAME: DerivedKey = DerivedKey::new("aws:PrincipalServiceName");
const SERVICE_NAMES: DerivedKey = DerivedKey::new("aws:PrincipalServiceNamesList");
const IS_SERVICE: DerivedKey = DerivedKey::new("aws:PrincipalIsAWSService");
const PRINCIPAL_ACCOUNT: DerivedKey = DerivedKey::new("aws:PrincipalAccount");
const PROVIDER: DerivedKey = DerivedKey::new("aws:FederatedProvider");
const VIA_SERVICE: DerivedKey = DerivedKey::new("aws:ViaAWSService");
const SECURE_TRANSPORT: DerivedKey = DerivedKey::new("aws:SecureTransport");
const EPOCH_TIME: DerivedKey = DerivedKey::new("aws:EpochTime");
const REGION: DerivedKey = DerivedKey::new("aws:RequestedRegion");
const RESOURCE_ACCOUNT: DerivedKey = DerivedKey::new("aws:ResourceAccount");
const ACCESS_POINT_ARN: DerivedKey = DerivedKey::new("s3:DataAccessPointArn");
const ACCESS_POINT_ACCOUNT: DerivedKey = DerivedKey::new("s3:DataAccessPointAccount");

/// The keys that follow from the principal. What cannot be known (ids, tags, the network, session times) is left out.
pub(super) fn of_caller(principal: &Principal, context: &mut RequestContext) {
    let mut single = |key, value: &str| context.derive(key, Some(value));
    match principal {
        Principal::Root { arn, account } => {
            single(PRINCIPAL_ARN, arn);
            single(PRINCIPAL_TYPE, "Account");
            single(USER_ID, account);
        }
        Principal::User { arn, .. } => {
            single(PRINCIPAL_ARN, arn);
            single(PRINCIPAL_TYPE, "User");
            single(USER_NAME, arn.rsplit('/').next().unwrap_or_default());
        }
        Principal::RoleSession { role_arn, .. } => {
            single(PRINCIPAL_ARN, role_arn);
            single(PRINCIPAL_TYPE, "AssumedRole");
        }
        Principal::FederatedUser { arn, account, .. } => {
            single(PRINCIPAL_ARN, arn);
            single(PRINCIPAL_TYPE, "FederatedUser");
            single(USER_ID, &format!("{account}:{}", arn.rsplit('/').next().unwrap_or_default()));
        }
        Principal::Service { name } => {
            single(SERVICE_NAME, name);
        }
        Principal::Anonymous => {
            single(PRINCIPAL_TYPE, "Anonymous");
            single(PRINCIPAL_ACCOUNT, "anonymous");
            single(USER_ID, "anonymous");
        }
        Principal::WebIdentity { provider } => single(PROVIDER, provider),
        Principal::Saml { .. } => {}
    }
    if let Some(account) = principal.account() {
        single(PRINCIPAL_ACCOUNT, account);
    }
    // Signed requests carry it; only direct calls of a service principal say true.
    match principal {
        Principal::Anonymous | Principal::Saml { .. } | Principal::WebIdentity { .. } => {}
        Principal::Service { .. } => single(IS_SERVICE, "true"),
        _ => single(IS_SERVICE, "false"),
    }
    single(VIA_SERVICE, "false");
    single(SECURE_TRANSPORT, "true");
    if let Principal::Service { name } = principal {
        context.derive_list(SERVICE_NAMES, name);
    }
    if let Some(seconds) = epoch(context) {
        context.derive(EPOCH_TIME, Some(&seconds));
    }
}

/// The keys that follow from the action and the resource, in place of those of the action and resource before.
/// `arn`: the resource.
pub(super) fn of_target(request: &mut Request, arn: Option<Arn<'_>>) {
    let service = request.folded_action.get(..request.service).unwrap_or_default();
    let region = match &arn {
        _ if GLOBAL_SERVICES.contains(&service) => Some("us-east-1"),
        Some(arn) if !arn.region.is_empty() => Some(arn.region),
        _ => None,
    };
    let point = arn.and_then(AccessPoint::of).filter(|_| service == "s3");
    let context = &mut request.context;
    context.derive(REGION, region);
    context.derive(RESOURCE_ACCOUNT, request.resource_account.as_deref().filter(|_| arn.is_some()));
    context.derive(ACCESS_POINT_ARN, point.map(|point| point.arn()).as_deref());
    context.derive(ACCESS_POINT_ACCOUNT, point.map(|point| point.account));
}

/// `aws:EpochTime` from `aws:CurrentTime`: two spellings of one instant.
fn epoch(context: &RequestContext) -> Option<String> {
    let ContextEntry::Single(text) = context.named("aws:CurrentTime") else { return None };
    Some(value::date(text)?.seconds.to_string())
}
