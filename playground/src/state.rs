//! The signals that the components share, and what the reader can do to them.

mod actions;
mod choosing;
mod computing;
mod copying;
mod explaining;
mod findings;
mod opening;
mod pasting;
mod sharing;
mod shelf;
mod testing;
mod trail;
mod undo;

pub use actions::NewPolicy;
pub use choosing::Choice;
pub use computing::{Before, MatrixState};
pub use findings::{Finding, Findings, Fix};
pub use opening::text_of;
pub use shelf::{EXPORT_MEMBER, title};
pub use trail::Origin;
pub use undo::{Toast, Undo};

use std::sync::Arc;

use admittance::scenario::{LocatedDiagnostic, RequestResult, Scenario};
use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::arriving::Arrived;
use crate::explained::Explained;
use crate::later::Later;
use crate::outcome::Outcome;
use crate::storage::Saved;
use crate::view::View;
use crate::workspace::{Document, Id, Request, Workspace};

/// The state of the page. Copies share the same signals.
#[derive(Clone, Copy)]
pub struct State {
    pub analysis: Analysis,
    pub later: Later,
    /// What was pasted or dropped before there was what reads it.
    pub waiting: StoredValue<Vec<Arrived>, LocalStorage>,
    pub view: RwSignal<View>,
    /// The number under which the workspace is kept.
    pub slot: RwSignal<u32>,
    /// The workspace as it was opened.
    opened: StoredValue<Workspace>,
    /// It was changed in an earlier visit, or came from a file or a link.
    touched: RwSignal<bool>,
    /// The last attempt to keep it succeeded.
    saving: RwSignal<bool>,
    pub workspace: RwSignal<Workspace>,
    /// The document in the editor.
    pub document: RwSignal<Option<Id>>,
    /// The request whose decision is shown.
    pub request: RwSignal<Option<Id>>,
    /// The statement that the reader looks at.
    pub statement: RwSignal<Option<StatementRef>>,
    /// The text to scroll to and mark, numbered: it can be asked for again.
    pub reveal: RwSignal<Option<(u32, Reveal)>>,
    pub outcome: Memo<Outcome>,
    /// The explanation of the shown decision, or of an earlier one while it is being worked out.
    pub explained: RwSignal<Option<Arc<Explained>>>,
    /// What the checks found in the open document, or in an earlier text of it.
    pub findings: RwSignal<Option<Findings>>,
    pub toast: RwSignal<Option<Toast>>,
    pub matrix: MatrixState,
    /// Of requests that were read from events, what is not exact.
    pub origins: RwSignal<Vec<Origin>>,
    /// The version to compare the present one with, and its matrix.
    pub before: RwSignal<Option<Before>>,
    pub before_cells: RwSignal<Vec<u8>>,
    pub before_done: RwSignal<usize>,
    /// An account of which a principal is to be chosen.
    pub choice: RwSignal<Option<Choice>>,
}

/// A statement of a document, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementRef {
    pub document: Id,
    pub index: usize,
}

/// A range of a document's text, in UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reveal {
    pub document: Id,
    pub from: u32,
    pub to: u32,
    /// Also put the cursor there.
    pub focus: bool,
}

/// The state of the page, from within any component.
pub fn use_state() -> State {
    expect_context()
}

/// Reads a scenario file; gives what is wrong with it when it is none.
pub fn read_scenario(text: &str) -> Result<Scenario, Vec<LocatedDiagnostic>> {
    let (scenario, mut diagnostics) = Scenario::parse(text);
    diagnostics.retain(|each| each.severity == "error");
    if diagnostics.is_empty() { Ok(scenario) } else { Err(diagnostics) }
}

impl State {
    /// The state at the start: of the last visit, or else the first example.
    pub fn start(analysis: Analysis, later: Later) -> Self {
        let (slot, saved) = shelf::start();
        let touched = saved.as_ref().is_some_and(|saved| saved.touched);
        let matrix = MatrixState::new(saved.as_ref().map(|saved| saved.matrix.clone()).unwrap_or_default());
        let (first, document, request) = match saved {
            Some(saved) => (saved.workspace(), saved.document, saved.request),
            None => (Workspace::blank(), 0, 0),
        };
        let document = first.documents.get(document).or(first.documents.first()).map(|each| each.id);
        let request = first.requests.get(request).or(first.requests.first()).map(|each| each.id);
        let opened = StoredValue::new(first.clone());
        let workspace = RwSignal::new(first);
        Self {
            analysis,
            later,
            waiting: StoredValue::new_local(Vec::new()),
            view: RwSignal::new(View::default()),
            slot: RwSignal::new(slot),
            opened,
            touched: RwSignal::new(touched),
            saving: RwSignal::new(true),
            workspace,
            document: RwSignal::new(document),
            request: RwSignal::new(request),
            statement: RwSignal::new(None),
            reveal: RwSignal::new(None),
            outcome: Memo::new(move |previous| workspace.with(|now| Outcome::of(now, previous))),
            explained: RwSignal::new(None),
            findings: RwSignal::new(None),
            toast: RwSignal::new(None),
            matrix,
            origins: RwSignal::new(Vec::new()),
            before: RwSignal::new(None),
            before_cells: RwSignal::new(Vec::new()),
            before_done: RwSignal::new(0),
            choice: RwSignal::new(None),
        }
    }

    /// What to keep for the next visit.
    pub fn to_save(self) -> Saved {
        self.workspace.with(|now| {
            let document = self.document.get().and_then(|id| now.place_when_kept(id));
            let request = now.requests.iter().position(|each| Some(each.id) == self.request.get());
            Saved {
                scenario: now.to_whole_scenario().scenario,
                disabled: now.disabled(),
                document: document.unwrap_or_default(),
                request: request.unwrap_or_default(),
                touched: self.is_touched(),
                matrix: self.matrix.spec.get(),
            }
        })
    }

    /// The decision on the selected request.
    pub fn result(self) -> Option<RequestResult> {
        let request = self.request.get()?;
        self.outcome.with(|outcome| outcome.result(request).cloned())
    }

    /// Whether errors keep the selected request from being decided now.
    pub fn is_stale(self) -> bool {
        let request = self.request.get();
        self.outcome.with(|outcome| outcome.stale || request.is_some_and(|request| outcome.is_stale(request)))
    }

    /// A part of the decision on the selected request, which is long: nothing else of it is copied.
    pub fn of_result<T>(self, read: impl FnOnce(&RequestResult) -> T) -> Option<T> {
        let request = self.request.get()?;
        self.outcome.with(|outcome| outcome.result(request).map(read))
    }

    /// A part of the selected request.
    pub fn of_request<T>(self, read: impl Fn(&Request) -> T + Send + Sync + 'static) -> Signal<T>
    where
        T: Default + Send + Sync + 'static,
    {
        Signal::derive(move || {
            let Some(id) = self.request.get() else { return T::default() };
            self.workspace.with(|now| now.request(id).map(&read).unwrap_or_default())
        })
    }

    /// Changes the selected request.
    pub fn update_request(self, change: impl FnOnce(&mut Request)) {
        let Some(id) = self.request.get_untracked() else { return };
        self.workspace.update(|now| {
            if let Some(request) = now.request_mut(id) {
                change(request);
            }
        });
    }

    /// A part of the document in the editor.
    pub fn of_document<T>(self, read: impl Fn(&Document) -> T + Send + Sync + 'static) -> Signal<T>
    where
        T: Default + Send + Sync + 'static,
    {
        Signal::derive(move || {
            let Some(id) = self.document.get() else { return T::default() };
            self.workspace.with(|now| now.document(id).map(&read).unwrap_or_default())
        })
    }

    /// Changes the document in the editor.
    pub fn update_document(self, change: impl FnOnce(&mut Document)) {
        let Some(id) = self.document.get_untracked() else { return };
        self.workspace.update(|now| {
            if let Some(document) = now.document_mut(id) {
                change(document);
            }
        });
    }

    /// Shows another workspace beside the present one, which can be brought back.
    pub fn replace(self, workspace: Workspace, message: String) {
        self.put(workspace, message, true);
    }

    /// The same for one that somebody only wants to look at.
    pub fn look_at(self, workspace: Workspace, message: String) {
        self.put(workspace, message, false);
    }

    fn put(self, workspace: Workspace, message: String, touched: bool) {
        let undo = Undo::Workspace {
            slot: self.slot.get_untracked(),
            workspace: Box::new(self.workspace.get_untracked()),
            document: self.document.get_untracked(),
            request: self.request.get_untracked(),
        };
        let document = workspace.documents.first().map(|each| each.id);
        let request = workspace.requests.first().map(|each| each.id);
        self.slot.set(self.next_slot());
        self.show(workspace, document, request, touched);
        self.toast.set(Some(Toast::with_undo(message, undo)));
    }

    fn show(self, workspace: Workspace, document: Option<Id>, request: Option<Id>, touched: bool) {
        self.statement.set(None);
        self.reveal.set(None);
        self.request.set(request);
        self.document.set(document);
        self.touched.set(touched);
        self.opened.set_value(workspace.clone());
        self.workspace.set(workspace);
    }
}
