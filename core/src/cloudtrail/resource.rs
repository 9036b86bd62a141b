//! The resources of an event's request (SPEC 6.5).

use super::Draft;
use super::read::{Facts, inner, scalar, text};
use crate::arn::{Arn, is_account_id};
use crate::json::{self, Value};

/// How a request parameter tells the resource: service, parameter, and the end of the ARN behind the account; an
/// empty end for parameters that hold the ARN.
const PARAMETERS: &[(&str, &str, &str)] = &[
    ("sts", "roleArn", ""),
    ("iam", "roleName", "role/"),
    ("iam", "userName", "user/"),
    ("iam", "groupName", "group/"),
    ("iam", "instanceProfileName", "instance-profile/"),
    ("iam", "policyArn", ""),
    ("lambda", "functionName", "function:"),
    ("dynamodb", "tableName", "table/"),
    ("sns", "topicArn", ""),
    ("sns", "targetArn", ""),
    ("kms", "keyId", ""),
    ("secretsmanager", "secretId", ""),
    ("ssm", "name", "parameter/"),
    ("ecr", "repositoryName", "repository/"),
    ("kinesis", "streamName", "stream/"),
    ("logs", "logGroupName", "log-group:"),
    ("states", "stateMachineArn", ""),
    ("events", "name", "rule/"),
    ("rds", "dBInstanceIdentifier", "db:"),
    ("ec2", "instanceId", "instance/"),
    ("ec2", "volumeId", "volume/"),
    ("ec2", "groupId", "security-group/"),
    ("ec2", "subnetId", "subnet/"),
    ("ec2", "vpcId", "vpc/"),
    ("codebuild", "projectName", "project/"),
];

pub(super) fn read(draft: &mut Draft, facts: &Facts<'_, '_>) {
    let action = draft.request.action.clone();
    let (prefix, name) = action.split_once(':').unwrap_or((&action, ""));
    let found = s3(draft, facts, prefix, name)
        || queue(draft, facts, prefix)
        || instances(draft, facts, prefix)
        || parameter(draft, facts, prefix)
        || listed(draft, facts);
    if !found {
        draft.missing(
            "resource",
            "the event names no resource, so that * stands for it; the action may be about another one",
        );
    }
    account(draft, facts);
}

/// Buckets and objects.
fn s3(draft: &mut Draft, facts: &Facts<'_, '_>, prefix: &str, name: &str) -> bool {
    let Some(bucket) = facts.parameter("bucketName").filter(|_| prefix == "s3") else { return false };
    let partition = facts.partition();
    let of_objects =
        name.contains("Object") && !name.contains("BucketObject") || name.ends_with("MultipartUploadParts");
    let source = "requestParameters.bucketName, requestParameters.key";
    match facts.parameter("key").filter(|_| of_objects || name == "AbortMultipartUpload") {
        Some(key) => {
            draft.request.resources.push(format!("arn:{partition}:s3:::{bucket}/{key}"));
            draft.exact("resource", source);
        }
        None if of_objects => {
            // DeleteObjects: the event does not hold the keys.
            draft.request.resources.push(format!("arn:{partition}:s3:::{bucket}/*"));
            draft.inferred("resource", source, "the event does not hold the objects' keys; * stands for them");
        }
        None => {
            draft.request.resources.push(format!("arn:{partition}:s3:::{bucket}"));
            draft.exact("resource", "requestParameters.bucketName");
        }
    }
    true
}

/// Queues go by their URL: `https://sqs.eu-west-1.amazonaws.com/111122223333/orders`.
fn queue(draft: &mut Draft, facts: &Facts<'_, '_>, prefix: &str) -> bool {
    let url = facts.parameter("queueUrl").filter(|_| prefix == "sqs");
    let mut parts = url.unwrap_or_default().rsplit('/');
    let (Some(name), Some(account), Some(region)) = (parts.next(), parts.next(), facts.text("awsRegion")) else {
        return false;
    };
    if !is_account_id(account) || name.is_empty() {
        return false;
    }
    draft.request.resources.push(format!("arn:{}:sqs:{region}:{account}:{name}", facts.partition()));
    draft.exact("resource", "requestParameters.queueUrl");
    true
}

/// Calls about several EC2 instances.
fn instances(draft: &mut Draft, facts: &Facts<'_, '_>, prefix: &str) -> bool {
    let set = facts.parameters.filter(|_| prefix == "ec2").and_then(|parameters| inner(parameters, "instancesSet"));
    let items = set.and_then(|set| json::get(set, "items")).map(|property| &property.value);
    let (Some(Value::Array(items)), Some(region), Some(account)) = (items, facts.text("awsRegion"), facts.account())
    else {
        return false;
    };
    let ids: Vec<&str> = items.elements.iter().filter_map(|item| text(item.as_object()?, "instanceId")).collect();
    for id in &ids {
        let arn = format!("arn:{}:ec2:{region}:{account}:instance/{id}", facts.partition());
        draft.request.resources.push(arn);
    }
    if !ids.is_empty() {
        let note = "the account is taken to be the one that the event was sent to";
        draft.inferred("resource", "requestParameters.instancesSet", note);
    }
    !ids.is_empty()
}

/// What a request parameter names.
fn parameter(draft: &mut Draft, facts: &Facts<'_, '_>, prefix: &str) -> bool {
    let Some(parameters) = facts.parameters else { return false };
    for (service, key, end) in PARAMETERS.iter().filter(|(service, ..)| *service == prefix) {
        let Some(value) = text(parameters, key) else { continue };
        let source = format!("requestParameters.{key}");
        if Arn::parse(value).is_some() {
            draft.request.resources.push(value.to_owned());
            draft.exact("resource", &source);
            return true;
        }
        let (Some(account), false) = (facts.account(), end.is_empty()) else { continue };
        let region = if *service == "iam" { "" } else { facts.text("awsRegion").unwrap_or_default() };
        let name = value.trim_start_matches('/');
        let arn = format!("arn:{}:{service}:{region}:{account}:{end}{name}", facts.partition());
        draft.request.resources.push(arn);
        let note = match *service {
            "iam" => "the path is not in the event, and neither is the account",
            _ => "made from the name, the Region and the account that the event was sent to",
        };
        draft.inferred("resource", &source, note);
        return true;
    }
    false
}

/// What the event itself lists.
fn listed(draft: &mut Draft, facts: &Facts<'_, '_>) -> bool {
    let list = json::get(facts.object, "resources").map(|property| &property.value);
    let Some(Value::Array(list)) = list else { return false };
    for item in &list.elements {
        let arn = item.as_object().and_then(|object| text(object, "ARN").or_else(|| text(object, "arn")));
        if let Some(arn) = arn.filter(|arn| Arn::parse(arn).is_some()) {
            draft.request.resources.push(arn.to_owned());
        }
    }
    let found = !draft.request.resources.is_empty();
    if found {
        let note = "the list of an event may lack resources, and hold some that the action is not about";
        draft.inferred("resource", "resources", note);
    }
    found
}

/// The account that owns the resource, if the resource's ARN does not say.
fn account(draft: &mut Draft, facts: &Facts<'_, '_>) {
    let has_account = |arn: &String| Arn::parse(arn).is_some_and(|arn| arn.account_id().is_some());
    if draft.request.resources.iter().any(has_account) {
        return;
    }
    let list = json::get(facts.object, "resources").map(|property| &property.value);
    let listed = match list {
        Some(Value::Array(list)) => list.elements.iter().find_map(|item| scalar(facts, item.as_object()?, "accountId")),
        _ => None,
    };
    if let Some(account) = listed.filter(|account| is_account_id(account)) {
        draft.request.resource_account = Some(account);
        draft.inferred("resourceAccount", "resources", "of the first resource that the event lists");
    } else if let Some(account) = facts.text("recipientAccountId").filter(|account| is_account_id(account)) {
        draft.request.resource_account = Some(account.to_owned());
        draft.inferred("resourceAccount", "recipientAccountId", "the account that the event was sent to");
    }
}
