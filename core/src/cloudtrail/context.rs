//! The request context of an event (SPEC 6.5).

use super::Draft;
use super::read::{Facts, inner, scalar, scalar_of, text};
use crate::json::{self, Object, Value};
use crate::scenario::ContextValue;
use crate::value;

/// Condition keys that no event of a trail holds, and that most requests may have.
const NEVER: [&str; 4] = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:ResourceOrgID", "aws:ResourceOrgPaths"];

/// Members of `sessionContext` that are condition keys.
const SESSION: &[(&str, &str)] = &[
    ("sourceIdentity", "aws:SourceIdentity"),
    ("ec2RoleDelivery", "ec2:RoleDelivery"),
    ("assumedRoot", "aws:AssumedRoot"),
    ("signInSessionArn", "aws:SignInSessionArn"),
];

/// Request parameters that are condition keys: service, parameter, key.
const PARAMETERS: &[(&str, &str, &str)] = &[
    ("sts", "externalId", "sts:ExternalId"),
    ("sts", "roleSessionName", "sts:RoleSessionName"),
    ("sts", "sourceIdentity", "sts:SourceIdentity"),
    ("s3", "prefix", "s3:prefix"),
    ("s3", "delimiter", "s3:delimiter"),
    ("s3", "x-amz-acl", "s3:x-amz-acl"),
    ("s3", "x-amz-server-side-encryption", "s3:x-amz-server-side-encryption"),
    ("s3", "x-amz-server-side-encryption-aws-kms-key-id", "s3:x-amz-server-side-encryption-aws-kms-key-id"),
    ("iam", "policyArn", "iam:PolicyARN"),
    ("iam", "permissionsBoundary", "iam:PermissionsBoundary"),
];

impl Draft {
    fn key(&mut self, key: &str, value: impl Into<String>) {
        self.request.context.push((key.to_owned(), ContextValue::Single(value.into())));
    }

    /// Whether the key has a value already.
    fn has(&self, key: &str) -> bool {
        self.request.context.iter().any(|(known, _)| known.eq_ignore_ascii_case(key))
    }

    /// A key that the event does not hold, so that its value is not known.
    fn unknown(&mut self, key: &str, note: &str) {
        self.request.unknown.push(key.to_owned());
        self.missing(key, note);
    }
}

pub(super) fn read(draft: &mut Draft, facts: &Facts<'_, '_>) {
    enriched(draft, facts);
    session(draft, facts);
    network(draft, facts);
    if let Some(time) = facts.text("eventTime") {
        draft.key("aws:CurrentTime", time);
        draft.exact("aws:CurrentTime", "eventTime");
    }
    if let Some(region) = facts.text("awsRegion") {
        draft.key("aws:RequestedRegion", region);
        draft.exact("aws:RequestedRegion", "awsRegion");
    }
    if let Some(agent) = facts.text("userAgent") {
        draft.key("aws:UserAgent", agent);
        draft.inferred("aws:UserAgent", "userAgent", "it may be cut, or replaced by a service's text");
    }
    parameters(draft, facts);
    for key in NEVER {
        if !draft.has(key) {
            draft.unknown(key, "events of a trail do not hold it");
        }
    }
    let tags = draft.request.context.iter().any(|(key, _)| key.starts_with("aws:PrincipalTag/"));
    if !tags {
        draft.missing("aws:PrincipalTag", "events of a trail do not hold the caller's tags");
    }
}

/// What CloudTrail Lake adds to events, if told to.
///
/// Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-context-events.html>
fn enriched(draft: &mut Draft, facts: &Facts<'_, '_>) {
    let Some(added) = inner(facts.object, "eventContext") else { return };
    if let Some(keys) = inner(added, "requestContext") {
        members(draft, facts, keys, "", "eventContext.requestContext");
    }
    let Some(tags) = inner(added, "tagContext") else { return };
    if let Some(tags) = inner(tags, "principalTags") {
        members(draft, facts, tags, "aws:PrincipalTag/", "eventContext.tagContext.principalTags");
    }
    let resources = json::get(tags, "resourceTags").map(|property| &property.value);
    // Of several resources each has tags of its own, which one context cannot hold.
    if let Some(Value::Array(list)) = resources
        && let [only] = list.elements.as_slice()
        && let Some(tags) = only.as_object().and_then(|resource| inner(resource, "tags"))
    {
        members(draft, facts, tags, "aws:ResourceTag/", "eventContext.tagContext.resourceTags");
    }
}

fn members(draft: &mut Draft, facts: &Facts<'_, '_>, object: &Object<'_>, prefix: &str, source: &str) {
    for property in &object.properties {
        let key = format!("{prefix}{}", json::name(property).0);
        let value = match &property.value {
            Value::Array(array) => {
                ContextValue::Multiple(array.elements.iter().filter_map(|item| scalar_of(facts, item)).collect())
            }
            single => match scalar_of(facts, single) {
                Some(value) => ContextValue::Single(value),
                None => continue,
            },
        };
        if !draft.has(&key) {
            draft.request.context.push((key.clone(), value));
            draft.exact(&key, source);
        }
    }
}

fn session(draft: &mut Draft, facts: &Facts<'_, '_>) {
    let Some(identity) = facts.identity else { return };
    if let Some(context) = inner(identity, "sessionContext") {
        if let Some(attributes) = inner(context, "attributes") {
            if let Some(time) = text(attributes, "creationDate") {
                draft.key("aws:TokenIssueTime", extended(time));
                draft.exact("aws:TokenIssueTime", "userIdentity.sessionContext.attributes.creationDate");
            }
            mfa(draft, scalar(facts, attributes, "mfaAuthenticated").as_deref());
        }
        for (member, key) in SESSION {
            if let Some(value) = scalar(facts, context, member) {
                draft.key(key, value);
                draft.exact(key, &format!("userIdentity.sessionContext.{member}"));
            }
        }
        if let Some(provider) = inner(context, "webIdFederationData").and_then(|data| text(data, "federatedProvider")) {
            draft.key("aws:FederatedProvider", provider);
            let source = "userIdentity.sessionContext.webIdFederationData.federatedProvider";
            draft.exact("aws:FederatedProvider", source);
        }
    }
    if let Some(user) = inner(identity, "onBehalfOf").and_then(|user| text(user, "userId")) {
        draft.key("identitystore:UserId", user);
        draft.exact("identitystore:UserId", "userIdentity.onBehalfOf.userId");
    }
    if let Some(scope) = inner(identity, "inScopeOf")
        && text(scope, "issuerType") == Some("AWS::Lambda::Function")
        && let Some(arn) = text(scope, "sourceArn")
    {
        draft.key("lambda:SourceFunctionArn", arn);
        draft.inferred("lambda:SourceFunctionArn", "userIdentity.inScopeOf.sourceArn", "");
    }
    let by = text(identity, "invokedBy").filter(|_| text(identity, "type") != Some("AWSService"));
    if let Some(service) = by {
        forwarded(draft, service);
    }
}

/// `false` stands also where a request has no such key (SPEC 6.2).
fn mfa(draft: &mut Draft, given: Option<&str>) {
    const KEY: &str = "aws:MultiFactorAuthPresent";
    match given {
        Some("true") => {
            draft.key(KEY, "true");
            draft.inferred(KEY, "userIdentity.sessionContext.attributes.mfaAuthenticated", "");
        }
        Some(_) => draft.unknown(KEY, "the event says false also where the request has no such key"),
        None => {}
    }
}

/// A call that a service made on behalf of the caller, or for itself.
fn forwarded(draft: &mut Draft, service: &str) {
    const SOURCE: &str = "userIdentity.invokedBy";
    draft.key("aws:ViaAWSService", "true");
    draft.inferred("aws:ViaAWSService", SOURCE, "the call came through a service");
    if service.ends_with(".amazonaws.com") {
        draft.key("aws:CalledViaLast", service);
        draft.inferred("aws:CalledViaLast", SOURCE, "not every service sets this key");
        draft.request.unknown.extend(["aws:CalledVia".to_owned(), "aws:CalledViaFirst".to_owned()]);
        draft.missing("aws:CalledVia", "the event holds the last service of the chain only");
    } else {
        draft.unknown("aws:CalledVia", "the event does not name the service");
    }
}

fn network(draft: &mut Draft, facts: &Facts<'_, '_>) {
    let endpoint = facts.text("vpcEndpointId");
    let address = facts.text("sourceIPAddress").unwrap_or_default();
    let is_address = value::address(address).is_some();
    let key = if endpoint.is_some() { "aws:VpcSourceIp" } else { "aws:SourceIp" };
    if is_address {
        draft.key(key, address);
        draft.exact(key, "sourceIPAddress");
    } else {
        draft.unknown(key, "the event holds no address, since a service made the call");
    }
    if let Some(endpoint) = endpoint {
        draft.key("aws:SourceVpce", endpoint);
        draft.exact("aws:SourceVpce", "vpcEndpointId");
        if let Some(account) = facts.text("vpcEndpointAccountId") {
            draft.key("aws:VpceAccount", account);
            draft.inferred("aws:VpceAccount", "vpcEndpointAccountId", "not every service sets this key");
        }
        if !draft.has("aws:SourceVpc") {
            draft.unknown("aws:SourceVpc", "events do not hold it");
        }
    }
    if json::get(facts.object, "tlsDetails").is_some() {
        draft.key("aws:SecureTransport", "true");
        draft.exact("aws:SecureTransport", "tlsDetails");
    } else {
        draft.key("aws:SecureTransport", "true");
        draft.inferred("aws:SecureTransport", "", "the event has no tlsDetails, which is no proof of plain HTTP");
    }
}

fn parameters(draft: &mut Draft, facts: &Facts<'_, '_>) {
    let Some(given) = facts.parameters else { return };
    let prefix = draft.request.action.split(':').next().unwrap_or_default().to_owned();
    for (_, parameter, key) in PARAMETERS.iter().filter(|(service, ..)| *service == prefix) {
        if let Some(value) = scalar(facts, given, parameter) {
            draft.key(key, value);
            draft.exact(key, &format!("requestParameters.{parameter}"));
        }
    }
    tags(draft, facts, given);
}

/// Tags of the request, as most services write them: a list of keys and values.
fn tags(draft: &mut Draft, facts: &Facts<'_, '_>, given: &Object<'_>) {
    let list = ["tags", "tagSet"].iter().find_map(|name| json::get(given, name)).map(|property| &property.value);
    let Some(Value::Array(list)) = list else { return };
    let mut keys = Vec::new();
    for item in &list.elements {
        let Some(tag) = item.as_object() else { continue };
        let either = |one: &str, other: &str| scalar(facts, tag, one).or_else(|| scalar(facts, tag, other));
        let Some((key, value)) = either("key", "Key").zip(either("value", "Value")) else { continue };
        draft.key(&format!("aws:RequestTag/{key}"), value);
        draft.inferred(&format!("aws:RequestTag/{key}"), "requestParameters.tags", "");
        keys.push(key);
    }
    if !keys.is_empty() {
        draft.request.context.push(("aws:TagKeys".into(), ContextValue::Multiple(keys)));
        draft.inferred("aws:TagKeys", "requestParameters.tags", "");
    }
}

/// `20131102T010628Z` in the extended form, `2013-11-02T01:06:28Z`.
fn extended(time: &str) -> String {
    let compact = time.len() == 16 && time.is_ascii() && time.get(8..9) == Some("T") && time.ends_with('Z');
    let part = |from: usize, to: usize| time.get(from..to).unwrap_or_default();
    if !compact {
        return time.to_owned();
    }
    format!("{}-{}-{}T{}:{}:{}Z", part(0, 4), part(4, 6), part(6, 8), part(9, 11), part(11, 13), part(13, 15))
}
