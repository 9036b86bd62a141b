//! Every rule has a case, or stands in `uncovered_rules.txt` with the reason why no decision can show it.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "test code")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use admittance_tests::cases;

/// The rules by id, each in a sentence.
fn rules() -> BTreeMap<String, String> {
    let text = fs::read_to_string(cases::root().join("corpus/rules.json")).expect("the list of rules");
    serde_json::from_str(&text).expect("rules.json maps ids to sentences")
}

fn all_cases() -> Vec<cases::Case> {
    let mut cases = cases::corpus().expect("the corpus");
    cases.extend(cases::operators().expect("the truth tables"));
    cases
}

#[test]
fn every_rule_has_a_case_or_a_reason() {
    let rules = rules();
    let covered: BTreeSet<String> = all_cases().into_iter().flat_map(|case| case.rules).collect();
    let uncovered: BTreeSet<String> = rules.keys().filter(|id| !covered.contains(*id)).cloned().collect();

    let text = fs::read_to_string(cases::root().join("uncovered_rules.txt")).expect("the list of uncovered rules");
    let mut listed = BTreeSet::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (id, reason) = line.split_once(' ').expect("an id and a reason");
        assert!(reason.len() > 10, "{id} needs a reason");
        listed.insert(id.to_owned());
    }
    let missing: Vec<_> = uncovered.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(&uncovered).collect();
    assert!(missing.is_empty(), "rules without a case: {missing:?}");
    assert!(stale.is_empty(), "rules in uncovered_rules.txt that have a case or do not exist: {stale:?}");
}

#[test]
fn cases_name_rules_that_exist_and_a_source() {
    let rules = rules();
    for case in all_cases() {
        for id in &case.rules {
            assert!(rules.contains_key(id), "{} names {id}, which is no rule", case.id);
        }
        let operator = case.id.starts_with("operators/");
        let pages = ["https://docs.aws.amazon.com/", "https://aws.amazon.com/"];
        let address = pages.iter().any(|start| case.source.starts_with(start));
        let code = ["UG/", "SAR/"].iter().any(|start| case.source.starts_with(start));
        assert!(if operator { code } else { address }, "{} has the source {:?}", case.id, case.source);
        assert!(operator || !case.rules.is_empty(), "{} names no rule", case.id);
    }
}

/// The table of mistakes in the corpus's README leads to cases that there are.
#[test]
fn known_mistakes_have_cases() {
    let text = fs::read_to_string(cases::root().join("corpus/README.md")).expect("the README");
    // A file of several requests has several cases, a truth table a case for each row.
    let file = |id: &str| id.split(['/', '#']).take(2).collect::<Vec<_>>().join("/");
    let files: BTreeSet<String> = all_cases().iter().map(|case| file(&case.id)).collect();
    let (_, table) = text.split_once("| mistake | cases |").expect("the table of mistakes");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with("| "));
    let mut mistakes = 0;
    for row in rows {
        let (_, cases) = row.trim_end_matches(" |").rsplit_once(" | ").expect("two cells");
        for case in cases.split(", ") {
            let case = case.trim_matches('`');
            assert!(files.contains(case), "there is no case {case}");
        }
        mistakes += 1;
    }
    assert!(mistakes >= 60, "{mistakes} mistakes");
}
