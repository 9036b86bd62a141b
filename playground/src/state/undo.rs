//! Bringing back what was removed or changed.

use leptos::prelude::*;

use super::State;
use crate::storage::{self, Saved};
use crate::workspace::{Attachment, Document, Id, Level, Request, Workspace};

/// A message at the foot of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub message: String,
    pub undo: Option<Undo>,
    /// It stays until it is closed, even without Undo.
    pub lasting: bool,
}

/// What a removal took away, and where it stood.
#[derive(Clone, Debug, PartialEq)]
pub enum Undo {
    Document { document: Document, index: usize },
    Level { level: Level, index: usize, documents: Vec<Document>, service_control: bool },
    Request { request: Box<Request>, index: usize },
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
    /// Removes a document.
    pub fn delete_document(self, id: Id) {
        let mut workspace = self.workspace.get_untracked();
        let Some(index) = workspace.documents.iter().position(|each| each.id == id) else { return };
        let document = workspace.documents.remove(index);
        if self.document.get_untracked() == Some(id) {
            let next = workspace.documents.get(index).or(workspace.documents.last()).map(|each| each.id);
            self.document.set(next);
        }
        let message = format!("Deleted “{}”", document.title());
        self.workspace.set(workspace);
        self.toast.set(Some(Toast::with_undo(message, Undo::Document { document, index })));
    }

    /// Removes an organization level with the documents attached there.
    pub fn delete_level(self, id: Id) {
        let mut workspace = self.workspace.get_untracked();
        let at = |levels: &[Level]| levels.iter().position(|each| each.id == id);
        let (level, index, service_control) = if let Some(index) = at(&workspace.service_control) {
            (workspace.service_control.remove(index), index, true)
        } else if let Some(index) = at(&workspace.resource_control) {
            (workspace.resource_control.remove(index), index, false)
        } else {
            return;
        };
        let gone = |each: &Document| match each.attachment {
            Attachment::ServiceControl(level) | Attachment::ResourceControl(level) => level == id,
            _ => false,
        };
        let (documents, kept): (Vec<_>, Vec<_>) = workspace.documents.into_iter().partition(gone);
        workspace.documents = kept;
        if documents.iter().any(|each| Some(each.id) == self.document.get_untracked()) {
            self.document.set(workspace.documents.first().map(|each| each.id));
        }
        self.workspace.set(workspace);
        let message = if level.name.is_empty() {
            "Deleted an organization level".to_owned()
        } else {
            format!("Deleted the organization level “{}”", level.name)
        };
        let undo = Undo::Level { level, index, documents, service_control };
        self.toast.set(Some(Toast::with_undo(message, undo)));
    }

    /// Removes a request. The last one is emptied instead, since there is always one to type into.
    pub fn delete_request(self, id: Id) {
        let mut workspace = self.workspace.get_untracked();
        let Some(index) = workspace.requests.iter().position(|each| each.id == id) else { return };
        let request = Box::new(workspace.requests.remove(index));
        if workspace.requests.is_empty() {
            workspace.requests.push(Request::blank());
        }
        let next = workspace.requests.get(index).or(workspace.requests.last()).map(|each| each.id);
        self.request.set(next);
        self.workspace.set(workspace);
        let message = if request.name.is_empty() {
            "Deleted the request".to_owned()
        } else {
            format!("Deleted the request “{}”", request.name)
        };
        self.toast.set(Some(Toast::with_undo(message, Undo::Request { request, index })));
    }

    /// Puts back what the message at the foot of the page speaks of.
    pub fn undo(self) {
        let Some(Toast { undo: Some(undo), .. }) = self.toast.get_untracked() else { return };
        match undo {
            Undo::Document { document, index } => {
                let id = document.id;
                self.workspace.update(|now| insert(&mut now.documents, index, document));
                self.document.set(Some(id));
            }
            Undo::Level { level, index, documents, service_control } => self.workspace.update(|now| {
                let levels = if service_control { &mut now.service_control } else { &mut now.resource_control };
                insert(levels, index, level);
                now.documents.extend(documents);
            }),
            Undo::Request { request, index } => {
                let id = request.id;
                self.workspace.update(|now| insert(&mut now.requests, index, *request));
                self.request.set(Some(id));
            }
            Undo::Workspace { slot, workspace, document, request } => {
                let left = self.slot.get_untracked();
                if left != slot {
                    storage::remove(left);
                    self.slot.set(slot);
                }
                self.show(*workspace, document, request, true);
            }
            Undo::Slot { id, saved } => drop(storage::save(id, &saved)),
            Undo::Change { before, after } => {
                self.workspace.update(|now| now.revert(&before, &after));
                self.keep_selection();
            }
        }
        self.toast.set(Some(Toast::note("Undone")));
    }
}

impl State {
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

fn insert<T>(list: &mut Vec<T>, index: usize, item: T) {
    list.insert(index.min(list.len()), item);
}
