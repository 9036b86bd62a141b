//! The explanation as a tree: every line with the place that it speaks of.

use super::{chain, closest, text};
use crate::evaluate::Truth;
use crate::result::StatementTrace;
use crate::scenario::{KnownDocuments, Scenario, TextRange, run};
use crate::suggest::{self, Suggestion};
use crate::unknown::THOROUGH;
use serde::Serialize;

/// Why a request is decided as it is, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The index of the request.
    pub request: usize,
    /// The answer in one sentence.
    pub answer: String,
    /// The chain of gates, in the order in which AWS evaluates them.
    pub gates: Vec<ExplanationLine>,
    /// The statement that came nearest to deciding otherwise, with its elements; absent where none
    /// came near.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closest: Option<ExplanationLine>,
    /// Changes that flip the decision, the ones that change least first.
    pub suggestions: Vec<Suggestion>,
    /// Remarks: assumptions, and points that AWS's documentation leaves open.
    pub notes: Vec<String>,
    /// All of this as plain text.
    pub text: String,
}

/// One line of an explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExplanationLine {
    /// The line: a sentence.
    pub text: String,
    /// What it says about the request.
    pub mark: Mark,
    /// What it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<SourceLink>,
    /// Whether the plain text leaves this line and its children out, as the line above sums them up.
    #[serde(skip_serializing_if = "crate::scenario::is_false")]
    pub folded: bool,
    /// The lines below it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<ExplanationLine>,
}

/// What a line says about the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Mark {
    /// It passes; it matches.
    Pass,
    /// It stands in the way; it does not match.
    Fail,
    /// It depends on keys that are unknown.
    Open,
    /// None of these: it plays no part, or says something in addition.
    Neutral,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceLink {
    /// The document, such as `policies.identity[0]`.
    pub location: String,
    /// The part of its text; absent for the whole document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
}

impl ExplanationLine {
    pub(super) fn new(mark: Mark, text: impl Into<String>) -> Self {
        Self { text: text.into(), mark, link: None, folded: false, children: Vec::new() }
    }

    pub(super) fn folded(self) -> Self {
        Self { folded: true, ..self }
    }

    pub(super) fn linked(self, link: Option<SourceLink>) -> Self {
        Self { link, ..self }
    }

    pub(super) fn above(self, children: Vec<Self>) -> Self {
        Self { children, ..self }
    }
}

impl Scenario {
    /// Explains the decision on a request: the answer, the gates, what came nearest to another
    /// answer, and what would change it. Nothing if the scenario has an error.
    ///
    /// ```
    /// use admittance::scenario::Scenario;
    ///
    /// let (scenario, _) = Scenario::parse(r#"{
    ///   "policies": { "identity": [{ "Version": "2012-10-17", "Statement": [] }] },
    ///   "requests": [{ "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:ListAllMyBuckets" }]
    /// }"#);
    /// let explanation = scenario.explain(0).unwrap();
    /// assert_eq!(explanation.answer, "Denied: no identity-based policy allows s3:ListAllMyBuckets.");
    /// ```
    #[must_use]
    pub fn explain(&self, request_index: usize) -> Option<Explanation> {
        self.explain_knowing(request_index, &KnownDocuments::NONE)
    }

    /// As [`Self::explain`], without reading again the documents that are known.
    #[must_use]
    pub fn explain_knowing(&self, request_index: usize, known: &KnownDocuments) -> Option<Explanation> {
        let analysis = run::one(self, request_index, known, THOROUGH)?;
        let result = analysis.result(self.requests.get(request_index)?);
        let mut explanation = Explanation {
            request: request_index,
            answer: result.reason.clone(),
            gates: chain::gates(&analysis, &result),
            closest: closest::line(&analysis),
            suggestions: suggest::search(self, request_index, &analysis.documents.known),
            notes: result.notes.clone(),
            text: String::new(),
        };
        explanation.text = text(&explanation);
        Some(explanation)
    }
}

/// The place of a statement.
pub(super) fn statement_link(analysis: &run::Analysis, trace: &StatementTrace) -> Option<SourceLink> {
    let documents = &analysis.documents;
    let place = documents.places.get(trace.statement.policy)?;
    let policy = documents.set.policy(trace.statement.policy)?;
    let statement = policy.document().statements.get(trace.statement.statement)?;
    Some(SourceLink { location: place.location().to_owned(), range: Some(place.range(statement.span)) })
}

/// The elements of a statement, each with whether it matches and why.
pub(super) fn elements(analysis: &run::Analysis, trace: &StatementTrace) -> Vec<ExplanationLine> {
    let Some(place) = analysis.documents.places.get(trace.statement.policy) else { return Vec::new() };
    let line = |element: &crate::evaluate::ElementTrace| {
        let mark = match element.matched {
            Truth::True => Mark::Pass,
            Truth::False => Mark::Fail,
            Truth::Unknown => Mark::Open,
        };
        let range = Some(place.range(element.span));
        let link = SourceLink { location: place.location().to_owned(), range };
        ExplanationLine::new(mark, super::element(element)).linked(Some(link))
    };
    crate::evaluate::elements(&analysis.documents.set, &analysis.pair, trace.statement).iter().map(line).collect()
}
