//! One context value against one policy value (SPEC 4.3).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use super::resolve::{self, Resolved};
use crate::compile::Operand;
use crate::context::{RequestContext, fold};
use crate::policy::Comparison;
use crate::value::{self, Decimal};
use std::cmp::Ordering;

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

/// Compares a value of the request with a value of the policy.
pub(crate) fn compare(comparison: Comparison, operand: &Operand, actual: &str, context: &RequestContext) -> Match {
    match operand {
        Operand::Text { template, fold: false } => {
            Match::resolved(map(resolve::text(template, context), |text| text == actual))
        }
        Operand::Text { template, fold: true } => {
            Match::resolved(map(resolve::text(template, context), |text| fold(&text) == fold(actual)))
        }
        Operand::Like { fixed: Some(glob), .. } => glob.matches(actual).into(),
        Operand::Like { template, fixed: None } => {
            Match::resolved(map(resolve::glob(template, false, context), |glob| glob.matches(actual)))
        }
        Operand::Arn { pattern, .. } => Match::resolved(pattern.matches(actual, context)),
        Operand::Number(number) => Match::typed(ordered(comparison, number.as_ref(), Decimal::parse(actual).as_ref())),
        Operand::Date(date) => Match::typed(ordered(comparison, date.as_ref(), value::date(actual).as_ref())),
        Operand::Bool { template } => match resolve::text(template, context) {
            Resolved::Value(text) => {
                Match::typed(value::boolean(&text).zip(value::boolean(actual)).map(|(a, b)| a == b))
            }
            Resolved::Missing => Match::No,
            Resolved::Unknown => Match::Unknown,
        },
        Operand::Binary(bytes) => Match::typed(bytes.as_ref().zip(value::binary(actual)).map(|(a, b)| *a == b)),
        // A request value that is no address is in no range (SPEC C-20).
        Operand::Network(network) => match (network, value::address(actual)) {
            (None, _) => Match::WrongType,
            (Some(_), None) => Match::No,
            (Some(network), Some(address)) => network.contains(&address).into(),
        },
        Operand::Null(_) => Match::No,
    }
}

fn map<T>(resolved: Resolved<T>, test: impl FnOnce(T) -> bool) -> Resolved<bool> {
    match resolved {
        Resolved::Value(value) => Resolved::Value(test(value)),
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
