//! `Principal` and `NotPrincipal` (SPEC 1.5).

use super::Text;
use super::parse::Reader;
use crate::diagnostic::Diagnostic;
use crate::json;
use crate::json::{Property, Value};
use crate::span::Span;

/// `Principal` or `NotPrincipal`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalElement {
    /// True for `NotPrincipal`.
    pub negated: bool,
    /// The element's name.
    pub name_span: Span,
    /// Every principal listed, whatever its kind; they are OR-ed (SPEC P-01).
    pub entries: Vec<PrincipalEntry>,
}

/// One listed principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalEntry {
    /// The key that it stands under.
    pub kind: PrincipalKind,
    /// The value.
    pub value: Text,
}

/// The key that a principal stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrincipalKind {
    /// The bare `"*"` without a key: everybody.
    Everyone,
    /// `AWS`: accounts, users, roles, sessions, or `*`.
    Aws,
    /// `Service`: AWS service principals.
    Service,
    /// `Federated`: SAML and OIDC identity providers.
    Federated,
    /// `CanonicalUser`: S3's id of an account.
    CanonicalUser,
}

const KINDS: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

pub(super) fn read(reader: &mut Reader<'_>, property: &Property<'_>, negated: bool) -> PrincipalElement {
    let (name, name_span) = json::name(property);
    let mut entries = Vec::new();
    match &property.value {
        Value::String(..) => match reader.string(&property.value, name) {
            Some(value) if *value.value == *"*" => {
                entries.push(PrincipalEntry { kind: PrincipalKind::Everyone, value })
            }
            Some(value) => {
                let message = format!("`{}` stands without its kind", value.value);
                let help = format!("write {{ \"AWS\": \"{}\" }}, or \"*\" for everybody", value.value);
                reader.report(Diagnostic::error("INVALID_PRINCIPAL_FORMAT", value.span, message).help(help));
            }
            None => {}
        },
        Value::Object(object) => {
            if object.properties.is_empty() {
                let message = format!("{name} is empty, so it matches nobody");
                reader.report(
                    Diagnostic::warning("EMPTY_OBJECT_PRINCIPAL", json::span(&property.value), message)
                        .help("name a principal"),
                );
            }
            for property in &object.properties {
                let (key, at) = json::name(property);
                let kind = match key {
                    "AWS" => PrincipalKind::Aws,
                    "Service" => PrincipalKind::Service,
                    "Federated" => PrincipalKind::Federated,
                    "CanonicalUser" => PrincipalKind::CanonicalUser,
                    _ => {
                        let message = format!("`{key}` is no kind of principal");
                        let similar = KINDS.iter().find(|kind| kind.eq_ignore_ascii_case(key));
                        let help = match similar {
                            Some(kind) => format!("write \"{kind}\": the spelling is case-sensitive"),
                            None => "write AWS, Service, Federated or CanonicalUser".into(),
                        };
                        reader.report(Diagnostic::error("INVALID_PRINCIPAL_KEY", at, message).help(help));
                        continue;
                    }
                };
                let values = reader.strings(&property.value, key);
                if matches!(&property.value, Value::Array(array) if array.elements.is_empty()) {
                    let message = format!("{key} is an empty list, so it matches nobody");
                    reader.report(
                        Diagnostic::warning("EMPTY_ARRAY_PRINCIPAL", json::span(&property.value), message)
                            .help("name a principal"),
                    );
                }
                entries.extend(values.into_iter().map(|value| PrincipalEntry { kind, value }));
            }
        }
        other => reader.wrong_type(name, other, "\"*\" or an object such as { \"AWS\": \"111122223333\" }"),
    }
    for entry in &entries {
        check_entry(reader, entry);
    }
    entries.shrink_to_fit();
    PrincipalElement { negated, name_span, entries }
}

/// `*` alone is the only wildcard, and only for AWS principals (SPEC P-02, M-40).
fn check_entry(reader: &mut Reader<'_>, entry: &PrincipalEntry) {
    let Text { value, span } = &entry.value;
    let whole = **value == *"*" && matches!(entry.kind, PrincipalKind::Everyone | PrincipalKind::Aws);
    if value.contains(['*', '?']) && !whole {
        let message = format!("`{value}` has a wildcard, which a principal may not have");
        let diagnostic = Diagnostic::error("UNSUPPORTED_WILDCARD_IN_PRINCIPAL", *span, message);
        reader.report(
            diagnostic.help("name each principal, or write { \"AWS\": \"*\" } with a condition on aws:PrincipalArn"),
        );
        return;
    }
    let account = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let unique_id = |text: &str| {
        text.len() >= 16 && text.starts_with('A') && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    if entry.kind == PrincipalKind::Aws && !whole && !account(value) && !value.starts_with("arn:") {
        if unique_id(value) {
            let message =
                format!("`{value}` is the unique id of an identity, as it stands after that identity was deleted");
            // By their prefixes: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
            let code = if value.starts_with("AIDA") { "INVALID_USER_REFERENCE" } else { "INVALID_ROLE_REFERENCE" };
            reader.report(Diagnostic::warning(code, *span, message).help("name the identity by its ARN"));
        } else {
            let message = format!("`{value}` is neither an account id, an ARN nor *");
            reader.report(
                Diagnostic::error("INVALID_PRINCIPAL_FORMAT", *span, message)
                    .help("write 12 digits, or arn:aws:iam::111122223333:role/NAME"),
            );
        }
    }
}
