//! The tables of moto's own validator tests, each case as a test: validation agrees with what they say, or the difference
//! is listed with its reason in `managed/moto.txt`.
//!
//! moto (<https://pypi.org/project/moto/>) imitates AWS; its tables say which documents IAM's CreatePolicy takes. A document
//! is taken here if nothing is found in it that is an error. The tables are moto's and are not part of this repository:
//! `cargo xtask managed` fetches them and runs this.

use std::collections::BTreeSet;
use std::process::ExitCode;

use admittance_tests::findings::errors;
use admittance_tests::trials;
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;

/// There are 78 documents that are refused and 54 that are taken.
const CASES: usize = 132;

/// A line of the file.
#[derive(Deserialize)]
struct Case {
    case: String,
    document: String,
}

fn main() -> ExitCode {
    trials::run(trials())
}

fn trials() -> Result<Vec<Trial>, String> {
    let (path, cases) = trials::fetched::<Case>("ADMITTANCE_MOTO_TABLES")?;
    if cases.len() != CASES {
        return Err(format!("{path} has {} cases, not {CASES}", cases.len()));
    }
    let names: BTreeSet<String> = cases.iter().map(|case| case.case.clone()).collect();
    let listed = Trial::test("every line is about a case, and gives a reason", move || {
        let wrong: Vec<&str> =
            lines().filter(|line| !split(line).is_some_and(|(case, _)| names.contains(case))).collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
    });
    let trials = cases.into_iter().map(|case| Trial::test(case.case.clone(), move || agrees(&case)));
    Ok(trials.chain([listed]).collect())
}

/// The differences: lines of a case, what differs, and the reason behind ` | `.
fn lines() -> impl Iterator<Item = &'static str> {
    include_str!("managed/moto.txt").lines().filter(|line| !line.starts_with('#'))
}

/// A line's case, and what differs; nothing if it lacks a reason.
fn split(line: &str) -> Option<(&str, &str)> {
    let (difference, reason) = line.split_once(" | ")?;
    let (case, difference) = difference.split_once(": ")?;
    (!reason.trim().is_empty()).then_some((case, difference))
}

fn agrees(case: &Case) -> Result<(), Failed> {
    let errors = BTreeSet::from_iter(errors(&case.document));
    let found = match (case.case.starts_with("valid"), errors.is_empty()) {
        (true, _) => errors,
        (false, true) => BTreeSet::from(["no error".to_owned()]),
        (false, false) => BTreeSet::new(),
    };
    let known = lines().filter_map(split).filter(|(name, _)| *name == case.case);
    let known: BTreeSet<String> = known.map(|(_, difference)| difference.to_owned()).collect();
    let new = found.difference(&known).map(|difference| format!("{}: {difference}", case.case));
    let gone = known.difference(&found).map(|difference| format!("no longer so: {}: {difference}", case.case));
    let problems: Vec<String> = new.chain(gone).collect();
    if problems.is_empty() { Ok(()) } else { Err(format!("{}\n{}", problems.join("\n"), case.document).into()) }
}
