//! What is to be reached, each as a ratio within one run, or as a count.

use crate::format;
use crate::results::{Outcome, Results};

/// A measurement with what it is compared with.
pub struct Target {
    /// What is measured.
    pub what: &'static str,
    /// The measurement.
    pub ours: &'static str,
    /// What stands beside it in the same run: a name for people and the measurement.
    pub beside: Option<(&'static str, &'static str)>,
    /// What is to be reached.
    pub goal: Goal,
    /// Where the goal is out of reach: what stands in the way.
    pub note: Option<&'static str>,
}

/// What is to be reached.
pub enum Goal {
    /// At least so many times as fast as what stands beside it.
    Faster(f64),
    /// At most so many times as much as what stands beside it.
    Times(f64),
    /// At most so many.
    Most(u64),
}

const fn faster(
    what: &'static str,
    ours: &'static str,
    name: &'static str,
    beside: &'static str,
    times: f64,
) -> Target {
    Target { what, ours, beside: Some((name, beside)), goal: Goal::Faster(times), note: None }
}

const fn times(what: &'static str, ours: &'static str, name: &'static str, beside: &'static str, most: f64) -> Target {
    Target { what, ours, beside: Some((name, beside)), goal: Goal::Times(most), note: None }
}

const fn most(what: &'static str, ours: &'static str, most: u64) -> Target {
    Target { what, ours, beside: None, goal: Goal::Most(most), note: None }
}

/// All targets. S1, S2 and S3 are the files in `scenarios/`.
pub const TARGETS: &[Target] = &[
    faster("`decide`, one statement (S1)", "decide/S1", "iam-rs", "iam-rs/S1", 8.0),
    faster("`decide`, 100 statements (S2)", "decide/S2", "iam-rs", "iam-rs/S2", 100.0),
    times(
        "`decide`, S2 among 1,000 policies of other services",
        "decide/S2 among 1,000 policies of other services",
        "S2 alone",
        "decide/S2",
        1.3,
    ),
    faster("`decide`, cross-account with SCPs and a boundary (S3)", "decide/S3", "S1", "decide/S1", 1.0 / 3.0)
        .noted(S3),
    faster(
        "`evaluate`, S2: gates, and why each statement fails",
        "evaluate/S2",
        "iam-rs, decision only",
        "iam-rs/S2",
        20.0,
    ),
    faster(
        "explanation, S2: also every value of what decided",
        "explain/S2",
        "iam-rs, decision only",
        "iam-rs/S2",
        20.0,
    ),
    faster(
        "full trace, S2: every value of every statement",
        "full trace/S2",
        "iam-rs, decision only",
        "iam-rs/S2",
        20.0,
    )
    .noted(TRACE),
    faster("`decide` from JavaScript, S1", "js decide/S1", "native", "decide/S1", 1.0 / 8.0).noted(FROM_JAVASCRIPT),
    faster("`decide` from JavaScript, S2", "js decide/S2", "native", "decide/S2", 1.0 / 8.0).noted(FROM_JAVASCRIPT),
    faster("`decideMany` from JavaScript, each of 1,000 on S1", "js decideMany/S1", "native", "decide/S1", 1.0 / 2.0)
        .noted(FROM_JAVASCRIPT),
    faster("`decideMany` from JavaScript, each of 1,000 on S2", "js decideMany/S2", "native", "decide/S2", 1.0 / 2.0)
        .noted(FROM_JAVASCRIPT),
    faster("`decide` from JavaScript, S2", "js decide/S2", "cedar-wasm", "cedar-wasm/S2", 50.0).noted(FROM_JAVASCRIPT),
    faster("`decide` from JavaScript, S2", "js decide/S2", "a loop in JavaScript", "js by hand/S2", 1.0)
        .noted(FROM_JAVASCRIPT),
    faster(
        "parse and compile all AWS managed policies",
        "managed policies/parse and compile",
        "serde_json, to its `Value`",
        "managed policies/serde_json",
        1.0 / 3.0,
    )
    .noted(READING),
    times(
        "all AWS managed policies, compiled",
        "managed policies/compiled bytes",
        "minified text",
        "managed policies/text bytes",
        3.0,
    ),
    most("allocations in `decide`, S1", "allocations/decide S1", 0),
    most("allocations in `decide`, S2", "allocations/decide S2", 0),
    most("allocations in `decide`, S3", "allocations/decide S3", 0),
    most("the npm package's WebAssembly, gzipped bytes", "gzipped wasm/admittance", 150_000),
    times(
        "cold start in Node: import, prepare S1, decide",
        "cold start/admittance",
        "cedar-wasm",
        "cold start/cedar-wasm",
        0.5,
    ),
];

/// What stands in the way of a goal, by what profiles show.
const S3: &str = "S1 became twice as fast as asked: of what it was asked, a third is reached. S3 compares five statements of \
    four kinds of policies, with three conditions, at some 800 instructions each, where S1 takes 1,150 in all, and asks \
    seven gates where S1 asks one. No part takes more than a sixth.";
const TRACE: &str = "700 values, each compared by itself: 1,360 instructions for each, a third of them memory, where the goal leaves \
    4.5 nanoseconds. What a decision is explained with does not need them.";
const FROM_JAVASCRIPT: &str = "In WebAssembly compiled for size, deciding takes six times as long as natively, and making a \
    request ready for another resource as long again as deciding S1. Some 0.4 µs are JavaScript: reading the request and \
    writing its strings. Compiled for speed the engine would not keep to its 150,000 bytes.";
const READING: &str = "Half is the tree with a place for every value, which serde_json does not keep; a quarter of all is memory. The rest \
    is the document, its checks and what is compiled.";

impl Target {
    /// The same with what is said if the goal is missed.
    const fn noted(self, note: &'static str) -> Self {
        Self { note: Some(note), ..self }
    }

    /// The number that is compared with the goal.
    #[must_use]
    pub fn number(&self, results: &Results) -> Option<f64> {
        let ours = amount(results, self.ours)?;
        let beside = || amount(results, self.beside?.1);
        match self.goal {
            Goal::Faster(_) => Some(beside()? / ours),
            Goal::Times(_) => Some(ours / beside()?),
            Goal::Most(_) => Some(ours),
        }
    }

    /// What came of it.
    #[must_use]
    pub fn outcome(&self, results: &Results) -> Outcome {
        let number = self.number(results);
        let (goal, reached) = match self.goal {
            Goal::Faster(least) => {
                (format!("at least {}", format::rate(least)), number.is_some_and(|number| number >= least))
            }
            Goal::Times(most) => (format!("at most {most} ×"), number.is_some_and(|number| number <= most)),
            Goal::Most(most) => {
                (format!("at most {}", format::count(most)), number.is_some_and(|number| number <= most as f64))
            }
        };
        let measured = match self.goal {
            Goal::Most(_) => results.counts.get(self.ours).map(|count| format::count(*count)),
            _ => number.map(format::ratio),
        };
        let measured = measured.unwrap_or_else(|| "not measured".to_owned());
        let note = self.note.filter(|_| !reached).map(str::to_owned);
        Outcome { what: self.what.to_owned(), goal, measured, reached, note }
    }
}

/// A measurement, whether time or count.
fn amount(results: &Results, name: &str) -> Option<f64> {
    results.nanoseconds.get(name).copied().or_else(|| results.counts.get(name).map(|count| *count as f64))
}
