//! What was measured, as `results.json` has it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One run of all benchmarks.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Results {
    /// On what it ran: CPU, cores, memory, system, date.
    pub machine: BTreeMap<String, String>,
    /// The versions of compilers, runtimes and peers.
    pub versions: BTreeMap<String, String>,
    /// Medians.
    pub nanoseconds: BTreeMap<String, f64>,
    /// Bytes, allocations.
    pub counts: BTreeMap<String, u64>,
    /// What was to be reached, and whether it was.
    #[serde(default)]
    pub targets: Vec<Outcome>,
}

/// A target, as `results.json` shows it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outcome {
    /// What is measured.
    pub what: String,
    /// What is to be reached.
    pub goal: String,
    /// What came out.
    pub measured: String,
    /// Whether that reaches the goal.
    pub reached: bool,
    /// What stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a program that measures writes: parts of the results.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    #[serde(default)]
    machine: BTreeMap<String, String>,
    #[serde(default)]
    versions: BTreeMap<String, String>,
    #[serde(default)]
    nanoseconds: BTreeMap<String, f64>,
    #[serde(default)]
    counts: BTreeMap<String, u64>,
}

/// The committed results.
#[must_use]
pub fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("results.json")
}

impl Results {
    /// Reads a file of results.
    ///
    /// # Errors
    /// If it cannot be read or is no such file.
    pub fn read(path: &Path) -> Result<Self, String> {
        serde_json::from_str(&text(path)?).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Gathers what the programs wrote into a folder: `criterion/`, and JSON files with parts of the results.
    ///
    /// # Errors
    /// If a file is not what it should be, or two say different things.
    pub fn gather(folder: &Path) -> Result<Self, String> {
        let mut results = Self::default();
        results.add_criterion(&folder.join("criterion"))?;
        for path in entries(folder)? {
            if path.extension().is_some_and(|extension| extension == "json") {
                let part: Part =
                    serde_json::from_str(&text(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
                add(&mut results.machine, part.machine)?;
                add(&mut results.versions, part.versions)?;
                add(&mut results.nanoseconds, part.nanoseconds)?;
                add(&mut results.counts, part.counts)?;
            }
        }
        for nanoseconds in results.nanoseconds.values_mut() {
            *nanoseconds = three_digits(*nanoseconds);
        }
        Ok(results)
    }

    /// Criterion leaves a folder for each benchmark, with its name in one file and the estimates in another.
    fn add_criterion(&mut self, folder: &Path) -> Result<(), String> {
        for path in entries(folder)? {
            if !path.is_dir() {
                continue;
            }
            let (name, estimates) = (path.join("new/benchmark.json"), path.join("new/estimates.json"));
            if !name.is_file() {
                self.add_criterion(&path)?;
                continue;
            }
            let json = |path: &Path| -> Result<Value, String> {
                serde_json::from_str(&text(path)?).map_err(|error| format!("{}: {error}", path.display()))
            };
            let (name, estimates) = (json(&name)?, json(&estimates)?);
            let name = name["full_id"].as_str().ok_or("criterion gave a benchmark no name")?;
            let median = estimates["median"]["point_estimate"].as_f64();
            let median = median.ok_or_else(|| format!("criterion has no median of {name}"))?;
            self.nanoseconds.insert(name.to_owned(), median);
        }
        Ok(())
    }

    /// Writes the results as JSON.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), String> {
        let json = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        fs::write(path, json + "\n").map_err(|error| format!("{}: {error}", path.display()))
    }
}

/// More digits than three would only be noise.
fn three_digits(number: f64) -> f64 {
    format!("{number:.2e}").parse().unwrap_or(number)
}

fn add<T>(all: &mut BTreeMap<String, T>, more: BTreeMap<String, T>) -> Result<(), String> {
    for (name, value) in more {
        if all.contains_key(&name) {
            return Err(format!("`{name}` was measured twice"));
        }
        all.insert(name, value);
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let problem = |error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(problem)?;
    let mut paths = entries.map(|entry| Ok(entry.map_err(problem)?.path())).collect::<Result<Vec<_>, String>>()?;
    paths.sort();
    Ok(paths)
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
