//! Suggestions over random scenarios: each one that is made flips the decision when it is applied.

use admittance::scenario::Scenario;
use admittance_tests::generate;

/// How many random scenarios are looked at; `SUGGESTION_SCENARIOS` sets another number.
fn scenarios() -> u64 {
    std::env::var("SUGGESTION_SCENARIOS").ok().and_then(|number| number.parse().ok()).unwrap_or(500)
}

#[test]
fn every_suggestion_flips_the_decision() {
    let (mut denied, mut helped, mut suggestions) = (0_u32, 0_u32, 0_u32);
    for seed in 0..scenarios() {
        let text = generate::scenario(seed).to_string();
        let (scenario, _) = Scenario::parse(&text);
        let before = scenario.evaluate();
        for (index, result) in before.results.iter().enumerate() {
            let found = scenario.suggest(index);
            assert!(found.len() <= 5, "seed {seed}");
            let allowed = result.decision == "Allow";
            denied += u32::from(!allowed);
            helped += u32::from(!allowed && !found.is_empty());
            for suggestion in &found {
                suggestions += 1;
                let after = scenario.apply(suggestion).evaluate();
                assert!(after.valid, "seed {seed}: {suggestion:#?}\n{:#?}", after.diagnostics);
                let decision = &after.results[index].decision;
                assert_eq!(*decision, suggestion.decision, "seed {seed}: {suggestion:#?}");
                assert_ne!(decision == "Allow", allowed, "seed {seed}: {suggestion:#?}");
                let full_access = suggestion.summary.contains("RCPFullAWSAccess");
                // Only "everybody" covers an anonymous caller.
                let anonymous = scenario.requests[index].principal.arn == "anonymous";
                let everything = everything(&scenario.apply(suggestion)) - usize::from(full_access);
                assert!(
                    anonymous || everything <= self::everything(&scenario),
                    "seed {seed}: too broad: {suggestion:#?}"
                );
                // None of the changes could have been left out.
                for left_out in (0..suggestion.changes.len()).filter(|_| suggestion.changes.len() > 1) {
                    let mut fewer = suggestion.clone();
                    fewer.changes.remove(left_out);
                    let after = scenario.apply(&fewer).evaluate();
                    let flips = after.results.get(index).is_some_and(|result| (result.decision == "Allow") != allowed);
                    assert!(!flips, "seed {seed}: not minimal: {suggestion:#?}");
                }
            }
        }
    }
    println!("{suggestions} suggestions; {helped} of {denied} denied requests have one");
    assert!(helped * 10 > denied * 7, "{helped} of {denied} denied requests, {suggestions} suggestions");
}

/// How many times the documents name every action or every resource of a kind.
fn everything(scenario: &Scenario) -> usize {
    let text: String = scenario.to_json().split([' ', '\n', '\\']).collect();
    ["\"Action\":\"*\"", ":*\"", "\"AWS\":\"*\"", "\"Principal\":\"*\""]
        .iter()
        .map(|part| text.matches(part).count())
        .sum()
}

/// Explaining never panics and never says nothing, whatever the scenario.
#[test]
fn every_request_is_explained() {
    for seed in 0..scenarios() {
        let text = generate::scenario(seed).to_string();
        let (scenario, _) = Scenario::parse(&text);
        for index in 0..scenario.requests.len() {
            let explanation = scenario.explain(index).unwrap_or_else(|| panic!("seed {seed}"));
            let answer = &scenario.evaluate().results[index].reason;
            assert!(explanation.text.starts_with(answer.as_str()), "seed {seed}: {}", explanation.text);
            assert!(explanation.text.lines().count() < 120, "seed {seed}: {}", explanation.text);
        }
    }
}
