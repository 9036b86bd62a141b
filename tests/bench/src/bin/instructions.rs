//! Counts the instructions that each piece of work executes, and compares them with those of `instructions.json`.
//!
//! instructions check          compare; each piece of work is a test
//! instructions accept         make what is counted now what later counts are compared with
//! instructions run NAME N     do a piece of work N times; this is what is counted
//!
//! A processor's time differs from run to run, its number of instructions hardly: valgrind counts them, while
//! `do_work` runs and not while the work is prepared.

use std::collections::BTreeMap;
use std::env;
use std::process::{Command, ExitCode};

use admittance_bench::baseline::{self, Baseline, Limits};
use admittance_bench::work::{WORK, Work};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["check"] => check(),
        ["accept"] => accept().map(|()| ExitCode::SUCCESS),
        ["run", name, times] => run(name, times).map(|()| ExitCode::SUCCESS),
        _ => Err("instructions check | accept | run NAME N".to_owned()),
    };
    outcome.unwrap_or_else(|problem| {
        eprintln!("{problem}");
        ExitCode::FAILURE
    })
}

fn run(name: &str, times: &str) -> Result<(), String> {
    let work = (Work::find(name).ok_or_else(|| format!("there is no work `{name}`"))?.prepare)();
    do_work(&work, times.parse().map_err(|_| format!("`{times}` is no number"))?);
    Ok(())
}

/// Counting starts and ends with this function, which valgrind knows by its name.
#[inline(never)]
fn do_work(work: &dyn Fn(), times: u32) {
    for _ in 0..times {
        work();
    }
}

fn check() -> Result<ExitCode, String> {
    let baseline = Baseline::read()?;
    let limits = baseline.limits(&baseline::circumstances()?);
    if let Some(notice) = &limits.notice {
        println!("{notice}\n");
    }
    let mut trials: Vec<Trial> = WORK.iter().map(|work| trial(work, &baseline, &limits)).collect();
    for name in baseline.instructions.keys().filter(|name| Work::find(name).is_none()) {
        let problem = format!("there is no such work any more: {}", baseline::HOW_TO_ACCEPT);
        trials.push(Trial::test(name, move || Err(problem.into())));
    }
    for ratio in baseline::RATIOS {
        trials.push(Trial::test(ratio.name(), || {
            let count = |name| count(Work::find(name).ok_or_else(|| format!("there is no work `{name}`"))?);
            Ok(ratio.check(count(ratio.of)?, count(ratio.to)?)?)
        }));
    }
    Ok(libtest_mimic::run(&Arguments::default(), trials).exit_code())
}

fn trial(work: &'static Work, baseline: &Baseline, limits: &Limits) -> Trial {
    let before = baseline.instructions.get(work.name).copied();
    let rise = limits.rise;
    Trial::test(work.name, move || {
        let now = count(work)?;
        baseline::compare(before, now, rise)
            .map(|note| {
                if let Some(note) = note {
                    println!("{}: {note}", work.name);
                }
            })
            .map_err(Failed::from)
    })
}

fn accept() -> Result<(), String> {
    let mut instructions = BTreeMap::new();
    for work in WORK {
        let now = count(work)?;
        println!("{:<52} {now:>12}", work.name);
        instructions.insert(work.name.to_owned(), now);
    }
    Baseline { circumstances: baseline::circumstances()?, instructions }.write()
}

/// The instructions that doing the work once takes.
fn count(work: &Work) -> Result<u64, String> {
    let own = env::current_exe().map_err(|error| error.to_string())?;
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--toggle-collect=*do_work*", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(own).args(["run", work.name, &work.times.to_string()]);
    // Which of its copying routines the C library takes must not depend on the processor.
    valgrind.env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-AVX2_Usable,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM");
    let output = valgrind.output().map_err(|error| format!("valgrind cannot be started: {error}"))?;
    let report = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("valgrind failed: {report}"));
    }
    let all = instructions(&report).ok_or_else(|| format!("valgrind counted nothing: {report}"))?;
    // The loop alone takes some: so few mean that the compiler left out work of which nothing comes.
    match all / u64::from(work.times) {
        ..20 => Err(format!("{} does nothing", work.name)),
        one => Ok(one),
    }
}

/// `==123== Collected : 1234567`
fn instructions(report: &str) -> Option<u64> {
    let (_, count) = report.lines().find_map(|line| line.split_once(" Collected : "))?;
    count.trim().parse().ok()
}
