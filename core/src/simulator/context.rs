//! The context entries of a simulation.

use crate::diagnostic::Diagnostic;
use crate::json;
use crate::json::{Object, Value};
use crate::scenario::ContextValue;
use crate::scenario::reader::Reader;
use crate::value;
use std::collections::HashSet;

/// The scalar types; with `List` after them the key is multivalued.
const TYPES: [&str; 6] = ["string", "numeric", "boolean", "ip", "binary", "date"];

/// Reads `ContextEntries`. What makes a key multivalued is its type, not the number of its values.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html>
pub(super) fn entries(reader: &mut Reader<'_>, request: &Object<'_>) -> Vec<(String, ContextValue)> {
    let mut context: Vec<(String, ContextValue)> = Vec::new();
    let mut seen = HashSet::new();
    for (at, item) in reader.list("", request, "ContextEntries") {
        let known = ["ContextKeyName", "ContextKeyValues", "ContextKeyType"];
        let Some(object) = reader.object(&at, item, &known) else { continue };
        let help = "write the condition key, such as aws:SourceIp";
        let name = reader.required(&at, object, "ContextKeyName", help);
        let Some(name) = name.and_then(|value| reader.string(&at, value)) else { continue };
        let Some(value) = entry(reader, &at, item, object) else { continue };
        if seen.insert(name.to_ascii_lowercase()) {
            context.push((name, value));
        } else {
            let message = format!("the context key `{name}` is given twice");
            let diagnostic = Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(item), message);
            reader.report(&at, diagnostic.help("give a key once; a List type holds several values"));
        }
    }
    context
}

fn entry(reader: &mut Reader<'_>, at: &str, item: &Value<'_>, object: &Object<'_>) -> Option<ContextValue> {
    let (scalar, multivalued) = context_key_type(reader, at, object)?;
    let mut values = Vec::new();
    let mut valid = true;
    for (at, value) in reader.list(at, object, "ContextKeyValues") {
        let Some(text) = reader.string(&at, value) else {
            valid = false;
            continue;
        };
        if let Some(wanted) = mismatch(scalar, &text) {
            let message = format!("`{text}` is {wanted}");
            reader.report(&at, Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(value), message));
        }
        values.push(text);
    }
    match (multivalued, values.len()) {
        _ if !valid => None,
        (true, _) => Some(ContextValue::Multiple(values)),
        (false, 1) => values.pop().map(ContextValue::Single),
        (false, count) => {
            let message = format!("a key of type {scalar} has one value, not {count}");
            let diagnostic = Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(item), message);
            let help = format!("write \"ContextKeyType\": \"{scalar}List\" for a multivalued key");
            reader.report(at, diagnostic.help(help));
            None
        }
    }
}

/// The scalar type, and whether the key is multivalued. Without a type it is `string`.
fn context_key_type(reader: &mut Reader<'_>, at: &str, object: &Object<'_>) -> Option<(&'static str, bool)> {
    let Some(property) = json::get(object, "ContextKeyType") else { return Some(("string", false)) };
    let text = reader.string(at, &property.value)?;
    let (name, multivalued) = match text.strip_suffix("List") {
        Some(name) => (name, true),
        None => (text.as_str(), false),
    };
    let found = TYPES.iter().find(|known| **known == name);
    if found.is_none() {
        let message = format!("`{text}` is no type of a context key");
        let diagnostic = Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(&property.value), message);
        let help = format!("write one of {}, or one of them with List at its end", TYPES.join(", "));
        reader.report(at, diagnostic.help(help));
    }
    found.map(|name| (*name, multivalued))
}

/// What is wrong with a value of that type.
fn mismatch(scalar: &str, text: &str) -> Option<&'static str> {
    let fits = match scalar {
        "numeric" => value::Decimal::parse(text).is_some(),
        "boolean" => value::boolean(text).is_some(),
        "ip" => value::network(text).is_some(),
        "binary" => value::binary(text).is_some(),
        "date" => value::date(text).is_some(),
        _ => true,
    };
    match scalar {
        _ if fits => None,
        "numeric" => Some("no number"),
        "boolean" => Some("neither true nor false"),
        "ip" => Some("no IP address"),
        "binary" => Some("no base64 text"),
        _ => Some("no date"),
    }
}
