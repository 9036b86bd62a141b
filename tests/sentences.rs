//! What the sentences about grants say is what the engine decides: each is read back from its words, by a reader that
//! knows nothing of the statement; a request that fits the words passes, and one that misses them in one point does not.
//!
//! The statements are those of the corpus and of `summary/sentences.txt`, each as the only identity-based policy.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "test code")]

#[path = "sentences/read.rs"]
mod read;

use std::collections::BTreeSet;

use admittance::catalog::{Presence, global_condition_key};
use admittance::scenario::Policies;
use admittance::{scenario, summary};
use read::{Grant, Values};
use serde_json::{Value, json};

/// The statements with Allow of identity-based policies.
fn statements() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![admittance_tests::cases::root().join("corpus")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let text = std::fs::read_to_string(path).expect("a file");
                let case: Value = serde_json::from_str(&text).expect("JSON");
                for given in case["policies"]["identity"].as_array().into_iter().flatten() {
                    let document = if given["document"].is_null() { given } else { &given["document"] };
                    let read = document.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
                    let document = read.as_ref().unwrap_or(document);
                    if document["Version"] == "2012-10-17" {
                        let one = &document["Statement"];
                        let all = one.as_array().map_or_else(|| vec![one], |all| all.iter().collect());
                        found.extend(all.into_iter().filter(|one| one["Effect"] == "Allow").map(Value::to_string));
                    }
                }
            }
        }
    }
    let text = std::fs::read_to_string(admittance_tests::cases::root().join("summary/sentences.txt")).expect("a file");
    for case in text.split("\n\n").filter(|case| case.starts_with("# identity:")) {
        found.extend(case.lines().nth(1).filter(|line| line.contains("\"Allow\"")).map(str::to_owned));
    }
    found
}

/// Whether a statement's policy passes a request.
fn passes(statement: &str, action: &str, resource: &str, context: &[(&str, &Values)]) -> bool {
    let account = resource.split(':').nth(4).filter(|account| account.len() == 12).unwrap_or("111122223333");
    let context: serde_json::Map<String, Value> = context
        .iter()
        .filter_map(|(key, values)| {
            let values = values.as_ref()?;
            let set = key.ends_with("TagKeys");
            Some(((*key).to_owned(), if set { json!(values) } else { json!(values[0]) }))
        })
        .collect();
    let request = json!({
        "policies": { "identity": [format!(r#"{{ "Version": "2012-10-17", "Statement": {statement} }}"#)] },
        "requests": [{ "principal": format!("arn:aws:iam::{account}:user/ana"), "action": action, "resource": resource,
                       "resourceAccount": account, "context": context }],
    });
    let result = scenario::run(&request.to_string());
    assert!(result.valid, "{:?}", result.diagnostics);
    // The resource's own policy is another question.
    let gate = result.results[0].gates.iter().find(|gate| gate.gate == "identity");
    gate.expect("a gate for identity-based policies").outcome == "passed"
}

/// A name that a pattern covers.
fn fill(pattern: &str) -> String {
    pattern.replace('*', "xyz").replace('?', "x")
}

/// Whether a pattern covers a name, in the plainest way, which takes few wildcards only; `fold`: without case.
fn covers(pattern: &[u8], name: &[u8], fold: bool) -> bool {
    match (pattern.split_first(), name.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => (0..=name.len()).any(|skipped| covers(rest, &name[skipped..], fold)),
        (Some((b'?', rest)), Some((_, name))) => covers(rest, name, fold),
        (Some((one, rest)), Some((other, name))) => {
            (one == other || fold && one.eq_ignore_ascii_case(other)) && covers(rest, name, fold)
        }
        _ => false,
    }
}

/// Names close to what patterns cover that none of them covers.
fn misses(patterns: &[String], strangers: &[&str], fold: bool) -> Vec<String> {
    let mut near: Vec<String> = strangers.iter().map(|name| (*name).to_owned()).collect();
    for name in patterns.iter().filter(|pattern| *pattern != "*").map(|pattern| fill(pattern)) {
        near.push(format!("{name}-other"));
        for (place, _) in name.match_indices([':', '/']) {
            near.push(format!("{}-other{}", &name[..place], &name[place..]));
            near.push(format!("{}other-{}", &name[..=place], &name[place + 1..]));
        }
    }
    near.retain(|name| !patterns.iter().any(|pattern| covers(pattern.as_bytes(), name.as_bytes(), fold)));
    near
}

/// Checks a grant; gives the number of requests that passed, and of those that did not, as they should.
fn check(statement: &str, sentence: &str, grant: &Grant, problems: &mut Vec<String>) -> (usize, usize) {
    let good: Vec<(&str, &Values)> = grant.conditions.iter().map(|one| (one.key.as_str(), &one.good)).collect();
    let (mut passed, mut stopped) = (0, 0);
    let all: Vec<&String> = grant.parts.iter().flat_map(|(actions, _)| actions).collect();
    let mut ask = |action: &str, resource: &str, context: &[(&str, &Values)], wanted: bool| {
        if passes(statement, action, resource, context) != wanted {
            let what = if wanted { "does not pass" } else { "passes" };
            problems.push(format!("{sentence}\n  {action} {resource} {context:?} {what}"));
        } else if wanted {
            passed += 1;
        } else {
            stopped += 1;
        }
    };
    for (actions, resources) in &grant.parts {
        for (action, resource) in actions.iter().flat_map(|action| resources.iter().map(move |one| (action, one))) {
            let action = if action == "*" { "sqs:SendMessage".to_owned() } else { fill(action) };
            let resource =
                if resource == "*" { "arn:aws:sqs:eu-west-1:111122223333:q".to_owned() } else { fill(resource) };
            ask(&action, &resource, &good, true);
            for (place, condition) in grant.conditions.iter().enumerate() {
                // What is in every request is not left out: the sentence speaks of requests that there are (SPEC 6.2).
                let presence = global_condition_key(&condition.key).and_then(|key| key.presence());
                for bad in condition.bad.iter().filter(|bad| bad.is_some() || presence != Some(Presence::Always)) {
                    let mut context = good.clone();
                    context[place].1 = bad;
                    ask(&action, &resource, &context, false);
                }
            }
            for other in misses(resources, &["arn:aws:glacier:eu-north-1:999988887777:vaults/v"], false) {
                // Of several verbs, another one may be about it.
                if grant.parts.len() == 1 && other.starts_with("arn:") {
                    ask(&action, &other, &good, false);
                }
            }
            let patterns: Vec<String> = all.iter().map(|action| (*action).clone()).collect();
            for other in misses(&patterns, &["glacier:DeleteVault"], true) {
                if other.matches(':').count() == 1 {
                    ask(&other, &resource, &good, false);
                }
            }
        }
    }
    (passed, stopped)
}

#[test]
fn what_sentences_say_is_what_is_decided() {
    let (mut read, mut unread, mut passed, mut stopped, mut problems) = (0, Vec::new(), 0, 0, Vec::new());
    for statement in statements() {
        let policy = format!(r#"{{ "identity": [{{ "Version": "2012-10-17", "Statement": {statement} }}] }}"#);
        let summary = summary::policies(&Policies::parse(&policy).0, None);
        let Some(sentence) = summary.documents.first().and_then(|document| document.sentences.first()) else {
            continue;
        };
        match read::read(&sentence.text) {
            Some(grant)
                if grant
                    .parts
                    .iter()
                    .all(|(_, resources)| resources.iter().all(|one| one.matches('*').count() < 5)) =>
            {
                let (fitting, missing) = check(&statement, &sentence.text, &grant, &mut problems);
                (read, passed, stopped) = (read + 1, passed + fitting, stopped + missing);
            }
            _ => unread.push(sentence.text.clone()),
        }
    }
    println!("{read} sentences read, {passed} requests that passed, {stopped} that did not");
    println!("not read:\n{}", unread.join("\n"));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(read >= 120 && passed >= read && stopped >= 2 * read, "{read} {passed} {stopped}: {unread:#?}");
}
