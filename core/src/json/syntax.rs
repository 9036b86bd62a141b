//! The parser's errors in our words, at the token that has to be changed.

use super::tree::Problem;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use jsonc_parser::ParseStringErrorKind;
use jsonc_parser::errors::ParseErrorKind as Kind;

const NUMBER: (&str, &str) =
    ("this is not a JSON number", "write digits, optionally with a leading - and a decimal point, or put it in quotes");
const ESCAPE: (&str, &str) = (
    "this string holds an invalid escape",
    "write \\\\ for a backslash; escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX, and surrogates only in pairs",
);

pub(super) fn syntax_error(error: &Problem, text: &str) -> Diagnostic {
    let mut span = error.span();
    let (start, end) = (span.start as usize, span.end as usize);
    let at = |offset: usize| text.as_bytes().get(offset).copied().unwrap_or_default();
    let token = || text.get(start..end).unwrap_or_default();
    let (message, help) = match error.kind() {
        Kind::TrailingCommasNotAllowed => ("a comma stands after the last item", "remove the comma"),
        Kind::ExpectedComma if start > 0 && at(start - 1) == b'0' && at(start).is_ascii_digit() => {
            span = number_at(text, start - 1);
            ("a number begins with 0", "remove the leading 0, or put the number in quotes")
        }
        Kind::ExpectedComma => ("a comma is missing between two items", "put a comma here"),
        Kind::CommentsNotAllowed => {
            ("JSON has no comments", "remove the comment; a Sid can say what a statement is for")
        }
        Kind::SingleQuotedStringsNotAllowed => {
            let rest = text.get(start + 1..).unwrap_or_default();
            let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
            let length = rest.find('\'').filter(|length| *length < line).map_or(line, |length| length + 1);
            span = Span::new(start, start + 1 + length);
            ("a string stands in single quotes", "use double quotes")
        }
        Kind::ExpectedStringObjectProperty => ("a key stands without quotes", "put it in double quotes"),
        Kind::ExpectedColonAfterObjectKey => {
            span = string_before(text, start).unwrap_or(span);
            ("a colon and a value belong after this key", "write \"key\": value")
        }
        Kind::ExpectedObjectValue => {
            let colon = text.trim_end().len();
            span = Span::new(colon.saturating_sub(1), colon);
            ("a value is missing after the colon", "write a string, a list or an object here")
        }
        Kind::MultipleRootJsonValues => {
            span = Span::new(start, text.trim_end().len().max(end));
            ("there is text after the end of the document", "remove it; one document is one JSON object")
        }
        Kind::UnterminatedObject => {
            span = Span::new(start, start + 1);
            ("this object is not closed", "add the missing }")
        }
        Kind::UnterminatedArray => {
            span = Span::new(start, start + 1);
            ("this list is not closed", "add the missing ]")
        }
        Kind::UnterminatedCommentBlock => {
            span = Span::new(start, start + 2);
            ("this comment is not closed", "remove it; JSON has no comments")
        }
        Kind::UnexpectedCloseBrace if value_missing(text, start) => {
            ("a value is missing before this }", "write a string, a list or an object after the colon")
        }
        Kind::UnexpectedCloseBrace => ("a } stands where a list is still open", "add the missing ] before it"),
        Kind::UnexpectedTokenInObject if at(start) == b']' => {
            ("a ] stands where an object is still open", "add the missing } before it")
        }
        Kind::UnexpectedCloseBracket => ("a ] closes nothing here", "remove it, or add the missing value before it"),
        Kind::UnexpectedComma if value_missing(text, start) => {
            ("a value is missing before this comma", "write a string, a list or an object after the colon")
        }
        Kind::UnexpectedComma => ("a comma stands where a value should be", "remove it, or write the missing value"),
        Kind::UnexpectedTokenInObject if at(start) == b',' => {
            ("a comma stands where a key should be", "remove it, or write the missing key and value")
        }
        Kind::UnexpectedColon | Kind::UnexpectedTokenInObject if at(start) == b':' => {
            ("a colon stands where none belongs", "a colon belongs between a key and its value")
        }
        Kind::UnexpectedTokenInObject => {
            ("a value stands where a key should be", "write \"key\": value, or a comma and a key before it")
        }
        Kind::NestingDepthExceeded => {
            let diagnostic = Diagnostic::error("NESTING_TOO_DEEP", Span::new(start, start + 1), "nesting is too deep");
            return diagnostic.help("a policy needs no more than seven levels");
        }
        Kind::String(ParseStringErrorKind::UnterminatedStringLiteral) => {
            ("this string is not closed", "add the missing \"")
        }
        Kind::String(_) => {
            let escape = text.get(start + 1..).unwrap_or_default();
            let digits = escape.strip_prefix('u').unwrap_or_default().bytes().take(4);
            let digits = digits.take_while(u8::is_ascii_hexdigit).count();
            span = Span::new(start, start + 1 + escape.chars().next().map_or(0, char::len_utf8) + digits);
            ESCAPE
        }
        Kind::HexadecimalNumbersNotAllowed
        | Kind::UnaryPlusNumbersNotAllowed
        | Kind::BareDecimalPointNumbersNotAllowed
        | Kind::NonFiniteNumbersNotAllowed
        | Kind::ExpectedDigit
        | Kind::ExpectedDigitFollowingNegativeSign
        | Kind::ExpectedPlusMinusOrDigitInNumberLiteral => {
            span = number_at(text, start);
            NUMBER
        }
        Kind::UnexpectedToken if curly_quotes(text, start).is_some() => {
            span = curly_quotes(text, start).unwrap_or(span);
            ("a string stands in curly quotes", "use straight double quotes")
        }
        Kind::UnexpectedToken | Kind::UnexpectedWord if is_word(text.get(start..end)) => {
            let message = format!("`{}` stands without quotes", token());
            let help = match token().to_ascii_lowercase().as_str() {
                literal @ ("true" | "false" | "null") => format!("write {literal}, or \"{literal}\""),
                "none" | "nil" | "undefined" => "leave the element out".into(),
                _ => format!("write \"{}\"", token()),
            };
            return Diagnostic::error("JSON_SYNTAX_ERROR", span, message).help(help);
        }
        _ => {
            let message = format!("`{}` is not JSON", token());
            return Diagnostic::error("JSON_SYNTAX_ERROR", span, message)
                .help("expected a string in double quotes, a number, true, false, a list or an object");
        }
    };
    Diagnostic::error("JSON_SYNTAX_ERROR", span, message).help(help)
}

/// Whether a colon stands before `offset`, without its value.
fn value_missing(text: &str, offset: usize) -> bool {
    text.get(..offset).is_some_and(|before| before.trim_end().ends_with(':'))
}

/// The run of characters around `offset` that reads like a number.
pub(super) fn number_at(text: &str, offset: usize) -> Span {
    let part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let before = text.get(..offset).unwrap_or_default().chars().rev().take_while(part).count();
    let after = text.get(offset..).unwrap_or_default().chars().take_while(part).count();
    Span::new(offset - before, offset + after)
}

/// Whether the character can be part of a word. Beyond ASCII all count except quotes and other punctuation that is
/// pasted from word processors: the tables of real letters are not worth their size here.
fn is_letter(c: &char) -> bool {
    c.is_ascii_alphanumeric()
        || !c.is_ascii() && !matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}')
}

/// Whether the text is a word, such as `True`.
pub(super) fn is_word(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.is_empty() && text.chars().all(|c| is_letter(&c) || matches!(c, '_' | '-' | '$')))
}

/// The text in curly quotes that begins at `offset`, if it ends on its line.
pub(super) fn curly_quotes(text: &str, offset: usize) -> Option<Span> {
    const QUOTES: [char; 6] = ['“', '”', '„', '‟', '‘', '’'];
    let rest = text.get(offset..)?.strip_prefix(QUOTES)?;
    let begins = text.len() - rest.len();
    let line = rest.split(['\n', '\r']).next()?;
    let (length, quote) = line.char_indices().find(|(_, c)| QUOTES.contains(c) || *c == '"')?;
    Some(Span::new(offset, begins + length + quote.len_utf8()))
}

/// The string in double quotes, or the word, that ends before `offset`, white space aside.
pub(super) fn string_before(text: &str, offset: usize) -> Option<Span> {
    let before = text.get(..offset)?.trim_end();
    let Some(inner) = before.strip_suffix('"') else {
        let length: usize = before.chars().rev().take_while(is_letter).map(char::len_utf8).sum();
        return (length > 0).then(|| Span::new(before.len() - length, before.len()));
    };
    let mut quote = inner.rfind('"')?;
    // A quote behind an odd number of backslashes is part of the string.
    while inner.get(..quote)?.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1 {
        quote = inner.get(..quote)?.rfind('"')?;
    }
    Some(Span::new(quote, before.len()))
}
