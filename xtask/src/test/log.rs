//! The log file of a test group: what its programs write goes there, and a person is told that they are at work.

use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::count::{self, Count, Reader};
use crate::process::describe;
use crate::workspace;

const TAIL_LINES: usize = 60;
/// No program of a group takes nearly as long, even on a slow machine that compiles everything anew.
const TIME_LIMIT: Duration = Duration::from_secs(45 * 60);
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// The log file of a test group.
pub struct Log {
    path: PathBuf,
    /// For programs that write JSON for machines to standard output, which would bury what they tell people.
    messages: PathBuf,
}

/// What a program did.
pub struct Finished {
    pub success: bool,
    pub output: String,
}

impl Log {
    /// Begins the log file of a group anew.
    pub fn create(group: &str) -> Result<Self> {
        let folder = workspace::target().join("test-logs");
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let path = folder.join(format!("{group}.log"));
        fs::write(&path, "").with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { path, messages: folder.join(format!("{group}.messages.json")) })
    }

    /// Runs a test program and counts its tests.
    pub fn count(&self, command: &mut Command, reader: Reader) -> Result<Count> {
        let finished = self.run(command)?;
        settle(reader(&finished.output), finished.success).with_context(|| describe(command))
    }

    /// Runs a cargo command that writes JSON messages and counts the workspace's packages it finished.
    pub fn count_packages(&self, command: &mut Command) -> Result<Count> {
        command.stdout(create(&self.messages)?).stderr(self.append()?);
        let success = self.wait(command)?.success();
        let messages = fs::read_to_string(&self.messages)?;
        settle(count::cargo_packages(&messages), success).with_context(|| describe(command))
    }

    /// Runs a program to its end.
    pub fn run(&self, command: &mut Command) -> Result<Finished> {
        self.note(&format!("$ {}", describe(command)));
        let start = fs::metadata(&self.path)?.len();
        command.stdout(self.append()?).stderr(self.append()?);
        let success = self.wait(command)?.success();
        let written = fs::read(&self.path)?;
        let own = written.get(usize::try_from(start)?..).unwrap_or_default();
        Ok(Finished { success, output: String::from_utf8_lossy(own).into_owned() })
    }

    /// Adds a line.
    pub fn note(&self, line: &str) {
        // The log is a help for people; the outcome of a group does not depend on it.
        if let Ok(mut file) = self.append() {
            let _ = writeln!(file, "{line}");
        }
    }

    /// The end of the log, before it the lines further up that name what failed, and where the rest is.
    pub fn tail(&self) -> String {
        let text = fs::read(&self.path).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        let (head, tail) = lines.split_at(lines.len().saturating_sub(TAIL_LINES));
        let telling = head.iter().filter(|line| names_a_failure(line)).take(TAIL_LINES);
        let quoted: String = telling.chain(tail).map(|line| format!("          | {line}\n")).collect();
        format!("{quoted}          the whole log: {}", self.path.display())
    }

    fn append(&self) -> Result<File> {
        let file = OpenOptions::new().create(true).append(true).open(&self.path);
        file.with_context(|| format!("cannot write {}", self.path.display()))
    }

    fn wait(&self, command: &mut Command) -> Result<ExitStatus> {
        // Colors would only hide the summaries from their readers.
        command.env("CARGO_TERM_COLOR", "never").env_remove("FORCE_COLOR").stdin(Stdio::null());
        let line = describe(command);
        let mut child = command.spawn().with_context(|| format!("cannot start `{line}`"))?;
        let status = watch(&mut child, &line);
        if status.is_err() {
            let _ = child.kill();
            let _ = child.wait();
        }
        status
    }
}

/// Waits for a program and shows now and then that it is at work.
fn watch(child: &mut Child, line: &str) -> Result<ExitStatus> {
    let start = Instant::now();
    let terminal = io::stdout().is_terminal();
    let interval = if terminal { Duration::from_secs(1) } else { SIGN_OF_LIFE };
    let mut next_sign = interval;
    let line: String = line.chars().take(90).collect();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        let elapsed = start.elapsed();
        if elapsed > TIME_LIMIT {
            bail!("`{line}` did not end within {} minutes", TIME_LIMIT.as_secs() / 60);
        }
        if elapsed >= next_sign {
            next_sign += interval;
            match terminal {
                true => print!("\r\x1b[2K          {line}  {} s", elapsed.as_secs()),
                false => println!("          {line}  {} s", elapsed.as_secs()),
            }
            io::stdout().flush()?;
        }
        thread::sleep(Duration::from_millis(20));
    };
    if terminal {
        print!("\r\x1b[2K");
    }
    Ok(status)
}

/// Whether the line is Node's or rustfmt's about one failure; the others sum up theirs at the end.
fn names_a_failure(line: &str) -> bool {
    line.trim_start().starts_with("not ok ") || line.starts_with("Diff in ")
}

/// Judges a run by its count and its exit status together: either can make it fail.
fn settle(count: Option<Count>, success: bool) -> Result<Count> {
    match (count, success) {
        (None, true) => bail!("its output does not say how many tests it ran"),
        (None, false) => bail!("it failed before it ran its tests"),
        (Some(count), true) => count.not_empty(),
        (Some(count), false) => Ok(Count { failed: count.failed.max(1), ..count }),
    }
}

fn create(path: &PathBuf) -> Result<File> {
    File::create(path).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_passes_only_if_tests_ran_and_none_failed_and_the_program_agrees() {
        let count = |passed, failed| Some(Count { passed, failed, ..Count::default() });
        assert_eq!(settle(count(3, 0), true).unwrap().failed, 0);
        assert_eq!(settle(count(3, 1), true).unwrap().failed, 1);
        assert_eq!(settle(count(3, 0), false).unwrap().failed, 1);
        assert_eq!(settle(count(0, 0), false).unwrap().failed, 1);
        assert!(settle(count(0, 0), true).is_err());
        assert!(settle(Some(Count { ignored: 4, ..Count::default() }), true).is_err());
        assert!(settle(None, true).is_err());
        assert!(settle(None, false).is_err());
    }
}
