//! The action of an event: its service and operation are not always those of the action (SPEC 6.5).

use super::Draft;
use super::read::Facts;
use crate::scenario::FurtherAction;

/// Services whose actions have another prefix than their events' source.
const PREFIXES: &[(&str, &str)] = &[
    ("monitoring", "cloudwatch"),
    ("email", "ses"),
    ("tagging", "tag"),
    ("streams.dynamodb", "dynamodb"),
    ("cloudcontrolapi", "cloudformation"),
];

/// Operations of Amazon S3 whose action has another name.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
const S3: &[(&str, &str)] = &[
    ("CompleteMultipartUpload", "PutObject"),
    ("CopyObject", "PutObject"),
    ("CreateMultipartUpload", "PutObject"),
    ("DeleteBucketCors", "PutBucketCORS"),
    ("DeleteBucketEncryption", "PutEncryptionConfiguration"),
    ("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
    ("DeleteBucketReplication", "PutReplicationConfiguration"),
    ("DeleteBucketTagging", "PutBucketTagging"),
    ("DeleteObjects", "DeleteObject"),
    ("GetBucketAccelerateConfiguration", "GetAccelerateConfiguration"),
    ("GetBucketAnalyticsConfiguration", "GetAnalyticsConfiguration"),
    ("GetBucketCors", "GetBucketCORS"),
    ("GetBucketEncryption", "GetEncryptionConfiguration"),
    ("GetBucketInventoryConfiguration", "GetInventoryConfiguration"),
    ("GetBucketLifecycle", "GetLifecycleConfiguration"),
    ("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
    ("GetBucketMetricsConfiguration", "GetMetricsConfiguration"),
    ("GetBucketNotificationConfiguration", "GetBucketNotification"),
    ("GetBucketReplication", "GetReplicationConfiguration"),
    ("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
    ("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
    ("HeadBucket", "ListBucket"),
    ("HeadObject", "GetObject"),
    ("ListBuckets", "ListAllMyBuckets"),
    ("ListMultipartUploads", "ListBucketMultipartUploads"),
    ("ListObjectVersions", "ListBucketVersions"),
    ("ListObjects", "ListBucket"),
    ("ListObjectsV2", "ListBucket"),
    ("ListParts", "ListMultipartUploadParts"),
    ("PutBucketCors", "PutBucketCORS"),
    ("PutBucketEncryption", "PutEncryptionConfiguration"),
    ("PutBucketLifecycle", "PutLifecycleConfiguration"),
    ("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
    ("PutBucketNotificationConfiguration", "PutBucketNotification"),
    ("PutBucketReplication", "PutReplicationConfiguration"),
    ("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
    ("SelectObjectContent", "GetObject"),
    ("UploadPart", "PutObject"),
    ("UploadPartCopy", "PutObject"),
];

const SOURCE: &str = "eventSource, eventName";

/// Reads the action. False, if the event is no request that policies decide on.
pub(super) fn read(draft: &mut Draft, facts: &Facts<'_, '_>, source: &str, name: &str) -> bool {
    let host = source.split_once(".amazonaws.com").map_or(source, |(host, _)| host);
    // Sign-ins, and what AWS does by itself, are no requests.
    let kind = facts.text("eventType").unwrap_or("AwsApiCall");
    if host == "signin" || !matches!(kind, "AwsApiCall" | "AwsVpceEvent") {
        draft.missing("action", "the event is no API call that policies decide on");
        return false;
    }
    let known = PREFIXES.iter().find(|(known, _)| *known == host);
    let prefix = known.map_or_else(|| host.split('.').next().unwrap_or(host), |(_, prefix)| prefix);
    let mut exact = false;
    let mut note = "the operation of the API is mostly, and not always, the action";
    let action = match prefix {
        "s3" => {
            (exact, note) = (true, "");
            let mapped = S3.iter().find(|(operation, _)| *operation == name).map_or(name, |(_, action)| action);
            versioned(mapped, facts)
        }
        "lambda" => lambda(name),
        "apigateway" => {
            note = "actions of API Gateway are HTTP methods, which the event does not hold";
            http_method(name).to_owned()
        }
        "kms" if name == "ReEncrypt" => "ReEncryptFrom".to_owned(),
        "dynamodb" if name.starts_with("Transact") => {
            note = "a transaction is authorized item by item, as PutItem, UpdateItem, DeleteItem, GetItem or ConditionCheckItem";
            if name == "TransactGetItems" { "GetItem".to_owned() } else { "PutItem".to_owned() }
        }
        _ => name.to_owned(),
    };
    draft.request.action = format!("{prefix}:{action}");
    draft.field("action", super::read::certainty(exact), SOURCE, note);
    if prefix == "s3" && matches!(name, "CopyObject" | "UploadPartCopy") {
        copied(draft, facts);
    }
    if prefix == "kms" && name == "ReEncrypt" {
        let key = facts.parameter("destinationKeyId").filter(|key| key.starts_with("arn:"));
        let to = FurtherAction {
            action: "kms:ReEncryptTo".to_owned(),
            resources: key.into_iter().map(str::to_owned).collect(),
            ..FurtherAction::default()
        };
        draft.request.further.push(to);
    }
    true
}

/// With the id of a version, it is about that version.
fn versioned(action: &str, facts: &Facts<'_, '_>) -> String {
    let version = matches!(action, "GetObject" | "DeleteObject" | "GetObjectAcl" | "PutObjectAcl" | "GetObjectTagging")
        && facts.parameter("versionId").is_some();
    match action.strip_suffix("Object").filter(|_| version) {
        Some(_) => format!("{action}Version"),
        None if version => action.replacen("Object", "ObjectVersion", 1),
        None => action.to_owned(),
    }
}

/// A copy reads its source.
fn copied(draft: &mut Draft, facts: &Facts<'_, '_>) {
    let source = facts.parameter("x-amz-copy-source").map(|path| path.trim_start_matches('/'));
    let resource = source.map(|path| format!("arn:{}:s3:::{path}", facts.partition()));
    if resource.is_none() {
        draft.missing("further", "the event does not say what was copied, which has to be readable");
    }
    draft.request.further.push(FurtherAction {
        action: "s3:GetObject".to_owned(),
        resources: resource.into_iter().collect(),
        ..FurtherAction::default()
    });
}

/// Operations of Lambda end with the date of their version.
fn lambda(name: &str) -> String {
    let digits = |text: &str| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let base = match name.rsplit_once('v') {
        Some((base, version)) if version.len() == 1 && base.get(base.len().saturating_sub(8)..).is_some_and(digits) => {
            base
        }
        _ => name,
    };
    let base = match base.len().checked_sub(8).and_then(|start| base.split_at_checked(start)) {
        Some((base, date)) if digits(date) => base,
        _ => base,
    };
    if base == "Invoke" { "InvokeFunction".to_owned() } else { base.to_owned() }
}

fn http_method(name: &str) -> &'static str {
    match name {
        _ if name.starts_with("Get") || name.starts_with("List") => "GET",
        _ if name.starts_with("Create") || name.starts_with("Import") || name.starts_with("Test") => "POST",
        _ if name.starts_with("Update") => "PATCH",
        _ if name.starts_with("Delete") || name.starts_with("Untag") => "DELETE",
        _ => "PUT",
    }
}
