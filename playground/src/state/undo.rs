//! Bringing back what was removed or changed.

use leptos::prelude::*;

use super::State;
use crate::storage::{self, Saved};
use crate::workspace::{Document, Id, Request, Workspace};

/// A message at the foot of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub message: String,
    pub undo: Option<Undo>,
    /// It stays until it is closed, even without Undo.
    pub lasting: bool,
}

/// How to take back what was done.
#[derive(Clone, Debug, PartialEq)]
pub enum Undo {
    Workspace { slot: u32, workspace: Box<Workspace>, document: Option<Id>, request: Option<Id> },
    Change { before: Box<Workspace>, after: Box<Workspace> },
    Slot { id: u32, saved: Box<Saved> },
}

impl Toast {
    pub fn note(message: impl Into<String>) -> Self {
        Self { message: message.into(), undo: None, lasting: false }
    }

    /// A message that has to be closed.
    pub fn lasting(message: impl Into<String>) -> Self {
        Self { lasting: true, ..Self::note(message) }
    }

    pub fn with_undo(message: impl Into<String>, undo: Undo) -> Self {
        Self { undo: Some(undo), ..Self::note(message) }
    }
}

impl State {
    /// Changes the workspace in a way that the message at the foot of the page can take back.
    pub fn change(self, message: impl Into<String>, how: impl FnOnce(&mut Workspace)) {
        let before = self.workspace.get_untracked();
        let mut after = before.clone();
        how(&mut after);
        self.workspace.set(after.clone());
        let undo = Undo::Change { before: Box::new(before), after: Box::new(after) };
        self.toast.set(Some(Toast::with_undo(message, undo)));
        self.keep_selection();
    }

    /// Removes a document.
    pub fn delete_document(self, id: Id) {
        let (index, title) = self.workspace.with_untracked(|now| {
            let index = now.documents.iter().position(|each| each.id == id).unwrap_or_default();
            (index, now.document(id).map(Document::title).unwrap_or_default())
        });
        let was_open = self.document.get_untracked() == Some(id);
        self.change(format!("Deleted “{title}”"), |now| now.documents.retain(|each| each.id != id));
        if was_open {
            let next = |now: &Workspace| now.documents.get(index).or(now.documents.last()).map(|each| each.id);
            self.document.set(self.workspace.with_untracked(next));
        }
    }

    /// Removes a request. The last one is emptied instead, since there is always one to type into.
    pub fn delete_request(self, id: Id) {
        let (index, name) = self.workspace.with_untracked(|now| {
            let index = now.requests.iter().position(|each| each.id == id).unwrap_or_default();
            (index, now.request(id).map(|each| each.name.clone()).unwrap_or_default())
        });
        let message = if name.is_empty() {
            "Deleted the request".to_owned()
        } else {
            format!("Deleted the request “{name}”")
        };
        self.change(message, |now| {
            now.requests.retain(|each| each.id != id);
            if now.requests.is_empty() {
                now.requests.push(Request::blank());
            }
        });
        let next = |now: &Workspace| now.requests.get(index).or(now.requests.last()).map(|each| each.id);
        self.request.set(self.workspace.with_untracked(next));
    }

    /// Takes back what the message at the foot of the page speaks of.
    pub fn undo(self) {
        let Some(Toast { undo: Some(undo), .. }) = self.toast.get_untracked() else { return };
        match undo {
            Undo::Workspace { slot, workspace, document, request } => {
                let left = self.slot.get_untracked();
                if left != slot {
                    // What was edited since stays among the workspaces.
                    if self.is_edited() {
                        self.save()
                    } else {
                        storage::remove(left)
                    }
                    self.slot.set(slot);
                }
                self.show(*workspace, document, request, true);
            }
            Undo::Slot { id, saved } => drop(storage::save(id, &saved)),
            Undo::Change { before, after } => {
                self.workspace.update(|now| now.revert(&before, &after));
                self.workspace.with_untracked(|now| {
                    // What came back is shown.
                    let document = now.documents.iter().find(|each| after.document(each.id).is_none());
                    let request = now.requests.iter().find(|each| after.request(each.id).is_none());
                    if let Some(document) = document {
                        self.document.set(Some(document.id));
                    }
                    if let Some(request) = request {
                        self.request.set(Some(request.id));
                    }
                });
                self.keep_selection();
            }
        }
        self.toast.set(Some(Toast::note("Undone")));
    }

    /// Selects another document or request where the selected one is no longer there.
    fn keep_selection(self) {
        let (document, request) = self.workspace.with_untracked(|now| {
            let document = self.document.get_untracked().filter(|id| now.document(*id).is_some());
            let request = self.request.get_untracked().filter(|id| now.request(*id).is_some());
            (
                document.or(now.documents.first().map(|each| each.id)),
                request.or(now.requests.first().map(|each| each.id)),
            )
        });
        self.document.set(document);
        self.request.set(request);
    }
}
