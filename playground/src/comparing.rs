//! Two versions of the policies: which documents differ, in which lines, and which decisions.

use admittance::scenario::Scenario;
use similar::{ChangeTag, TextDiff};

use crate::words;
use crate::workspace::{Attachment, Document, Workspace};

/// Lines around a change that are shown with it.
const AROUND: usize = 3;

/// How a document differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Same,
    Changed,
    Added,
    Removed,
}

/// A document in both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub title: String,
    /// What it is attached to.
    pub place: String,
    pub change: Change,
    /// Stretches of lines, each with what stands around the change.
    pub hunks: Vec<Vec<Line>>,
}

/// A line on the left, on the right, or on both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub before: Option<(usize, String)>,
    pub after: Option<(usize, String)>,
}

/// A decision on one request under both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    pub request: String,
    pub before: String,
    pub after: String,
    pub expected: Option<String>,
}

/// The documents of both versions, each with its counterpart: the same place and name, or else the same place and turn.
pub fn pairs(before: &Workspace, after: &Workspace) -> Vec<Pair> {
    let mut left: Vec<(String, &Document)> = placed(before);
    let mut found = Vec::new();
    let mut unmatched = Vec::new();
    for (place, document) in placed(after) {
        match left.iter().position(|(at, each)| *at == place && each.name == document.name) {
            Some(at) => {
                let (_, old) = left.remove(at);
                found.push(pair(place, Some(old), Some(document)));
            }
            None => unmatched.push((found.len(), place, document)),
        }
    }
    for (inserted, (at, place, document)) in unmatched.into_iter().enumerate() {
        let old = left.iter().position(|(other, _)| *other == place).map(|at| left.remove(at).1);
        found.insert(at + inserted, pair(place, old, Some(document)));
    }
    found.extend(left.into_iter().map(|(place, old)| pair(place, Some(old), None)));
    found
}

/// The decisions on the requests of the second version under the policies of both.
pub fn verdicts(before: &Workspace, after: &Workspace) -> Vec<Verdicts> {
    let new = after.to_scenario().scenario;
    let old = before.to_scenario().scenario;
    let old = Scenario { requests: new.requests.clone(), ..old };
    let decisions = |scenario: &Scenario| {
        let result = scenario.evaluate();
        result.results.into_iter().map(|each| each.decision).collect::<Vec<_>>()
    };
    let (old, decided) = (decisions(&old), decisions(&new));
    let at = |list: &[String], index: usize| list.get(index).cloned().unwrap_or_else(|| "Invalid".to_owned());
    let verdict = |(index, request): (usize, &admittance::scenario::ScenarioRequest)| Verdicts {
        request: request.name.clone().unwrap_or_else(|| request.action.clone()),
        before: at(&old, index),
        after: at(&decided, index),
        expected: request.expect.as_ref().map(|expect| expect.decision.clone()),
    };
    new.requests.iter().enumerate().map(verdict).collect()
}

fn placed(workspace: &Workspace) -> Vec<(String, &Document)> {
    let place = |document: &Document| {
        let at = match document.attachment {
            Attachment::ServiceControl(id) | Attachment::ResourceControl(id) => {
                workspace.node(id).map(|node| format!(" at {}", node.name)).unwrap_or_default()
            }
            _ => String::new(),
        };
        format!("{}{at}", words::attachment(document.attachment))
    };
    workspace.documents.iter().map(|document| (place(document), document)).collect()
}

fn pair(place: String, before: Option<&Document>, after: Option<&Document>) -> Pair {
    let text = |document: Option<&Document>| document.map(|each| each.text.clone()).unwrap_or_default();
    let (old, new) = (text(before), text(after));
    let change = match (before, after) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ if old == new => Change::Same,
        _ => Change::Changed,
    };
    let title = after.or(before).map(Document::title).unwrap_or_default();
    let hunks = if change == Change::Same { Vec::new() } else { hunks(&old, &new) };
    Pair { title, place, change, hunks }
}

fn hunks(before: &str, after: &str) -> Vec<Vec<Line>> {
    let diff = TextDiff::from_lines(before, after);
    let groups = diff.grouped_ops(AROUND);
    groups.iter().map(|group| group.iter().flat_map(|op| lines(diff.iter_changes(op))).collect()).collect()
}

/// The lines of one change: what went away beside what came.
fn lines<'t>(changes: impl Iterator<Item = similar::Change<&'t str>>) -> Vec<Line> {
    let (mut gone, mut come, mut same) = (Vec::new(), Vec::new(), Vec::new());
    for change in changes {
        let text = change.value().trim_end_matches(['\n', '\r']).to_owned();
        let (old, new) = (change.old_index().map(|at| at + 1), change.new_index().map(|at| at + 1));
        match (change.tag(), old, new) {
            (ChangeTag::Delete, Some(old), _) => gone.push((old, text)),
            (ChangeTag::Insert, _, Some(new)) => come.push((new, text)),
            (ChangeTag::Equal, Some(old), Some(new)) => {
                same.push(Line { before: Some((old, text.clone())), after: Some((new, text)) });
            }
            _ => {}
        }
    }
    let count = gone.len().max(come.len());
    let (mut gone, mut come) = (gone.into_iter(), come.into_iter());
    same.extend((0..count).map(|_| Line { before: gone.next(), after: come.next() }));
    same
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::examples;

    #[test]
    fn documents_find_their_counterparts() {
        let before = Workspace::from_scenario(examples().remove(9));
        let mut after = before.clone();
        assert!(pairs(&before, &after).iter().all(|each| each.change == Change::Same && each.hunks.is_empty()));
        after.documents[0].text = after.documents[0].text.replace("\"Allow\"", "\"Deny\"");
        let removed = after.documents.remove(1);
        let found = pairs(&before, &after);
        let changes: Vec<_> = found.iter().map(|each| each.change).collect();
        assert_eq!(changes, [Change::Changed, Change::Removed]);
        assert_eq!(found[1].title, removed.title());
        let changed: Vec<_> = found[0].hunks.iter().flatten().filter(|line| line.before != line.after).collect();
        assert_eq!(changed.len(), 1);
        assert!(changed[0].before.as_ref().unwrap().1.contains("Allow"));
        assert!(changed[0].after.as_ref().unwrap().1.contains("Deny"));
        assert!(pairs(&after, &before).iter().any(|each| each.change == Change::Added));
    }

    #[test]
    fn decisions_under_both() {
        let before = Workspace::from_scenario(examples().remove(0));
        let mut after = before.clone();
        after.documents.clear();
        let found = verdicts(&before, &after);
        let seen: Vec<_> = found.iter().map(|each| (each.before.as_str(), each.after.as_str())).collect();
        assert_eq!(
            seen,
            [
                ("Allow", "ImplicitDeny"),
                ("Allow", "ImplicitDeny"),
                ("ImplicitDeny", "ImplicitDeny"),
                ("ImplicitDeny", "ImplicitDeny")
            ]
        );
        after.documents = before.documents.clone();
        after.documents[0].text.push('{');
        assert_eq!(verdicts(&before, &after)[0].after, "Invalid");
    }
}
