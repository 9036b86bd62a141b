//! Going on after syntax errors: each is reported, and mended in a copy of the text whose bytes
//! keep their places, so that what is read further on has its true spans.

use super::syntax::{curly_quotes, is_word, number_at, string_before, syntax_error};
use super::tree::{Leniency, Problem, Value, parse};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use jsonc_parser::errors::ParseErrorKind as Kind;

/// So many syntax errors are reported; each costs one more reading of the text.
const MAX_REPAIRS: usize = 32;
/// Texts above this size are read again after a few errors only.
const LARGE: usize = 256 << 10;

/// A text with its syntax errors mended.
pub(super) struct Repair {
    /// Of the same length as the original, but for brackets that were added at the end.
    text: String,
    leniency: Leniency,
    /// Values that are not what their author wrote: nothing that is found in them is reported.
    made_up: Vec<Span>,
}

impl Repair {
    /// Reports and mends what it can. Without a result nothing can be read.
    pub fn new(text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let leniency = Leniency { unquoted_names: true, ..Leniency::default() };
        let mut repair = Self { text: text.to_owned(), leniency, made_up: Vec::new() };
        super::scan(text, diagnostics, Some(&mut repair));
        let most = if text.len() > LARGE { 3 } else { MAX_REPAIRS };
        for _ in 0..most {
            let problem = match parse(&repair.text, repair.leniency) {
                Ok(_) => return Some(repair),
                Err(error) => (syntax_error(&error, &repair.text), error),
            };
            // What begins or ends within a character of the author's is about something that was put in its place.
            let Span { start, end } = problem.0.span;
            let is_there = text.get(start as usize..end as usize).is_some();
            if is_there && !repair.is_made_up(problem.0.span) {
                diagnostics.push(problem.0);
            }
            if !repair.mend(&problem.1) {
                return None;
            }
        }
        None
    }

    /// The tree of the mended text, with keys that stand without quotes reported; and the values
    /// that only stand for what could not be read.
    pub fn tree(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<(Value<'_>, Vec<Span>)> {
        let tree = parse(&self.text, self.leniency).ok()?.tree?;
        let mut made_up = Vec::new();
        self.walk(&tree, diagnostics, &mut made_up);
        Some((tree, made_up))
    }

    fn walk(&self, value: &Value<'_>, diagnostics: &mut Vec<Diagnostic>, made_up: &mut Vec<Span>) {
        let mut token = |span: Span| {
            if self.made_up.iter().any(|part| part.start < span.end && span.start < part.end) {
                made_up.push(span);
            }
        };
        match value {
            Value::Object(object) => {
                for property in &object.properties {
                    let (name, span) = super::name(property);
                    if self.byte(span.start as usize) == b'"' {
                        token(span);
                    } else {
                        let message = format!("the key `{name}` stands without quotes");
                        let diagnostic = Diagnostic::error("JSON_SYNTAX_ERROR", span, message);
                        diagnostics.push(diagnostic.help(format!("write \"{name}\"")));
                    }
                }
                object.properties.iter().for_each(|property| self.walk(&property.value, diagnostics, made_up));
            }
            Value::Array(array) => array.elements.iter().for_each(|item| self.walk(item, diagnostics, made_up)),
            scalar => token(super::span(scalar)),
        }
    }

    /// Whether the span is that of a made-up value, or inside of one.
    fn is_made_up(&self, span: Span) -> bool {
        self.made_up.iter().any(|made_up| made_up.start <= span.start && span.end <= made_up.end + 1)
    }

    /// The mended text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Overwrites bytes with ASCII text of the same length.
    pub fn put(&mut self, start: usize, with: &str) {
        let end = start + with.len();
        if self.text.is_char_boundary(start) && self.text.is_char_boundary(end) && end <= self.text.len() {
            self.text.replace_range(start..end, with);
        }
    }

    pub fn blank(&mut self, start: usize, end: usize) {
        self.put(start, &" ".repeat(end.min(self.text.len()).saturating_sub(start)));
    }

    /// Puts a character into the white space before `offset`, if there is any.
    fn put_before(&mut self, offset: usize, character: &str) -> bool {
        let free = offset > 0 && self.byte(offset - 1).is_ascii_whitespace();
        if free {
            self.put(offset - 1, character);
        }
        free
    }

    fn byte(&self, offset: usize) -> u8 {
        self.text.as_bytes().get(offset).copied().unwrap_or_default()
    }

    /// The last byte before `offset` that is no white space.
    fn byte_before(&self, offset: usize) -> u8 {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        before.iter().rev().find(|byte| !byte.is_ascii_whitespace()).copied().unwrap_or_default()
    }

    /// Takes the error out of the text, or makes the parser accept it.
    fn mend(&mut self, error: &Problem) -> bool {
        let (start, end) = (error.span().start as usize, error.span().end as usize);
        match error.kind() {
            Kind::TrailingCommasNotAllowed | Kind::CommentsNotAllowed | Kind::UnaryPlusNumbersNotAllowed => {
                self.blank(start, end);
            }
            Kind::UnterminatedCommentBlock | Kind::MultipleRootJsonValues => self.blank(start, self.text.len()),
            Kind::UnterminatedObject => self.text.push('}'),
            Kind::UnterminatedArray => self.text.push(']'),
            Kind::ExpectedComma if start > 0 && self.byte(start).is_ascii_digit() && self.byte(start - 1) == b'0' => {
                let zeros = self.text.get(start..).unwrap_or_default().bytes().take_while(|byte| *byte == b'0').count();
                self.blank(start - 1, start + zeros);
                if !self.byte(start + zeros).is_ascii_digit() {
                    self.put(start + zeros - 1, "0");
                }
            }
            Kind::ExpectedComma if self.byte(start).is_ascii_whitespace() => self.put(start, ","),
            Kind::ExpectedComma => self.leniency.missing_commas = true,
            Kind::HexadecimalNumbersNotAllowed
            | Kind::BareDecimalPointNumbersNotAllowed
            | Kind::NonFiniteNumbersNotAllowed
            | Kind::ExpectedDigit
            | Kind::ExpectedDigitFollowingNegativeSign
            | Kind::ExpectedPlusMinusOrDigitInNumberLiteral => self.make_up(number_at(&self.text, start)),
            Kind::SingleQuotedStringsNotAllowed => self.single_quotes(start),
            Kind::ExpectedColonAfterObjectKey => {
                return !matches!(self.byte(start), b',' | b'}' | b']' | 0) && self.put_before(start, ":");
            }
            Kind::UnexpectedComma | Kind::UnexpectedCloseBrace if self.byte_before(start) == b':' => {
                self.made_up.push(Span::new(start - 1, start));
                return self.put_before(start, "0");
            }
            // A list is still open, of which what follows was not meant to be a part.
            Kind::UnexpectedColon if self.byte_before(start) == b'"' => {
                self.made_up.extend(string_before(&self.text, start));
                self.put(start, ",");
            }
            Kind::UnexpectedComma | Kind::UnexpectedColon => self.blank(start, end),
            Kind::UnexpectedCloseBrace => return self.put_before(start, "]"),
            Kind::UnexpectedTokenInObject => match self.byte(start) {
                b']' => return self.put_before(start, "}"),
                b',' | b':' => self.blank(start, end),
                _ => return false,
            },
            Kind::UnexpectedWord => self.make_up(Span::new(start, end)),
            Kind::UnexpectedToken => match curly_quotes(&self.text, start) {
                Some(span) => self.make_up(span),
                None if is_word(self.text.get(start..end)) => self.make_up(Span::new(start, end)),
                None => self.blank(start, end),
            },
            Kind::String(_) if self.byte(start) == b'\\' => {
                self.made_up.push(Span::new(start, start + 1));
                self.put(start, "/");
            }
            _ => return false,
        }
        true
    }

    /// Puts a value of the same length in the place of something that is none.
    fn make_up(&mut self, span: Span) {
        self.made_up.push(span);
        let length = (span.end - span.start) as usize;
        let value = if length < 2 { "0".repeat(length) } else { format!("\"{}\"", "x".repeat(length - 2)) };
        self.put(span.start as usize, &value);
    }

    /// Turns a single-quoted string, which ends on its line, into a double-quoted one.
    fn single_quotes(&mut self, start: usize) {
        let rest = self.text.get(start + 1..).unwrap_or_default();
        let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let inner = rest.get(..line).unwrap_or_default();
        let length = inner.find('\'').unwrap_or(line.saturating_sub(1));
        let inner = inner.get(..length).unwrap_or_default();
        let mended = inner.replace(['"', '\\'], "'");
        if mended != inner {
            self.made_up.push(Span::new(start, start + length + 2));
        }
        self.put(start, "\"");
        self.put(start + 1, &mended);
        self.put(start + 1 + length, "\"");
    }

    /// Ends a string that is not closed on its line. `end`: the line's end.
    pub fn close_string(&mut self, start: usize, end: usize) {
        self.made_up.push(Span::new(start, end));
        if end >= self.text.len() {
            self.text.push('"');
            return;
        }
        // A comma at the end of the line was most likely meant to follow the string.
        if self.byte(end - 1) == b',' && end - 1 > start {
            self.put(end - 1, "\",");
        } else {
            self.put(end, "\"");
        }
        if self.byte(end - 1) == b'\\' {
            self.put(end - 1, "/");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::PolicyDocument;

    #[test]
    fn problems_stand_at_the_authors_characters() {
        // A bracket is put into the place of the byte order mark, and is wrong there as well.
        let text = "\u{feff}}\0\0\u{10}r } }Effect\":777";
        let (_, found) = PolicyDocument::parse(text);
        assert!(!found.is_empty());
        for diagnostic in found {
            let (start, end) = (diagnostic.span.start as usize, diagnostic.span.end as usize);
            assert!(text.get(start..end).is_some(), "{diagnostic} at {start}..{end}");
        }
    }
}
