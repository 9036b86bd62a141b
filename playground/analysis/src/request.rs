//! What can be put into a request.

use admittance::catalog::{ArnDefaults, ArnFormat, ArnPiece, Catalog, Completion, global_condition_keys};
use serde::Serialize;

use crate::known_key::KnownKey;

/// Something that can stand in a field, as the page's fields take it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    text: String,
    note: String,
    goes_on: bool,
}

/// As many actions as one looks through.
const OFFERED: usize = 12;

/// The actions and services that what was typed can become.
pub fn actions(typed: String, catalog: Option<&Catalog>) -> Vec<Offer> {
    let offer = |completion| match completion {
        Completion::Service(service) => {
            Offer { text: format!("{}:", service.prefix()), note: service.name().to_owned(), goes_on: true }
        }
        Completion::Action(action) => {
            Offer { text: action.to_string(), note: action.access_level().name().to_owned(), goes_on: false }
        }
    };
    let found = catalog.map(|catalog| catalog.complete(typed.trim(), OFFERED)).unwrap_or_default();
    found.into_iter().map(offer).collect()
}

/// A key that a request can carry.
#[derive(Serialize)]
pub struct Carried<'a> {
    name: &'a str,
    note: &'static str,
}

/// The keys that requests for an action can carry, and the global ones.
pub fn keys(action: String, catalog: Option<&Catalog>) -> Vec<Carried<'_>> {
    let action = catalog.and_then(|catalog| catalog.action(action.trim()));
    let own = action.map(|action| action.all_condition_keys()).unwrap_or_default().into_iter();
    let own = own.map(|key| Carried { name: key.name(), note: "for this action" });
    own.chain(global_condition_keys().map(|key| Carried { name: key.name(), note: "global" })).collect()
}

/// What is known about a condition key that only a service knows.
pub fn key(name: String, catalog: Option<&Catalog>) -> Option<KnownKey> {
    catalog?.condition_key(name.trim()).map(KnownKey::from)
}

/// A form of ARN, and the type that it belongs to.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Form<'a> {
    type_name: &'a str,
    required: bool,
    text: &'a str,
    /// The placeholders, each with what stands there at first.
    parts: Vec<(&'a str, &'static str)>,
}

/// The forms of the resource types that an action takes; which ones is an open question without the catalog.
pub fn arns(action: String, catalog: Option<&Catalog>) -> Option<Vec<Form<'_>>> {
    let action = catalog?.action(action.trim());
    let mut forms = Vec::new();
    for resource in action.into_iter().flat_map(|action| action.resources()) {
        let resource_type = resource.resource_type();
        for format in resource_type.arn_formats() {
            let text = format.as_str();
            forms.push(Form {
                type_name: resource_type.name(),
                required: resource.required(),
                text,
                parts: parts(format),
            });
        }
    }
    Some(forms)
}

fn parts(format: ArnFormat<'_>) -> Vec<(&str, &'static str)> {
    let defaults = ArnDefaults::<'static>::default();
    let mut parts = Vec::new();
    for piece in format.pieces() {
        if let ArnPiece::Placeholder(name) = piece {
            let start = match name {
                "Partition" => defaults.partition,
                "Region" => defaults.region,
                "Account" => defaults.account,
                _ => "",
            };
            parts.push((name, start));
        }
    }
    parts
}
