//! The explanation as plain text.

use super::tree::{Explanation, ExplanationLine, Mark};
use crate::suggest::Suggestion;

/// Writes an explanation as plain text: the answer, the gates, what came nearest to another answer,
/// what would change it.
#[must_use]
pub fn text(explanation: &Explanation) -> String {
    let mut out = format!("{}\n", explanation.answer);
    if !explanation.gates.is_empty() {
        out.push_str("\nHow it was decided:\n");
    }
    lines(&mut out, &explanation.gates, 1);
    if let Some(closest) = &explanation.closest {
        out.push_str(&format!("\n{}\n", closest.text));
        lines(&mut out, &closest.children, 1);
    }
    let allowed = explanation.answer.starts_with("Allowed");
    match explanation.suggestions.as_slice() {
        [] => {}
        [only] => out.push_str(&format!("\nWhat would {} it:\n  {}\n", flipped(allowed), steps(only))),
        several => {
            out.push_str(&format!("\nWhat would {} it, any one of these:\n", flipped(allowed)));
            for (number, suggestion) in (1..).zip(several) {
                out.push_str(&format!("  {number}. {}\n", steps(suggestion)));
            }
        }
    }
    for note in &explanation.notes {
        out.push_str(&format!("\nNote: {note}\n"));
    }
    out
}

/// One sentence for one or two changes, a list for more.
fn steps(suggestion: &Suggestion) -> String {
    if suggestion.changes.len() < 3 {
        return suggestion.summary.clone();
    }
    let each = suggestion.changes.iter().map(|change| format!("\n     - {}.", change.summary()));
    format!("All of these together:{}", each.collect::<String>())
}

fn flipped(allowed: bool) -> &'static str {
    if allowed { "deny" } else { "allow" }
}

fn lines(out: &mut String, list: &[ExplanationLine], depth: usize) {
    for line in list.iter().filter(|line| !line.folded) {
        let sign = match line.mark {
            Mark::Pass => "✓",
            Mark::Fail => "✗",
            Mark::Open => "?",
            Mark::Neutral => "·",
        };
        out.push_str(&format!("{}{sign} {}\n", "  ".repeat(depth), line.text));
        lines(out, &line.children, depth + 1);
    }
}
