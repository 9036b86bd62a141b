//! Actions in words (SPEC 2.2).

use super::resource::Kind;

/// What an action does to what.
pub(super) struct Verb {
    pub action: &'static str,
    /// The words before the resource.
    pub before: &'static str,
    /// What it acts on; nothing if there is no resource to it, so that the words are all.
    pub on: Option<Kind>,
    /// The words behind the resource.
    pub after: &'static str,
}

const fn verb(action: &'static str, before: &'static str, on: Kind) -> Verb {
    Verb { action, before, on: Some(on), after: "" }
}

const fn alone(action: &'static str, words: &'static str) -> Verb {
    Verb { action, before: words, on: None, after: "" }
}

/// Verbs for actions that many policies name, each for the resource type that the Service Authorization Reference
/// gives the action.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
const VERBS: &[Verb] = &[
    verb("s3:GetObject", "read", Kind::Object),
    verb("s3:GetObjectVersion", "read all versions of", Kind::Object),
    verb("s3:PutObject", "write", Kind::Object),
    verb("s3:DeleteObject", "delete", Kind::Object),
    verb("s3:DeleteObjectVersion", "delete versions of", Kind::Object),
    verb("s3:GetObjectAcl", "read the ACLs of", Kind::Object),
    verb("s3:PutObjectAcl", "change the ACLs of", Kind::Object),
    verb("s3:GetObjectTagging", "read the tags of", Kind::Object),
    verb("s3:PutObjectTagging", "tag", Kind::Object),
    verb("s3:AbortMultipartUpload", "abort multipart uploads of", Kind::Object),
    verb("s3:ListBucket", "list the contents of", Kind::Bucket),
    verb("s3:GetBucketLocation", "see the Region of", Kind::Bucket),
    verb("s3:ListBucketVersions", "list the versions of objects in", Kind::Bucket),
    verb("s3:ListBucketMultipartUploads", "list the unfinished multipart uploads to", Kind::Bucket),
    verb("s3:CreateBucket", "create", Kind::Bucket),
    verb("s3:DeleteBucket", "delete", Kind::Bucket),
    verb("s3:GetBucketPolicy", "read the policy of", Kind::Bucket),
    verb("s3:PutBucketPolicy", "change the policy of", Kind::Bucket),
    verb("s3:DeleteBucketPolicy", "delete the policy of", Kind::Bucket),
    alone("s3:ListAllMyBuckets", "list all buckets"),
    verb("sts:AssumeRole", "assume", Kind::Role),
    Verb { action: "iam:PassRole", before: "pass", on: Some(Kind::Role), after: " to AWS services" },
    alone("sts:GetCallerIdentity", "see who the caller is"),
    verb("dynamodb:GetItem", "read items of", Kind::Table),
    verb("dynamodb:BatchGetItem", "read items in batches from", Kind::Table),
    verb("dynamodb:Query", "query", Kind::Table),
    verb("dynamodb:Scan", "scan", Kind::Table),
    verb("dynamodb:PutItem", "put items into", Kind::Table),
    verb("dynamodb:UpdateItem", "update items of", Kind::Table),
    verb("dynamodb:DeleteItem", "delete items of", Kind::Table),
    verb("dynamodb:BatchWriteItem", "write items in batches to", Kind::Table),
    verb("dynamodb:DescribeTable", "see the details of", Kind::Table),
    verb("sqs:SendMessage", "send messages to", Kind::Queue),
    verb("sqs:ReceiveMessage", "receive messages from", Kind::Queue),
    verb("sqs:DeleteMessage", "delete messages from", Kind::Queue),
    verb("sns:Publish", "publish to", Kind::Topic),
    verb("sns:Subscribe", "subscribe to", Kind::Topic),
    verb("lambda:InvokeFunction", "invoke", Kind::Function),
    verb("kms:Encrypt", "encrypt with", Kind::Key),
    verb("kms:Decrypt", "decrypt with", Kind::Key),
    verb("kms:GenerateDataKey", "make data keys with", Kind::Key),
    verb("kms:DescribeKey", "see the details of", Kind::Key),
    verb("secretsmanager:GetSecretValue", "read the value of", Kind::Secret),
    verb("secretsmanager:DescribeSecret", "see the details of", Kind::Secret),
    verb("ssm:GetParameter", "read", Kind::Parameter),
    verb("ec2:StartInstances", "start", Kind::Instance),
    verb("ec2:StopInstances", "stop", Kind::Instance),
    verb("ec2:RebootInstances", "reboot", Kind::Instance),
    verb("ec2:TerminateInstances", "terminate", Kind::Instance),
];

/// What a role trust policy lets its principals do with the role (SPEC 5.7).
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html>
const TRUST: &[(&str, &str)] = &[
    ("sts:AssumeRole", "assume this role"),
    ("sts:AssumeRoleWithSAML", "assume this role with a SAML assertion"),
    ("sts:AssumeRoleWithWebIdentity", "assume this role with a token of an identity provider"),
    ("sts:TagSession", "pass session tags"),
    ("sts:SetSourceIdentity", "set a source identity"),
    ("sts:SetContext", "pass a context"),
];

/// The verb of an action.
pub(super) fn verb_of(action: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.action.eq_ignore_ascii_case(action))
}

/// What the action of a trust policy is called.
pub(super) fn of_trust(action: &str) -> Option<&'static str> {
    TRUST.iter().find(|(known, _)| known.eq_ignore_ascii_case(action)).map(|(_, words)| *words)
}
