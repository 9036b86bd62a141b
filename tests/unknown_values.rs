//! The same law for single conditions of every operator: whatever values the unknown keys have, the answer is true.
//!
//! Small policies ask for two unknown keys in several ways; then the keys get every value of a list that has, for each
//! operator, values at, above, below and beside those that the policies name.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

use admittance::scenario::{Answer, ContextValue, PreparedPolicies, Scenario};
use admittance_tests::generate::Choices;
use serde_json::{Value, json};

const KEYS: [&str; 2] = ["aws:PrincipalTag/a", "aws:PrincipalTag/b"];

/// Operators that belong together, values for policies, and values for requests.
type Family = (&'static [&'static str], &'static [&'static str], &'static [&'static str]);

const FAMILIES: [Family; 6] = [
    (
        &[
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
        ],
        &[
            "red",
            "Red",
            "blue",
            "re*",
            "*d",
            "r?d",
            "*",
            "",
            "red*blue",
            "${*}",
            "${VARIABLE}",
            "x${VARIABLE}",
            "${VARIABLE}*",
        ],
        &[
            "red", "Red", "RED", "rad", "rex", "bad", "d", "re", "blue", "Blue", "redblue", "redxblue", "", "*", "x",
            "xred", "xx", "other",
        ],
    ),
    (
        &[
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
        ],
        &["1", "2", "2.5", "10", "-3", "0"],
        &[
            "0", "0.5", "1", "1.0", "1.5", "2", "02", "2.1", "2.5", "2.6", "9", "10", "11", "-1", "-3", "-4", "-2",
            "1e1", "many",
        ],
    ),
    (
        &[
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ],
        &["2024-01-01T00:00:00Z", "1704067200", "2025-06-01T12:00:00Z", "1970-01-01T00:00:00Z"],
        &[
            "2023-12-31T23:59:59Z",
            "2024-01-01T00:00:00Z",
            "2024-01-01T00:00:01Z",
            "1704067200",
            "2024-12-01",
            "2025-06-01T12:00:00Z",
            "2025-06-01T12:00:01Z",
            "2030-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "0",
            "-5",
            "soon",
        ],
    ),
    (&["Bool"], &["true", "false"], &["true", "false", "True", "FALSE", "maybe"]),
    (
        &["IpAddress", "NotIpAddress"],
        &["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32", "::/0"],
        &[
            "9.255.255.255",
            "10.0.0.0",
            "10.0.255.255",
            "10.1.0.0",
            "10.1.2.2",
            "10.1.2.3",
            "10.1.2.4",
            "10.1.255.255",
            "10.2.0.0",
            "10.255.255.255",
            "11.0.0.0",
            "255.255.255.255",
            "0.0.0.0",
            "2001:db8::",
            "2001:db9::",
            "::",
            "ffff::",
            "here",
        ],
    ),
    (
        &["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"],
        &[
            "arn:aws:iam::*:role/a",
            "arn:aws:iam::111122223333:role/*",
            "arn:aws:*:*:*:*",
            "arn:aws:iam::111122223333:role/a",
        ],
        &[
            "arn:aws:iam::111122223333:role/a",
            "arn:aws:iam::111122223333:role/b",
            "arn:aws:iam::444455556666:role/a",
            "arn:aws:s3:::b",
            "arn:aws-cn:iam::111122223333:role/a",
            "role",
            "arn:aws:iam::111122223333:user/a",
        ],
    ),
];

/// A condition on one of the keys, each of which is compared as one or two families do. `sets`: mostly as a set.
fn condition(families: &[Vec<&Family>; 2], sets: bool, choices: &mut Choices) -> Value {
    let number = choices.below(2);
    if choices.percent(8) {
        return json!({ "Null": { KEYS[number]: choices.pick(&["true", "false"]) } });
    }
    let (operators, values, _) = **choices.pick(&families[number]);
    let mut operator = (*choices.pick(operators)).to_owned();
    if sets && choices.percent(80) {
        operator = format!("{}:{operator}", choices.pick(&["ForAllValues", "ForAnyValue"]));
    }
    if choices.percent(20) {
        operator.push_str("IfExists");
    }
    // Any value is a text too.
    let values = if operators == FAMILIES[0].0 { choices.pick(&families[number]).1 } else { values };
    let value = |choices: &mut Choices| choices.pick(values).replace("VARIABLE", KEYS[1 - number]);
    let list: Vec<String> = (0..1 + choices.below(2)).map(|_| value(choices)).collect();
    json!({ operator: { KEYS[number]: list } })
}

/// Statements that ask for one or two conditions each.
fn document(count: usize, families: &[Vec<&Family>; 2], sets: bool, choices: &mut Choices) -> Value {
    let statements = (0..count).map(|_| {
        let effect = if choices.percent(35) { "Deny" } else { "Allow" };
        let mut conditions = condition(families, sets, choices);
        if choices.percent(40)
            && let (Some(all), Value::Object(more)) = (conditions.as_object_mut(), condition(families, sets, choices))
        {
            all.extend(more);
        }
        json!({ "Effect": effect, "Action": "s3:*", "Resource": "*", "Condition": conditions })
    });
    json!({ "Version": "2012-10-17", "Statement": statements.collect::<Vec<_>>() })
}

/// Whether the key is compared with a set operator: one that is not holds one value.
fn is_compared_as_set(policies: &Value, key: &str) -> bool {
    match policies {
        Value::Array(items) => items.iter().any(|item| is_compared_as_set(item, key)),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| name.contains(':') && value.get(key).is_some() || is_compared_as_set(value, key)),
        _ => false,
    }
}

/// Every value of the families, every set of up to two where sets are compared, and none.
fn entries(families: &[&Family], sets: bool) -> Vec<ContextValue> {
    let mut entries = vec![ContextValue::Absent];
    let mut values: Vec<&str> = families.iter().flat_map(|(_, _, values)| *values).copied().collect();
    values.sort_unstable();
    values.dedup();
    for (place, value) in values.iter().enumerate() {
        if !sets {
            entries.push(ContextValue::Single((*value).to_owned()));
            continue;
        }
        let more = values[place + 1..].iter().map(|other| vec![(*value).to_owned(), (*other).to_owned()]);
        entries.extend([vec![(*value).to_owned()]].into_iter().chain(more).map(ContextValue::Multiple));
    }
    entries
}

#[test]
fn the_answer_is_that_of_every_value() {
    let (cases, first) = (number("ADMITTANCE_UNKNOWN_CASES", 300), number("ADMITTANCE_UNKNOWN_SEED", 0));
    let (mut depends, mut settled, mut unproved) = (0, 0, 0);
    let (mut wrong, mut missed) = (Vec::new(), Vec::new());
    for seed in first..first + cases {
        let mut choices = Choices::new(seed);
        let sets = seed % 7 == 0;
        // One value may be compared as a text and as a number; with sets there would be too many of them.
        let families = [(); 2].map(|()| {
            let count = if !sets && choices.percent(30) { 2 } else { 1 };
            (0..count).map(|_| choices.pick(&FAMILIES)).collect::<Vec<_>>()
        });
        let mut policies = json!({ "identity": [document(3, &families, sets, &mut choices)] });
        if choices.percent(50) {
            policies["permissionsBoundary"] = document(2, &families, sets, &mut choices);
        }
        let options = json!({ "unresolvedVariableInvalidatesStatement": choices.percent(25) });
        let request = json!({
            "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k",
            "unknown": KEYS,
        });
        let (scenario, problems) =
            Scenario::parse(&json!({ "policies": policies, "options": options, "requests": [request] }).to_string());
        assert!(problems.is_empty(), "seed {seed}: {problems:?}");
        let mut request = scenario.requests[0].clone();
        let set = PreparedPolicies::new(scenario);
        // A value may be one that its operator does not take.
        if !set.is_valid() {
            continue;
        }
        let result = set.evaluate(&request).results.remove(0);
        request.unknown.clear();
        let mut found = [false; 2];
        let [ones, others] =
            [0, 1].map(|number| entries(&families[number], is_compared_as_set(&policies, KEYS[number])));
        for one in &ones {
            for other in &others {
                request.context = KEYS.iter().map(|key| (*key).to_owned()).zip([one.clone(), other.clone()]).collect();
                let allowed = set.decide(&request.prepare().unwrap()) == Answer::Allow;
                found[usize::from(allowed)] = true;
                if result.depends.is_none() && allowed != (result.decision == "Allow") {
                    wrong.push(format!("seed {seed}: {} although {:?}: {policies}", result.reason, request.context));
                }
            }
        }
        match &result.depends {
            None => settled += 1,
            Some(dependence) if dependence.completions.is_empty() => {
                unproved += 1;
                if found == [true, true] {
                    missed.push(format!("seed {seed}: {} {policies}", result.reason));
                }
            }
            Some(_) => depends += 1,
        }
    }
    println!("{depends} depend, {settled} are settled, {unproved} are not proved, {} of them depend", missed.len());
    assert!(wrong.is_empty(), "{} are wrong: {}", wrong.len(), wrong[0]);
    assert!(depends * 4 > cases && settled * 10 > cases, "{depends} depend, {settled} are settled");
    assert!(missed.len() as u64 * 50 <= cases, "{}: {}", missed.len(), missed[0]);
}

/// With so many keys that not all combinations are decided: what is said to be settled is, and what is said of a
/// combination is true. Suggestions try even fewer combinations, and promise nothing else than is found then.
#[test]
fn the_answer_on_many_keys_is_that_of_every_combination() {
    const KEYS: usize = 8;
    let entries = [ContextValue::Absent, ContextValue::Single("red".into()), ContextValue::Single("other".into())];
    let (cases, first) = (number("ADMITTANCE_UNKNOWN_CASES", 300) / 5, number("ADMITTANCE_UNKNOWN_SEED", 0));
    let (mut depends, mut settled, mut missed) = (0, 0, 0_u64);
    for seed in first..first + cases {
        let mut choices = Choices::new(seed);
        let policies = json!({ "identity": [of_many_keys(KEYS, &mut choices)] });
        let names: Vec<String> = (0..KEYS).map(|key| format!("aws:PrincipalTag/{key}")).collect();
        let request = json!({
            "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k",
            "unknown": names,
        });
        let (scenario, _) = Scenario::parse(&json!({ "policies": policies, "requests": [request] }).to_string());
        let mut request = scenario.requests[0].clone();
        for suggestion in scenario.suggest(0) {
            let after = scenario.apply(&suggestion).evaluate();
            assert_eq!(after.results[0].decision, suggestion.decision, "seed {seed}: {suggestion:#?}: {policies}");
        }
        let set = PreparedPolicies::new(scenario);
        let result = set.evaluate(&request).results.remove(0);
        request.unknown.clear();
        let mut found = [false; 2];
        for combination in 0..entries.len().pow(KEYS as u32) {
            let entry = |key: usize| entries[combination / entries.len().pow(key as u32) % entries.len()].clone();
            request.context = names.iter().cloned().enumerate().map(|(key, name)| (name, entry(key))).collect();
            let allowed = set.decide(&request.prepare().unwrap()) == Answer::Allow;
            found[usize::from(allowed)] = true;
        }
        let both = found == [true, true];
        match &result.depends {
            None => {
                assert!(!both && found[usize::from(result.decision == "Allow")], "seed {seed}: {policies}");
                settled += 1;
            }
            Some(dependence) if dependence.completions.is_empty() => missed += u64::from(both),
            Some(_) => {
                assert!(both, "seed {seed}: {policies}");
                depends += 1;
            }
        }
    }
    println!("{depends} depend, {settled} are settled, {missed} more depend");
    assert!(depends * 4 > cases && settled * 10 > cases, "{depends} depend, {settled} are settled");
    assert!(missed * 20 <= cases, "{missed} that depend are not proved to");
}

/// Statements about many keys: random ones, or ones that together cover every combination, or all but a few.
fn of_many_keys(keys: usize, choices: &mut Choices) -> Value {
    const CONDITIONS: [(&str, &str); 5] = [
        ("StringEquals", "red"),
        ("StringNotEquals", "red"),
        ("StringEqualsIfExists", "red"),
        ("Null", "true"),
        ("Null", "false"),
    ];
    let statement = |effect: &str, of_keys: &[(usize, (&str, &str))]| {
        let mut conditions = json!({});
        for (key, (operator, value)) in of_keys {
            conditions[operator][format!("aws:PrincipalTag/{key}")] = json!(value);
        }
        json!({ "Effect": effect, "Action": "s3:*", "Resource": "*", "Condition": conditions })
    };
    let mut statements = Vec::new();
    if choices.percent(40) {
        for _ in 0..4 {
            let asked: Vec<usize> = (0..keys).filter(|_| choices.percent(70)).collect();
            let asked: Vec<_> = asked.into_iter().map(|key| (key, *choices.pick(&CONDITIONS))).collect();
            statements.push(statement(if choices.percent(35) { "Deny" } else { "Allow" }, &asked));
        }
    } else {
        let effect = *choices.pick(&["Allow", "Deny"]);
        let left_out = choices.below(2 * keys);
        if effect == "Deny" {
            statements.push(statement("Allow", &[]));
        }
        let all: Vec<_> = (0..keys).map(|key| (key, CONDITIONS[0])).collect();
        statements.push(statement(effect, &all));
        let others = (0..keys).filter(|key| *key != left_out);
        statements.extend(others.map(|key| statement(effect, &[(key, CONDITIONS[1])])));
    }
    json!({ "Version": "2012-10-17", "Statement": statements })
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}
