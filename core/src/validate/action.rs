//! Actions (SPEC 2.2).

use super::ResourceKind;
use super::check::{Check, has_wildcard};
use super::similar::similar;
use crate::catalog::{Catalog, Service};
use crate::policy::{PolicyType, ResourcePolicyKind, Text};

/// `INVALID_SERVICE_IN_ACTION`, `INVALID_ACTION` (SPEC 8.2), and our own `WILDCARD_MATCHES_NO_ACTION`: what the catalog
/// does not know. Names compare without case.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
pub(super) fn known(check: &mut Check<'_>) {
    let Some(catalog) = check.catalog else { return };
    for text in actions(check) {
        let Some((prefix, name)) = text.value.split_once(':').filter(|_| !check.is_full()) else { continue };
        // The parser has reported these.
        if has_wildcard(prefix) || prefix.is_empty() || name.is_empty() || check.is_variable(&text.value) {
            continue;
        }
        let Some(service) = catalog.service(prefix) else {
            unknown_service(check, catalog, text, prefix);
            continue;
        };
        if has_wildcard(name) {
            if catalog.expand(&text.value).is_empty() {
                let help = check.or_newer("check the spelling, or remove it");
                check
                    .report(
                        "WILDCARD_MATCHES_NO_ACTION",
                        text.span,
                        format!("no action of {} matches `{}`", service.name(), text.value),
                    )
                    .help(help);
            }
        } else if service.action(name).is_none() {
            unknown_action(check, text, service, prefix, name);
        }
    }
}

fn unknown_service(check: &mut Check<'_>, catalog: &Catalog, text: &Text, prefix: &str) {
    let span = check.inside(text, 0, prefix.len());
    let close = similar(prefix, catalog.services().map(Service::prefix));
    let edits = close.and_then(|close| check.replace(text.span, &text.value.replacen(prefix, close, 1)));
    let help = close.map_or_else(
        || check.or_newer("write the prefix as the Service Authorization Reference has it"),
        |close| format!("did you mean {close}?"),
    );
    let title = close.map_or_else(String::new, |close| format!("Write {close}"));
    check
        .report("INVALID_SERVICE_IN_ACTION", span, format!("there is no service with the prefix `{prefix}`"))
        .help(help)
        .fix(title, edits);
}

fn unknown_action(check: &mut Check<'_>, text: &Text, service: Service<'_>, prefix: &str, name: &str) {
    let close = similar(name, service.actions().map(|action| action.name()));
    let edits = close.and_then(|close| check.replace(text.span, &format!("{prefix}:{close}")));
    let help = close.map_or_else(
        || check.or_newer("check the spelling, or remove it"),
        |close| format!("did you mean {prefix}:{close}?"),
    );
    let title = close.map_or_else(String::new, |close| format!("Write {prefix}:{close}"));
    check
        .report("INVALID_ACTION", text.span, format!("{} has no action `{name}`", service.name()))
        .help(help)
        .fix(title, edits);
}

/// `SCP_SYNTAX_ERROR_ACTION_WILDCARD` (SPEC 8.2, G-44): service control policies once took a `*` only at the end of an
/// action. AWS Organizations has taken it anywhere since 19 September 2025, and Access Analyzer's page still calls it an
/// error. Our choice: the policy is valid, and whoever checks it by other means is warned.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-scp-syntax-error-action-wildcard>
pub(super) fn service_control_wildcards(check: &mut Check<'_>) {
    if check.policy_type != PolicyType::ServiceControl {
        return;
    }
    for text in actions(check) {
        let Some((prefix, name)) = text.value.split_once(':') else { continue };
        // The parser has reported a wildcard in the prefix.
        if has_wildcard(prefix) || !name.trim_end_matches('*').contains('*') {
            continue;
        }
        let message =
            format!("`{}` has a * that is not at its end, which Access Analyzer's page does not take", text.value);
        let listed = check.catalog.map(|catalog| catalog.expand(&text.value)).filter(|found| !found.is_empty());
        let help = match listed {
            Some(found) if found.len() <= MOST_LISTED => {
                let names: Vec<String> = found.iter().map(ToString::to_string).collect();
                format!(
                    "AWS Organizations does, since 19 September 2025; for older tools, list the actions: {}",
                    names.join(", ")
                )
            }
            _ => "AWS Organizations does, since 19 September 2025; for older tools, list the actions".to_owned(),
        };
        check.report("SCP_SYNTAX_ERROR_ACTION_WILDCARD", text.span, message).help(help);
    }
}

/// The most actions that a help text lists.
const MOST_LISTED: usize = 8;

/// All patterns of `Action` and `NotAction` elements.
pub(super) fn actions<'a>(check: &Check<'a>) -> Vec<&'a Text> {
    let elements = check.document.statements.iter().filter_map(|statement| statement.action.as_ref());
    elements.flat_map(|element| &element.values).collect()
}

/// `UNSUPPORTED_ACTION_IN_POLICY` (SPEC 8.2): actions of services that the policy's resource does not belong to.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
pub(super) fn in_policy(check: &mut Check<'_>) {
    let Some((services, kind)) = services(check.policy_type, check.options.resource) else { return };
    for text in actions(check) {
        let Some((prefix, _)) = text.value.split_once(':') else { continue };
        if has_wildcard(prefix) || services.iter().any(|service| prefix.eq_ignore_ascii_case(service)) {
            continue;
        }
        check
            .report("UNSUPPORTED_ACTION_IN_POLICY", text.span, format!("{kind} is not about `{}`", text.value))
            .help(format!("list actions of {} only", services.join(" and ")));
    }
}

/// The services whose actions a policy can be about, where its kind tells, and what it is called.
pub(super) fn services(
    policy_type: PolicyType,
    resource: Option<ResourceKind>,
) -> Option<(&'static [&'static str], &'static str)> {
    Some(match policy_type {
        PolicyType::Resource(ResourcePolicyKind::RoleTrust) => (&["sts"], "a role trust policy"),
        PolicyType::Resource(ResourcePolicyKind::KmsKey) => (&["kms"], "a key policy"),
        PolicyType::AccessPoint => (&["s3"], "an access point policy"),
        PolicyType::Resource(ResourcePolicyKind::General) => match resource? {
            ResourceKind::S3Bucket => (&["s3"], "a bucket policy"),
            ResourceKind::S3AccessPoint | ResourceKind::S3MultiRegionAccessPoint => (&["s3"], "an access point policy"),
            ResourceKind::S3ObjectLambdaAccessPoint => {
                (&["s3-object-lambda"], "the policy of an Object Lambda access point")
            }
            ResourceKind::DynamoDbTable => (&["dynamodb"], "the policy of a table"),
        },
        _ => return None,
    })
}

/// `UNSUPPORTED_RESOURCE_ARN_IN_POLICY` (SPEC 8.2): ARNs of another service than the policy's resource belongs to.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
pub(super) fn resource_in_policy(check: &mut Check<'_>) {
    if check.is_trust() {
        return;
    }
    let Some((services, kind)) = services(check.policy_type, check.options.resource) else { return };
    for arn in super::arn::resources(check) {
        let service = arn.service();
        if has_wildcard(service) || check.is_variable(service) || services.contains(&&*service.to_ascii_lowercase()) {
            continue;
        }
        check
            .report(
                "UNSUPPORTED_RESOURCE_ARN_IN_POLICY",
                arn.text.span,
                format!("{kind} is not about `{}`", arn.text.value),
            )
            .help(format!(
                "write the ARN of the resource that the policy is attached to, arn:aws:{}:…",
                services.join("")
            ));
    }
}
