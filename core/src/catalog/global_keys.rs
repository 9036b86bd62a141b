//! The global condition keys (SPEC 6.2).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use super::condition_key::{ConditionKey, Presence, ValueType};
use Presence::{Always, In};
use ValueType::{Arn, Bool, Date, IpAddress, Numeric, String};

/// The global condition keys: those of every service (`aws:…`), and those of a few services that requests to
/// other services carry too (`ec2:SourceInstanceArn`).
pub fn global_condition_keys() -> impl ExactSizeIterator<Item = ConditionKey<'static>> + Clone {
    KEYS.iter().copied()
}

/// The global condition key with a name, without case; `aws:RequestTag/team` is `aws:RequestTag/${TagKey}`.
#[must_use]
pub fn global_condition_key(name: &str) -> Option<ConditionKey<'static>> {
    let named = |key: &ConditionKey<'_>| key.name().eq_ignore_ascii_case(name);
    let found = global_condition_keys().find(named);
    // All placeholders stand behind a slash: few names need a closer look.
    if found.is_some() || !name.contains('/') {
        return found;
    }
    global_condition_keys().find(|key| key.name().ends_with('}') && key.covers(name))
}

const fn one(name: &'static str, value_type: ValueType, presence: Presence) -> ConditionKey<'static> {
    ConditionKey::global(name, value_type, false, presence)
}

const fn many(name: &'static str, presence: Presence) -> ConditionKey<'static> {
    ConditionKey::global(name, String, true, presence)
}

const SIGNED: Presence = In("signed requests of IAM principals, which service principals are not");
const PRINCIPAL_ORG: Presence = In("requests of principals whose account is in an organization");
const BY_SERVICE: Presence = In("requests that an AWS service principal makes directly");
const EC2_ROLE: Presence = In("requests with the credentials of an EC2 instance's role");
const GLUE_ROLE: Presence = In("requests with the credentials that AWS Glue assumed a role for");
const CODEBUILD_ROLE: Presence = In("requests with the credentials of a CodeBuild project's role");
const ENDPOINT: Presence = In("requests through a VPC endpoint");
const ENDPOINT_LISTED: Presence = In("requests through a VPC endpoint to the services that AWS lists");
const ENDPOINT_ORG: Presence =
    In("requests through a VPC endpoint of an account in an organization, to the services that AWS lists");
const RESOURCE_ORG: Presence =
    In("most requests about a resource whose account is in an organization; AWS lists the exceptions");
const FORWARDED: Presence =
    In("requests that an AWS service makes on the caller's behalf with the caller's credentials");
const FOR_RESOURCE: Presence = In("requests that an AWS service principal makes on behalf of a resource");
const FOR_RESOURCE_ORG: Presence =
    In("requests that an AWS service principal makes on behalf of a resource whose account is in an organization");

const KEYS: &[ConditionKey<'static>] = &[
    // The principal.
    one("aws:PrincipalArn", Arn, SIGNED),
    one("aws:PrincipalAccount", String, Always),
    one("aws:PrincipalOrgID", String, PRINCIPAL_ORG),
    many("aws:PrincipalOrgPaths", PRINCIPAL_ORG),
    one(
        "aws:PrincipalTag/${TagKey}",
        String,
        In("requests of principals that have the tag, by themselves or by their session"),
    ),
    one("aws:PrincipalIsAWSService", Bool, In("signed requests")),
    one("aws:PrincipalServiceName", String, BY_SERVICE),
    many("aws:PrincipalServiceNamesList", BY_SERVICE),
    one("aws:PrincipalType", String, Always),
    one("aws:userid", String, Always),
    one("aws:username", String, In("requests of IAM users, not those of roles, federated users or the root user")),
    // The session.
    one("aws:AssumedRoot", Bool, In("requests with the credentials of sts:AssumeRoot")),
    one(
        "aws:FederatedProvider",
        String,
        In("requests of sessions made by sts:AssumeRoleWithWebIdentity, and that call itself"),
    ),
    one("aws:TokenIssueTime", Date, In("requests with temporary credentials")),
    one("aws:SignInSessionArn", Arn, In("requests with credentials of an `aws login` session")),
    one("aws:MultiFactorAuthAge", Numeric, In("requests with temporary credentials that were made with MFA")),
    one(
        "aws:MultiFactorAuthPresent",
        Bool,
        In("requests with temporary credentials, not those with long-term access keys"),
    ),
    one("aws:ChatbotSourceArn", Arn, In("requests of sessions made by Amazon Q Developer in chat applications")),
    one("aws:Ec2InstanceSourceVpc", String, EC2_ROLE),
    one("aws:Ec2InstanceSourcePrivateIPv4", IpAddress, EC2_ROLE),
    one("aws:SourceIdentity", String, In("requests of role sessions for which a source identity was set")),
    one("aws:ViaCustomerDomain", Bool, In("requests of temporary delegation")),
    one("ec2:RoleDelivery", Numeric, EC2_ROLE),
    one("ec2:SourceInstanceArn", Arn, EC2_ROLE),
    one("lambda:SourceFunctionArn", Arn, In("requests with the credentials of a Lambda function's role")),
    one(
        "ssm:SourceInstanceArn",
        Arn,
        In("requests with the credentials of an instance's role that Systems Manager delivered"),
    ),
    one("codebuild:BuildArn", Arn, CODEBUILD_ROLE),
    one("codebuild:ProjectArn", Arn, CODEBUILD_ROLE),
    one("glue:RoleAssumedBy", String, GLUE_ROLE),
    one("glue:CredentialIssuingService", String, GLUE_ROLE),
    one(
        "identitystore:UserId",
        String,
        In("requests of sessions that carry the identity of an IAM Identity Center user"),
    ),
    // The network.
    one(
        "aws:SourceIp",
        IpAddress,
        In("requests that neither go through a VPC endpoint nor are made by a service principal"),
    ),
    one("aws:VpcSourceIp", IpAddress, ENDPOINT),
    one("aws:SourceVpc", String, ENDPOINT),
    one("aws:SourceVpce", String, ENDPOINT),
    one("aws:SourceVpcArn", Arn, ENDPOINT_LISTED),
    one("aws:VpceAccount", String, ENDPOINT_LISTED),
    one("aws:VpceOrgID", String, ENDPOINT_ORG),
    many("aws:VpceOrgPaths", ENDPOINT_ORG),
    // The resource.
    one("aws:ResourceAccount", String, In("most requests about a resource; AWS lists the exceptions")),
    one("aws:ResourceOrgID", String, RESOURCE_ORG),
    many("aws:ResourceOrgPaths", RESOURCE_ORG),
    one(
        "aws:ResourceTag/${TagKey}",
        String,
        In("requests about a resource that has the tag, for actions that support the key"),
    ),
    // The request.
    many("aws:CalledVia", FORWARDED),
    one("aws:CalledViaFirst", String, FORWARDED),
    one("aws:CalledViaLast", String, FORWARDED),
    one("aws:ViaAWSService", Bool, Always),
    one("aws:ViaAWSMCPService", Bool, In("requests through AWS MCP servers")),
    one("aws:CalledViaAWSMCP", String, In("requests through MCP servers that AWS runs")),
    one("aws:IsMcpServiceAction", Bool, In("requests for actions of MCP servers")),
    one("aws:CurrentTime", Date, Always),
    one("aws:EpochTime", Date, Always),
    one("aws:referer", String, In("requests whose sender named a referrer, in a header of its choice")),
    one("aws:RequestedRegion", String, Always),
    one("aws:RequestTag/${TagKey}", String, In("requests that pass the tag")),
    many("aws:TagKeys", In("requests that pass tags")),
    one("aws:SecureTransport", Bool, Always),
    one("aws:SourceAccount", String, FOR_RESOURCE),
    one("aws:SourceArn", Arn, FOR_RESOURCE),
    one("aws:SourceOrgID", String, FOR_RESOURCE_ORG),
    many("aws:SourceOrgPaths", FOR_RESOURCE_ORG),
    // Only Amazon SNS still sets it; AWS advises against it.
    one("aws:SourceOwner", String, FOR_RESOURCE),
    one("aws:UserAgent", String, Always),
];
