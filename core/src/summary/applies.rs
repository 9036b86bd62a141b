//! Which resources and conditions of a statement go with an action (SPEC 9.2, M-09).

use crate::arn::Arn;
use crate::catalog::{Action, ConditionKey, Service, global_condition_key};
use crate::policy::{ConditionClause, Statement};

/// A service, and the names that it has in ARNs.
pub(super) struct Known<'c> {
    pub service: Service<'c>,
    names: Vec<&'c str>,
}

impl<'c> Known<'c> {
    pub fn new(service: Service<'c>) -> Self {
        let mut names = vec![service.prefix()];
        for known in service.resource_types() {
            for name in known.arn_formats().filter_map(|form| vendor(form.as_str())) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        Self { service, names }
    }

    /// Whether a resource pattern is one of the service: by the service part of its ARN.
    pub fn owns(&self, pattern: &str) -> bool {
        vendor(pattern).is_some_and(|name| self.names.contains(&name))
    }
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
        return everything(pattern) && Known::new(action.service()).owns(pattern);
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

/// The conditions on keys that not every action knows.
pub(super) fn on_own_keys(statement: &Statement) -> Vec<&ConditionClause> {
    statement.condition.iter().filter(|clause| global_condition_key(&clause.key.value).is_none()).collect()
}

/// Whether a request for the action can carry the key of a condition, which is none of the global keys.
pub(super) fn has_key(action: Action<'_>, clause: &ConditionClause) -> bool {
    let name = &*clause.key.value;
    // Most keys differ in their first letters, which is seen at once.
    let is = |key: ConditionKey<'_>| {
        let start = key.name().get(..3).zip(name.get(..3));
        start.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other)) && key.covers(name)
    };
    action.condition_keys().any(is)
        || action
            .resources()
            .any(|known| known.condition_keys().any(is) || known.resource_type().condition_keys().any(is))
}
