//! What a principal can do under all of its policies (SPEC 5.2, 5.4).

use super::applies::Services;
use super::coverage::Actions;
use super::{EffectiveLevel, EffectiveService, LevelRow, PolicyTable, PrincipalSummary, table};
use crate::catalog::{AccessLevel, Service};
use crate::policy::{Effect, PolicyDocument, PolicyType, Statement};

/// The documents that limit or grant, each with its type, and of service control policies the level.
pub(super) type Documents<'d> = [(PolicyType, usize, &'d PolicyDocument)];

/// The sets of actions that decide.
struct Sets {
    granted: Actions,
    boundary: Option<Actions>,
    session: Option<Actions>,
    service_control: Option<Actions>,
    denied: Actions,
    partly_denied: Actions,
}

/// `own`: the table of the identity-based policy, if there is but one.
pub(super) fn principal(
    documents: &Documents<'_>,
    levels: Option<usize>,
    own: Option<PolicyTable>,
    services: &mut Services<'_>,
) -> PrincipalSummary {
    let of = |wanted: PolicyType| documents.iter().filter(move |(policy_type, ..)| *policy_type == wanted);
    let identity: Vec<&Statement> =
        of(PolicyType::Identity).flat_map(|(_, _, document)| &document.statements).collect();
    let sets = sets(documents, levels, services);
    let mut left = sets.granted.clone();
    for limit in [&sets.boundary, &sets.session, &sets.service_control].into_iter().flatten() {
        left.keep(limit);
    }
    left.remove(&sets.denied);
    let mut effective = Vec::new();
    for service in services.catalog.services() {
        if service.actions().any(|action| sets.granted.has(action)) {
            effective.push(service_row(&sets, &left, service));
        }
    }
    let mut notes = vec![
        "Resources and conditions are not compared: what is left is allowed for some requests at most, and resource-based policies may allow more.".to_owned(),
    ];
    if documents.iter().any(|(policy_type, ..)| {
        matches!(policy_type, PolicyType::ResourceControl | PolicyType::VpcEndpoint | PolicyType::Resource(_))
    }) {
        notes.push("Policies of resources and of VPC endpoints are not taken into account here.".to_owned());
    }
    let identity = own.unwrap_or_else(|| table::policy(&identity, services));
    PrincipalSummary { identity, effective, notes }
}

fn sets(documents: &Documents<'_>, levels: Option<usize>, services: &mut Services<'_>) -> Sets {
    let catalog = services.catalog;
    let mut allowed = |policy_type: PolicyType, level: usize| {
        let mut given = None;
        for (_, _, document) in documents.iter().filter(|(kind, at, _)| *kind == policy_type && *at == level) {
            let set = given.get_or_insert_with(|| Actions::none(catalog));
            for statement in document.statements.iter().filter(|statement| statement.effect == Effect::Allow) {
                let mut actions = Actions::of_statement(statement, catalog);
                services.restrict(statement, &mut actions);
                set.add(&actions);
            }
        }
        given
    };
    let (mut denied, mut partly_denied) = (Actions::none(catalog), Actions::none(catalog));
    for (policy_type, _, document) in documents {
        let counts = matches!(
            policy_type,
            PolicyType::Identity | PolicyType::PermissionsBoundary | PolicyType::Session | PolicyType::ServiceControl
        );
        for statement in document.statements.iter().filter(|statement| counts && statement.effect == Effect::Deny) {
            let actions = Actions::of_statement(statement, catalog);
            if is_total(statement) { denied.add(&actions) } else { partly_denied.add(&actions) }
        }
    }
    // Each level has to allow; a level without a policy allows nothing (SPEC D-03).
    let service_control = levels.map(|count| {
        let mut all = Actions::all(catalog);
        for level in 0..count {
            all.keep(&allowed(PolicyType::ServiceControl, level).unwrap_or_else(|| Actions::none(catalog)));
        }
        all
    });
    Sets {
        granted: allowed(PolicyType::Identity, 0).unwrap_or_else(|| Actions::none(catalog)),
        boundary: allowed(PolicyType::PermissionsBoundary, 0),
        session: allowed(PolicyType::Session, 0),
        service_control,
        denied,
        partly_denied,
    }
}

/// Whether a statement holds for every resource and every request.
fn is_total(statement: &Statement) -> bool {
    let every = |statement: &Statement| match &statement.resource {
        Some(element) => !element.negated && element.values.iter().any(|text| *text.value == *"*"),
        None => true,
    };
    statement.condition.is_empty() && every(statement)
}

fn service_row(sets: &Sets, left: &Actions, service: Service<'_>) -> EffectiveService {
    let mut levels = Vec::new();
    for level in AccessLevel::ALL {
        let mut row = EffectiveLevel {
            level,
            total: 0,
            granted: 0,
            left: 0,
            beyond_boundary: 0,
            beyond_session: 0,
            beyond_service_control: 0,
            denied: 0,
            partly_denied: 0,
        };
        for action in service.actions().filter(|action| action.access_level() == level) {
            row.total += 1;
            if !sets.granted.has(action) {
                continue;
            }
            let beyond = |limit: &Option<Actions>| usize::from(limit.as_ref().is_some_and(|set| !set.has(action)));
            row.granted += 1;
            row.left += usize::from(left.has(action));
            row.beyond_boundary += beyond(&sets.boundary);
            row.beyond_session += beyond(&sets.session);
            row.beyond_service_control += beyond(&sets.service_control);
            row.denied += usize::from(sets.denied.has(action));
            row.partly_denied += usize::from(left.has(action) && sets.partly_denied.has(action));
        }
        if row.total > 0 {
            levels.push(row);
        }
    }
    let rows = levels.iter().map(|row| LevelRow { level: row.level, covered: row.left, total: row.total });
    EffectiveService {
        service: service.prefix().to_owned(),
        name: service.name().to_owned(),
        access: table::access(&rows.collect::<Vec<_>>()),
        levels,
    }
}
