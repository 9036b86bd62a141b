//! What policies say, in sentences and tables that the page only has to show.

use admittance::catalog::Catalog;
use admittance::policy::Effect;
use admittance::scenario::Policies;
use admittance::summary::{self, EffectiveLevel, LevelRow, PolicyTable, PrincipalSummary, ServiceRow};
use serde::{Deserialize, Serialize};

/// The policies of a scenario as JSON text, and the place of one among them.
#[derive(Deserialize)]
pub struct Document {
    policies: String,
    location: String,
}

/// What a document says, and what its caller can do.
#[derive(Default, Serialize)]
pub struct Said {
    /// What a policy of this type does at all, where that is not to grant.
    about: Option<String>,
    sentences: Vec<Sentence>,
    tables: Vec<Table>,
    /// What all policies of the caller say together.
    caller: Vec<Table>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct Sentence {
    effect: String,
    /// The words, and where in the text stands what they tell.
    parts: Vec<(String, Option<(u32, u32)>)>,
    notes: Vec<String>,
    from: u32,
    to: u32,
}

/// A table of services.
#[derive(Serialize)]
struct Table {
    title: String,
    /// `Allow` or `Deny`, where its services have actions to list.
    effect: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Row>,
    /// Services that are named and not known.
    unknown: Vec<String>,
}

#[derive(Serialize)]
struct Row {
    service: String,
    name: String,
    /// Below the columns after the first.
    cells: Vec<String>,
    notes: Vec<String>,
}

const COLUMNS: &[&str] = &["Service", "Access level", "Resource", "Request condition"];
const LEFT: &[&str] = &["Service", "Left", "Actions", "Taken away by"];

/// Nothing for a document that has an error or is not there.
pub fn say(Document { policies, location }: Document, catalog: Option<&Catalog>) -> Option<Said> {
    let (policies, _) = Policies::parse(&policies);
    let summary = summary::policies(&policies, catalog);
    let document = summary.documents.into_iter().find(|each| each.location == location)?;
    let sentences = document.sentences.into_iter().map(|sentence| Sentence {
        effect: sentence.effect,
        parts: sentence
            .parts
            .into_iter()
            .map(|part| (part.text, part.range.map(|range| (range.start.offset, range.end.offset))))
            .collect(),
        notes: sentence.notes,
        from: sentence.range.start.offset,
        to: sentence.range.end.offset,
    });
    let mut said = Said { about: document.about, sentences: sentences.collect(), ..Said::default() };
    if let Some(table) = document.table {
        said.tables = tables(table, true);
    }
    if let Some(PrincipalSummary { identity, effective, notes }) = summary.principal {
        said.caller = tables(identity, false);
        let rows = effective.into_iter().map(|service| Row {
            cells: vec![
                service.access,
                service.levels.iter().filter_map(left).collect::<Vec<_>>().join(", "),
                taken(&service.levels),
            ],
            service: service.service,
            name: service.name,
            notes: Vec::new(),
        });
        let title = "Left under boundary, session and service control policies".to_owned();
        said.caller.push(Table { title, effect: "", columns: LEFT, rows: rows.collect(), unknown: Vec::new() });
        said.notes = notes;
    }
    Some(said)
}

/// What is denied, if anything, and what is allowed.
fn tables(table: PolicyTable, has_actions: bool) -> Vec<Table> {
    let known = table.known_services;
    let of = |title: &str, effect: &'static str, rows: Vec<ServiceRow>| Table {
        title: format!("{title} ({} of {known} services)", rows.len()),
        effect: if has_actions { effect } else { "" },
        columns: COLUMNS,
        rows: rows.into_iter().map(row).collect(),
        unknown: Vec::new(),
    };
    let mut tables = Vec::new();
    if !table.deny.is_empty() {
        tables.push(of("Explicit deny", "Deny", table.deny));
    }
    tables.push(Table { unknown: table.uncategorized, ..of("Allow", "Allow", table.allow) });
    tables
}

fn row(row: ServiceRow) -> Row {
    let mut notes = row.warnings;
    notes.extend(row.uncategorized_actions.into_iter().map(|action| format!("{action}: not known")));
    let levels: Vec<String> = row.levels.iter().filter(|level| level.covered > 0).map(counted).collect();
    if !levels.is_empty() {
        notes.push(levels.join(", "));
    }
    Row { service: row.service, name: row.name, cells: vec![row.access, row.resource, row.condition], notes }
}

fn counted(level: &LevelRow) -> String {
    format!("{} {} of {}", level.level.name(), level.covered, level.total)
}

fn left(level: &EffectiveLevel) -> Option<String> {
    (level.granted > 0).then(|| format!("{} {} of {}", level.level.name(), level.left, level.granted))
}

/// What takes permissions away, and how many.
fn taken(levels: &[EffectiveLevel]) -> String {
    let mut taken = Vec::new();
    for (what, count) in [
        ("the boundary", levels.iter().map(|level| level.beyond_boundary).sum::<usize>()),
        ("session policies", levels.iter().map(|level| level.beyond_session).sum()),
        ("service control policies", levels.iter().map(|level| level.beyond_service_control).sum()),
        ("Deny statements", levels.iter().map(|level| level.denied).sum()),
        ("Deny statements in part", levels.iter().map(|level| level.partly_denied).sum()),
    ] {
        if count > 0 {
            taken.push(format!("{what}: {count}"));
        }
    }
    taken.join(", ")
}

/// A service in a document's table.
#[derive(Deserialize)]
pub struct Service {
    policies: String,
    location: String,
    effect: String,
    service: String,
}

/// What a document says about each action of a service.
#[derive(Serialize)]
pub struct Details {
    resources: Vec<String>,
    conditions: Vec<String>,
    levels: Vec<Level>,
}

#[derive(Serialize)]
struct Level {
    /// Such as `Read: 35 of 52 actions`.
    title: String,
    /// The actions that are covered, and why that has no effect.
    covered: Vec<(String, Option<String>)>,
    /// The names of the others.
    others: Vec<String>,
}

pub fn service(asked: Service, catalog: Option<&Catalog>) -> Option<Details> {
    let (policies, _) = Policies::parse(&asked.policies);
    let effect = if asked.effect == "Deny" { Effect::Deny } else { Effect::Allow };
    let found = summary::service(&policies, &asked.location, effect, &asked.service, catalog?)?;
    let mut levels: Vec<Level> = Vec::new();
    for row in found.row.levels.iter().filter(|row| row.total > 0) {
        let mut level = Level {
            title: format!("{}: {} of {} actions", row.level.name(), row.covered, row.total),
            covered: Vec::new(),
            others: Vec::new(),
        };
        for action in found.actions.iter().filter(|action| action.level == row.level) {
            match action.covered {
                true => level.covered.push((action.action.clone(), action.note.clone())),
                false => level.others.push(action.action.clone()),
            }
        }
        levels.push(level);
    }
    Some(Details { resources: found.row.resources, conditions: found.row.conditions, levels })
}
