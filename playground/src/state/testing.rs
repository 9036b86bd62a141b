//! Tests: requests with the decision that is expected of them.

use admittance::scenario::Expectation;
use leptos::prelude::*;

use super::{State, read_scenario};
use crate::words;
use crate::workspace::Id;

/// How the tests of a workspace stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub requests: usize,
    /// Requests with an expectation.
    pub tests: usize,
    pub passed: usize,
}

impl State {
    /// How the tests stand by the last decisions.
    pub fn standing(self) -> Standing {
        let (requests, tests) = self
            .workspace
            .with(|now| (now.requests.len(), now.requests.iter().filter(|each| each.expect.is_some()).count()));
        let passed = self
            .outcome
            .with(|outcome| outcome.decided.results().filter(|(_, result)| result.passed == Some(true)).count());
        Standing { requests, tests, passed: passed.min(tests) }
    }

    /// Expects a decision of a request; empty for none.
    pub fn expect(self, id: Id, decision: String) {
        self.workspace.update(|now| {
            if let Some(request) = now.request_mut(id) {
                // Who should decide and by which statement belonged to the other decision.
                request.expect = (!decision.is_empty()).then(|| Expectation { decision, ..Expectation::default() });
            }
        });
    }

    /// Makes a test of a request: it is to be decided as it is now.
    pub fn make_test(self, id: Id) {
        let decision = self.outcome.with_untracked(|outcome| {
            outcome.result(id).filter(|_| !outcome.is_stale(id)).map(|result| result.decision.clone())
        });
        let Some(decision) = decision else { return };
        let message = format!("Made a test: the request is to be {}", lowered(words::decision(&decision)));
        self.change(message, |now| {
            if let Some(request) = now.request_mut(id) {
                request.expect = Some(Expectation { decision, ..Expectation::default() });
            }
        });
    }

    /// Makes a test of every request that is none yet.
    pub fn make_all_tests(self) {
        let outcome = self.outcome.get_untracked();
        if outcome.stale {
            return;
        }
        self.change("Every decided request is a test now".to_owned(), |now| {
            let without = now.requests.iter_mut().filter(|each| each.expect.is_none());
            for request in without.filter(|each| !outcome.is_stale(each.id)) {
                let decision = outcome.decided.result(request.id).map(|result| result.decision.clone());
                request.expect = decision.map(|decision| Expectation { decision, ..Expectation::default() });
            }
        });
    }

    /// Adds the requests of a scenario file to the present ones; gives the first thing that is wrong with it.
    pub fn add_tests(self, name: &str, text: &str) -> Result<(), String> {
        let scenario = read_scenario(text).map_err(|diagnostics| words::first(&diagnostics))?;
        let message = format!("Added {} of {name}", words::count(scenario.requests.len(), "request"));
        self.add_requests(scenario.requests, message);
        Ok(())
    }
}

fn lowered(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}
