//! What Amazon S3 looks at beside the policies (SPEC 5.13).

use super::Request;
use crate::arn::Arn;

/// Facts about the bucket and the object. What is `None` was not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct S3Facts {
    /// The Block Public Access settings in effect: the strictest of access point, bucket, account and
    /// organization.
    pub block_public_access: Option<BlockPublicAccess>,
    /// For a request through an access point: the bucket behind it.
    pub bucket: Option<String>,
    /// For a request through an access point: the account that owns the bucket; else the resource's account does.
    pub bucket_owner: Option<String>,
    /// The account that owns the object, if the bucket does not enforce the bucket owner as owner.
    pub object_owner: Option<String>,
    /// Whom the object's ACL gives the permission that the action needs.
    pub object_acl: Option<ObjectAcl>,
}

/// The Block Public Access settings that bear on requests. `BlockPublicPolicy` is about the text of a
/// new policy, which is not part of a request.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlockPublicAccess {
    /// `RestrictPublicBuckets`: with a public policy, only the owners' accounts and AWS services get in.
    pub restrict_public_buckets: bool,
    /// `IgnorePublicAcls`: ACLs that grant to everybody do not count.
    pub ignore_public_acls: bool,
    /// `BlockPublicAcls`: calls that set such an ACL fail.
    pub block_public_acls: bool,
    /// `BlockPublicPolicy`: calls that set a public policy fail.
    pub block_public_policy: bool,
}

/// Whom an object's ACL gives a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectAcl {
    /// Not the caller.
    None,
    /// The caller's account.
    Caller,
    /// Everybody: the groups AllUsers or AuthenticatedUsers.
    Public,
}

impl ObjectAcl {
    /// Reads the name on the wire.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "none" => Some(Self::None),
            "caller" => Some(Self::Caller),
            "public" => Some(Self::Public),
            _ => None,
        }
    }
}

/// The actions that can set an ACL.
const ACL_SETTING_ACTIONS: [&str; 4] = ["s3:putobject", "s3:putobjectacl", "s3:putobjectversionacl", "s3:putbucketacl"];
const PUBLIC_CANNED_ACLS: [&str; 3] = ["public-read", "public-read-write", "authenticated-read"];
const PUBLIC_GROUPS: [&str; 2] = ["/groups/global/AllUsers", "/groups/global/AuthenticatedUsers"];

/// An access point's ARN: `arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME[/object/KEY]`.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AccessPoint<'a> {
    partition: &'a str,
    region: &'a str,
    /// The account that owns it.
    pub account: &'a str,
    name: &'a str,
    key: Option<&'a str>,
}

impl<'a> AccessPoint<'a> {
    pub fn parse(resource: &'a str) -> Option<Self> {
        Self::of(Arn::parse(resource)?)
    }

    pub fn of(arn: Arn<'a>) -> Option<Self> {
        if arn.service != "s3" {
            return None;
        }
        let rest = arn.resource.strip_prefix("accesspoint/")?;
        let (name, object) = rest.split_once('/').map_or((rest, None), |(name, object)| (name, Some(object)));
        let key = object.and_then(|object| object.strip_prefix("object/"));
        Some(Self { partition: arn.partition, region: arn.region, account: arn.account_id()?, name, key })
    }

    /// The ARN of the access point itself.
    pub fn arn(&self) -> String {
        format!("arn:{}:s3:{}:{}:accesspoint/{}", self.partition, self.region, self.account, self.name)
    }

    /// The bucket, or the object in it, that a request through the access point is about.
    fn behind(&self, bucket: &str) -> String {
        match self.key {
            Some(key) => format!("arn:{}:s3:::{bucket}/{key}", self.partition),
            None => format!("arn:{}:s3:::{bucket}", self.partition),
        }
    }
}

impl Request {
    /// The access point that the request goes through.
    pub(crate) fn access_point(&self) -> Option<AccessPoint<'_>> {
        if !self.is_access_point || self.service() != "s3" {
            return None;
        }
        AccessPoint::parse(&self.resource)
    }

    /// The bucket, or the object in it, behind the access point, with which the bucket's policy is
    /// compared; nothing if the request goes to the bucket directly, or the bucket is not known.
    pub(crate) fn behind_access_point(&self) -> Option<String> {
        let bucket = self.s3.bucket.as_deref()?;
        Some(self.access_point()?.behind(bucket))
    }

    /// The account that owns the bucket or other resource.
    pub(crate) fn owner(&self) -> Option<&str> {
        self.s3.bucket_owner.as_deref().filter(|_| self.service() == "s3").or(self.resource_account())
    }

    /// Whether the call sets an ACL that grants to everybody.
    pub(crate) fn sets_public_acl(&self) -> bool {
        ACL_SETTING_ACTIONS.contains(&self.folded_action())
            && self.context().iter().any(|(key, entry)| {
                let values = entry.values().unwrap_or_default();
                let canned = key.is("s3:x-amz-acl");
                let grant = key.begins_with("s3:x-amz-grant-");
                values.iter().any(|value| {
                    canned && PUBLIC_CANNED_ACLS.contains(&value.as_str())
                        || grant && PUBLIC_GROUPS.iter().any(|group| value.contains(group))
                })
            })
    }
}
