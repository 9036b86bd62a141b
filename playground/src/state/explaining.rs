//! The explanation follows the decision after a pause, so that typing never waits for it.

use std::sync::Arc;

use admittance::suggest::Suggestion;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::{State, Toast, Undo};
use crate::effect::effect;
use crate::explained::Explained;

/// The pause in typing after which the present decision is explained.
const PAUSE_MS: u32 = 60;

impl State {
    /// Keeps the explanation up to date with the decision on the selected request.
    pub fn keep_explained(self) {
        let pending = StoredValue::new_local(None::<Timeout>);
        effect(move || {
            let request = self.request.get();
            let shown = request.and_then(|request| {
                self.outcome.with(|outcome| outcome.last_of(request).map(|each| (request, Arc::clone(each))))
            });
            let Some(parts) = self.later.parts() else { return };
            let explain = move || {
                let found = shown.and_then(|(request, decided)| (parts.explain)(request, &decided));
                self.explained.set(found.map(Arc::new));
            };
            if !self.is_explained() {
                pending.set_value(Some(Timeout::new(PAUSE_MS, explain)));
            }
        });
    }

    /// Whether the explanation is that of the shown decision.
    pub fn is_explained(self) -> bool {
        let request = self.request.get();
        self.outcome.with(|outcome| {
            let shown = request.and_then(|request| outcome.last_of(request));
            self.explained.with(|explained| match (explained, shown) {
                (Some(explained), Some(shown)) => {
                    Some(explained.request) == request && Arc::ptr_eq(&explained.decided, shown)
                }
                (None, None) => true,
                _ => false,
            })
        })
    }

    /// Makes the changes of a suggestion, if it is still about the present workspace.
    pub fn apply(self, explained: &Explained, suggestion: &Suggestion) {
        let current = self.outcome.with_untracked(|outcome| {
            !outcome.is_stale(explained.request) && Arc::ptr_eq(&outcome.decided, &explained.decided)
        });
        if !current {
            return;
        }
        let before = self.workspace.get_untracked();
        let after = explained.decided.apply(suggestion, &before);
        let added = after.documents.iter().find(|each| before.document(each.id).is_none()).map(|each| each.id);
        let changed = after.documents.iter().find(|each| before.document(each.id).is_some_and(|was| was != *each));
        let shown = added.or(changed.map(|each| each.id)).or(self.document.get_untracked());
        self.document.set(shown);
        self.workspace.set(after.clone());
        let undo = Undo::Change { before: Box::new(before), after: Box::new(after) };
        self.toast.set(Some(Toast::with_undo(format!("Applied: {}", suggestion.summary), undo)));
    }
}
