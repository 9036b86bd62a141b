//! Statements that never apply, as far as the document alone tells.

use crate::catalog::{Catalog, global_condition_key};
use crate::glob::Pattern;
use crate::policy::{Comparison, ConditionClause, PrincipalEntry, PrincipalKind, Quantifier, Statement, Text};
use crate::span::Span;
use crate::value::{self, Decimal};

/// What stands behind so many clauses of a statement is not compared.
const MOST_CLAUSES: usize = 500;

/// What leaves nothing of a statement, as it excepts everything: `NotAction`, `NotResource` or `NotPrincipal` (SPEC M-08,
/// M-31, N-02), with its place and what there would have to be.
pub(crate) fn excepts_everything(statement: &Statement) -> Option<(&'static str, Span, &'static str)> {
    let stars = |text: &Text| !text.value.is_empty() && text.value.bytes().all(|byte| byte == b'*');
    if let Some(element) = statement.action.as_ref().filter(|element| element.negated)
        && element.values.iter().any(|text| stars(text) || *text.value == *"*:*")
    {
        return Some(("NotAction", element.name_span, "action"));
    }
    if let Some(element) = statement.resource.as_ref().filter(|element| element.negated)
        && element.values.iter().any(stars)
    {
        return Some(("NotResource", element.name_span, "resource"));
    }
    let element = statement.principal.as_ref().filter(|element| element.negated)?;
    let everybody = |entry: &PrincipalEntry| {
        entry.kind == PrincipalKind::Everyone || entry.kind == PrincipalKind::Aws && *entry.value.value == *"*"
    };
    element.entries.iter().any(everybody).then_some(("NotPrincipal", element.name_span, "principal"))
}

/// The clauses that no request passes which passes one before it, each with that one (SPEC C-01).
pub(crate) fn contradictions(statement: &Statement) -> Vec<(&ConditionClause, &ConditionClause)> {
    let mut found = Vec::new();
    for (index, clause) in statement.condition.iter().enumerate().take(MOST_CLAUSES) {
        let before = statement.condition.get(..index).unwrap_or_default();
        for other in before.iter().filter(|other| other.key.value.eq_ignore_ascii_case(&clause.key.value)) {
            if contradict(clause, other) || contradict(other, clause) {
                found.push((clause, other));
            }
        }
    }
    found
}

/// Whether what passes the first clause cannot pass the second. The first one wants the key to be present.
fn contradict(wanted: &ConditionClause, other: &ConditionClause) -> bool {
    let (first, second) = (wanted.operator, other.operator);
    if first.quantifier.is_some() || second.quantifier.is_some() || first.if_exists {
        return false;
    }
    // With a variable it can be any text.
    let exact = |clause: &ConditionClause| !clause.values.iter().any(|text| text.value.contains("${"));
    let needs_key = !first.comparison.is_negated() && first.comparison != Comparison::Null;
    let all = |clause: &ConditionClause, asked: bool| {
        !clause.values.is_empty() && clause.values.iter().all(|text| value::boolean(&text.value) == Some(asked))
    };
    // The same text is the same value, variables or not.
    let listed = |text: &Text| other.values.iter().any(|other| other.value == text.value);
    match (first.comparison, second.comparison) {
        (_, Comparison::Null) if needs_key => all(other, true),
        (Comparison::Null, Comparison::Null) => all(wanted, false) && all(other, true),
        (positive, negated) if is_negation(positive, negated) && wanted.values.iter().all(listed) => {
            !wanted.values.is_empty()
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
        ) => are_apart(wanted, other, Decimal::parse),
        (
            Comparison::DateLessThan | Comparison::DateLessThanEquals,
            Comparison::DateGreaterThan | Comparison::DateGreaterThanEquals,
        ) => are_apart(wanted, other, value::date),
        _ => false,
    }
}

/// Whether no value is below a bound of the first clause and above one of the second.
fn are_apart<'t, T: Ord>(
    below: &'t ConditionClause,
    above: &'t ConditionClause,
    parse: fn(&'t str) -> Option<T>,
) -> bool {
    use Comparison as C;
    let inclusive = matches!(below.operator.comparison, C::NumericLessThanEquals | C::DateLessThanEquals)
        && matches!(above.operator.comparison, C::NumericGreaterThanEquals | C::DateGreaterThanEquals);
    let upper = below.values.iter().map(|text| parse(&text.value)).max().flatten();
    let lower = above.values.iter().map(|text| parse(&text.value)).min().flatten();
    upper.zip(lower).is_some_and(|(upper, lower)| upper < lower || upper == lower && !inclusive)
}

/// Whether one operator is true exactly when the other is not, for a key that is present.
fn is_negation(positive: Comparison, negated: Comparison) -> bool {
    use Comparison as C;
    matches!(
        (positive, negated),
        (C::StringEquals, C::StringNotEquals)
            | (C::StringEqualsIgnoreCase, C::StringNotEqualsIgnoreCase)
            | (C::StringLike, C::StringNotLike)
            | (C::NumericEquals, C::NumericNotEquals)
            | (C::DateEquals, C::DateNotEquals)
            | (C::IpAddress, C::NotIpAddress)
            | (C::ArnEquals | C::ArnLike, C::ArnNotEquals | C::ArnNotLike)
    )
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

/// Whether the clause is false without the key: `IfExists` says that it may be missing, and `Null` asks.
pub(crate) fn needs_key(clause: &ConditionClause) -> bool {
    let operator = clause.operator;
    !operator.if_exists
        && operator.comparison != Comparison::Null
        && operator.quantifier != Some(Quantifier::ForAllValues)
        && (!operator.comparison.is_negated() || operator.quantifier == Some(Quantifier::ForAnyValue))
}

/// Whether the key is one that the catalog lists for actions; global ones and tags come from elsewhere.
pub(crate) fn is_of_actions(catalog: &Catalog, name: &str) -> bool {
    !is_claim(name)
        && name.get(..4).is_some_and(|start| !start.eq_ignore_ascii_case("aws:"))
        && global_condition_key(name).is_none()
        && catalog.condition_key(name).is_some()
}

/// Whether the action is a part of calls that assume a role, and carries what these carry.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required>
pub(crate) fn is_part_of_call(action: &str) -> bool {
    const PARTS: [&str; 3] = ["sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"];
    PARTS.iter().any(|part| part.eq_ignore_ascii_case(action))
}

/// Whether the key is what the token of an identity provider says, which some sessions keep (SPEC 6.3).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>
pub(crate) fn is_claim(name: &str) -> bool {
    let prefix = name.split(':').next().unwrap_or_default();
    prefix.contains(['.', '/']) || prefix.eq_ignore_ascii_case("saml")
}
