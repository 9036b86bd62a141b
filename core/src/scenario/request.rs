//! The requests of a scenario, ready to decide.

use super::{ContextValue, FurtherAction, Policies, ScenarioPrincipal, ScenarioRequest, ScenarioS3};
use crate::arn::is_account_id;
use crate::context::{ContextEntry, RequestContext};
use crate::request::{BlockPublicAccess, ObjectAcl, Principal, Request, S3Facts};

pub(super) type Problem = (&'static str, String, &'static str);

/// The (action, resource) pairs that the request needs under the policies, ready to decide.
pub(super) fn parse_pairs(policies: &Policies, request: &ScenarioRequest) -> Result<Vec<Request>, Problem> {
    let pairs = parse_request(request)?;
    bucket_is_named(policies, &pairs)?;
    Ok(pairs)
}

/// The same under any policies.
pub(super) fn parse_request(request: &ScenarioRequest) -> Result<Vec<Request>, Problem> {
    let principal = parse_principal(&request.principal)?;
    let first = Asked {
        action: &request.action,
        resources: &request.resources,
        resource_account: request.resource_account.as_deref(),
        context: &[],
        s3: request.s3.as_ref(),
    };
    let mut pairs = pairs_of(request, &principal, &first)?;
    for FurtherAction { action, resources, resource_account, context } in &request.further {
        let further = Asked { action, resources, resource_account: resource_account.as_deref(), context, s3: None };
        let of_further = pairs_of(request, &principal, &further);
        pairs.extend(of_further.map_err(|(_, message, help)| ("further", message, help))?);
    }
    Ok(pairs)
}

/// An action that is asked for, and what is said of it alone.
struct Asked<'r> {
    action: &'r str,
    resources: &'r [String],
    resource_account: Option<&'r str>,
    context: &'r [(String, ContextValue)],
    s3: Option<&'r ScenarioS3>,
}

fn pairs_of(request: &ScenarioRequest, principal: &Principal, asked: &Asked<'_>) -> Result<Vec<Request>, Problem> {
    let mut context = RequestContext::new();
    // What an action says of itself comes first: of keys that stand twice the first one counts.
    for (key, value) in asked.context.iter().chain(&request.context) {
        context.insert(key, value.entry());
    }
    let mut pairs = Vec::new();
    for place in 0..asked.resources.len().max(1) {
        let resource = asked.resources.get(place).map_or("*", String::as_str);
        let of_bucket = asked.s3.and_then(|s3| s3.bucket_owner.as_deref());
        let account = asked.resource_account.or(of_bucket.filter(|_| !resource.contains(":accesspoint/")));
        let last = place + 1 >= asked.resources.len();
        let context = if last { std::mem::take(&mut context) } else { context.clone() };
        let pair = Request::new(principal.clone(), asked.action, resource, account, context);
        let mut pair = pair.map_err(|error| (error.field, error.message, error.help))?;
        pair.principal_in_management_account = request.principal.in_management_account;
        pair.resource_in_management_account = request.resource_in_management_account;
        pair.aws_managed_key = request.aws_managed_key;
        pair.kms_grant_allows = request.kms_grant_allows;
        pair.get_session_token = request.principal.get_session_token;
        pair.canonical_user_id = request.principal.canonical_user_id.clone();
        if let Some(given) = asked.s3 {
            pair.s3 = s3_facts(given, &pair)?;
        }
        request.unknown.iter().for_each(|key| pair.set_context(key, ContextEntry::Unknown));
        pairs.push(pair);
    }
    Ok(pairs)
}

/// The policies of an access point and of its bucket name different ARNs: without the bucket's name,
/// the bucket's policy could not be compared, and its denies would be overlooked.
pub(super) fn bucket_is_named(policies: &Policies, pairs: &[Request]) -> Result<(), Problem> {
    let both = policies.access_point.is_some() && !policies.resource.is_empty();
    match pairs.iter().find(|pair| both && pair.access_point().is_some() && pair.s3.bucket.is_none()) {
        None => Ok(()),
        Some(pair) => Err((
            "s3",
            format!("the bucket behind `{}` is not named", pair.resource()),
            "write \"s3\": { \"bucket\": \"NAME\" }, to which the bucket's policy is applied",
        )),
    }
}

/// What is given of S3, checked.
fn s3_facts(given: &ScenarioS3, request: &Request) -> Result<S3Facts, Problem> {
    const ACCOUNT: &str = "write 12 digits, such as 111122223333";
    for account in [&given.bucket_owner, &given.object_owner].into_iter().flatten() {
        if !is_account_id(account) {
            return Err(("s3", format!("`{account}` is no account id"), ACCOUNT));
        }
    }
    if let (Some(owner), Some(account), None) =
        (&given.bucket_owner, request.resource_account(), request.access_point())
        && owner != account
    {
        let message = format!("the bucket's owner is {owner}, and the resource's account {account}");
        return Err(("s3", message, "give one of resourceAccount and s3.bucketOwner, or the same account in both"));
    }
    if given.bucket.is_some() && request.access_point().is_none() {
        let message = format!("a bucket is named, and `{}` is no access point", request.resource());
        return Err(("s3", message, "leave s3.bucket out: the resource's ARN names the bucket"));
    }
    let object_acl = match given.object_acl.as_deref() {
        None => None,
        Some(text) => match ObjectAcl::parse(text) {
            Some(acl) => Some(acl),
            None => {
                return Err(("s3", format!("`{text}` is not whom an ACL grants to"), "write none, caller or public"));
            }
        },
    };
    Ok(S3Facts {
        block_public_access: given.block_public_access.map(|settings| BlockPublicAccess {
            restrict_public_buckets: settings.restrict_public_buckets,
            ignore_public_acls: settings.ignore_public_acls,
            block_public_acls: settings.block_public_acls,
            block_public_policy: settings.block_public_policy,
        }),
        bucket: given.bucket.clone(),
        bucket_owner: given.bucket_owner.clone(),
        object_owner: given.object_owner.clone(),
        object_acl,
    })
}

fn parse_principal(given: &ScenarioPrincipal) -> Result<Principal, Problem> {
    let mut principal = Principal::parse(&given.arn).map_err(|error| ("principal", error.message, error.help))?;
    if given.get_session_token && !matches!(principal, Principal::User { .. } | Principal::Root { .. }) {
        let message = format!("`{}` is no user, so it does not call GetSessionToken", given.arn);
        return Err(("principal", message, "leave getSessionToken out, or give the ARN of a user"));
    }
    match &mut principal {
        Principal::RoleSession { arn, role_arn, account, path_assumed, service_linked } => {
            if let Some(name) = &given.session_name {
                let role = role_arn.rsplit('/').next().unwrap_or_default();
                let partition = role_arn.split(':').nth(1).unwrap_or("aws");
                *arn = Some(format!("arn:{partition}:sts::{account}:assumed-role/{role}/{name}"));
            }
            if let Some(role) = &given.role_arn {
                check_role(role, role_arn, account)?;
                *role_arn = role.clone();
                *path_assumed = false;
                *service_linked |= role.contains(":role/aws-service-role/");
            }
            *service_linked |= given.service_linked_role;
        }
        Principal::FederatedUser { federating_user_arn, .. } => {
            *federating_user_arn = given.federating_user_arn.clone()
        }
        _ if given.role_arn.is_some() || given.session_name.is_some() => {
            let message = format!("`{}` is no role session, so it has no role and no session name", given.arn);
            return Err((
                "principal",
                message,
                "leave roleArn and sessionName out, or give the ARN of a role or session",
            ));
        }
        _ => {}
    }
    Ok(principal)
}

/// The role's ARN has to be of the session's account and name.
fn check_role(role: &str, of_session: &str, account: &str) -> Result<(), Problem> {
    let arn = crate::arn::Arn::parse(role).filter(|arn| arn.service == "iam" && arn.resource.starts_with("role/"));
    let name = |text: &str| text.rsplit('/').next().unwrap_or_default().to_owned();
    match arn {
        Some(arn) if arn.account == account && name(role) == name(of_session) => Ok(()),
        Some(_) => Err((
            "principal",
            format!("the session is not one of the role `{role}`"),
            "account and role name have to be the same in both ARNs",
        )),
        None => Err((
            "principal",
            format!("`{role}` is not the ARN of a role"),
            "write arn:aws:iam::111122223333:role/path/NAME",
        )),
    }
}
