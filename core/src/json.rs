//! JSON text to a tree with spans: the `jsonc-parser` crate, made strict and made to go on.

use crate::diagnostic::Diagnostic;
use crate::span::Span;
use jsonc_parser::ast::{Object, ObjectProp, ObjectPropName, StringLit, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// The deepest nesting of objects and lists that is read; policies need seven levels.
pub const MAX_NESTING: usize = 32;

/// Reads `text`. After a syntax error that leaves no doubt about what was meant (a missing or an
/// extra comma, a comment, a single-quoted string) reading goes on, so that further problems show too.
pub(crate) fn read<'a>(text: &'a str, max_bytes: usize, diagnostics: &mut Vec<Diagnostic>) -> Option<Value<'a>> {
    if text.len() > max_bytes {
        let message = format!("the text has {} bytes, more than the {max_bytes} that are read", text.len());
        diagnostics.push(Diagnostic::error("DOCUMENT_TOO_LARGE", Span::new(max_bytes, text.len()), message));
        return None;
    }
    if text.trim().is_empty() {
        let diagnostic = Diagnostic::error("JSON_SYNTAX_ERROR", Span::new(0, text.len()), "the text is empty");
        diagnostics.push(diagnostic.help("start with { and \"Version\": \"2012-10-17\""));
        return None;
    }
    check_characters(text, diagnostics);
    match parse_to_ast(text, &CollectOptions::default(), &options(false)) {
        Ok(result) => result.value,
        Err(error) => {
            diagnostics.push(syntax_error(&error));
            let lenient = parse_to_ast(text, &CollectOptions::default(), &options(true));
            lenient.ok().and_then(|result| result.value)
        }
    }
}

fn options(lenient: bool) -> ParseOptions {
    ParseOptions {
        allow_comments: lenient,
        allow_loose_object_property_names: lenient,
        allow_trailing_commas: lenient,
        allow_missing_commas: lenient,
        allow_single_quoted_strings: lenient,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: lenient,
        allow_bare_decimal_point_numbers: lenient,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// What RFC 8259 refuses and the parser lets through: control characters inside strings,
/// and white space other than blank, tab and line end between tokens.
fn check_characters(text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let mut in_string = false;
    let mut escaped = false;
    for (offset, character) in text.char_indices() {
        let span = Span::new(offset, offset + character.len_utf8());
        if in_string {
            if character < ' ' {
                let name = if character == '\n' {
                    "line end".into()
                } else {
                    format!("control character U+{:04X}", character as u32)
                };
                let message = format!("a {name} stands unescaped inside a string");
                diagnostics.push(
                    Diagnostic::error("JSON_SYNTAX_ERROR", span, message)
                        .help("close the string with \" first, or write \\n, \\t or \\u00XX"),
                );
            }
            // A string that is cut off by the end of its line is closed there, to go on with the next.
            in_string = character != '\n' && (escaped || character != '"');
            escaped = !escaped && character == '\\';
        } else if character == '"' {
            in_string = true;
            escaped = false;
        } else if character == '\u{feff}' {
            let message = "a byte order mark (U+FEFF) stands before the text";
            diagnostics
                .push(Diagnostic::error("JSON_SYNTAX_ERROR", span, message).help("save the file as UTF-8 without BOM"));
        } else if character.is_whitespace() && !matches!(character, ' ' | '\t' | '\n' | '\r') {
            let message = format!("U+{:04X} is no white space in JSON", character as u32);
            diagnostics.push(Diagnostic::error("JSON_SYNTAX_ERROR", span, message).help("use an ordinary blank"));
        }
    }
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
    let mut seen = std::collections::BTreeSet::new();
    let again = object.properties.iter().map(name).filter(|(name, _)| !seen.insert(*name));
    let report = |(name, at)| {
        let message = format!("the key `{name}` stands twice in this object");
        Diagnostic::error("DUPLICATE_KEY", at, message).help("merge the two, or remove one")
    };
    again.map(report).collect()
}

fn syntax_error(error: &ParseError) -> Diagnostic {
    use ParseErrorKind as Kind;
    let (message, help) = match error.kind() {
        Kind::TrailingCommasNotAllowed => ("a comma stands after the last item", "remove the comma"),
        Kind::ExpectedComma => ("a comma is missing between two items", "put a comma before this item"),
        Kind::CommentsNotAllowed => {
            ("JSON has no comments", "remove the comment; a Sid can say what a statement is for")
        }
        Kind::SingleQuotedStringsNotAllowed => ("a string stands in single quotes", "use double quotes"),
        Kind::ExpectedStringObjectProperty => ("a key stands without quotes", "put it in double quotes"),
        Kind::ExpectedColonAfterObjectKey => ("a colon is missing after this key", "write \"key\": value"),
        Kind::ExpectedObjectValue => ("a value is missing after the colon", "write a string, a list or an object here"),
        Kind::MultipleRootJsonValues => {
            ("there is text after the end of the document", "remove it; one document is one JSON object")
        }
        Kind::UnterminatedObject => ("this object is not closed", "add the missing }"),
        Kind::UnterminatedArray => ("this list is not closed", "add the missing ]"),
        Kind::UnterminatedCommentBlock => ("this comment is not closed", "remove it; JSON has no comments"),
        Kind::UnexpectedCloseBrace => ("a } closes nothing here", "remove it, or add the missing value before it"),
        Kind::UnexpectedCloseBracket => ("a ] closes nothing here", "remove it, or add the missing value before it"),
        Kind::UnexpectedComma => ("a comma stands where a value should be", "remove it, or write the missing value"),
        Kind::UnexpectedColon => {
            ("a colon stands where a value should be", "a colon belongs between a key and its value")
        }
        Kind::NestingDepthExceeded => ("nesting is too deep", "a policy needs no more than seven levels"),
        Kind::String(jsonc_parser::ParseStringErrorKind::UnterminatedStringLiteral) => {
            ("this string is not closed", "add the missing \"")
        }
        Kind::String(_) => (
            "this string holds an invalid escape",
            "write \\\\ for a backslash; escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX, and surrogates only in pairs",
        ),
        Kind::HexadecimalNumbersNotAllowed
        | Kind::UnaryPlusNumbersNotAllowed
        | Kind::BareDecimalPointNumbersNotAllowed
        | Kind::NonFiniteNumbersNotAllowed
        | Kind::ExpectedDigit
        | Kind::ExpectedDigitFollowingNegativeSign
        | Kind::ExpectedPlusMinusOrDigitInNumberLiteral => (
            "this is not a JSON number",
            "write digits, optionally with a leading - and a decimal point, or put it in quotes",
        ),
        _ => ("this is not JSON", "expected a string in double quotes, a number, true, false, a list or an object"),
    };
    Diagnostic::error("JSON_SYNTAX_ERROR", range_span(error.range()), message).help(help)
}

fn range_span(range: Range) -> Span {
    Span::new(range.start, range.end)
}

/// The span of a value, quotes and brackets included.
pub(crate) fn span(value: &Value<'_>) -> Span {
    range_span(value.range())
}

/// The name of a property, and the span of that name with its quotes.
pub(crate) fn name<'b>(property: &'b ObjectProp<'_>) -> (&'b str, Span) {
    let name = match &property.name {
        ObjectPropName::String(string) => string.value.as_ref(),
        ObjectPropName::Word(word) => word.value,
    };
    (name, range_span(property.name.range()))
}

/// The first property of that name.
pub(crate) fn get<'b, 'a>(object: &'b Object<'a>, key: &str) -> Option<&'b ObjectProp<'a>> {
    object.properties.iter().find(|property| name(property).0 == key)
}

/// What kind of value this is, in the words of a message.
pub(crate) fn kind(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "a string",
        Value::NumberLit(_) => "a number",
        Value::BooleanLit(_) => "a boolean",
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::NullKeyword(_) => "null",
    }
}

/// The value and span of a string.
pub(crate) fn string<'b>(value: &'b Value<'_>) -> Option<(&'b str, Span)> {
    let literal: &StringLit<'_> = value.as_string_lit()?;
    Some((literal.value.as_ref(), range_span(literal.range)))
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
