//! The engine against a plain evaluator written a second time from the rules.
//!
//! `ADMITTANCE_REFERENCE_CASES` sets the number of random scenarios, `ADMITTANCE_REFERENCE_REQUESTS` the number of
//! requests in each, `ADMITTANCE_REFERENCE_SEED` the first seed.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "test code")]

use std::collections::BTreeMap;

use admittance::scenario;
use admittance_tests::reference;
use admittance_tests::{cases, generate};
use serde_json::Value;

/// Where engine and reference part, or `None`. Input that the engine refuses is an error.
fn disagreement(scenario: &Value) -> Result<Option<String>, String> {
    let outcome = scenario::run(&scenario.to_string());
    if !outcome.valid || outcome.results.is_empty() {
        return Err(format!("{:#?}", outcome.diagnostics));
    }
    let expected = reference::evaluate(scenario);
    Ok(outcome.results.iter().zip(expected).find_map(|(result, expected)| {
        let gate = expected.decided_by.unwrap_or(&result.decided_by);
        (result.decision != expected.decision || result.decided_by != gate).then(|| {
            format!(
                "engine:    {} by {}: {}\nreference: {} by {:?}",
                result.decision, result.decided_by, result.reason, expected.decision, expected.decided_by
            )
        })
    }))
}

/// As [`disagreement`], for candidates of the minimizer: those that the reference cannot read do not count.
fn still_disagrees(scenario: &Value) -> bool {
    matches!(std::panic::catch_unwind(|| disagreement(scenario)), Ok(Ok(Some(_))))
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().expect("a number"))
}

#[test]
fn engine_and_reference_agree() {
    let cases = number("ADMITTANCE_REFERENCE_CASES", 100_000);
    let first = number("ADMITTANCE_REFERENCE_SEED", 0);
    let requests = number("ADMITTANCE_REFERENCE_REQUESTS", 1);
    let scenario = |seed| generate::with_requests(seed, requests);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let failure = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let mut seeds = (first..first + cases).skip(worker).step_by(threads);
                scope.spawn(move || seeds.find(|seed| disagreement(&scenario(*seed)) != Ok(None)))
            })
            .collect();
        workers.into_iter().filter_map(|worker| worker.join().expect("no panic")).min()
    });
    let Some(seed) = failure else { return };
    let scenario = scenario(seed);
    if let Err(diagnostics) = disagreement(&scenario) {
        panic!("seed {seed} is refused: {diagnostics}\n{scenario:#}");
    }
    // The minimizer's candidates may be nonsense that makes the reference panic: keep that quiet.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let smallest = generate::minimize(&scenario, still_disagrees);
    std::panic::set_hook(hook);
    let difference = disagreement(&smallest).expect("valid").expect("a disagreement");
    panic!("seed {seed}\n{difference}\n{smallest:#}");
}

/// The reference is worth something only if it knows the documented cases itself.
#[test]
fn reference_meets_the_corpus() {
    let mut cases = cases::corpus().expect("the corpus");
    cases.extend(cases::operators().expect("the truth tables"));
    // It knows two truth values and the policies alone, not what S3 looks at beside them, nor kinds of endpoints.
    let beyond = ["\"unknown\":", "\"s3\":", "\"accessPoint\":", "\"canonicalUserId\":", "\"gateway\""];
    cases.retain(|case| !beyond.iter().any(|field| case.scenario.contains(field)));
    let mut failures = Vec::new();
    for case in &cases {
        let scenario: Value = serde_json::from_str(&case.scenario).expect("JSON");
        let outcome = &reference::evaluate(&scenario)[case.request];
        let gate = case.expect.decided_by.as_deref();
        let other_gate = gate.zip(outcome.decided_by).is_some_and(|(wanted, given)| wanted != given);
        if outcome.decision != case.expect.decision || other_gate {
            failures.push(format!("{}: {:?} but {outcome:?}", case.id, case.expect));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn every_decision_and_gate_has_its_share() {
    let cases = 5_000;
    let mut decisions = BTreeMap::new();
    let mut gates = BTreeMap::new();
    for seed in 0..cases {
        for outcome in reference::evaluate(&generate::scenario(seed)) {
            *decisions.entry(outcome.decision).or_insert(0) += 1;
            *gates.entry((outcome.decision, outcome.decided_by.unwrap_or("open"))).or_insert(0) += 1;
        }
    }
    let share = |count: &i32| f64::from(*count) / f64::from(u32::try_from(cases).expect("small"));
    for decision in ["Allow", "ExplicitDeny", "ImplicitDeny"] {
        assert!(decisions.get(decision).is_some_and(|count| share(count) > 0.15), "{decisions:?}");
    }
    let wanted = [
        ("Allow", "identity"),
        ("Allow", "resource"),
        ("Allow", "identity+resource"),
        ("Allow", "root"),
        ("Allow", "grant"),
        ("ExplicitDeny", "identity"),
        ("ExplicitDeny", "resource"),
        ("ExplicitDeny", "boundary"),
        ("ExplicitDeny", "session"),
        ("ExplicitDeny", "scp"),
        ("ExplicitDeny", "rcp"),
        ("ExplicitDeny", "vpce"),
        ("ImplicitDeny", "identity"),
        ("ImplicitDeny", "resource"),
        ("ImplicitDeny", "boundary"),
        ("ImplicitDeny", "session"),
        ("ImplicitDeny", "scp"),
        ("ImplicitDeny", "vpce"),
    ];
    for gate in wanted {
        assert!(gates.get(&gate).is_some_and(|count| share(count) > 0.003), "{gate:?} is too rare: {gates:#?}");
    }
    println!("{gates:#?}");
}
