//! Principals, and role trust policies (SPEC 1.5, 5.7).

use super::check::{Check, element_covers};
use super::shape;
use crate::arn::{Arn, is_account_id};
use crate::policy::{Effect, PatternElement, PrincipalElement, PrincipalEntry, PrincipalKind, Statement, Text};
use crate::suggest::edit::Edit;

/// `ALLOW_WITH_NOT_PRINCIPAL` (SPEC 8.3, G-40).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
pub(super) fn not_principal(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        let Some(element) = statement.principal.as_ref().filter(|element| element.negated) else { continue };
        if statement.effect == Effect::Allow && !check.is_trust() {
            check
                .report(
                    "ALLOW_WITH_NOT_PRINCIPAL",
                    element.name_span,
                    "everybody who is not listed is allowed, anonymous callers too",
                )
                .help("name under Principal who is to be allowed");
        }
    }
}

/// `INVALID_PRINCIPAL_FORMAT` for ARNs that no caller has, and `INVALID_SERVICE_PRINCIPAL_FORMAT` for services
/// (SPEC 8.2, 1.5).
///
/// Access Analyzer documents the latter for condition values; IAM refuses such principals too.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
pub(super) fn principals(check: &mut Check<'_>) {
    for entry in entries(check) {
        let (value, span) = (&*entry.value.value, entry.value.span);
        if value.contains(['*', '?']) || value.contains("${") {
            continue;
        }
        match entry.kind {
            PrincipalKind::Aws if value.starts_with("arn:") && !is_principal_arn(value) => {
                check
                    .report("INVALID_PRINCIPAL_FORMAT", span, format!("`{value}` is the ARN of no principal"))
                    .help("write the ARN of a user, role, role session or federated user, arn:aws:iam::111122223333:root, or an account id; groups are no principals");
            }
            PrincipalKind::CanonicalUser
                if value.len() != 64 || !value.bytes().all(|byte| byte.is_ascii_hexdigit()) =>
            {
                check
                    .report("INVALID_PRINCIPAL_FORMAT", span, format!("`{value}` is no canonical user id"))
                    .help("write the 64 hexadecimal digits of an account's canonical user id");
            }
            PrincipalKind::Service if !shape::is_service_principal(value) => {
                let lower = value.to_ascii_lowercase();
                let edits = shape::is_service_principal(&lower).then(|| check.replace(span, &lower)).flatten();
                check
                    .report(
                        "INVALID_SERVICE_PRINCIPAL_FORMAT",
                        span,
                        format!("`{value}` is the name of no service principal"),
                    )
                    .help("write it as service.amazonaws.com, in lower case")
                    .fix(format!("Write {lower}"), edits);
            }
            _ => {}
        }
    }
}

fn entries<'a>(check: &Check<'a>) -> Vec<&'a PrincipalEntry> {
    let elements = check.document.statements.iter().filter_map(|statement| statement.principal.as_ref());
    elements.flat_map(|element| &element.entries).collect()
}

fn is_principal_arn(value: &str) -> bool {
    let Some(arn) = Arn::parse(value) else { return false };
    let named =
        |kind: &str| arn.resource.strip_prefix(kind).is_some_and(|name| !name.is_empty() && !name.ends_with('/'));
    let of_account = arn.region.is_empty() && is_account_id(arn.account);
    match arn.service {
        // Origin access identities of CloudFront have a word for an account.
        "iam" if arn.account == "cloudfront" => named("user/"),
        "iam" => of_account && (arn.resource == "root" || named("user/") || named("role/")),
        "sts" => {
            of_account && (named("federated-user/") || named("assumed-role/") && arn.resource.split('/').count() == 3)
        }
        _ => false,
    }
}

/// `ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL` (SPEC 8.2, G-42), and our own `TRUST_EVERYONE`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous>
pub(super) fn everyone(check: &mut Check<'_>) {
    if !check.is_trust() {
        return;
    }
    for (_, statement) in check.statements() {
        let Some(element) = statement.principal.as_ref().filter(|element| !element.negated) else { continue };
        for entry in element.entries.iter().filter(|entry| *entry.value.value == *"*") {
            let span = entry.value.span;
            if entry.kind == PrincipalKind::Everyone {
                let new_text = "{ \"AWS\": \"*\" }".to_owned();
                check
                    .report(
                        "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
                        span,
                        "a role trust policy does not take \"Principal\": \"*\"",
                    )
                    .help("name who may assume the role, or write { \"AWS\": \"*\" } with a condition")
                    .fix(format!("Write {new_text}"), Some(vec![Edit { span, new_text }]));
            } else if statement.effect == Effect::Allow
                && !statement.condition.iter().any(|clause| narrows(&clause.key.value))
            {
                check
                    .report("TRUST_EVERYONE", span, "everybody with an AWS account may assume the role")
                    .help("name who may assume it, or add a condition such as aws:PrincipalOrgID or aws:PrincipalArn");
            }
        }
    }
}

/// Whether a condition on this key can tell callers apart.
fn narrows(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.starts_with("aws:principal")
        || matches!(&*key, "sts:externalid" | "aws:userid" | "aws:username" | "aws:sourceidentity")
        || key.starts_with("aws:source")
        || key.starts_with("aws:vpc")
}

/// `INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY` (SPEC 8.2, 1.5).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity>
pub(super) fn federated(check: &mut Check<'_>) {
    if !check.is_trust() {
        return;
    }
    for entry in entries(check).into_iter().filter(|entry| entry.kind == PrincipalKind::Federated) {
        let value = &*entry.value.value;
        if provider(value).is_none() && !value.contains(['*', '?']) && !value.contains("${") {
            check
                .report("INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY", entry.value.span, format!("`{value}` is no identity provider"))
                .help("write arn:aws:iam::111122223333:saml-provider/NAME, arn:aws:iam::111122223333:oidc-provider/HOST, or one of accounts.google.com, cognito-identity.amazonaws.com, graph.facebook.com and www.amazon.com");
        }
    }
}

/// A kind of identity provider.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Provider<'v> {
    Saml,
    /// With its host, as its condition keys begin.
    OpenId(&'v str),
}

/// The identity provider that a Federated principal names.
pub(super) fn provider(value: &str) -> Option<Provider<'_>> {
    if matches!(
        value,
        "accounts.google.com" | "cognito-identity.amazonaws.com" | "graph.facebook.com" | "www.amazon.com"
    ) {
        return Some(Provider::OpenId(value));
    }
    let arn = Arn::parse(value).filter(|arn| arn.service == "iam" && is_account_id(arn.account))?;
    match arn.resource.split_once('/')? {
        ("saml-provider", name) if !name.is_empty() => Some(Provider::Saml),
        ("oidc-provider", host) if host.contains('.') => Some(Provider::OpenId(host)),
        _ => None,
    }
}

const WITH_SAML: &str = "sts:AssumeRoleWithSAML";
const WITH_WEB_IDENTITY: &str = "sts:AssumeRoleWithWebIdentity";
const ASSUME_ROLE: &str = "sts:AssumeRole";

/// `MISMATCHED_ACTION_FOR_PRINCIPAL` (SPEC 8.2): an action that none of the principals can call, or a principal that can
/// call none of the actions.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html>
pub(super) fn mismatched(check: &mut Check<'_>) {
    if !check.is_trust() {
        return;
    }
    for (_, statement) in check.statements() {
        let (Some(action), Some(principal)) = (&statement.action, &statement.principal) else { continue };
        if action.negated || principal.negated {
            continue;
        }
        let calls: Vec<Option<&str>> = principal.entries.iter().map(call_of).collect();
        if calls.contains(&None) {
            continue;
        }
        let named = [ASSUME_ROLE, WITH_SAML, WITH_WEB_IDENTITY];
        for text in &action.values {
            let Some(call) = named.iter().find(|call| text.value.eq_ignore_ascii_case(call)) else { continue };
            if !calls.contains(&Some(call)) && !calls.is_empty() {
                let message = format!("none of the principals can call {call}");
                let help = match *call {
                    WITH_SAML => "name a SAML provider under Federated, or write the action that the principals call",
                    WITH_WEB_IDENTITY => {
                        "name an OIDC provider under Federated, or write the action that the principals call"
                    }
                    _ => "federated principals call sts:AssumeRoleWithSAML or sts:AssumeRoleWithWebIdentity",
                };
                let edits = match *calls {
                    [Some(only)] => check.replace(text.span, only),
                    _ => None,
                };
                let title = calls.first().copied().flatten().map_or(String::new(), |call| format!("Write {call}"));
                check.report("MISMATCHED_ACTION_FOR_PRINCIPAL", text.span, message).help(help).fix(title, edits);
            }
        }
        // Where an action is reported, it says what to do.
        if !named.iter().any(|call| calls.contains(&Some(call)) && element_covers(action, call)) {
            continue;
        }
        for (entry, call) in principal.entries.iter().zip(&calls) {
            let Some(call) = call.filter(|call| !element_covers(action, call)) else { continue };
            let message = format!("`{}` can only call {call}, which is not listed", entry.value.value);
            check
                .report("MISMATCHED_ACTION_FOR_PRINCIPAL", entry.value.span, message)
                .help(format!("give it a statement of its own with {call}"));
        }
    }
}

/// The call with which a principal assumes roles; nothing where that is not known.
fn call_of(entry: &PrincipalEntry) -> Option<&'static str> {
    match entry.kind {
        PrincipalKind::Federated => match provider(&entry.value.value)? {
            Provider::Saml => Some(WITH_SAML),
            Provider::OpenId(_) => Some(WITH_WEB_IDENTITY),
        },
        PrincipalKind::CanonicalUser => None,
        _ => Some(ASSUME_ROLE),
    }
}

/// `MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY` (SPEC 8.2).
///
/// Source: <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html>
pub(super) fn roles_anywhere(check: &mut Check<'_>) {
    if !check.is_trust() {
        return;
    }
    let service = |entry: &&PrincipalEntry| {
        entry.kind == PrincipalKind::Service && *entry.value.value == *"rolesanywhere.amazonaws.com"
    };
    let trusts = |element: &PrincipalElement| !element.negated && element.entries.iter().any(|entry| service(&entry));
    let trusting: Vec<(usize, &Statement)> = check
        .statements()
        .filter(|(_, statement)| statement.effect == Effect::Allow && statement.principal.as_ref().is_some_and(trusts))
        .collect();
    let covered = |call: &str| {
        trusting.iter().filter_map(|(_, s)| s.action.as_ref()).any(|element| element_covers(element, call))
    };
    let missing: Vec<&str> =
        [ASSUME_ROLE, "sts:SetSourceIdentity", "sts:TagSession"].into_iter().filter(|call| !covered(call)).collect();
    let Some((_, statement)) = trusting.first().filter(|_| !missing.is_empty()) else { return };
    let Some(entry) = statement.principal.iter().flat_map(|element| &element.entries).find(service) else { return };
    let edits = statement.action.as_ref().and_then(|element| add_actions(check, element, &missing));
    let list = missing.join(", ");
    check
        .report(
            "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY",
            entry.value.span,
            format!("IAM Roles Anywhere also needs {list}"),
        )
        .help(format!("add {list} to Action"))
        .fix(format!("Add {list}"), edits);
}

/// An edit that adds actions to an `Action` element.
pub(super) fn add_actions(check: &Check<'_>, element: &PatternElement, actions: &[&str]) -> Option<Vec<Edit>> {
    check.tree()?;
    if element.negated {
        return None;
    }
    let last: &Text = element.values.last()?;
    let list: String = actions.iter().map(|action| format!(", {}", crate::suggest::edit::quoted(action))).collect();
    // A single string becomes a list.
    let behind = check.text.get(last.span.end as usize..)?.trim_start();
    let before = check.text.get(..last.span.start as usize)?.trim_end();
    let at = |offset| crate::Span { start: offset, end: offset };
    if element.values.len() == 1 && !(before.ends_with('[') && behind.starts_with(']')) {
        return Some(vec![
            Edit { span: at(last.span.start), new_text: "[".into() },
            Edit { span: at(last.span.end), new_text: format!("{list}]") },
        ]);
    }
    Some(vec![Edit { span: at(last.span.end), new_text: list }])
}
