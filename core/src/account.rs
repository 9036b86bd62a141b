//! An account's identities with their policies, from `aws iam get-account-authorization-details` (feature `account`).
//!
//! The documents in it may be objects, as the AWS CLI and most SDKs give them, or percent-encoded text, as the
//! API itself does. Several pages may stand in a list.
//!
//! ```
//! let (account, problems) = admittance::account::AccountDetails::parse(r#"{ "UserDetailList": [{
//!   "Path": "/", "UserName": "ana", "UserId": "AIDAEXAMPLEANA", "Arn": "arn:aws:iam::111122223333:user/ana",
//!   "UserPolicyList": [{ "PolicyName": "read", "PolicyDocument": {
//!     "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" } } }]
//! }] }"#);
//! assert!(problems.is_empty());
//! let scenario = account.scenario("arn:aws:iam::111122223333:user/ana", "s3:GetObject", &["arn:aws:s3:::b/k".into()]);
//! assert_eq!(scenario.unwrap().evaluate().results[0].decision, "Allow");
//! ```
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>

mod read;
mod scenario;

use crate::request::Principal;
use crate::scenario::{LocatedDiagnostic, PolicySource};
use serde::Serialize;

/// The identities of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountDetails {
    /// Users, then groups, then roles, each in the order given.
    pub identities: Vec<Identity>,
}

/// A user, a group or a role, and everything that is attached to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// What it is. Groups are no principals: nothing can be decided for them.
    pub kind: IdentityKind,
    /// Its ARN, with the path.
    pub arn: String,
    /// Its name, without the path.
    pub name: String,
    /// Its unique id, such as `AIDA…` or `AROA…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Of a user: the names of its groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// Its identity-based policies: its own, inline and managed, and those of its groups. One whose text is not in
    /// the input has an empty document, on which nothing is decided.
    pub policies: Vec<PolicySource>,
    /// Its permissions boundary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<PolicySource>,
    /// Of a role: its trust policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_policy: Option<PolicySource>,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// The ARNs of attached policies whose text is not in the input.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing_policies: Vec<String>,
}

/// A kind of identity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum IdentityKind {
    /// An IAM user.
    #[default]
    User,
    /// An IAM group.
    Group,
    /// An IAM role.
    Role,
}

/// A tag of an identity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

impl AccountDetails {
    /// Reads the output of `aws iam get-account-authorization-details`, or a list of its pages.
    ///
    /// Members that have nothing to do with permissions are skipped. The documents in it are read when they are
    /// evaluated.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<LocatedDiagnostic>) {
        read::details(text)
    }

    /// The identity with an ARN.
    #[must_use]
    pub fn identity(&self, arn: &str) -> Option<&Identity> {
        self.identities.iter().find(|identity| identity.arn == arn)
    }

    /// The user or role that a principal is, or is a session of. The ARN of a session leaves out the role's path, and
    /// names of roles are unique in an account (SPEC M-41).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns>
    #[must_use]
    pub fn caller(&self, principal: &str) -> Option<&Identity> {
        let role = match Principal::parse(principal).ok()? {
            Principal::RoleSession { role_arn, path_assumed: true, .. } => role_arn,
            Principal::RoleSession { role_arn, .. } => return self.identity(&role_arn),
            Principal::User { arn, .. } => return self.identity(&arn),
            _ => return None,
        };
        let (account, name) = role.rsplit_once(":role/")?;
        let is_it = |identity: &&Identity| {
            let here = identity.arn.strip_prefix(account).is_some_and(|rest| rest.starts_with(":role/"));
            identity.kind == IdentityKind::Role && identity.name == name && here
        };
        self.identities.iter().find(is_it)
    }

    /// Writes the identities as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
