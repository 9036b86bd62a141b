//! What the well-known condition keys are called in sentences.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>, and the pages of
//! the Service Authorization Reference on the services' own keys.

use super::phrase::quoted;
use crate::catalog::{Presence, global_condition_key};

/// How a condition on a key is told.
#[derive(Clone, Copy)]
pub(super) enum Wording {
    /// `the caller's user name is …`: a name for what the key holds.
    Noun,
    /// `the request comes from` `the VPC` …: a verb, its negation, and what its object is, one and several.
    Relation { yes: &'static str, no: &'static str, one: &'static str, many: &'static str },
    /// What `true` and `false` mean.
    Flag { yes: &'static str, no: &'static str },
    /// A multivalued key: what each of its values is.
    Each(&'static str),
}

/// A condition key in sentences.
pub(super) struct Key {
    /// What it holds, with an article; for other than well-known keys, its own name.
    pub noun: String,
    pub wording: Wording,
    /// Whether it is in every request (SPEC 6.2).
    pub always: bool,
    /// How a condition on it is told behind `but only`: a preposition, or all of it for a flag that is true.
    pub adverb: &'static str,
    /// What it means that the key is missing.
    pub absent: String,
    /// What it means that the key is there.
    pub present: String,
    /// Whether its values are free text, which goes into quotation marks.
    pub text: bool,
}

/// A line of the table: name, noun, wording, adverb.
type Line = (&'static str, &'static str, Wording, &'static str);

const fn relation(yes: &'static str, no: &'static str, one: &'static str, many: &'static str) -> Wording {
    Wording::Relation { yes, no, one, many }
}

const ORGANIZATION: &str = "the organization";
const ORGANIZATIONS: &str = "the organizations";
const ACCOUNT: &str = "the account";
const ACCOUNTS: &str = "the accounts";
const SERVICE: &str = "the service";
const SERVICES: &str = "the services";
/// What addresses are compared with.
pub(super) const RANGE: &str = "the address range";
const RANGES: &str = "the address ranges";
const COMES_FROM: &str = "the request comes from";
const NOT_FROM: &str = "the request does not come from";
const CALLER_OF: &str = "the caller belongs to";
const NOT_OF: &str = "the caller does not belong to";
const RESOURCE_OF: &str = "the resource belongs to";
const RESOURCE_NOT_OF: &str = "the resource does not belong to";
const THROUGH_VPCE_OF: &str = "the request comes through a VPC endpoint of";
const NOT_THROUGH_VPCE_OF: &str = "the request does not come through a VPC endpoint of";
const FOR: &str = "the request is made on behalf of";
const NOT_FOR: &str = "the request is not made on behalf of";

use Wording::{Each, Flag, Noun};

const KEYS: &[Line] = &[
    // The caller.
    ("aws:PrincipalArn", "the caller's ARN", Noun, ""),
    ("aws:PrincipalAccount", "the caller's account", relation(CALLER_OF, NOT_OF, ACCOUNT, ACCOUNTS), "from"),
    (
        "aws:PrincipalOrgID",
        "the caller's organization",
        relation(CALLER_OF, NOT_OF, ORGANIZATION, ORGANIZATIONS),
        "from",
    ),
    ("aws:PrincipalOrgPaths", "the organization path of the caller", Each("organization path of the caller"), ""),
    (
        "aws:PrincipalIsAWSService",
        "aws:PrincipalIsAWSService",
        Flag {
            yes: "an AWS service itself makes the request",
            no: "the request is signed by somebody other than an AWS service",
        },
        "",
    ),
    (
        "aws:PrincipalServiceName",
        "the name of the calling AWS service",
        relation("the request is made by", "the request is not made by", SERVICE, SERVICES),
        "by",
    ),
    ("aws:PrincipalServiceNamesList", "aws:PrincipalServiceNamesList", Each("name of the calling AWS service"), ""),
    ("aws:PrincipalType", "the type of the caller", Noun, ""),
    ("aws:userid", "the caller's unique id", Noun, ""),
    ("aws:username", "the caller's user name", Noun, ""),
    // The session.
    (
        "aws:MultiFactorAuthPresent",
        "aws:MultiFactorAuthPresent",
        Flag {
            yes: "the caller signed in with multi-factor authentication",
            no: "the caller's temporary credentials were made without multi-factor authentication",
        },
        "with multi-factor authentication",
    ),
    ("aws:MultiFactorAuthAge", "the number of seconds since the multi-factor authentication", Noun, ""),
    ("aws:TokenIssueTime", "the time at which the caller's temporary credentials were issued", Noun, ""),
    ("aws:SourceIdentity", "the source identity", Noun, ""),
    ("aws:FederatedProvider", "the identity provider of the caller", Noun, ""),
    ("aws:Ec2InstanceSourceVpc", "the VPC of the EC2 instance that the credentials were given to", Noun, ""),
    (
        "aws:Ec2InstanceSourcePrivateIPv4",
        "the private address of the EC2 instance that the credentials were given to",
        Noun,
        "",
    ),
    ("ec2:SourceInstanceArn", "the ARN of the EC2 instance that the credentials were given to", Noun, ""),
    ("lambda:SourceFunctionArn", "the ARN of the function that the credentials were given to", Noun, ""),
    // The network.
    ("aws:SourceIp", "the caller's address", relation(COMES_FROM, NOT_FROM, RANGE, RANGES), "from"),
    (
        "aws:VpcSourceIp",
        "the caller's address in its VPC",
        relation(
            "the request comes through a VPC endpoint from",
            "the request does not come through a VPC endpoint from",
            RANGE,
            RANGES,
        ),
        "",
    ),
    (
        "aws:SourceVpc",
        "the VPC that the request comes from",
        relation(COMES_FROM, NOT_FROM, "the VPC", "the VPCs"),
        "from",
    ),
    (
        "aws:SourceVpce",
        "the VPC endpoint that the request comes through",
        relation(
            "the request comes through",
            "the request does not come through",
            "the VPC endpoint",
            "the VPC endpoints",
        ),
        "through",
    ),
    (
        "aws:VpceAccount",
        "the account of the VPC endpoint",
        relation(THROUGH_VPCE_OF, NOT_THROUGH_VPCE_OF, ACCOUNT, ACCOUNTS),
        "",
    ),
    (
        "aws:VpceOrgID",
        "the organization of the VPC endpoint",
        relation(THROUGH_VPCE_OF, NOT_THROUGH_VPCE_OF, ORGANIZATION, ORGANIZATIONS),
        "",
    ),
    ("aws:VpceOrgPaths", "aws:VpceOrgPaths", Each("organization path of the VPC endpoint"), ""),
    // The resource.
    ("aws:ResourceAccount", "the resource's account", relation(RESOURCE_OF, RESOURCE_NOT_OF, ACCOUNT, ACCOUNTS), ""),
    (
        "aws:ResourceOrgID",
        "the resource's organization",
        relation(RESOURCE_OF, RESOURCE_NOT_OF, ORGANIZATION, ORGANIZATIONS),
        "",
    ),
    ("aws:ResourceOrgPaths", "aws:ResourceOrgPaths", Each("organization path of the resource"), ""),
    // The request.
    ("aws:CurrentTime", "the time of the request", Noun, ""),
    ("aws:EpochTime", "the time of the request in seconds since 1970", Noun, ""),
    (
        "aws:RequestedRegion",
        "the Region that the request goes to",
        relation("the request goes to", "the request does not go to", "the Region", "the Regions"),
        "in",
    ),
    (
        "aws:SecureTransport",
        "aws:SecureTransport",
        Flag { yes: "the request comes over TLS", no: "the request does not come over TLS" },
        "over TLS",
    ),
    (
        "aws:ViaAWSService",
        "aws:ViaAWSService",
        Flag {
            yes: "an AWS service makes the request on the caller's behalf",
            no: "the request is not made by an AWS service on the caller's behalf",
        },
        "",
    ),
    ("aws:CalledVia", "aws:CalledVia", Each("AWS service that the call went through"), ""),
    ("aws:CalledViaFirst", "the first AWS service that the call went through", Noun, ""),
    ("aws:CalledViaLast", "the last AWS service that the call went through", Noun, ""),
    ("aws:TagKeys", "aws:TagKeys", Each("tag key in the request"), ""),
    ("aws:referer", "the referer that the request names", Noun, ""),
    ("aws:UserAgent", "the user agent that the request names", Noun, ""),
    (
        "aws:SourceAccount",
        "the account on behalf of which a service makes the request",
        relation(FOR, NOT_FOR, ACCOUNT, ACCOUNTS),
        "on behalf of",
    ),
    (
        "aws:SourceArn",
        "the ARN of the resource on behalf of which a service makes the request",
        relation(FOR, NOT_FOR, "the resource", "the resources"),
        "on behalf of",
    ),
    (
        "aws:SourceOrgID",
        "the organization on behalf of which a service makes the request",
        relation(FOR, NOT_FOR, ORGANIZATION, ORGANIZATIONS),
        "on behalf of",
    ),
    (
        "aws:SourceOrgPaths",
        "aws:SourceOrgPaths",
        Each("organization path on behalf of which a service makes the request"),
        "",
    ),
    // IAM and STS.
    (
        "iam:PassedToService",
        "the name of the service that the role is passed to",
        relation("the role is passed to", "the role is not passed to", SERVICE, SERVICES),
        "",
    ),
    ("iam:AssociatedResourceArn", "the ARN of the resource that the role is passed for", Noun, ""),
    (
        "iam:AWSServiceName",
        "the name of the service that the service-linked role is for",
        relation("the service-linked role is for", "the service-linked role is not for", SERVICE, SERVICES),
        "",
    ),
    ("iam:PermissionsBoundary", "the ARN of the permissions boundary", Noun, ""),
    ("iam:PolicyARN", "the ARN of the policy", Noun, ""),
    (
        "sts:ExternalId",
        "the external id",
        relation("the call gives", "the call does not give", "the external id", "the external ids"),
        "with",
    ),
    ("sts:RoleSessionName", "the name of the session", Noun, ""),
    ("sts:SourceIdentity", "the source identity that the call sets", Noun, ""),
    ("sts:TransitiveTagKeys", "sts:TransitiveTagKeys", Each("transitive tag key of the session"), ""),
    // Services.
    (
        "kms:ViaService",
        "the name of the service that the request comes through",
        relation("the request comes through", "the request does not come through", SERVICE, SERVICES),
        "through",
    ),
    ("kms:CallerAccount", "the caller's account", relation(CALLER_OF, NOT_OF, ACCOUNT, ACCOUNTS), "from"),
    ("kms:EncryptionContextKeys", "kms:EncryptionContextKeys", Each("key of the encryption context"), ""),
    (
        "kms:GrantIsForAWSResource",
        "kms:GrantIsForAWSResource",
        Flag {
            yes: "an AWS service asks for the grant on the caller's behalf",
            no: "no AWS service asks for the grant on the caller's behalf, and the request says so",
        },
        "",
    ),
    ("s3:ResourceAccount", "the resource's account", relation(RESOURCE_OF, RESOURCE_NOT_OF, ACCOUNT, ACCOUNTS), ""),
    ("s3:prefix", "the prefix that is listed", Noun, ""),
    ("s3:delimiter", "the delimiter of the listing", Noun, ""),
    ("s3:x-amz-acl", "the canned ACL that the request sets", Noun, ""),
    ("s3:x-amz-server-side-encryption", "the server-side encryption that the request asks for", Noun, ""),
    ("s3:x-amz-server-side-encryption-aws-kms-key-id", "the KMS key that the request wants for encryption", Noun, ""),
    ("s3:TlsVersion", "the version of TLS", Noun, ""),
    ("ec2:InstanceType", "the instance type", Noun, ""),
    ("ec2:Region", "the Region", Noun, ""),
    ("ec2:Vpc", "the ARN of the VPC", Noun, ""),
    ("ec2:CreateAction", "the action that creates the tagged resource", Noun, ""),
    ("dynamodb:LeadingKeys", "dynamodb:LeadingKeys", Each("partition key that the request touches"), ""),
    ("dynamodb:Attributes", "dynamodb:Attributes", Each("attribute that the request touches"), ""),
];

/// Keys whose names end with a tag key or the like, and what they are called.
const FAMILIES: &[(&str, &str)] = &[
    ("aws:PrincipalTag/", "the caller's tag"),
    ("aws:ResourceTag/", "the resource's tag"),
    ("aws:RequestTag/", "the request's tag"),
    ("ec2:ResourceTag/", "the resource's tag"),
    ("iam:ResourceTag/", "the resource's tag"),
    ("s3:ExistingObjectTag/", "the object's tag"),
    ("s3:RequestObjectTag/", "the request's object tag"),
    ("kms:EncryptionContext:", "the encryption context's value of"),
];

/// What a key is called.
pub(super) fn find(name: &str) -> Key {
    let known = KEYS.iter().find(|line| line.0.eq_ignore_ascii_case(name));
    if let Some((known, noun, wording, adverb)) = known {
        let (mut absent, mut present) = (missing(known), there(known));
        if *known == "aws:MultiFactorAuthPresent" {
            absent = "the caller's credentials say nothing of multi-factor authentication, as access keys do".into();
        } else if *known == "aws:TokenIssueTime" {
            absent = "the caller has no temporary credentials".into();
            present = "the caller has temporary credentials".into();
        }
        let text = matches!(*known, "sts:ExternalId");
        let always = global_condition_key(known).is_some_and(|key| key.presence() == Some(Presence::Always));
        return Key { noun: (*noun).into(), wording: *wording, always, adverb, absent, present, text };
    }
    let start = |prefix: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let family = FAMILIES.iter().find(|(prefix, _)| start(prefix));
    let mut noun = match family.and_then(|(prefix, noun)| Some((noun, name.get(prefix.len()..)?))) {
        Some((noun, rest)) if !rest.is_empty() => format!("{noun} {}", quoted(rest)),
        _ => name.to_owned(),
    };
    let mut wording = Noun;
    // Claims of an identity provider's token go by the provider's host name.
    if let Some((host, claim)) = name.rsplit_once(':')
        && host.contains('.')
        && family.is_none()
        && !host.contains(':')
    {
        noun = format!("the claim {} of the token of {host}", quoted(claim));
        if claim.eq_ignore_ascii_case("amr") {
            wording = Each("authentication method of the token");
        }
    }
    Key { noun, wording, always: false, adverb: "", absent: missing(name), present: there(name), text: true }
}

fn missing(name: &str) -> String {
    format!("the request has no {name}")
}

fn there(name: &str) -> String {
    format!("the request has {name}")
}
