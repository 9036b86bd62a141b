//! Policy documents as they stand in their text: every element with its span.

mod condition;
mod limits;
mod operand;
mod parse;
pub(crate) mod principal;
mod statement;
mod types;
pub(crate) mod variable;

pub use crate::json::MAX_NESTING;
pub(crate) use condition::ValueType;
pub use condition::{Comparison, ConditionOperator, Quantifier};
pub use limits::{MAX_DOCUMENT_BYTES, MAX_STATEMENTS, counted_size};
#[cfg(feature = "catalog")]
pub(crate) use parse::DOCUMENT_ELEMENTS;
pub use principal::{PrincipalElement, PrincipalEntry, PrincipalKind};
#[cfg(feature = "catalog")]
pub(crate) use statement::STATEMENT_ELEMENTS;
pub use types::{PolicyType, ResourcePolicyKind};

use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// A policy document: the statements of one JSON text, each element with its place.
///
/// ```
/// use admittance::{Effect, PolicyDocument};
///
/// let (document, diagnostics) = PolicyDocument::parse(
///     r#"{ "Version": "2012-10-17",
///          "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" } }"#,
/// );
/// assert!(diagnostics.is_empty());
/// assert_eq!(document.statements[0].effect, Effect::Allow);
/// ```
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDocument {
    /// The language version; an absent one is 2008-10-17 (SPEC G-04).
    pub version: Version,
    /// The `Id` element.
    pub id: Option<Text>,
    /// The statements, in order.
    pub statements: Vec<Statement>,
    /// The whole document.
    pub span: Span,
    /// False when parsing found an error: such a document is never evaluated.
    pub(crate) valid: bool,
    /// Values that only stand for ones that could not be read.
    made_up: Vec<Span>,
    /// The length of the text, beyond which missing brackets were added.
    length: usize,
}

impl PolicyDocument {
    /// Parses the text of a policy document.
    ///
    /// Parsing goes on after an error where it can, so that all problems show at once. The document
    /// holds whatever could be read; it can be evaluated only if no diagnostic is an error. What
    /// depends on the policy's type is checked by [`PolicyDocument::check`].
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Diagnostic>) {
        parse::document(text, false)
    }

    /// Parses a document as AWS treats those that were stored before it refused duplicate keys
    /// (SPEC G-08): the last `Effect` counts, duplicate lists of actions or resources are merged, and
    /// each duplicate is a warning.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html>
    #[must_use]
    pub fn parse_legacy(text: &str) -> (Self, Vec<Diagnostic>) {
        parse::document(text, true)
    }

    /// Checks what depends on the policy's type: which elements it may have, what it must have
    /// (SPEC 1.4).
    #[must_use]
    pub fn check(&self, policy_type: PolicyType) -> Vec<Diagnostic> {
        let mut found = types::check(self, policy_type);
        for diagnostic in &mut found {
            diagnostic.span = diagnostic.span.within(self.length);
        }
        crate::json::retain_real(&mut found, &self.made_up, |diagnostic| diagnostic.span);
        found
    }

    /// Whether there is something to be said about a place: it is in the text, and what stands there was not made up
    /// for a value that could not be read.
    #[cfg(feature = "validate")]
    pub(crate) fn is_real(&self, span: Span) -> bool {
        span.end as usize <= self.length
            && !self.made_up.iter().any(|value| value.start <= span.start && span.end <= value.end)
    }

    /// Whether parsing found no error.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.valid
    }
}

/// The version of the policy language (SPEC G-02 to G-04).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `2012-10-17`: policy variables and escapes work.
    V2012,
    /// `2008-10-17`, or no version at all: `${…}` is ordinary text.
    V2008,
}

/// One statement.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The whole statement, braces included.
    pub span: Span,
    /// The `Sid` element.
    pub sid: Option<Text>,
    /// The `Effect` element.
    pub effect: Effect,
    /// The value of the `Effect` element.
    pub effect_span: Span,
    /// `Principal` or `NotPrincipal`.
    pub principal: Option<PrincipalElement>,
    /// `Action` or `NotAction`.
    pub action: Option<PatternElement>,
    /// `Resource` or `NotResource`.
    pub resource: Option<PatternElement>,
    /// The `Condition` element, operator by operator and key by key.
    pub condition: Vec<ConditionClause>,
}

/// `Allow` or `Deny`, in this spelling only (SPEC G-21).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The statement grants, or in a limiting policy lets pass.
    Allow,
    /// The statement denies, whatever else allows.
    Deny,
}

impl Effect {
    /// The element's text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

/// A decoded string and its place, quotes included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The decoded text; for a number or boolean its JSON text (SPEC G-10).
    pub value: Box<str>,
    /// Where it stands.
    pub span: Span,
}

/// `Action`, `NotAction`, `Resource` or `NotResource`: a list of patterns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternElement {
    /// True for the `Not…` form.
    pub negated: bool,
    /// The element's name.
    pub name_span: Span,
    /// The patterns; a single string counts as a list of one.
    pub values: Vec<Text>,
}

/// One key under one operator of a `Condition` element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionClause {
    /// The operator.
    pub operator: ConditionOperator,
    /// Where the operator stands.
    pub operator_span: Span,
    /// The condition key as written.
    pub key: Text,
    /// The policy's values.
    pub values: Vec<Text>,
    /// The key with its values.
    pub span: Span,
}
