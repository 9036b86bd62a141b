//! Conditions that cannot be true together (SPEC C-01).

use super::check::Check;
use crate::glob::Pattern;
use crate::policy::{Comparison, ConditionClause, Text};
use crate::value::{self, Decimal};

/// What stands behind so many clauses of a statement is not compared.
const MOST_CLAUSES: usize = 500;

/// `CONDITIONS_CONTRADICT`, our own: two tests of one key in a statement of which no value passes both, so that the
/// statement never applies.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>
pub(super) fn check(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        for (index, clause) in statement.condition.iter().enumerate().take(MOST_CLAUSES) {
            let before = statement.condition.get(..index).unwrap_or_default();
            for other in before.iter().filter(|other| other.key.value.eq_ignore_ascii_case(&clause.key.value)) {
                if contradict(check, clause, other) || contradict(check, other, clause) {
                    let message = format!(
                        "no value of {} passes both {} and {}, so the statement never applies",
                        clause.key.value,
                        other.operator.text(),
                        clause.operator.text()
                    );
                    check
                        .report("CONDITIONS_CONTRADICT", clause.key.span, message)
                        .help("remove one of the two tests, or make two statements");
                }
            }
        }
    }
}

/// Whether what passes the first clause cannot pass the second. The first one wants the key to be present.
fn contradict(check: &Check<'_>, wanted: &ConditionClause, other: &ConditionClause) -> bool {
    let (first, second) = (wanted.operator, other.operator);
    if first.quantifier.is_some() || second.quantifier.is_some() || first.if_exists {
        return false;
    }
    let exact = |clause: &ConditionClause| clause.values.iter().all(|text| !check.is_variable(&text.value));
    let needs_key = !first.comparison.is_negated() && first.comparison != Comparison::Null;
    match (first.comparison, second.comparison) {
        (_, Comparison::Null) if needs_key => {
            !other.values.is_empty() && other.values.iter().all(|text| value::boolean(&text.value) == Some(true))
        }
        (Comparison::StringEquals, _) if exact(wanted) && exact(other) && !wanted.values.is_empty() => {
            let Some(passes) = text_test(second.comparison) else { return false };
            !wanted.values.iter().any(|text| passes(&text.value, &other.values))
        }
        (Comparison::Bool, Comparison::Bool) => {
            let values = |clause: &ConditionClause, wanted| {
                clause.values.iter().any(|text| value::boolean(&text.value) == Some(wanted))
            };
            let both = |wanted_value| values(wanted, wanted_value) && values(other, wanted_value);
            !wanted.values.is_empty() && !other.values.is_empty() && !both(true) && !both(false)
        }
        (
            Comparison::NumericLessThan | Comparison::NumericLessThanEquals,
            Comparison::NumericGreaterThan | Comparison::NumericGreaterThanEquals,
        ) => {
            let inclusive = first.comparison == Comparison::NumericLessThanEquals
                && second.comparison == Comparison::NumericGreaterThanEquals;
            let upper = wanted.values.iter().map(|text| Decimal::parse(&text.value)).max().flatten();
            let lower = other.values.iter().map(|text| Decimal::parse(&text.value)).min().flatten();
            upper.zip(lower).is_some_and(|(upper, lower)| upper < lower || upper == lower && !inclusive)
        }
        (
            Comparison::DateLessThan | Comparison::DateLessThanEquals,
            Comparison::DateGreaterThan | Comparison::DateGreaterThanEquals,
        ) => {
            let inclusive = first.comparison == Comparison::DateLessThanEquals
                && second.comparison == Comparison::DateGreaterThanEquals;
            let upper = wanted.values.iter().map(|text| value::date(&text.value)).max().flatten();
            let lower = other.values.iter().map(|text| value::date(&text.value)).min().flatten();
            upper.zip(lower).is_some_and(|(upper, lower)| upper < lower || upper == lower && !inclusive)
        }
        _ => false,
    }
}

/// Whether a value passes a string operator.
fn text_test(comparison: Comparison) -> Option<fn(&str, &[Text]) -> bool> {
    Some(match comparison {
        Comparison::StringEquals => |value, values| values.iter().any(|text| *text.value == *value),
        Comparison::StringNotEquals => |value, values| !values.iter().any(|text| *text.value == *value),
        Comparison::StringEqualsIgnoreCase => {
            |value, values| values.iter().any(|text| text.value.eq_ignore_ascii_case(value))
        }
        Comparison::StringNotEqualsIgnoreCase => {
            |value, values| !values.iter().any(|text| text.value.eq_ignore_ascii_case(value))
        }
        Comparison::StringLike => |value, values| values.iter().any(|text| Pattern::plain(&text.value).matches(value)),
        Comparison::StringNotLike => {
            |value, values| !values.iter().any(|text| Pattern::plain(&text.value).matches(value))
        }
        _ => return None,
    })
}
