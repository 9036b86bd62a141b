//! What a catalog holds, field by field: the facts about the committed one, and what a new one must not lose.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::schema::Facts;

/// What is known of `aws.bin`, in `aws.meta.json` beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    /// The package that the facts were taken from.
    pub source: String,
    /// Its version.
    pub version: String,
    /// The day on which they were collected.
    pub date: String,
    /// The package, with its version, that the dependent actions were taken from.
    pub dependent_actions_from: String,
    /// The length of the file.
    pub bytes: usize,
    /// How often each field occurs.
    pub counts: BTreeMap<String, usize>,
    /// What the second source says.
    pub cross_check: CrossCheck,
}

/// How many names are in both sources, in the catalog only, and in the other one only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossCheck {
    /// The other package with its version.
    pub with: String,
    /// Services.
    pub services: [usize; 3],
    /// Actions of services that both have.
    pub actions: [usize; 3],
    /// Resource types of actions that both have.
    pub resources: [usize; 3],
}

/// How often each field occurs in the facts.
pub fn counts(facts: &Facts) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut add = |field: &str, count: usize| *counts.entry(field.to_owned()).or_default() += count;
    for service in &facts.services {
        add("services", 1);
        add("services with resource control policies", usize::from(service.supports_rcps));
        add("actions", service.actions.len());
        for action in &service.actions {
            add(&format!("actions: {}", action.access_level), 1);
            add("actions: without resource types", usize::from(action.resources.is_empty()));
            add("actions: condition keys", action.condition_keys.len());
            add("actions: dependent actions", action.dependent_actions.len());
            add("actions: resource types", action.resources.len());
            for resource in &action.resources {
                add("actions: required resource types", usize::from(resource.required));
                add("actions: condition keys by resource type", resource.condition_keys.len());
            }
        }
        add("resource types", service.resource_types.len());
        for resource in &service.resource_types {
            add("resource types: ARN formats", resource.arn_formats.len());
            add("resource types: condition keys", resource.condition_keys.len());
        }
        add("condition keys", service.condition_keys.len());
        for key in &service.condition_keys {
            add(&format!("condition keys: {}", key.value_type), 1);
            add("condition keys: multivalued", usize::from(key.multivalued));
        }
    }
    counts
}

/// Fields of which there is less than before: none at all any more, or a hundredth gone.
pub fn losses(before: &BTreeMap<String, usize>, now: &BTreeMap<String, usize>) -> Vec<String> {
    let mut losses = Vec::new();
    for (field, before) in before {
        let now = now.get(field).copied().unwrap_or_default();
        if now == 0 && *before > 0 || now * 100 < before * 99 {
            losses.push(format!("{field}: {now}, and there were {before}"));
        }
    }
    losses
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, losses};

    #[test]
    fn a_field_that_vanishes_or_shrinks_by_more_than_a_hundredth_is_a_loss() {
        let counts = |count: usize| BTreeMap::from([("actions".to_owned(), count)]);
        assert!(losses(&counts(1000), &counts(990)).is_empty());
        assert!(losses(&counts(1000), &counts(1100)).is_empty());
        assert_eq!(losses(&counts(1000), &counts(989)), ["actions: 989, and there were 1000"]);
        assert_eq!(losses(&counts(1), &BTreeMap::new()), ["actions: 0, and there were 1"]);
    }
}
