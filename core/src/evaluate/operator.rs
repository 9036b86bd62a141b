//! One context value against one policy value (SPEC 4.3).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use super::resolve::{self, Resolved};
use crate::compile::Operand;
use crate::context::RequestContext;
use crate::glob::{Pattern, Reach};
use crate::lower_case::lower;
use crate::policy::variable::{Piece, Template};
use crate::policy::{Comparison, ValueType};
use crate::value::{self, Decimal, Instant};
use std::cmp::Ordering;
use std::net::IpAddr;

/// The outcome of the positive comparison; a negated operator asks for the opposite of `Yes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    Yes,
    No,
    /// A value does not parse for the operator (SPEC C-20).
    WrongType,
    /// A variable's key is unknown.
    Unknown,
}

impl From<bool> for Match {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

impl Match {
    /// A variable without a value never matches, so its negation does (SPEC V-09, V-10).
    fn resolved(outcome: Resolved<bool>) -> Self {
        match outcome {
            Resolved::Value(matched) => matched.into(),
            Resolved::Missing => Self::No,
            Resolved::Unknown => Self::Unknown,
        }
    }

    fn typed(outcome: Option<bool>) -> Self {
        outcome.map_or(Self::WrongType, Self::from)
    }
}

/// A value of the request, read once for all values that it is compared with.
pub(crate) struct Actual<'a> {
    comparison: Comparison,
    text: &'a str,
    /// For the operators that compare addresses.
    address: Option<IpAddr>,
    /// For those that compare dates.
    date: Option<Instant>,
}

impl<'a> Actual<'a> {
    pub fn new(comparison: Comparison, text: &'a str) -> Self {
        let value_type = comparison.value_type();
        let address = if value_type == ValueType::Address { value::address(text) } else { None };
        let date = if value_type == ValueType::Date { value::date(text) } else { None };
        Self { comparison, text, address, date }
    }

    /// Compares with a value of the policy: its text, and what was made of it.
    pub fn compare(&self, policy: &str, operand: &Operand, context: &RequestContext) -> Match {
        match operand {
            Operand::Text(fixed) => self.compare_text(policy, *fixed, None, context),
            Operand::Template(template) => self.compare_text(policy, 0, Some(template), context),
            Operand::Date(date) => Match::typed(ordered(self.comparison, date.as_deref(), self.date.as_ref())),
            Operand::Binary(bytes) => {
                Match::typed(bytes.as_ref().zip(value::binary(self.text)).map(|(a, b)| **a == *b))
            }
            // A request value that is no address is in no range (SPEC C-20).
            Operand::Network(network) => match (network, self.address) {
                (None, _) => Match::WrongType,
                (Some(_), None) => Match::No,
                (Some(network), Some(address)) => network.contains(&address).into(),
            },
            Operand::Null(_) => Match::No,
        }
    }

    fn compare_text(&self, policy: &str, fixed: u32, template: Option<&Template>, context: &RequestContext) -> Match {
        use Comparison as C;
        let reach = match self.comparison {
            C::StringEquals | C::StringNotEquals if template.is_none() => return (policy == self.text).into(),
            C::Bool if template.is_none() => {
                return Match::typed(value::boolean(policy).zip(value::boolean(self.text)).map(|(a, b)| a == b));
            }
            C::StringEquals | C::StringNotEquals | C::Bool => Reach::Nowhere,
            C::StringLike | C::StringNotLike => Reach::Free,
            C::ArnEquals | C::ArnLike | C::ArnNotEquals | C::ArnNotLike => Reach::Parts,
            C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase => {
                return Match::resolved(equal_without_case(policy, template, self.text, context));
            }
            comparison => {
                let numbers = (Decimal::parse(policy), Decimal::parse(self.text));
                return Match::typed(ordered(comparison, numbers.0.as_ref(), numbers.1.as_ref()));
            }
        };
        let template = template.map(|template| (template, context));
        let pattern = Pattern { text: policy, template, tail: "", reach, fold: self.comparison == C::Bool };
        if self.comparison != C::Bool {
            return Match::resolved(resolve::matches(&pattern, fixed, self.text));
        }
        for (text, asked) in [("true", true), ("false", false)] {
            match resolve::matches(&pattern, 0, text) {
                Resolved::Value(true) => return Match::typed(value::boolean(self.text).map(|actual| actual == asked)),
                Resolved::Value(false) => {}
                unresolved => return Match::resolved(unresolved),
            }
        }
        Match::WrongType
    }
}

/// Whether the texts are equal character by character in lower case.
fn equal_without_case(
    policy: &str,
    template: Option<&Template>,
    actual: &str,
    context: &RequestContext,
) -> Resolved<bool> {
    let actual = actual.chars().flat_map(lower);
    let Some(template) = template else {
        return Resolved::Value(policy.chars().flat_map(lower).eq(actual));
    };
    let texts = template.pieces.iter().map(|piece| match piece {
        Piece::Raw(text) => &**text,
        Piece::Literal(character) => character,
        Piece::Variable(variable) => match resolve::variable(variable, context) {
            Resolved::Value(value) => value,
            Resolved::Missing | Resolved::Unknown => "",
        },
    });
    match resolve::outcome(template, context) {
        Resolved::Value(()) => Resolved::Value(texts.flat_map(str::chars).flat_map(lower).eq(actual)),
        Resolved::Missing => Resolved::Missing,
        Resolved::Unknown => Resolved::Unknown,
    }
}

/// Whether the request's value stands to the policy's as the comparison asks.
fn ordered<T: Ord>(comparison: Comparison, policy: Option<&T>, actual: Option<&T>) -> Option<bool> {
    use Comparison as C;
    let ordering = actual?.cmp(policy?);
    Some(match comparison {
        C::NumericLessThan | C::DateLessThan => ordering == Ordering::Less,
        C::NumericLessThanEquals | C::DateLessThanEquals => ordering != Ordering::Greater,
        C::NumericGreaterThan | C::DateGreaterThan => ordering == Ordering::Greater,
        C::NumericGreaterThanEquals | C::DateGreaterThanEquals => ordering != Ordering::Less,
        _ => ordering == Ordering::Equal,
    })
}
