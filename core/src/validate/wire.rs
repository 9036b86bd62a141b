//! Findings as JSON.

use super::{Finding, Validation};
use crate::scenario::{TextPosition, TextRange};
use crate::span::{LineIndex, Span};
use serde::Serialize;

/// A validation on the wire.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ValidationOutput {
    /// The findings, in the order of the text; at one place the most serious first.
    pub findings: Vec<FindingOutput>,
    /// The codes of the checks that were not made, or not in full, because they need the catalog.
    pub skipped: Vec<&'static str>,
}

/// A finding on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingOutput {
    /// The code: Access Analyzer's where it has one.
    pub code: &'static str,
    /// `error`, `security-warning`, `warning` or `suggestion`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where.
    pub range: TextRange,
    /// A change of the text that removes the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<FixOutput>,
}

/// A change of the text, on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FixOutput {
    /// What it does, in a few words.
    pub title: String,
    /// The edits, in the order of the text; they do not overlap, and all ranges are those of the text before.
    pub edits: Vec<EditOutput>,
}

/// A part of the text and what takes its place, on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EditOutput {
    /// The part.
    pub range: TextRange,
    /// What takes its place.
    pub new_text: String,
}

impl Validation {
    /// The validation of `text` with lines, columns and offsets as JavaScript and editors count them.
    #[must_use]
    pub fn output(&self, text: &str) -> ValidationOutput {
        let index = LineIndex::new(text);
        let at = |offset| {
            let position = index.position(text, offset);
            TextPosition { line: position.line, column: position.column_utf16, offset: position.offset_utf16 }
        };
        let range = |span: Span| TextRange { start: at(span.start), end: at(span.end) };
        let finding = |Finding { diagnostic, fix }: &Finding| FindingOutput {
            code: diagnostic.code,
            severity: diagnostic.severity.as_str(),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            range: range(diagnostic.span),
            fix: fix.as_ref().map(|fix| FixOutput {
                title: fix.title.clone(),
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| EditOutput { range: range(edit.span), new_text: edit.new_text.clone() })
                    .collect(),
            }),
        };
        ValidationOutput { findings: self.findings.iter().map(finding).collect(), skipped: self.skipped.clone() }
    }

    /// The validation of `text` as JSON text.
    #[must_use]
    pub fn to_json(&self, text: &str) -> String {
        serde_json::to_string(&self.output(text)).unwrap_or_default()
    }
}
