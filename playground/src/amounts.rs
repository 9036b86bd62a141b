//! How much is done at once, in the browser's own timeline: its tools show it beside each task, and tests count it, which
//! no slow machine disturbs.

use gloo::utils::window;

/// Notes that a task did something so many times.
pub fn mark(what: &str, amount: usize) {
    let Some(performance) = window().performance() else { return };
    let name = format!("{what}: {amount}");
    // A browser that keeps no marks shows none.
    let _ = performance.mark(&name);
    performance.clear_marks_with_mark_name(&name);
}
