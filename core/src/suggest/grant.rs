//! Changes that make a gate pass: the Allow statements that came nearest, or a new one.

use super::Change;
use super::edit::{Document, quoted};
use super::element::{principal_entry, satisfy};
use super::view::{Candidate, Seen, View, cheapest_first, edit_of};
use crate::evaluate::{ElementKind, Truth};
use crate::explain::{distance, names};
use crate::policy::{Effect, PolicyType, ResourcePolicyKind};
use crate::request::Principal;
use crate::result::{Gate, StatementTrace};

/// How many of the nearest statements are looked at.
const NEAREST: usize = 4;

/// Ways to make a gate pass, and whether a statement allows it under a condition that does not hold.
/// Then nothing new is offered: a new statement would only go round the condition.
pub(super) fn open(view: &View<'_>, gate: Gate, level: Option<usize>) -> (Vec<Candidate>, bool) {
    let mut found = Vec::new();
    let mut under_condition = false;
    for seen in nearest(view, Effect::Allow, Some((gate, level))).into_iter().take(NEAREST) {
        let ways = complete(view, &seen);
        let mut failing = seen.elements.iter().filter(|element| !element.matched.is_true());
        under_condition |= !ways.is_empty() && failing.all(|element| element.kind == ElementKind::Condition);
        found.extend(ways);
    }
    if !under_condition {
        found.extend(add(view, gate, level));
    }
    cheapest_first(&mut found);
    (found, under_condition)
}

/// The statements that do not apply, the nearest first: few elements fail, the action matches, then
/// the resource.
pub(super) fn nearest<'v>(view: &'v View<'_>, effect: Effect, at: Option<(Gate, Option<usize>)>) -> Vec<Seen<'v>> {
    let set = &view.analysis.documents.set;
    let here = |trace: &&StatementTrace| {
        let attached = set.attached.get(trace.statement.policy);
        let place = attached.map(|attached| (crate::evaluate::gate_of(attached.policy.policy_type), attached.level));
        trace.effect == effect && trace.takes_part && trace.applies != Truth::True && (at.is_none() || place == at)
    };
    let mut found = Vec::new();
    for trace in view.analysis.evaluation.statements.iter().filter(here) {
        let distance = distance(&view.analysis, trace);
        let at = found.partition_point(|(other, _)| *other <= distance);
        found.insert(at, (distance, trace));
    }
    found.into_iter().filter_map(|(_, trace)| view.see(trace)).collect()
}

/// Ways to make every failing element of a statement match: the cheapest of each element, and for
/// each element its alternatives.
pub(super) fn complete(view: &View<'_>, seen: &Seen<'_>) -> Vec<Candidate> {
    // A statement about another action and more, or about callers of another kind, is about something else.
    let (another_action, count, _) = distance(&view.analysis, seen.trace);
    let fails = |kind: &dyn Fn(ElementKind) -> bool| {
        seen.elements.iter().any(|element| kind(element.kind) && !element.matched.is_true())
    };
    let another_caller =
        fails(&|kind| matches!(kind, ElementKind::Principal { .. })) && fails(&|kind| kind == ElementKind::Condition);
    if another_action && count > 1 || another_caller {
        return Vec::new();
    }
    let failing = (0..seen.elements.len())
        .filter(|index| seen.elements.get(*index).is_some_and(|element| element.matched != Truth::True));
    let options: Vec<Vec<Candidate>> = failing.map(|index| satisfy(view, seen, index)).collect();
    if options.is_empty() || options.len() > 3 || options.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let cheapest: Vec<&Candidate> = options.iter().filter_map(|list| list.first()).collect();
    let mut found = vec![together(&cheapest)];
    for (at, list) in options.iter().enumerate() {
        for alternative in list.iter().skip(1).take(3) {
            let mut chosen = cheapest.clone();
            if let Some(slot) = chosen.get_mut(at) {
                *slot = alternative;
            }
            found.push(together(&chosen));
        }
    }
    found
}

/// One candidate of several. Edits of one text go from its end to its start, so that each finds its
/// place where it was.
fn together(parts: &[&Candidate]) -> Candidate {
    let order = |change: &Change| match change {
        Change::Edit { range, .. } => (1, u32::MAX - range.start.offset),
        _ => (0, 0),
    };
    let mut together = Candidate { changes: Vec::new(), cost: 0 };
    for part in parts {
        together.cost += part.cost;
        for change in &part.changes {
            let at = together.changes.partition_point(|other| order(other) <= order(change));
            // Two elements may need the same change.
            if !together.changes.contains(change) {
                together.changes.insert(at, change.clone());
            }
        }
    }
    together
}

/// A new statement that allows this request and nothing else: in the last document of the gate, or
/// in a document of its own.
fn add(view: &View<'_>, gate: Gate, level: Option<usize>) -> Option<Candidate> {
    let request = &view.analysis.pair;
    let action = request.action();
    let principal = principal_entry(&request.principal);
    if principal.is_none() && request.principal != Principal::Anonymous {
        return None;
    }
    let documents = &view.analysis.documents;
    let attached = documents.set.attached.iter().enumerate().rev();
    let mut here = attached.filter(|(_, attached)| {
        crate::evaluate::gate_of(attached.policy.policy_type) == gate && attached.level == level
    });
    let last = here.next().map(|(index, attached)| (index, attached.policy.policy_type));
    let kind = request.resource_kind();
    let policy_type = match (last, gate) {
        (Some((_, policy_type)), _) => policy_type,
        (None, Gate::Identity) => PolicyType::Identity,
        (None, Gate::Resource) => PolicyType::Resource(kind),
        (None, Gate::AccessPoint) => PolicyType::AccessPoint,
        (None, Gate::Session) => PolicyType::Session,
        (None, Gate::ServiceControl) => PolicyType::ServiceControl,
        (None, Gate::ResourceControl) => PolicyType::ResourceControl,
        (None, _) => return None,
    };
    if policy_type == PolicyType::ResourceControl {
        return full_access(view, level);
    }
    let resource = view.resource(policy_type);
    let names_callers =
        matches!(policy_type, PolicyType::Resource(_) | PolicyType::AccessPoint | PolicyType::VpcEndpoint);
    let mut parts = vec!["\"Effect\": \"Allow\"".to_owned()];
    if names_callers {
        parts.push(match principal {
            Some((kind, value)) => format!("\"Principal\": {{ \"{kind}\": {} }}", quoted(value)),
            None => "\"Principal\": \"*\"".to_owned(),
        });
    }
    parts.push(format!("\"Action\": {}", quoted(action)));
    match policy_type {
        PolicyType::Resource(ResourcePolicyKind::RoleTrust) => {}
        PolicyType::Resource(ResourcePolicyKind::KmsKey) => parts.push("\"Resource\": \"*\"".to_owned()),
        _ => parts.push(format!("\"Resource\": {}", quoted(resource))),
    }
    let statement = format!("{{ {} }}", parts.join(", "));
    let on = match policy_type {
        PolicyType::Resource(ResourcePolicyKind::RoleTrust | ResourcePolicyKind::KmsKey) => String::new(),
        _ if resource == "*" => String::new(),
        _ => format!(" on {resource}"),
    };
    let to = match principal {
        Some((_, value)) if names_callers => format!(" to {value}"),
        None if names_callers => " to everybody".to_owned(),
        _ => String::new(),
    };
    let public = if to == " to everybody" { 10 } else { 0 };
    match last {
        Some((index, _)) => {
            let place = documents.places.get(index)?;
            let edit = Document::read(place.text())?.add_statement(&statement)?;
            let name = names::document(&documents.set, index);
            let summary = format!("Add a statement to {name} that allows {action}{on}{to}");
            Some(Candidate::one(edit_of(place, edit, summary), 25 + public))
        }
        None => {
            let article = if policy_type == PolicyType::Identity { "an" } else { "a" };
            let summary = format!("Attach {article} {} that allows {action}{on}{to}", names::noun(policy_type));
            let document = document(&statement);
            let location = location(view, gate, level)?;
            let resource_kind = match policy_type {
                PolicyType::Resource(ResourcePolicyKind::RoleTrust) => Some("role-trust"),
                PolicyType::Resource(ResourcePolicyKind::KmsKey) => Some("kms-key"),
                PolicyType::Resource(ResourcePolicyKind::General) => Some("general"),
                _ => None,
            };
            let resource_kind = resource_kind.map(str::to_owned);
            Some(Candidate::one(Change::Document { summary, location, resource_kind, document }, 28 + public))
        }
    }
}

/// `RCPFullAWSAccess`, the one Allow that resource control policies have.
fn full_access(view: &View<'_>, level: Option<usize>) -> Option<Candidate> {
    let name = names::level(Gate::ResourceControl, level, &view.analysis.documents.set);
    let summary = format!("Attach RCPFullAWSAccess to {name}, as AWS does by itself");
    let document = document("{ \"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\" }");
    let location = location(view, Gate::ResourceControl, level)?;
    Some(Candidate::one(Change::Document { summary, location, resource_kind: None, document }, 20))
}

/// A policy document of one statement.
fn document(statement: &str) -> String {
    format!("{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {statement}\n  ]\n}}")
}

/// Where the next document of a gate goes.
fn location(view: &View<'_>, gate: Gate, level: Option<usize>) -> Option<String> {
    let policies = &view.scenario.policies;
    let at = |levels: &Option<Vec<crate::scenario::OrganizationLevel>>, key: &str| {
        let level = level?;
        let count = levels.as_ref()?.get(level)?.policies.len();
        Some(format!("policies.{key}[{level}].policies[{count}]"))
    };
    match gate {
        Gate::Identity => Some(format!("policies.identity[{}]", policies.identity.len())),
        Gate::Resource => Some(format!("policies.resource[{}]", policies.resource.len())),
        Gate::AccessPoint => Some("policies.accessPoint".to_owned()),
        Gate::Session => Some(format!("policies.session[{}]", policies.session.len())),
        Gate::ServiceControl => at(&policies.service_control, "serviceControl"),
        Gate::ResourceControl => at(&policies.resource_control, "resourceControl"),
        _ => None,
    }
}
