//! What goes in: the scenario file.

use crate::context::ContextEntry;
use serde::{Deserialize, Serialize};

/// A scenario: policies, the requests to decide under them, and the decisions that are expected.
///
/// One format serves the conformance corpus, the npm package, the playground and share links.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scenario {
    /// A short headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the scenario shows, in a sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where the rule comes from: an AWS page, a specification id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Ids of the rules that the scenario covers, such as `D-20`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Readings other than the default ones, by name (see `EvaluationOptions`), in the order given.
    #[serde(serialize_with = "super::options_as_map", skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<(String, bool)>,
    /// The policies that take part.
    pub policies: Policies,
    /// The requests to decide, in order.
    pub requests: Vec<ScenarioRequest>,
}

/// The policies of a scenario, by policy type.
///
/// An absent list and an empty list mean the same, except for the organization levels (SPEC D-03)
/// and for `session`, where an empty list means that no session policy was passed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Policies {
    /// Identity-based policies of the caller: its own, inline or managed, and those of its groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identity: Vec<PolicySource>,
    /// Resource-based policies of the resource, role trust and KMS key policies included.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource: Vec<PolicySource>,
    /// The policy of the S3 access point that the request goes through (SPEC 5.13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_point: Option<PolicySource>,
    /// The permissions boundary of the calling user or role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<PolicySource>,
    /// Session policies passed when the session was made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub session: Vec<PolicySource>,
    /// Service control policies of the caller's account: root first, account last.
    /// `None`: the organization does not use SCPs, or there is no organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_control: Option<Vec<OrganizationLevel>>,
    /// Resource control policies of the resource's account: root first, account last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_control: Option<Vec<OrganizationLevel>>,
    /// The policy of the VPC endpoint that the request came through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpc_endpoint: Option<PolicySource>,
}

/// The policies attached to one level of the organization: the root, an OU, or the account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationLevel {
    /// The name of the root, OU or account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The policies attached at this level.
    pub policies: Vec<PolicySource>,
}

/// One policy document and where it is attached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicySource {
    /// The policy's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What an identity policy is attached to: `user`, `role`, or `group/NAME`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached_to: Option<String>,
    /// What kind of resource-based policy this is: `role-trust`, `kms-key` or `general`; when absent,
    /// the ARN of the requested resource tells. Of a VPC endpoint policy, what kind of endpoint it belongs
    /// to: `gateway` or `interface` (SPEC G-43). Of an identity-based policy, `managed` or `inline`, which decides
    /// nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The text of the document. Spans in results refer to this text.
    pub document: String,
}

/// One request, and optionally what its decision should be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioRequest {
    /// A short name for this request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who calls.
    pub principal: ScenarioPrincipal,
    /// The action, `service:Name`.
    pub action: String,
    /// The ARNs of the resources; each is authorized by itself. Empty means `*` (SPEC M-30).
    #[serde(rename = "resource", skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// The account that owns the resource, when its ARN does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_account: Option<String>,
    /// The resource's account is the organization's management account (SPEC O-08).
    #[serde(skip_serializing_if = "super::is_false")]
    pub resource_in_management_account: bool,
    /// The KMS key is an AWS managed one, which RCPs do not bind (SPEC O-08).
    #[serde(skip_serializing_if = "super::is_false")]
    pub aws_managed_key: bool,
    /// A KMS grant covers this principal and operation (SPEC K-09).
    #[serde(skip_serializing_if = "super::is_false")]
    pub kms_grant_allows: bool,
    /// What Amazon S3 looks at beside the policies (SPEC 5.13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub s3: Option<ScenarioS3>,
    /// The request context, in the order given. Keys are compared without case.
    #[serde(serialize_with = "super::context_as_map")]
    pub context: Vec<(String, ContextValue)>,
    /// Condition keys of which it is not known whether they are in the request, nor with which value
    /// (SPEC 4.8). They win over `context` and over derived keys.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
    /// Further actions that the same call needs on resources of their own, such as `iam:PassRole` for
    /// `ec2:RunInstances` (SPEC M-32): the request is allowed only if all of them are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<FurtherAction>,
    /// The decision that is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect: Option<Expectation>,
}

/// A further action that a call needs, by the same principal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FurtherAction {
    /// The action, `service:Name`.
    pub action: String,
    /// The ARNs of its resources. Empty means `*`.
    #[serde(rename = "resource", skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// The account that owns its resources, when their ARNs do not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_account: Option<String>,
    /// Context keys that differ from the request's.
    #[serde(serialize_with = "super::context_as_map", skip_serializing_if = "Vec::is_empty")]
    pub context: Vec<(String, ContextValue)>,
}

/// The calling principal as a scenario gives it.
///
/// In JSON either a string (see [`ScenarioPrincipal::arn`]) or an object with these fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioPrincipal {
    /// The ARN of a user, assumed-role session, federated user, account root, SAML or OIDC
    /// provider; or a service principal (`lambda.amazonaws.com`), a role ARN, `anonymous`.
    pub arn: String,
    /// For a session: the ARN of its role, with the path (SPEC M-41).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// For a principal given as a role ARN: the name of the session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_name: Option<String>,
    /// For a federated user: the IAM user that called GetFederationToken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub federating_user_arn: Option<String>,
    /// The canonical user id of the caller's account, which `CanonicalUser` principals of S3 name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical_user_id: Option<String>,
    /// The user, or root user, calls with the credentials of GetSessionToken (SPEC D-24).
    #[serde(skip_serializing_if = "super::is_false")]
    pub get_session_token: bool,
    /// The principal is a service-linked role (SPEC O-05).
    #[serde(skip_serializing_if = "super::is_false")]
    pub service_linked_role: bool,
    /// The principal belongs to the organization's management account (SPEC O-05).
    #[serde(skip_serializing_if = "super::is_false")]
    pub in_management_account: bool,
}

/// What Amazon S3 looks at beside the policies. What is absent was not given, and is not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioS3 {
    /// The Block Public Access settings in effect: the strictest of access point, bucket, account and
    /// organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block_public_access: Option<ScenarioBlockPublicAccess>,
    /// For a request through an access point: the name of the bucket behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    /// The account that owns the bucket; for a request through an access point it can be another than
    /// the access point's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket_owner: Option<String>,
    /// The account that owns the object, if the bucket does not make its owner the owner of all objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_owner: Option<String>,
    /// Whom the object's ACL gives the permission that the action needs: `none`, `caller` or `public`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_acl: Option<String>,
}

/// S3's Block Public Access settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioBlockPublicAccess {
    /// With a public policy, only AWS services and identities of the owners' accounts get in.
    #[serde(skip_serializing_if = "super::is_false")]
    pub restrict_public_buckets: bool,
    /// ACLs that grant to everybody do not count.
    #[serde(skip_serializing_if = "super::is_false")]
    pub ignore_public_acls: bool,
    /// Calls that set an ACL that grants to everybody fail.
    #[serde(skip_serializing_if = "super::is_false")]
    pub block_public_acls: bool,
    /// Calls that set a public policy fail; since that policy is not part of a request, a remark says so.
    #[serde(skip_serializing_if = "super::is_false")]
    pub block_public_policy: bool,
}

/// The value of a context key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ContextValue {
    /// The key is absent, even if it would be derived from the principal. `null` in JSON.
    Absent,
    /// A single-valued key. Numbers and booleans are given as their JSON text.
    Single(String),
    /// A multivalued key. A list in JSON, whatever its length.
    Multiple(Vec<String>),
}

impl ContextValue {
    /// The same in a request.
    pub(crate) fn entry(&self) -> ContextEntry {
        match self {
            Self::Absent => ContextEntry::Absent,
            Self::Single(value) => ContextEntry::Single(value.clone()),
            Self::Multiple(values) => ContextEntry::Multiple(values.clone()),
        }
    }
}

/// What a request's decision should be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Expectation {
    /// `Allow`, `ExplicitDeny` or `ImplicitDeny`; `Depends`, on unknown keys; or `Invalid`,
    /// where a document or the request has an error, so that nothing may be decided.
    pub decision: String,
    /// The gate that decided, such as `identity`, `scp`, `identity+resource`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// The deciding statement: its Sid, or `#` and its index from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// With `Depends`: the keys that it depends on, in any order. Empty: whichever they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<String>,
}
