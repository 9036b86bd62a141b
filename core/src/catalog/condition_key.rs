//! Condition keys.

use super::ArnPiece;
use super::arn_format::pieces;
use super::form::MULTIVALUED;
use super::table::{KeyRow, Table};
use crate::glob::Pattern;

/// A condition key: its name, and what is known about its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionKey<'a> {
    name: &'a str,
    value_type: ValueType,
    multivalued: bool,
    presence: Option<Presence>,
}

/// The type of a key's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum ValueType {
    /// Text.
    String,
    /// An ARN.
    #[cfg_attr(feature = "serde", serde(rename = "ARN"))]
    Arn,
    /// `true` or `false`.
    Bool,
    /// A number.
    Numeric,
    /// A date.
    Date,
    /// An address or a network.
    #[cfg_attr(feature = "serde", serde(rename = "IPAddress"))]
    IpAddress,
    /// Bytes in base64.
    Binary,
}

/// When a global condition key is in the context of a request (SPEC 6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// In that of every request.
    Always,
    /// In that of some; the words complete "present in …".
    In(&'static str),
}

impl ValueType {
    /// All types.
    pub const ALL: [Self; 7] =
        [Self::String, Self::Arn, Self::Bool, Self::Numeric, Self::Date, Self::IpAddress, Self::Binary];

    /// AWS's name of it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Arn => "ARN",
            Self::Bool => "Bool",
            Self::Numeric => "Numeric",
            Self::Date => "Date",
            Self::IpAddress => "IPAddress",
            Self::Binary => "Binary",
        }
    }
}

impl<'a> ConditionKey<'a> {
    pub(super) fn new(table: &'a Table, row: &KeyRow) -> Self {
        let name = table.text(row.name);
        // A global key is the same key wherever it is listed.
        if let Some(known) = super::global_condition_key(name) {
            return Self { name, ..known };
        }
        let value_type = ValueType::ALL.get(usize::from(row.kind & !MULTIVALUED)).copied().unwrap_or(ValueType::String);
        Self { name, value_type, multivalued: row.kind & MULTIVALUED != 0, presence: None }
    }

    pub(super) const fn global(
        name: &'static str,
        value_type: ValueType,
        multivalued: bool,
        presence: Presence,
    ) -> ConditionKey<'static> {
        ConditionKey { name, value_type, multivalued, presence: Some(presence) }
    }

    /// Its name as AWS writes it: `aws:RequestTag/${TagKey}`.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.name
    }

    /// The type of its values.
    #[must_use]
    pub fn value_type(self) -> ValueType {
        self.value_type
    }

    /// Whether it has a set of values, which `ForAllValues` and `ForAnyValue` are for (SPEC 4.7).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
    #[must_use]
    pub fn multivalued(self) -> bool {
        self.multivalued
    }

    /// For global keys: which requests have it. Any other key may be absent.
    #[must_use]
    pub fn presence(self) -> Option<Presence> {
        self.presence
    }

    /// Whether it is the key with this name. Names compare without case, and `${…}` stands for any text
    /// (SPEC C-04).
    #[must_use]
    pub fn covers(self, name: &str) -> bool {
        covers(self.name, name)
    }
}

/// Whether a key's name, in which `${…}` stands for any text but none, covers a name.
pub(super) fn covers(key: &str, name: &str) -> bool {
    // No name has this sign but for a placeholder.
    let Some(open) = key.find('$') else { return key.eq_ignore_ascii_case(name) };
    let start = name.get(..open).zip(key.get(..open));
    if !start.is_some_and(|(name, key)| name.eq_ignore_ascii_case(key)) {
        return false;
    }
    let mut pattern = String::with_capacity(key.len());
    for piece in pieces(key) {
        pattern.push_str(match piece {
            ArnPiece::Text(text) => text,
            ArnPiece::Placeholder(_) => "?*",
        });
    }
    Pattern { fold: true, ..Pattern::plain(&pattern) }.matches(name)
}
