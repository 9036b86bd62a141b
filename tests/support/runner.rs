//! Runs the corpus against another engine: each case goes as a line of JSON to a command, which answers with a line.
//!
//! `cargo run -p admittance-tests --bin corpus -- COMMAND ARGUMENTS…`
//!
//! A line that goes out is `{"id", "policies", "request"}`, without what is expected; the line that comes back is
//! `{"decision"}`: `Allow`, `ExplicitDeny`, `ImplicitDeny`, or `Deny` from an engine that knows one kind of deny only;
//! anything else counts as no answer. Without a command the lines are printed.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, ExitCode, Stdio};
use std::thread;

use admittance_tests::cases::{self, Case};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let command: Vec<String> = std::env::args().skip(1).collect();
    match run(&command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// How an engine did on one topic.
#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    unanswered: usize,
}

fn run(command: &[String]) -> Result<bool, String> {
    let mut cases = cases::corpus()?;
    cases.extend(cases::operators()?);
    let lines = cases.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let Some((program, arguments)) = command.split_first() else {
        let mut out = std::io::stdout().lock();
        // A reader that stops early, such as `head`, is no failure.
        let _ = lines.iter().try_for_each(|line| writeln!(out, "{line}"));
        return Ok(true);
    };

    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{program}: {error}"))?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let (Some(mut input), Some(output)) = (input, output) else { return Err(format!("{program} has no pipes")) };
    // Written beside the reading, since either pipe may be full.
    let writer = thread::spawn(move || lines.iter().try_for_each(|line| writeln!(input, "{line}")));

    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let mut answers = BufReader::new(output).lines();
    for case in &cases {
        let answer = answers.next().and_then(Result::ok).unwrap_or_default();
        let decision = serde_json::from_str::<Value>(&answer).ok();
        let decision = decision.as_ref().and_then(|answer| answer.get("decision")?.as_str()).unwrap_or_default();
        let score = scores.entry(topic(case)).or_default();
        match (case.expect.decision.as_str(), decision) {
            (expected, given) if expected == given => score.right += 1,
            ("ExplicitDeny" | "ImplicitDeny", "Deny") => score.right += 1,
            (expected, "Allow" | "ExplicitDeny" | "ImplicitDeny" | "Deny") => {
                score.wrong += 1;
                println!("{}: {expected}, but the command says {decision}", case.id);
            }
            _ => score.unanswered += 1,
        }
    }
    let _ = writer.join();
    let _ = child.wait();

    println!("\n{:<28} {:>6} {:>6} {:>11}", "topic", "right", "wrong", "no answer");
    let mut sum = Score::default();
    for (topic, score) in &scores {
        println!("{topic:<28} {:>6} {:>6} {:>11}", score.right, score.wrong, score.unanswered);
        sum.right += score.right;
        sum.wrong += score.wrong;
        sum.unanswered += score.unanswered;
    }
    println!("{:<28} {:>6} {:>6} {:>11}", "all", sum.right, sum.wrong, sum.unanswered);
    Ok(sum.wrong == 0 && sum.unanswered == 0)
}

fn topic(case: &Case) -> &str {
    case.id.rsplit_once('/').map_or("", |(topic, _)| topic)
}

/// The case as the command gets it.
fn line(case: &Case) -> Result<Value, String> {
    let scenario: Value = serde_json::from_str(&case.scenario).map_err(|error| format!("{}: {error}", case.id))?;
    let mut request = scenario.pointer(&format!("/requests/{}", case.request)).cloned().unwrap_or_default();
    if let Some(members) = request.as_object_mut() {
        members.remove("expect");
    }
    Ok(json!({ "id": case.id, "policies": scenario.get("policies"), "request": request }))
}
