//! What can stand at a place of a policy document, and what is known about what stands there (feature `catalog`):
//! for editors. The catalog's facts are used where it is given; the rest is said without it.

mod about;
mod complete;

use crate::catalog::Catalog;
use crate::policy::PolicyType;

/// A place in a policy document, by what an editor sees around the cursor. The text may be unfinished.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The document's type.
    pub policy_type: PolicyType,
    /// The members around it, from the document's own down: `Statement`, `Condition`, `StringEquals`.
    pub path: &'a [&'a str],
    /// A member's name stands there, not a value.
    pub is_name: bool,
    /// The text: for a completion up to the cursor, else all of it.
    pub text: &'a str,
    /// The names that the object has already.
    pub present: &'a [&'a str],
    /// For the name of a condition operator: the condition keys below it.
    pub below: &'a [&'a str],
    /// The patterns of the statement's `Action`.
    pub actions: &'a [&'a str],
}

/// Something that can stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct Proposal {
    /// The text, the whole of the member's name or of the value. In an ARN, `${Name}` is a part to fill in.
    pub text: String,
    /// What it is.
    pub kind: ProposalKind,
    /// A few words on it.
    pub detail: String,
}

/// What a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub enum ProposalKind {
    /// An element of the document or of a statement.
    Element,
    /// A service, to go on behind.
    Service,
    /// An action.
    Action,
    /// The form of an ARN, with parts to fill in.
    Arn,
    /// A condition operator.
    Operator,
    /// A condition key.
    Key,
    /// A condition key up to a name of one's own, to go on behind.
    KeyPrefix,
    /// A policy variable, with what stands before it.
    Variable,
    /// One of a few values.
    Value,
}

/// What is known about what stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct About {
    /// Its name.
    pub title: String,
    /// Facts, a line each.
    pub facts: Vec<String>,
    /// AWS's page on it.
    pub link: String,
}

/// As much as one looks through.
const LIMIT: usize = 60;

/// What can stand at a place, the best first.
#[must_use]
pub fn complete(place: &Place<'_>, catalog: Option<&Catalog>) -> Vec<Proposal> {
    let mut found = complete::complete(place, catalog);
    found.truncate(LIMIT);
    found
}

/// What is known about the name or value at a place.
#[must_use]
pub fn about(place: &Place<'_>, catalog: Option<&Catalog>) -> Option<About> {
    about::about(place, catalog)
}

#[cfg(test)]
mod tests;
