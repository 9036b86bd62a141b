//! Several workspaces: the present one, and those that were kept.

use admittance::scenario::Scenario;
use leptos::prelude::*;
use serde::Serialize;

use super::{State, Toast, read_scenario};
use crate::storage::{self, Entry};
use crate::words;
use crate::workspace::Workspace;
use crate::{download, gallery};

/// The member that tells an export from a scenario.
pub const EXPORT_MEMBER: &str = "workspaces";

/// All workspaces in one file. It is read by `open` as well.
#[derive(Serialize)]
struct Export {
    workspaces: Vec<Scenario>,
}

impl State {
    /// Keeps the present workspace, and says once where that fails.
    pub fn save(self) {
        let kept = storage::save(self.slot.get_untracked(), &untrack(|| self.to_save()));
        if !kept && self.saving.get_untracked() {
            let message =
                "The browser does not keep this workspace: its storage is full or forbidden. Save it as a file.";
            self.toast.set(Some(Toast::lasting(message)));
        }
        self.saving.set(kept);
    }

    /// Whether the present workspace is anything but an example that was only looked at.
    pub(super) fn is_touched(self) -> bool {
        self.touched.get_untracked() || self.is_edited()
    }

    /// Whether the present workspace is other than it was when it was opened.
    pub(super) fn is_edited(self) -> bool {
        self.workspace.with_untracked(|now| self.opened.with_value(|opened| now != opened))
    }

    /// The place for what is opened now: the present one, if nothing was done there, so that looking at examples leaves
    /// nothing behind.
    pub(super) fn next_slot(self) -> u32 {
        let present = self.slot.get_untracked();
        if !self.is_touched() {
            return present;
        }
        self.save();
        storage::fresh().max(present.saturating_add(1))
    }

    /// Opens a kept workspace.
    pub fn open_slot(self, id: u32) {
        if id == self.slot.get_untracked() {
            return;
        }
        self.save();
        let Some(saved) = storage::load(id) else {
            self.toast.set(Some(Toast::note("That workspace cannot be read any more")));
            return;
        };
        self.slot.set(id);
        let workspace = saved.workspace();
        let document = workspace.documents.get(saved.document).or(workspace.documents.first()).map(|each| each.id);
        let request = workspace.requests.get(saved.request).or(workspace.requests.first()).map(|each| each.id);
        self.matrix.spec.set(saved.matrix);
        self.show(workspace, document, request, saved.touched);
        self.save();
        self.toast.set(None);
    }

    /// Forgets a kept workspace that is not the present one.
    pub fn forget_slot(self, entry: &Entry) {
        if entry.id == self.slot.get_untracked() {
            return;
        }
        let Some(saved) = storage::load(entry.id) else {
            storage::remove(entry.id);
            return;
        };
        storage::remove(entry.id);
        let undo = super::Undo::Slot { id: entry.id, saved: Box::new(saved) };
        self.toast.set(Some(Toast::with_undo(format!("Deleted the workspace “{}”", title(&entry.name)), undo)));
    }

    /// Saves every workspace in one file.
    pub fn export_all(self) {
        self.save();
        let present = self.slot.get_untracked();
        let here = self.workspace.with_untracked(|now| now.to_scenario().scenario);
        let others = storage::list().into_iter().filter(|each| each.id != present);
        let others = others.filter_map(|each| Some(storage::load(each.id)?.attached()));
        let export = Export { workspaces: std::iter::once(here).chain(others).collect() };
        let count = export.workspaces.len();
        let Ok(json) = serde_json::to_string_pretty(&export) else { return };
        download::save("admittance-workspaces.json", &json);
        self.toast.set(Some(Toast::note(format!("Saved {}", words::count(count, "workspace")))));
    }

    /// Keeps the workspaces of such a file beside those that there are, and opens the first of them.
    pub fn import_all(self, name: &str, scenarios: &[String]) -> Result<(), String> {
        let read = scenarios.iter().map(|text| read_scenario(text).map_err(|found| words::first(&found)));
        let mut read: Vec<Scenario> = read.collect::<Result<_, _>>()?;
        if read.is_empty() {
            return Err("it holds no workspace".to_owned());
        }
        self.save();
        let rest = read.split_off(1);
        for scenario in rest.into_iter().rev() {
            let saved = storage::Saved::of(scenario, true);
            if !storage::save(storage::fresh(), &saved) {
                return Err("the browser’s storage is full or forbidden".to_owned());
            }
        }
        if let Some(first) = read.pop() {
            self.replace(
                Workspace::from_scenario(first),
                format!("Opened {} of {name}", words::count(scenarios.len(), "workspace")),
            );
        }
        Ok(())
    }
}

/// What to call a workspace.
pub fn title(name: &str) -> &str {
    if name.is_empty() { "Untitled scenario" } else { name }
}

/// What the page starts with: the workspace of the last visit, or else the first example; and its number.
pub(super) fn start() -> (u32, Option<storage::Saved>) {
    if let Some((id, saved)) = storage::current().and_then(|id| Some((id, storage::load(id)?))) {
        return (id, Some(saved));
    }
    let example = || Some(storage::Saved::of(gallery::first()?, false));
    (storage::fresh(), storage::load_first().or_else(example))
}
