//! The path of a request through the gates: what each gate did, and how far the request came.

use admittance::scenario::{GateResult, RequestResult, StatementResult};

use crate::explained::{Explained, Line};
use crate::words;
use crate::workspace::Id;

/// What a gate did with the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    Passes,
    /// A statement denies.
    Denies,
    /// Nothing here allows, and something has to.
    Blocks,
    /// It depends on keys that are not known.
    Open,
    /// It has no say in this request.
    Aside,
    /// There is no such policy.
    NotGiven,
}

/// A gate on the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// A word or two, to stand under the picture.
    pub short: &'static str,
    pub level: Option<String>,
    pub name: String,
    pub passage: Passage,
    /// Another gate before it stopped the request.
    pub behind: bool,
    /// The decision is this gate's.
    pub decides: bool,
    /// What it did, in a sentence.
    pub message: String,
}

impl Passage {
    /// What the gate at an index did.
    pub fn of(result: &RequestResult, at: usize) -> Option<Self> {
        let depends = result.decision == "Depends";
        // What passes here is still denied where an open Deny turns out to apply.
        let open_deny = || statements(result, at).any(|each| each.unknown && each.effect == "Deny");
        Some(match result.gates.get(at)?.outcome.as_str() {
            "passed" if depends && open_deny() => Self::Open,
            "passed" => Self::Passes,
            "denied" => Self::Denies,
            "blocked" if depends => Self::Open,
            "blocked" => Self::Blocks,
            "absent" => Self::NotGiven,
            _ => Self::Aside,
        })
    }

    fn stops(self) -> bool {
        matches!(self, Self::Denies | Self::Blocks)
    }
}

/// The statements of the gate at an index.
pub fn statements(result: &RequestResult, at: usize) -> impl Iterator<Item = &StatementResult> {
    let gate = result.gates.get(at);
    // Of an organization, each level is a gate of its own.
    let kind = gate.map(|gate| gate.gate.as_str());
    let first = result.gates.iter().position(|each| Some(each.gate.as_str()) == kind).unwrap_or_default();
    let level = gate.and_then(|gate| gate.level.as_ref()).map(|_| format!("[{}].", at.saturating_sub(first)));
    result.statements.iter().filter(move |each| {
        kind == Some(each.policy_type.as_str()) && level.as_ref().is_none_or(|level| each.policy.contains(level))
    })
}

/// The gates in the order of evaluation.
pub fn path(result: &RequestResult) -> Vec<Stop> {
    let deciders: Vec<&str> = result.decided_by.split('+').collect();
    let gates = || {
        let passages = (0..).map_while(|at| Passage::of(result, at));
        result.gates.iter().zip(passages)
    };
    // Of what would stop the request, the decision names the gate; an explicit denial only counts where one is.
    let stop = gates().position(|(gate, passage)| {
        passage.stops()
            && deciders.contains(&gate.gate.as_str())
            && (result.decision == "ExplicitDeny") == (passage == Passage::Denies)
    });
    let stop_of = |(at, (gate, passage)): (usize, (&GateResult, Passage))| {
        let (short, name) = words::gate(&gate.gate);
        let decides = match stop {
            Some(stop) => stop == at,
            None => passage == Passage::Passes && deciders.contains(&gate.gate.as_str()),
        };
        Stop {
            short,
            level: gate.level.clone(),
            name: gate.level.as_ref().map_or(name.to_owned(), |level| format!("{name} at {level}")),
            passage,
            behind: stop.is_some_and(|stop| at > stop),
            decides,
            message: gate.message.clone(),
        }
    };
    gates().enumerate().map(stop_of).collect()
}

impl Stop {
    /// What it did, in a word or two.
    pub fn state(&self) -> &'static str {
        match self.passage {
            Passage::NotGiven => "not given",
            Passage::Aside => "plays no part",
            Passage::Passes if self.behind => "not reached, would pass",
            Passage::Denies if self.behind => "not reached, would deny",
            Passage::Blocks if self.behind => "not reached, would block",
            Passage::Passes => "passed",
            Passage::Denies => "denied here",
            Passage::Blocks => "blocked here",
            Passage::Open => "depends",
        }
    }
}

impl Explained {
    /// The line of the explanation that speaks of a gate of the path.
    pub fn line_of(&self, path: &[Stop], at: usize) -> Option<&Line> {
        let given = |stops: &[Stop]| stops.iter().filter(|stop| stop.passage != Passage::NotGiven).count();
        let all = given(path);
        let without = usize::from(all < path.len());
        // Lines about the request as a whole come first, one for all that are not given comes last.
        let first = self.gates.len().checked_sub(all + without)?;
        match path.get(at)?.passage {
            Passage::NotGiven => self.gates.last(),
            _ => self.gates.get(first + given(path.get(..at)?)),
        }
    }

    /// The gate whose part of the explanation has a line.
    pub fn gate_of(&self, path: &[Stop], key: &str) -> Option<usize> {
        let given = (0..path.len()).filter(|at| path.get(*at).is_some_and(|stop| stop.passage != Passage::NotGiven));
        given.into_iter().find(|at| self.line_of(path, *at).is_some_and(|line| line.has(key)))
    }
}

impl Line {
    fn has(&self, key: &str) -> bool {
        self.key == key || self.children.iter().any(|child| child.has(key))
    }

    /// The documents that it and the lines below it speak of.
    pub fn documents(&self) -> Vec<Id> {
        let mut found: Vec<Id> = Vec::new();
        self.collect_documents(&mut found);
        found
    }

    fn collect_documents(&self, found: &mut Vec<Id>) {
        if let Some(place) = self.place.filter(|place| !found.contains(&place.document)) {
            found.push(place.document);
        }
        for child in &self.children {
            child.collect_documents(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::gallery::examples;
    use crate::outcome::Outcome;
    use crate::workspace::Workspace;

    /// Every gate of every example has its line, and a denial stops at exactly one gate.
    #[test]
    fn gates_have_their_lines() {
        let mut stopped = 0;
        for scenario in examples() {
            let workspace = Workspace::from_scenario(scenario);
            let decided = Outcome::of(&workspace, None).decided;
            for request in &workspace.requests {
                let result = decided.result(request.id).unwrap();
                let explained = Explained::of(request.id, &Arc::clone(&decided)).unwrap();
                let path = path(result);
                for (at, stop) in path.iter().enumerate() {
                    let line = explained.line_of(&path, at).unwrap();
                    if stop.passage == Passage::NotGiven {
                        assert!(line.text.starts_with("None given: "), "{}", line.text);
                    } else {
                        let noun = stop.level.clone().unwrap_or_else(|| stop.name.to_lowercase());
                        let noun = noun.split(' ').next().unwrap();
                        let head = line.text.split(": ").next().unwrap().to_lowercase();
                        let kin = ["trust", "key"].iter().any(|kind| head.contains(kind));
                        assert!(head.contains(&noun.to_lowercase()) || kin, "{head}: {noun}");
                        assert_eq!(explained.gate_of(&path, &line.key), Some(at));
                    }
                }
                let deciding = path.iter().filter(|stop| stop.decides && stop.passage.stops()).count();
                if result.decision.ends_with("Deny") {
                    assert_eq!(deciding, 1, "{}", result.reason);
                    stopped += 1;
                }
                assert!(
                    path.iter().skip_while(|stop| !stop.decides).skip(1).all(|stop| stop.behind == (deciding == 1))
                );
            }
        }
        assert!(stopped > 10);
    }
}
