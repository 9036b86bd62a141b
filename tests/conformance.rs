//! Runs every case of `corpus/` and `operators/`, each as a test of its own.
//!
//! A case that is known to fail stands in `expected_failures.txt`: it must fail, and an id there that names no case
//! fails the run. Filters and `--list` work as with any Rust test.

use std::collections::BTreeSet;
use std::process::ExitCode;

use admittance_tests::cases::{self, Case};
use admittance_tests::trials;
use libtest_mimic::{Failed, Trial};

fn main() -> ExitCode {
    trials::run(trials())
}

fn trials() -> Result<Vec<Trial>, String> {
    let (corpus, operators) = (cases::corpus()?, cases::operators()?);
    if corpus.is_empty() || operators.is_empty() {
        return Err("there are no cases".to_owned());
    }
    eprintln!("{} corpus cases, {} rows of truth tables", corpus.len(), operators.len());

    let mut expected_failures = expected_failures()?;
    let mut ids = BTreeSet::new();
    let mut trials = Vec::new();
    for case in corpus.into_iter().chain(operators) {
        if !ids.insert(case.id.clone()) {
            return Err(format!("{} exists twice", case.id));
        }
        let listed = expected_failures.remove(&case.id);
        trials.push(Trial::test(case.id.clone(), move || run(&case, listed)));
    }
    if let Some(stale) = expected_failures.first() {
        return Err(format!("expected_failures.txt lists {stale}, which is no case"));
    }
    Ok(trials)
}

fn run(case: &Case, listed: bool) -> Result<(), Failed> {
    match (case.check(), listed) {
        (Ok(()), false) | (Err(_), true) => Ok(()),
        (Ok(()), true) => Err(format!("{} passes: take it out of expected_failures.txt", case.id).into()),
        (Err(report), false) => Err(report.into()),
    }
}

/// The ids listed in `expected_failures.txt`, one on a line, without `#` comments.
fn expected_failures() -> Result<BTreeSet<String>, String> {
    let path = cases::root().join("expected_failures.txt");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    // An id can hold a #, as the number of a request; a comment has a blank before it or begins the line.
    Ok(text
        .lines()
        .map(|line| if line.starts_with('#') { "" } else { line.split(" #").next().unwrap_or_default().trim() })
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
        .collect())
}
