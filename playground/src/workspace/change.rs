//! Changes that come from the engine, made to what is being edited without losing its ids.

use admittance::scenario::{Scenario, ScenarioRequest};

use super::convert::Placed;
use super::request::request_from;
use super::{ContextRow, Document, Id, Node, Request, Workspace};

impl Workspace {
    /// The workspace with the changes that a copy of its scenario got: texts, new documents, requests.
    pub fn changed(&self, placed: &Placed, scenario: &Scenario) -> Self {
        let mut next = self.clone();
        for (place, attachment, source) in self.sources(scenario) {
            let known = placed.documents.iter().find(|(known, _)| *known == place).map(|(_, id)| *id);
            match known.and_then(|id| next.document_mut(id)) {
                Some(document) => document.text.clone_from(&source.document),
                None => next.documents.push(Document::from_source(attachment, source.clone())),
            }
        }
        for (id, (before, after)) in placed.requests.iter().zip(placed.scenario.requests.iter().zip(&scenario.requests))
        {
            if let Some(request) = next.request_mut(*id).filter(|_| before != after) {
                request.follow(before, after);
            }
        }
        next
    }

    /// Takes a change back, except where something else was changed since.
    pub fn revert(&mut self, before: &Self, after: &Self) {
        for (now, was, became) in [
            (&mut self.name, &before.name, &after.name),
            (&mut self.description, &before.description, &after.description),
        ] {
            if now == became {
                now.clone_from(was);
            }
        }
        if self.rest == after.rest {
            self.rest.clone_from(&before.rest);
        }
        if self.organization == after.organization {
            self.organization.clone_from(&before.organization);
        } else {
            let gone = |node: &Node| after.node(node.id).is_none();
            bring_back(&mut self.organization, &before.organization, gone, |node| node.id);
        }
        let added = |document: &Document| {
            before.document(document.id).is_none() && after.document(document.id) == Some(document)
        };
        self.documents.retain(|document| !added(document));
        let room = |document: &Document, now: &[Document]| {
            !document.attachment.holds_one() || now.iter().all(|each| each.attachment != document.attachment)
        };
        let now = self.documents.clone();
        let gone = |document: &Document| after.document(document.id).is_none() && room(document, &now);
        bring_back(&mut self.documents, &before.documents, gone, |document| document.id);
        if ids(&self.documents) == ids(&after.documents) {
            self.documents.sort_by_key(|each| before.documents.iter().position(|was| was.id == each.id));
        }
        let gone = |request: &Request| after.request(request.id).is_none();
        bring_back(&mut self.requests, &before.requests, gone, |request| request.id);
        self.requests
            .retain(|request| before.request(request.id).is_some() || after.request(request.id) != Some(request));
        for document in &mut self.documents {
            if let Some(was) = before.document(document.id).filter(|_| after.document(document.id) == Some(&*document))
            {
                document.clone_from(was);
            }
        }
        for request in &mut self.requests {
            if let Some(was) = before.request(request.id).filter(|_| after.request(request.id) == Some(&*request)) {
                request.clone_from(was);
            }
        }
    }
}

fn ids(documents: &[Document]) -> Vec<Id> {
    documents.iter().map(|each| each.id).collect()
}

/// Puts what is gone back to where it was.
fn bring_back<T: Clone>(now: &mut Vec<T>, before: &[T], gone: impl Fn(&T) -> bool, id: fn(&T) -> Id) {
    for (index, was) in before.iter().enumerate() {
        if gone(was) && now.iter().all(|each| id(each) != id(was)) {
            now.insert(index.min(now.len()), was.clone());
        }
    }
}

impl Request {
    /// Takes over what changed between two states of the request that was sent.
    fn follow(&mut self, before: &ScenarioRequest, after: &ScenarioRequest) {
        if before.resources != after.resources {
            self.resources = after.resources.join("\n");
        }
        if before.context == after.context && before.unknown == after.unknown {
            return;
        }
        let (before, wanted) = (request_from(before.clone()).context, request_from(after.clone()).context);
        let counting: Vec<Id> = self.context_in_force().map(|row| row.id).collect();
        self.context.retain(|row| {
            let kept = counting.contains(&row.id) && wanted.iter().any(|other| other.same_key(row));
            kept || row.key.trim().is_empty()
        });
        let changed = |row: &ContextRow| {
            !before.iter().any(|was| was.same_key(row) && was.kind == row.kind && was.text == row.text)
        };
        for row in wanted.into_iter().filter(changed) {
            match self.context.iter_mut().find(|known| known.same_key(&row)) {
                Some(known) => *known = ContextRow { id: known.id, key: known.key.clone(), ..row },
                None => self.context.push(row),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::examples;

    /// Every suggestion for every example, made here, decides as it does in the engine, and can be taken back.
    #[test]
    fn suggestions_are_made_and_taken_back() {
        let mut made = 0;
        for example in examples() {
            let workspace = Workspace::from_scenario(example);
            let placed = workspace.to_scenario();
            for index in 0..placed.requests.len() {
                for suggestion in placed.scenario.suggest(index) {
                    let changed = workspace.changed(&placed, &placed.scenario.apply(&suggestion));
                    let result = changed.to_scenario().scenario.evaluate();
                    assert_eq!(result.results[index].decision, suggestion.decision, "{}", suggestion.summary);
                    let ids: Vec<_> = changed.documents.iter().map(|each| each.id).collect();
                    assert!(workspace.documents.iter().all(|each| ids.contains(&each.id)));
                    let mut reverted = changed.clone();
                    reverted.revert(&workspace, &changed);
                    assert_eq!(reverted, workspace, "{}", suggestion.summary);
                    made += 1;
                }
            }
        }
        assert!(made > 30, "only {made} suggestions");
    }

    #[test]
    fn what_was_edited_since_is_not_taken_back() {
        let workspace = Workspace::from_scenario(examples().remove(0));
        let mut changed = workspace.clone();
        changed.documents[0].text.push(' ');
        changed.requests[0].resources.push_str("\n*");
        let mut edited = changed.clone();
        edited.documents[0].text.push('\n');
        edited.name.push('!');
        edited.revert(&workspace, &changed);
        assert_eq!(edited.documents[0].text, format!("{}\n", changed.documents[0].text));
        assert_eq!(edited.requests, workspace.requests);
        assert_eq!(edited.name, format!("{}!", workspace.name));
    }

    /// A row that did not change keeps its id and its text, also one that is not finished.
    #[test]
    fn rows_of_the_context_stay() {
        let mut workspace = Workspace::from_scenario(examples().remove(0));
        let request = &mut workspace.requests[0];
        request.context = ["a:B", "", "c:D"].map(|key| ContextRow::empty(key.to_owned())).to_vec();
        let rows = request.context.clone();
        let placed = workspace.to_scenario();
        let mut scenario = placed.scenario.clone();
        scenario.requests[0].context[0].1 = admittance::scenario::ContextValue::Single("new".into());
        let changed = workspace.changed(&placed, &scenario);
        let context = &changed.requests[0].context;
        assert_eq!(
            context.iter().map(|row| row.id).collect::<Vec<_>>(),
            rows.iter().map(|row| row.id).collect::<Vec<_>>()
        );
        assert_eq!(context.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), ["new", "", ""]);
    }
}
