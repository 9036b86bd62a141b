//! The tree of a JSON text, built in one pass over the tokens of `jsonc-parser`.
//!
//! The tree that the library itself would build has places and texts of twice the size, and takes half as
//! many instructions again to build.

use crate::span::Span;
use jsonc_parser::errors::{ParseError, ParseErrorKind as Kind};
use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};
use std::borrow::Cow;

/// Nesting that is not read at all. What is deeper than `MAX_NESTING` and not as deep is reported
/// beside other problems.
const UNREADABLE: usize = 128;

/// A value with its place.
#[derive(Debug)]
pub(crate) enum Value<'a> {
    Object(Object<'a>),
    Array(Array<'a>),
    String(Cow<'a, str>, Span),
    Number(Span),
    Boolean(#[cfg_attr(not(feature = "serde"), expect(dead_code, reason = "only scenarios have booleans"))] bool, Span),
    Null(Span),
}

#[derive(Debug)]
pub(crate) struct Object<'a> {
    pub span: Span,
    pub properties: Vec<Property<'a>>,
}

#[derive(Debug)]
pub(crate) struct Array<'a> {
    pub span: Span,
    pub elements: Vec<Value<'a>>,
}

#[derive(Debug)]
pub(crate) struct Property<'a> {
    pub name: Cow<'a, str>,
    /// With its quotes.
    pub name_span: Span,
    pub value: Value<'a>,
}

#[cfg(feature = "serde")]
impl<'a> Value<'a> {
    pub fn as_object(&self) -> Option<&Object<'a>> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// What is read although RFC 8259 refuses it.
#[derive(Clone, Copy, Default)]
pub(super) struct Leniency {
    pub unquoted_names: bool,
    pub missing_commas: bool,
}

/// What was read.
pub(super) struct Parsed<'a> {
    pub tree: Option<Value<'a>>,
    /// Between tokens there is only what RFC 8259 calls white space, and in strings no control character.
    pub is_plain: bool,
}

/// Why nothing was read, and where.
pub(super) enum Problem {
    /// The text has no such token.
    Token(ParseError),
    /// A token stands where it has no place.
    Place(Span, Kind),
}

impl Problem {
    pub fn span(&self) -> Span {
        match self {
            Self::Token(error) => Span::new(error.range().start, error.range().end),
            Self::Place(span, _) => *span,
        }
    }

    pub fn kind(&self) -> &Kind {
        match self {
            Self::Token(error) => error.kind(),
            Self::Place(_, kind) => kind,
        }
    }
}

/// Reads a text, or tells the first problem.
pub(super) fn parse(text: &str, leniency: Leniency) -> Result<Parsed<'_>, Problem> {
    // Of what the library takes beside JSON nothing is taken.
    let options = ScannerOptions {
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let scanner = Scanner::new(text, &options);
    // Without leaving the loop early, many bytes are looked at in one step.
    let odd = |found, byte: u8| found | !matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=0x7f);
    let control = |found, byte: u8| found | (byte < b' ');
    let mut parser = Parser {
        scanner,
        text,
        leniency,
        is_plain: true,
        has_odd: text.bytes().fold(false, odd),
        has_control: text.bytes().fold(false, control),
    };
    let tree = match parser.next()? {
        Some(token) => Some(parser.value(token, 0)?),
        None => None,
    };
    match parser.next()? {
        Some(_) => Err(parser.problem(Kind::MultipleRootJsonValues)),
        None => Ok(Parsed { tree, is_plain: parser.is_plain }),
    }
}

struct Parser<'a> {
    scanner: Scanner<'a>,
    text: &'a str,
    leniency: Leniency,
    is_plain: bool,
    /// Whether there is anything that may be white space and no white space of JSON; if not, nobody looks for it.
    has_odd: bool,
    /// Whether there are control characters, line ends among them.
    has_control: bool,
}

impl<'a> Parser<'a> {
    /// The next token; there are no comments.
    fn next(&mut self) -> Result<Option<Token<'a>>, Problem> {
        let before = self.scanner.token_end();
        let token = self.scanner.scan().map_err(Problem::Token)?;
        let (start, end) = (self.scanner.token_start(), self.scanner.token_end());
        let part = |start, end| self.text.as_bytes().get(start..end).unwrap_or_default();
        if self.has_odd && start > before {
            let other = |found, byte: &u8| found | !matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
            self.is_plain &= !part(before, start).iter().fold(false, other);
        }
        match token {
            Some(Token::CommentLine(_) | Token::CommentBlock(_)) => return Err(self.problem(Kind::CommentsNotAllowed)),
            Some(Token::String(_)) if self.has_control => {
                self.is_plain &= !part(start, end).iter().fold(false, |found, byte| found | (*byte < b' '));
            }
            _ => {}
        }
        Ok(token)
    }

    /// The place of the token that was read last.
    fn span(&self) -> Span {
        Span::new(self.scanner.token_start(), self.scanner.token_end())
    }

    /// A problem with the token that was read last.
    fn problem(&self, kind: Kind) -> Problem {
        Problem::Place(self.span(), kind)
    }

    /// A problem with something that began earlier.
    fn problem_since(&self, start: u32, kind: Kind) -> Problem {
        Problem::Place(Span { start, end: self.span().end }, kind)
    }

    /// The value that begins with a token.
    fn value(&mut self, token: Token<'a>, depth: usize) -> Result<Value<'a>, Problem> {
        let span = self.span();
        Err(self.problem(match token {
            Token::OpenBrace | Token::OpenBracket if depth == UNREADABLE => Kind::NestingDepthExceeded,
            Token::OpenBrace => return self.object(depth + 1),
            Token::OpenBracket => return self.array(depth + 1),
            Token::String(text) => return Ok(Value::String(text, span)),
            Token::Boolean(value) => return Ok(Value::Boolean(value, span)),
            Token::Number(_) => return Ok(Value::Number(span)),
            Token::Null => return Ok(Value::Null(span)),
            Token::CloseBracket => Kind::UnexpectedCloseBracket,
            Token::CloseBrace => Kind::UnexpectedCloseBrace,
            Token::Comma => Kind::UnexpectedComma,
            Token::Colon => Kind::UnexpectedColon,
            Token::Word(_) | Token::CommentLine(_) | Token::CommentBlock(_) => Kind::UnexpectedWord,
        }))
    }

    fn object(&mut self, depth: usize) -> Result<Value<'a>, Problem> {
        let start = self.span().start;
        let mut properties = Vec::new();
        let mut token = self.next()?;
        loop {
            let (name, is_quoted) = match token {
                Some(Token::CloseBrace) => break,
                None => return Err(self.problem_since(start, Kind::UnterminatedObject)),
                Some(Token::String(name)) => (name, true),
                Some(Token::Word(word) | Token::Number(word)) => (Cow::Borrowed(word), false),
                Some(Token::Boolean(_) | Token::Null) => (Cow::Borrowed(self.span().of(self.text)), false),
                Some(_) => return Err(self.problem(Kind::UnexpectedTokenInObject)),
            };
            let name_span = self.span();
            if !is_quoted && !self.leniency.unquoted_names {
                return Err(self.problem(Kind::ExpectedStringObjectProperty));
            }
            let Some(Token::Colon) = self.next()? else {
                return Err(self.problem(Kind::ExpectedColonAfterObjectKey));
            };
            let Some(first) = self.next()? else { return Err(self.problem(Kind::ExpectedObjectValue)) };
            let value = self.value(first, depth)?;
            properties.push(Property { name, name_span, value });
            token = self.next_item(true)?;
        }
        Ok(Value::Object(Object { span: Span { start, ..self.span() }, properties }))
    }

    fn array(&mut self, depth: usize) -> Result<Value<'a>, Problem> {
        let start = self.span().start;
        let mut elements = Vec::new();
        let mut token = self.next()?;
        loop {
            match token {
                Some(Token::CloseBracket) => break,
                None => return Err(self.problem_since(start, Kind::UnterminatedArray)),
                Some(first) => elements.push(self.value(first, depth)?),
            }
            token = self.next_item(false)?;
        }
        Ok(Value::Array(Array { span: Span { start, ..self.span() }, elements }))
    }

    /// The first token of the next item of an object or a list, behind its comma, or the closing bracket.
    fn next_item(&mut self, in_object: bool) -> Result<Option<Token<'a>>, Problem> {
        let end = self.span().end;
        let token = self.next()?;
        let begins = match token {
            Some(Token::Comma) => {
                let comma = self.span();
                let token = self.next()?;
                let closes = match token {
                    Some(Token::CloseBrace) => in_object,
                    Some(Token::CloseBracket) => !in_object,
                    _ => false,
                };
                if closes {
                    return Err(Problem::Place(comma, Kind::TrailingCommasNotAllowed));
                }
                return Ok(token);
            }
            Some(Token::String(_) | Token::Number(_) | Token::Boolean(_) | Token::Null) => true,
            Some(Token::Word(_)) => in_object,
            Some(Token::OpenBrace | Token::OpenBracket) => !in_object,
            _ => false,
        };
        if begins && !self.leniency.missing_commas {
            return Err(Problem::Place(Span { start: end, end }, Kind::ExpectedComma));
        }
        Ok(token)
    }
}
