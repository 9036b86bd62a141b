//! Policy variables: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}` (SPEC 2.5, 3).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use super::Version;
use crate::context::KeyName;

/// Text with the variables recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Template {
    pub pieces: Box<[Piece]>,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text as written, in which `*` and `?` are wildcards wherever wildcards are.
    Raw(Box<str>),
    /// An escaped character, never a wildcard.
    Literal(&'static str),
    /// A variable; what it stands for is literal text (SPEC V-13).
    Variable(Box<Variable>),
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    pub key: KeyName,
    pub default: Option<Box<str>>,
}

/// What is wrong with a variable, with its bytes in the decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VariableError {
    pub code: &'static str,
    pub message: &'static str,
    pub help: &'static str,
    pub start: usize,
    pub end: usize,
}

/// Whether a text may have variables or escapes. Most have no `$`, which is seen in few steps by not leaving the loop
/// early.
pub(crate) fn may_hold_variables(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | (byte == b'$')) && text.contains("${")
}

impl Template {
    /// Recognises variables, if the version knows them (SPEC G-03, V-16).
    pub fn parse(text: &str, version: Version) -> Result<Self, VariableError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        let mut raw = String::new();
        while version == Version::V2012
            && let Some((before, after)) = rest.split_once("${")
        {
            raw.push_str(before);
            let start = text.len() - after.len() - 2;
            let Some((inside, remainder)) = split_at_brace(after) else {
                return Err(VariableError {
                    code: "MISSING_BRACE_IN_VARIABLE",
                    message: "a policy variable is not closed",
                    help: "add the missing }, or write ${$}{ for a literal ${",
                    start,
                    end: text.len(),
                });
            };
            let piece = variable(inside).map_err(|(code, message, help)| VariableError {
                code,
                message,
                help,
                start,
                end: text.len() - remainder.len(),
            })?;
            if !raw.is_empty() {
                pieces.push(Piece::Raw(std::mem::take(&mut raw).into()));
            }
            pieces.push(piece);
            rest = remainder;
        }
        raw.push_str(rest);
        if !raw.is_empty() {
            pieces.push(Piece::Raw(raw.into()));
        }
        Ok(Self { pieces: pieces.into() })
    }

    /// The template of ordinary text.
    pub fn raw(text: &str) -> Self {
        Self { pieces: [Piece::Raw(text.into())].into() }
    }

    /// The text in which wildcards count.
    pub fn raw_text(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Raw(text) => Some(&**text),
            _ => None,
        })
    }

    /// The keys that the template's variables name.
    pub fn keys(&self) -> impl Iterator<Item = &KeyName> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable(variable) => Some(&variable.key),
            _ => None,
        })
    }
}

/// Splits at the brace that closes the variable: the first one outside a quoted default.
fn split_at_brace(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (offset, character) in text.char_indices() {
        match character {
            '\'' => quoted = !quoted,
            '}' if !quoted => return Some((text.get(..offset)?, text.get(offset + 1..)?)),
            _ => {}
        }
    }
    // An unbalanced quote: the first brace closes, and the default is reported.
    text.split_once('}')
}

type Problem = (&'static str, &'static str, &'static str);

fn variable(inside: &str) -> Result<Piece, Problem> {
    match inside {
        "*" => return Ok(Piece::Literal("*")),
        "?" => return Ok(Piece::Literal("?")),
        "$" => return Ok(Piece::Literal("$")),
        _ => {}
    }
    let (key, default) = match inside.split_once(',') {
        None => (inside, None),
        Some((key, default)) => {
            let quoted = default.strip_prefix(" '").and_then(|text| text.strip_suffix('\''));
            let Some(text) = quoted.filter(|text| !text.contains('\'')) else {
                return Err((
                    "MISSING_QUOTE_IN_VARIABLE",
                    "the default value of a policy variable is not written as , 'text'",
                    "write ${key, 'default'}: a comma, one blank, the text in single quotes",
                ));
            };
            (key, Some(text.into()))
        }
    };
    if key.is_empty() {
        return Err((
            "EMPTY_VARIABLE",
            "a policy variable names no key",
            "write ${aws:username}, or ${$} for a literal $",
        ));
    }
    if key.contains(char::is_whitespace) {
        return Err((
            "UNSUPPORTED_SPACE_IN_VARIABLE",
            "the key of a policy variable holds a blank",
            "remove the blank; a default value is written ${key, 'default'}",
        ));
    }
    if key.contains(['{', '$', '*', '?']) {
        return Err((
            "INVALID_VARIABLE",
            "a policy variable names no valid key",
            "write ${service:key}; variables do not nest",
        ));
    }
    Ok(Piece::Variable(Box::new(Variable { key: KeyName::new(key), default })))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Vec<Piece>, &'static str> {
        Template::parse(text, Version::V2012).map(|template| template.pieces.into_vec()).map_err(|error| error.code)
    }

    #[test]
    fn pieces() {
        let raw = |text: &str| Piece::Raw(text.into());
        let variable = |key: &str, default: Option<&str>| {
            Piece::Variable(Box::new(Variable { key: KeyName::new(key), default: default.map(Into::into) }))
        };
        assert_eq!(parse("a${*}b$c"), Ok(vec![raw("a"), Piece::Literal("*"), raw("b$c")]));
        assert_eq!(parse("${aws:PrincipalTag/a, 'x}y'}"), Ok(vec![variable("aws:PrincipalTag/a", Some("x}y"))]));
        assert_eq!(parse("${a:b, ''}"), Ok(vec![variable("a:b", Some(""))]));
        assert_eq!(parse("x${a:b"), Err("MISSING_BRACE_IN_VARIABLE"));
        assert_eq!(parse("${}"), Err("EMPTY_VARIABLE"));
        assert_eq!(parse("${a:b,'x'}"), Err("MISSING_QUOTE_IN_VARIABLE"));
        assert_eq!(parse("${a:b, 'x}"), Err("MISSING_QUOTE_IN_VARIABLE"));
        assert_eq!(parse("${a: b}"), Err("UNSUPPORTED_SPACE_IN_VARIABLE"));
        assert_eq!(Template::parse("${*}", Version::V2008).unwrap().pieces.into_vec(), vec![raw("${*}")]);
    }
}
