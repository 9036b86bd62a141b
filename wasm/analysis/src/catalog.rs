//! The catalog of services, actions, resource types and condition keys. Its data is a file of its own, which JavaScript
//! loads and hands over once.

use std::cell::RefCell;

use admittance::catalog::{AccessLevel, Action, Catalog, Completion, ValueType};
use serde::Serialize;
use wasm_bindgen::prelude::*;

thread_local! {
    static CATALOG: RefCell<Option<Catalog>> = const { RefCell::new(None) };
}

/// Calls with the catalog, if it is there.
pub(crate) fn with<T>(call: impl FnOnce(Option<&Catalog>) -> T) -> T {
    CATALOG.with_borrow(|catalog| call(catalog.as_ref()))
}

/// Reads the catalog's file. The answer is where its facts come from, or `error`, and then the catalog before it stays.
#[wasm_bindgen(js_name = loadCatalog)]
pub fn load_catalog(bytes: &[u8]) -> String {
    #[derive(Serialize)]
    struct Failed {
        error: String,
    }
    match Catalog::decode(bytes) {
        Ok(catalog) => {
            let metadata = crate::json(catalog.metadata());
            CATALOG.set(Some(catalog));
            metadata
        }
        Err(error) => crate::json(&Failed { error: error.to_string() }),
    }
}

/// The names of the actions that a pattern covers, as a list.
#[wasm_bindgen(js_name = expandActions)]
pub fn expand_actions(pattern: &str) -> String {
    with(|catalog| {
        let actions = catalog.map(|catalog| catalog.expand(pattern)).unwrap_or_default();
        crate::json(&actions.into_iter().map(|action| action.to_string()).collect::<Vec<_>>())
    })
}

/// What a text typed into an `Action` element can become, as a list.
#[wasm_bindgen(js_name = completeAction)]
pub fn complete_action(typed: &str, limit: usize) -> String {
    with(|catalog| {
        let found = catalog.map(|catalog| catalog.complete(typed, limit)).unwrap_or_default();
        let text = |completion| match completion {
            Completion::Service(service) => format!("{}:", service.prefix()),
            Completion::Action(action) => action.to_string(),
        };
        crate::json(&found.into_iter().map(text).collect::<Vec<_>>())
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ActionOutput<'a> {
    name: String,
    service: &'a str,
    access_level: AccessLevel,
    resource_types: Vec<ResourceTypeOutput<'a>>,
    condition_keys: Vec<ConditionKeyOutput<'a>>,
    dependent_actions: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResourceTypeOutput<'a> {
    name: &'a str,
    required: bool,
    arn_formats: Vec<&'a str>,
}

#[derive(Serialize)]
struct ConditionKeyOutput<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    value_type: ValueType,
    multivalued: bool,
}

/// An action; an empty text where the catalog has none of that name.
#[wasm_bindgen(js_name = describeAction)]
pub fn describe_action(name: &str) -> String {
    with(|catalog| {
        let action = catalog.and_then(|catalog| catalog.action(name));
        action.map(|action| crate::json(&described(action))).unwrap_or_default()
    })
}

fn described(action: Action<'_>) -> ActionOutput<'_> {
    ActionOutput {
        name: action.to_string(),
        service: action.service().name(),
        access_level: action.access_level(),
        resource_types: action
            .resources()
            .map(|resource| ResourceTypeOutput {
                name: resource.resource_type().name(),
                required: resource.required(),
                arn_formats: resource.resource_type().arn_formats().map(|format| format.as_str()).collect(),
            })
            .collect(),
        condition_keys: action
            .all_condition_keys()
            .into_iter()
            .map(|key| ConditionKeyOutput {
                name: key.name(),
                value_type: key.value_type(),
                multivalued: key.multivalued(),
            })
            .collect(),
        dependent_actions: action.dependent_actions().map(|action| action.to_string()).collect(),
    }
}
