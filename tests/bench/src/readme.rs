//! The README's table of speed and size, made from `results.json`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::format;
use crate::results::{Results, committed};

const BEGIN: &str = "<!-- made by `cargo xtask bench --readme` from tests/bench/results.json -->\n";
const END: &str = "<!-- end of what is made -->\n";

/// A line of the table: what, our measurement, and the name and measurement of what stands beside it.
type Row = (&'static str, &'static str, Option<(&'static str, &'static str)>);

const ROWS: &[Row] = &[
    ("Decide, one statement", "decide/S1", Some(("iam-rs", "iam-rs/S1"))),
    ("Decide, 100 statements with two conditions each", "decide/S2", Some(("iam-rs", "iam-rs/S2"))),
    (
        "… among 1,000 more policies of other services",
        "decide/S2 among 1,000 policies of other services",
        Some(("without them", "decide/S2")),
    ),
    (
        "… and tell of every statement why it does not apply",
        "evaluate/S2",
        Some(("iam-rs, decision only", "iam-rs/S2")),
    ),
    ("… from JavaScript", "js decide/S2", Some(("cedar-wasm, 100 policies", "cedar-wasm/S2"))),
    (
        "… from JavaScript, each of 1,000 at once",
        "js decideMany/S2",
        Some(("a loop of regular expressions", "js by hand/S2")),
    ),
    ("Decide across accounts, with three levels of SCPs and a boundary", "decide/S3", None),
    (
        "Parse and compile all AWS managed policies",
        "managed policies/parse and compile",
        Some(("serde_json, parse only", "managed policies/serde_json")),
    ),
    (
        "All AWS managed policies compiled, bytes",
        "managed policies/compiled bytes",
        Some(("their text, minified", "managed policies/text bytes")),
    ),
    ("WebAssembly, gzipped bytes", "gzipped wasm/admittance", Some(("cedar-wasm", "gzipped wasm/cedar-wasm"))),
    (
        "First decision in Node: import, start, decide",
        "cold start/admittance",
        Some(("cedar-wasm", "cold start/cedar-wasm")),
    ),
];

/// Writes the table of the committed results into the README.
///
/// # Errors
/// If either cannot be read or written, or a measurement is missing.
pub fn write() -> Result<(), String> {
    let problem = |error| format!("README.md: {error}");
    let text = fs::read_to_string(path()).map_err(problem)?;
    fs::write(path(), with_table(&text, &Results::read(&committed())?)?).map_err(problem)
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md")
}

/// The README's text with the table of these results between its marks.
///
/// # Errors
/// If it has no marks, or a measurement is missing.
pub fn with_table(readme: &str, results: &Results) -> Result<String, String> {
    let marks = "README.md lacks the marks around the table";
    let (before, rest) = readme.split_once(BEGIN).ok_or(marks)?;
    let (_, after) = rest.split_once(END).ok_or(marks)?;
    Ok(format!("{before}{BEGIN}\n{}\n{END}{after}", table(results)?))
}

fn table(results: &Results) -> Result<String, String> {
    let fact = |facts: &std::collections::BTreeMap<String, String>, name: &str| {
        facts.get(name).cloned().ok_or_else(|| format!("results.json does not say its {name}"))
    };
    let machine = |name| fact(&results.machine, name);
    let version = |name| fact(&results.versions, name);
    let mut out = "| | Admittance | beside it | |\n|---|---:|---:|---:|\n".to_owned();
    for (what, ours, beside) in ROWS {
        let (beside, ratio) = match beside {
            Some((name, theirs)) => {
                let ratio = amount(results, theirs)?.0 / amount(results, ours)?.0;
                (format!("{name}: {}", amount(results, theirs)?.1), format::ratio(ratio))
            }
            None => Default::default(),
        };
        out.push_str(&format!("| {what} | {} | {beside} | {ratio} |\n", amount(results, ours)?.1));
    }
    let allocations = results.counts.iter().filter(|(name, _)| name.starts_with("allocations/decide"));
    let allocations = allocations.map(|(_, count)| *count).max().ok_or("no allocations were counted")?;
    out.push_str(&format!(
        "\nThe last column says how many times as much the other needs. A decision allocates memory {} times. Medians, \
         measured in one run on {} ({} cores) on {}, with Rust {}, Node {}, iam-rs {}, cedar-wasm {} and serde_json {}; \
         `cargo xtask bench` repeats it.\n",
        format::count(allocations),
        machine("cpu")?,
        machine("cores")?,
        machine("date")?,
        version("rustc")?,
        version("node")?,
        version("iam-rs")?,
        version("cedar-wasm")?,
        version("serde_json")?,
    ));
    Ok(out)
}

/// A measurement as a number and for people.
fn amount(results: &Results, name: &str) -> Result<(f64, String), String> {
    let time = results.nanoseconds.get(name).map(|time| (*time, format::time(*time)));
    let count = || results.counts.get(name).map(|count| (*count as f64, format::count(*count)));
    time.or_else(count).ok_or_else(|| format!("results.json has no `{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_shows_the_committed_results() {
        let readme = fs::read_to_string(path()).unwrap();
        let made = with_table(&readme, &Results::read(&committed()).unwrap()).unwrap();
        assert_eq!(readme, made, "README.md differs from tests/bench/results.json: run `cargo xtask bench --readme`");
    }
}
