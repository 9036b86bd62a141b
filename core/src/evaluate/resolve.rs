//! Policy variables replaced by the request's values (SPEC 3).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use crate::context::{ContextEntry, KeyName, RequestContext};
use crate::glob::{Glob, GlobBuilder};
use crate::policy::variable::{Piece, Template};

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
fn variable<'a>(key: &KeyName, default: Option<&'a String>, context: &'a RequestContext) -> Resolved<&'a str> {
    match (context.get(key), default) {
        (ContextEntry::Single(value), _) => Resolved::Value(value),
        (ContextEntry::Unknown, _) => Resolved::Unknown,
        (ContextEntry::Absent | ContextEntry::Multiple(_), Some(default)) => Resolved::Value(default),
        (ContextEntry::Absent | ContextEntry::Multiple(_), None) => Resolved::Missing,
    }
}

/// Replaces the variables and hands on each piece: text, and whether wildcards count in it.
fn pieces(template: &Template, context: &RequestContext, mut each: impl FnMut(&str, bool)) -> Resolved<()> {
    let mut outcome = Resolved::Value(());
    for piece in &template.pieces {
        match piece {
            Piece::Raw(text) => each(text, true),
            Piece::Literal(character) => each(character.encode_utf8(&mut [0; 4]), false),
            Piece::Variable { key, default } => match variable(key, default.as_ref(), context) {
                Resolved::Value(text) => each(text, false),
                Resolved::Missing => outcome = Resolved::Missing,
                Resolved::Unknown if outcome == Resolved::Missing => {}
                Resolved::Unknown => outcome = Resolved::Unknown,
            },
        }
    }
    outcome
}

/// The template's text, for operators without wildcards.
pub(crate) fn text(template: &Template, context: &RequestContext) -> Resolved<String> {
    let mut text = String::new();
    match pieces(template, context, |piece, _| text.push_str(piece)) {
        Resolved::Value(()) => Resolved::Value(text),
        Resolved::Missing => Resolved::Missing,
        Resolved::Unknown => Resolved::Unknown,
    }
}

/// The template as a glob; substituted text is literal (SPEC V-13).
pub(crate) fn glob(template: &Template, resource_arn: bool, context: &RequestContext) -> Resolved<Glob> {
    let mut builder = GlobBuilder::new(resource_arn);
    let outcome = pieces(
        template,
        context,
        |piece, wildcards| {
            if wildcards { builder.pattern(piece) } else { builder.literal(piece) }
        },
    );
    match outcome {
        Resolved::Value(()) => Resolved::Value(builder.build()),
        Resolved::Missing => Resolved::Missing,
        Resolved::Unknown => Resolved::Unknown,
    }
}

/// The glob of a template without variables.
pub(crate) fn fixed_glob(template: &Template) -> Option<Glob> {
    resource_glob(template, false)
}

/// The glob of a template without variables, confined as [`GlobBuilder::new`] says.
pub(crate) fn resource_glob(template: &Template, resource_arn: bool) -> Option<Glob> {
    match glob(template, resource_arn, &RequestContext::new()) {
        Resolved::Value(glob) if template.keys().next().is_none() => Some(glob),
        _ => None,
    }
}

/// The text for display: variables replaced where they have a value.
pub(crate) fn display(written: &str, template: &Template, context: &RequestContext) -> String {
    match text(template, context) {
        Resolved::Value(text) => text,
        Resolved::Missing | Resolved::Unknown => written.to_owned(),
    }
}
