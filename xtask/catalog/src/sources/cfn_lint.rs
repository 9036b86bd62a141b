//! `cfn-lint` of PyPI (MIT-0), by AWS: a second list of actions and their resource types, to compare with.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;

use super::read;
use crate::schema::Facts;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ServiceJson {
    actions: BTreeMap<String, ActionJson>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ActionJson {
    #[serde(default)]
    resources: Vec<String>,
}

/// Names that only one of two lists has.
#[derive(Debug, Default)]
pub struct Difference {
    ours: BTreeSet<String>,
    theirs: BTreeSet<String>,
    both: usize,
}

impl Difference {
    fn new(ours: BTreeSet<String>, theirs: &BTreeSet<String>) -> Self {
        Self {
            both: ours.intersection(theirs).count(),
            theirs: theirs.difference(&ours).cloned().collect(),
            ours: ours.difference(theirs).cloned().collect(),
        }
    }

    /// How many are in both, only here, only there.
    pub fn counts(&self) -> [usize; 3] {
        [self.both, self.ours.len(), self.theirs.len()]
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let some = |set: &BTreeSet<String>| set.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
        writeln!(f, "{} in both", self.both)?;
        writeln!(f, "    {} here only: {} …", self.ours.len(), some(&self.ours))?;
        write!(f, "    {} there only: {} …", self.theirs.len(), some(&self.theirs))
    }
}

/// How the facts differ from the package.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Services by prefix.
    pub services: Difference,
    /// Actions of services that both have.
    pub actions: Difference,
    /// Pairs of an action and a resource type, of actions that both have.
    pub resources: Difference,
}

/// Compares.
pub fn compare(package: &Path, facts: &Facts) -> Result<Comparison> {
    let policies: BTreeMap<String, ServiceJson> = read(&package.join("cfnlint/data/AdditionalSpecs/Policies.json"))?;
    let theirs = policies.keys().cloned().collect();
    let services = Difference::new(facts.services.iter().map(|service| service.prefix.clone()).collect(), &theirs);
    let (mut own, mut other) = (BTreeSet::new(), BTreeSet::new());
    let (mut own_pairs, mut other_pairs) = (BTreeSet::new(), BTreeSet::new());
    for service in &facts.services {
        let Some(there) = policies.get(&service.prefix) else { continue };
        for action in there.actions.keys() {
            other.insert(format!("{}:{action}", service.prefix));
        }
        for action in &service.actions {
            let name = action.name.to_ascii_lowercase();
            own.insert(format!("{}:{name}", service.prefix));
            let Some(there) = there.actions.get(&name) else { continue };
            let pair = |resource: &String| format!("{}:{name} {}", service.prefix, resource.to_ascii_lowercase());
            own_pairs.extend(action.resources.iter().map(|resource| pair(&resource.resource_type)));
            other_pairs.extend(there.resources.iter().map(pair));
        }
    }
    Ok(Comparison {
        services,
        actions: Difference::new(own, &other),
        resources: Difference::new(own_pairs, &other_pairs),
    })
}
