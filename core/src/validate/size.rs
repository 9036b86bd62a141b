//! How long a policy may be (SPEC 1.6).

use super::ResourceKind;
use super::check::Check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::policy::{PolicyType, ResourcePolicyKind, counted_size};
use crate::span::Span;

/// The quotas on a document's length, with the length as the quota counts it: `POLICY_SIZE_EXCEEDS_…_QUOTA`.
///
/// White space between tokens does not count in IAM. For the policies of Organizations it counts, unless the console
/// is used, which takes it out: a text that is too long only with it is a warning.
///
/// Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>,
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>,
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html>
pub(super) fn check(check: &mut Check<'_>) {
    let Some(quota) = quota(check.policy_type, check.options.resource) else { return };
    let (whole, dense) = (check.text.chars().count(), counted_size(check.text));
    let size = if quota.white_space { whole } else { dense };
    if size <= quota.most {
        return;
    }
    let span = Span::new(check.document.span.start as usize, check.document.span.start as usize + 1);
    let counting = if quota.white_space { "" } else { " without white space" };
    let message = format!("the policy has {size} characters{counting}; {} {}", quota.whose, quota.most);
    let finding = check.report(quota.code, span, message);
    finding.help(quota.help);
    if quota.white_space && quota.strips && dense <= quota.most {
        let help = format!("without white space between tokens it has {dense}: take it out, or save it in the console");
        finding.help(help);
        finding.diagnostic = Diagnostic { severity: Severity::Warning, ..finding.diagnostic.clone() };
    }
}

struct Quota {
    code: &'static str,
    most: usize,
    /// Whether white space between tokens counts.
    white_space: bool,
    /// Whether the console takes white space out.
    strips: bool,
    whose: &'static str,
    help: &'static str,
}

fn quota(policy_type: PolicyType, resource: Option<ResourceKind>) -> Option<Quota> {
    let quota = |code, most, whose, help| Quota { code, most, white_space: true, strips: false, whose, help };
    let split = "split it into several policies";
    Some(match policy_type {
        PolicyType::Identity | PolicyType::PermissionsBoundary => Quota {
            white_space: false,
            ..quota(
                "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
                6_144,
                "a managed policy may have",
                "split it into several policies; all inline policies of a role together may have 10240, of a group 5120, of a user 2048",
            )
        },
        PolicyType::Session => quota(
            "POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA",
            2_048,
            "a session policy, together with the ARNs of managed session policies, may have",
            "shorten it, or pass managed policies by their ARNs",
        ),
        PolicyType::Resource(ResourcePolicyKind::RoleTrust) => Quota {
            white_space: false,
            ..quota(
                "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
                2_048,
                "a role trust policy may have, unless the account's quota was raised,",
                "shorten it, or have the quota raised (to 8192 at most)",
            )
        },
        PolicyType::ServiceControl => Quota {
            strips: true,
            ..quota("POLICY_SIZE_EXCEEDS_SCP_QUOTA", 10_240, "a service control policy may have", split)
        },
        PolicyType::ResourceControl => Quota {
            strips: true,
            ..quota("POLICY_SIZE_EXCEEDS_RCP_QUOTA", 5_120, "a resource control policy may have", split)
        },
        PolicyType::VpcEndpoint => quota(
            "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
            20_480,
            "the policy of a VPC endpoint may have",
            "shorten it, or use several endpoints",
        ),
        PolicyType::Resource(ResourcePolicyKind::KmsKey) => quota(
            "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
            32_768,
            "a key policy may have",
            "shorten it, or allow through identity-based policies",
        ),
        PolicyType::AccessPoint => s3(),
        PolicyType::Resource(ResourcePolicyKind::General) => match resource? {
            ResourceKind::DynamoDbTable => quota(
                "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
                20_480,
                "the policy of a table may have",
                "shorten it, or allow through identity-based policies",
            ),
            _ => s3(),
        },
    })
}

fn s3() -> Quota {
    Quota {
        code: "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
        most: 20_480,
        white_space: true,
        strips: false,
        whose: "a bucket or access point policy may have",
        help: "shorten it, or spread it over access points",
    }
}
