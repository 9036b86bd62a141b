//! Validates every AWS managed policy, each as a test of its own: none of them may have an error, but for those that are
//! really wrong. These are in `managed_errors.txt`, one by one, with the reason.
//!
//! The documents are AWS's and are not part of this repository: `cargo xtask managed` fetches them and runs this.

use std::env;
use std::fs;
use std::process::ExitCode;
use std::sync::OnceLock;

use admittance::catalog::Catalog;
use admittance::validate::{Options, validate};
use admittance::{PolicyType, Severity};
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
    let documents = policies
        .into_iter()
        .map(|policy| Trial::test(policy.name.clone(), move || is_right(&policy.name, &policy.document)));
    Ok(documents.chain([control]).collect())
}

/// If this had no error either, the others would prove nothing.
const LACKS_EFFECT: &str = r#"{"Version": "2012-10-17", "Statement": {"Action": "s3:*", "Resource": "*"}}"#;

/// The errors that a policy is known to have: lines of its name, code and token, under lines that give the reason.
fn known(name: &str) -> Vec<&'static str> {
    let lines = include_str!("managed_errors.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).collect()
}

fn is_right(name: &str, document: &str) -> Result<(), Failed> {
    let (mut errors, mut known) = (errors(document), known(name));
    errors.sort();
    errors.dedup();
    known.sort_unstable();
    let new: Vec<&String> = errors.iter().filter(|error| !known.contains(&error.as_str())).collect();
    let gone: Vec<&&str> = known.iter().filter(|error| !errors.iter().any(|found| found == *error)).collect();
    let message: Vec<String> = new
        .iter()
        .map(|error| format!("{name} {error}"))
        .chain(gone.iter().map(|error| format!("no longer found: {name} {error}")))
        .collect();
    if message.is_empty() { Ok(()) } else { Err(message.join("\n").into()) }
}

/// The errors in a document: code and token.
fn errors(text: &str) -> Vec<String> {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    #[allow(clippy::expect_used)]
    let catalog =
        CATALOG.get_or_init(|| Catalog::decode(include_bytes!("../core/catalog/aws.bin")).expect("a catalog"));
    let validation = validate(text, PolicyType::Identity, Options::default(), Some(catalog));
    let errors = validation.findings.iter().map(|finding| &finding.diagnostic);
    let errors = errors.filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.map(|error| format!("{} {}", error.code, error.span.of(text))).collect()
}
