//! Runs the test groups and says what came of each.

mod count;
mod groups;
mod log;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::setup;
use count::Count;
use groups::{GROUPS, Group};
pub use log::Log;

/// What became of a group.
struct Outcome {
    name: &'static str,
    count: Count,
    took: Duration,
}

/// Runs the named groups, or all of them when none is named. One group's failure does not stop the others.
pub fn run(names: &[String]) -> Result<ExitCode> {
    if let Some(unknown) = names.iter().find(|name| GROUPS.iter().all(|group| group.name != name.as_str())) {
        bail!("there is no test group `{unknown}`; the groups are:\n{}", list());
    }
    let chosen = GROUPS.iter().filter(|group| names.is_empty() || names.iter().any(|name| name == group.name));
    let mut outcomes = Vec::new();
    for group in chosen {
        outcomes.push(run_group(group)?);
    }
    Ok(report(&outcomes))
}

/// The groups with what each of them tests, a line for each.
pub fn list() -> String {
    let lines: Vec<String> = GROUPS.iter().map(|group| format!("  {:<9} {}", group.name, group.what)).collect();
    lines.join("\n")
}

fn run_group(group: &'static Group) -> Result<Outcome> {
    let log = Log::create(group.name)?;
    println!("{:<9} {}", group.name, group.what);
    let ready = setup::ensure(group.needs);
    let start = Instant::now();
    let result = ready.and_then(|_| (group.run)(&log)).and_then(Count::not_empty);
    let took = start.elapsed();
    let count = match result {
        Ok(count) => count,
        Err(error) => {
            log.note(&format!("{error:#}"));
            println!("          {error:#}");
            // A group that could not say what it tested has failed, whatever its programs returned.
            Count { failed: 1, ..Count::default() }
        }
    };
    println!("          {count} in {:.1} s", took.as_secs_f64());
    // What passed only when it was run again is shown as well: somebody has to look into it.
    if count.failed + count.flaky > 0 {
        println!("{}", log.tail());
    }
    Ok(Outcome { name: group.name, count, took })
}

fn report(outcomes: &[Outcome]) -> ExitCode {
    println!("\n{:<9} {:>7} {:>7} {:>7} {:>7} {:>8}", "group", "passed", "failed", "flaky", "ignored", "seconds");
    for Outcome { name, count, took } in outcomes {
        let Count { passed, failed, flaky, ignored } = count;
        let mark = if *failed > 0 { "  FAILED" } else { "" };
        println!("{name:<9} {passed:>7} {failed:>7} {flaky:>7} {ignored:>7} {:>8.1}{mark}", took.as_secs_f64());
    }
    let total: Count = outcomes.iter().map(|outcome| outcome.count).sum();
    println!("\n{total}");
    if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
