//! Any text as a scenario: what is read, written and read again is the same, and is decided the same.
#![no_main]

use admittance::scenario::{LocatedDiagnostic, Scenario};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (scenario, found) = Scenario::parse(text);
    for diagnostic in &found {
        let range = diagnostic.range.expect("what is wrong with the text has a place");
        assert!(range.start.offset <= range.end.offset && !diagnostic.message.is_empty(), "{diagnostic:?}");
    }
    if found.iter().any(LocatedDiagnostic::is_error) {
        assert!(!admittance::scenario::run(text).valid);
        return;
    }
    let written = scenario.to_json();
    let (again, found) = Scenario::parse(&written);
    assert!(found.is_empty(), "{found:?} in {written}");
    assert_eq!(again, scenario);
    let result = scenario.evaluate();
    assert_eq!(result.to_json(), again.evaluate().to_json());
    serde_json::from_str::<serde_json::Value>(&result.to_json()).expect("results are JSON");
    assert!(result.valid || result.diagnostics.iter().any(LocatedDiagnostic::is_error));
});
