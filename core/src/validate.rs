//! What is wrong with a policy, or could be better (feature `validate`): the checks of IAM Access Analyzer with its
//! codes, and checks beyond them.
//!
//! ```
//! use admittance::PolicyType;
//! use admittance::validate::{Options, validate};
//!
//! let text = r#"{ "Version": "2012-10-17", "Statement": [
//!   { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }
//! ] }"#;
//! let validation = validate(text, PolicyType::Identity, Options::default(), None);
//! assert_eq!(validation.findings[0].diagnostic.code, "PASS_ROLE_WITH_STAR_IN_RESOURCE");
//! ```
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

mod absent;
mod action;
mod adopt;
mod applies;
mod arn;
mod arn_format;
mod broad_role;
mod check;
mod codes;
mod condition_key;
mod contradiction;
mod escalation;
mod finding;
mod oidc;
mod operator;
mod perimeter;
mod permissive;
mod rcp;
mod redundant;
mod service_principal;
mod shape;
mod similar;
mod size;
mod trust;
mod value;
mod variable;
mod wire;

pub use crate::suggest::edit::Edit;
pub use codes::{CODES, Code, Origin};
pub use finding::{Finding, Fix};
pub use wire::{EditOutput, FindingOutput, FixOutput, ValidationOutput};

use crate::catalog::Catalog;
use crate::policy::{PolicyDocument, PolicyType, ResourcePolicyKind};
use check::Check;

/// What validation needs to know besides the policy's type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The kind of resource that a resource-based policy is attached to, if it is known.
    pub resource: Option<ResourceKind>,
}

/// A kind of resource that Access Analyzer has checks of its own for (SPEC 8.1). Role trust policies and key policies
/// are policy types: [`PolicyType::Resource`].
///
/// Source: <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceKind {
    /// An S3 bucket.
    S3Bucket,
    /// An S3 access point.
    S3AccessPoint,
    /// An S3 multi-Region access point.
    S3MultiRegionAccessPoint,
    /// An S3 Object Lambda access point.
    S3ObjectLambdaAccessPoint,
    /// A DynamoDB table.
    DynamoDbTable,
}

impl ResourceKind {
    /// All kinds, by the names of CloudFormation, which are those of Access Analyzer's API.
    pub const ALL: [(&'static str, Self); 5] = [
        ("AWS::S3::Bucket", Self::S3Bucket),
        ("AWS::S3::AccessPoint", Self::S3AccessPoint),
        ("AWS::S3::MultiRegionAccessPoint", Self::S3MultiRegionAccessPoint),
        ("AWS::S3ObjectLambda::AccessPoint", Self::S3ObjectLambdaAccessPoint),
        ("AWS::DynamoDB::Table", Self::DynamoDbTable),
    ];

    /// The policy type and kind of resource of a name of the API's `validatePolicyResourceType`;
    /// `AWS::IAM::AssumeRolePolicyDocument` and `AWS::KMS::Key` are policy types by themselves.
    #[must_use]
    pub fn parse(name: &str) -> Option<(PolicyType, Option<Self>)> {
        let strict = match name {
            "AWS::IAM::AssumeRolePolicyDocument" => Some(ResourcePolicyKind::RoleTrust),
            "AWS::KMS::Key" => Some(ResourcePolicyKind::KmsKey),
            _ => None,
        };
        if let Some(kind) = strict {
            return Some((PolicyType::Resource(kind), None));
        }
        let (_, kind) = *Self::ALL.iter().find(|(known, _)| *known == name)?;
        Some((PolicyType::Resource(ResourcePolicyKind::General), Some(kind)))
    }

    /// The name in Access Analyzer's API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validation {
    /// The findings, in the order of the text; at one place the most serious first.
    pub findings: Vec<Finding>,
    /// The codes of the checks that were not made, or not in full, because they need the catalog.
    pub skipped: Vec<&'static str>,
}

/// Checks the text of a policy. Without a catalog, checks that need one are skipped, which [`Validation::skipped`] tells.
#[must_use]
pub fn validate(text: &str, policy_type: PolicyType, options: Options, catalog: Option<&Catalog>) -> Validation {
    let (document, mut diagnostics) = PolicyDocument::parse(text);
    diagnostics.extend(document.check(policy_type));
    let mut check = Check::new(text, &document, policy_type, options, catalog);
    adopt::adopt(&mut check, diagnostics);
    for run in CHECKS {
        if check.is_full() {
            break;
        }
        run(&mut check);
    }
    let skipped = CODES.iter().filter(|code| code.needs_catalog && catalog.is_none()).map(|code| code.name).collect();
    Validation { findings: check.finish(), skipped }
}

/// The checks, each on the whole document.
const CHECKS: &[fn(&mut Check<'_>)] = &[
    size::check,
    variable::in_element,
    variable::in_version,
    variable::for_operator,
    variable::known_keys,
    arn::check,
    action::known,
    action::service_control_wildcards,
    action::in_policy,
    action::resource_in_policy,
    value::json_types,
    value::booleans,
    value::dates,
    value::regions,
    value::service_principals,
    value::vpc_ids,
    value::kms_keys,
    value::private_addresses,
    value::host_bits,
    condition_key::global,
    condition_key::of_service,
    condition_key::qualifier,
    condition_key::untrustworthy,
    condition_key::paired,
    condition_key::dynamodb,
    condition_key::missing_action,
    condition_key::supported_services,
    condition_key::irrelevant,
    permissive::check,
    operator::wildcards,
    operator::null_with_qualifier,
    operator::anything,
    operator::types,
    operator::empty_sid,
    trust::not_principal,
    trust::principals,
    trust::everyone,
    trust::federated,
    trust::mismatched,
    trust::roles_anywhere,
    service_principal::sources,
    service_principal::keys,
    service_principal::names,
    oidc::claims,
    oidc::github,
    oidc::audience,
    rcp::services,
    rcp::related_keys,
    arn_format::check,
    applies::resources,
    applies::keys,
    applies::tags,
    absent::allow,
    absent::deny,
    absent::not_action,
    contradiction::conditions,
    contradiction::exceptions,
    perimeter::check,
    escalation::check,
    redundant::actions,
    redundant::resources,
    redundant::statements,
    redundant::bounds,
    redundant::sessions,
    broad_role::pass_role,
    broad_role::create_service_linked_role,
];
