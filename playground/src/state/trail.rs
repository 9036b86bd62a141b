//! CloudTrail events: each becomes a request, with what the event does not tell exactly.

use admittance::scenario::ScenarioRequest;
use leptos::prelude::*;

use super::State;
use crate::view::View;
use crate::words;
use crate::workspace::{Id, Workspace};

/// Of a request that was read from an event: what the event does not tell exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub request: Id,
    pub remarks: Vec<String>,
}

impl State {
    /// Adds the requests of events, with what is not exact of each.
    pub(super) fn open_trail(self, name: &str, requests: Vec<ScenarioRequest>, remarks: Vec<Vec<String>>) {
        let count = requests.len();
        self.apart(|| self.add_requests(requests, format!("Read {} of {name}", words::count(count, "request"))));
        let added = self.workspace.with_untracked(|now: &Workspace| {
            now.requests.iter().rev().take(count).rev().map(|request| request.id).collect::<Vec<_>>()
        });
        let origins = added.into_iter().zip(remarks).map(|(request, remarks)| Origin { request, remarks });
        self.origins.update(|all| all.extend(origins));
        self.view.set(View::Decide);
    }
}
