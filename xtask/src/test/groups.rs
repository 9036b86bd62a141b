//! The test groups.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::Log;
use super::count::{self, Count};
use crate::process::{Output, cargo, find, node};
use crate::setup::{self, Need, chromium};
use crate::{bench, managed, notices, npm, playground, sizes, workspace};

const WASM: &str = "wasm32-unknown-unknown";
// What runs only in a browser is checked, documented and tested for wasm alone.
const NATIVE_ONLY: [&str; 9] = [
    "--workspace",
    "--exclude",
    "admittance-wasm",
    "--exclude",
    "admittance-analysis",
    "--exclude",
    "admittance-playground",
    "--exclude",
    "admittance-playground-analysis",
];
/// What is timed is compiled by no other group: it brings criterion and the engines that ours is compared with.
const TIMED: [&str; 4] = ["-p", "admittance-bench", "--features", "timing"];
const WASM_ONLY: [&str; 10] = [
    "--target",
    WASM,
    "-p",
    "admittance-wasm",
    "-p",
    "admittance-analysis",
    "-p",
    "admittance-playground",
    "-p",
    "admittance-playground-analysis",
];

// A group of its own beside the other Node tests.
const TYPES: &str = "types.test.mjs";
/// Where the package runs: what these find is the table in its README.
const RUNTIMES: [&str; 4] = ["check.mjs", "tools.mjs", "../bundlers.test.mjs", "../browser.test.mjs"];

/// Tests that run, succeed and fail together.
pub struct Group {
    pub name: &'static str,
    pub what: &'static str,
    pub needs: &'static [Need],
    pub run: fn(&Log) -> Result<Count>,
}

/// All groups, the quick ones first.
pub const GROUPS: &[Group] = &[
    Group { name: "fmt", what: "every Rust file is formatted", needs: &[], run: fmt },
    Group { name: "clippy", what: "no lint has anything to say", needs: setup::WASM_TARGET, run: clippy },
    Group { name: "rust", what: "unit, property and corpus tests", needs: &[], run: rust },
    Group {
        name: "doc",
        what: "the examples in the documentation, and its links",
        needs: setup::WASM_TARGET,
        run: doc,
    },
    Group { name: "notices", what: "THIRD_PARTY_NOTICES.md is up to date", needs: setup::NOTICES, run: third_parties },
    Group {
        name: "managed",
        what: "AWS managed policies and moto's tables of policies are validated",
        needs: setup::MANAGED,
        run: managed_policies,
    },
    Group {
        name: "speed",
        what: "nothing executes more instructions than before",
        needs: setup::SPEED,
        run: instruction_counts,
    },
    Group { name: "wasm", what: "the bindings in headless Chromium", needs: setup::WASM_TEST, run: wasm },
    Group { name: "node", what: "the packed npm package in Node", needs: setup::NODE_TEST, run: node_tests },
    Group { name: "types", what: "the npm package's types in a consumer", needs: setup::NODE_TEST, run: types },
    Group {
        name: "runtimes",
        what: "the packed npm package in runtimes, bundlers, test runners and pages",
        needs: setup::RUNTIMES_TEST,
        run: runtimes,
    },
    Group { name: "readme", what: "the examples in README.md", needs: setup::NODE_TEST, run: readme },
    Group { name: "browser", what: "the playground, end to end in Chromium", needs: setup::BROWSER_TEST, run: browser },
    Group { name: "sites", what: "the widgets on sites that generators build", needs: setup::SITES_TEST, run: sites },
    Group { name: "sizes", what: "what a browser downloads is within its budget", needs: &[], run: size_budgets },
];

fn fmt(log: &Log) -> Result<Count> {
    log.count(&mut cargo(["fmt", "--all", "--", "--check", "--verbose", "--color", "never"]), count::rustfmt)
}

fn clippy(log: &Log) -> Result<Count> {
    let clippy = |packages: &[&str]| {
        let mut command = cargo(["clippy", "--all-targets", "--message-format", "json-render-diagnostics"]);
        command.args(packages).args(["--", "-D", "warnings"]);
        command
    };
    let mut fuzz = cargo(["clippy", "--message-format", "json-render-diagnostics", "--no-default-features"]);
    // A workspace of its own: it would compile into a folder of its own too.
    fuzz.args(["--manifest-path", "tests/fuzz/Cargo.toml", "--target-dir"]).arg(workspace::target());
    fuzz.args(["--", "-D", "warnings"]);
    Ok(log.count_packages(&mut clippy(&NATIVE_ONLY))?
        + log.count_packages(&mut clippy(&TIMED))?
        + log.count_packages(&mut clippy(&WASM_ONLY))?
        + log.count_packages(&mut fuzz)?)
}

fn rust(log: &Log) -> Result<Count> {
    let native = log
        .count(cargo(["test", "--no-fail-fast", "--lib", "--bins", "--tests"]).args(NATIVE_ONLY), count::cargo_test)?;
    // What the playground computes by itself needs no browser; the `browser` group drives the page.
    let page = log.count(&mut cargo(["test", "--no-fail-fast", "-p", "admittance-playground"]), count::cargo_test)?;
    Ok(native + page)
}

fn doc(log: &Log) -> Result<Count> {
    let examples = log.count(&mut cargo(["test", "--doc", "-p", "admittance"]), count::cargo_test)?;
    let rustdoc = |packages: &[&str]| {
        let mut command = cargo(["doc", "--no-deps", "--message-format", "json-render-diagnostics"]);
        command.args(packages).env("RUSTDOCFLAGS", "-D warnings");
        command
    };
    let pages = log.count_packages(&mut rustdoc(&NATIVE_ONLY))? + log.count_packages(&mut rustdoc(&WASM_ONLY))?;
    Ok(examples + pages)
}

fn third_parties(log: &Log) -> Result<Count> {
    notices::write(true, &Output::Log(log))?;
    Ok(Count { passed: 1, ..Count::default() })
}

fn managed_policies(log: &Log) -> Result<Count> {
    let documents = managed::fetch(&Output::Log(log))?;
    let mut command = tests("managed");
    let policies = log.count(command.env("ADMITTANCE_MANAGED_POLICIES", documents), count::cargo_test)?;
    let tables = managed::tables(&Output::Log(log))?;
    let mut command = tests("moto");
    Ok(policies + log.count(command.env("ADMITTANCE_MOTO_TABLES", tables), count::cargo_test)?)
}

fn instruction_counts(log: &Log) -> Result<Count> {
    log.count(bench::program("instructions").args(["--", "check"]), count::cargo_test)
}

fn wasm(log: &Log) -> Result<Count> {
    let browser = chromium::locate()?;
    let mut command = cargo(["test", "--no-fail-fast"]);
    // The playground has no tests of this kind: the `browser` group drives the whole page.
    command
        .args(["--target", WASM, "-p", "admittance-wasm"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", chromium::webdriver_settings(&browser)?)
        .env("CHROMEDRIVER", browser.driver);
    log.count(&mut command, count::cargo_test)
}

fn node_tests(log: &Log) -> Result<Count> {
    let mut files = Vec::new();
    for entry in fs::read_dir(workspace::root().join("tests/node"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let elsewhere = name == TYPES || RUNTIMES.iter().any(|file| file.strip_prefix("../") == Some(&name));
        if name.ends_with(".test.mjs") && !elsewhere {
            files.push(name);
        }
    }
    files.sort();
    in_node(log, "tests/node", &["--test-reporter", "tap"], &files)
}

fn types(log: &Log) -> Result<Count> {
    in_node(log, "tests/node", &["--test-reporter", "tap"], &[TYPES.to_owned()])
}

fn runtimes(log: &Log) -> Result<Count> {
    let table = npm::folder().join("where-it-runs.md");
    let destination = table.display().to_string();
    let tap = ["--test-reporter", "tap", "--test-reporter-destination", "stdout"];
    let rows = ["--test-reporter", "./reporter.mjs", "--test-reporter-destination", &destination];
    // One file at a time: each starts what takes all of the machine.
    let options = [&["--test-concurrency", "1"][..], &tap, &rows].concat();
    let count = in_node(log, "tests/node/runtimes", &options, &RUNTIMES.map(str::to_owned))?;
    let readme = fs::read_to_string(workspace::root().join("wasm/npm/README.md"))?;
    if readme.contains(&fs::read_to_string(&table)?) {
        return Ok(Count { passed: count.passed + 1, ..count });
    }
    log.note("The package's README says otherwise of where it runs: `npm run table` in tests/node/runtimes writes it.");
    Ok(Count { failed: count.failed + 1, ..count })
}

fn in_node(log: &Log, folder: &str, options: &[&str], files: &[String]) -> Result<Count> {
    let tarball = npm::built(&Output::Log(log))?;
    let mut command = node(folder);
    command
        .arg("--test")
        .args(options)
        .args(files)
        .env("ADMITTANCE_TARBALL", tarball)
        .env("CHROMIUM", chromium::locate()?.chrome);
    log.count(&mut command, count::node_tap)
}

fn readme(log: &Log) -> Result<Count> {
    let tarball = npm::built(&Output::Log(log))?;
    log.count(tests("book").env("ADMITTANCE_TARBALL", tarball), count::cargo_test)
}

fn browser(log: &Log) -> Result<Count> {
    playground::built(&Output::Log(log))?;
    let browser = chromium::locate()?;
    let mut command = node("tests/browser");
    command
        .args(["node_modules/@playwright/test/cli.js", "test", "--reporter", "list"])
        .env("ADMITTANCE_DIST", workspace::dist())
        .env("CHROMIUM", browser.chrome);
    log.count(&mut command, count::playwright)
}

fn sites(log: &Log) -> Result<Count> {
    npm::built(&Output::Log(log))?;
    Output::Log(log).run(&mut cargo(["build", "-p", "mdbook-admittance"]))?;
    let preprocessor = format!("debug/mdbook-admittance{}", std::env::consts::EXE_SUFFIX);
    let mut command = node("tests/sites");
    command
        .args(["node_modules/@playwright/test/cli.js", "test", "--reporter", "list"])
        .env("ADMITTANCE_PACKAGE", npm::folder().join("package"))
        .env("MDBOOK", find(&["mdbook"]).context("there is no mdbook")?)
        .env("MDBOOK_ADMITTANCE", workspace::target().join(preprocessor))
        .env("CHROMIUM", chromium::locate()?.chrome);
    log.count(&mut command, count::playwright)
}

fn size_budgets(log: &Log) -> Result<Count> {
    let table = sizes::measure(&Output::Log(log))?;
    log.note(&table.to_string());
    Ok(Count { passed: table.within(), failed: table.over(), ..Count::default() })
}

/// One test program of the `tests` crate.
fn tests(program: &str) -> Command {
    cargo(["test", "-p", "admittance-tests", "--test", program])
}
