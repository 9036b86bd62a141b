//! JSON text to a tree with spans: over the tokens of the `jsonc-parser` crate, made strict and made to go on.

mod repair;
mod syntax;
mod tree;

use crate::context::fold;
use crate::diagnostic::Diagnostic;
use crate::seen;
use crate::span::Span;
use repair::Repair;
use tree::Leniency;

pub(crate) use tree::{Object, Property, Value};

/// The deepest nesting of objects and lists that is read; policies need seven levels.
pub const MAX_NESTING: usize = 32;

/// Reads `text` and hands its tree to `then`.
///
/// Reading goes on after syntax errors where it can, so that further problems show too.
pub(crate) fn read<R>(
    text: &str,
    max_bytes: usize,
    diagnostics: &mut Vec<Diagnostic>,
    then: impl FnOnce(Source<'_>) -> R,
) -> R {
    let nothing = Source { tree: None, text, made_up: Vec::new() };
    if text.len() > max_bytes {
        let message = format!("the text has {} bytes, more than the {max_bytes} that are read", text.len());
        let diagnostic = Diagnostic::error("DOCUMENT_TOO_LARGE", Span::new(max_bytes, text.len()), message);
        diagnostics.push(diagnostic.help("shorten it, or split it"));
        return then(nothing);
    }
    if text.trim().is_empty() {
        let diagnostic = Diagnostic::error("JSON_SYNTAX_ERROR", Span::new(0, text.len()), "the text is empty");
        diagnostics.push(diagnostic.help("start with { and \"Version\": \"2012-10-17\""));
        return then(nothing);
    }
    if let Ok(parsed) = tree::parse(text, Leniency::default()) {
        if !parsed.is_plain {
            scan(text, diagnostics, None);
        }
        return then(Source { tree: parsed.tree.as_ref(), ..nothing });
    }
    let repair = Repair::new(text, diagnostics);
    let read = repair.as_ref().and_then(|repair| Some((repair.text(), repair.tree(diagnostics)?)));
    for diagnostic in diagnostics.iter_mut() {
        diagnostic.span = diagnostic.span.within(text.len());
    }
    match read {
        None => then(nothing),
        Some((text, (tree, made_up))) => then(Source { tree: Some(&tree), text, made_up }),
    }
}

/// The tree of a text that is known to be JSON.
#[cfg(feature = "serde")]
pub(crate) fn tree(text: &str) -> Option<Value<'_>> {
    tree::parse(text, Leniency::default()).ok()?.tree
}

/// What was read.
pub(crate) struct Source<'s> {
    /// The tree, if there is one.
    pub tree: Option<&'s Value<'s>>,
    /// The text that the tree's spans speak of: the given one, or a copy of it with syntax errors
    /// mended, in which everything has its place, though brackets may have been added at the end.
    pub text: &'s str,
    /// Values that only stand for ones that could not be read, so that nothing is to be said about them.
    pub made_up: Vec<Span>,
}

/// Takes out what was found in values that only stand for ones that could not be read.
pub(crate) fn retain_real<T>(found: &mut Vec<T>, made_up: &[Span], span: impl Fn(&T) -> Span) {
    found.retain(|item| {
        let span = span(item);
        !made_up.iter().any(|value| value.start <= span.start && span.end <= value.end)
    });
}

/// What RFC 8259 refuses and the parser lets through: control characters inside strings, a byte
/// order mark, and white space other than blank, tab and line end between tokens. With a repair,
/// strings that are not closed on their line are reported and closed there.
fn scan(text: &str, diagnostics: &mut Vec<Diagnostic>, mut repair: Option<&mut Repair>) {
    let mut error = |start, end, message: String, help: &str| {
        diagnostics.push(Diagnostic::error("JSON_SYNTAX_ERROR", Span::new(start, end), message).help(help));
    };
    let mut inside = Inside::Nothing;
    let mut escaped = false;
    let mut characters = text.char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let end = offset + character.len_utf8();
        let line_end = matches!(character, '\n' | '\r');
        match inside {
            Inside::String(start) if line_end && repair.is_some() => {
                error(start, offset, "this string is not closed".into(), "add the missing \"");
                repair.iter_mut().for_each(|repair| repair.close_string(start, offset));
                inside = Inside::Nothing;
            }
            Inside::String(_) => {
                if character < ' ' {
                    let name = if character == '\n' {
                        "line end".into()
                    } else {
                        format!("control character U+{:04X}", character as u32)
                    };
                    let message = format!("a {name} stands unescaped inside a string");
                    error(offset, end, message, "close the string with \" first, or write \\n, \\t or \\u00XX");
                }
                if character == '"' && !escaped {
                    inside = Inside::Nothing;
                }
                escaped = !escaped && character == '\\';
            }
            Inside::SingleQuotes if line_end || character == '\'' => inside = Inside::Nothing,
            Inside::Line if line_end => inside = Inside::Nothing,
            Inside::Block if character == '*' && next == Some('/') => {
                characters.next();
                inside = Inside::Nothing;
            }
            Inside::SingleQuotes | Inside::Line | Inside::Block => {}
            Inside::Nothing => match (character, next) {
                ('"', _) => (inside, escaped) = (Inside::String(offset), false),
                ('\'', _) => inside = Inside::SingleQuotes,
                ('/', Some('/')) => inside = Inside::Line,
                ('/', Some('*')) => {
                    characters.next();
                    inside = Inside::Block;
                }
                ('\u{feff}', _) => {
                    let message = "a byte order mark (U+FEFF) stands in the text".into();
                    error(offset, end, message, "save the file as UTF-8 without byte order mark");
                    repair.iter_mut().for_each(|repair| repair.blank(offset, end));
                }
                _ if character.is_whitespace() && !matches!(character, ' ' | '\t' | '\n' | '\r') => {
                    let message = format!("U+{:04X} is no white space in JSON", character as u32);
                    error(offset, end, message, "use an ordinary blank");
                    repair.iter_mut().for_each(|repair| repair.blank(offset, end));
                }
                _ => {}
            },
        }
    }
    if let (Inside::String(start), Some(repair)) = (inside, repair) {
        error(start, text.len(), "this string is not closed".into(), "add the missing \"");
        repair.close_string(start, text.len());
    }
}

/// What a character stands in.
#[derive(Clone, Copy)]
enum Inside {
    Nothing,
    String(usize),
    SingleQuotes,
    Line,
    Block,
}

/// Reports keys that occur twice in one object (SPEC G-08) and nesting that is too deep, everywhere
/// below `value`.
pub(crate) fn check_tree(value: &Value<'_>, diagnostics: &mut Vec<Diagnostic>) {
    check_level(value, 1, diagnostics);
}

fn check_level(value: &Value<'_>, depth: usize, diagnostics: &mut Vec<Diagnostic>) {
    if depth > MAX_NESTING {
        let message = format!("nesting is deeper than {MAX_NESTING} levels");
        diagnostics.push(
            Diagnostic::error("NESTING_TOO_DEEP", span(value), message)
                .help("a policy needs no more than seven levels"),
        );
        return;
    }
    match value {
        Value::Object(object) => {
            diagnostics.extend(duplicates(object));
            object.properties.iter().for_each(|property| check_level(&property.value, depth + 1, diagnostics));
        }
        Value::Array(array) => array.elements.iter().for_each(|item| check_level(item, depth + 1, diagnostics)),
        _ => {}
    }
}

/// A diagnostic for each key of the object that stood there before.
pub(crate) fn duplicates(object: &Object<'_>) -> Vec<Diagnostic> {
    let properties = object.properties.as_slice();
    // Most objects have few keys, among which a look is faster than sorting them.
    let few = properties.len() <= 16;
    let stands_before = |index: usize, key: &str| properties.iter().take(index).any(|other| name(other).0 == key);
    let mut again = Vec::new();
    if !few {
        let names: Vec<&str> = properties.iter().map(|property| name(property).0).collect();
        again = seen::again(&names);
    }
    let mut found = Vec::new();
    for (index, property) in properties.iter().enumerate() {
        let (name, at) = name(property);
        if few && stands_before(index, name) || again.get(index) == Some(&true) {
            let message = format!("the key `{name}` stands twice in this object");
            found.push(Diagnostic::error("DUPLICATE_KEY", at, message).help("merge the two, or remove one"));
        }
    }
    found
}

/// For each key of the object whether it stood there before, but only in other spellings of case.
pub(crate) fn in_other_case(object: &Object<'_>) -> Vec<bool> {
    if object.properties.len() < 2 {
        return Vec::new();
    }
    let names: Vec<&str> = object.properties.iter().map(|property| name(property).0).collect();
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
    let mut again = seen::again(&folded);
    // Of a key that stands twice in the same spelling the general check speaks.
    for (again, same) in again.iter_mut().zip(seen::again(&names)) {
        *again &= !same;
    }
    again
}

/// The span of a value, quotes and brackets included.
pub(crate) fn span(value: &Value<'_>) -> Span {
    match value {
        Value::Object(object) => object.span,
        Value::Array(array) => array.span,
        Value::String(_, span) | Value::Number(span) | Value::Boolean(_, span) | Value::Null(span) => *span,
    }
}

/// The name of a property, and the span of that name with its quotes.
pub(crate) fn name<'b>(property: &'b Property<'_>) -> (&'b str, Span) {
    (&property.name, property.name_span)
}

/// The first property of that name.
pub(crate) fn get<'b, 'a>(object: &'b Object<'a>, key: &str) -> Option<&'b Property<'a>> {
    object.properties.iter().find(|property| name(property).0 == key)
}

/// What kind of value this is, in the words of a message.
pub(crate) fn kind(value: &Value<'_>) -> &'static str {
    match value {
        Value::String(..) => "a string",
        Value::Number(_) => "a number",
        Value::Boolean(..) => "a boolean",
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::Null(_) => "null",
    }
}

/// The value and span of a string.
pub(crate) fn string<'b>(value: &'b Value<'_>) -> Option<(&'b str, Span)> {
    match value {
        Value::String(text, span) => Some((text, *span)),
        _ => None,
    }
}

/// The span of the decoded bytes `from..to` of a string literal that stands at `literal` in `text`.
pub(crate) fn span_inside(text: &str, literal: Span, from: usize, to: usize) -> Span {
    let raw = literal.of(text);
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
    let base = literal.start as usize + 1;
    let (mut start, mut end) = (None, None);
    let (mut decoded, mut offset) = (0, 0);
    while offset < inner.len() {
        if decoded >= from && start.is_none() {
            start = Some(offset);
        }
        if decoded >= to && end.is_none() {
            end = Some(offset);
        }
        let rest = inner.get(offset..).unwrap_or_default();
        let (raw_length, length) = escape_length(rest);
        offset += raw_length;
        decoded += length;
    }
    let start = start.unwrap_or(inner.len());
    Span::new(base + start, base + end.unwrap_or(inner.len()).max(start))
}

/// The length of the first character of a string's raw text, and of what it decodes to, in bytes.
fn escape_length(raw: &str) -> (usize, usize) {
    let hex = |at: usize| raw.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let mut characters = raw.chars();
    match (characters.next(), characters.next()) {
        (Some('\\'), Some('u')) => match (hex(2), raw.get(6..8), hex(8)) {
            (Some(0xD800..0xDC00), Some("\\u"), Some(_)) => (12, 4),
            (Some(unit), _, _) => (6, char::from_u32(unit).map_or(3, char::len_utf8)),
            (None, _, _) => (2, 1),
        },
        (Some('\\'), Some(second)) => (1 + second.len_utf8(), 1),
        (Some(first), _) => (first.len_utf8(), first.len_utf8()),
        (None, _) => (1, 1),
    }
}
