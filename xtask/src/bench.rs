//! Runs the benchmarks and writes down what came out.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::process::{Output, cargo, node, run};
use crate::{managed, setup, workspace};

/// Runs all benchmarks, prints them beside the targets, and writes them to `tests/bench/results.json`.
/// Quick ones are good for a first look only: what is committed stays as it is.
pub fn all(quick: bool) -> Result<()> {
    let start = Instant::now();
    let quick_results = workspace::target().join("bench/quick.json");
    let folder = workspace::target().join("bench/parts");
    let long = "about 10 minutes, of which the first build takes half; keep the machine quiet meanwhile";
    println!(
        "bench: {}",
        if quick { "a quick look: a minute or two, and a few minutes for the first build" } else { long }
    );
    setup::ensure(setup::BENCH)?;
    let policies = managed::fetch(&Output::Terminal)?;
    // What an earlier run left would pass for measured now.
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;

    save(node("tests/bench/node").arg("machine.mjs"), &folder.join("machine.json"))?;
    println!("bench: counting memory and allocations");
    let mut memory = program("memory");
    save(memory.env("ADMITTANCE_MANAGED_POLICIES", &policies), &folder.join("memory.json"))?;
    println!("bench: timing natively, beside iam-rs and serde_json");
    run(criterion(quick)
        .env("ADMITTANCE_MANAGED_POLICIES", &policies)
        .env("CRITERION_HOME", folder.join("criterion")))?;

    let output = if quick { quick_results } else { results() };
    run(program("report").arg("--").arg(&folder).arg(output))?;
    println!("bench: took {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// Makes what the engine executes now what the `speed` group compares with from now on.
pub fn accept() -> Result<()> {
    setup::ensure(setup::SPEED)?;
    run(program("instructions").args(["--", "accept"]))
}

/// The committed results.
fn results() -> PathBuf {
    workspace::root().join("tests/bench/results.json")
}

fn criterion(quick: bool) -> Command {
    let mut command = cargo(["bench", "--quiet", "-p", "admittance-bench", "--features", "timing"]);
    let (warm_up, measurement, samples) = if quick { ("0.1", "0.3", "10") } else { ("0.5", "2", "50") };
    command.args(["--bench", "speed", "--", "--noplot", "--quiet"]);
    command.args(["--warm-up-time", warm_up, "--measurement-time", measurement, "--sample-size", samples]);
    command
}

/// A program of the benchmarks' crate.
pub fn program(name: &str) -> Command {
    cargo(["run", "--quiet", "--release", "-p", "admittance-bench", "--bin", name])
}

/// Runs a program and keeps what it writes to standard output.
fn save(command: &mut Command, path: &Path) -> Result<()> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    run(command.stdout(file))
}
