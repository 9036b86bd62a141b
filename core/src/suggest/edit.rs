//! Edits of a document's text that keep its layout.

use crate::json;
use crate::json::{Object, Value};
use crate::scenario::TextRange;
use crate::span::Span;

/// A part of a text and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The part, in bytes.
    pub span: Span,
    /// What takes its place.
    pub new_text: String,
}

impl Edit {
    fn new(span: Span, new_text: String) -> Self {
        Self { span, new_text }
    }

    fn insert(at: u32, new_text: String) -> Self {
        Self { span: Span { start: at, end: at }, new_text }
    }
}

/// A text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// The text with a range of it, in UTF-16 units, replaced; nothing if the range does not fit.
pub(super) fn replace(text: &str, range: TextRange, new_text: &str) -> Option<String> {
    let byte = |wanted: u32| {
        let mut units = 0;
        for (offset, character) in text.char_indices() {
            if units == wanted {
                return Some(offset);
            }
            units += character.len_utf16() as u32;
        }
        (units == wanted).then_some(text.len())
    };
    let (before, after) = (text.get(..byte(range.start.offset)?)?, text.get(byte(range.end.offset)?..)?);
    Some(format!("{before}{new_text}{after}"))
}

/// A document's text as a tree.
pub(crate) struct Document<'t> {
    text: &'t str,
    tree: Value<'t>,
}

impl<'t> Document<'t> {
    pub fn read(text: &'t str) -> Option<Self> {
        Some(Self { text, tree: json::tree(text)? })
    }

    /// The object of a statement.
    fn statement(&self, index: usize) -> Option<&Object<'t>> {
        match &json::get(self.tree.as_object()?, "Statement")?.value {
            Value::Array(list) => list.elements.get(index)?.as_object(),
            single if index == 0 => single.as_object(),
            _ => None,
        }
    }

    /// Adds a value to the list at a path below a statement, such as `["Principal", "AWS"]`; makes
    /// the list where there is none.
    pub fn add(&self, statement: usize, path: &[&str], value: &str) -> Option<Edit> {
        let mut object = self.statement(statement)?;
        let (last, parents) = path.split_last()?;
        for (depth, name) in parents.iter().enumerate() {
            match json::get(object, name) {
                Some(property) => object = property.value.as_object()?,
                None => {
                    let inner = path.get(depth + 1..)?;
                    let nested = inner
                        .iter()
                        .rev()
                        .fold(quoted(value), |inner, name| format!("{{ {}: {inner} }}", quoted(name)));
                    return self.add_property(object, name, &nested);
                }
            }
        }
        match json::get(object, last).map(|property| &property.value) {
            None => self.add_property(object, last, &quoted(value)),
            Some(Value::Array(list)) => Some(match list.elements.last() {
                None => Edit::new(list.span, format!("[{}]", quoted(value))),
                Some(item) => {
                    let item = json::span(item);
                    Edit::insert(item.end, format!("{}{}", self.separator(item.start), quoted(value)))
                }
            }),
            Some(single) => {
                let span = json::span(single);
                Some(Edit::new(span, format!("[{}, {}]", span.of(self.text), quoted(value))))
            }
        }
    }

    /// Takes one value out of the list at a path below a statement, unless it is the only one.
    pub fn remove(&self, statement: usize, path: &[&str], index: usize) -> Option<Edit> {
        let mut object = self.statement(statement)?;
        let (last, parents) = path.split_last()?;
        for name in parents {
            object = json::get(object, name)?.value.as_object()?;
        }
        let Value::Array(list) = &json::get(object, last)?.value else { return None };
        if list.elements.len() < 2 {
            return None;
        }
        let span = json::span(list.elements.get(index)?);
        let span =
            match (index.checked_sub(1).and_then(|before| list.elements.get(before)), list.elements.get(index + 1)) {
                (Some(before), _) => Span { start: json::span(before).end, end: span.end },
                (None, Some(after)) => Span { start: span.start, end: json::span(after).start },
                (None, None) => return None,
            };
        Some(Edit::new(span, String::new()))
    }

    /// Sets the language version to the current one.
    #[cfg(feature = "validate")]
    pub fn set_version(&self) -> Option<Vec<Edit>> {
        let root = self.tree.as_object()?;
        let version = "\"2012-10-17\"";
        if let Some(property) = json::get(root, "Version") {
            return Some(vec![Edit::new(json::span(&property.value), version.to_owned())]);
        }
        let first = json::name(root.properties.first()?).1.start;
        Some(vec![Edit::insert(first, format!("\"Version\": {version}{}", self.separator(first)))])
    }

    /// Takes an element out of the document itself.
    #[cfg(feature = "validate")]
    pub fn remove_top(&self, name: &str) -> Option<Vec<Edit>> {
        without(self.tree.as_object()?, name)
    }

    /// Takes what stands at a path below a statement out, and the objects that would then be empty.
    #[cfg(feature = "validate")]
    pub fn remove_property(&self, statement: usize, path: &[&str]) -> Option<Vec<Edit>> {
        let mut object = self.statement(statement)?;
        let mut target = (object, *path.first()?);
        for name in path.get(..path.len() - 1)? {
            if object.properties.len() > 1 {
                target = (object, name);
            }
            object = json::get(object, name)?.value.as_object()?;
        }
        let last = path.last()?;
        if object.properties.len() > 1 || path.len() == 1 {
            target = (object, last);
        }
        json::get(object, last)?;
        without(target.0, target.1)
    }

    /// Takes a whole statement out, unless it is the only one.
    #[cfg(feature = "validate")]
    pub fn remove_statement(&self, statement: usize) -> Option<Vec<Edit>> {
        let value = &json::get(self.tree.as_object()?, "Statement")?.value;
        let Value::Array(list) = value else { return None };
        let spans: Vec<Span> = list.elements.iter().map(json::span).collect();
        cut(&spans, statement)
    }

    /// Adds a statement behind the others.
    pub fn add_statement(&self, statement: &str) -> Option<Edit> {
        let root = self.tree.as_object()?;
        let value = &json::get(root, "Statement")?.value;
        let span = json::span(value);
        Some(match value {
            Value::Array(list) => match list.elements.last() {
                None => Edit::new(span, format!("[{statement}]")),
                Some(item) => {
                    let item = json::span(item);
                    Edit::insert(item.end, format!("{}{statement}", self.separator(item.start)))
                }
            },
            _ => Edit::new(span, format!("[{}, {statement}]", span.of(self.text))),
        })
    }

    fn add_property(&self, object: &Object<'t>, name: &str, value: &str) -> Option<Edit> {
        let property = format!("{}: {value}", quoted(name));
        Some(match object.properties.last() {
            None => Edit::new(object.span, format!("{{ {property} }}")),
            Some(last) => {
                let start = json::name(last).1.start;
                Edit::insert(json::span(&last.value).end, format!("{}{property}", self.separator(start)))
            }
        })
    }

    /// The comma and white space in front of an item that follows the one at `start`: a new line
    /// with the same indentation, if that one begins its line.
    fn separator(&self, start: u32) -> String {
        let before = self.text.get(..start as usize).unwrap_or_default();
        let line = before.rfind('\n').map_or(before, |at| before.get(at + 1..).unwrap_or_default());
        if line.len() < before.len() && line.chars().all(|character| character == ' ' || character == '\t') {
            format!(",\n{line}")
        } else {
            ", ".to_owned()
        }
    }
}

/// Takes a property out of an object, unless it is the only one.
#[cfg(feature = "validate")]
fn without(object: &Object<'_>, name: &str) -> Option<Vec<Edit>> {
    let spans: Vec<Span> = object
        .properties
        .iter()
        .map(|property| Span { start: json::name(property).1.start, end: json::span(&property.value).end })
        .collect();
    cut(&spans, object.properties.iter().position(|property| json::name(property).0 == name)?)
}

/// Takes one of several items out, with a comma.
#[cfg(feature = "validate")]
fn cut(items: &[Span], index: usize) -> Option<Vec<Edit>> {
    let span = *items.get(index)?;
    let span = match (index.checked_sub(1).and_then(|before| items.get(before)), items.get(index + 1)) {
        (Some(before), _) => Span { start: before.end, end: span.end },
        (None, Some(after)) => Span { start: span.start, end: after.start },
        (None, None) => return None,
    };
    Some(vec![Edit::new(span, String::new())])
}
