//! Tests that are made from data: one for each case.

use std::env;
use std::fs;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use serde::de::DeserializeOwned;

/// Runs the tests as the command line says, or says why there are none.
pub fn run(trials: Result<Vec<Trial>, String>) -> ExitCode {
    match trials {
        Ok(trials) => libtest_mimic::run(&Arguments::from_args(), trials).exit_code(),
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// The path of a file that `cargo xtask managed` fetched, which an environment variable names, and its lines, each a
/// JSON object.
pub fn fetched<T: DeserializeOwned>(variable: &str) -> Result<(String, Vec<T>), String> {
    let path = env::var(variable).map_err(|_| format!("{variable} does not name a file: run `cargo xtask managed`"))?;
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let lines: Result<_, String> =
        text.lines().map(|line| serde_json::from_str(line).map_err(|error| format!("{path}: {error}"))).collect();
    Ok((path, lines?))
}
