use super::*;

const NONE: Option<Count> = None;

fn counted(passed: usize, failed: usize, ignored: usize) -> Option<Count> {
    Some(Count { passed, failed, ignored, flaky: 0 })
}

#[test]
fn cargo_test_is_summed_over_the_test_programs() {
    let output = "\
   Compiling admittance v0.1.0
     Running unittests src/lib.rs (target/debug/deps/admittance-1f)

running 3 tests
test a ... ok
test b ... ignored
test c ... FAILED

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s

     Running tests/corpus.rs (target/debug/deps/corpus-2e)
test result: ok. 205 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s
";
    assert_eq!(cargo_test(output), counted(206, 1, 1));
}

#[test]
fn cargo_test_in_a_browser_writes_the_same_line() {
    let output = "Running headless tests in Chrome on `http://127.0.0.1:40411/`\n\
                  test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.02s\n";
    assert_eq!(cargo_test(output), counted(4, 0, 0));
}

#[test]
fn cargo_test_that_did_not_compile_has_no_count() {
    assert_eq!(cargo_test("error[E0425]: cannot find value `x`\nerror: could not compile `admittance`\n"), NONE);
    assert_eq!(cargo_test(""), NONE);
    assert_eq!(cargo_test("test result: something new\n"), NONE);
}

#[test]
fn one_unreadable_test_program_spoils_the_count() {
    let output = "test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured\ntest result: ok. 4 went well\n";
    assert_eq!(cargo_test(output), NONE);
}

#[test]
fn node_counts_cancelled_tests_as_failed_and_todo_as_ignored() {
    let output = "TAP version 13\nok 1 - a\n# pass 99\n1..7\n# tests 7\n# suites 0\n# pass 2\n# fail 1\n\
                  # cancelled 1\n# skipped 2\n# todo 1\n# duration_ms 143.8\n";
    assert_eq!(node_tap(output), counted(2, 2, 3));
}

#[test]
fn node_without_its_summary_has_no_count() {
    assert_eq!(node_tap("TAP version 13\nok 1 - a\n"), NONE);
    assert_eq!(node_tap("# pass 3\n"), NONE);
    assert_eq!(node_tap("Could not find 'tests/node'\n"), NONE);
}

#[test]
fn playwright_names_only_what_happened() {
    let all_well = "Running 2 tests using 1 worker\n\n  ✓  1 a.spec.ts:3:1 › loads (1.1s)\n  \
                    ✓  2 a.spec.ts:9:1 › says 7 passed (300ms)\n\n  2 passed (3.4s)\n";
    assert_eq!(playwright(all_well), counted(2, 0, 0));
    let not_well = "  1) a.spec.ts:3:1 › loads ───\n\n  1 failed\n    a.spec.ts:3:1 › loads ───\n  1 flaky\n    \
                    a.spec.ts:9:1 › edits ───\n  2 skipped\n  3 did not run\n  4 passed (1.2m)\n";
    assert_eq!(playwright(not_well), Some(Count { passed: 4, failed: 4, flaky: 1, ignored: 2 }));
}

#[test]
fn playwright_may_repeat_two_tests_and_not_three() {
    let flaky =
        |number: usize| playwright(&format!("  {number} flaky\n    a.spec.ts:3:1 › loads ───\n  7 passed (3.4s)\n"));
    assert_eq!(flaky(2), Some(Count { passed: 7, flaky: 2, ..Count::default() }));
    assert_eq!(flaky(3), counted(7, 3, 0));
}

#[test]
fn playwright_without_its_summary_has_no_count() {
    assert_eq!(playwright("Error: No tests found\n"), NONE);
    assert_eq!(playwright("Running 2 tests using 1 worker\n"), NONE);
}

#[test]
fn rustfmt_counts_each_file_once() {
    let output = "Formatting /r/core/src/b.rs\nDiff in /r/core/src/b.rs:1:\n-fn  a(){}\n+fn a() {}\n\
                  Diff in /r/core/src/b.rs:7:\nFormatting /r/core/src/lib.rs\nFormatting /r/core/src/lib.rs\n\
                  Spent 0.002 secs in the parsing phase, and 0.001 secs in the formatting phase\n";
    assert_eq!(rustfmt(output), counted(1, 1, 0));
    assert_eq!(rustfmt("error: no such command: `fmt`\n"), NONE);
}

#[test]
fn clippy_counts_the_packages_of_the_workspace_once() {
    let output = r#"{"reason":"compiler-artifact","package_id":"registry+https://registry/index#serde@1.0.1","target":{}}
{"reason":"compiler-artifact","package_id":"path+file:///r/core#admittance@0.1.0","target":{"kind":["lib"]}}
{"reason":"compiler-artifact","package_id":"path+file:///r/core#admittance@0.1.0","target":{"kind":["test"]}}
{"reason":"compiler-artifact","package_id":"path+file:///r/xtask#0.0.0","target":{"kind":["bin"]}}
{"reason":"build-finished","success":true}
"#;
    assert_eq!(cargo_packages(output), counted(2, 0, 0));
    assert_eq!(cargo_packages("{\"reason\":\"build-finished\",\"success\":true}\n"), counted(0, 0, 0));
    assert_eq!(cargo_packages(""), NONE);
}
