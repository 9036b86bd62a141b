//! Gathers what the other programs measured, prints it beside the targets, and writes it down.
//!
//! report FOLDER           what was measured is in FOLDER; it goes to results.json and into the README
//! report FOLDER OUTPUT    the results go to that file instead, and nowhere else
//! report --readme         the README shows what is in results.json

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use admittance_bench::results::{self, Results};
use admittance_bench::targets::TARGETS;
use admittance_bench::{format, readme, versions};

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let outcome = match arguments.as_slice() {
        [only] if only.as_os_str() == "--readme" => readme::write(),
        [folder] => report(folder, &results::committed()).and_then(|()| readme::write()),
        [folder, output] => report(folder, output),
        _ => Err("report FOLDER [OUTPUT] | --readme".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn report(folder: &Path, output: &Path) -> Result<(), String> {
    let mut results = Results::gather(folder)?;
    results.versions.extend(versions::of_rust()?);
    results.targets = TARGETS.iter().map(|target| target.outcome(&results)).collect();
    print(&results);
    results.write(output)?;
    println!("\nwritten to {}", output.display());
    Ok(())
}

fn print(results: &Results) {
    for (name, value) in results.machine.iter().chain(&results.versions) {
        println!("{name}: {value}");
    }
    println!();
    let mut times: Vec<_> = results.nanoseconds.iter().collect();
    // A curve's points by size, not by spelling.
    times.sort_by_key(|(name, _)| name.rsplit_once('/').map(|(curve, size)| (curve, size.parse().unwrap_or(0u64))));
    for (name, nanoseconds) in times {
        println!("{name:<60} {:>12}", format::time(*nanoseconds));
    }
    for (name, count) in &results.counts {
        println!("{name:<60} {:>12}", format::count(*count));
    }
    println!("\n{:<56} {:>12} {:>18}", "target", "measured", "goal");
    for outcome in &results.targets {
        let mark = if outcome.reached { "reached" } else { "NOT REACHED" };
        println!("{:<56} {:>12} {:>18}  {mark}", outcome.what, outcome.measured, outcome.goal);
        if let Some(note) = &outcome.note {
            println!("    {note}");
        }
    }
}
