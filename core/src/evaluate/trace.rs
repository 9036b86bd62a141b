//! What a tracer sees of the elements of a statement, and what can be told of them.

use super::truth::Truth;
use crate::span::Span;
use std::borrow::Cow;

/// Watches an evaluation. With [`Failing`] nothing is computed for it.
pub(crate) trait Tracer {
    /// Whether every element is compared, or only up to the first that does not match.
    const ON: bool;
    /// Takes note of an element.
    fn element(&mut self, kind: ElementKind, matched: Truth);
}

/// Keeps the first element that does not match.
pub(crate) struct Failing(pub Option<ElementKind>);

impl Tracer for Failing {
    const ON: bool = false;
    fn element(&mut self, kind: ElementKind, matched: Truth) {
        if matched == Truth::False {
            self.0.get_or_insert(kind);
        }
    }
}

/// Collects every element.
impl Tracer for Elements {
    const ON: bool = true;
    fn element(&mut self, kind: ElementKind, matched: Truth) {
        let element = ElementMatch { kind, matched };
        match self.few.get_mut(usize::from(self.count)) {
            Some(place) if self.more.is_empty() => {
                *place = element;
                self.count += 1;
            }
            _ => {
                if self.more.is_empty() {
                    self.more.extend(self.few);
                }
                self.more.push(element);
            }
        }
    }
}

/// The elements of a statement, each with whether it matches: what [`crate::compared`] gives.
///
/// It can be used as a slice. What the elements hold and how each of their values compares, which takes
/// longer to find out than the decision, is told by [`crate::elements`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elements {
    /// Most statements have no more, and so need no memory of their own.
    few: [ElementMatch; 6],
    count: u8,
    /// All of them, if they are more.
    more: Vec<ElementMatch>,
}

impl std::ops::Deref for Elements {
    type Target = [ElementMatch];

    fn deref(&self) -> &[ElementMatch] {
        if self.more.is_empty() { self.few.get(..usize::from(self.count)).unwrap_or_default() } else { &self.more }
    }
}

/// Whether an element of a statement matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ElementMatch {
    /// Which element.
    pub kind: ElementKind,
    /// Whether it matches.
    pub matched: Truth,
}

impl Default for ElementMatch {
    fn default() -> Self {
        Self { kind: ElementKind::Condition, matched: Truth::False }
    }
}

/// One element of a statement compared with the request. Its texts are those of the policies and the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementTrace<'a> {
    /// Which element.
    pub kind: ElementKind,
    /// Whether it matches.
    pub matched: Truth,
    /// In the document: the value that matched, else the element or the condition.
    pub span: Span,
    /// For a condition: the operator as written.
    pub operator: Option<Cow<'static, str>>,
    /// For a condition: the key as written.
    pub key: Option<&'a str>,
    /// Every listed value by itself.
    pub values: Vec<ValueTrace<'a>>,
    /// The request's values; `None` for a condition key that is not in the request.
    pub actual: Option<Vec<Cow<'a, str>>>,
    /// The condition key is unknown.
    pub unknown: bool,
    /// Keys of variables without a value, and whether they are unknown.
    pub open_variables: Vec<(&'a str, bool)>,
    /// The resource matches only since a `*` crosses a colon (SPEC M-22).
    pub crosses_colons: bool,
    /// The key has several values and the operator is no set operator (SPEC C-43).
    pub several_values: bool,
    /// `ForAnyValue:…IfExists` on a missing key (SPEC C-45).
    pub disputed_if_exists: bool,
}

/// One listed principal, pattern or condition value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueTrace<'a> {
    /// The value as written.
    pub text: &'a str,
    /// The value with its variables replaced, if that is another text.
    pub resolved: Option<String>,
    /// Whether this value by itself covers what the request has: some value of it, for a key with
    /// several. `Not…` elements and negated operators ask that none does.
    pub matched: Truth,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl ElementTrace<'_> {
    /// The policy's values, variables replaced.
    #[must_use]
    pub fn expected(&self) -> Vec<Cow<'_, str>> {
        self.values.iter().map(|value| Cow::Borrowed(value.shown())).collect()
    }
}

impl ValueTrace<'_> {
    /// The value with its variables replaced.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.resolved.as_deref().unwrap_or(self.text)
    }
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

impl<'a> ElementTrace<'a> {
    /// The keys of variables that have no value, or of those that are unknown.
    pub fn variables(&self, unknown: bool) -> Vec<&'a str> {
        self.open_variables.iter().filter(|(_, other)| *other == unknown).map(|(key, _)| *key).collect()
    }

    pub(super) fn new(element: &ElementMatch, span: Span, values: Vec<ValueTrace<'a>>) -> Self {
        Self {
            kind: element.kind,
            matched: element.matched,
            span,
            operator: None,
            key: None,
            values,
            actual: None,
            unknown: false,
            open_variables: Vec::new(),
            crosses_colons: false,
            several_values: false,
            disputed_if_exists: false,
        }
    }
}
