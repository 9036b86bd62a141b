//! Workspaces outlive the page: each is kept in the browser's local storage, in the wire format, under a number. Which of
//! them a tab shows is kept for that tab, so that two tabs do not write over each other's work.

use admittance::scenario::Scenario;
use gloo::storage::{LocalStorage, SessionStorage, Storage};
use serde::{Deserialize, Serialize};

use crate::matrix::Spec;
use crate::workspace::Workspace;

/// Where a page of earlier times kept the one workspace that it had.
const FIRST_KEY: &str = "admittance.workspace";
const LIST_KEY: &str = "admittance.workspaces";
const CURRENT_KEY: &str = "admittance.current";
const VERSION: u32 = 1;

/// What is kept between visits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub scenario: Scenario,
    /// The places of documents that are not attached for the moment.
    pub disabled: Vec<String>,
    /// The places of the selected document and request.
    pub document: usize,
    pub request: usize,
    /// Somebody made or changed it: it is no example that was only looked at.
    pub touched: bool,
    /// The rows and columns of its matrix.
    pub matrix: Spec,
}

impl Saved {
    /// A scenario that nothing else is known of.
    pub fn of(scenario: Scenario, touched: bool) -> Self {
        Self { scenario, disabled: Vec::new(), document: 0, request: 0, touched, matrix: Spec::default() }
    }
}

impl Saved {
    /// The workspace that was kept.
    pub fn workspace(&self) -> Workspace {
        let mut workspace = Workspace::from_scenario(self.scenario.clone());
        workspace.disable(&self.disabled);
        workspace
    }

    /// The scenario without the documents that are not attached: for others, who would not see that they are off.
    pub fn attached(&self) -> Scenario {
        self.workspace().to_scenario().scenario
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    scenario: String,
    #[serde(default)]
    disabled: Vec<String>,
    document: usize,
    request: usize,
    #[serde(default = "yes")]
    touched: bool,
    #[serde(default)]
    matrix: Spec,
}

fn yes() -> bool {
    true
}

/// A kept workspace, by its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub id: u32,
    pub name: String,
}

/// All kept workspaces, the one that was saved last first.
pub fn list() -> Vec<Entry> {
    LocalStorage::get(LIST_KEY).unwrap_or_default()
}

/// A number that no kept workspace has.
pub fn fresh() -> u32 {
    list().iter().map(|each| each.id).max().unwrap_or_default().saturating_add(1)
}

/// The workspace that this tab showed, or else any that was saved last.
pub fn current() -> Option<u32> {
    let known = list();
    let of_tab = SessionStorage::get::<u32>(CURRENT_KEY).ok();
    of_tab.filter(|id| known.iter().any(|each| each.id == *id)).or_else(|| known.first().map(|each| each.id))
}

/// Reads a kept workspace. Text that is no scenario of this version counts as nothing.
pub fn load(id: u32) -> Option<Saved> {
    read(&key(id))
}

/// The one workspace that an earlier version of the page kept.
pub fn load_first() -> Option<Saved> {
    read(FIRST_KEY)
}

fn read(key: &str) -> Option<Saved> {
    let stored: Stored = LocalStorage::get(key).ok()?;
    if stored.version != VERSION {
        return None;
    }
    let scenario = crate::state::read_scenario(&stored.scenario).ok()?;
    let Stored { disabled, document, request, touched, matrix, .. } = stored;
    Some(Saved { scenario, disabled, document, request, touched, matrix })
}

/// Keeps a workspace for the next visit; says whether that worked: storage may be forbidden or full.
pub fn save(id: u32, saved: &Saved) -> bool {
    let stored = Stored {
        version: VERSION,
        scenario: saved.scenario.to_json(),
        disabled: saved.disabled.clone(),
        document: saved.document,
        request: saved.request,
        touched: saved.touched,
        matrix: saved.matrix.clone(),
    };
    let mut entries = list();
    entries.retain(|each| each.id != id);
    entries.insert(0, Entry { id, name: saved.scenario.name.clone().unwrap_or_default() });
    let kept = LocalStorage::set(key(id), stored).and_then(|()| LocalStorage::set(LIST_KEY, entries));
    // A tab that cannot keep its number shows the workspace that was saved last.
    let _ = SessionStorage::set(CURRENT_KEY, id);
    if kept.is_ok() {
        LocalStorage::delete(FIRST_KEY);
    }
    kept.is_ok()
}

/// Forgets a workspace.
pub fn remove(id: u32) {
    let mut entries = list();
    entries.retain(|each| each.id != id);
    LocalStorage::delete(key(id));
    // Where this fails, the entry leads to nothing and is left out when it is read.
    let _ = LocalStorage::set(LIST_KEY, entries);
}

fn key(id: u32) -> String {
    format!("{FIRST_KEY}.{id}")
}
