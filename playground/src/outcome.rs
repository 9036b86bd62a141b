//! What the engine says of a workspace, with its places turned back into ids.

use std::sync::Arc;

use admittance::explain::Explanation;
use admittance::scenario::{KnownDocuments, LocatedDiagnostic, RequestResult, StatementResult};
use admittance::suggest::Suggestion;

use crate::workspace::{Id, Placed, Workspace};

/// What the engine says of a request with an error.
pub const UNDECIDED: &str = "Invalid";

/// The engine's answer to the present workspace, or the last one it could give.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Problems of the present workspace.
    pub problems: Vec<Problem>,
    /// The last decisions, where a request that has an error is not decided.
    pub decided: Arc<Decided>,
    /// Of the requests that have an error, the decisions when each had none.
    earlier: Vec<(Id, Arc<Decided>)>,
    /// All decisions are older than the workspace: something is wrong beside single requests.
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
    /// Asks the engine. Where it cannot decide, the previous decisions stay.
    pub fn of(workspace: &Workspace, previous: Option<&Self>) -> Self {
        let placed = workspace.to_scenario();
        let mut known = previous.map(|each| each.known.clone()).unwrap_or_default();
        let result = placed.scenario.evaluate_knowing(&mut known);
        let problems =
            result.diagnostics.into_iter().map(|diagnostic| problem(diagnostic, &placed, workspace)).collect();
        if !result.valid && result.results.is_empty() {
            let (decided, earlier) =
                previous.map(|each| (Arc::clone(&each.decided), each.earlier.clone())).unwrap_or_default();
            return Self { problems, decided, earlier, stale: true, known };
        }
        let decided = Decided { placed, results: result.results, known: known.clone() };
        // The same decisions stay the same thing, so that what was worked out for them is not lost.
        let decided = match previous.filter(|each| *each.decided == decided) {
            Some(each) => Arc::clone(&each.decided),
            None => Arc::new(decided),
        };
        let before = |id| previous?.last_of(id).map(|each| (id, Arc::clone(each)));
        let earlier = decided.undecided().filter_map(before).collect();
        Self { problems, decided, earlier, stale: false, known }
    }

    /// The decisions to show for a request: those in which it was decided last.
    pub fn last_of(&self, request: Id) -> Option<&Arc<Decided>> {
        let is_decided = self.decided.result(request).is_some_and(|result| result.decision != UNDECIDED);
        if is_decided {
            return Some(&self.decided);
        }
        self.earlier.iter().find(|(id, _)| *id == request).map(|(_, decided)| decided)
    }

    /// The result to show for a request: the last decision, or else that it cannot be decided.
    pub fn result(&self, request: Id) -> Option<&RequestResult> {
        let incomplete = || {
            let of_it = |each: &Problem| matches!(&each.subject, Subject::Request(id, _) if *id == request);
            self.problems.iter().any(|each| each.incomplete && of_it(each))
        };
        match self.last_of(request) {
            Some(decided) => decided.result(request),
            None => self.decided.result(request).filter(|_| !incomplete()),
        }
    }

    /// Whether errors keep the engine from deciding a request now.
    pub fn is_stale(&self, request: Id) -> bool {
        self.stale || self.decided.undecided().any(|id| id == request)
    }

    /// The problems that keep the engine from deciding.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|each| each.diagnostic.severity == "error")
    }

    /// Those among them that keep it from deciding a request.
    pub fn errors_of(&self, request: Id) -> impl Iterator<Item = &Problem> {
        self.errors().filter(move |each| !matches!(&each.subject, Subject::Request(id, _) if *id != request))
    }
}

impl Decided {
    /// The decision on a request.
    pub fn result(&self, request: Id) -> Option<&RequestResult> {
        self.results.get(self.index(request)?)
    }

    /// The requests that have errors.
    fn undecided(&self) -> impl Iterator<Item = Id> {
        self.results().filter(|(_, result)| result.decision == UNDECIDED).map(|(id, _)| id)
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
