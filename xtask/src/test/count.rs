//! Reads from a test runner's output how many tests it ran.
//!
//! Each reader gives nothing when the output does not have the summary it knows: such a run counts as failed, so that
//! a runner which silently runs nothing cannot pass.

use std::collections::BTreeSet;
use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use anyhow::{Result, bail};

/// How many tests passed, failed, passed only when they were run again, and were left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
    pub flaky: usize,
    pub ignored: usize,
}

/// A machine at its limits can upset a test or two in a real browser; what upsets more is a defect.
const FLAKY_ALLOWED: usize = 2;

/// Reads the count from all that a runner wrote.
pub type Reader = fn(&str) -> Option<Count>;

impl Count {
    /// A count in which tests were run; an error when there were none.
    pub fn not_empty(self) -> Result<Self> {
        if self.passed + self.failed + self.flaky == 0 {
            bail!("no tests were run");
        }
        Ok(self)
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            flaky: self.flaky + other.flaky,
            ignored: self.ignored + other.ignored,
        }
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Add::add)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.flaky > 0 {
            write!(f, ", {} passed only when run again", self.flaky)?;
        }
        if self.ignored > 0 {
            write!(f, ", {} ignored", self.ignored)?;
        }
        Ok(())
    }
}

/// `cargo test`, with Rust's own harness or one that writes like it, natively or in a browser: a line per test program.
pub fn cargo_test(output: &str) -> Option<Count> {
    let mut programs = output.lines().filter_map(|line| line.strip_prefix("test result: ")).peekable();
    programs.peek()?;
    programs.map(test_result).sum()
}

// `ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.03s`
fn test_result(line: &str) -> Option<Count> {
    let (_, numbers) = line.split_once(". ")?;
    let number = |label| numbers.split("; ").find_map(|part| labelled(part, label));
    Some(Count {
        passed: number("passed")?,
        failed: number("failed")?,
        ignored: number("ignored")?,
        ..Count::default()
    })
}

/// Node's test runner with its TAP reporter: a summary of comment lines at the end.
pub fn node_tap(output: &str) -> Option<Count> {
    // A test may itself write `# pass 1`: only the last one is the runner's.
    let number = |label: &str| {
        output.lines().rev().find_map(|line| line.strip_prefix("# ")?.strip_prefix(label)?.trim().parse().ok())
    };
    Some(Count {
        passed: number("pass ")?,
        failed: number("fail ")? + number("cancelled ")?,
        ignored: number("skipped ")? + number("todo ")?,
        ..Count::default()
    })
}

/// Playwright: a line per kind of outcome at the end, those that did not happen left out.
pub fn playwright(output: &str) -> Option<Count> {
    // `  12 passed (4.2s)`, `  1 failed`: from the last line back, as tests may print alike.
    let number = |label| output.lines().rev().find_map(|line| labelled(line.trim().split(" (").next()?, label));
    let kinds = ["passed", "failed", "flaky", "interrupted", "did not run", "skipped"].map(number);
    if kinds.iter().all(Option::is_none) {
        return None;
    }
    let [passed, failed, flaky, interrupted, did_not_run, skipped] = kinds.map(Option::unwrap_or_default);
    let too_many = if flaky > FLAKY_ALLOWED { flaky } else { 0 };
    let failed = failed + interrupted + did_not_run + too_many;
    Some(Count { passed, failed, flaky: flaky - too_many, ignored: skipped })
}

// `12 passed`
fn labelled(text: &str, label: &str) -> Option<usize> {
    text.strip_suffix(label)?.strip_suffix(' ')?.parse().ok()
}

/// `cargo fmt -- --check --verbose`: the files it looked at; those that differ have failed.
pub fn rustfmt(output: &str) -> Option<Count> {
    let after = |prefix| output.lines().filter_map(move |line: &str| line.strip_prefix(prefix));
    let files: BTreeSet<&str> = after("Formatting ").collect();
    let differing: BTreeSet<&str> = after("Diff in ").filter_map(|rest| rest.split(".rs:").next()).collect();
    let failed = differing.len();
    (!files.is_empty()).then(|| Count { passed: files.len().saturating_sub(failed), failed, ..Count::default() })
}

/// `cargo clippy` or `cargo doc` with JSON messages: the packages of the workspace that it finished.
pub fn cargo_packages(output: &str) -> Option<Count> {
    let finished = output.lines().filter(|line| line.starts_with(r#"{"reason":"compiler-artifact""#));
    let own = finished.filter_map(|line| line.split_once(r#""package_id":"path+file://"#)?.1.split('"').next());
    let packages: BTreeSet<&str> = own.collect();
    let is_finished = output.lines().any(|line| line.starts_with(r#"{"reason":"build-finished""#));
    is_finished.then(|| Count { passed: packages.len(), ..Count::default() })
}

#[cfg(test)]
mod tests;
