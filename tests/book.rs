//! Runs what README.md shows: Rust blocks as doc tests, scenario blocks by their own expectations, and JavaScript
//! blocks in Node with the npm package that was built.
//!
//! `ADMITTANCE_TARBALL` names the packed npm package; otherwise the one that `cargo xtask npm` leaves behind is taken.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use admittance_tests::cases::{self, Case, Expect};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

fn main() -> ExitCode {
    let readme = cases::root().join("../README.md");
    let trials = match fs::read_to_string(readme) {
        Ok(text) => trials(&text),
        // The first commits have none.
        Err(_) => Ok(vec![Trial::test("README.md is not there yet", || Ok(())).with_ignored_flag(true)]),
    };
    match trials {
        Ok(trials) => libtest_mimic::run(&Arguments::from_args(), trials).exit_code(),
        Err(problem) => {
            eprintln!("README.md: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// A fenced block.
struct Block {
    /// What stands behind the fence.
    language: String,
    /// The line of the fence, from 1.
    line: usize,
    text: String,
}

fn trials(readme: &str) -> Result<Vec<Trial>, String> {
    let blocks = blocks(readme)?;
    let mut trials = Vec::new();
    let rust = blocks.iter().filter(|block| is(block, &["rust"])).count();
    if rust > 0 {
        trials.push(Trial::test("rust", move || doc_tests(rust)));
    }
    let (mut scenarios, mut scripts) = (0, 0);
    for block in blocks {
        let name = format!("line {}: {}", block.line, block.language);
        if is(&block, &["json"]) && block.text.contains("\"requests\"") {
            scenarios += 1;
            trials.push(Trial::test(name, move || scenario(&block.text)));
        } else if is(&block, &["js", "mjs", "javascript"]) {
            scripts += 1;
            trials.push(Trial::test(name, move || script(&block)));
        }
    }
    for (kind, count) in [("rust", rust), ("scenario (json with requests)", scenarios), ("js", scripts)] {
        if count == 0 {
            return Err(format!("there is no {kind} block: the README has to show one, and it has to run"));
        }
    }
    Ok(trials)
}

fn is(block: &Block, languages: &[&str]) -> bool {
    block.language.split([',', ' ']).next().is_some_and(|language| languages.contains(&language))
}

fn blocks(text: &str) -> Result<Vec<Block>, String> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in text.lines().enumerate() {
        match (open.take(), line.trim_start().strip_prefix("```")) {
            (None, None) => {}
            (None, Some(language)) => {
                open = Some(Block { language: language.trim().to_owned(), line: index + 1, text: String::new() });
            }
            (Some(block), Some(_)) => blocks.push(block),
            (Some(mut block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
                open = Some(block);
            }
        }
    }
    match open {
        Some(block) => Err(format!("the block of line {} does not end", block.line)),
        None => Ok(blocks),
    }
}

/// The Rust blocks are doc tests of this crate's library.
fn doc_tests(count: usize) -> Result<(), Failed> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "--doc", "-p", "admittance-tests", "--color", "never"]).current_dir(cases::root());
    let output = run(&mut cargo)?;
    // Blocks that are not run would make the count smaller.
    if output.contains(&format!("ok. {count} passed; 0 failed; 0 ignored")) {
        Ok(())
    } else {
        Err(format!("{count} Rust blocks should pass:\n{output}").into())
    }
}

fn scenario(text: &str) -> Result<(), Failed> {
    let scenario: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut expectations = 0;
    for (request, value) in scenario["requests"].as_array().into_iter().flatten().enumerate() {
        let Some(expect) = value.get("expect") else { continue };
        let expect: Expect = serde_json::from_value(expect.clone()).map_err(|error| error.to_string())?;
        let id = format!("request {}", request + 1);
        let case = Case { id, scenario: text.to_owned(), request, expect, rules: Vec::new(), source: String::new() };
        case.check()?;
        expectations += 1;
    }
    if expectations == 0 { Err("the scenario expects nothing".into()) } else { Ok(()) }
}

fn script(block: &Block) -> Result<(), Failed> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("readme-{}", block.line));
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let package = folder.join("node_modules/admittance");
    fs::create_dir_all(&package)?;
    let tarball = tarball()?;
    run(Command::new("tar").arg("-xzf").arg(tarball).arg("-C").arg(&package).arg("--strip-components=1"))?;
    let common = block.text.contains("require(");
    let file = folder.join(if common { "example.cjs" } else { "example.mjs" });
    fs::write(&file, &block.text)?;
    let printed = run(Command::new("node").arg(&file).current_dir(&folder))?;
    let expected = printed_by(&block.text);
    let printed: Vec<&str> = printed.lines().map(str::trim).collect();
    if expected.is_empty() || printed == expected {
        Ok(())
    } else {
        Err(format!("the comments say {expected:#?}, the script prints {printed:#?}").into())
    }
}

/// What the comments behind (or below) each `console.log` say that it prints.
fn printed_by(script: &str) -> Vec<&str> {
    let mut lines = script.lines().peekable();
    let mut expected = Vec::new();
    while let Some(line) = lines.next() {
        if let Some((_, call)) = line.split_once("console.log(") {
            let beside = call.split_once(" // ").map(|(_, comment)| comment);
            let below = lines.peek().and_then(|next| next.trim().strip_prefix("// "));
            expected.extend(beside.or(below));
        }
    }
    expected
}

fn tarball() -> Result<PathBuf, Failed> {
    let left_behind = || cases::root().join("../target/npm/admittance.tgz");
    let path = env::var_os("ADMITTANCE_TARBALL").map_or_else(left_behind, PathBuf::from);
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("there is no npm package at {}: run `cargo xtask npm`", path.display()).into())
    }
}

fn run(command: &mut Command) -> Result<String, Failed> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(text) } else { Err(format!("{command:?} fails:\n{text}").into()) }
}
