//! The words for what the wire format says in codes.

use admittance::scenario::LocatedDiagnostic;

use crate::workspace::Attachment;

/// A policy type, singular.
pub fn attachment(attachment: Attachment) -> &'static str {
    match attachment {
        Attachment::Identity => "Identity-based policy",
        Attachment::Resource => "Resource-based policy",
        Attachment::AccessPoint => "S3 access point policy",
        Attachment::PermissionsBoundary => "Permissions boundary",
        Attachment::Session => "Session policy",
        Attachment::ServiceControl(_) => "Service control policy",
        Attachment::ResourceControl(_) => "Resource control policy",
        Attachment::VpcEndpoint => "VPC endpoint policy",
    }
}

/// Who decided, as in `decidedBy`.
pub fn decided_by(code: &str) -> &str {
    match code {
        "identity" => "identity-based policies",
        "resource" => "resource-based policies",
        "identity+resource" => "identity- and resource-based policies",
        "boundary" => "permissions boundary",
        "session" => "session policies",
        "scp" => "service control policies",
        "rcp" => "resource control policies",
        "vpce" => "VPC endpoint policy",
        "block-public-access" => "S3 Block Public Access",
        "access-point" => "S3 access point policy",
        "object-owner" => "owner of the object",
        "root" => "account root user",
        "grant" => "KMS grant",
        "exempt" => "exemption",
        other => other,
    }
}

/// A gate, as in `gate`: short, and in full.
pub fn gate(code: &str) -> (&'static str, &'static str) {
    match code {
        "identity" => ("Identity", "Identity-based policies"),
        "resource" => ("Resource", "Resource-based policy"),
        "boundary" => ("Boundary", "Permissions boundary"),
        "session" => ("Session", "Session policies"),
        "scp" => ("SCP", "Service control policies"),
        "rcp" => ("RCP", "Resource control policies"),
        "vpce" => ("Endpoint", "VPC endpoint policy"),
        "block-public-access" => ("Public access", "S3 Block Public Access"),
        "access-point" => ("Access point", "S3 access point policy"),
        "object-owner" => ("Owner", "Owner of the object"),
        _ => ("Gate", "Another gate"),
    }
}

/// A decision, as in `decision`.
pub fn decision(code: &str) -> &str {
    match code {
        "Allow" => "Allowed",
        "ExplicitDeny" => "Denied explicitly",
        "ImplicitDeny" => "Denied implicitly",
        "Depends" => "Depends on unknown keys",
        "Invalid" => "Invalid, not decided",
        other => other,
    }
}

/// What can be expected of a request: the codes, and what a choice calls them.
pub const EXPECTATIONS: [(&str, &str); 6] = [
    ("", "none"),
    ("Allow", "Allowed"),
    ("ExplicitDeny", "Denied explicitly"),
    ("ImplicitDeny", "Denied implicitly"),
    ("Depends", "Depends on unknown keys"),
    ("Invalid", "Invalid, not decided"),
];

/// The first of several problems of a file, with its line.
pub fn first(diagnostics: &[LocatedDiagnostic]) -> String {
    diagnostics.first().map_or_else(String::new, |each| match each.range {
        Some(range) => format!("line {}: {}", range.start.line, each.message),
        None => each.message.clone(),
    })
}

/// The suffix of the CSS classes of a decision.
pub fn decision_class(code: &str) -> &'static str {
    match code {
        "Allow" => "is-allow",
        "ExplicitDeny" => "is-deny",
        "Depends" => "is-depends",
        _ => "is-none",
    }
}

/// A count with its noun.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// The reason without the word that the headline above it says already.
pub fn reason(sentence: &str) -> String {
    let rest = sentence
        .strip_prefix("Allowed: ")
        .or_else(|| sentence.strip_prefix("Denied: "))
        .or_else(|| sentence.strip_prefix("Depends: "))
        .unwrap_or(sentence);
    let mut sentence = rest.to_owned();
    // It begins with a word of the engine's.
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

/// What an option says when it is on.
pub fn option(name: &str) -> &str {
    match name {
        "resourceStarCrossesColons" => "A * that ends a part of a resource ARN may match colons, too.",
        "forallEmptyStringIsValue" => "A key whose values are all empty strings counts as present.",
        "unresolvedVariableInvalidatesStatement" => {
            "A policy variable without a value makes its whole statement inapplicable."
        }
        "notPrincipalParentsOptional" => "Deny with NotPrincipal spares a caller of which only its own ARN is listed.",
        "trustGrantLimitedByBoundary" => "A trust policy that names a user is limited by the user’s boundary.",
        "forAnyValueIfExistsHolds" => "ForAnyValue with …IfExists holds when the key is missing.",
        "legacyDuplicateKeys" => {
            "Duplicate JSON keys are read as in documents stored long ago: the last Effect counts, lists are merged."
        }
        other => other,
    }
}
