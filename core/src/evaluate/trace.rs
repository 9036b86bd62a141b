//! What a tracer sees: every element of every statement, compared with the request.

use super::truth::Truth;
use crate::span::Span;

/// Watches an evaluation. With [`Silent`] nothing is collected and nothing is computed for it.
pub(crate) trait Tracer {
    /// Whether every element is compared, or only up to the first that does not match.
    const ON: bool;
    /// Takes the trace of an element, if it wants it.
    fn element(&mut self, trace: impl FnOnce() -> ElementTrace);
}

/// Collects nothing.
pub(crate) struct Silent;

impl Tracer for Silent {
    const ON: bool = false;
    fn element(&mut self, _: impl FnOnce() -> ElementTrace) {}
}

/// Collects every element.
impl Tracer for Vec<ElementTrace> {
    const ON: bool = true;
    fn element(&mut self, trace: impl FnOnce() -> ElementTrace) {
        self.push(trace());
    }
}

/// One element of a statement compared with the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementTrace {
    /// Which element.
    pub kind: ElementKind,
    /// Whether it matches.
    pub matched: Truth,
    /// In the document: the value that matched, else the element or the condition.
    pub span: Span,
    /// For a condition: the operator as written.
    pub operator: Option<String>,
    /// For a condition: the key as written.
    pub key: Option<String>,
    /// Every listed value by itself.
    pub values: Vec<ValueTrace>,
    /// The policy's values, variables replaced.
    pub expected: Vec<String>,
    /// The request's values; `None` for a condition key that is not in the request.
    pub actual: Option<Vec<String>>,
    /// The condition key is unknown.
    pub unknown: bool,
    /// Keys of variables without a value.
    pub missing_variables: Vec<String>,
    /// The resource matches only since a `*` crosses a colon (SPEC M-22).
    pub crosses_colons: bool,
    /// The key has several values and the operator is no set operator (SPEC C-43).
    pub several_values: bool,
    /// `ForAnyValue:…IfExists` on a missing key (SPEC C-45).
    pub disputed_if_exists: bool,
}

/// One listed principal, pattern or condition value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueTrace {
    /// The value as written.
    pub text: String,
    /// The value with its variables replaced, if that is another text.
    pub resolved: Option<String>,
    /// Whether this value by itself covers what the request has: some value of it, for a key with
    /// several. `Not…` elements and negated operators ask that none does.
    pub matched: Truth,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// An element of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementKind {
    /// `Principal`, or `NotPrincipal`.
    Principal {
        /// The `Not…` form.
        negated: bool,
    },
    /// `Action`, or `NotAction`.
    Action {
        /// The `Not…` form.
        negated: bool,
    },
    /// `Resource`, or `NotResource`.
    Resource {
        /// The `Not…` form.
        negated: bool,
    },
    /// One key under one operator of `Condition`.
    Condition,
}

impl ElementKind {
    /// The element's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Principal { negated: false } => "Principal",
            Self::Principal { negated: true } => "NotPrincipal",
            Self::Action { negated: false } => "Action",
            Self::Action { negated: true } => "NotAction",
            Self::Resource { negated: false } => "Resource",
            Self::Resource { negated: true } => "NotResource",
            Self::Condition => "Condition",
        }
    }
}

impl ElementTrace {
    pub(crate) fn new(kind: ElementKind, matched: Truth, span: Span) -> Self {
        Self {
            kind,
            matched,
            span,
            operator: None,
            key: None,
            values: Vec::new(),
            expected: Vec::new(),
            actual: None,
            unknown: false,
            missing_variables: Vec::new(),
            crosses_colons: false,
            several_values: false,
            disputed_if_exists: false,
        }
    }
}
