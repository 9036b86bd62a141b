//! The AWS managed policies, which `cargo xtask bench` fetches.

use std::env;
use std::fs;

use admittance::PolicySet;
use serde::Deserialize;
use serde_json::Value;

use crate::scenario::identity;

#[derive(Deserialize)]
struct Line {
    document: String,
}

/// There were 1,582 in October 2026; far fewer would mean that they were not read as they should be.
const FEWEST: usize = 1_500;

/// The text of each, without white space between its tokens; nothing when the file was not fetched.
#[must_use]
pub fn minified() -> Option<Vec<String>> {
    let path = env::var_os("ADMITTANCE_MANAGED_POLICIES")?;
    let lines = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let minify = |line: &str| {
        let line: Line = serde_json::from_str(line).expect("a line with a document");
        serde_json::from_str::<Value>(&line.document).expect("JSON").to_string()
    };
    let documents: Vec<String> = lines.lines().map(minify).collect();
    assert!(documents.len() >= FEWEST, "{} has only {} policies", path.display(), documents.len());
    Some(documents)
}

/// Parses and compiles all of them.
#[must_use]
pub fn compile(documents: &[String]) -> PolicySet {
    identity(documents)
}
