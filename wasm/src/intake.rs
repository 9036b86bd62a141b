//! Texts from JavaScript: what is refused before it is read.

use admittance::scenario::{LocatedDiagnostic, MAX_SCENARIO_BYTES};
use admittance::{Diagnostic, LineIndex, Span};
use js_sys::JsString;

/// The text of a scenario, or why it is not read.
pub(crate) fn text(scenario: &JsString, limit: u32) -> Result<String, LocatedDiagnostic> {
    let length = scenario.length();
    if length > limit {
        return Err(too_long(length, limit));
    }
    let text = String::from(scenario);
    match lone_surrogate(scenario, &text) {
        Some(diagnostic) => Err(diagnostic),
        None => Ok(text),
    }
}

/// A text of any length that the engine reads, or why it is not read.
pub(crate) fn whole(text: &JsString) -> Result<String, LocatedDiagnostic> {
    self::text(text, u32::try_from(MAX_SCENARIO_BYTES).unwrap_or(u32::MAX))
}

fn too_long(length: u32, limit: u32) -> LocatedDiagnostic {
    LocatedDiagnostic {
        location: String::new(),
        code: "SCENARIO_TOO_LONG".to_owned(),
        severity: "error".to_owned(),
        message: format!("The scenario has {length} UTF-16 code units; the limit is {limit}."),
        help: Some("Split the scenario.".to_owned()),
        range: None,
    }
}

/// JavaScript strings may hold halves of surrogate pairs. The conversion to UTF-8 replaces them,
/// and a policy would then match texts that it does not name; so they are refused.
fn lone_surrogate(scenario: &JsString, text: &str) -> Option<LocatedDiagnostic> {
    let mut lines = None;
    // The conversion leaves U+FFFD in their place: without one there is nothing to look for.
    for (start, replaced) in text.match_indices(char::REPLACEMENT_CHARACTER) {
        let lines = lines.get_or_insert_with(|| LineIndex::new(text));
        let span = Span::new(start, start + replaced.len());
        let unit = scenario.char_code_at(lines.position(text, span.start).offset_utf16) as u32;
        if unit != u32::from(char::REPLACEMENT_CHARACTER) {
            let message =
                format!("The text holds one half of a surrogate pair (U+{unit:04X}), which is not a character.");
            return Some(LocatedDiagnostic::new("", Diagnostic::error("LONE_SURROGATE", span, message), text, lines));
        }
    }
    None
}
