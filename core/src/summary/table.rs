//! The policy summary as the IAM console shows it (SPEC 9).
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-service-summary.html>

use std::collections::BTreeSet;

use super::applies::{Applicable, Applied, Known, Services, on_own_keys};
use super::coverage::{Actions, is_nothing};
use super::{ActionRow, LevelRow, PolicyTable, ServiceRow, ServiceSummary};
use crate::catalog::{AccessLevel, Action, ArnFormat, Service};
use crate::policy::{Comparison, ConditionClause, Effect, Statement};

/// A statement, and what it covers.
struct Covering<'s> {
    index: usize,
    statement: &'s Statement,
    actions: Actions,
    /// For each listed resource: whether it is of one of the services that the statement is about.
    owned: Vec<bool>,
    /// The conditions on keys that not every action knows.
    own_keys: Vec<&'s ConditionClause>,
}

/// The statements with an effect.
struct Section<'s> {
    covering: Vec<Covering<'s>>,
    /// What they cover together.
    actions: Actions,
}

/// The table of a document, or of several documents together.
pub(super) fn policy(statements: &[&Statement], services: &mut Services<'_>) -> PolicyTable {
    let mut rows = |effect: Effect| {
        let section = section(statements, effect, services);
        let mut found = Vec::new();
        for place in 0..services.known().len() {
            found.extend(row(&section, place, services));
        }
        found
    };
    let (deny, allow) = (rows(Effect::Deny), rows(Effect::Allow));
    let catalog = services.catalog;
    let mut uncategorized = Vec::new();
    for statement in statements {
        uncategorized.extend(prefixes(statement).filter(|prefix| catalog.service(prefix).is_none()).map(str::to_owned));
    }
    PolicyTable { known_services: catalog.metadata().services, uncategorized: distinct(uncategorized), deny, allow }
}

/// A service's actions under the statements with an effect; nothing if these say nothing of it.
pub(super) fn service<'c>(
    statements: &[&Statement],
    effect: Effect,
    service: Service<'c>,
    services: &mut Services<'c>,
) -> Option<ServiceSummary> {
    let section = section(statements, effect, services);
    let place = services.place(service)?;
    let row = row(&section, place, services)?;
    let applicable = services.applicable(place)?;
    let mut about = Vec::new();
    for one in section.covering.iter().filter(|one| one.actions.has_any_of(service)) {
        about.push((one.index, applicable.of(one.statement, &one.own_keys, &one.actions)));
    }
    let mut actions: Vec<(usize, Action<'_>)> = applicable.actions.iter().copied().enumerate().collect();
    actions.sort_by_key(|(_, action)| action.access_level());
    let actions = actions.into_iter().map(|(place, action)| action_row(&about, place, action)).collect();
    Some(ServiceSummary { location: String::new(), effect: effect.as_str().to_owned(), row, actions })
}

fn section<'s>(statements: &[&'s Statement], effect: Effect, services: &Services<'_>) -> Section<'s> {
    let catalog = services.catalog;
    let mut section = Section { covering: Vec::new(), actions: Actions::none(catalog) };
    for (index, statement) in statements.iter().enumerate().filter(|(_, statement)| statement.effect == effect) {
        let actions = Actions::of_statement(statement, catalog);
        let mut owned = Vec::new();
        for text in statement.resource.iter().flat_map(|element| &element.values) {
            let mut owners = services.known().iter().filter(|known| known.owns(&text.value));
            owned.push(owners.any(|known| actions.has_any_of(known.service)));
        }
        section.actions.add(&actions);
        section.covering.push(Covering { index, statement, actions, owned, own_keys: on_own_keys(statement) });
    }
    section
}

/// The services that a statement's `Action` names, as far as they are named. What `NotAction` names is not covered.
fn prefixes(statement: &Statement) -> impl Iterator<Item = &str> {
    let element = statement.action.as_ref().filter(|element| !element.negated);
    let values = element.into_iter().flat_map(|element| &element.values);
    values.filter_map(|text| text.value.split_once(':').map(|(prefix, _)| prefix)).filter(|prefix| *prefix != "*")
}

/// What the console says of `*`.
pub(super) const ALL_RESOURCES: &str = "All resources";

/// The row of the service at a place; nothing if the statements say nothing of it.
fn row(section: &Section<'_>, place: usize, services: &mut Services<'_>) -> Option<ServiceRow> {
    let known = services.known().get(place)?;
    let service = known.service;
    let (mut unknown, mut named, mut idle) = (Vec::new(), false, false);
    let mut contributing = Vec::new();
    for one in &section.covering {
        if prefixes(one.statement).any(|prefix| prefix.eq_ignore_ascii_case(service.prefix())) {
            named = true;
            idle |= is_nothing(one.statement);
            uncategorized(one, service, &mut unknown);
        }
        if one.actions.has_any_of(service) {
            contributing.push(one);
        }
    }
    if contributing.is_empty() && !named {
        return None;
    }
    let levels = levels(service, |action| section.actions.has(action));
    let (mut resources, mut conditions) = (Vec::new(), Vec::new());
    for one in &contributing {
        row_resources(one, known, &mut resources);
        conditions.extend(one.statement.condition.iter().map(condition));
    }
    let (resources, conditions) = (distinct(resources), distinct(conditions));
    let resource = match resources.as_slice() {
        [] => "None".to_owned(),
        [all] if all == "*" => ALL_RESOURCES.to_owned(),
        [only] => properties(service, only).unwrap_or_else(|| only.clone()),
        _ => "Multiple".to_owned(),
    };
    let condition = match conditions.as_slice() {
        [] => "None".to_owned(),
        [only] => only.clone(),
        _ => "Multiple".to_owned(),
    };
    let mut warnings = warnings(&contributing, services.applicable(place)?);
    if idle {
        warnings.push("One or more statements never apply.".to_owned());
    }
    Some(ServiceRow {
        service: service.prefix().to_owned(),
        name: service.name().to_owned(),
        access: access(&levels),
        levels,
        resource,
        resources,
        condition,
        conditions,
        warnings,
        uncategorized_actions: distinct(unknown),
        statements: contributing.iter().map(|one| one.index).collect(),
    })
}

/// How many actions of each level are covered; levels that the service does not have are left out.
pub(super) fn levels(service: Service<'_>, covered: impl Fn(Action<'_>) -> bool) -> Vec<LevelRow> {
    let mut rows = Vec::new();
    for level in AccessLevel::ALL {
        let mut row = LevelRow { level, covered: 0, total: 0 };
        for action in service.actions().filter(|action| action.access_level() == level) {
            row.total += 1;
            row.covered += usize::from(covered(action));
        }
        if row.total > 0 {
            rows.push(row);
        }
    }
    rows
}

/// The access levels in the console's words.
pub(super) fn access(levels: &[LevelRow]) -> String {
    if levels.iter().all(|row| row.covered == row.total) {
        return "Full access".to_owned();
    }
    let names = |wanted: fn(&LevelRow) -> bool| {
        let names: Vec<&str> = levels.iter().filter(|row| wanted(row)).map(|row| row.level.name()).collect();
        names.join(", ")
    };
    let full = names(|row| row.covered == row.total);
    let limited = names(|row| row.covered > 0 && row.covered < row.total);
    match (full.is_empty(), limited.is_empty()) {
        (true, true) => "None".to_owned(),
        (false, true) => format!("Full: {full}"),
        (true, false) => format!("Limited: {limited}"),
        (false, false) => format!("Full: {full} Limited: {limited}"),
    }
}

/// Actions of the service that the statement names and that are not known.
fn uncategorized(one: &Covering<'_>, service: Service<'_>, found: &mut Vec<String>) {
    for text in one.statement.action.iter().flat_map(|element| &element.values) {
        let Some((prefix, name)) = text.value.split_once(':') else { continue };
        if prefix.eq_ignore_ascii_case(service.prefix()) && !covers_any(service, name) {
            found.push(text.value.to_string());
        }
    }
}

fn covers_any(service: Service<'_>, name: &str) -> bool {
    if !name.contains(['*', '?']) {
        return service.action(name).is_some();
    }
    let pattern = crate::glob::Pattern { fold: true, ..crate::glob::Pattern::plain(name) };
    service.actions().any(|action| pattern.matches(action.name()))
}

/// The resources of a statement that go with a service: its own, and those that are of none of the services that the
/// statement is about.
fn row_resources(one: &Covering<'_>, known: &Known<'_>, found: &mut Vec<String>) {
    let Some(element) = &one.statement.resource else { return found.push("*".to_owned()) };
    let before = found.len();
    for (text, owned) in element.values.iter().zip(&one.owned) {
        if !owned || known.owns(&text.value) {
            found.push(if element.negated { format!("not {}", text.value) } else { text.value.to_string() });
        }
    }
    // What is left out is another service's: of this one nothing is.
    if element.negated && found.len() == before {
        found.push("*".to_owned());
    }
}

/// A resource by what the service calls its parts, `BucketName = photos`; nothing if it can be of several types, or of none.
fn properties(service: Service<'_>, pattern: &str) -> Option<String> {
    let mut formats: Vec<ArnFormat<'_>> = Vec::new();
    for format in service.resource_types().flat_map(|known| known.arn_formats()) {
        if format.may_be_covered_by(pattern) && !formats.contains(&format) {
            formats.push(format);
        }
    }
    // A wildcard may stand for parts that another type has. Without one, the type that has the same parts is meant.
    if pattern.contains(['*', '?']) && formats.len() > 1 {
        return None;
    }
    let tell = |values: Vec<(&str, &str)>| {
        let told = values.into_iter().filter(|(name, _)| *name != "Partition");
        told.map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ")
    };
    let mut told = formats.into_iter().filter_map(|format| format.values(pattern)).map(tell);
    let first = told.next().filter(|first| !first.is_empty())?;
    told.all(|other| other == first).then_some(first)
}

/// Each item once, where it is first.
fn distinct(mut items: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    if items.len() > 1 {
        items.retain(|item| seen.insert(item.clone()));
    }
    items
}

/// A condition in the console's manner: key, operator, values.
fn condition(clause: &ConditionClause) -> String {
    let values: Vec<&str> = clause.values.iter().map(|text| &*text.value).collect();
    let plain = clause.operator.comparison == Comparison::StringEquals
        && clause.operator.quantifier.is_none()
        && !clause.operator.if_exists;
    let operator = if plain { "=".to_owned() } else { clause.operator.text() };
    format!("{} {operator} {}", clause.key.value, values.join(", "))
}

fn warnings(contributing: &[&Covering<'_>], applicable: &mut Applicable<'_>) -> Vec<String> {
    let count = applicable.actions.len();
    let (mut covered, mut with_resource) = (vec![false; count], vec![false; count]);
    let (mut lonely_resource, mut lonely_key, mut action_without_key) = (false, false, false);
    for one in contributing {
        let applied = applicable.of(one.statement, &one.own_keys, &one.actions);
        lonely_resource |= applied.lonely_resource;
        for (place, (has, fits)) in applied.actions.iter().zip(&applied.resource).enumerate() {
            mark(&mut covered, place, *has);
            mark(&mut with_resource, place, *has && *fits);
        }
        for (_, knowing) in &applied.keys {
            let about = || applied.actions.iter().zip(&**knowing).filter(|(has, _)| **has);
            lonely_key |= !about().any(|(_, knows)| *knows);
            action_without_key |= about().any(|(_, knows)| !*knows);
        }
    }
    // Resources of other services are shown, and are none of the service's.
    let defined = contributing.iter().any(|one| match &one.statement.resource {
        Some(element) if !element.negated => {
            element.values.iter().any(|text| *text.value == *"*" || applicable.known.owns(&text.value))
        }
        _ => true,
    });
    let mut warnings = Vec::new();
    let mut warn = |text: &str| warnings.push(text.to_owned());
    if !contributing.is_empty() && !defined {
        warn("No resources are defined.");
    } else if lonely_resource {
        warn("One or more resources do not have an applicable action.");
    } else if covered != with_resource {
        warn("One or more actions do not have an applicable resource.");
    }
    if lonely_key {
        warn("One or more conditions do not have an applicable action.");
    } else if action_without_key {
        warn("One or more actions do not have an applicable condition.");
    }
    warnings
}

fn mark(places: &mut [bool], place: usize, value: bool) {
    if let Some(known) = places.get_mut(place) {
        *known |= value;
    }
}

/// The row of the action at a place, under statements with their indexes.
fn action_row(statements: &[(usize, Applied<'_>)], place: usize, action: Action<'_>) -> ActionRow {
    let at = |marks: &[bool]| marks.get(place) == Some(&true);
    let about: Vec<&(usize, Applied<'_>)> = statements.iter().filter(|(_, applied)| at(&applied.actions)).collect();
    let resource = about.iter().any(|(_, applied)| at(&applied.resource));
    let key = about.iter().any(|(_, applied)| applied.keys.iter().all(|(_, knowing)| at(knowing)));
    let note = if about.is_empty() || resource && key {
        None
    } else if resource {
        let keys = about.iter().flat_map(|(_, applied)| &applied.keys).filter(|(_, knowing)| !at(knowing));
        Some(unsupported_keys(keys.map(|(clause, _)| &*clause.key.value)))
    } else if !key {
        Some("This action does not have an applicable resource and condition.".to_owned())
    } else if action.resources().len() == 0 {
        let needed = "This requires a wildcard (*) for the resource.";
        Some(format!("This action does not support resource-level permissions. {needed}"))
    } else {
        Some("This action does not have an applicable resource.".to_owned())
    };
    ActionRow {
        action: action.name().to_owned(),
        level: action.access_level(),
        covered: !about.is_empty(),
        statements: about.iter().map(|(index, _)| *index).collect(),
        note,
    }
}

/// The console's warning about conditions on keys that requests for the action do not carry.
fn unsupported_keys<'k>(mut keys: impl Iterator<Item = &'k str>) -> String {
    let first = keys.next().unwrap_or_default();
    if keys.all(|key| key.eq_ignore_ascii_case(first)) {
        format!("{first} is not a supported condition key for this action.")
    } else {
        "Multiple condition keys are not supported for this action.".to_owned()
    }
}
