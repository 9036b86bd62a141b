//! The counts of instructions that later ones are compared with.

use std::collections::BTreeMap;
use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::format;
use crate::versions::rustc;

/// How to go on where a rise is meant.
pub const HOW_TO_ACCEPT: &str =
    "if that is meant, `cargo xtask bench --accept` and commit tests/bench/instructions.json";

/// So much may a count rise, in percent, with the compiler and C library that it was made with.
const RISE: f64 = 3.0;
/// With others it may, since they shift all counts: what is much more is still a defect of ours.
const RISE_ELSEWHERE: f64 = 25.0;

/// `instructions.json`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Baseline {
    /// With what it was counted.
    pub circumstances: BTreeMap<String, String>,
    /// The instructions of each piece of work.
    pub instructions: BTreeMap<String, u64>,
}

/// How much the counts may rise.
pub struct Limits {
    /// In percent.
    pub rise: f64,
    /// Why it is more than usual.
    pub notice: Option<String>,
}

/// Two counts of one run of which one may be at most so many times the other, whatever they are.
pub struct Ratio {
    /// The one.
    pub of: &'static str,
    /// The other.
    pub to: &'static str,
    /// So many times.
    pub most: f64,
}

/// What holds with any compiler.
pub const RATIOS: &[Ratio] = &[
    // Policies that cannot matter cost nothing.
    Ratio { of: "decide/S2 among 100 policies of other services", to: "decide/S2", most: 1.3 },
    // Not a power of the number of stars.
    Ratio { of: "decide/30 stars", to: "decide/5 stars", most: 6.0 },
    // Not a power of the number of statements.
    Ratio { of: "summary/1,000 statements", to: "summary/100 statements", most: 12.0 },
    Ratio { of: "validation/1,000 statements", to: "validation/100 statements", most: 12.0 },
];

/// What shifts counts beside our own code.
///
/// # Errors
/// If the compiler cannot be asked for its version.
pub fn circumstances() -> Result<BTreeMap<String, String>, String> {
    let libc = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let libc =
        libc.map_or_else(|_| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    Ok([("rustc", rustc()?), ("machine", format!("{ARCH} {OS}")), ("libc", libc)]
        .map(|(name, value)| (name.to_owned(), value))
        .into())
}

impl Baseline {
    fn path() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.json")
    }

    /// Reads `instructions.json`.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read() -> Result<Self, String> {
        let path = Self::path();
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Writes `instructions.json`.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self) -> Result<(), String> {
        let text = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        fs::write(Self::path(), text + "\n").map_err(|error| error.to_string())
    }

    /// The limits under these circumstances.
    #[must_use]
    pub fn limits(&self, now: &BTreeMap<String, String>) -> Limits {
        let differing: Vec<String> = now
            .iter()
            .filter(|(name, value)| self.circumstances.get(*name) != Some(value))
            .map(|(name, value)| {
                let before = self.circumstances.get(name).map_or("nothing", String::as_str);
                format!("{name} {value}, not {before}")
            })
            .collect();
        if differing.is_empty() {
            return Limits { rise: RISE, notice: None };
        }
        let notice = format!(
            "The counts in instructions.json were made elsewhere (here: {}), so they may rise by {RISE_ELSEWHERE} %. \
             To compare closely again, run `cargo xtask bench --accept` on a commit that is known to be good, and \
             commit tests/bench/instructions.json.",
            differing.join("; ")
        );
        Limits { rise: RISE_ELSEWHERE, notice: Some(notice) }
    }
}

/// Compares a count with the one before. Gives a remark if it fell by so much that it should be written down.
///
/// # Errors
/// If it rose too much, or there is none to compare with.
pub fn compare(before: Option<u64>, now: u64, rise: f64) -> Result<Option<String>, String> {
    let Some(before) = before else { return Err(format!("there is no count of it yet: {HOW_TO_ACCEPT}")) };
    let change = (now as f64 / before as f64 - 1.0) * 100.0;
    let what = format!("{} instructions, before {} ({change:+.1} %)", format::count(now), format::count(before));
    // In percent of whole instructions: 3 % more of 1,000 are 1,030, which binary fractions would miss.
    let exceeds = |percent: f64| now as f64 * 100.0 > before as f64 * (100.0 + percent);
    match () {
        () if exceeds(rise) => Err(format!("{what}; it may rise by {rise} %: {HOW_TO_ACCEPT}")),
        () if !exceeds(-RISE) => Ok(Some(format!("{what}; `cargo xtask bench --accept` holds on to that"))),
        () => Ok(None),
    }
}

impl Ratio {
    /// What it says.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} is at most {} × {}", self.of, self.most, self.to)
    }

    /// Compares two counts.
    ///
    /// # Errors
    /// If the first is too many times the other.
    pub fn check(&self, of: u64, to: u64) -> Result<(), String> {
        let ratio = of as f64 / to as f64;
        let what = format!("{} instructions to {} are {}", format::count(of), format::count(to), format::ratio(ratio));
        if ratio <= self.most { Ok(()) } else { Err(what) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn baseline() -> Baseline {
        let circumstances = [("rustc".to_owned(), "1.95.0".to_owned())].into();
        Baseline { circumstances, instructions: BTreeMap::new() }
    }

    #[test]
    fn a_count_may_rise_by_three_percent_and_must_exist() {
        assert_eq!(compare(Some(1_000), 1_030, RISE), Ok(None));
        assert!(compare(Some(1_000), 1_031, RISE).is_err_and(|problem| problem.contains("--accept")));
        assert!(compare(Some(1_000), 900, RISE).is_ok_and(|note| note.is_some()));
        assert!(compare(None, 900, RISE).is_err());
    }

    #[test]
    fn elsewhere_it_may_rise_further_and_that_is_said() {
        let of = |rustc: &str| [("rustc".to_owned(), rustc.to_owned())].into();
        let (here, elsewhere) = (baseline().limits(&of("1.95.0")), baseline().limits(&of("1.96.0")));
        assert_eq!((here.rise, here.notice), (RISE, None));
        assert_eq!(elsewhere.rise, RISE_ELSEWHERE);
        assert!(elsewhere.notice.is_some_and(|notice| notice.contains("rustc 1.96.0, not 1.95.0")));
    }

    #[test]
    fn a_ratio_holds_or_is_told() {
        let ratio = Ratio { of: "a", to: "b", most: 2.0 };
        assert_eq!(ratio.check(200, 100), Ok(()));
        assert_eq!(ratio.check(201, 100), Err("201 instructions to 100 are 2.01 ×".to_owned()));
    }
}
