//! Reading JSON that has a fixed shape: every problem with its place, nothing skipped.

use super::{LocatedDiagnostic, MAX_SCENARIO_BYTES};
use crate::diagnostic::{Diagnostic, limited};
use crate::json;
use crate::json::{Object, Value};
use crate::span::LineIndex;

/// Collects what is wrong with a text while it is read.
pub(crate) struct Reader<'t> {
    text: &'t str,
    /// What the text as a whole is, for messages.
    pub whole: &'static str,
    found: Vec<(String, Diagnostic)>,
}

/// Reads a text with `value`, which is asked for what the whole text holds.
pub(crate) fn read<T: Default>(
    text: &str,
    value: impl FnOnce(&mut Reader<'_>, &Value<'_>) -> T,
) -> (T, Vec<LocatedDiagnostic>) {
    let mut diagnostics = Vec::new();
    // Keys that stand twice are reported object by object here, and by the parser of policies for
    // what is inside of one.
    let (value, found) = json::read(text, MAX_SCENARIO_BYTES, &mut diagnostics, |source| {
        let mut reader = Reader { text: source.text, whole: "scenario", found: Vec::new() };
        let value = source.tree.map(|tree| value(&mut reader, tree)).unwrap_or_default();
        json::retain_real(&mut reader.found, &source.made_up, |(_, diagnostic)| diagnostic.span);
        (value, reader.found)
    });
    let index = LineIndex::new(text);
    let whole = diagnostics.into_iter().map(|diagnostic| (String::new(), diagnostic));
    let (mut locations, diagnostics): (Vec<String>, Vec<Diagnostic>) = whole.chain(found).unzip();
    let diagnostics = limited(diagnostics);
    locations.resize(diagnostics.len(), String::new());
    let both = locations.into_iter().zip(diagnostics);
    let located =
        both.map(|(location, diagnostic)| LocatedDiagnostic::new(&location, diagnostic, text, &index)).collect();
    (value, located)
}

impl Reader<'_> {
    pub fn report(&mut self, at: &str, diagnostic: Diagnostic) {
        self.found.push((at.to_owned(), diagnostic));
    }

    pub fn wrong_type(&mut self, at: &str, value: &Value<'_>, wanted: &str) {
        let whole = format!("a {}", self.whole);
        let what = if at.is_empty() { &whole } else { at };
        let message = format!("{what} has to be {wanted}, not {}", json::kind(value));
        let diagnostic = Diagnostic::error("SCENARIO_WRONG_TYPE", json::span(value), message);
        self.report(at, diagnostic.help(format!("write {wanted}")));
    }

    /// The object, with every key outside `known` reported.
    pub fn object<'b, 'a>(&mut self, at: &str, value: &'b Value<'a>, known: &[&str]) -> Option<&'b Object<'a>> {
        let Value::Object(object) = value else {
            self.wrong_type(at, value, "an object");
            return None;
        };
        self.duplicates(at, object);
        for property in &object.properties {
            let (name, span) = json::name(property);
            if !known.contains(&name) {
                let whole = format!("a {}", self.whole);
                let message = format!("`{name}` is no field of {}", if at.is_empty() { &whole } else { at });
                let similar = known.iter().find(|known| known.eq_ignore_ascii_case(name));
                let help = similar
                    .map_or_else(|| format!("fields are {}", known.join(", ")), |name| format!("write \"{name}\""));
                self.report(at, Diagnostic::error("SCENARIO_UNKNOWN_FIELD", span, message).help(help));
            }
        }
        Some(object)
    }

    pub fn duplicates(&mut self, at: &str, object: &Object<'_>) {
        json::duplicates(object).into_iter().for_each(|diagnostic| self.report(at, diagnostic));
    }

    pub fn required<'b, 'a>(
        &mut self,
        at: &str,
        object: &'b Object<'a>,
        key: &str,
        help: &str,
    ) -> Option<&'b Value<'a>> {
        let found = json::get(object, key).map(|property| &property.value);
        if found.is_none() {
            let span = object.span;
            let whole = if at.is_empty() { format!("the {}", self.whole) } else { at.to_owned() };
            self.report(
                at,
                Diagnostic::error("SCENARIO_MISSING_FIELD", span, format!("{whole} has no \"{key}\"")).help(help),
            );
        }
        found
    }

    pub fn string(&mut self, at: &str, value: &Value<'_>) -> Option<String> {
        match json::string(value) {
            Some((text, _)) => Some(text.to_owned()),
            None => {
                self.wrong_type(at, value, "a string");
                None
            }
        }
    }

    pub fn optional(&mut self, at: &str, object: &Object<'_>, key: &str) -> Option<String> {
        let property = json::get(object, key)?;
        self.string(&join(at, key), &property.value)
    }

    pub fn flag(&mut self, at: &str, object: &Object<'_>, key: &str) -> bool {
        match json::get(object, key).map(|property| &property.value) {
            None => false,
            Some(Value::Boolean(value, _)) => *value,
            Some(other) => {
                self.wrong_type(&join(at, key), other, "true or false");
                false
            }
        }
    }

    /// A list, or a single item that stands for a list of one.
    pub fn items<'b, 'a>(value: &'b Value<'a>) -> Vec<&'b Value<'a>> {
        match value {
            Value::Array(array) => array.elements.iter().collect(),
            single => vec![single],
        }
    }

    /// The items of a member that has to be a list, each with its place.
    #[cfg(any(feature = "simulator", feature = "account"))]
    pub fn list<'b, 'a>(&mut self, at: &str, object: &'b Object<'a>, key: &str) -> Vec<(String, &'b Value<'a>)> {
        let Some(property) = json::get(object, key) else { return Vec::new() };
        let at = join(at, key);
        let Value::Array(array) = &property.value else {
            self.wrong_type(&at, &property.value, "a list");
            return Vec::new();
        };
        array.elements.iter().enumerate().map(|(index, item)| (format!("{at}[{index}]"), item)).collect()
    }

    pub fn strings(&mut self, at: &str, object: &Object<'_>, key: &str) -> Vec<String> {
        let Some(property) = json::get(object, key) else { return Vec::new() };
        let at = join(at, key);
        Self::items(&property.value).into_iter().filter_map(|item| self.string(&at, item)).collect()
    }

    /// The text that is read.
    #[cfg(any(feature = "simulator", feature = "cloudtrail"))]
    pub fn text(&self) -> &str {
        self.text
    }

    /// The value as it stands in the text.
    pub fn raw(&self, value: &Value<'_>) -> String {
        json::span(value).of(self.text).to_owned()
    }

    /// The text of a document; of an object, its own part of the scenario's text.
    pub fn document(&mut self, at: &str, value: &Value<'_>) -> Option<String> {
        match value {
            Value::String(text, _) => Some(text.clone().into_owned()),
            Value::Object(_) => Some(self.raw(value)),
            _ => {
                self.wrong_type(at, value, "a policy document: an object, or its text as a string");
                None
            }
        }
    }
}

/// The place of a member of the object at `at`.
pub(crate) fn join(at: &str, key: &str) -> String {
    if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") }
}
