//! A decided request, as the makers of suggestions look at it.

use super::Change;
use super::edit::{Document, Edit, quoted};
use super::value;
use crate::compile::{CompiledPolicy, CompiledStatement};
use crate::evaluate::{self, ElementKind, ElementTrace};
use crate::explain::names;
use crate::policy::{ConditionClause, Effect, PolicyType, Statement};
use crate::result::{StatementRef, StatementTrace};
use crate::scenario::documents::Place;
use crate::scenario::{ContextValue, KnownDocuments, Scenario, run};

/// Changes that belong together, and how much they change.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub changes: Vec<Change>,
    pub cost: u32,
}

impl Candidate {
    pub fn one(change: Change, cost: u32) -> Self {
        Self { changes: vec![change], cost }
    }

    /// The changes of another one behind its own.
    pub fn join(&mut self, other: Self) {
        self.changes.extend(other.changes);
        self.cost += other.cost;
    }
}

/// Puts the candidates that change least first.
pub(super) fn cheapest_first(candidates: &mut [Candidate]) {
    // There are a dozen at most.
    for end in 1..candidates.len() {
        for at in (1..=end).rev() {
            if let Some([before, after]) = candidates.get_mut(at - 1..=at)
                && before.cost > after.cost
            {
                std::mem::swap(before, after);
            }
        }
    }
}

/// A scenario and its decided request.
pub(super) struct View<'s> {
    pub scenario: &'s Scenario,
    pub index: usize,
    pub analysis: run::Analysis,
    /// The resource behind an access point, with which the bucket's policy is compared.
    behind: Option<String>,
}

/// One statement with all that is known of it.
pub(super) struct Seen<'v> {
    pub trace: &'v StatementTrace,
    pub policy: &'v CompiledPolicy,
    pub compiled: &'v CompiledStatement,
    pub statement: &'v Statement,
    pub place: &'v Place,
    pub elements: Vec<ElementTrace<'v>>,
    /// Its name for sentences.
    pub name: String,
}

impl<'s> View<'s> {
    pub fn new(scenario: &'s Scenario, index: usize, known: &KnownDocuments, most: usize) -> Option<Self> {
        let analysis = run::one(scenario, index, known, most)?;
        let behind = analysis.pair.behind_access_point();
        Some(Self { scenario, index, analysis, behind })
    }

    /// The resource as a policy of this type sees it.
    pub fn resource(&self, policy_type: PolicyType) -> &str {
        let behind = self.behind.as_deref().filter(|_| matches!(policy_type, PolicyType::Resource(_)));
        behind.unwrap_or(self.analysis.pair.resource())
    }

    /// What is known of a traced statement.
    pub fn see<'v>(&'v self, trace: &'v StatementTrace) -> Option<Seen<'v>> {
        let StatementRef { policy, statement } = trace.statement;
        let documents = &self.analysis.documents;
        let compiled = documents.set.policy(policy)?;
        Some(Seen {
            trace,
            policy: compiled,
            compiled: compiled.statements.get(statement)?,
            statement: compiled.document().statements.get(statement)?,
            place: documents.places.get(policy)?,
            elements: evaluate::elements(&documents.set, &self.analysis.pair, trace.statement),
            name: match (trace.effect, names::statement(&documents.set, trace.statement)) {
                (Effect::Allow, name) => name,
                (Effect::Deny, name) if name.starts_with("statement ") => format!("the Deny {name}"),
                (Effect::Deny, name) => format!("the Deny of {name}"),
            },
        })
    }

    /// The trace of a statement.
    pub fn trace(&self, reference: StatementRef) -> Option<&StatementTrace> {
        self.analysis.evaluation.statements.iter().find(|trace| trace.statement == reference)
    }

    /// Gives a context key a value, or takes it away.
    pub fn set_context(&self, key: &str, value: ContextValue) -> Candidate {
        let entry = self.analysis.pair.context().named(key);
        let (summary, cost) = match (&value, entry.values()) {
            (value, _) if *entry == crate::context::ContextEntry::Unknown => (
                match value {
                    ContextValue::Absent => format!("Leave {key}, which is unknown, out of the request"),
                    value => format!("Set {key}, which is unknown, to {}", written(value)),
                },
                10,
            ),
            (ContextValue::Absent, _) => (format!("Take {key} out of the request"), 12),
            (value, None) => (format!("Add {key} = {} to the request", written(value)), 10),
            (value, Some(before)) => (
                format!(
                    "Set {key} in the request to {} instead of {}",
                    written(value),
                    written(&ContextValue::Multiple(before.to_vec()))
                ),
                11,
            ),
        };
        Candidate::one(Change::Context { summary, key: key.to_owned(), value }, cost)
    }
}

/// A context value in a sentence.
pub(super) fn written(value: &ContextValue) -> String {
    match value {
        ContextValue::Absent => "nothing".to_owned(),
        ContextValue::Single(value) if value == value::OTHER || value == value::OTHER_ARN => {
            format!("another value (such as \"{value}\")")
        }
        ContextValue::Single(value) => shown(value),
        ContextValue::Multiple(values) => match values.as_slice() {
            [only] => written(&ContextValue::Single(only.clone())),
            several => format!("[{}]", several.iter().map(|value| shown(value)).collect::<Vec<_>>().join(", ")),
        },
    }
}

/// A value in a sentence: in quotes if it would not be seen to be one.
pub(super) fn shown(value: &str) -> String {
    if value.is_empty() || value.contains(char::is_whitespace) { quoted(value) } else { value.to_owned() }
}

impl Seen<'_> {
    /// An edit of the statement's document, if there is one.
    pub fn edit(&self, edit: Option<Edit>, summary: String, cost: u32) -> Option<Candidate> {
        Some(Candidate::one(edit_of(self.place, edit?, summary), cost))
    }

    pub fn document(&self) -> Option<Document<'_>> {
        Document::read(self.place.text())
    }

    /// The index of the statement in its document.
    pub fn number(&self) -> usize {
        self.trace.statement.statement
    }

    /// The clause that the element at this index is about.
    pub fn clause(&self, element: usize) -> Option<(&ConditionClause, &crate::compile::Condition)> {
        let before = self.elements.iter().take(element);
        let index = before.filter(|other| other.kind == ElementKind::Condition).count();
        Some((self.statement.condition.get(index)?, self.compiled.conditions.get(index)?))
    }

    /// The trace of an element.
    pub fn element(&self, test: impl Fn(ElementKind) -> bool) -> Option<&ElementTrace<'_>> {
        self.elements.iter().find(|element| test(element.kind))
    }
}

pub(super) fn edit_of(place: &Place, edit: Edit, summary: String) -> Change {
    let range = place.range(edit.span);
    Change::Edit { summary, location: place.location().to_owned(), range, new_text: edit.new_text }
}
