//! What a request's result should be, and what it is.

use super::{Expectation, RequestResult, ScenarioRequest};

/// Compares the result with what is expected.
pub(super) fn compare(request: &ScenarioRequest, result: &mut RequestResult) {
    if let Some(expected) = &request.expect {
        result.mismatches = mismatches(expected, result);
        result.passed = Some(result.mismatches.is_empty());
    }
}

/// What the expectation says and the result does not.
fn mismatches(expected: &Expectation, result: &RequestResult) -> Vec<String> {
    let mut lines = Vec::new();
    let mut compare = |what: &str, expected: &str, actual: &str| {
        if expected != actual {
            lines.push(format!("{what}: expected {expected}, got {actual}"));
        }
    };
    compare("decision", &expected.decision, &result.decision);
    if let Some(gate) = &expected.decided_by {
        let decided_by = Some(result.decided_by.as_str()).filter(|gate| !gate.is_empty());
        compare("decided by", gate, decided_by.unwrap_or("none"));
    }
    if let Some(statement) = &expected.statement {
        let deciding = result.deciding_statement.and_then(|index| result.statements.get(index));
        let by_index = deciding.map(|statement| format!("#{}", statement.index));
        let by_sid = deciding.and_then(|statement| statement.sid.clone());
        if by_index.as_deref() != Some(statement) {
            compare("statement", statement, by_sid.or(by_index).as_deref().unwrap_or("none"));
        }
    }
    if !expected.depends_on.is_empty() {
        let dependence = result.depends.iter().flat_map(|dependence| &dependence.keys);
        let actual = key_names(dependence.map(|key| &key.key));
        compare("depends on", &key_names(expected.depends_on.iter()), &actual);
    }
    lines
}

/// Condition keys in one order; they compare without case.
fn key_names<'k>(keys: impl Iterator<Item = &'k String>) -> String {
    let mut names: Vec<String> = keys.map(|key| key.to_ascii_lowercase()).collect();
    names.sort_unstable();
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}
