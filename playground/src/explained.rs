//! The explanation of one decision in the shape of the page: lines with ids of documents.

use std::sync::Arc;

use admittance::explain::{Explanation, ExplanationLine, Mark, SourceLink};
use admittance::scenario::{ElementResult, RequestResult, StatementResult, ValueResult};
use admittance::suggest::Suggestion;

use crate::outcome::Decided;
use crate::state::{Reveal, StatementRef};
use crate::words;
use crate::workspace::Id;

/// Of a document with more statements, those that do not apply are put under one line.
const LISTED: usize = 6;

/// The explanation of the decision on one request.
#[derive(Clone, Debug)]
pub struct Explained {
    pub request: Id,
    /// The decisions that it belongs to.
    pub decided: Arc<Decided>,
    pub gates: Vec<Line>,
    /// The statement that came nearest to another decision.
    pub closest: Option<Line>,
    /// What would change the decision.
    pub suggestions: Vec<Suggestion>,
    /// All of it as plain text.
    pub text: String,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sentence,
    /// A policy document, with its statements below.
    Document,
}

/// One line, with what is below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The same for the same thing in the next explanation.
    pub key: String,
    pub text: String,
    pub mark: Mark,
    pub kind: Kind,
    /// The text that it speaks of.
    pub place: Option<Reveal>,
    /// The statement that it is about.
    pub statement: Option<StatementRef>,
    /// The statement decided.
    pub decisive: bool,
    /// What keeps the statement from applying, to be seen while the line is closed.
    pub hint: Option<String>,
    /// The values that an element lists.
    pub values: Vec<ValueResult>,
    /// Whether it is open at first.
    pub open: bool,
    pub children: Vec<Line>,
}

impl Explained {
    /// Explains the decision on a request.
    pub fn of(request: Id, decided: &Arc<Decided>) -> Option<Self> {
        let result = decided.result(request)?;
        let Explanation { mut gates, closest, suggestions, text, .. } = decided.explain(request)?;
        // The decision lists the permissions of a request already, each with its own decision.
        let pairs = result.resources.len();
        if pairs > 1 && gates.first().is_some_and(|line| line.children.len() == pairs && line.link.is_none()) {
            gates.remove(0);
        }
        let lines = Lines { decided, result };
        let gates = gates.into_iter().map(|line| lines.gate(line)).collect();
        let closest = closest.map(|line| {
            let place = lines.place(line.link.as_ref());
            let children = line.children.into_iter().map(|line| lines.element(line, "closest")).collect();
            Line { place, open: true, children, ..Line::new("closest", line.text, line.mark) }
        });
        Some(Self { request, decided: Arc::clone(decided), gates, closest, suggestions, text })
    }

    /// The keys of the lines above that of a statement, and its own.
    pub fn path_to(&self, statement: StatementRef) -> Vec<String> {
        let mut path = Vec::new();
        find(&self.gates, statement, &mut path);
        path
    }
}

impl Explained {
    /// The keys of the lines down to the innermost one about the text at an offset.
    pub fn path_to_text(&self, document: Id, offset: u32) -> Vec<String> {
        let mut path = Vec::new();
        let mut best = Vec::new();
        innermost(&self.gates, document, offset, &mut path, &mut (u32::MAX, &mut best));
        best
    }
}

/// Looks for the line with the shortest text around an offset.
fn innermost(lines: &[Line], document: Id, offset: u32, path: &mut Vec<String>, best: &mut (u32, &mut Vec<String>)) {
    for line in lines {
        path.push(line.key.clone());
        let around = |place: &Reveal| place.document == document && place.from <= offset && offset <= place.to;
        if let Some(place) = line.place.filter(around)
            && place.to > place.from
            && place.to - place.from <= best.0
        {
            best.0 = place.to - place.from;
            best.1.clone_from(path);
        }
        innermost(&line.children, document, offset, path, best);
        path.pop();
    }
}

fn find(lines: &[Line], statement: StatementRef, path: &mut Vec<String>) -> bool {
    for line in lines {
        path.push(line.key.clone());
        if line.statement == Some(statement) || find(&line.children, statement, path) {
            return true;
        }
        path.pop();
    }
    false
}

impl Line {
    fn new(key: impl Into<String>, text: String, mark: Mark) -> Self {
        Self {
            key: key.into(),
            text,
            mark,
            kind: Kind::Sentence,
            place: None,
            statement: None,
            decisive: false,
            hint: None,
            values: Vec::new(),
            open: false,
            children: Vec::new(),
        }
    }

    /// Whether the deciding statement is here or below.
    fn decides(&self) -> bool {
        self.decisive || self.children.iter().any(Self::decides)
    }
}

/// Turns places back into ids.
struct Lines<'d> {
    decided: &'d Decided,
    result: &'d RequestResult,
}

impl Lines<'_> {
    fn gate(&self, line: ExplanationLine) -> Line {
        let key = line.text.split(": ").next().unwrap_or_default().to_owned();
        let mut children = Vec::new();
        for (index, child) in line.children.into_iter().enumerate() {
            let key = format!("{key}/{index}");
            match &child.link {
                Some(SourceLink { range: None, .. }) => children.push(self.document(child)),
                // The statement itself lists its elements.
                Some(_) if self.element_of(&child).is_some() => {}
                link => {
                    let place = self.place(link.as_ref());
                    let below = child.children.into_iter().map(|line| self.element(line, &key)).collect();
                    let open = child.mark == Mark::Open;
                    children.push(Line { place, open, children: below, ..Line::new(key, child.text, child.mark) });
                }
            }
        }
        // The gate's own line names the document; it needs none of its own where it is the only one.
        let mut documents = children.iter_mut().filter(|each| each.kind == Kind::Document);
        if let (Some(only), None) = (documents.next(), documents.next())
            && only.open
        {
            let statements = std::mem::take(&mut only.children);
            children.retain(|each| each.kind != Kind::Document);
            children.extend(statements);
        }
        let place = self.place(line.link.as_ref());
        // A gate that passes may hold a statement that is open: the answer depends on it.
        let matters = |each: &Line| each.decides() || (each.kind == Kind::Sentence && each.mark == Mark::Open);
        let open = matches!(line.mark, Mark::Fail | Mark::Open) || children.iter().any(matters);
        Line { place, open, children, ..Line::new(key, line.text, line.mark) }
    }

    fn document(&self, line: ExplanationLine) -> Line {
        let place = self.place(line.link.as_ref());
        let key = format!("document {}", place.map_or(0, |place| place.document.0));
        let statements: Vec<Line> = line.children.into_iter().map(|line| self.statement(line)).collect();
        let open = statements.iter().any(|each| each.decisive);
        let mut children = statements;
        if children.len() > LISTED {
            let (aside, mut listed): (Vec<_>, Vec<_>) =
                children.into_iter().partition(|each| each.mark == Mark::Neutral && !each.decisive);
            let verb = if aside.len() == 1 { "does" } else { "do" };
            let text = format!("{} {verb} not apply.", words::count(aside.len(), "statement"));
            if !aside.is_empty() {
                listed.push(Line { children: aside, ..Line::new(format!("{key}/aside"), text, Mark::Neutral) });
            }
            children = listed;
        }
        Line { kind: Kind::Document, place, open, children, ..Line::new(key, line.text, line.mark) }
    }

    fn statement(&self, line: ExplanationLine) -> Line {
        let place = self.place(line.link.as_ref());
        let result = line.link.as_ref().and_then(|link| self.statement_at(link));
        let statement =
            place.zip(result).map(|(place, result)| StatementRef { document: place.document, index: result.index });
        let key = match statement {
            Some(at) => format!("statement {} {}", at.document.0, at.index),
            None => line.text.clone(),
        };
        let decisive = result.is_some_and(|result| result.decisive);
        let children = line.children.into_iter().map(|line| self.element(line, &key)).collect();
        let hint = result.filter(|result| !result.applies && !result.unknown).and_then(first_reason);
        Line { place, statement, decisive, hint, open: decisive, children, ..Line::new(key, line.text, line.mark) }
    }

    fn element(&self, line: ExplanationLine, above: &str) -> Line {
        let place = self.place(line.link.as_ref());
        let values = self.element_of(&line).map(listed).unwrap_or_default();
        Line { place, values, ..Line::new(format!("{above}/{}", line.text), line.text, line.mark) }
    }

    /// The place of a link; of a whole document its beginning.
    fn place(&self, link: Option<&SourceLink>) -> Option<Reveal> {
        let link = link?;
        let document = self.decided.document_at(&link.location)?;
        let (from, to) = link.range.map_or((0, 0), |range| (range.start.offset, range.end.offset));
        Some(Reveal { document, from, to, focus: false })
    }

    fn statement_at(&self, link: &SourceLink) -> Option<&StatementResult> {
        self.result.statements.iter().find(|each| each.policy == link.location && Some(each.range) == link.range)
    }

    /// The element that a line speaks of.
    fn element_of(&self, line: &ExplanationLine) -> Option<&ElementResult> {
        let link = line.link.as_ref()?;
        let here = self.result.statements.iter().filter(|each| each.policy == link.location);
        here.flat_map(|each| &each.elements).find(|each| Some(each.range) == link.range && each.message == line.text)
    }
}

/// The listed values, where the sentence does not say them all.
fn listed(element: &ElementResult) -> Vec<ValueResult> {
    let said = element.values.len() == 1
        && element.values.iter().all(|value| value.resolved.is_none())
        && (!element.matched || element.element == "Condition" || element.element.starts_with("Not"));
    if said { Vec::new() } else { element.values.clone() }
}

/// The element that kept the statement from applying.
fn first_reason(statement: &StatementResult) -> Option<String> {
    let mut failed = statement.elements.iter().filter(|each| !each.matched);
    let first = failed.next()?.message.clone();
    Some(match failed.count() {
        0 => first,
        more => format!("{first} (and {more} more)"),
    })
}
