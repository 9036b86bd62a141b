//! Condition values and variables in words.

use super::keys;
use super::phrase::quoted;
use crate::policy::variable::{Piece, Template, Variable};
use crate::policy::{ValueType, Version};
use crate::value as typed;

/// A condition value as it is written.
pub(super) enum Written {
    /// Text that stands for itself.
    Exact(String),
    /// A single variable, in words.
    Variable(String),
    /// Text in which wildcards count.
    Pattern(String),
    /// Nothing that the operator can compare with.
    Bad,
}

impl Written {
    pub fn text(&self) -> &str {
        match self {
            Self::Exact(text) | Self::Variable(text) | Self::Pattern(text) => text,
            Self::Bad => "",
        }
    }
}

/// Reads a value of an operator; what its variables stand for goes to the notes.
pub(super) fn read(text: &str, value_type: ValueType, version: Version, notes: &mut Vec<String>) -> Written {
    let wild = matches!(value_type, ValueType::Pattern | ValueType::Arn);
    if value_type.takes_variables() && text.contains("${") && version == Version::V2012 {
        let Ok(template) = Template::parse(text, version) else { return Written::Bad };
        return match &*template.pieces {
            [Piece::Variable(variable)] => Written::Variable(of_variable(variable)),
            pieces if pieces.iter().any(|piece| matches!(piece, Piece::Variable(_))) => {
                explain(&template, notes);
                escapes(text, notes);
                if wild { Written::Pattern(text.to_owned()) } else { Written::Exact(text.to_owned()) }
            }
            _ if wild => {
                escapes(text, notes);
                Written::Pattern(text.to_owned())
            }
            pieces => Written::Exact(pieces.iter().map(literal).collect()),
        };
    }
    let good = match value_type {
        ValueType::Number => typed::Decimal::parse(text).is_some(),
        ValueType::Date => typed::date(text).is_some(),
        ValueType::Bool | ValueType::Null => typed::boolean(text).is_some(),
        ValueType::Binary => typed::binary(text).is_some(),
        ValueType::Address => typed::network(text).is_some(),
        ValueType::Arn => text.split(':').count() >= 6,
        ValueType::Text | ValueType::Pattern => true,
    };
    if !good {
        Written::Bad
    } else if wild && text.contains(['*', '?']) {
        Written::Pattern(text.to_owned())
    } else {
        Written::Exact(text.to_owned())
    }
}

fn literal(piece: &Piece) -> &str {
    match piece {
        Piece::Raw(text) => text,
        Piece::Literal(text) => text,
        Piece::Variable(_) => "",
    }
}

/// A variable in words.
fn of_variable(variable: &Variable) -> String {
    let noun = keys::find(variable.key.as_str()).noun;
    match &variable.default {
        Some(default) => format!("{noun} (without it, {})", quoted(default)),
        None => noun,
    }
}

/// Says what the variables of a text stand for.
pub(super) fn explain(template: &Template, notes: &mut Vec<String>) {
    for piece in &template.pieces {
        let Piece::Variable(variable) = piece else { continue };
        let name = variable.key.as_str();
        let default = variable.default.as_ref().map(|text| format!(", '{text}'")).unwrap_or_default();
        let noun = keys::find(name).noun;
        let noun = if noun.eq_ignore_ascii_case(name) { format!("the request's value of {name}") } else { noun };
        let without = match &variable.default {
            Some(text) => format!("; without it, {}", quoted(text)),
            None => "; without it, the value matches nothing".into(),
        };
        let note = format!("${{{name}{default}}} stands for {noun}{without}.");
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
}

/// Says what the escapes of a text stand for, where it is shown as written (SPEC 2.5).
pub(super) fn escapes(text: &str, notes: &mut Vec<String>) {
    for (escape, character) in [("${*}", "*"), ("${?}", "?"), ("${$}", "$")] {
        let note = format!("{escape} stands for the character {character}.");
        if text.contains(escape) && !notes.contains(&note) {
            notes.push(note);
        }
    }
}

/// What kind of pattern all values are, as a verb with its objects.
pub(super) fn verb(values: &[Written]) -> (&'static str, Vec<String>) {
    let mut verb = "";
    let mut words = Vec::with_capacity(values.len());
    for value in values {
        let (kind, word) = shape(value);
        if verb.is_empty() || verb == kind {
            verb = kind;
            words.push(word);
        } else {
            // Of different kinds: an exact value matches itself as a pattern.
            return ("matches", values.iter().map(whole).collect());
        }
    }
    (verb, words)
}

fn whole(value: &Written) -> String {
    match value {
        Written::Exact(text) | Written::Pattern(text) => shown(text),
        other => other.text().to_owned(),
    }
}

/// ARNs stand as they are, other text in quotation marks.
fn shown(text: &str) -> String {
    if text.starts_with("arn:") && !text.contains(' ') { text.to_owned() } else { quoted(text) }
}

fn shape(value: &Written) -> (&'static str, String) {
    let text = match value {
        Written::Pattern(text) => text,
        Written::Variable(noun) => return ("is", format!("the same as {noun}")),
        other => return ("is", whole(other)),
    };
    let inner = text.trim_matches('*');
    let plain = !inner.is_empty() && !inner.contains(['*', '?']) && !inner.contains("${");
    let stars = text.len() - inner.len();
    // A star in one of the first five parts of an ARN stays in its part.
    let arn = text.starts_with("arn:") && text.matches(':').count() < 5;
    match (text.starts_with('*'), text.ends_with('*')) {
        (false, true) if plain && stars == 1 && !arn => ("starts with", shown(inner)),
        (true, false) if plain && stars == 1 && !inner.contains(':') => ("ends with", shown(inner)),
        (true, true) if plain && stars == 2 && !inner.contains(':') => ("contains", shown(inner)),
        _ => ("matches", shown(text)),
    }
}
