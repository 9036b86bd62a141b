//! What is done when signals change.

use leptos::prelude::Effect;

/// Runs a moment later, and again whenever a signal that it reads changes. One `Effect` serves all: each of its own is
/// some 1.4 kB of wasm.
pub fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

fn boxed(run: Box<dyn FnMut()>) {
    Effect::new(run);
}
