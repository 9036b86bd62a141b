//! Dialogs that a signal opens and closes.

use crate::effect::effect;
use leptos::html::Dialog;
use leptos::prelude::*;

/// Shows a dialog as long as the signal says so.
pub fn show_while(dialog: NodeRef<Dialog>, open: RwSignal<bool>) {
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // Opening an open dialog would be an error; the match rules it out.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
}
