//! Changes that make a statement not apply any more.

use super::element::{context, principal_entry};
use super::view::{Candidate, Seen, View, cheapest_first, shown};
use crate::evaluate::{ElementKind, ValueTrace};
use crate::policy::Effect;
use crate::request::Principal;

/// Ways to keep an applying statement from applying, the ones that change least first.
pub(super) fn neutralize(view: &View<'_>, seen: &Seen<'_>) -> Vec<Candidate> {
    let request = &view.analysis.pair;
    let mut found = Vec::new();
    for (index, element) in seen.elements.iter().enumerate() {
        match element.kind {
            ElementKind::Condition => found.extend(condition(view, seen, index)),
            ElementKind::Action { negated: false } => found.extend(unlist(seen, &element.values, "Action", "")),
            ElementKind::Resource { negated: false } => {
                found.extend(unlist(seen, &element.values, "Resource", "the resources of "))
            }
            ElementKind::Action { negated: true } => found.extend(spare(seen, "NotAction", request.action())),
            ElementKind::Resource { negated: true } if request.resource() != "*" => {
                found.extend(spare(seen, "NotResource", view.resource(seen.policy.policy_type())));
            }
            _ => {}
        }
    }
    if seen.trace.effect == Effect::Deny {
        found.extend(exempt(view, seen));
    }
    cheapest_first(&mut found);
    found
}

fn condition(view: &View<'_>, seen: &Seen<'_>, index: usize) -> Vec<Candidate> {
    let (Some(element), Some((clause, _))) = (seen.elements.get(index), seen.clause(index)) else {
        return Vec::new();
    };
    let mut found = context(view, seen, index, false);
    let key = &*clause.key.value;
    let operator = clause.operator.text();
    let path = ["Condition", &*operator, key];
    let Some(document) = seen.document() else { return found };
    match element.actual.as_deref() {
        Some([only]) if clause.operator.comparison.is_negated() => {
            let edit = document.add(seen.number(), &path, only);
            let summary = format!("Add {} to the values of {key} in {}", shown(only), seen.name);
            found.extend(seen.edit(edit, summary, 15));
        }
        Some([only]) => {
            let at = element.values.iter().position(|value| value.matched.is_true() && value.text == *only);
            let edit = at.and_then(|at| document.remove(seen.number(), &path, at));
            let summary = format!("Remove {} from the values of {key} in {}", shown(only), seen.name);
            found.extend(seen.edit(edit, summary, 16));
        }
        _ => {}
    }
    found
}

/// Takes the one listed value that matches, if it names just this and is not the only one.
fn unlist(seen: &Seen<'_>, values: &[ValueTrace<'_>], name: &str, of: &str) -> Option<Candidate> {
    let mut matching = values.iter().enumerate().filter(|(_, value)| value.matched.is_true());
    let (at, value) = matching.next()?;
    if matching.next().is_some() || value.text.contains(['*', '?', '$']) {
        return None;
    }
    let edit = seen.document()?.remove(seen.number(), &[name], at);
    seen.edit(edit, format!("Remove {} from {of}{}", value.text, seen.name), 16)
}

/// Adds an exception to `NotAction` or `NotResource`.
fn spare(seen: &Seen<'_>, name: &str, value: &str) -> Option<Candidate> {
    let edit = seen.document()?.add(seen.number(), &[name], value);
    seen.edit(edit, format!("Add {value} to {name} of {}", seen.name), 15)
}

/// A condition that keeps a Deny from the caller alone.
fn exempt(view: &View<'_>, seen: &Seen<'_>) -> Option<Candidate> {
    let principal = &view.analysis.pair.principal;
    let (operator, key) = match principal {
        Principal::Service { .. } => ("StringNotEquals", "aws:PrincipalServiceName"),
        Principal::Saml { .. } | Principal::WebIdentity { .. } | Principal::Anonymous => return None,
        _ => ("ArnNotEquals", "aws:PrincipalArn"),
    };
    let (_, value) = principal_entry(principal)?;
    let edit = seen.document()?.add(seen.number(), &["Condition", operator, key], value);
    let summary = format!("Exempt {value} from {} by the condition {operator} {key}", seen.name);
    seen.edit(edit, summary, 20)
}
