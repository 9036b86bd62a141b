//! Which resources and conditions of a statement go with an action (SPEC 9.2, M-09).

use crate::arn::Arn;
use crate::catalog::{Action, Service, global_condition_key};
use crate::policy::{ConditionClause, Statement};

/// Whether a resource pattern is of a service: by the service part of its ARN.
pub(super) fn is_of(pattern: &str, service: Service<'_>) -> bool {
    let Some(part) = vendor(pattern) else { return false };
    part.eq_ignore_ascii_case(service.prefix())
        || service.resource_types().any(|known| known.arn_formats().any(|form| vendor(form.as_str()) == Some(part)))
}

/// The service part of an ARN.
fn vendor(arn: &str) -> Option<&str> {
    arn.strip_prefix("arn:")?.split(':').nth(1)
}

/// Whether the action can have a resource that the statement covers.
pub(super) fn has_resource(action: Action<'_>, statement: &Statement) -> bool {
    match &statement.resource {
        None => true,
        Some(element) if element.negated => true,
        Some(element) => element.values.iter().any(|text| fits(action, &text.value)),
    }
}

/// Whether the action can have a resource of the pattern. Without a resource type, `*` stands for it, which patterns
/// cover that are about everything of the service (SPEC M-30).
pub(super) fn fits(action: Action<'_>, pattern: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let mut types = action.resources();
    if types.len() == 0 {
        return is_of(pattern, action.service()) && everything(pattern);
    }
    types.any(|known| known.resource_type().arn_formats().any(|form| form.may_be_covered_by(pattern)))
}

/// Whether every part behind the service is `*` or empty.
fn everything(pattern: &str) -> bool {
    let blank = |text: &str| matches!(text, "" | "*");
    match Arn::parse(pattern) {
        Some(arn) => blank(arn.region) && blank(arn.account) && arn.resource == "*",
        None => pattern.split(':').skip(3).all(blank),
    }
}

/// Whether a request for the action can carry the key of a condition.
pub(super) fn has_key(action: Action<'_>, clause: &ConditionClause) -> bool {
    let name = &*clause.key.value;
    global_condition_key(name).is_some() || action.all_condition_keys().iter().any(|key| key.covers(name))
}
