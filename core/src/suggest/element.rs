//! Changes that make one element of a statement match.

use super::Change;
use super::edit::{Edit, quoted};
use super::value;
use super::view::{Candidate, Seen, View, cheapest_first, shown};
use crate::compile::ResourcePattern;
use crate::context::{KeyName, fold};
use crate::evaluate::resolve::{self, Resolved};
use crate::evaluate::{ElementKind, ElementTrace, ValueTrace};
use crate::glob::Pattern;
use crate::policy::variable::Piece;
use crate::policy::{Comparison, ConditionClause, Effect, PolicyType, ValueType};
use crate::request::Principal;
use crate::scenario::ContextValue;

/// Ways to make the element at `index` match, the ones that change least first.
pub(super) fn satisfy(view: &View<'_>, seen: &Seen<'_>, index: usize) -> Vec<Candidate> {
    let Some(element) = seen.elements.get(index) else { return Vec::new() };
    let mut found = match element.kind {
        ElementKind::Principal { negated: false } => principal(view, seen),
        ElementKind::Action { negated: false } => action(view, seen),
        ElementKind::Resource { negated: false } => resource(view, seen, element),
        ElementKind::Condition => condition(view, seen, index),
        ElementKind::Action { negated: true } => except(view, seen, element, "NotAction"),
        ElementKind::Resource { negated: true } => except(view, seen, element, "NotResource"),
        ElementKind::Principal { negated: true } => Vec::new(),
    };
    cheapest_first(&mut found);
    found
}

/// The key and value under which a `Principal` element names the caller.
pub(super) fn principal_entry(principal: &Principal) -> Option<(&'static str, &str)> {
    Some(match principal {
        Principal::Root { arn, .. } | Principal::User { arn, .. } | Principal::FederatedUser { arn, .. } => {
            ("AWS", arn)
        }
        Principal::RoleSession { role_arn, .. } => ("AWS", role_arn),
        Principal::Service { name } => ("Service", name),
        Principal::Saml { provider } | Principal::WebIdentity { provider } => ("Federated", provider),
        Principal::Anonymous => return None,
    })
}

fn principal(view: &View<'_>, seen: &Seen<'_>) -> Vec<Candidate> {
    if is_broad(view, seen, "Principal") {
        return Vec::new();
    }
    let Some((kind, value)) = principal_entry(&view.analysis.pair.principal) else { return Vec::new() };
    let Some(document) = seen.document() else { return Vec::new() };
    let added = document.add(seen.number(), &["Principal", kind], value);
    let summary = format!("Add {value} to the principals of {}", seen.name);
    Vec::from_iter(seen.edit(added, summary, 13))
}

fn action(view: &View<'_>, seen: &Seen<'_>) -> Vec<Candidate> {
    if is_broad(view, seen, "Action") {
        return Vec::new();
    }
    let action = view.analysis.pair.action();
    let Some(document) = seen.document() else { return Vec::new() };
    let added = document.add(seen.number(), &["Action"], action);
    let summary = format!("Add {action} to {}", seen.name);
    let prefix = format!("{}:", view.analysis.pair.service());
    let listed = seen.element(|kind| matches!(kind, ElementKind::Action { .. }));
    let same_service = listed
        .is_some_and(|element| element.values.iter().any(|value| value.text.to_ascii_lowercase().starts_with(&prefix)));
    // To add it to a statement about other services would only blur what that one is for.
    if !same_service {
        return Vec::new();
    }
    Vec::from_iter(seen.edit(added, summary, 13))
}

/// Whether the statement grants on everything, every action of a service, or to everybody, so that
/// to widen it would grant more than was asked for.
fn is_broad(view: &View<'_>, seen: &Seen<'_>, widened: &str) -> bool {
    let grants = seen.trace.effect == Effect::Allow
        && matches!(seen.policy.policy_type(), PolicyType::Identity | PolicyType::Resource(_));
    if !grants {
        return false;
    }
    let resource = view.analysis.pair.resource();
    let has = |kind: &str, broad: &dyn Fn(&str) -> bool| {
        let element = seen.element(|other| other.as_str() == kind);
        kind != widened && element.is_some_and(|element| element.values.iter().any(|value| broad(value.text)))
    };
    let negated = seen.element(|kind| kind.as_str().starts_with("Not")).is_some();
    let key_policy = matches!(seen.policy.policy_type(), PolicyType::Resource(crate::ResourcePolicyKind::KmsKey));
    negated
        || has("Principal", &|text| text == "*")
        || !key_policy && has("Resource", &|text| text == "*" && resource != "*")
        || has("Action", &|text| text.ends_with('*') && text.rsplit(':').next().is_some_and(|name| name == "*"))
}

fn resource(view: &View<'_>, seen: &Seen<'_>, element: &ElementTrace<'_>) -> Vec<Candidate> {
    let wanted = view.resource(seen.policy.policy_type());
    let mut found = Vec::new();
    if wanted == "*" {
        return found;
    }
    let Some(document) = seen.document() else { return found };
    let patterns = &seen.compiled.resources;
    for (pattern, value) in patterns.iter().zip(&element.values) {
        let text = value.shown();
        if let Some(correct) = other_case(text, wanted).filter(|_| value.resolved.is_none()) {
            let edit = Edit { span: value.span, new_text: quoted(&correct) };
            let summary = format!("Write {correct} instead of {text} in {}: case counts in resources", seen.name);
            found.extend(seen.edit(Some(edit), summary, 8));
        }
        let below = format!("{}/*", value.text);
        if !text.contains('*') && wanted.strip_prefix(text).is_some_and(|rest| rest.starts_with('/')) {
            let summary = format!(
                "Add {below} to the resources of {}: {} lacks /* at its end, so it does not cover what is below it",
                seen.name, value.text
            );
            let edit = document.add(seen.number(), &["Resource"], &below);
            found.extend(seen.edit(edit, summary, 9));
        }
        if text.strip_suffix("/*") == Some(wanted) {
            let summary = format!(
                "Add {wanted} to the resources of {}: {text} covers what is below it, but not {wanted} itself",
                seen.name
            );
            let edit = document.add(seen.number(), &["Resource"], wanted);
            found.extend(seen.edit(edit, summary, 9));
            let resources = &view.scenario.requests.get(view.index).map(|request| request.resources.clone());
            if let Some(index) = resources.iter().flatten().position(|resource| resource == wanted) {
                let value = format!("{wanted}/example");
                let summary = format!("Request what is below {wanted}, such as {value}, instead of it");
                found.push(Candidate::one(Change::Resource { summary, index, value }, 16));
            }
        }
        found.extend(variables(view, pattern, wanted));
    }
    let near = found.iter().any(|candidate| matches!(candidate.changes.as_slice(), [Change::Edit { .. }]));
    if !near && !is_broad(view, seen, "Resource") {
        let summary = format!("Add {wanted} to the resources of {}", seen.name);
        let edit = document.add(seen.number(), &["Resource"], wanted);
        found.extend(seen.edit(edit, summary, 14));
    }
    found
}

/// The pattern with the case of the ARN, if that is all in which they differ.
fn other_case(pattern: &str, wanted: &str) -> Option<String> {
    let covers = |pattern: &str, text: &str| Pattern::plain(pattern).matches(text);
    if covers(pattern, wanted) || !covers(&fold(pattern), &fold(wanted)) {
        return None;
    }
    match pattern.find(['*', '?']) {
        None => Some(wanted.to_owned()),
        Some(at) if at + 1 == pattern.len() => Some(format!("{}*", wanted.get(..at)?)),
        Some(_) => None,
    }
}

/// Values for the variables of a pattern with which it matches the ARN.
fn variables(view: &View<'_>, pattern: &ResourcePattern, wanted: &str) -> Option<Candidate> {
    let request = &view.analysis.pair;
    let mut pieces = pattern.template.as_ref()?.pieces.iter().peekable();
    let mut found = Candidate { changes: Vec::new(), cost: 0 };
    let mut rest = wanted;
    while let Some(piece) = pieces.next() {
        let known = match piece {
            Piece::Raw(text) => text,
            Piece::Literal(text) => *text,
            Piece::Variable(variable) => {
                let now = resolve::variable(variable, request.context());
                if !value::is_changeable(variable.key.as_str(), request) {
                    let Resolved::Value(now) = now else { return None };
                    now
                } else {
                    let stop = match pieces.peek() {
                        Some(Piece::Raw(text)) => text.split(['*', '?']).next().unwrap_or_default(),
                        _ => "",
                    };
                    let value = match (stop, pieces.peek()) {
                        ("", None) => rest,
                        ("", Some(_)) => rest.split(['/', ':']).next()?,
                        (stop, _) => rest.split_once(stop)?.0,
                    };
                    if value.is_empty() || value.contains("${") {
                        return None;
                    }
                    if now != Resolved::Value(value) {
                        found.join(view.set_context(variable.key.as_str(), ContextValue::Single(value.to_owned())));
                    }
                    value
                }
            }
        };
        match rest.strip_prefix(known) {
            Some(after) => rest = after,
            None if known.contains(['*', '?']) => break,
            None => return None,
        }
    }
    (!found.changes.is_empty()).then_some(found)
}

fn condition(view: &View<'_>, seen: &Seen<'_>, index: usize) -> Vec<Candidate> {
    let (Some(element), Some((clause, condition))) = (seen.elements.get(index), seen.clause(index)) else {
        return Vec::new();
    };
    let request = &view.analysis.pair;
    let key = &*clause.key.value;
    let mut found = context(view, seen, index, true);
    let actual = element.actual.as_deref().unwrap_or_default();
    // A variable without a value: give it the request's.
    for operand in condition.operands.iter().filter_map(|operand| operand.template()) {
        if let ([Piece::Variable(variable)], [only]) = (&*operand.pieces, actual)
            && value::is_changeable(variable.key.as_str(), request)
        {
            found.push(view.set_context(variable.key.as_str(), ContextValue::Single(only.to_string())));
        }
    }
    let operator = clause.operator.text();
    let path = ["Condition", &*operator, key];
    let Some(document) = seen.document() else { return found };
    if clause.operator.comparison.is_negated() {
        for (at, value) in element.values.iter().enumerate().filter(|(_, value)| value.matched.is_true()) {
            let edit = document.remove(seen.number(), &path, at);
            let summary = format!("Remove {} from the values of {key} in {}", shown(value.text), seen.name);
            found.extend(seen.edit(edit, summary, 16));
        }
    } else if takes_more_values(clause.operator.comparison)
        && let [only] = actual
    {
        let edit = document.add(seen.number(), &path, only);
        let summary = format!("Add {} to the values of {key} in {}", shown(only), seen.name);
        found.extend(seen.edit(edit, summary, 15));
    }
    found
}

/// Values of the request with which the condition at `index` holds, or does not.
pub(super) fn context(view: &View<'_>, seen: &Seen<'_>, index: usize, wanted: bool) -> Vec<Candidate> {
    let (Some(element), Some((clause, condition))) = (seen.elements.get(index), seen.clause(index)) else {
        return Vec::new();
    };
    let request = &view.analysis.pair;
    let key = &*clause.key.value;
    if !value::is_changeable(key, request) {
        return Vec::new();
    }
    let options = &view.analysis.documents.set.options;
    let solved = value::solve(clause, condition, &element.values, request.context(), options, wanted);
    let step = |(index, value)| {
        let mut candidate = view.set_context(key, value);
        candidate.cost += index;
        candidate
    };
    let mut found: Vec<Candidate> = (0..).zip(solved).map(step).collect();
    if clause.operator.comparison.is_negated() != wanted && request.context().named(key).values().is_none() {
        for operand in condition.operands.iter().filter_map(|operand| operand.template()) {
            if let [Piece::Variable(variable)] = &*operand.pieces {
                found.extend(both(view, seen, clause, &variable.key));
            }
        }
    }
    found
}

/// One value for a key and for the variable that it is compared with, of which neither has one: a value
/// that the statement's other conditions ask for.
fn both(view: &View<'_>, seen: &Seen<'_>, clause: &ConditionClause, variable: &KeyName) -> Option<Candidate> {
    let request = &view.analysis.pair;
    let (key, other) = (&*clause.key.value, variable.as_str());
    let unset = request.context().get(variable).values().is_none() && value::is_changeable(other, request);
    if !unset || variable.is(key) {
        return None;
    }
    let of_both =
        seen.statement.condition.iter().filter(|clause| variable.is(&clause.key.value) || *clause.key.value == *key);
    let mut asked = of_both.flat_map(|clause| &clause.values).filter(|text| !text.value.contains("${"));
    let text = asked.next().map_or("example".to_owned(), |text| value::sample(&text.value, "example"));
    let value = value::of_one(text.clone(), clause.operator.quantifier);
    let mut found = view.set_context(key, value);
    found.join(view.set_context(other, ContextValue::Single(text)));
    Some(found)
}

/// Whether one more value makes more requests match. A list of bounds is no use, nor is one of booleans.
fn takes_more_values(comparison: Comparison) -> bool {
    use Comparison as C;
    match comparison.value_type() {
        ValueType::Text | ValueType::Pattern | ValueType::Arn | ValueType::Address => true,
        ValueType::Number | ValueType::Date => matches!(comparison, C::NumericEquals | C::DateEquals),
        ValueType::Bool | ValueType::Binary | ValueType::Null => false,
    }
}

/// Takes an exception out of `NotAction` or `NotResource` that names just this.
fn except(view: &View<'_>, seen: &Seen<'_>, element: &ElementTrace<'_>, name: &str) -> Vec<Candidate> {
    let request = &view.analysis.pair;
    let wanted = if name == "NotAction" { request.action() } else { view.resource(seen.policy.policy_type()) };
    let exact = |value: &&ValueTrace<'_>| value.matched.is_true() && value.text.eq_ignore_ascii_case(wanted);
    let mut matching = element.values.iter().enumerate().filter(|(_, value)| value.matched.is_true());
    let (Some((at, value)), None) = (matching.next(), matching.next()) else { return Vec::new() };
    let edit = Some(value).filter(exact).and_then(|_| seen.document()?.remove(seen.number(), &[name], at));
    let summary = format!("Remove {} from {name} in {}", value.text, seen.name);
    Vec::from_iter(seen.edit(edit, summary, 16))
}
