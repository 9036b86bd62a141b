//! Parses every AWS managed policy, each as a test of its own: none of them may have an error.
//!
//! The documents are AWS's and are not part of this repository: `cargo xtask managed` fetches them and runs this.

use std::env;
use std::fs;
use std::process::ExitCode;

use admittance::{PolicyDocument, PolicyType, Severity};
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;

/// There were 1,582 in October 2026; far fewer would mean that they were not read as they should be.
const FEWEST: usize = 1_500;

/// A line of the file.
#[derive(Deserialize)]
struct ManagedPolicy {
    name: String,
    document: String,
}

fn main() -> ExitCode {
    match trials() {
        Ok(trials) => libtest_mimic::run(&Arguments::from_args(), trials).exit_code(),
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn trials() -> Result<Vec<Trial>, String> {
    let path = env::var("ADMITTANCE_MANAGED_POLICIES")
        .map_err(|_| "ADMITTANCE_MANAGED_POLICIES does not name a file: run `cargo xtask managed`".to_owned())?;
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let policies: Vec<ManagedPolicy> = text
        .lines()
        .map(|line| serde_json::from_str(line).map_err(|error| format!("{path}: {error}")))
        .collect::<Result<_, _>>()?;
    if policies.len() < FEWEST {
        return Err(format!("{path} has {} policies; at least {FEWEST} are expected", policies.len()));
    }
    let control = Trial::test("a document that lacks its Effect has an error", || match errors(LACKS_EFFECT) {
        found if found.is_empty() => Err("no error was found".into()),
        _ => Ok(()),
    });
    let documents = policies.into_iter().map(|policy| Trial::test(policy.name, move || parses(&policy.document)));
    Ok(documents.chain([control]).collect())
}

/// If this had no error either, the others would prove nothing.
const LACKS_EFFECT: &str = r#"{"Version": "2012-10-17", "Statement": {"Action": "s3:*", "Resource": "*"}}"#;

fn parses(document: &str) -> Result<(), Failed> {
    let errors = errors(document);
    if errors.is_empty() { Ok(()) } else { Err(errors.join("\n").into()) }
}

fn errors(text: &str) -> Vec<String> {
    let (document, mut diagnostics) = PolicyDocument::parse(text);
    diagnostics.extend(document.check(PolicyType::Identity));
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.map(|error| format!("{error}, at byte {}", error.span.start)).collect()
}
