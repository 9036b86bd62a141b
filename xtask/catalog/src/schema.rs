//! The catalog as plain data: what every source is brought into, what the encoder takes, and what widgets
//! load as JSON, a file for each service.

use admittance::catalog::{Catalog, ConditionKey as Key};
use serde::Serialize;

/// All services, and where the facts come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// The package that they were taken from.
    pub source: String,
    /// Its version.
    pub version: String,
    /// The day on which they were collected.
    pub date: String,
    /// Sorted by prefix.
    pub services: Vec<Service>,
}

/// A service. Its lists are sorted by name without case, and no name is in one of them twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// What its actions begin with: `s3`.
    pub prefix: String,
    /// What AWS calls it.
    pub name: String,
    /// Whether resource control policies apply to it.
    pub supports_rcps: bool,
    /// Its actions.
    pub actions: Vec<Action>,
    /// Its resource types.
    pub resource_types: Vec<ResourceType>,
    /// The condition keys that its actions and resource types name.
    pub condition_keys: Vec<ConditionKey>,
}

/// An action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// Its name without the prefix.
    pub name: String,
    /// `List`, `Read`, `Write`, `Permissions management` or `Tagging`.
    pub access_level: String,
    /// The resource types that it can be limited to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<ActionResource>,
    /// The condition keys that it has whatever the resource is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<String>,
    /// Other actions that the caller has to be allowed too: `iam:PassRole`. Those that the catalog knows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dependent_actions: Vec<String>,
}

/// A resource type of an action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionResource {
    /// Its name.
    #[serde(rename = "type")]
    pub resource_type: String,
    /// Whether every request names one.
    pub required: bool,
    /// The condition keys that the action has with this resource type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<String>,
}

/// A resource type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceType {
    /// Its name.
    pub name: String,
    /// What its ARNs look like.
    pub arn_formats: Vec<String>,
    /// The condition keys that requests about it have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<String>,
}

/// A condition key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionKey {
    /// Its name.
    pub name: String,
    /// `String`, `ARN`, `Bool`, `Numeric`, `Date`, `IPAddress` or `Binary`.
    #[serde(rename = "type")]
    pub value_type: String,
    /// Whether it has a set of values.
    pub multivalued: bool,
}

impl Facts {
    /// Everything that a decoded catalog says.
    pub fn of(catalog: &Catalog) -> Self {
        let about = catalog.metadata();
        Self {
            source: about.source.clone(),
            version: about.version.clone(),
            date: about.date.clone(),
            services: catalog.services().map(Service::of).collect(),
        }
    }
}

impl Service {
    /// Everything that a decoded catalog says of a service.
    pub fn of(service: admittance::catalog::Service<'_>) -> Self {
        Self {
            prefix: service.prefix().to_owned(),
            name: service.name().to_owned(),
            supports_rcps: service.supports_rcps(),
            actions: service.actions().map(action).collect(),
            resource_types: service.resource_types().map(resource_type).collect(),
            condition_keys: service.condition_keys().map(condition_key).collect(),
        }
    }
}

fn action(action: admittance::catalog::Action<'_>) -> Action {
    let resource = |resource: admittance::catalog::ActionResource<'_>| ActionResource {
        resource_type: resource.resource_type().name().to_owned(),
        required: resource.required(),
        condition_keys: names(resource.condition_keys()),
    };
    Action {
        name: action.name().to_owned(),
        access_level: action.access_level().name().to_owned(),
        resources: action.resources().map(resource).collect(),
        condition_keys: names(action.condition_keys()),
        dependent_actions: action.dependent_actions().map(|action| action.to_string()).collect(),
    }
}

fn resource_type(resource: admittance::catalog::ResourceType<'_>) -> ResourceType {
    ResourceType {
        name: resource.name().to_owned(),
        arn_formats: resource.arn_formats().map(|arn| arn.as_str().to_owned()).collect(),
        condition_keys: names(resource.condition_keys()),
    }
}

fn condition_key(key: Key<'_>) -> ConditionKey {
    ConditionKey {
        name: key.name().to_owned(),
        value_type: key.value_type().name().to_owned(),
        multivalued: key.multivalued(),
    }
}

fn names<'a>(keys: impl Iterator<Item = Key<'a>>) -> Vec<String> {
    keys.map(|key| key.name().to_owned()).collect()
}
