//! Runs the corpus against another engine: each case goes as a line of JSON to a command, which answers with a line.
//!
//! `cargo run -p admittance-tests --bin corpus -- [--only PREFIX] [--timeout SECONDS] COMMAND ARGUMENTS…`
//!
//! `corpus/README.md` says what the lines hold. Without a command they are printed. The exit status is 0 if the command
//! decides every case as AWS does, 1 if it does not, 2 if nothing can be said of it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use admittance_tests::cases::{self, Case};
use serde_json::{Value, json};

const USAGE: &str = "usage: corpus [--only PREFIX] [--timeout SECONDS] [COMMAND ARGUMENTS…]

Writes each case as a line of JSON to the command and reads a line of JSON for each, {\"decision\": \"Allow\"};
without a command, prints the cases. tests/corpus/README.md describes both lines.

  --only PREFIX      only the cases whose id begins so: kms/, operators/ArnLike
  --timeout SECONDS  how long the command may take for its next answer, 30 if not said";

/// How often a command that hangs or ends early is started anew.
const STARTS: usize = 20;

fn main() -> ExitCode {
    match Options::parse(std::env::args().skip(1)).and_then(|options| options.map_or(Ok(true), |options| run(&options)))
    {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

struct Options {
    only: String,
    timeout: Duration,
    command: Vec<String>,
}

impl Options {
    /// Nothing, if only help was asked for.
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let mut options = Self { only: String::new(), timeout: Duration::from_secs(30), command: Vec::new() };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--help" | "-h" => {
                    println!("{USAGE}");
                    return Ok(None);
                }
                "--only" => options.only = arguments.next().ok_or(USAGE)?,
                "--timeout" => {
                    let seconds = arguments.next().and_then(|text| text.parse().ok()).filter(|seconds| *seconds > 0);
                    options.timeout = Duration::from_secs(seconds.ok_or(USAGE)?);
                }
                _ if argument.starts_with('-') => return Err(format!("there is no option {argument}\n\n{USAGE}")),
                _ => {
                    options.command = std::iter::once(argument).chain(arguments).collect();
                    break;
                }
            }
        }
        Ok(Some(options))
    }
}

/// How an engine did on one topic.
#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    unanswered: usize,
}

fn run(options: &Options) -> Result<bool, String> {
    let mut cases = cases::corpus()?;
    cases.extend(cases::operators()?);
    cases.retain(|case| case.id.starts_with(&options.only));
    if cases.is_empty() {
        return Err(format!("no case's id begins with {}", options.only));
    }
    let lines = cases.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    if options.command.is_empty() {
        let mut out = std::io::stdout().lock();
        // A reader that stops early, such as `head`, is no failure.
        let _ = lines.iter().try_for_each(|line| writeln!(out, "{line}"));
        return Ok(true);
    }

    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for (case, answer) in cases.iter().zip(answers(options, &cases, &lines)?) {
        let score = scores.entry(topic(case)).or_default();
        match answer {
            Answer::Decision(decision) if agrees(&case.expect.decision, &decision) => score.right += 1,
            Answer::Decision(decision) => {
                score.wrong += 1;
                println!("{}: {}, but the command says {decision}", case.id, case.expect.decision);
            }
            Answer::None(reason) => {
                score.unanswered += 1;
                *reasons.entry(reason).or_default() += 1;
            }
        }
    }

    println!("\n{:<34} {:>6} {:>6} {:>10}", "topic", "right", "wrong", "no answer");
    let mut sum = Score::default();
    for (topic, score) in &scores {
        println!("{topic:<34} {:>6} {:>6} {:>10}", score.right, score.wrong, score.unanswered);
        sum.right += score.right;
        sum.wrong += score.wrong;
        sum.unanswered += score.unanswered;
    }
    println!("{:<34} {:>6} {:>6} {:>10}", "all", sum.right, sum.wrong, sum.unanswered);
    if !reasons.is_empty() {
        println!("\nwhy there is no answer");
        for (reason, count) in reasons {
            println!("{count:>6}  {reason}");
        }
    }
    Ok(sum.wrong == 0 && sum.unanswered == 0)
}

fn agrees(expected: &str, given: &str) -> bool {
    expected == given || (given == "Deny" && matches!(expected, "ExplicitDeny" | "ImplicitDeny"))
}

enum Answer {
    Decision(String),
    /// There is none, for this reason.
    None(String),
}

/// An answer for each case. A command that hangs or ends goes on with the next case.
fn answers(options: &Options, cases: &[Case], lines: &[Value]) -> Result<Vec<Answer>, String> {
    let mut answers = Vec::new();
    for _ in 0..STARTS {
        let begin = answers.len();
        let mut engine = Engine::start(&options.command, lines.get(begin..).unwrap_or_default())?;
        let reason = loop {
            let Some(case) = cases.get(answers.len()) else { return engine.finish(options.timeout).map(|()| answers) };
            match engine.answers.recv_timeout(options.timeout) {
                Ok(text) => {
                    answers.push(read(&text, &case.id).map_err(|problem| format!("{}: {problem}: {text}", case.id))?);
                }
                Err(RecvTimeoutError::Timeout) => {
                    let seconds = options.timeout.as_secs();
                    eprintln!("{}: no answer for {seconds} seconds; the command is started anew behind it", case.id);
                    break "the command hung".to_owned();
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let reason = format!("the command ended ({})", engine.end());
                    // One that never answers cannot be run at all.
                    if answers.is_empty() {
                        return Err(format!("{}: {reason} without an answer", case.id));
                    }
                    eprintln!("{}: {reason}; it is started anew behind it", case.id);
                    break reason;
                }
            }
        };
        engine.end();
        answers.push(Answer::None(reason));
        if answers.len() == cases.len() {
            return Ok(answers);
        }
    }
    eprintln!("the command hung or ended {STARTS} times, and is not started again");
    answers.extend(cases.iter().skip(answers.len()).map(|_| Answer::None("not run".to_owned())));
    Ok(answers)
}

/// What a line of the command's output says about a case.
fn read(text: &str, id: &str) -> Result<Answer, &'static str> {
    let Ok(Value::Object(answer)) = serde_json::from_str(text) else {
        return Err("the answer is no JSON object; what is not an answer belongs on standard error");
    };
    if answer.get("id").is_some_and(|given| given != id) {
        return Err("the answer is about another case");
    }
    match answer.get("decision") {
        None | Some(Value::Null) => {
            let reason = answer.get("reason").and_then(Value::as_str).unwrap_or("no reason given");
            Ok(Answer::None(reason.to_owned()))
        }
        Some(Value::String(decision))
            if matches!(&**decision, "Allow" | "ExplicitDeny" | "ImplicitDeny" | "Deny" | "Depends") =>
        {
            Ok(Answer::Decision(decision.clone()))
        }
        Some(_) => Err("the decision is none of Allow, ExplicitDeny, ImplicitDeny, Deny, Depends, null"),
    }
}

/// The command while it runs.
struct Engine {
    child: Child,
    answers: Receiver<String>,
}

impl Engine {
    fn start(command: &[String], lines: &[Value]) -> Result<Self, String> {
        let (program, arguments) = command.split_first().ok_or("there is no command")?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (Some(mut input), Some(output)) = (input, output) else { return Err(format!("{program} has no pipes")) };
        // Written and read beside each other, since either pipe may be full; both end with the command.
        let lines = lines.to_vec();
        thread::spawn(move || lines.iter().try_for_each(|line| writeln!(input, "{line}")));
        let (send, answers) = channel();
        thread::spawn(move || {
            let mut lines = BufReader::new(output).split(b'\n').map_while(Result::ok);
            lines.all(|line| send.send(String::from_utf8_lossy(&line).into_owned()).is_ok())
        });
        Ok(Self { child, answers })
    }

    /// Ends the command where it still runs, and says how it ended.
    fn end(&mut self) -> String {
        // Its output may be closed a moment before it is gone by itself.
        for _ in 0..50 {
            if let Ok(Some(status)) = self.child.try_wait() {
                return status.to_string();
            }
            thread::sleep(Duration::from_millis(1));
        }
        let _ = self.child.kill();
        self.child.wait().map_or_else(|error| error.to_string(), |status| status.to_string())
    }

    /// Waits for the end of a command that has answered everything; more answers than cases were no answers to them.
    fn finish(&mut self, timeout: Duration) -> Result<(), String> {
        let more = self.answers.recv_timeout(timeout);
        self.end();
        more.map_or(Ok(()), |text| Err(format!("the command wrote more lines than it read: {text}")))
    }
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
    let policies = scenario.get("policies").cloned().unwrap_or_else(|| json!({}));
    let mut line = json!({ "id": case.id, "policies": policies, "request": request });
    if let (Some(members), Some(options)) = (line.as_object_mut(), scenario.get("options")) {
        members.insert("options".to_owned(), options.clone());
    }
    Ok(line)
}
