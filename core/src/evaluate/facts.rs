//! What the decision order needs to know of caller, action and resource.

use super::policy_set::PolicySet;
use super::s3::S3;
use crate::arn::{Arn, partition};
use crate::options::EvaluationOptions;
use crate::policy::ResourcePolicyKind;
use crate::request::{Principal, Request};
use crate::result::Gate;

/// Services that RCPs apply to, as of autumn 2026 (SPEC O-10).
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
pub const RCP_SERVICES: &[&str] = &[
    "aoss",
    "appconfig",
    "appstream",
    "autoscaling",
    "autoscaling-plans",
    "budgets",
    "clouddirectory",
    "cloudfront",
    "cloudsearch",
    "cloudtrail-data",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "comprehendmedical",
    "compute-optimizer",
    "cost-optimization-hub",
    "dax",
    "dsql",
    "dynamodb",
    "ecr",
    "ecr-public",
    "events",
    "firehose",
    "fis",
    "fms",
    "gamelift",
    "health",
    "inspector-scan",
    "kendra",
    "kinesisvideo",
    "kms",
    "logs",
    "memorydb",
    "networkmonitor",
    "notifications",
    "opensearch",
    "pca-connector-ad",
    "personalize",
    "polly",
    "pricing",
    "resource-groups",
    "rolesanywhere",
    "s3",
    "secretsmanager",
    "servicediscovery",
    "signin",
    "sqs",
    "sts",
    "support",
    "swf",
    "textract",
    "timestream-influxdb",
    "transcribe",
    "transfer",
    "translate",
    "wafv2",
    "workspaces",
    "xray",
];

/// The operations that a KMS grant can cover (SPEC K-09). All of them work across accounts (SPEC K-05).
///
/// Source: <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html>
const KMS_GRANT_OPERATIONS: &[&str] = &[
    "kms:encrypt",
    "kms:decrypt",
    "kms:reencryptfrom",
    "kms:reencryptto",
    "kms:generatedatakey",
    "kms:generatedatakeypair",
    "kms:generatedatakeypairwithoutplaintext",
    "kms:generatedatakeywithoutplaintext",
    "kms:sign",
    "kms:verify",
    "kms:generatemac",
    "kms:verifymac",
    "kms:derivesharedsecret",
    "kms:creategrant",
    "kms:describekey",
    "kms:getpublickey",
    "kms:retiregrant",
];

/// The other KMS actions that work across accounts (SPEC K-05); all others are refused whatever the policies say.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html>
const KMS_CROSS_ACCOUNT: &[&str] = &["kms:getkeyrotationstatus", "kms:listgrants", "kms:revokegrant"];

/// Bucket policy actions that only the bucket owner's account may call (SPEC S3-01), and that its
/// root user may call whatever the bucket policy denies (SPEC D-13).
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html>
const BUCKET_POLICY: &[&str] = &["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"];

/// What follows from caller, action and resource alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    pub options: EvaluationOptions,
    pub same_account: bool,
    /// What the resource is, as far as its policy's rules are concerned.
    pub kind: ResourcePolicyKind,
    pub is_root: bool,
    pub is_federated_user: bool,
    /// A federated user of the root user: everything is allowed on the identity side (SPEC R-15).
    pub is_federated_root: bool,
    /// No identity-based policies: a service, SAML, web identity or anonymous caller.
    pub is_outside_iam: bool,
    pub assumes_role: bool,
    pub impossible_across_accounts: bool,
    pub grant: bool,
    pub has_boundary: bool,
    pub scps_apply: bool,
    pub rcps_apply: bool,
    /// SPEC D-13: denies of the resource-based policy do not count.
    pub resource_denies_skipped: bool,
    /// SPEC G-43.
    pub gateway_endpoint: bool,
    /// What S3 asks beside the policies (SPEC 5.13).
    pub s3: S3,
}

impl Facts {
    /// A role or a KMS key: its own policy has to allow (SPEC D-21).
    pub fn is_strict(&self) -> bool {
        self.kind != ResourcePolicyKind::General
    }

    pub fn new(request: &Request, set: &PolicySet, options: EvaluationOptions) -> Self {
        let principal = &request.principal;
        // SPEC R-15: AssumeRoot has no resource-based policy, so only the caller's side counts.
        let same_account = (principal.account().is_some() && principal.account() == request.owner()
            || request.folded_action() == "sts:assumeroot")
            && !keeps_source_identity(request);
        let is_root = matches!(principal, Principal::Root { .. });
        let is_outside_iam = principal.account().is_none();
        let service = request.service();
        let action = request.folded_action();
        let grantable = service == "kms" && KMS_GRANT_OPERATIONS.contains(&action);
        let bucket_policy = BUCKET_POLICY.contains(&action);
        let anonymous = *principal == Principal::Anonymous;
        let partitions_differ = || {
            let of_resource = partition(request.resource());
            principal.partition().zip(of_resource).is_some_and(|(caller, resource)| caller != resource)
        };
        let kind = request.resource_kind();
        let aws_managed_key = service == "kms" && request.aws_managed_key;
        let assumes_service_linked_role = service == "sts" && request.resource().contains(":role/aws-service-role/");
        Self {
            options,
            same_account,
            kind,
            is_root,
            is_federated_user: matches!(principal, Principal::FederatedUser { .. }),
            is_federated_root: matches!(
                principal,
                Principal::FederatedUser { federating_user_arn: Some(arn), .. } if arn.ends_with(":root")
            ),
            is_outside_iam,
            assumes_role: action == "sts:assumerole",
            impossible_across_accounts: !same_account
                && (bucket_policy
                    || partitions_differ()
                    || service == "kms" && !is_outside_iam && !grantable && !KMS_CROSS_ACCOUNT.contains(&action)
                    || anonymous && !["s3", "sqs", "sns"].contains(&service)),
            grant: request.kms_grant_allows && grantable,
            has_boundary: set.has(Gate::PermissionsBoundary),
            scps_apply: !is_outside_iam
                && !principal.is_service_linked_role()
                && !request.principal_in_management_account,
            rcps_apply: set.rcp_levels.is_some()
                && !request.resource_in_management_account
                && !principal.is_service_linked_role()
                && action != "kms:retiregrant"
                && !assumes_service_linked_role // SPEC O-08
                && !aws_managed_key // SPEC O-08
                && request.resource() != "*" // SPEC O-09
                && RCP_SERVICES.contains(&service),
            resource_denies_skipped: is_root && same_account && bucket_policy,
            gateway_endpoint: set.gateway_endpoint == Some(true),
            s3: S3::new(request, set),
        }
    }
}

/// A session that carries a source identity needs `sts:SetSourceIdentity` on both sides to pass it
/// on, in the same account too (SPEC R-08).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html>
fn keeps_source_identity(request: &Request) -> bool {
    request.folded_action() == "sts:setsourceidentity"
        && request.context().named("aws:SourceIdentity").values().is_some()
}

/// What kind of resource-based policy belongs to the resource of an action.
#[must_use]
pub fn resource_policy_kind(service: &str, resource: &str) -> ResourcePolicyKind {
    kind_of(service, Arn::parse(resource))
}

/// The same, if the resource's ARN is read already.
pub(crate) fn kind_of(service: &str, resource: Option<Arn<'_>>) -> ResourcePolicyKind {
    match resource {
        Some(arn) if service == "sts" && arn.service == "iam" && arn.resource.starts_with("role/") => {
            ResourcePolicyKind::RoleTrust
        }
        Some(arn) if arn.service == "kms" && arn.resource.starts_with("key/") => ResourcePolicyKind::KmsKey,
        _ => ResourcePolicyKind::General,
    }
}
