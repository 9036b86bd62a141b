//! The laws of SPEC §12, over random scenarios: what must hold without knowing the right answer.
//!
//! `PROPTEST_CASES` sets the number of scenarios for each law.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "test code")]

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use admittance::scenario;
use admittance_tests::generate::{self, Choices};
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::{Map, Value, json};

/// What a law says about one scenario.
enum Verdict {
    Holds,
    /// The law does not speak of this scenario.
    Silent,
    Broken(String),
}

use Verdict::{Broken, Holds, Silent};

/// Checks a law on random scenarios, and that it speaks of at least so many of a hundred.
fn law(at_least: u32, check: fn(&Value, &mut Choices) -> Verdict) {
    let mut config = Config { failure_persistence: None, ..Config::default() };
    config.cases = config.cases.max(500);
    let cases = config.cases;
    let spoken = Cell::new(0);
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&any::<u64>(), |seed| {
        let scenario = generate::scenario(seed);
        let apply = |scenario: &Value| check(scenario, &mut Choices::new(!seed));
        match apply(&scenario) {
            Holds => spoken.set(spoken.get() + 1),
            Silent => {}
            Broken(_) => {
                let broken = |candidate: &Value| {
                    catch_unwind(AssertUnwindSafe(|| matches!(apply(candidate), Broken(_)))).unwrap_or(false)
                };
                let smallest = generate::minimize(&scenario, broken);
                let Broken(problem) = apply(&smallest) else { unreachable!("it was broken a moment ago") };
                return Err(TestCaseError::fail(format!("{problem}\nscenario: {smallest:#}")));
            }
        }
        Ok(())
    });
    if let Err(problem) = outcome {
        panic!("{problem}");
    }
    assert!(spoken.get() * 100 >= at_least * cases, "the law spoke of {} of {cases} scenarios only", spoken.get());
}

/// The decision and the gate on the first request, or why the input is refused.
fn decide(scenario: &Value) -> Result<(String, String), String> {
    decide_text(&scenario.to_string())
}

fn decide_text(text: &str) -> Result<(String, String), String> {
    let outcome = scenario::run(text);
    match outcome.results.first() {
        Some(result) if outcome.valid => Ok((result.decision.clone(), result.decided_by.clone())),
        _ => Err(format!("refused: {:?}", outcome.diagnostics)),
    }
}

fn allowed(scenario: &Value) -> Result<bool, String> {
    Ok(decide(scenario)?.0 == "Allow")
}

/// The changed scenario must come to the same decision by the same gate.
fn unchanged(scenario: &Value, changed: &Value) -> Verdict {
    match (decide(scenario), decide(changed)) {
        (Err(_), _) => Silent,
        (before, after) if before == after => Holds,
        (before, after) => Broken(format!("{before:?} became {after:?} under {changed:#}")),
    }
}

/// If the scenario is denied, the changed one must be denied too.
fn stays_denied(scenario: &Value, changed: &Value) -> Verdict {
    match (allowed(scenario), allowed(changed)) {
        (Err(_) | Ok(true), _) => Silent,
        (Ok(false), Ok(false)) => Holds,
        (Ok(false), after) => Broken(format!("a deny became {after:?} under {changed:#}")),
    }
}

/// If the scenario is allowed, the changed one must be allowed too.
fn stays_allowed(scenario: &Value, changed: &Value) -> Verdict {
    match (allowed(scenario), allowed(changed)) {
        (Err(_) | Ok(false), _) => Silent,
        (Ok(true), Ok(true)) => Holds,
        (Ok(true), after) => Broken(format!("Allow became {after:?} under {changed:#}")),
    }
}

fn kind(scenario: &Value) -> &'static str {
    let principal = &scenario["requests"][0]["principal"];
    let arn = principal.as_str().or(principal["arn"].as_str()).unwrap_or_default();
    let kinds = [
        (":user/", "user"),
        (":root", "root"),
        ("federated-user/", "federated"),
        ("assumed-role/", "session"),
        (":role/", "session"),
        ("oidc-provider/", "oidc"),
    ];
    kinds.iter().find(|(part, _)| arn.contains(part)).map_or("external", |(_, kind)| kind)
}

fn is_iam(scenario: &Value) -> bool {
    matches!(kind(scenario), "user" | "session" | "federated")
}

fn same_account(scenario: &Value) -> bool {
    let principal = &scenario["requests"][0]["principal"];
    let arn = principal.as_str().or(principal["arn"].as_str()).unwrap_or_default();
    arn.split(':').nth(4) == Some(generate::OWNER)
}

/// Whether the caller's credentials alone settled it: GetCallerIdentity and GetSessionToken need no permission, which
/// no Deny takes away, and some credentials cannot call IAM or STS, whatever policies say (SPEC R-13, D-24, D-25).
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
fn settled_by_credentials(scenario: &Value, (_, decided_by): &(String, String)) -> bool {
    let action = scenario["requests"][0]["action"].as_str().unwrap_or_default();
    decided_by == "exempt" && generate::CREDENTIAL_ACTIONS.contains(&action)
}

/// The paths of every document, as JSON pointers, with the policy type's name.
fn documents(scenario: &Value) -> Vec<(&'static str, String)> {
    let policies = &scenario["policies"];
    let mut found = Vec::new();
    for key in ["identity", "resource", "session"] {
        for index in 0..policies[key].as_array().map_or(0, Vec::len) {
            let path = format!("/policies/{key}/{index}");
            let wrapped = scenario.pointer(&path).is_some_and(|policy| policy.get("document").is_some());
            found.push((key, if wrapped { format!("{path}/document") } else { path }));
        }
    }
    for key in ["permissionsBoundary", "vpcEndpoint"] {
        if policies.get(key).is_some() {
            found.push((key, format!("/policies/{key}")));
        }
    }
    for key in ["serviceControl", "resourceControl"] {
        for (level, value) in policies[key].as_array().into_iter().flatten().enumerate() {
            for index in 0..value["policies"].as_array().map_or(0, Vec::len) {
                found.push((key, format!("/policies/{key}/{level}/policies/{index}")));
            }
        }
    }
    found
}

/// The statements of the document at the path, to change.
fn statements<'a>(scenario: &'a mut Value, path: &str) -> &'a mut Vec<Value> {
    let statement = &mut scenario.pointer_mut(path).expect("a document")["Statement"];
    if !statement.is_array() {
        *statement = json!([statement.take()]);
    }
    statement.as_array_mut().expect("a list")
}

/// Applies the change to every statement of every document.
fn each_statement(scenario: &mut Value, mut change: impl FnMut(&'static str, &mut Value)) {
    for (policy_type, path) in documents(scenario) {
        match &mut scenario.pointer_mut(&path).expect("a document")["Statement"] {
            Value::Array(list) => list.iter_mut().for_each(|statement| change(policy_type, statement)),
            single => change(policy_type, single),
        }
    }
}

/// A statement for everything, in the shape that the document's type asks for.
fn everything(scenario: &Value, path: &str, policy_type: &str, effect: &str) -> Value {
    let action = scenario["requests"][0]["action"].as_str().unwrap_or_default();
    let service = action.split(':').next().unwrap_or_default();
    let mut statement = json!({ "Effect": effect, "Action": format!("{service}:*") });
    let trust = scenario.pointer(path.trim_end_matches("/document")).is_some_and(|p| p["kind"] == "role-trust");
    if !trust {
        statement["Resource"] = json!("*");
    }
    if ["resource", "vpcEndpoint", "resourceControl"].contains(&policy_type) {
        statement["Principal"] = if trust { json!({ "AWS": "*" }) } else { json!("*") };
    }
    statement
}

/// Removes a random statement of the effect from a random document of the types.
fn without_a_statement(scenario: &Value, c: &mut Choices, effect: &str, types: &[&str]) -> Option<Value> {
    let mut changed = scenario.clone();
    let mut candidates = Vec::new();
    for (policy_type, path) in documents(scenario) {
        if types.contains(&policy_type) {
            for (index, statement) in statements(&mut changed, &path).iter().enumerate() {
                if statement["Effect"] == effect {
                    candidates.push((path.clone(), index));
                }
            }
        }
    }
    if candidates.is_empty() {
        return None;
    }
    let (path, index) = c.pick(&candidates);
    statements(&mut changed, path).remove(*index);
    Some(changed)
}

#[test]
fn law_01_an_added_deny_never_allows() {
    law(90, |scenario, c| {
        let documents = documents(scenario);
        if documents.is_empty() {
            return Silent;
        }
        let (policy_type, path) = c.pick(&documents).clone();
        let deny = everything(scenario, &path, policy_type, "Deny");
        let mut changed = scenario.clone();
        let list = statements(&mut changed, &path);
        list.insert(c.below(list.len() + 1), deny);
        // SCPs and RCPs have callers and resources that they do not bind; D-13 frees the bucket owner's root user.
        let owners_root = kind(scenario) == "root" && scenario["requests"][0]["action"] == "s3:PutBucketPolicy";
        // Trust and key policies are about the use of their own resource (SPEC 5.7, K-01).
        let action = scenario["requests"][0]["action"].as_str().unwrap_or_default();
        let beside = path.ends_with("/document") && generate::CREDENTIAL_ACTIONS.contains(&action);
        let binds = !(policy_type.ends_with("Control") || owners_root && policy_type == "resource" || beside);
        match (decide(scenario), decide(&changed)) {
            (Err(_), _) => Silent,
            (_, Ok((decision, _))) if decision == "ExplicitDeny" => Holds,
            (Ok(before), Ok(after)) if settled_by_credentials(scenario, &before) && before == after => Holds,
            (Ok(before), Ok(after)) if !binds && before == after => Holds,
            (before, after) => Broken(format!("{before:?} became {after:?} with a Deny at {path}: {changed:#}")),
        }
    });
}

const LIMITING: &[&str] = &["permissionsBoundary", "session", "serviceControl", "resourceControl", "vpcEndpoint"];

#[test]
fn law_02_a_removed_limit_allow_never_allows() {
    law(25, |scenario, c| {
        without_a_statement(scenario, c, "Allow", LIMITING).map_or(Silent, |changed| stays_denied(scenario, &changed))
    });
}

#[test]
fn law_03_an_added_limit_or_a_removed_grant_never_allows() {
    law(40, |scenario, c| {
        let limit = json!({ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow",
            "Action": c.pick(&["*", "s3:*", "s3:Get*", "sqs:*", "kms:Decrypt", "sts:AssumeRole"]),
            "Resource": "*",
        }] });
        let mut changed = scenario.clone();
        let policies = &mut changed["policies"];
        match c.below(5) {
            0 if is_iam(scenario) && policies.get("permissionsBoundary").is_none() => {
                policies["permissionsBoundary"] = limit;
            }
            1 if kind(scenario) == "session" && policies.get("session").is_none() => {
                policies["session"] = json!([limit]);
            }
            2 => match &mut policies["serviceControl"] {
                Value::Array(levels) => levels.push(json!({ "policies": [limit] })),
                absent => *absent = json!([{ "policies": [limit] }]),
            },
            3 if policies.get("vpcEndpoint").is_none() => {
                policies["vpcEndpoint"] = limit;
                policies["vpcEndpoint"]["Statement"][0]["Principal"] = json!("*");
            }
            _ => match without_a_statement(scenario, c, "Allow", &["identity", "resource"]) {
                Some(fewer) => changed = fewer,
                None => return Silent,
            },
        }
        stays_denied(scenario, &changed)
    });
}

/// Writes JSON with the members of every object in a random order.
fn shuffled_text(value: &Value, c: &mut Choices) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            c.shuffle(&mut members);
            let members: Vec<String> =
                members.iter().map(|(key, member)| format!("{}:{}", json!(key), shuffled_text(member, c))).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(elements) => {
            format!("[{}]", elements.iter().map(|element| shuffled_text(element, c)).collect::<Vec<_>>().join(","))
        }
        scalar => scalar.to_string(),
    }
}

fn shuffle_lists(value: &mut Value, c: &mut Choices) {
    match value {
        Value::Array(elements) => {
            c.shuffle(elements);
            elements.iter_mut().for_each(|element| shuffle_lists(element, c));
        }
        Value::Object(members) => {
            for (key, member) in members {
                // The levels of an organization are a path, root first.
                if key.ends_with("Control") {
                    for level in member.as_array_mut().into_iter().flatten() {
                        shuffle_lists(level, c);
                    }
                } else {
                    shuffle_lists(member, c);
                }
            }
        }
        _ => {}
    }
}

#[test]
fn law_04_order_plays_no_part() {
    law(95, |scenario, c| {
        let mut changed = scenario.clone();
        shuffle_lists(&mut changed["policies"], c);
        shuffle_lists(&mut changed["requests"][0]["context"], c);
        let text = shuffled_text(&changed, c);
        match (decide(scenario), decide_text(&text)) {
            (Err(_), _) => Silent,
            (before, after) if before == after => Holds,
            (before, after) => Broken(format!("{before:?} became {after:?} under {text}")),
        }
    });
}

/// Turns a scalar into a list of one, or such a list into a scalar.
fn toggle_list(value: &mut Value) {
    *value = match value.take() {
        Value::Array(list) if list.len() == 1 => list[0].clone(),
        list @ Value::Array(_) => list,
        scalar => json!([scalar]),
    };
}

#[test]
fn law_05_a_scalar_is_a_list_of_one() {
    law(95, |scenario, c| {
        let mut changed = scenario.clone();
        each_statement(&mut changed, |_, statement| {
            for (element, value) in statement.as_object_mut().expect("a statement") {
                match element.as_str() {
                    "Action" | "NotAction" | "Resource" | "NotResource" if c.percent(60) => toggle_list(value),
                    "Principal" | "NotPrincipal" => {
                        value.as_object_mut().into_iter().flatten().for_each(|(_, names)| toggle_list(names));
                    }
                    "Condition" => {
                        let keys = value.as_object_mut().into_iter().flatten();
                        let keys = keys.flat_map(|(_, keys)| keys.as_object_mut().into_iter().flatten());
                        keys.for_each(|(_, values)| toggle_list(values));
                    }
                    _ => {}
                }
            }
        });
        for (_, path) in documents(scenario) {
            toggle_list(&mut changed.pointer_mut(&path).expect("a document")["Statement"]);
        }
        unchanged(scenario, &changed)
    });
}

fn swap_case(text: &str, c: &mut Choices) -> String {
    let swap =
        |letter: char| if letter.is_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
    text.chars().map(|letter| if c.percent(30) { swap(letter) } else { letter }).collect()
}

/// Changes the case of the names inside `${…}`, not that of default values.
fn swap_variables(text: &str, c: &mut Choices) -> String {
    let mut pieces = text.split("${");
    let mut changed = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find([',', '}']).unwrap_or(piece.len());
        changed.push_str("${");
        changed.push_str(&swap_case(&piece[..end], c));
        changed.push_str(&piece[end..]);
    }
    changed
}

fn each_string(value: &mut Value, change: &mut impl FnMut(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(list) => list.iter_mut().for_each(|element| each_string(element, change)),
        Value::Object(members) => members.iter_mut().for_each(|(_, member)| each_string(member, change)),
        _ => {}
    }
}

fn swap_keys(value: &mut Value, c: &mut Choices) {
    let members = value.as_object_mut().expect("an object");
    *members =
        std::mem::take(members).into_iter().map(|(key, value)| (swap_case(&key, c), value)).collect::<Map<_, _>>();
}

#[test]
fn law_06_names_are_compared_without_case() {
    law(95, |scenario, c| {
        let mut changed = scenario.clone();
        each_string(&mut changed["requests"][0]["action"], &mut |text| swap_case(text, c));
        swap_keys(&mut changed["requests"][0]["context"], c);
        for (_, path) in documents(scenario) {
            let document = changed.pointer_mut(&path).expect("a document");
            let variables = document["Version"] == "2012-10-17";
            let mut statements = match document["Statement"].take() {
                Value::Array(list) => list,
                single => vec![single],
            };
            for statement in &mut statements {
                for (element, value) in statement.as_object_mut().expect("a statement") {
                    match element.as_str() {
                        "Action" | "NotAction" => each_string(value, &mut |text| swap_case(text, c)),
                        "Resource" | "NotResource" if variables => {
                            each_string(value, &mut |text| swap_variables(text, c));
                        }
                        "Condition" => {
                            if variables {
                                each_string(value, &mut |text| swap_variables(text, c));
                            }
                            value.as_object_mut().into_iter().flatten().for_each(|(_, keys)| swap_keys(keys, c));
                        }
                        _ => {}
                    }
                }
            }
            document["Statement"] = json!(statements);
        }
        unchanged(scenario, &changed)
    });
}

/// Whether one condition holds.
fn holds(operator: &str, key: &str, policy: &Value, context: Option<&Value>) -> bool {
    let scenario = json!({
        "policies": { "identity": [{ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": { operator: { key: policy } },
        }] }] },
        "requests": [{
            "principal": "arn:aws:iam::111122223333:user/ana",
            "action": "s3:GetObject",
            "resource": "arn:aws:s3:::data/x",
            "resourceAccount": "111122223333",
            "context": { key: context },
        }],
    });
    allowed(&scenario).expect("a valid condition")
}

#[test]
fn law_07_a_negated_operator_is_the_negation() {
    law(100, |_, c| {
        let single = generate::comparison(c, false);
        let family = ["String", "Numeric", "Date", "Arn"].iter().find(|family| single.operator.starts_with(**family));
        let negate = |operator: &str| match family {
            Some(family) => operator.replacen(family, &format!("{family}Not"), 1),
            None => format!("Not{operator}"),
        };
        // Of the relations only equality has a negated form.
        if ["Less", "Greater"].iter().any(|relation| single.operator.contains(relation)) {
            return Holds;
        }
        let (operator, key, policy) = (&single.operator, &single.key, &single.policy);
        let not = negate(operator);
        if holds(operator, key, policy, Some(&single.context)) == holds(&not, key, policy, Some(&single.context)) {
            return Broken(format!("{operator} and {not}: {key}, {policy}, {}", single.context));
        }
        if holds(operator, key, policy, None) || !holds(&not, key, policy, None) {
            return Broken(format!("{operator} and {not} without {key}"));
        }
        let mut set = generate::comparison(c, true);
        while set.operator != *operator {
            set = generate::comparison(c, true);
        }
        let (key, policy) = (&set.key, &set.policy);
        for (one, other) in [("ForAllValues:", "ForAnyValue:"), ("ForAnyValue:", "ForAllValues:")] {
            let negated = holds(&format!("{one}{not}"), key, policy, Some(&set.context));
            if negated == holds(&format!("{other}{operator}"), key, policy, Some(&set.context)) {
                return Broken(format!("{one}{not} and {other}{operator}: {key}, {policy}, {}", set.context));
            }
        }
        Holds
    });
}

#[test]
fn law_08_if_exists_is_null_or_the_operator() {
    law(100, |_, c| {
        let multivalued = c.percent(50);
        let comparison = generate::comparison(c, multivalued);
        let prefix = if multivalued { *c.pick(&["ForAllValues:", "ForAnyValue:"]) } else { "" };
        let operator = format!("{prefix}{}", comparison.operator);
        let context = Some(&comparison.context).filter(|_| c.percent(80));
        let (key, policy) = (&comparison.key, &comparison.policy);
        let if_exists = holds(&format!("{operator}IfExists"), key, policy, context);
        let either = holds("Null", key, &json!("true"), context) || holds(&operator, key, policy, context);
        if if_exists == either { Holds } else { Broken(format!("{operator}: {key}, {policy}, {context:?}")) }
    });
}

#[test]
fn law_09_all_and_any_agree_on_one_value() {
    law(60, |_, c| {
        let comparison = generate::comparison(c, false);
        if comparison.context == "" {
            return Silent;
        }
        let (key, policy, one) = (&comparison.key, &comparison.policy, json!([comparison.context]));
        let [all, any] = ["ForAllValues:", "ForAnyValue:"]
            .map(|set| holds(&format!("{set}{}", comparison.operator), key, policy, Some(&one)));
        if all == any { Holds } else { Broken(format!("{}: {key}, {policy}, {one}", comparison.operator)) }
    });
}

#[test]
fn law_10_without_variables_the_version_plays_no_part() {
    law(95, |scenario, c| {
        let mut changed = scenario.clone();
        for (policy_type, path) in documents(scenario) {
            let document = changed.pointer_mut(&path).expect("a document");
            if policy_type != "resourceControl" && !document.to_string().contains("${") {
                document["Version"] = json!(c.pick(&["2008-10-17", "2012-10-17"]));
            }
        }
        unchanged(scenario, &changed)
    });
}

#[test]
fn law_11_a_star_matches_what_anything_matches() {
    law(30, |scenario, c| {
        let mut allow_more = scenario.clone();
        let mut deny_more = scenario.clone();
        let widen = |policy_type: &str, statement: &mut Value, c: &mut Choices| {
            let statement = statement.as_object_mut().expect("a statement");
            for (element, not) in [("Action", "NotAction"), ("Resource", "NotResource")] {
                let there = statement.contains_key(element) || statement.contains_key(not);
                let possible = element == "Resource" || policy_type != "resourceControl";
                if there && possible && c.percent(60) {
                    statement.remove(not);
                    statement.insert(element.to_owned(), json!("*"));
                }
            }
        };
        each_statement(&mut allow_more, |policy_type, statement| {
            if statement["Effect"] == "Allow" {
                widen(policy_type, statement, c);
            }
        });
        each_statement(&mut deny_more, |policy_type, statement| {
            if statement["Effect"] == "Deny" {
                widen(policy_type, statement, c);
            }
        });
        match (stays_allowed(scenario, &allow_more), stays_denied(scenario, &deny_more)) {
            (Broken(problem), _) | (_, Broken(problem)) => Broken(problem),
            (Silent, Silent) => Silent,
            _ => Holds,
        }
    });
}

#[test]
fn law_12_several_resources_need_every_one() {
    law(95, |scenario, c| {
        let pool: &[&str] = match scenario["requests"][0]["action"].as_str().unwrap_or_default() {
            action if action.starts_with("s3:") => {
                &["arn:aws:s3:::data/ana/a", "arn:aws:s3:::data/x", "arn:aws:s3:::logs/x"]
            }
            action if action.starts_with("sqs:") => {
                &["arn:aws:sqs:eu-west-1:111122223333:orders", "arn:aws:sqs:eu-west-1:111122223333:blue-jobs"]
            }
            _ => match scenario["requests"][0]["resource"].as_str() {
                Some(resource) => &[resource],
                None => return Silent,
            },
        };
        let resources: Vec<&str> = (0..1 + c.below(3)).map(|_| *c.pick(pool)).collect();
        let with = |resource: Value| {
            let mut changed = scenario.clone();
            changed["requests"][0]["resource"] = resource;
            allowed(&changed)
        };
        let together = with(json!(resources));
        let each: Result<Vec<bool>, String> = resources.iter().map(|resource| with(json!(resource))).collect();
        match (together, each) {
            (Ok(together), Ok(each)) if together == each.iter().all(|allowed| *allowed) => Holds,
            (Err(_), Err(_)) => Silent,
            (together, each) => Broken(format!("{resources:?}: {together:?} together, {each:?} each")),
        }
    });
}

#[test]
fn law_13_scps_do_not_bind_the_exempt() {
    law(70, |scenario, c| {
        if !is_iam(scenario) && kind(scenario) != "root" {
            return Silent;
        }
        let mut exempt = scenario.clone();
        let principal = &mut exempt["requests"][0]["principal"];
        if principal.is_string() {
            *principal = json!({ "arn": principal.take() });
        }
        let flag =
            if kind(scenario) == "session" && c.percent(50) { "serviceLinkedRole" } else { "inManagementAccount" };
        principal[flag] = json!(true);
        let mut without = exempt.clone();
        without["policies"].as_object_mut().expect("policies").remove("serviceControl");
        let mut denying = exempt.clone();
        denying["policies"]["serviceControl"] = json!([{ "policies": [
            { "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "*", "Resource": "*" }] },
        ] }]);
        match unchanged(&exempt, &without) {
            Holds => unchanged(&exempt, &denying),
            other => other,
        }
    });
}

#[test]
fn law_14_cross_account_needs_both_sides() {
    law(5, |scenario, _| {
        let granted = scenario["requests"][0]["kmsGrantAllows"] == true;
        if same_account(scenario) || !is_iam(scenario) || granted {
            return Silent;
        }
        // So that the law speaks more often, both sides get one more grant.
        let mut scenario = scenario.clone();
        for side in ["identity", "resource"] {
            let documents = documents(&scenario);
            let Some((_, path)) = documents.iter().find(|(policy_type, _)| *policy_type == side) else { continue };
            let grant = everything(&scenario, path, side, "Allow");
            statements(&mut scenario, path).push(grant);
        }
        match decide(&scenario) {
            Ok(outcome) if outcome.0 == "Allow" && !settled_by_credentials(&scenario, &outcome) => {}
            _ => return Silent,
        }
        for side in ["identity", "resource"] {
            let mut changed = scenario.clone();
            changed["policies"].as_object_mut().expect("policies").remove(side);
            if allowed(&changed) != Ok(false) {
                return Broken(format!("without {side}: {:?}", decide(&changed)));
            }
        }
        Holds
    });
}

#[test]
fn law_15_a_direct_grant_is_not_limited() {
    law(8, |scenario, _| {
        let denies_by_name = scenario["policies"].to_string().contains("NotPrincipal");
        if !same_account(scenario) || !is_iam(scenario) || denies_by_name {
            return Silent;
        }
        let documents = documents(scenario);
        let Some((_, path)) = documents.iter().find(|(policy_type, _)| *policy_type == "resource") else {
            return Silent;
        };
        let principal = &scenario["requests"][0]["principal"];
        let arn = principal.as_str().or(principal["arn"].as_str()).unwrap_or_default();
        let session = principal["sessionName"].as_str();
        let arn = session.map_or(arn.to_owned(), |session| {
            format!("arn:aws:sts::{}:assumed-role/Worker/{session}", generate::OWNER)
        });
        let mut direct = scenario.clone();
        let mut grant = everything(scenario, path, "resource", "Allow");
        grant["Principal"] = json!({ "AWS": arn });
        statements(&mut direct, path).push(grant);
        let mut bounded = direct.clone();
        let nothing = json!({ "Version": "2012-10-17", "Statement": [] });
        bounded["policies"]["permissionsBoundary"] = nothing.clone();
        if kind(scenario) != "user" {
            bounded["policies"]["session"] = json!([nothing]);
        }
        stays_allowed(&direct, &bounded)
    });
}

#[test]
fn law_16_only_mentioned_keys_matter() {
    law(90, |scenario, _| {
        let mentioned = scenario["policies"].to_string().to_lowercase();
        let Some(context) = scenario["requests"][0]["context"].as_object() else { return Silent };
        let action = scenario["requests"][0]["action"].as_str().unwrap_or_default();
        for key in context.keys().filter(|key| !mentioned.contains(&key.to_lowercase())) {
            // passing session tags is an action of its own.
            let tag = key.to_lowercase().starts_with("aws:requesttag/") || key.eq_ignore_ascii_case("aws:TagKeys");
            if tag && action.starts_with("sts:AssumeRole") {
                continue;
            }
            let mut changed = scenario.clone();
            changed["requests"][0]["context"].as_object_mut().expect("a context").remove(key);
            if let broken @ Broken(_) = unchanged(scenario, &changed) {
                return broken;
            }
        }
        Holds
    });
}

#[test]
fn every_decision_has_its_share() {
    let mut counts = [0; 3];
    for seed in 0..2_000 {
        let (decision, _) = decide(&generate::scenario(seed)).expect("random scenarios are valid");
        counts[["Allow", "ExplicitDeny", "ImplicitDeny"]
            .iter()
            .position(|name| *name == decision)
            .expect("a decision")] += 1;
    }
    assert!(counts.iter().all(|count| *count > 300), "{counts:?}");
}
