//! Policy types, and which elements each may have (SPEC 1.4).

use super::{Effect, PolicyDocument, PrincipalKind, Statement, Version};
use crate::diagnostic::Diagnostic;
use crate::seen;

/// The kinds of policies that take part in a decision (SPEC 5.1).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyType {
    /// Attached to the caller: a user, its groups, or a role.
    Identity,
    /// Attached to the resource, role trust and KMS key policies included.
    Resource(ResourcePolicyKind),
    /// Attached to the S3 access point that the request goes through.
    AccessPoint,
    /// A permissions boundary of the calling user or role.
    PermissionsBoundary,
    /// Passed when the session was made.
    Session,
    /// A service control policy of the caller's organization.
    ServiceControl,
    /// A resource control policy of the resource's organization.
    ResourceControl,
    /// The policy of the VPC endpoint that the request came through.
    VpcEndpoint,
}

/// What a resource-based policy is attached to, as far as that changes the decision (SPEC D-21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourcePolicyKind {
    /// A bucket, queue, topic, function …: in one account the identity policy or this one suffices.
    General,
    /// A role: its trust policy has to allow (SPEC 5.7).
    RoleTrust,
    /// A KMS key: its key policy has to allow (SPEC 5.8).
    KmsKey,
}

impl PolicyType {
    /// The short name, as results use it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Resource(_) => "resource",
            Self::AccessPoint => "access-point",
            Self::PermissionsBoundary => "boundary",
            Self::Session => "session",
            Self::ServiceControl => "scp",
            Self::ResourceControl => "rcp",
            Self::VpcEndpoint => "vpce",
        }
    }

    /// What AWS's documentation calls it, with an article, for sentences.
    #[must_use]
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Identity => "an identity-based policy",
            Self::Resource(ResourcePolicyKind::RoleTrust) => "the role trust policy",
            Self::Resource(ResourcePolicyKind::KmsKey) => "the key policy",
            Self::Resource(ResourcePolicyKind::General) => "the resource-based policy",
            Self::AccessPoint => "the access point policy",
            Self::PermissionsBoundary => "the permissions boundary",
            Self::Session => "a session policy",
            Self::ServiceControl => "a service control policy",
            Self::ResourceControl => "a resource control policy",
            Self::VpcEndpoint => "the VPC endpoint policy",
        }
    }

    /// Whether its statements say whom they are about.
    pub(crate) fn has_principal(self) -> bool {
        matches!(self, Self::Resource(_) | Self::AccessPoint | Self::ResourceControl | Self::VpcEndpoint)
    }
}

/// Checks the document against SPEC 1.4.
pub(super) fn check(document: &PolicyDocument, policy_type: PolicyType) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let strict_sids =
        matches!(policy_type, PolicyType::Identity | PolicyType::PermissionsBoundary | PolicyType::Session);
    if let (Some(id), true) = (&document.id, strict_sids) {
        found.push(
            Diagnostic::warning("INVALID_POLICY_ELEMENT", id.span, "Id has no place in this type of policy")
                .help("remove it"),
        );
    }
    if policy_type == PolicyType::ResourceControl && document.version != Version::V2012 {
        let message = "a resource control policy needs \"Version\": \"2012-10-17\"";
        let diagnostic = Diagnostic::error("INVALID_VERSION", document.span, message);
        found.push(diagnostic.help("write \"Version\": \"2012-10-17\" at its beginning"));
    }
    let sids = document.statements.iter().map(|statement| statement.sid.as_ref().map_or("", |sid| &*sid.value));
    let sids: Vec<&str> = sids.collect();
    for (statement, again) in document.statements.iter().zip(seen::again(&sids)) {
        principal(statement, policy_type, &mut found);
        resource(statement, policy_type, &mut found);
        if policy_type == PolicyType::ResourceControl {
            resource_control(statement, &mut found);
        }
        let Some(sid) = &statement.sid else { continue };
        if strict_sids && !sid.value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let message = format!("the Sid `{}` holds characters other than A-Z, a-z, 0-9", sid.value);
            found.push(
                Diagnostic::error("UNSUPPORTED_SID", sid.span, message).help("remove them; IAM refuses such a Sid"),
            );
        }
        if !sid.value.is_empty() && again {
            let message = format!("the Sid `{}` stands twice in the document", sid.value);
            found.push(if strict_sids {
                Diagnostic::error("UNIQUE_SIDS_REQUIRED", sid.span, message).help("rename one of the two")
            } else {
                Diagnostic::warning("UNIQUE_SIDS_RECOMMENDED", sid.span, message).help("rename one of the two")
            });
        }
    }
    found
}

fn principal(statement: &Statement, policy_type: PolicyType, found: &mut Vec<Diagnostic>) {
    match (&statement.principal, policy_type.has_principal()) {
        (None, true) => {
            let message = "the statement has no Principal, so it is about nobody";
            found.push(
                Diagnostic::error("MISSING_PRINCIPAL", statement.span, message)
                    .help("add \"Principal\": { \"AWS\": \"…\" }, or \"*\" for everybody"),
            );
        }
        (Some(element), false) => {
            let name = if element.negated { "NotPrincipal" } else { "Principal" };
            let code = if policy_type == PolicyType::ServiceControl {
                "SCP_SYNTAX_ERROR_PRINCIPAL"
            } else {
                "UNSUPPORTED_PRINCIPAL"
            };
            let message = format!("{name} has no place in this type of policy");
            found.push(
                Diagnostic::error(code, element.name_span, message)
                    .help("remove it; such a policy is about the identity that it is attached to"),
            );
        }
        (Some(element), true) => {
            if element.negated && policy_type == PolicyType::Resource(ResourcePolicyKind::RoleTrust) {
                let message = "NotPrincipal has no place in a role trust policy";
                found.push(
                    Diagnostic::error("ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL", element.name_span, message)
                        .help("name who may assume the role under Principal"),
                );
            }
            let trust = policy_type == PolicyType::Resource(ResourcePolicyKind::RoleTrust);
            for entry in element.entries.iter().filter(|entry| entry.kind == PrincipalKind::Federated && !trust) {
                let message = "Federated principals work in role trust policies only";
                found.push(
                    Diagnostic::error("FEDERATED_PRINCIPAL_NOT_SUPPORTED", entry.value.span, message)
                        .help("name the role that the federated users assume"),
                );
            }
        }
        (None, false) => {}
    }
}

fn resource(statement: &Statement, policy_type: PolicyType, found: &mut Vec<Diagnostic>) {
    let trust = policy_type == PolicyType::Resource(ResourcePolicyKind::RoleTrust);
    match &statement.resource {
        Some(element) if trust => {
            let message = "a role trust policy has no Resource: it is about the role that it is attached to";
            found.push(
                Diagnostic::error("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", element.name_span, message)
                    .help("remove it"),
            );
        }
        None if !trust && !matches!(policy_type, PolicyType::Resource(_)) => {
            let message = "the statement has neither Resource nor NotResource";
            found.push(
                Diagnostic::error("MISSING_RESOURCE", statement.span, message)
                    .help("add \"Resource\": \"*\" or an ARN"),
            );
        }
        None if policy_type == PolicyType::Resource(ResourcePolicyKind::KmsKey) => {
            let message = "the statement has neither Resource nor NotResource, so it has no effect in a key policy";
            let diagnostic = Diagnostic::warning("MISSING_RESOURCE", statement.span, message);
            found.push(diagnostic.help("add \"Resource\": \"*\", which means this key"));
        }
        None if policy_type == PolicyType::Resource(ResourcePolicyKind::General) => {
            let message = "the statement has neither Resource nor NotResource, which some services require";
            found.push(
                Diagnostic::warning("MISSING_RESOURCE", statement.span, message)
                    .help("add \"Resource\" with the ARN of the resource"),
            );
        }
        Some(element) => {
            for text in &element.values {
                incomplete_arn(text, policy_type, found);
            }
        }
        None => {}
    }
}

/// ARNs with fewer than six parts (SPEC M-25 to M-27).
fn incomplete_arn(text: &super::Text, policy_type: PolicyType, found: &mut Vec<Diagnostic>) {
    // A variable may hold colons of its own, so only text without variables is judged.
    let value = &*text.value;
    if !value.starts_with("arn:") || value.contains("${") || value.split(':').count() >= 6 {
        return;
    }
    let message = format!("`{value}` has fewer than the six parts of an ARN");
    let help = "write arn:partition:service:region:account:resource";
    found.push(match policy_type {
        PolicyType::Session => Diagnostic::error("MISSING_ARN_FIELD", text.span, message).help(help),
        PolicyType::Identity | PolicyType::PermissionsBoundary => {
            Diagnostic::warning("MISSING_ARN_FIELD", text.span, format!("{message}; * stands for each missing one"))
                .help(help)
        }
        _ => Diagnostic::warning("MISSING_ARN_FIELD", text.span, message).help(help),
    });
}

/// Resource control policies: Deny only, `Principal: "*"`, no NotAction, no bare `*` (SPEC G-45).
fn resource_control(statement: &Statement, found: &mut Vec<Diagnostic>) {
    let everyone = |statement: &Statement| {
        let entries = statement.principal.iter().flat_map(|element| &element.entries);
        statement.principal.as_ref().is_some_and(|element| !element.negated)
            && entries.clone().count() == 1
            && entries.clone().all(|entry| *entry.value.value == *"*")
    };
    let all_of = |element: &Option<super::PatternElement>| {
        element.as_ref().is_some_and(|element| !element.negated && element.values.iter().all(|v| *v.value == *"*"))
    };
    // RCPFullAWSAccess, which AWS attaches everywhere, is the one Allow (SPEC G-45).
    if statement.effect == Effect::Allow {
        if !(everyone(statement) && all_of(&statement.resource) && statement.condition.is_empty()) {
            let message = "a resource control policy can only deny";
            found.push(
                Diagnostic::error("RCP_SYNTAX_ERROR_ALLOW", statement.effect_span, message)
                    .help("write \"Deny\"; RCPFullAWSAccess is the only Allow"),
            );
        }
        return;
    }
    if let Some(element) = &statement.principal
        && !everyone(statement)
    {
        let message = "a resource control policy takes only \"Principal\": \"*\"";
        found.push(
            Diagnostic::error("RCP_SYNTAX_ERROR_PRINCIPAL", element.name_span, message)
                .help("write \"*\" and name principals in a condition on aws:PrincipalArn"),
        );
    }
    let Some(action) = &statement.action else { return };
    if action.negated {
        let message = "a resource control policy does not take NotAction";
        found.push(
            Diagnostic::error("RCP_SYNTAX_ERROR_NOTACTION", action.name_span, message)
                .help("list the actions under Action"),
        );
    }
    for text in action.values.iter().filter(|text| *text.value == *"*" || *text.value == *"*:*") {
        let message = "a resource control policy does not take the action *";
        found.push(
            Diagnostic::error("RCP_SYNTAX_ERROR_ACTION", text.span, message).help("name the services, such as s3:*"),
        );
    }
}
