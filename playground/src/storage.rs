//! The workspace outlives a reload: it is kept in the browser's local storage, in the wire format.

use admittance::scenario::Scenario;
use gloo::storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

const KEY: &str = "admittance.workspace";
const VERSION: u32 = 1;

/// What is kept between visits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub scenario: Scenario,
    /// The places of the selected document and request.
    pub document: usize,
    pub request: usize,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    scenario: String,
    document: usize,
    request: usize,
}

/// Reads what an earlier visit kept. Text that is no scenario of this version counts as nothing.
pub fn load() -> Option<Saved> {
    let stored: Stored = LocalStorage::get(KEY).ok()?;
    if stored.version != VERSION {
        return None;
    }
    let scenario = crate::state::read_scenario(&stored.scenario).ok()?;
    Some(Saved { scenario, document: stored.document, request: stored.request })
}

/// Keeps the workspace for the next visit.
pub fn save(saved: &Saved) {
    let stored = Stored {
        version: VERSION,
        scenario: saved.scenario.to_json(),
        document: saved.document,
        request: saved.request,
    };
    // Storage may be forbidden or full; the page works without it.
    let _ = LocalStorage::set(KEY, stored);
}
