//! Permissions on any role: `iam:PassRole` and `iam:CreateServiceLinkedRole`, six shapes of each.

use super::arn::ArnPattern;
use super::check::{Check, element_covers, has_wildcard};
use crate::glob::Pattern;
use crate::policy::{ConditionClause, Effect, PatternElement, Statement, Text};
use crate::span::Span;

/// A permission, the condition key that limits it to services, and the codes of its shapes.
struct Permission {
    action: &'static str,
    limited_by: &'static str,
    /// The resource part of an ARN that it may be about, with a name that no pattern is likely to mean.
    any: &'static str,
    what: &'static str,
    star: &'static str,
    star_action: &'static str,
    star_not_action: &'static str,
    not_resource: &'static str,
    star_action_not_resource: &'static str,
    not_action_not_resource: &'static str,
}

const PASS_ROLE: Permission = Permission {
    action: "iam:PassRole",
    limited_by: "iam:PassedToService",
    any: "role/\u{1}",
    what: "lets any role be passed to any service",
    star: "PASS_ROLE_WITH_STAR_IN_RESOURCE",
    star_action: "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE",
    star_not_action: "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
    not_resource: "PASS_ROLE_WITH_NOT_RESOURCE",
    star_action_not_resource: "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE",
    not_action_not_resource: "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE",
};

const CREATE_SERVICE_LINKED_ROLE: Permission = Permission {
    action: "iam:CreateServiceLinkedRole",
    limited_by: "iam:AWSServiceName",
    any: "role/aws-service-role/\u{1}.amazonaws.com/\u{1}",
    what: "lets service-linked roles be created for any service",
    star: "CREATE_SLR_WITH_STAR_IN_RESOURCE",
    star_action: "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE",
    star_not_action: "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
    not_resource: "CREATE_SLR_WITH_NOT_RESOURCE",
    star_action_not_resource: "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE",
    not_action_not_resource: "CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE",
};

/// `PASS_ROLE_WITH_…` (SPEC 8.3), and our own `PASS_ANY_ROLE_TO_SERVICE` where `iam:PassedToService` says to which
/// service any role may be passed.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
pub(super) fn pass_role(check: &mut Check<'_>) {
    permission(check, &PASS_ROLE);
}

/// `CREATE_SLR_WITH_…` (SPEC 8.4).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>
pub(super) fn create_service_linked_role(check: &mut Check<'_>) {
    permission(check, &CREATE_SERVICE_LINKED_ROLE);
}

fn permission(check: &mut Check<'_>, permission: &Permission) {
    if !check.grants() || !check.is_identity() {
        return;
    }
    for (_, statement) in check.statements() {
        let (Some(action), Some(resource)) = (&statement.action, &statement.resource) else { continue };
        if statement.effect != Effect::Allow || !element_covers(action, permission.action) {
            continue;
        }
        let Some(anything) = anything(resource, permission.any) else { continue };
        if statement.condition.iter().any(|clause| limits(clause, permission.limited_by)) {
            if permission.action == PASS_ROLE.action {
                pass_any_role(check, statement, anything);
            }
            continue;
        }
        let (by_name, action_span) = by_name(action, permission.action);
        let (code, span) = match (by_name, action.negated, resource.negated) {
            (_, true, true) => (permission.not_action_not_resource, anything),
            (_, true, false) => (permission.star_not_action, anything),
            (true, false, true) => (permission.not_resource, anything),
            (true, false, false) => (permission.star, anything),
            (false, false, true) => (permission.star_action_not_resource, action_span),
            (false, false, false) => (permission.star_action, action_span),
        };
        let of = permission.action;
        check.report(code, span, format!("{of} on any resource {}", permission.what)).help(if action.negated {
            format!(
                "list {of} under NotAction and allow it on the ARNs of the roles, or add a condition on {}",
                permission.limited_by
            )
        } else {
            format!("allow {of} on the ARNs of the roles, or add a condition on {}", permission.limited_by)
        });
    }
}

fn pass_any_role(check: &mut Check<'_>, statement: &Statement, anything: Span) {
    let service = statement.condition.iter().find(|clause| limits(clause, PASS_ROLE.limited_by));
    let names: Vec<&str> = service.iter().flat_map(|clause| clause.values.iter().map(|text| &*text.value)).collect();
    let message = format!("any role may be passed to {}", names.join(", "));
    check
        .report("PASS_ANY_ROLE_TO_SERVICE", anything, message)
        .help("list the ARNs of the roles that are meant for it");
}

/// Where the element stands for any resource: a pattern that covers them, or the whole of `NotResource`.
fn anything(resource: &PatternElement, any: &str) -> Option<Span> {
    let covers = |text: &&Text| match ArnPattern::split(text, true) {
        Some(arn) => Pattern::plain(arn.service()).matches("iam") && Pattern::plain(arn.resource()).matches(any),
        None => Pattern::plain(&text.value).matches(&format!("arn:aws:iam::111122223333:{any}")),
    };
    match (resource.negated, resource.values.iter().find(covers)) {
        (false, Some(text)) => Some(text.span),
        (true, None) => Some(resource.name_span),
        _ => None,
    }
}

/// Whether the action is named, and else the pattern that covers it.
fn by_name(action: &PatternElement, name: &str) -> (bool, Span) {
    if action.values.iter().any(|text| text.value.eq_ignore_ascii_case(name)) {
        return (true, action.name_span);
    }
    let covers = |text: &&Text| has_wildcard(&text.value) && super::check::action_covers(&text.value, name);
    (false, action.values.iter().find(covers).map_or(action.name_span, |text| text.span))
}

/// Whether the clause limits the key to values that it lists.
fn limits(clause: &ConditionClause, key: &str) -> bool {
    clause.key.value.eq_ignore_ascii_case(key)
        && !clause.operator.comparison.is_negated()
        && clause.values.iter().all(|text| *text.value != *"*")
}
