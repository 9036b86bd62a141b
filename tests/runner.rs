//! The runner that holds other engines against the corpus: commands that answer, and commands that do not.

#![cfg(unix)]
#![allow(clippy::expect_used, reason = "test code")]

use std::process::{Command, Output};

/// Runs a shell script as the engine.
fn corpus(options: &[&str], script: &str) -> (Option<i32>, String, String) {
    let mut runner = Command::new(env!("CARGO_BIN_EXE_corpus"));
    let Output { status, stdout, stderr } =
        runner.args(options).args(["sh", "-c", script]).output().expect("the runner starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn decisions_are_compared() {
    // The one case of a denied request.
    let only = ["--only", "order-of-gates/implicit-deny-2-vpce"];
    let cases = [
        (r#"{"decision":"ImplicitDeny"}"#, Some(0), "all                                     1      0          0"),
        (r#"{"decision":"Deny"}"#, Some(0), "all                                     1      0          0"),
        (r#"{"decision":"Allow"}"#, Some(1), "ImplicitDeny, but the command says Allow"),
        (r#"{"decision":"Depends"}"#, Some(1), "ImplicitDeny, but the command says Depends"),
        (r#"{"decision":null,"reason":"no endpoints"}"#, Some(1), "     1  no endpoints"),
        (r#"{"unsupported":true}"#, Some(1), "     1  no reason given"),
    ];
    for (answer, status, text) in cases {
        let (code, out, err) = corpus(&only, &format!("read line; echo '{answer}'"));
        assert_eq!(code, status, "{answer}: {err}");
        assert!(out.contains(text), "{answer}: {out}");
    }
}

#[test]
fn the_example_decides_every_case() {
    let mut runner = Command::new(env!("CARGO_BIN_EXE_corpus"));
    let output = runner.arg(env!("CARGO_BIN_EXE_adapter")).output().expect("the runner starts");
    let out = String::from_utf8(output.stdout).expect("text");
    assert_eq!(output.status.code(), Some(0), "{out}");
    let all = out.lines().last().expect("a table");
    assert!(all.starts_with("all ") && all.ends_with(" 0          0"), "{all}");
}

#[test]
fn what_is_no_answer_ends_the_run_and_is_named() {
    let cases = [
        ("exit 3", "without an answer"),
        ("echo starting", "no JSON object"),
        ("echo 7", "no JSON object"),
        (r#"echo '{"decision":"allowed"}'"#, "the decision is none of"),
        (r#"echo '{"id":"other","decision":"Allow"}'"#, "another case"),
        (r#"while read line; do echo '{}'; done; echo '{}'"#, "more lines than it read"),
    ];
    for (script, problem) in cases {
        let (code, out, err) = corpus(&["--only", "vpc-endpoint/"], script);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{script}");
        assert!(err.contains(problem), "{script}: {err}");
    }
    for options in [&["--only", "nothing/"][..], &["--timeout", "0"], &["--timeout", "soon"], &["--unheard-of"]] {
        assert_eq!(corpus(options, "exit").0, Some(2), "{options:?}");
    }
}

#[test]
fn a_command_that_ends_or_hangs_goes_on_with_the_next_case() {
    // The script answers one case each time that it is started: of two cases it leaves out the second.
    let answer_one = r#"read line; echo '{"decision":"Deny"}'; "#;
    for (then, reason) in [("exit 3", "the command ended (exit status: 3)"), ("exec sleep 60", "the command hung")] {
        let only = ["--timeout", "5", "--only", "resources/adversarial-pattern"];
        let (code, out, err) = corpus(&only, &format!("{answer_one}{then}"));
        assert_eq!(code, Some(1), "{then}: {err}");
        assert!(out.contains(&format!("     1  {reason}")), "{then}: {out}");
        assert!(err.contains("resources/adversarial-pattern#2"), "{then}: {err}");
    }
    // Started anew, it answers the third.
    let (_, out, _) = corpus(&["--only", "actions/prefix-is-whole"], &format!("{answer_one}exit 3"));
    assert!(out.contains("     1  the command ended"), "{out}");
}
