//! The policy summary as the IAM console shows it (SPEC 9).
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-service-summary.html>

use super::applies::{Known, fits, has_key, has_resource, on_own_keys};
use super::coverage::Actions;
use super::{ActionRow, LevelRow, PolicyTable, ServiceRow, ServiceSummary};
use crate::catalog::{AccessLevel, Action, ArnFormat, Catalog, Service};
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

/// The table of a document, or of several documents together.
pub(super) fn policy(statements: &[&Statement], catalog: &Catalog) -> PolicyTable {
    let services: Vec<Known<'_>> = catalog.services().map(Known::new).collect();
    let section = |effect: Effect| {
        let covering = covering(statements, effect, &services, catalog);
        services.iter().filter_map(|known| row(&covering, known)).collect()
    };
    let mut uncategorized = Vec::new();
    for statement in statements {
        for prefix in prefixes(statement) {
            if catalog.service(prefix).is_none() && !uncategorized.iter().any(|other: &String| other == prefix) {
                uncategorized.push(prefix.to_owned());
            }
        }
    }
    PolicyTable {
        known_services: catalog.metadata().services,
        uncategorized,
        deny: section(Effect::Deny),
        allow: section(Effect::Allow),
    }
}

/// A service's actions under the statements with an effect; nothing if these say nothing of it.
pub(super) fn service(
    statements: &[&Statement],
    effect: Effect,
    service: Service<'_>,
    catalog: &Catalog,
) -> Option<ServiceSummary> {
    let services: Vec<Known<'_>> = catalog.services().map(Known::new).collect();
    let covering = covering(statements, effect, &services, catalog);
    let row = row(&covering, &Known::new(service))?;
    let mut actions: Vec<Action<'_>> = service.actions().collect();
    actions.sort_by_key(|action| action.access_level());
    let actions = actions.into_iter().map(|action| action_row(&covering, action)).collect();
    Some(ServiceSummary { location: String::new(), effect: effect.as_str().to_owned(), row, actions })
}

fn covering<'s>(
    statements: &[&'s Statement],
    effect: Effect,
    services: &[Known<'_>],
    catalog: &Catalog,
) -> Vec<Covering<'s>> {
    let mut all = Vec::new();
    for (index, statement) in statements.iter().enumerate().filter(|(_, statement)| statement.effect == effect) {
        let actions = Actions::of_statement(statement, catalog);
        let mut owned = Vec::new();
        for text in statement.resource.iter().flat_map(|element| &element.values) {
            let mut owners = services.iter().filter(|known| known.owns(&text.value));
            owned.push(owners.any(|known| known.service.actions().any(|action| actions.has(action))));
        }
        all.push(Covering { index, statement, actions, owned, own_keys: on_own_keys(statement) });
    }
    all
}

/// The services that a statement's `Action` names, as far as they are named. What `NotAction` names is not covered.
fn prefixes(statement: &Statement) -> impl Iterator<Item = &str> {
    let element = statement.action.as_ref().filter(|element| !element.negated);
    let values = element.into_iter().flat_map(|element| &element.values);
    values.filter_map(|text| text.value.split_once(':').map(|(prefix, _)| prefix)).filter(|prefix| *prefix != "*")
}

fn row(covering: &[Covering<'_>], known: &Known<'_>) -> Option<ServiceRow> {
    let service = known.service;
    let mut row = ServiceRow {
        service: service.prefix().to_owned(),
        name: service.name().to_owned(),
        levels: levels(service, |action| covering.iter().any(|one| one.actions.has(action))),
        ..ServiceRow::default()
    };
    let mut named = false;
    let mut contributing = Vec::new();
    for one in covering {
        if prefixes(one.statement).any(|prefix| prefix.eq_ignore_ascii_case(service.prefix())) {
            named = true;
            uncategorized(one, service, &mut row.uncategorized_actions);
        }
        if service.actions().any(|action| one.actions.has(action)) {
            contributing.push(one);
        }
    }
    if contributing.is_empty() && !named {
        return None;
    }
    row.access = access(&row.levels);
    row.statements = contributing.iter().map(|one| one.index).collect();
    for one in &contributing {
        row_resources(one, known, &mut row.resources);
        for clause in &one.statement.condition {
            push(&mut row.conditions, condition(clause));
        }
    }
    row.resource = match row.resources.as_slice() {
        [] => "None".to_owned(),
        [all] if all == "*" => "All resources".to_owned(),
        [only] => properties(service, only).unwrap_or_else(|| only.clone()),
        _ => "Multiple".to_owned(),
    };
    row.condition = match row.conditions.as_slice() {
        [] => "None".to_owned(),
        [only] => only.clone(),
        _ => "Multiple".to_owned(),
    };
    warnings(&contributing, known, &mut row);
    Some(row)
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
            push(found, text.value.to_string());
        }
    }
}

fn covers_any(service: Service<'_>, name: &str) -> bool {
    let pattern = crate::glob::Pattern { fold: true, ..crate::glob::Pattern::plain(name) };
    service.actions().any(|action| pattern.matches(action.name()))
}

/// The resources of a statement that go with a service: its own, and those that are of none of the services that the
/// statement is about.
fn row_resources(one: &Covering<'_>, known: &Known<'_>, found: &mut Vec<String>) {
    let Some(element) = &one.statement.resource else { return push(found, "*".to_owned()) };
    for (text, owned) in element.values.iter().zip(&one.owned) {
        if !owned || known.owns(&text.value) {
            push(found, if element.negated { format!("not {}", text.value) } else { text.value.to_string() });
        }
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

fn push(list: &mut Vec<String>, item: String) {
    if !list.contains(&item) {
        list.push(item);
    }
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

fn warnings(contributing: &[&Covering<'_>], known: &Known<'_>, row: &mut ServiceRow) {
    let service = known.service;
    let (mut action_without_resource, mut action_without_key) = (false, false);
    for action in service.actions() {
        let mut about = contributing.iter().filter(|one| one.actions.has(action)).peekable();
        if about.peek().is_none() {
            continue;
        }
        action_without_resource |= !about.clone().any(|one| has_resource(action, one.statement));
        action_without_key |= about.clone().any(|one| one.own_keys.iter().any(|clause| !has_key(action, clause)));
    }
    let lonely_resource = contributing.iter().any(|one| {
        let element = one.statement.resource.as_ref().filter(|element| !element.negated);
        let own = element.into_iter().flat_map(|element| &element.values);
        own.filter(|text| known.owns(&text.value))
            .any(|text| !service.actions().any(|action| one.actions.has(action) && fits(action, &text.value)))
    });
    let lonely_key = contributing.iter().any(|one| {
        let mut clauses = one.own_keys.iter();
        clauses.any(|clause| !service.actions().any(|action| one.actions.has(action) && has_key(action, clause)))
    });
    // Resources of other services are shown, and are none of the service's.
    let defined = contributing.iter().any(|one| match &one.statement.resource {
        Some(element) if !element.negated => {
            element.values.iter().any(|text| *text.value == *"*" || known.owns(&text.value))
        }
        _ => true,
    });
    let mut warn = |text: &str| row.warnings.push(text.to_owned());
    if !contributing.is_empty() && !defined {
        warn("No resources are defined.");
    } else if lonely_resource {
        warn("One or more resources do not have an applicable action.");
    } else if action_without_resource {
        warn("One or more actions do not have an applicable resource.");
    }
    if lonely_key {
        warn("One or more conditions do not have an applicable action.");
    } else if action_without_key {
        warn("One or more actions do not have an applicable condition.");
    }
}

fn action_row(covering: &[Covering<'_>], action: Action<'_>) -> ActionRow {
    let about: Vec<&Covering<'_>> = covering.iter().filter(|one| one.actions.has(action)).collect();
    let resource = about.iter().any(|one| has_resource(action, one.statement));
    let key = |one: &&Covering<'_>| one.own_keys.iter().all(|clause| has_key(action, clause));
    let note = if about.is_empty() || resource && about.iter().any(key) {
        None
    } else if resource {
        Some(unsupported_keys(&about, action))
    } else if !about.iter().any(key) {
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
        statements: about.iter().map(|one| one.index).collect(),
        note,
    }
}

/// The console's warning about conditions on keys that requests for the action do not carry.
fn unsupported_keys(about: &[&Covering<'_>], action: Action<'_>) -> String {
    let mut keys: Vec<&str> = Vec::new();
    for clause in about.iter().flat_map(|one| &one.own_keys).filter(|clause| !has_key(action, clause)) {
        if !keys.iter().any(|key| key.eq_ignore_ascii_case(&clause.key.value)) {
            keys.push(&clause.key.value);
        }
    }
    match keys.as_slice() {
        [key] => format!("{key} is not a supported condition key for this action."),
        _ => "Multiple condition keys are not supported for this action.".to_owned(),
    }
}
