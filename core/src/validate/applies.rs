//! Statements that never apply to some of their actions (SPEC M-09, M-30, C-20).

use super::arn::ArnPattern;
use super::arn_format::Form;
use super::check::{Check, has_wildcard};
use crate::catalog::{Action, ArnFormat, Catalog, carry};
use crate::never::{is_of_actions, is_part_of_call, needs_key};
use crate::policy::{ConditionClause, PatternElement, Statement, Text};

/// Patterns that stand for more actions than this are not looked into.
const MOST_ACTIONS: usize = 1_000;

/// `RESOURCE_NEVER_MATCHES_ACTION`, our own: an action for which no resource of the statement is of a fitting type.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
pub(super) fn resources(check: &mut Check<'_>) {
    let Some(catalog) = check.catalog else { return };
    // So that long documents take no long time.
    let mut left = 50_000_usize;
    for (_, statement) in check.statements() {
        let (Some(action), Some(resource)) = (&statement.action, &statement.resource) else { continue };
        if action.negated || resource.negated || resource.values.is_empty() {
            continue;
        }
        let Some(arns) = arns(check, resource) else { continue };
        for text in &action.values {
            let actions = expand(catalog, text);
            left = left.saturating_sub(actions.len() * arns.len());
            if left == 0 {
                return;
            }
            if !actions.is_empty() && !actions.iter().any(|action| arns.iter().any(|arn| fits(*action, arn))) {
                let message = format!("none of the statement's resources is one that `{}` is about", text.value);
                let help = match actions
                    .first()
                    .and_then(|action| usual_format(*action))
                {
                    Some(format) => format!("add a resource such as {}, or remove the action", format.as_str()),
                    None => "by AWS's tables of actions it can only be allowed on *: give it a statement of its own with \"Resource\": \"*\""
                        .to_owned(),
                };
                check.report("RESOURCE_NEVER_MATCHES_ACTION", text.span, message).help(help);
            }
        }
    }
}

/// The form of ARN that the action is mostly about: buckets and objects rather than the access points to them.
fn usual_format(action: Action<'_>) -> Option<ArnFormat<'_>> {
    let types = action.resources().map(|resource| resource.resource_type());
    let mut formats = types.flat_map(|resource_type| resource_type.arn_formats());
    let first = formats.clone().next();
    formats.find(|format| !format.as_str().contains("accesspoint")).or(first)
}

/// The ARNs of an element; nothing if one of them may be anything.
fn arns<'a>(check: &Check<'_>, element: &'a PatternElement) -> Option<Vec<ArnPattern<'a>>> {
    element.values.iter().map(|text| ArnPattern::split(text, check.has_variables())).collect()
}

fn expand<'a>(catalog: &'a Catalog, text: &Text) -> Vec<Action<'a>> {
    if matches!(&*text.value, "*" | "*:*") {
        return Vec::new();
    }
    let actions = catalog.expand(&text.value);
    if actions.len() > MOST_ACTIONS { Vec::new() } else { actions }
}

/// Whether a request for the action can be about an ARN of the policy. Without a resource it is about `*`, which patterns
/// for all of a service cover.
fn fits(action: Action<'_>, arn: &ArnPattern<'_>) -> bool {
    let all = |part: &str| part.bytes().all(|byte| byte == b'*');
    if all(arn.region()) && all(arn.account()) && all(arn.resource()) && !arn.resource().is_empty() {
        let service = arn.service();
        return has_wildcard(service) || service.eq_ignore_ascii_case(action.prefix()) || formats(action, arn);
    }
    formats(action, arn)
}

fn formats(action: Action<'_>, arn: &ArnPattern<'_>) -> bool {
    let types = action.resources().map(|resource| resource.resource_type());
    types.flat_map(|resource_type| resource_type.arn_formats()).filter_map(Form::new).any(|form| form.fits(arn))
}

/// `UNSUPPORTED_ACTION_FOR_CONDITION_KEY` (SPEC 8.2) for actions that are named, and our own
/// `CONDITION_KEY_NEVER_PRESENT` for a key that none of the statement's actions carries. `IfExists` says that a key may be
/// missing, and `Null` asks.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
pub(super) fn keys(check: &mut Check<'_>) {
    let Some(catalog) = check.catalog else { return };
    for (_, statement) in check.statements() {
        let Some(element) = statement.action.as_ref().filter(|element| !element.negated && !element.values.is_empty())
        else {
            continue;
        };
        for clause in statement.condition.iter().filter(|clause| needs_key(clause)) {
            let name = &clause.key.value;
            if !is_of_actions(catalog, name) {
                continue;
            }
            let (mut without, mut with): (Vec<&str>, bool) = (Vec::new(), false);
            for text in &element.values {
                let actions = expand(catalog, text);
                if is_part_of_call(&text.value) {
                    continue;
                }
                if actions.is_empty() || carry(&actions, name) {
                    with = true;
                } else {
                    without.push(&text.value);
                }
            }
            let named: Vec<&str> = without.iter().filter(|action| !has_wildcard(action)).copied().collect();
            if !with && !without.is_empty() {
                check
                    .report(
                        "CONDITION_KEY_NEVER_PRESENT",
                        clause.key.span,
                        format!("none of the statement's actions carries {name}, so the condition never is true"),
                    )
                    .help("remove the key, or list actions that have it");
            } else if !named.is_empty() {
                let list = list(&named);
                check
                    .report(
                        "UNSUPPORTED_ACTION_FOR_CONDITION_KEY",
                        clause.key.span,
                        format!("{list} never carries {name}"),
                    )
                    .help(format!("give {list} a statement without this key"));
            }
        }
    }
}

fn list(names: &[&str]) -> String {
    match names.split_at_checked(5) {
        Some((first, rest)) if !rest.is_empty() => format!("{} and {} more", first.join(", "), rest.len()),
        _ => names.join(", "),
    }
}

/// `DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE`, `DENY_NOTACTION_…` (SPEC 8.3), `ALLOW_WITH_…` and
/// `ALLOW_NOTACTION_…` (SPEC 8.5): `aws:ResourceTag`, which many services do not send.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html>
pub(super) fn tags(check: &mut Check<'_>) {
    let Some(catalog) = check.catalog else { return };
    for (_, statement) in check.statements() {
        let Some(element) = &statement.action else { continue };
        let about = |clause: &&ConditionClause| {
            let name = &clause.key.value;
            name.get(..16).is_some_and(|start| start.eq_ignore_ascii_case("aws:ResourceTag/")) && needs_key(clause)
        };
        let Some(clause) = statement.condition.iter().find(about) else { continue };
        let (name, denies) = (&clause.key.value, statement.effect == crate::Effect::Deny);
        let does = if denies { "denied" } else { "allowed" };
        if element.negated {
            let code = if denies {
                "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"
            } else {
                "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"
            };
            check
                .report(code, clause.key.span, format!("many of the actions never carry {name} and are not {does}"))
                .help("list the actions under Action");
            continue;
        }
        let mut services: Vec<&str> = unsupported(catalog, statement, name);
        services.sort_unstable();
        services.dedup();
        if !services.is_empty() {
            let code = if denies {
                "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"
            } else {
                "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"
            };
            let list = list(&services);
            check
                .report(
                    code,
                    clause.key.span,
                    format!("actions of {list} in this statement never carry {name} and are not {does}"),
                )
                .help("give them a statement that names their resources instead");
        }
    }
}

/// The services of the actions that never carry a key.
fn unsupported<'a>(catalog: &'a Catalog, statement: &Statement, name: &str) -> Vec<&'a str> {
    let texts = statement.action.iter().flat_map(|element| &element.values);
    texts
        .filter_map(|text| {
            let actions = expand(catalog, text);
            let first = actions.first()?.prefix();
            (!carry(&actions, name)).then_some(first)
        })
        .collect()
}
