//! Reading the account's details (SPEC 7.3): every problem with its place.

use super::{AccountDetails, Identity, IdentityKind, Tag};
use crate::diagnostic::Diagnostic;
use crate::json::{self, Object, Value};
use crate::scenario::reader::{Reader, join, read};
use crate::scenario::{LocatedDiagnostic, PolicySource};

const LISTS: [&str; 4] = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];

pub(super) fn details(text: &str) -> (AccountDetails, Vec<LocatedDiagnostic>) {
    read(text, |reader, tree| {
        reader.whole = "page of account authorization details";
        let mut pages = Vec::new();
        let several = matches!(tree, Value::Array(_));
        for (number, page) in Reader::items(tree).into_iter().enumerate() {
            let at = if several { format!("[{number}]") } else { String::new() };
            if let Some(object) = page_of(reader, &at, page) {
                pages.push((at, object));
            }
        }
        truncated(reader, &pages);
        let managed = managed(reader, &pages);
        let groups = identities(reader, &pages, &KINDS[1], &managed, &[]);
        let mut all = identities(reader, &pages, &KINDS[0], &managed, &groups);
        let roles = identities(reader, &pages, &KINDS[2], &managed, &[]);
        all.extend(groups);
        all.extend(roles);
        AccountDetails { identities: all }
    })
}

/// A page: an object with at least one of the lists. AWS adds members now and then, so that others are let pass.
fn page_of<'b, 'a>(reader: &mut Reader<'_>, at: &str, value: &'b Value<'a>) -> Option<&'b Object<'a>> {
    let object = any_object(reader, at, value)?;
    if LISTS.iter().all(|list| json::get(object, list).is_none()) {
        let message =
            "this is no output of get-account-authorization-details: it lists no users, groups, roles or policies";
        let diagnostic = Diagnostic::error("ACCOUNT_NO_DETAILS", json::span(value), message);
        reader.report(at, diagnostic.help(format!("it has {}", LISTS.join(", "))));
        return None;
    }
    Some(object)
}

fn any_object<'b, 'a>(reader: &mut Reader<'_>, at: &str, value: &'b Value<'a>) -> Option<&'b Object<'a>> {
    let Value::Object(object) = value else {
        reader.wrong_type(at, value, "an object");
        return None;
    };
    reader.duplicates(at, object);
    Some(object)
}

type Pages<'b, 'a> = [(String, &'b Object<'a>)];

/// A last page that is not the last leaves identities and policies out.
fn truncated(reader: &mut Reader<'_>, pages: &Pages<'_, '_>) {
    let Some((at, last)) = pages.last() else { return };
    let Some(property) = json::get(last, "IsTruncated") else { return };
    if matches!(&property.value, Value::Boolean(true, _)) {
        let message = "this is not all: AWS gave the output in pages, and further ones follow";
        let diagnostic = Diagnostic::warning("ACCOUNT_TRUNCATED", json::span(&property.value), message);
        reader.report(&join(at, "IsTruncated"), diagnostic.help("put all pages into one list"));
    }
}

/// The items of a list of all pages, each an object with its place.
fn entries<'b, 'a>(reader: &mut Reader<'_>, pages: &Pages<'b, 'a>, key: &str) -> Vec<(String, &'b Object<'a>)> {
    let mut found = Vec::new();
    for (at, page) in pages {
        objects(reader, at, page, key, &mut found);
    }
    found
}

fn objects<'b, 'a>(
    reader: &mut Reader<'_>,
    at: &str,
    object: &'b Object<'a>,
    key: &str,
    found: &mut Vec<(String, &'b Object<'a>)>,
) {
    // `null` stands for an empty list in the output of some tools.
    if json::get(object, key).is_some_and(|property| matches!(property.value, Value::Null(_))) {
        return;
    }
    for (at, item) in reader.list(at, object, key) {
        if let Some(object) = any_object(reader, &at, item) {
            found.push((at, object));
        }
    }
}

/// A managed policy: its ARN, and the text of its default version.
struct Managed {
    arn: String,
    document: String,
}

fn managed(reader: &mut Reader<'_>, pages: &Pages<'_, '_>) -> Vec<Managed> {
    let mut all = Vec::new();
    for (at, policy) in entries(reader, pages, "Policies") {
        let Some(arn) = text(reader, &at, policy, "Arn") else { continue };
        let default = reader.optional(&at, policy, "DefaultVersionId");
        let mut versions = Vec::new();
        objects(reader, &at, policy, "PolicyVersionList", &mut versions);
        let version = versions.into_iter().find(|(_, version)| {
            let flag = json::get(version, "IsDefaultVersion").map(|property| &property.value);
            match flag {
                Some(Value::Boolean(value, _)) => *value,
                _ => {
                    let id = json::get(version, "VersionId").and_then(|property| json::string(&property.value));
                    default.is_some() && id.map(|(id, _)| id) == default.as_deref()
                }
            }
        });
        let Some((at, version)) = version else {
            let span = policy.span;
            let message = format!("the default version of the policy `{arn}` is not listed");
            let diagnostic = Diagnostic::warning("ACCOUNT_POLICY_MISSING", span, message);
            reader.report(
                &at,
                diagnostic.help("its PolicyVersionList has to have the default version with its Document"),
            );
            continue;
        };
        if let Some(document) = document(reader, &at, version, "Document") {
            all.push(Managed { arn, document });
        }
    }
    all
}

/// How the lists of one kind of identity name their members.
struct Kind {
    kind: IdentityKind,
    list: &'static str,
    name: &'static str,
    id: &'static str,
    inline: &'static str,
}

const KINDS: [Kind; 3] = [
    Kind { kind: IdentityKind::User, list: "UserDetailList", name: "UserName", id: "UserId", inline: "UserPolicyList" },
    Kind {
        kind: IdentityKind::Group,
        list: "GroupDetailList",
        name: "GroupName",
        id: "GroupId",
        inline: "GroupPolicyList",
    },
    Kind { kind: IdentityKind::Role, list: "RoleDetailList", name: "RoleName", id: "RoleId", inline: "RolePolicyList" },
];

fn identities(
    reader: &mut Reader<'_>,
    pages: &Pages<'_, '_>,
    kind: &Kind,
    managed: &[Managed],
    groups: &[Identity],
) -> Vec<Identity> {
    let mut all = Vec::new();
    for (at, object) in entries(reader, pages, kind.list) {
        let (arn, name) = (text(reader, &at, object, "Arn"), text(reader, &at, object, kind.name));
        let (Some(arn), Some(name)) = (arn, name) else { continue };
        let mut identity =
            Identity { kind: kind.kind, arn, name, id: reader.optional(&at, object, kind.id), ..Identity::default() };
        policies(reader, &at, object, kind, managed, &mut identity);
        if kind.kind == IdentityKind::User {
            identity.groups = reader.strings(&at, object, "GroupList");
            of_groups(reader, &at, object, groups, &mut identity);
        }
        if kind.kind == IdentityKind::Role {
            identity.trust_policy = json::get(object, "AssumeRolePolicyDocument").and_then(|_| {
                let document = document(reader, &at, object, "AssumeRolePolicyDocument")?;
                let name = Some(format!("trust policy of {}", identity.name));
                Some(PolicySource { name, kind: Some("role-trust".into()), document, ..PolicySource::default() })
            });
        }
        identity.permissions_boundary = boundary(reader, &at, object, managed, &mut identity.missing_policies);
        let mut tags = Vec::new();
        objects(reader, &at, object, "Tags", &mut tags);
        for (at, tag) in tags {
            let (key, value) = (text(reader, &at, tag, "Key"), text(reader, &at, tag, "Value"));
            identity.tags.extend(key.zip(value).map(|(key, value)| Tag { key, value }));
        }
        all.push(identity);
    }
    all
}

/// Inline and attached policies.
fn policies(
    reader: &mut Reader<'_>,
    at: &str,
    object: &Object<'_>,
    kind: &Kind,
    managed: &[Managed],
    identity: &mut Identity,
) {
    let attached_to = match kind.kind {
        IdentityKind::User => "user".to_owned(),
        IdentityKind::Role => "role".to_owned(),
        IdentityKind::Group => format!("group/{}", identity.name),
    };
    let mut inline = Vec::new();
    objects(reader, at, object, kind.inline, &mut inline);
    for (at, policy) in inline {
        let name = text(reader, &at, policy, "PolicyName");
        // A text that cannot be read leaves an empty document, so that nothing is decided without it.
        let document = document(reader, &at, policy, "PolicyDocument").unwrap_or_default();
        let attached_to = Some(attached_to.clone());
        identity.policies.push(PolicySource { name, attached_to, document, kind: Some("inline".to_owned()) });
    }
    let mut attached = Vec::new();
    objects(reader, at, object, "AttachedManagedPolicies", &mut attached);
    for (at, policy) in attached {
        let Some(arn) = text(reader, &at, policy, "PolicyArn") else { continue };
        let name = reader.optional(&at, policy, "PolicyName").or_else(|| Some(arn.clone()));
        let span = json::get(policy, "PolicyArn").map(|property| json::span(&property.value)).unwrap_or_default();
        let document = of_managed(reader, &join(&at, "PolicyArn"), span, &arn, managed, &mut identity.missing_policies);
        let attached_to = Some(attached_to.clone());
        identity.policies.push(PolicySource { name, attached_to, document, kind: Some("managed".to_owned()) });
    }
}

/// The text of a managed policy; an empty one, and a report, if it is not there.
fn of_managed(
    reader: &mut Reader<'_>,
    at: &str,
    span: crate::span::Span,
    arn: &str,
    managed: &[Managed],
    missing: &mut Vec<String>,
) -> String {
    if let Some(policy) = managed.iter().find(|policy| policy.arn == arn) {
        return policy.document.clone();
    }
    missing.push(arn.to_owned());
    let message = format!("the text of the policy `{arn}` is not in the list of policies");
    let diagnostic = Diagnostic::warning("ACCOUNT_POLICY_MISSING", span, message);
    reader.report(
        at,
        diagnostic.help("fetch the details without a filter; without it nothing is decided for who has it"),
    );
    String::new()
}

fn of_groups(reader: &mut Reader<'_>, at: &str, object: &Object<'_>, groups: &[Identity], identity: &mut Identity) {
    for name in &identity.groups {
        // Names of groups are unique without regard to case (SPEC 1.3).
        let Some(group) = groups.iter().find(|group| group.name.eq_ignore_ascii_case(name)) else {
            let span = json::get(object, "GroupList").map(|property| json::span(&property.value)).unwrap_or_default();
            let message = format!("the group `{name}` is not in the list of groups");
            let diagnostic = Diagnostic::warning("ACCOUNT_GROUP_MISSING", span, message);
            let help = "fetch the details without a filter; without it nothing is decided for its members";
            reader.report(&join(at, "GroupList"), diagnostic.help(help));
            identity.missing_policies.push(format!("group/{name}"));
            identity.policies.push(PolicySource {
                name: Some(format!("the policies of the group {name}")),
                attached_to: Some(format!("group/{name}")),
                ..PolicySource::default()
            });
            continue;
        };
        identity.policies.extend(group.policies.iter().cloned());
        identity.missing_policies.extend(group.missing_policies.iter().cloned());
    }
}

fn boundary(
    reader: &mut Reader<'_>,
    at: &str,
    object: &Object<'_>,
    managed: &[Managed],
    missing: &mut Vec<String>,
) -> Option<PolicySource> {
    let property = json::get(object, "PermissionsBoundary")?;
    if matches!(property.value, Value::Null(_)) {
        return None;
    }
    let at = join(at, "PermissionsBoundary");
    let Some(boundary) = any_object(reader, &at, &property.value) else { return Some(PolicySource::default()) };
    let Some(arn) = text(reader, &at, boundary, "PermissionsBoundaryArn") else { return Some(PolicySource::default()) };
    let span = json::span(&property.value);
    let document = of_managed(reader, &at, span, &arn, managed, missing);
    let name = arn.rsplit('/').next().map(str::to_owned);
    Some(PolicySource { name, document, ..PolicySource::default() })
}

/// A member that has to be there, a string.
fn text(reader: &mut Reader<'_>, at: &str, object: &Object<'_>, key: &str) -> Option<String> {
    let value = reader.required(at, object, key, "it is part of every output of get-account-authorization-details")?;
    reader.string(&join(at, key), value)
}

/// A document: an object, JSON text, or percent-encoded JSON text.
fn document(reader: &mut Reader<'_>, at: &str, object: &Object<'_>, key: &str) -> Option<String> {
    let value = reader.required(at, object, key, "a policy document, as an object or as text")?;
    let at = join(at, key);
    let text = reader.document(&at, value)?;
    let encoded = matches!(value, Value::String(..)) && text.trim_start().starts_with('%');
    if !encoded {
        return Some(text);
    }
    match percent_encoding::percent_decode_str(text.trim()).decode_utf8() {
        Ok(decoded) => Some(decoded.into_owned()),
        Err(_) => {
            let message = "the percent-encoded document is no UTF-8 text";
            let diagnostic = Diagnostic::error("ACCOUNT_BAD_ENCODING", json::span(value), message);
            reader.report(&at, diagnostic.help("give the text as AWS's API gives it, or as an object"));
            None
        }
    }
}
