//! What is wrong with a document.

use admittance::PolicyType;
use admittance::catalog::Catalog;
use admittance::validate::{self, FixOutput, Options};
use serde::{Deserialize, Serialize};

use crate::policy_types::POLICY_TYPES;

/// The type of a name that the page has from the same list.
pub fn policy_type(name: &str) -> PolicyType {
    POLICY_TYPES.iter().find(|(known, _)| *known == name).map_or(PolicyType::Identity, |(_, policy_type)| *policy_type)
}

/// A document to check.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    policy_type: String,
    text: String,
}

/// What was found in a document, as the editor takes it.
#[derive(Serialize)]
pub struct Checked {
    found: Vec<Found>,
    skipped: usize,
}

#[derive(Serialize)]
struct Found {
    code: &'static str,
    severity: &'static str,
    message: String,
    help: Option<String>,
    from: u32,
    to: u32,
    line: u32,
    column: u32,
    fixes: Vec<Fix>,
}

#[derive(Serialize)]
struct Fix {
    title: String,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    from: u32,
    to: u32,
    insert: String,
}

pub fn validate(Document { policy_type: name, text }: Document, catalog: Option<&Catalog>) -> Checked {
    let output = validate::validate(&text, policy_type(&name), Options::default(), catalog).output(&text);
    let skipped = output.skipped.len();
    let found = output.findings.into_iter().map(|finding| Found {
        code: finding.code,
        severity: finding.severity,
        message: finding.message,
        help: finding.help,
        from: finding.range.start.offset,
        to: finding.range.end.offset,
        line: finding.range.start.line,
        column: finding.range.start.column,
        fixes: finding.fix.into_iter().map(fix).collect(),
    });
    Checked { found: found.collect(), skipped }
}

fn fix(FixOutput { title, edits }: FixOutput) -> Fix {
    let changes = edits.into_iter().map(|edit| Change {
        from: edit.range.start.offset,
        to: edit.range.end.offset,
        insert: edit.new_text,
    });
    Fix { title, changes: changes.collect() }
}
