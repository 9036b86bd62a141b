//! The law of unknown keys: the three-valued answer agrees with every two-valued completion (SPEC 4.8).
//!
//! Random scenarios lose some of their context to "unknown"; then every key that was made unknown is
//! given values from the policies' own vocabulary, and the decision is compared with the answer.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use admittance::scenario;
use admittance_tests::generate::{self, Choices};
use serde_json::{Map, Value, json};

const SCENARIOS: u64 = 1_200;

/// The condition keys that the scenario's policies and context name.
fn keys(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, below) in object {
                if name == "Condition" {
                    let operators = below.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_object);
                    found.extend(operators.flat_map(|keys| keys.keys().cloned()));
                }
                keys(below, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        Value::String(text) => found.extend(text.split("${").skip(1).filter_map(|rest| {
            let key = rest.split(['}', ',']).next()?;
            key.contains(':').then(|| key.to_owned())
        })),
        _ => {}
    }
    found.sort_by_key(|key| key.to_lowercase());
    found.dedup_by_key(|key| key.to_lowercase());
}

/// The values that conditions on any key name.
fn values(value: &Value, inside: bool, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(name, below)| values(below, inside || name == "Condition", found))
        }
        Value::Array(items) => items.iter().for_each(|item| values(item, inside, found)),
        Value::String(text) if inside => found.push(text.replace(['*', '?'], "z")),
        _ => {}
    }
}

/// Whether a set operator asks for the key.
fn multivalued(value: &Value, key: &str) -> bool {
    match value {
        Value::Object(object) => object.iter().any(|(name, below)| {
            let asks = |keys: &Map<String, Value>| keys.keys().any(|known| known.eq_ignore_ascii_case(key));
            name.starts_with("ForA") && below.as_object().is_some_and(asks) || multivalued(below, key)
        }),
        Value::Array(items) => items.iter().any(|item| multivalued(item, key)),
        _ => false,
    }
}

/// The scenario with its first request's context changed.
fn with_context(scenario: &Value, change: impl FnOnce(&mut Map<String, Value>)) -> Value {
    let mut scenario = scenario.clone();
    let request = scenario["requests"][0].as_object_mut().unwrap();
    request.remove("expect");
    let context = request.entry("context").or_insert_with(|| json!({})).as_object_mut().unwrap();
    change(context);
    scenario
}

fn decide(scenario: &Value) -> Option<(String, Value)> {
    let result = scenario::run(&scenario.to_string());
    let result = result.valid.then(|| serde_json::to_value(&result.results[0]).unwrap())?;
    Some((result["decision"].as_str()?.to_owned(), result))
}

fn set(context: &mut Map<String, Value>, key: &str, value: Value) {
    context.retain(|known, _| !known.eq_ignore_ascii_case(key));
    context.insert(key.to_owned(), value);
}

/// A statement is open exactly if some element is and none fails; nothing is open in a settled answer, and nothing
/// has decided in an open one.
fn open_where_they_depend(result: &Value, seed: u64) {
    let whole = std::iter::once(result);
    for answer in whole.chain(result["resources"].as_array().into_iter().flatten()) {
        assert_eq!(answer["decidedBy"] == "", answer["decision"] == "Depends", "seed {seed}: {answer:#}");
    }
    let is = |part: &Value, name: &str| part[name].as_bool().unwrap_or(false);
    for statement in result["statements"].as_array().unwrap() {
        let elements = statement["elements"].as_array().unwrap();
        let open = elements.iter().any(|element| is(element, "unknown"));
        let fails = elements.iter().any(|element| !is(element, "matched") && !is(element, "unknown"));
        if is(statement, "unknown") {
            assert!(open && !fails && !is(statement, "applies"), "seed {seed}: {statement:#}");
            assert_eq!(result["decision"], "Depends", "seed {seed}: a settled answer has an open statement");
        }
        assert!(!elements.iter().any(|element| is(element, "matched") && is(element, "unknown")), "seed {seed}");
    }
}

#[test]
fn the_answer_agrees_with_every_completion() {
    let (mut depends, mut settled, mut unproved) = (0, 0, 0);
    for seed in 0..SCENARIOS {
        let scenario = generate::scenario(seed);
        let mut choices = Choices::new(!seed);
        let (mut names, mut texts) = (Vec::new(), Vec::new());
        keys(&scenario["policies"], &mut names);
        values(&scenario["policies"], false, &mut texts);
        texts.push("text".to_owned());
        choices.shuffle(&mut names);
        names.truncate(1 + choices.below(3));
        if names.is_empty() {
            continue;
        }
        let mut unknown = with_context(&scenario, |context| {
            context.retain(|known, _| !names.iter().any(|name| name.eq_ignore_ascii_case(known)));
        });
        unknown["requests"][0]["unknown"] = json!(names);
        let Some((answer, result)) = decide(&unknown) else { continue };

        // Each completion that the answer lists is decided as it says.
        for completion in result["depends"]["completions"].as_array().into_iter().flatten() {
            let listed = result["depends"]["keys"].as_array().unwrap();
            let completed = with_context(&unknown, |context| {
                names.iter().for_each(|name| set(context, name, Value::Null));
                for (number, (key, value)) in listed.iter().zip(completion["values"].as_array().unwrap()).enumerate() {
                    let given = match value["is"].as_str().unwrap() {
                        "absent" => Value::Null,
                        "other" => json!(format!("{}{number}", admittance::unknown::OTHER_VALUE)),
                        _ => value["values"].clone(),
                    };
                    set(context, key["key"].as_str().unwrap(), given);
                }
            });
            // Keys that do not matter may be anything, so they are absent here; a key that matters only
            // together with one of those is not decided by this completion alone.
            if listed.len() == names.len() && !completion.to_string().contains("any other value") {
                let mut completed = completed;
                completed["requests"][0].as_object_mut().unwrap().remove("unknown");
                let (decision, _) = decide(&completed).unwrap();
                assert_eq!(decision, completion["decision"], "seed {seed}: {completed:#}");
            }
        }
        open_where_they_depend(&result, seed);
        if answer == "Depends" {
            depends += 1;
            let completions = result["depends"]["completions"].as_array().unwrap();
            let allowed = completions.iter().filter(|completion| completion["decision"] == "Allow").count();
            unproved += usize::from(completions.is_empty());
            assert!(completions.is_empty() || 0 < allowed && allowed < completions.len(), "seed {seed}");
            continue;
        }
        settled += 1;
        // A settled answer holds for every completion: try the policies' own values and others.
        for _ in 0..12 {
            let mut completed = with_context(&unknown, |context| {
                for name in &names {
                    // A key is either single-valued or multivalued; the set operators tell which.
                    let value = match (choices.below(5), multivalued(&scenario["policies"], name)) {
                        (0, _) => Value::Null,
                        (1, false) => json!("some other value"),
                        (_, false) => json!(choices.pick(&texts).clone()),
                        (1, true) => json!(["some other value"]),
                        (2, true) => json!([choices.pick(&texts).clone()]),
                        (_, true) => json!([choices.pick(&texts).clone(), choices.pick(&texts).clone()]),
                    };
                    set(context, name, value);
                }
            });
            completed["requests"][0].as_object_mut().unwrap().remove("unknown");
            let (decision, _) = decide(&completed).unwrap();
            assert_eq!(
                decision == "Allow",
                answer == "Allow",
                "seed {seed}: answer {answer} without {names:?}, but {decision} for {completed:#}"
            );
        }
    }
    assert!(depends > 60 && settled > 300, "{depends} depend, {settled} are settled: the scenarios show too little");
    // Of several patterns on one key, or several sets, not all values are tried.
    assert!(unproved * 10 <= depends, "of {depends} that depend, {unproved} only may");
}

/// The conditions of the law below: constants, patterns that do not overlap, unknown keys compared with each other.
fn comparison(choices: &mut Choices) -> Value {
    let key = |choices: &mut Choices| format!("aws:PrincipalTag/{}", choices.pick(&["a", "b", "c"]));
    let operators = ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIfExists", "Null"];
    let operator = *choices.pick(&operators);
    let value = match choices.below(6) {
        _ if operator == "Null" => choices.pick(&["true", "false"]).to_string(),
        0 => "red".to_owned(),
        1 => "blue".to_owned(),
        2 => format!("${{{}, 'red'}}", key(choices)),
        3 if operator.contains("Like") => "re*".to_owned(),
        _ => format!("${{{}}}", key(choices)),
    };
    json!({ operator: { key(choices): value } })
}

#[test]
fn answers_on_keys_that_are_compared_with_each_other_are_those_of_all_values() {
    let (mut open, mut settled, mut unproved) = (0, 0, 0);
    for seed in 0..400 {
        let mut choices = Choices::new(seed);
        let mut document = |count: usize| -> Value {
            let statement = |choices: &mut Choices| {
                let effect = if choices.percent(30) { "Deny" } else { "Allow" };
                json!({ "Effect": effect, "Action": "s3:*", "Resource": "*", "Condition": comparison(choices) })
            };
            let statements: Vec<Value> = (0..count).map(|_| statement(&mut choices)).collect();
            json!({ "Version": "2012-10-17", "Statement": statements })
        };
        let mut policies = json!({ "identity": [document(3)] });
        if seed % 2 == 0 {
            policies["permissionsBoundary"] = document(2);
        }
        let request = json!({
            "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"
        });
        let mut unknown = request.clone();
        let names = ["aws:PrincipalTag/a", "aws:PrincipalTag/b", "aws:PrincipalTag/c"];
        // Three keys have many values together.
        let names = &names[..if seed % 10 == 0 { 3 } else { 2 }];
        unknown["unknown"] = json!(names);
        let mut requests = vec![unknown];
        // Of each class of values more than there are keys.
        let values =
            [Value::Null, json!("red"), json!("blue"), json!("rex"), json!("rey"), json!("p"), json!("q"), json!("r")];
        for combination in 0..values.len().pow(names.len() as u32) {
            let mut completed = request.clone();
            let mut rest = combination;
            for name in names {
                completed["context"][name] = values[rest % values.len()].clone();
                rest /= values.len();
            }
            requests.push(completed);
        }
        let result = scenario::run(&json!({ "policies": policies, "requests": requests }).to_string());
        assert!(result.valid, "seed {seed}: {:?}", result.diagnostics);
        let (answer, all) = result.results.split_first().unwrap();
        let allowed = all.iter().filter(|result| result.decision == "Allow").count();
        let depends = 0 < allowed && allowed < all.len();
        match &answer.depends {
            None => {
                assert!(!depends, "seed {seed}: {} although {allowed} are allowed: {policies:#}", answer.decision);
                assert_eq!(answer.decision == "Allow", allowed > 0, "seed {seed}");
                settled += 1;
            }
            Some(found) if found.completions.is_empty() => {
                assert!(!depends, "seed {seed}: no values were found, and {allowed} are allowed: {policies:#}");
                unproved += 1;
            }
            Some(_) => {
                assert!(depends, "seed {seed}: {}, and all are alike: {policies:#}", answer.reason);
                open += 1;
            }
        }
    }
    assert!(open > 100 && settled > 50, "{open} are open, {settled} settled: the scenarios show too little");
    // What a pattern and another key have in common is not tried out.
    assert!(unproved <= 10, "{unproved} are not proved");
}

#[test]
fn tag_keys_may_be_several_though_no_set_operator_compares_them() {
    // Each single value, and none, satisfies one of the two; several values satisfy neither (SPEC C-43).
    let allow = |operator: &str| {
        json!({
            "Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*",
            "Condition": { operator: { "aws:TagKeys": "owner" } }
        })
    };
    let statements = json!([allow("StringEquals"), allow("StringNotEquals")]);
    let request = json!({
        "principal": "arn:aws:iam::111122223333:user/ana", "action": "ec2:CreateTags",
        "resource": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "unknown": ["aws:TagKeys"]
    });
    let scenario = json!({
        "policies": { "identity": [{ "Version": "2012-10-17", "Statement": statements }] }, "requests": [request]
    });
    let result = scenario::run(&scenario.to_string()).results.remove(0);
    assert_eq!(result.decision, "Depends", "{}", result.reason);
    let named: Vec<&str> = result.depends.iter().flat_map(|found| &found.keys).map(|key| &*key.key).collect();
    assert_eq!(named, ["aws:TagKeys"]);
}

#[test]
fn what_is_expected_of_an_open_answer_is_compared_with_none() {
    let allow = json!({
        "Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": { "Bool": { "aws:MultiFactorAuthPresent": true } }
    });
    let scenario = json!({
        "policies": { "identity": [{ "Version": "2012-10-17", "Statement": allow }] },
        "requests": [{
            "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:ListAllMyBuckets", "resource": "*",
            "unknown": ["aws:MultiFactorAuthPresent"],
            "expect": { "decision": "Depends", "decidedBy": "identity", "statement": "#0" }
        }]
    });
    let result = scenario::run(&scenario.to_string()).results.remove(0);
    assert_eq!(result.mismatches, ["decided by: expected identity, got none", "statement: expected #0, got none"]);
}
