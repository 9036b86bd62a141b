//! One condition: operator, key, policy values (SPEC 4.2, 4.7, 4.9).

use super::operator::{Actual, Match};
use super::truth::Truth;
use crate::compile::{Condition, Operand};
use crate::context::{ContextEntry, RequestContext};
use crate::options::EvaluationOptions;
use crate::policy::{Comparison, ConditionClause, Quantifier};

/// What the request has for the condition's key.
pub(crate) fn entry<'c>(
    clause: &ConditionClause,
    condition: &Condition,
    context: &'c RequestContext,
) -> &'c ContextEntry {
    context.lookup(condition.key, &clause.key.value)
}

/// Whether the condition holds.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>
pub(crate) fn holds(
    clause: &ConditionClause,
    condition: &Condition,
    context: &RequestContext,
    options: &EvaluationOptions,
) -> Truth {
    let operator = clause.operator;
    let entry = entry(clause, condition, context);
    if operator.comparison == Comparison::Null {
        // SPEC 4.7, NULL_WITH_QUALIFIER.
        return match operator.quantifier {
            Some(Quantifier::ForAllValues) => Truth::True,
            Some(Quantifier::ForAnyValue) => Truth::False,
            None => null(condition, entry, options),
        };
    }
    if *entry == ContextEntry::Unknown {
        return Truth::Unknown;
    }
    let Some(values) = present(entry, options) else {
        return match operator.quantifier {
            Some(Quantifier::ForAllValues) => Truth::True,
            // SPEC C-45: IfExists wins over ForAnyValue.
            Some(Quantifier::ForAnyValue) => (operator.if_exists && options.for_any_value_if_exists_holds).into(),
            None if operator.if_exists => Truth::True,
            None => operator.comparison.is_negated().into(),
        };
    };
    let each = |value: &String| one(clause, condition, value, context);
    match (operator.quantifier, values) {
        (Some(Quantifier::ForAllValues), values) => Truth::all(values.iter().map(each)),
        (Some(Quantifier::ForAnyValue), values) => Truth::any(values.iter().map(each)),
        // SPEC C-43: several values without a set operator never match.
        (None, [only]) => each(only),
        (None, _) => Truth::False,
    }
}

/// The values of a key that is present (SPEC 4.2, C-41).
fn present<'a>(entry: &'a ContextEntry, options: &EvaluationOptions) -> Option<&'a [String]> {
    match entry {
        ContextEntry::Multiple(values) if options.forall_empty_string_is_value && !values.is_empty() => Some(values),
        entry => entry.values(),
    }
}

/// `Null`: true asks that the key is missing, false that it is present; values are OR-ed.
fn null(condition: &Condition, entry: &ContextEntry, options: &EvaluationOptions) -> Truth {
    let asks = |wanted: bool| {
        condition.operands.iter().any(|operand| matches!(operand, Operand::Null(Some(asked)) if *asked == wanted))
    };
    if *entry == ContextEntry::Unknown {
        return match (asks(true), asks(false)) {
            (true, true) => Truth::True,
            (false, false) => Truth::False,
            _ => Truth::Unknown,
        };
    }
    asks(present(entry, options).is_none()).into()
}

/// One value of the request against all values of the policy: OR, or NOR for a negated operator
/// (SPEC C-01), which values of a wrong type alone do not satisfy (SPEC C-20).
fn one(clause: &ConditionClause, condition: &Condition, value: &str, context: &RequestContext) -> Truth {
    let comparison = clause.operator.comparison;
    let negated = comparison.is_negated();
    let actual = Actual::new(comparison, value);
    let (mut unknown, mut wrong) = (false, 0);
    for (text, operand) in clause.values.iter().zip(&condition.operands) {
        match actual.compare(&text.value, operand, context) {
            Match::Yes => return (!negated).into(),
            Match::No => {}
            Match::WrongType => wrong += 1,
            Match::Unknown => unknown = true,
        }
    }
    if unknown {
        return Truth::Unknown;
    }
    (negated && (wrong == 0 || wrong < condition.operands.len())).into()
}

/// Whether some value of the request matches the operand at this index, whatever the set operator
/// says, and before a negated operator turns it round.
pub(super) fn operand_matches(
    clause: &ConditionClause,
    condition: &Condition,
    index: usize,
    context: &RequestContext,
) -> Truth {
    let (Some(text), Some(operand)) = (clause.values.get(index), condition.operands.get(index)) else {
        return Truth::False;
    };
    let entry = entry(clause, condition, context);
    let values = match (entry, operand) {
        (ContextEntry::Unknown, _) => return Truth::Unknown,
        (_, Operand::Null(asked)) => return (*asked == Some(entry.values().is_none())).into(),
        _ => entry.values().unwrap_or_default(),
    };
    Truth::any(values.iter().map(|value| {
        match Actual::new(clause.operator.comparison, value).compare(&text.value, operand, context) {
            Match::Yes => Truth::True,
            Match::Unknown => Truth::Unknown,
            Match::No | Match::WrongType => Truth::False,
        }
    }))
}
