//! What the checks find in the open document, a pause after the last keystroke.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::State;
use crate::analysis::{json, read};
use crate::workspace::Id;

/// The pause in typing after which the document is checked.
const PAUSE_MS: u32 = 200;

/// What was found in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    pub document: Id,
    /// The text that was checked.
    pub text: String,
    pub found: Vec<Finding>,
    /// How many checks need the catalog, which is not there.
    pub skipped: usize,
}

/// A finding, with its place in UTF-16 units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub code: String,
    pub severity: String,
    pub message: String,
    pub help: Option<String>,
    pub from: u32,
    pub to: u32,
    pub line: u32,
    pub column: u32,
    pub fixes: Vec<Fix>,
}

/// A change of the text that removes a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    pub title: String,
    pub changes: Vec<TextChange>,
}

/// A part of the text, and what takes its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextChange {
    from: u32,
    to: u32,
    insert: String,
}

#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    policy_type: &'static str,
    text: String,
}

#[derive(Deserialize)]
struct Checked {
    found: Vec<Finding>,
    skipped: usize,
}

impl State {
    /// Keeps the findings up to date with the open document.
    pub fn keep_findings(self) {
        let open = Memo::new(move |_| {
            let id = self.document.get()?;
            self.workspace.with(|now| {
                let document = now.document(id)?;
                Some((id, Question { policy_type: document.policy_type(), text: document.text.clone() }))
            })
        });
        let asked = Rc::new(RefCell::new(None));
        let asking = Rc::clone(&asked);
        let input = move || {
            let open = open.get();
            let question = open.as_ref().map(|(_, question)| json(question));
            *asking.borrow_mut() = open;
            question
        };
        let put =
            move |answer: Option<String>| {
                let found = read::<Checked>(answer).zip(asked.borrow_mut().take());
                self.findings.set(found.map(|(Checked { found, skipped }, (document, Question { text, .. }))| {
                    Findings { document, text, found, skipped }
                }));
            };
        self.analysis.keep_asking("validate", PAUSE_MS, Box::new(input), Rc::new(put));
    }

    /// What was found in the text that is open now.
    pub fn present_findings(self) -> Option<Findings> {
        let id = self.document.get()?;
        let found = self.findings.get().filter(|each| each.document == id)?;
        self.workspace.with(|now| now.document(id).is_some_and(|each| each.text == found.text)).then_some(found)
    }
}
