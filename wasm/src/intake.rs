//! Texts from JavaScript: what is refused before it is read.

use admittance::scenario::{LocatedDiagnostic, MAX_SCENARIO_BYTES, TextPosition, TextRange};
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
    // The conversion leaves U+FFFD in their place: without one there is nothing to look for.
    if !text.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    let mut start = TextPosition { line: 1, column: 1, offset: 0 };
    for unit in char::decode_utf16(scenario.iter()) {
        match unit {
            Ok('\n') => {
                start.line += 1;
                start.column = 1;
                start.offset += 1;
            }
            Ok(character) => {
                let width = if u32::from(character) > 0xFFFF { 2 } else { 1 };
                start.column += width;
                start.offset += width;
            }
            Err(lone) => {
                let end = TextPosition { column: start.column + 1, offset: start.offset + 1, ..start };
                return Some(LocatedDiagnostic {
                    location: String::new(),
                    code: "LONE_SURROGATE".to_owned(),
                    severity: "error".to_owned(),
                    message: format!(
                        "The text holds one half of a surrogate pair (U+{:04X}), which is not a character.",
                        lone.unpaired_surrogate()
                    ),
                    help: None,
                    range: Some(TextRange { start, end }),
                });
            }
        }
    }
    None
}
