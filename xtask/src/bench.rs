//! Runs the benchmarks and writes down what came out.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::process::{Output, cargo, node, run};
use crate::{managed, npm, setup, workspace};

/// Runs all benchmarks, prints them beside the targets, and writes them to `tests/bench/results.json` and
/// the README. Quick ones are good for a first look only: what is committed stays as it is.
pub fn all(quick: bool) -> Result<()> {
    let start = Instant::now();
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
    println!("bench: timing in Node, beside cedar-wasm and a loop in JavaScript");
    npm::built(&Output::Terminal)?;
    let mut script = node("tests/bench/node");
    script.arg("bench.mjs").args(quick.then_some("--quick")).env("ADMITTANCE_PACKAGE", npm::folder().join("package"));
    save(&mut script, &folder.join("node.json"))?;

    let mut report = program("report");
    report.arg("--").arg(&folder);
    if quick {
        report.arg(workspace::target().join("bench/quick.json"));
    }
    run(&mut report)?;
    println!("bench: took {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// Makes what the engine executes now what the `speed` group compares with from now on.
pub fn accept() -> Result<()> {
    setup::ensure(setup::SPEED)?;
    run(program("instructions").args(["--", "accept"]))
}

/// Makes the README show the committed results.
pub fn readme() -> Result<()> {
    run(program("report").args(["--", "--readme"]))
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
