//! What sentences say is what the engine decides: each is read back from its words, by a reader that knows nothing of the
//! statement; of a grant or a limit, a request that fits the words passes, and one that misses them in one point does not;
//! of a Deny, the other way round.
//!
//! The statements are those of the corpus' identity-based policies and of `summary/sentences.txt`, each as the only one of
//! its type.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "test code")]

#[path = "sentences/read.rs"]
mod read;

use std::collections::BTreeSet;

use admittance::catalog::{Presence, global_condition_key};
use admittance::scenario::Policies;
use admittance::{scenario, summary};
use read::{Grant, Values};
use serde_json::{Value, json};

/// The types of policies whose sentences are read, as the wire format and as a gate's name has them.
const TYPES: [(&str, &str); 7] = [
    ("identity", "identity"),
    ("permissionsBoundary", "boundary"),
    ("session", "session"),
    ("serviceControl", "scp"),
    ("resourceControl", "rcp"),
    ("vpcEndpoint", "vpce"),
    ("resource", "resource"),
];

/// Statements, each with the type of its policy.
fn statements() -> BTreeSet<(usize, String)> {
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
                        found.extend(all.into_iter().map(|one| (0, one.to_string())));
                    }
                }
            }
        }
    }
    let text = std::fs::read_to_string(admittance_tests::cases::root().join("summary/sentences.txt")).expect("a file");
    for case in text.split("\n\n") {
        let name = case.strip_prefix("# ").and_then(|rest| rest.split_once(':')).map(|(name, _)| name);
        if let Some(place) = TYPES.iter().position(|(of, _)| Some(*of) == name) {
            found.extend(case.lines().nth(1).map(|line| (place, line.to_owned())));
        }
    }
    found
}

/// The policies with a statement of a type alone, or beside one that allows everything.
fn policies(of: usize, statement: &str, beside: bool) -> Value {
    const ALL: &str =
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }"#;
    let document = format!(r#"{{ "Version": "2012-10-17", "Statement": {statement} }}"#);
    let key = TYPES[of].0;
    let mut policies = json!({ "identity": if beside { vec![ALL] } else { vec![] } });
    match key {
        "identity" => policies["identity"].as_array_mut().expect("a list").push(json!(document)),
        "permissionsBoundary" | "vpcEndpoint" => policies[key] = json!(document),
        // A Deny of a service control policy stands beside what allows.
        "serviceControl" if statement.contains("\"Deny\"") => policies[key] = json!([{ "policies": [ALL, document] }]),
        "serviceControl" | "resourceControl" => policies[key] = json!([{ "policies": [document] }]),
        _ => policies[key] = json!([document]),
    }
    policies
}

/// A statement and what its sentence says.
struct Case<'a> {
    of: usize,
    statement: &'a str,
    sentence: &'a str,
    grant: &'a Grant,
}

impl Case<'_> {
    /// Whether the policy passes a request.
    fn passes(&self, action: &str, resource: &str, context: &[(&str, &Values)]) -> bool {
        let account = resource.split(':').nth(4).filter(|account| account.len() == 12).unwrap_or("111122223333");
        let partition = resource.split(':').nth(1).unwrap_or("aws");
        let context: serde_json::Map<String, Value> = context
            .iter()
            .filter_map(|(key, values)| {
                let values = values.as_ref()?;
                let set = key.ends_with("TagKeys") || *key == "aws:CalledVia";
                Some(((*key).to_owned(), if set { json!(values) } else { json!(values[0]) }))
            })
            .collect();
        let (name, gate) = TYPES[self.of];
        let who = if name == "session" { "sts" } else { "iam" };
        let caller = if name == "session" { "assumed-role/Reader/eva" } else { "user/ana" };
        let alone = matches!(name, "identity" | "resource") && !self.grant.deny;
        let request = json!({
            "policies": policies(self.of, self.statement, !alone),
            "requests": [{ "principal": format!("arn:{partition}:{who}::{account}:{caller}"), "action": action,
                           "resource": resource, "resourceAccount": account, "context": context }],
        });
        let result = scenario::run(&request.to_string());
        assert!(result.valid, "{:?}", result.diagnostics);
        let result = &result.results[0];
        if self.grant.deny {
            return result.decision != "ExplicitDeny";
        }
        if name == "resource" {
            return result.decision == "Allow";
        }
        // The resource's own policy is another question.
        let gate = result.gates.iter().find(|one| one.gate == gate);
        gate.unwrap_or_else(|| panic!("no gate {name} for {request}")).outcome == "passed"
    }
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
        near.push(name.replacen("arn:aws:", "arn:aws-us-gov:", 1));
        for (place, _) in name.match_indices([':', '/']) {
            near.push(format!("{}-other{}", &name[..place], &name[place..]));
            near.push(format!("{}other-{}", &name[..=place], &name[place + 1..]));
        }
    }
    near.retain(|name| !patterns.iter().any(|pattern| covers(pattern.as_bytes(), name.as_bytes(), fold)));
    near
}

/// Names that fit patterns, or with `except` all others, and names that do not.
fn sides(patterns: &[String], all: &[String], every: &str, strangers: &[&str], except: bool) -> [Vec<String>; 2] {
    let of_action = !every.starts_with("arn:");
    let inside: Vec<String> =
        patterns.iter().map(|pattern| if pattern == "*" { every.to_owned() } else { fill(pattern) }).collect();
    let mut outside = misses(all, strangers, of_action);
    outside.retain(|name| if of_action { name.matches(':').count() == 1 } else { name.starts_with("arn:") });
    if except { [outside, inside] } else { [inside, outside] }
}

/// Checks what a sentence says; gives the number of requests that fit it, and of those that do not.
fn check(case: &Case<'_>, problems: &mut Vec<String>) -> (usize, usize) {
    let grant = case.grant;
    let good: Vec<(&str, &Values)> = grant.conditions.iter().map(|one| (one.key.as_str(), &one.good)).collect();
    let (mut fit, mut miss) = (0, 0);
    let all: Vec<String> = grant.parts.iter().flat_map(|(actions, _)| actions).cloned().collect();
    let mut ask = |action: &str, resource: &str, context: &[(&str, &Values)], fits: bool| {
        if case.passes(action, resource, context) == (fits == grant.deny) {
            let what = if fits { "should fit" } else { "should not fit" };
            problems.push(format!("{}\n  {action} {resource} {context:?} {what}", case.sentence));
        } else if fits {
            fit += 1;
        } else {
            miss += 1;
        }
    };
    for (actions, resources) in &grant.parts {
        let [actions, no_actions] =
            sides(actions, &all, "sqs:SendMessage", &["glacier:DeleteVault"], grant.except_actions);
        let vault = "arn:aws:glacier:eu-north-1:999988887777:vaults/v";
        let queue = "arn:aws:sqs:eu-west-1:111122223333:q";
        let [resources, no_resources] = sides(resources, resources, queue, &[vault], grant.except_resources);
        for (action, resource) in actions.iter().flat_map(|action| resources.iter().map(move |one| (action, one))) {
            ask(action, resource, &good, true);
            for (place, condition) in grant.conditions.iter().enumerate() {
                // What is in every request is not left out: the sentence speaks of requests that there are (SPEC 6.2).
                let presence = global_condition_key(&condition.key).and_then(|key| key.presence());
                let given = |values: &&Values| values.is_some() || presence != Some(Presence::Always);
                for (values, fits) in [(&condition.bad, false), (&condition.also, true)] {
                    for other in values.iter().filter(given) {
                        let mut context = good.clone();
                        context[place].1 = other;
                        ask(action, resource, &context, fits);
                    }
                }
            }
            // Of several verbs, another one may be about it.
            for other in no_resources.iter().filter(|_| grant.parts.len() == 1) {
                ask(action, other, &good, false);
            }
            for other in &no_actions {
                ask(other, resource, &good, false);
            }
        }
    }
    (fit, miss)
}

#[test]
fn what_sentences_say_is_what_is_decided() {
    let (mut read, mut unread, mut fit, mut miss, mut problems) = ([[0; 2]; TYPES.len()], Vec::new(), 0, 0, Vec::new());
    for (of, statement) in statements() {
        let policy = policies(of, &statement, false).to_string();
        let summary = summary::policies(&Policies::parse(&policy).0, None);
        let Some(sentence) = summary.documents.iter().find_map(|document| document.sentences.first()) else {
            continue;
        };
        let few = |grant: &Grant| {
            grant.parts.iter().all(|(_, resources)| resources.iter().all(|one| one.matches('*').count() < 5))
        };
        match read::read(&sentence.text).filter(few) {
            Some(grant) => {
                let case = Case { of, statement: &statement, sentence: &sentence.text, grant: &grant };
                let (fitting, missing) = check(&case, &mut problems);
                read[of][usize::from(grant.deny)] += 1;
                (fit, miss) = (fit + fitting, miss + missing);
            }
            None => unread.push(sentence.text.clone()),
        }
    }
    println!("{read:?} sentences read, {fit} requests that fit, {miss} that do not");
    println!("{} not read:\n{}", unread.len(), unread.join("\n"));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let [[allow, deny], ..] = read;
    assert!(allow >= 150 && deny >= 40 && fit >= allow && miss >= 2 * allow, "{read:?} {fit} {miss}: {unread:#?}");
}
