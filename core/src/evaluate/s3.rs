//! What Amazon S3 asks beside the policies of the caller and the bucket (SPEC 5.13): access points,
//! Block Public Access, the owner of the object.

use super::policy_set::PolicySet;
use super::truth::Truth;
use crate::context::ContextEntry;
use crate::policy::PolicyType;
use crate::request::{ObjectAcl, Principal, Request};
use crate::result::Gate;

/// The actions for which an object's ACL can give a permission.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html>
const OBJECT_ACL_ACTIONS: [&str; 6] = [
    "s3:getobject",
    "s3:getobjectversion",
    "s3:getobjectacl",
    "s3:getobjectversionacl",
    "s3:putobjectacl",
    "s3:putobjectversionacl",
];
/// What S3 asks of one request. `None`: it does not ask.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct S3 {
    /// The request goes through an access point, whose owner is the caller's account, or not.
    pub access_point: Option<bool>,
    /// Whether Block Public Access lets the request pass.
    pub public_access: Option<bool>,
    /// The object belongs to another account than the bucket.
    pub object_owner: Option<ObjectOwner>,
}

/// What the owner of an object says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ObjectOwner {
    /// The caller's account owns it, so that the caller's own policies say whether it may.
    pub is_callers: bool,
    /// The object's ACL allows.
    pub acl_allows: Truth,
}

impl S3 {
    pub fn new(request: &Request, set: &PolicySet) -> Self {
        if request.service() != "s3" {
            return Self::default();
        }
        let given = request.s3.bucket.is_some() || set.has(Gate::AccessPoint);
        let access_point = request.access_point().filter(|_| given);
        Self {
            access_point: access_point.map(|point| request.principal.account() == Some(point.account)),
            public_access: public_access(request, set),
            object_owner: object_owner(request),
        }
    }
}

/// `RestrictPublicBuckets` and `BlockPublicAcls`.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
fn public_access(request: &Request, set: &PolicySet) -> Option<bool> {
    let settings = request.s3.block_public_access?;
    let restricted = settings.restrict_public_buckets && has_public_policy(request, set) && !is_insider(request);
    let sets_acl = settings.block_public_acls && request.sets_public_acl();
    Some(!restricted && !sets_acl)
}

/// Whether the bucket's policy, or that of the access point, is public. One that takes requests from a
/// VPC only never is.
pub(super) fn has_public_policy(request: &Request, set: &PolicySet) -> bool {
    let origin = request.context().named("s3:AccessPointNetworkOrigin");
    let from_vpc = matches!(origin, ContextEntry::Single(origin) if origin == "VPC");
    set.attached.iter().any(|attached| match attached.policy.policy_type {
        PolicyType::Resource(_) => attached.policy.is_public,
        PolicyType::AccessPoint => !from_vpc && request.access_point().is_some() && attached.policy.is_public,
        _ => false,
    })
}

/// AWS services, and identities of the accounts that own the bucket and the access point.
fn is_insider(request: &Request) -> bool {
    let owners = [request.owner(), request.access_point().map(|point| point.account)];
    let account = request.principal.account();
    matches!(request.principal, Principal::Service { .. }) || account.is_some() && owners.contains(&account)
}

/// The object context: asked only if the object belongs to another account than the bucket.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-auth-workflow-object-operation.html>
fn object_owner(request: &Request) -> Option<ObjectOwner> {
    let owner = request.s3.object_owner.as_deref().filter(|owner| Some(*owner) != request.owner())?;
    if !OBJECT_ACL_ACTIONS.contains(&request.folded_action()) {
        return None;
    }
    let ignores_public = request.s3.block_public_access.is_some_and(|settings| settings.ignore_public_acls);
    let acl_allows = match request.s3.object_acl {
        Some(ObjectAcl::Caller) => true,
        Some(ObjectAcl::Public) => !ignores_public,
        Some(ObjectAcl::None) | None => false,
    };
    Some(ObjectOwner { is_callers: request.principal.account() == Some(owner), acl_allows: acl_allows.into() })
}
