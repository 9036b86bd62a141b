//! What is done when signals change.

use leptos::prelude::Effect;

/// Runs a moment later, and again whenever a signal that it reads changes. One `Effect` serves all, so that its code is
/// there once; with the lists of `components/each.rs` that saves 24 kB of wasm.
pub fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

fn boxed(run: Box<dyn FnMut()>) {
    Effect::new(run);
}
