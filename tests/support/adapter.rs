//! An example of what stands between the runner of the corpus and an engine: here, Admittance itself.
//!
//! `cargo run -p admittance-tests --bin corpus -- target/debug/adapter`

use std::io::{BufRead, Write, stdin, stdout};

use admittance::scenario;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line?)?;
        let answer = decide(&case);
        let mut out = stdout().lock();
        writeln!(out, "{answer}")?;
        // The runner waits for the line, and a pipe may hold it back.
        out.flush()?;
    }
    Ok(())
}

/// The decision on a case, or why there is none.
fn decide(case: &Value) -> Value {
    let id = case.get("id");
    let mut scenario = json!({ "name": id, "policies": case.get("policies"), "requests": [case.get("request")] });
    if let (Some(members), Some(options)) = (scenario.as_object_mut(), case.get("options")) {
        members.insert("options".to_owned(), options.clone());
    }
    let outcome = scenario::run(&scenario.to_string());
    match outcome.results.first() {
        Some(result) => json!({ "id": id, "decision": result.decision }),
        None => json!({ "id": id, "decision": null, "reason": "the case is refused" }),
    }
}
