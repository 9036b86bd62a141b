//! What the ARNs of a resource type look like.

use crate::glob::overlap::{Atom, Form};

/// A form of ARN: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArnFormat<'a> {
    text: &'a str,
}

/// What stands in the ARN of an example for the parts that all ARNs have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArnDefaults<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov` …
    pub partition: &'a str,
    /// A Region.
    pub region: &'a str,
    /// An account id.
    pub account: &'a str,
}

impl Default for ArnDefaults<'_> {
    /// The ones of AWS's own examples.
    fn default() -> Self {
        Self { partition: "aws", region: "us-east-1", account: "111122223333" }
    }
}

/// A part of an ARN's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnPiece<'a> {
    /// Text that stands as it is.
    Text(&'a str),
    /// The name of what stands there: `BucketName`.
    Placeholder(&'a str),
}

impl<'a> ArnFormat<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The form as AWS writes it.
    #[must_use]
    pub fn as_str(self) -> &'a str {
        self.text
    }

    /// Text and placeholders, in their order.
    pub fn pieces(self) -> impl Iterator<Item = ArnPiece<'a>> + Clone + use<'a> {
        pieces(self.text)
    }

    /// The names of its placeholders, in their order.
    pub fn placeholders(self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.pieces().filter_map(|piece| match piece {
            ArnPiece::Placeholder(name) => Some(name),
            ArnPiece::Text(_) => None,
        })
    }

    /// An ARN of this form, as an example: `arn:aws:sqs:us-east-1:111122223333:my-queue`.
    #[must_use]
    pub fn sample(self, defaults: &ArnDefaults<'_>) -> String {
        let mut arn = String::with_capacity(self.text.len());
        for piece in self.pieces() {
            match piece {
                ArnPiece::Text(text) => arn.push_str(text),
                ArnPiece::Placeholder("Partition") => arn.push_str(defaults.partition),
                ArnPiece::Placeholder("Region") => arn.push_str(defaults.region),
                ArnPiece::Placeholder("Account") => arn.push_str(defaults.account),
                ArnPiece::Placeholder(name) => push_example(&mut arn, name),
            }
        }
        arn
    }

    /// Whether a pattern of a `Resource` element can cover an ARN of this form; a variable in it can be anything.
    ///
    /// What an ARN can have in place of a placeholder is known roughly: anything, but for colons in the five
    /// parts before the resource, and slashes in the name of a bucket.
    #[must_use]
    pub fn may_be_covered_by(self, pattern: &str) -> bool {
        pattern == "*" || self.form().overlaps(pattern)
    }

    /// What [`Self::may_be_covered_by`] asks, to be asked of many patterns.
    pub(crate) fn form(self) -> Form {
        Form::new(self.pieces().flat_map(atoms))
    }

    /// The names of its placeholders with what stands for them in an ARN, or in a pattern, that has the same parts between
    /// colons and slashes; nothing for any other.
    #[must_use]
    pub fn values<'v>(self, arn: &'v str) -> Option<Vec<(&'a str, &'v str)>> {
        let mut found = Vec::new();
        let (mut forms, mut values) = (parts(self.text), parts(arn));
        loop {
            let ((form, behind), (value, behind_value)) = match (forms.next(), values.next()) {
                (None, None) => return Some(found),
                (Some(form), Some(value)) => (form, value),
                _ => return None,
            };
            // At most one placeholder, and text on one side of it.
            let mut pieces = pieces(form);
            let (name, value) = match (pieces.next(), pieces.next(), pieces.next()) {
                _ if behind != behind_value => return None,
                (Some(ArnPiece::Placeholder(name)), None, _) => (name, value),
                (Some(ArnPiece::Text(start)), Some(ArnPiece::Placeholder(name)), None) => {
                    (name, value.strip_prefix(start)?)
                }
                (Some(ArnPiece::Placeholder(name)), Some(ArnPiece::Text(end)), None) => {
                    (name, value.strip_suffix(end)?)
                }
                _ if form == value => continue,
                _ => return None,
            };
            if value.is_empty() {
                return None;
            }
            found.push((name, value));
        }
    }

    /// The ARN with every placeholder replaced.
    pub fn fill<'v>(self, mut value: impl FnMut(&'a str) -> &'v str) -> String {
        let mut arn = String::with_capacity(self.text.len());
        for piece in self.pieces() {
            match piece {
                ArnPiece::Text(text) => arn.push_str(text),
                ArnPiece::Placeholder(name) => arn.push_str(value(name)),
            }
        }
        arn
    }
}

/// Text in the parts that colons and slashes make of it, with what stands behind each.
fn parts(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split_inclusive([':', '/']).map(|part| part.split_at(part.len() - usize::from(part.ends_with([':', '/']))))
}

/// A piece as what an overlap is computed with.
fn atoms(piece: ArnPiece<'_>) -> impl Iterator<Item = Atom> {
    let (text, run) = match piece {
        ArnPiece::Text(text) => (text, None),
        ArnPiece::Placeholder(name) => ("", Some(name)),
    };
    let run = run.map(|name| match name {
        "Partition" | "Region" | "Account" => Atom::Run { without: b":" },
        "BucketName" => Atom::Run { without: b":/" },
        _ => Atom::Run { without: b"" },
    });
    text.bytes().map(Atom::Byte).chain(run)
}

/// A value for a placeholder: `my-bucket` for `BucketName`.
fn push_example(arn: &mut String, name: &str) {
    arn.push_str("my");
    let name = name.strip_suffix("Name").filter(|rest| !rest.is_empty()).unwrap_or(name);
    let mut previous = None;
    for (place, character) in name.char_indices() {
        let next = name.get(place + 1..).and_then(|rest| rest.chars().next());
        let begins = character.is_ascii_uppercase()
            && (previous != Some(true) || next.is_some_and(|next| next.is_ascii_lowercase()));
        if place == 0 || begins {
            arn.push('-');
        }
        arn.push(if character.is_ascii_alphanumeric() { character.to_ascii_lowercase() } else { '-' });
        previous = Some(character.is_ascii_uppercase());
    }
}

/// The parts of text with `${…}` in it.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = ArnPiece<'_>> + Clone {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((name, behind)) = rest.strip_prefix("${").and_then(|rest| rest.split_once('}')) {
            rest = behind;
            return Some(ArnPiece::Placeholder(name));
        }
        // An opening that nothing closes is text.
        let end = rest.get(1..).and_then(|tail| tail.find("${")).map_or(rest.len(), |place| place + 1);
        let (piece, behind) = rest.split_at_checked(end)?;
        rest = behind;
        Some(ArnPiece::Text(piece))
    })
}
