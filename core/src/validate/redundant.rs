//! What can be left out (SPEC 8.5).

use super::arn::ArnPattern;
use super::check::{Check, has_wildcard};
use crate::glob::Pattern;
use crate::policy::{Comparison, PatternElement, PrincipalKind, Statement, Text};
use crate::value::Decimal;

/// What stands behind so many values of a list is not compared.
const MOST_COMPARED: usize = 500;

/// `REDUNDANT_ACTION`, and our own `ACTIONS_DIFFER_IN_CASE`: names of actions compare without case (SPEC M-01).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
pub(super) fn actions(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        let Some(element) = &statement.action else { continue };
        let covers =
            |one: &Text, other: &Text| covers_text(&one.value.to_ascii_lowercase(), &other.value.to_ascii_lowercase());
        let same = |one: &Text, other: &Text| one.value.eq_ignore_ascii_case(&other.value);
        for (index, by) in covered(element, covers, same) {
            let (Some(text), Some(by)) = (element.values.get(index), element.values.get(by)) else { continue };
            let edits = check.remove_from(&element.values, &[index]);
            let title = format!("Remove {}", text.value);
            if text.value != by.value && same(text, by) {
                let message =
                    format!("`{}` and `{}` differ in case only, and that does not count", by.value, text.value);
                check
                    .report("ACTIONS_DIFFER_IN_CASE", text.span, message)
                    .help("remove one of the two")
                    .fix(title, edits);
            } else {
                let message = format!("`{}` is covered by `{}`", text.value, by.value);
                check.report("REDUNDANT_ACTION", text.span, message).help("remove it").fix(title, edits);
            }
        }
    }
}

/// `REDUNDANT_RESOURCE`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
pub(super) fn resources(check: &mut Check<'_>) {
    let variables = check.has_variables();
    for (_, statement) in check.statements() {
        let Some(element) = &statement.resource else { continue };
        let covers = |one: &Text, other: &Text| {
            *one.value == *"*"
                || match (ArnPattern::split(one, variables), ArnPattern::split(other, variables)) {
                    (Some(one), Some(other)) => {
                        covers_text(one.partition(), other.partition())
                            && covers_text(one.service(), other.service())
                            && covers_text(one.region(), other.region())
                            && covers_text(one.account(), other.account())
                            && covers_text(one.resource(), other.resource())
                    }
                    _ => false,
                }
        };
        for (index, by) in covered(element, covers, |one, other| one.value == other.value) {
            let (Some(text), Some(by)) = (element.values.get(index), element.values.get(by)) else { continue };
            let edits = check.remove_from(&element.values, &[index]);
            let message = format!("`{}` is covered by `{}`", text.value, by.value);
            let title = format!("Remove {}", text.value);
            check.report("REDUNDANT_RESOURCE", text.span, message).help("remove it").fix(title, edits);
        }
    }
}

/// The values that another one of the list covers: of two that are the same, the later one. With the one that covers.
fn covered(
    element: &PatternElement,
    covers: impl Fn(&Text, &Text) -> bool,
    same: impl Fn(&Text, &Text) -> bool,
) -> Vec<(usize, usize)> {
    let values = element.values.get(..element.values.len().min(MOST_COMPARED)).unwrap_or_default();
    let patterns: Vec<(usize, &Text)> =
        values.iter().enumerate().filter(|(_, text)| has_wildcard(&text.value)).collect();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|index| values.get(*index).map(|text| text.value.to_ascii_lowercase()));
    let mut found = Vec::new();
    for pair in order.windows(2) {
        if let [one, other] = *pair
            && let (Some(first), Some(second)) = (values.get(one), values.get(other))
            && same(first, second)
        {
            found.push((other, one));
        }
    }
    for (index, text) in values.iter().enumerate() {
        let other = |(by, pattern): &&(usize, &Text)| {
            *by != index && !same(pattern, text) && covers(pattern, text) && !(covers(text, pattern) && *by > index)
        };
        if found.iter().all(|(known, _)| *known != index)
            && let Some((by, _)) = patterns.iter().find(other)
        {
            found.push((index, *by));
        }
    }
    found
}

/// Whether one pattern covers all that another one does: it covers that with its stars empty, and with them long. The
/// characters that stand in for wildcards occur in no policy, so that only wildcards take them.
fn covers_text(one: &str, other: &str) -> bool {
    let filled = |star: &str| other.replace('*', star).replace('?', "\u{1}");
    if !has_wildcard(other) {
        return Pattern::plain(one).matches(other);
    }
    Pattern::plain(one).matches(&filled("")) && Pattern::plain(one).matches(&filled(&"\u{2}".repeat(one.len() + 1)))
}

/// `REDUNDANT_STATEMENT`: one that says the same as another before it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html>
pub(super) fn statements(check: &mut Check<'_>) {
    let said: Vec<String> = check.document.statements.iter().map(what_it_says).collect();
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.sort_by_key(|index| said.get(*index));
    let mut repeated: Vec<usize> = order
        .windows(2)
        .filter_map(|pair| {
            matches!(pair, [one, other] if said.get(*one) == said.get(*other)).then(|| pair.last().copied())?
        })
        .collect();
    repeated.sort_unstable();
    for index in repeated {
        let Some(statement) = check.document.statements.get(index) else { continue };
        let edits = check.tree().and_then(|tree| tree.remove_statement(index));
        check
            .report("REDUNDANT_STATEMENT", statement.span, "a statement before this one says the same")
            .help("remove one of the two")
            .fix("Remove the statement", edits);
    }
}

/// All of a statement but its Sid, in an order of its own.
fn what_it_says(statement: &Statement) -> String {
    let list = |mut values: Vec<String>| {
        values.sort_unstable();
        values.dedup();
        values.join("\u{1}")
    };
    let element = |element: &Option<PatternElement>, fold: bool| {
        element.as_ref().map_or(String::new(), |element| {
            let values = element.values.iter().map(|text| text.value.to_string());
            let values = values.map(|value| if fold { value.to_ascii_lowercase() } else { value });
            format!("{}\u{2}{}", element.negated, list(values.collect()))
        })
    };
    let principal = statement.principal.as_ref().map_or(String::new(), |element| {
        let entries = element.entries.iter().map(|entry| format!("{}\u{2}{}", entry.kind as u8, entry.value.value));
        format!("{}\u{3}{}", element.negated, list(entries.collect()))
    });
    let clauses = statement.condition.iter().map(|clause| {
        let values = list(clause.values.iter().map(|text| text.value.to_string()).collect());
        format!("{}\u{2}{}\u{2}{values}", clause.operator.text(), clause.key.value.to_ascii_lowercase())
    });
    [
        statement.effect.as_str().to_owned(),
        principal,
        element(&statement.action, true),
        element(&statement.resource, false),
        list(clauses.collect()),
    ]
    .join("\u{4}")
}

/// `REDUNDANT_CONDITION_VALUE_NUM`: of several bounds only the widest counts, as values are alternatives (SPEC C-01).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
pub(super) fn bounds(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        for clause in &statement.condition {
            let upper = match clause.operator.comparison {
                Comparison::NumericLessThan | Comparison::NumericLessThanEquals => true,
                Comparison::NumericGreaterThan | Comparison::NumericGreaterThanEquals => false,
                _ => continue,
            };
            let numbers: Option<Vec<Decimal<'_>>> =
                clause.values.iter().map(|text| Decimal::parse(&text.value)).collect();
            let Some(numbers) = numbers.filter(|numbers| numbers.len() > 1) else { continue };
            let widest = if upper { numbers.iter().max() } else { numbers.iter().min() };
            let Some(kept) = widest.and_then(|widest| numbers.iter().position(|number| number == widest)) else {
                continue;
            };
            let (Some(text), Some(first)) =
                (clause.values.get(kept), clause.values.iter().enumerate().find(|(index, _)| *index != kept))
            else {
                continue;
            };
            let rest: Vec<usize> = (0..numbers.len()).filter(|index| *index != kept).collect();
            let edits = check.remove_from(&clause.values, &rest);
            let message = format!("of these bounds only {} counts, the widest", text.value);
            let title = format!("Keep {} only", text.value);
            check
                .report("REDUNDANT_CONDITION_VALUE_NUM", first.1.span, message)
                .help(format!("write {} alone", text.value))
                .fix(title, edits);
        }
    }
}

/// `REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY`: a session next to its own role.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session>
pub(super) fn sessions(check: &mut Check<'_>) {
    if !check.is_trust() {
        return;
    }
    for (_, statement) in check.statements() {
        let entries = statement.principal.iter().flat_map(|element| &element.entries);
        let texts: Vec<Text> =
            entries.filter(|entry| entry.kind == PrincipalKind::Aws).map(|entry| entry.value.clone()).collect();
        for (index, text) in texts.iter().enumerate() {
            // AWS's page writes the session with `iam`, too.
            let Some((account, session)) = crate::arn::Arn::parse(&text.value).map(|arn| (arn.account, arn.resource))
            else {
                continue;
            };
            let Some(role) = session.strip_prefix("assumed-role/").and_then(|rest| rest.split('/').next()) else {
                continue;
            };
            let parent = texts.iter().find(|other| {
                let arn = crate::arn::Arn::parse(&other.value);
                arn.is_some_and(|arn| {
                    let name = arn.resource.strip_prefix("role/").and_then(|path| path.rsplit('/').next());
                    arn.service == "iam" && arn.account == account && name == Some(role)
                })
            });
            if let Some(parent) = parent {
                let edits = check.remove_from(&texts, &[index]);
                let message = format!("this session is one of `{}`, which is listed, too", parent.value);
                check
                    .report("REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY", text.span, message)
                    .help("remove the session, or the role if only this session is meant")
                    .fix("Remove the session", edits);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::covers_text;

    #[test]
    fn one_pattern_covers_another() {
        for (one, other, expected) in [
            ("a*", "ab", true),
            ("a*", "a*", true),
            ("a*", "a?b*", true),
            ("a?", "a*", false),
            ("a?*", "a*", false),
            ("a*b", "a*bb", true),
            ("a*bb", "a*b", false),
            ("*", "?", true),
            ("?", "?", true),
            ("a", "a*", false),
        ] {
            assert_eq!(covers_text(one, other), expected, "{one} covers {other}");
        }
    }
}
