//! Validates every AWS managed policy, each as a test of its own: none of them may have an error, but for those that are
//! really wrong. These are in `managed/`, one by one, each with its reason.
//!
//! The documents are AWS's and are not part of this repository: `cargo xtask managed` fetches them and runs this.

use std::collections::BTreeSet;
use std::process::ExitCode;

use admittance_tests::findings::errors;
use admittance_tests::trials;
use libtest_mimic::{Failed, Trial};
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
    trials::run(trials())
}

fn trials() -> Result<Vec<Trial>, String> {
    let (path, policies) = trials::fetched::<ManagedPolicy>("ADMITTANCE_MANAGED_POLICIES")?;
    if policies.len() < FEWEST {
        return Err(format!("{path} has {} policies; at least {FEWEST} are expected", policies.len()));
    }
    let control = Trial::test("a document that lacks its Effect has an error", || match errors(LACKS_EFFECT) {
        found if found.is_empty() => Err("no error was found".into()),
        _ => Ok(()),
    });
    let names: BTreeSet<String> = policies.iter().map(|policy| policy.name.clone()).collect();
    let listed = Trial::test("every line is about a policy, and gives a reason", move || {
        let wrong: Vec<&str> = lines()
            .filter(|line| {
                let reason = line.split_once(" | ").is_some_and(|(_, reason)| !reason.trim().is_empty());
                !reason || !line.split_once(' ').is_some_and(|(name, _)| names.contains(name))
            })
            .collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
    });
    let documents = policies
        .into_iter()
        .map(|policy| Trial::test(policy.name.clone(), move || is_right(&policy.name, &policy.document)));
    Ok(documents.chain([control, listed]).collect())
}

/// If this had no error either, the others would prove nothing.
const LACKS_EFFECT: &str = r#"{"Version": "2012-10-17", "Statement": {"Action": "s3:*", "Resource": "*"}}"#;

/// The errors that are known: lines of a policy's name, the code and the token, and the reason behind ` | `.
fn lines() -> impl Iterator<Item = &'static str> {
    let files =
        [include_str!("managed/actions.txt"), include_str!("managed/arns.txt"), include_str!("managed/keys.txt")];
    files.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#'))
}

/// The errors that a policy is known to have: code and token.
fn known(name: &str) -> Vec<&'static str> {
    let own = lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    own.map(|line| line.split_once(" | ").map_or(line, |(error, _)| error)).collect()
}

fn is_right(name: &str, document: &str) -> Result<(), Failed> {
    let (errors, known) = (errors(document), known(name));
    let new: Vec<&String> = errors.iter().filter(|error| !known.contains(&error.as_str())).collect();
    let gone: Vec<&&str> = known.iter().filter(|error| !errors.iter().any(|found| found == *error)).collect();
    let message: Vec<String> = new
        .iter()
        .map(|error| format!("{name} {error}"))
        .chain(gone.iter().map(|error| format!("no longer found: {name} {error}")))
        .collect();
    if message.is_empty() { Ok(()) } else { Err(message.join("\n").into()) }
}
