//! What the engine says of a workspace, with its places turned back into ids.

use std::sync::Arc;

use admittance::explain::Explanation;
use admittance::scenario::{KnownDocuments, LocatedDiagnostic, RequestResult, StatementResult};
use admittance::suggest::Suggestion;

use crate::workspace::{Id, Placed, Workspace};

/// The engine's answer to the present workspace, or the last one it could give.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Problems of the present workspace.
    pub problems: Vec<Problem>,
    /// The last decisions.
    pub decided: Arc<Decided>,
    /// The decisions are older than the workspace, which has errors now.
    pub stale: bool,
    /// The documents of the present workspace, so that only an edited one is read again.
    known: KnownDocuments,
}

/// The decisions on all requests of a workspace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decided {
    /// What was decided on.
    placed: Placed,
    /// One for each request of it.
    results: Vec<RequestResult>,
    /// Its documents as they were read.
    known: KnownDocuments,
}

/// A diagnostic and the thing it speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub subject: Subject,
    pub diagnostic: LocatedDiagnostic,
    /// The field is still empty: nothing is wrong there yet.
    pub incomplete: bool,
}

/// What a diagnostic speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Document(Id),
    /// A request and the field of it, such as `principal`.
    Request(Id, String),
    Scenario,
}

impl Outcome {
    /// Asks the engine. When it cannot decide, the previous decisions stay.
    pub fn of(workspace: &Workspace, previous: Option<&Self>) -> Self {
        let placed = workspace.to_scenario();
        let mut known = previous.map(|each| each.known.clone()).unwrap_or_default();
        let result = placed.scenario.evaluate_knowing(&mut known);
        let problems =
            result.diagnostics.into_iter().map(|diagnostic| problem(diagnostic, &placed, workspace)).collect();
        if !result.valid {
            let decided = previous.map(|each| Arc::clone(&each.decided)).unwrap_or_default();
            return Self { problems, decided, stale: true, known };
        }
        let decided = Decided { placed, results: result.results, known: known.clone() };
        // The same decisions stay the same thing, so that what was worked out for them is not lost.
        let decided = match previous.filter(|each| *each.decided == decided) {
            Some(each) => Arc::clone(&each.decided),
            None => Arc::new(decided),
        };
        Self { problems, decided, stale: false, known }
    }

    /// The problems that keep the engine from deciding.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|each| each.diagnostic.severity == "error")
    }
}

impl Decided {
    /// The decision on a request.
    pub fn result(&self, request: Id) -> Option<&RequestResult> {
        self.results.get(self.index(request)?)
    }

    /// All decisions, with the requests that they are about.
    pub fn results(&self) -> impl Iterator<Item = (Id, &RequestResult)> {
        self.placed.requests.iter().copied().zip(&self.results)
    }

    /// Why a request is decided as it is, and what would change that. Takes longer than the decision.
    pub fn explain(&self, request: Id) -> Option<Explanation> {
        self.placed.scenario.explain_knowing(self.index(request)?, &self.known)
    }

    /// The workspace after a suggestion that was made for it.
    pub fn apply(&self, suggestion: &Suggestion, workspace: &Workspace) -> Workspace {
        workspace.changed(&self.placed, &self.placed.scenario.apply(suggestion))
    }

    /// The document at a place such as `policies.identity[0]`.
    pub fn document_at(&self, location: &str) -> Option<Id> {
        self.placed.documents.iter().find(|(place, _)| *place == location).map(|(_, id)| *id)
    }

    /// The document that a statement stands in.
    pub fn document(&self, statement: &StatementResult) -> Option<Id> {
        self.document_at(&statement.policy)
    }

    fn index(&self, request: Id) -> Option<usize> {
        self.placed.requests.iter().position(|id| *id == request)
    }
}

fn problem(mut diagnostic: LocatedDiagnostic, placed: &Placed, workspace: &Workspace) -> Problem {
    let subject = subject(&diagnostic.location, placed);
    let empty = match &subject {
        Subject::Request(id, field) => workspace.request(*id).and_then(|request| match field.as_str() {
            "principal" if request.principal.arn.trim().is_empty() => Some("principal"),
            "action" if request.action.trim().is_empty() => Some("action"),
            _ => None,
        }),
        _ => None,
    };
    if let Some(field) = empty {
        diagnostic.message = format!("the request has no {field} yet");
        diagnostic.help = None;
    }
    Problem { subject, diagnostic, incomplete: empty.is_some() }
}

fn subject(location: &str, placed: &Placed) -> Subject {
    if let Some((_, id)) = placed.documents.iter().find(|(place, _)| is_at(location, place)) {
        return Subject::Document(*id);
    }
    for (index, id) in placed.requests.iter().enumerate() {
        let place = format!("requests[{index}]");
        if is_at(location, &place) {
            let field = location.get(place.len()..).unwrap_or_default().trim_start_matches('.');
            return Subject::Request(*id, field.to_owned());
        }
    }
    Subject::Scenario
}

fn is_at(location: &str, place: &str) -> bool {
    location.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
