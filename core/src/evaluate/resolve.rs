//! Policy variables and the request's values for them (SPEC 3).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use crate::context::{ContextEntry, RequestContext};
use crate::glob::{Pattern, Reach};
use crate::policy::variable::{Piece, Template, Variable};

/// The outcome of replacing variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resolved<T> {
    Value(T),
    /// A variable has no value and no default (SPEC V-08, V-09).
    Missing,
    /// A variable's key is unknown.
    Unknown,
}

/// The value of a variable: of single-valued keys only (SPEC V-06).
pub(crate) fn variable<'a>(variable: &'a Variable, context: &'a RequestContext) -> Resolved<&'a str> {
    match (context.get(&variable.key), &variable.default) {
        (ContextEntry::Single(value), _) => Resolved::Value(value),
        (ContextEntry::Unknown, _) => Resolved::Unknown,
        (ContextEntry::Absent | ContextEntry::Multiple(_), Some(default)) => Resolved::Value(default),
        (ContextEntry::Absent | ContextEntry::Multiple(_), None) => Resolved::Missing,
    }
}

/// Whether all variables of a template have values.
pub(crate) fn outcome(template: &Template, context: &RequestContext) -> Resolved<()> {
    let mut outcome = Resolved::Value(());
    for piece in &template.pieces {
        let Piece::Variable(of) = piece else { continue };
        match variable(of, context) {
            Resolved::Value(_) => {}
            Resolved::Missing => return Resolved::Missing,
            Resolved::Unknown => outcome = Resolved::Unknown,
        }
    }
    outcome
}

/// Whether a pattern covers a text, if its variables have values; `fixed` as in [`Pattern::matches_from`].
pub(crate) fn matches(pattern: &Pattern<'_>, fixed: u32, text: &str) -> Resolved<bool> {
    let outcome = pattern.template.map_or(Resolved::Value(()), |(template, context)| outcome(template, context));
    match outcome {
        Resolved::Value(()) => Resolved::Value(pattern.matches_from(fixed as usize, text)),
        Resolved::Missing => Resolved::Missing,
        // The rest of the pattern may rule the text out whatever the value is. The value may hold colons,
        // so nothing that confines wildcards counts here.
        Resolved::Unknown => {
            let reach = if pattern.reach == Reach::Resource { Reach::Free } else { pattern.reach };
            let possible = Pattern { reach, ..*pattern };
            if possible.matches(text) { Resolved::Unknown } else { Resolved::Value(false) }
        }
    }
}

/// The template's text.
pub(crate) fn text(template: &Template, context: &RequestContext) -> Resolved<String> {
    let mut text = String::new();
    let outcome = outcome(template, context);
    for piece in &template.pieces {
        match piece {
            Piece::Raw(raw) => text.push_str(raw),
            Piece::Literal(character) => text.push_str(character),
            Piece::Variable(of) => match variable(of, context) {
                Resolved::Value(value) => text.push_str(value),
                Resolved::Missing | Resolved::Unknown => {}
            },
        }
    }
    match outcome {
        Resolved::Value(()) => Resolved::Value(text),
        Resolved::Missing => Resolved::Missing,
        Resolved::Unknown => Resolved::Unknown,
    }
}

/// The text for display: variables replaced where they have a value.
pub(crate) fn display(written: &str, template: &Template, context: &RequestContext) -> String {
    match text(template, context) {
        Resolved::Value(text) => text,
        Resolved::Missing | Resolved::Unknown => written.to_owned(),
    }
}

/// Of a variable that has no value, whether its key is unknown; then it may have a default.
pub(crate) fn open(variable: &Variable, context: &RequestContext) -> Option<bool> {
    match context.get(&variable.key) {
        ContextEntry::Unknown => Some(true),
        ContextEntry::Single(_) => None,
        _ => variable.default.is_none().then_some(false),
    }
}
