//! Each item of the trace has its place in its document: a statement, an element, a value. What stands there is what the
//! item says of itself.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "test code")]

use admittance::explain::{Explanation, ExplanationLine};
use admittance::scenario::{Policies, PolicySource, Scenario, StatementResult, TextRange};
use admittance_tests::{cases, generate};
use serde_json::Value;

/// The document that stands at a place such as `policies.identity[0]`.
fn document<'p>(policies: &'p Policies, location: &str) -> &'p str {
    let (name, rest) = location.trim_start_matches("policies.").split_once('[').unwrap_or((location, ""));
    let mut numbers = rest.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<usize>().ok());
    let mut number = || numbers.next().expect("a number");
    let source: Option<&PolicySource> = match name.trim_start_matches("policies.") {
        "identity" => policies.identity.get(number()),
        "resource" => policies.resource.get(number()),
        "session" => policies.session.get(number()),
        "serviceControl" => policies.service_control.as_ref().expect(location)[number()].policies.get(number()),
        "resourceControl" => policies.resource_control.as_ref().expect(location)[number()].policies.get(number()),
        "permissionsBoundary" => policies.permissions_boundary.as_ref(),
        "vpcEndpoint" => policies.vpc_endpoint.as_ref(),
        "accessPoint" => policies.access_point.as_ref(),
        other => panic!("{other} in {location}"),
    };
    &source.expect(location).document
}

/// The text of a range; its lines and columns have to say the same as its offsets.
fn text(document: &[u16], range: &TextRange) -> String {
    for position in [range.start, range.end] {
        let before = String::from_utf16(&document[..position.offset as usize]).expect("whole characters");
        let line = before.rsplit('\n').next().expect("a line");
        let place = (before.matches('\n').count() + 1, line.encode_utf16().count() + 1);
        assert_eq!((position.line as usize, position.column as usize), place);
    }
    String::from_utf16(&document[range.start.offset as usize..range.end.offset as usize]).expect("whole characters")
}

fn is_inside(inner: &TextRange, outer: &TextRange) -> bool {
    outer.start.offset <= inner.start.offset && inner.end.offset <= outer.end.offset
}

/// A value as the trace writes it: strings decoded, numbers and booleans as they stand.
fn plain(text: &str) -> String {
    match serde_json::from_str(text) {
        Ok(Value::String(text)) => text,
        Ok(Value::Number(_) | Value::Bool(_)) => text.to_owned(),
        other => panic!("{other:?} is no value: {text}"),
    }
}

/// Checks one statement of the trace; gives the number of items in it.
fn check(statement: &StatementResult, document: &str) -> usize {
    let parsed: Value = serde_json::from_str(document).expect("JSON");
    let units: Vec<u16> = document.encode_utf16().collect();
    let written = match &parsed["Statement"] {
        Value::Array(statements) => &statements[statement.index],
        single => single,
    };
    let here: Value = serde_json::from_str(&text(&units, &statement.range)).expect("a statement");
    assert_eq!(&here, written);
    assert_eq!(here["Effect"], *statement.effect);
    assert_eq!(here.get("Sid").and_then(Value::as_str), statement.sid.as_deref());
    let mut items = 1;
    for element in &statement.elements {
        let at = text(&units, &element.range);
        assert!(is_inside(&element.range, &statement.range), "{at}");
        // A value that matches speaks for the element.
        let deciding = element.values.iter().find(|value| value.matched && element.range == value.range);
        match (&element.operator, &element.key, deciding) {
            (Some(operator), Some(key), None) => {
                let clause: Value = serde_json::from_str(&format!("{{{at}}}")).expect("a key with its values");
                assert_eq!(here["Condition"][operator][key], clause[key]);
            }
            (Some(_), Some(_), Some(_)) => {}
            (_, _, None) => assert_eq!(plain(&at), element.element),
            (_, _, Some(value)) => assert_eq!(plain(&at), value.text),
        }
        items += 1 + element.values.len();
        for value in &element.values {
            assert!(is_inside(&value.range, &statement.range), "{}", value.text);
            assert_eq!(plain(&text(&units, &value.range)), value.text);
        }
        let listed = match (&element.operator, &element.key) {
            (Some(operator), Some(key)) => &here["Condition"][operator][key],
            _ => &here[&element.element],
        };
        // All of them; only the kinds of principals may stand in any order.
        let (mut traced, mut written): (Vec<String>, _) =
            (element.values.iter().map(|value| value.text.clone()).collect(), scalars(listed));
        if element.element.ends_with("Principal") {
            traced.sort();
            written.sort();
        }
        assert_eq!(traced, written);
    }
    items
}

fn scalars(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(scalars).collect(),
        Value::Object(members) => members.values().flat_map(scalars).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

/// Checks the traces of a scenario; gives the number of items in them.
fn check_traces(scenario: &Scenario) -> usize {
    let outcome = scenario.evaluate();
    let statements = outcome.results.iter().flat_map(|result| &result.statements);
    statements.map(|statement| check(statement, document(&scenario.policies, &statement.policy))).sum()
}

/// Checks the explanations of a scenario; gives the number of links in them.
fn check_explanations(scenario: &Scenario) -> usize {
    let explanations = (0..scenario.requests.len()).filter_map(|request| scenario.explain(request));
    let count = |explanation: Explanation| {
        let lines = explanation.gates.iter().chain(&explanation.closest);
        lines.map(|line| links(line, scenario)).sum::<usize>()
    };
    explanations.map(count).sum()
}

/// Every link of an explanation leads to a whole JSON value, or a key with its value.
fn links(line: &ExplanationLine, scenario: &Scenario) -> usize {
    let mut items = 0;
    if let Some((link, range)) = line.link.as_ref().and_then(|link| Some((link, link.range.as_ref()?))) {
        let units: Vec<u16> = document(&scenario.policies, &link.location).encode_utf16().collect();
        let there = text(&units, range);
        let is_json = |text: &str| serde_json::from_str::<Value>(text).is_ok();
        assert!(is_json(&there) || is_json(&format!("{{{there}}}")), "{}: {there}", line.text);
        items += 1;
    }
    items + line.children.iter().map(|child| links(child, scenario)).sum::<usize>()
}

#[test]
fn places_of_random_policies() {
    let (mut items, mut found) = (0, 0);
    for seed in 0..1_500 {
        let scenario = generate::with_requests(seed, 2);
        let text = if seed % 2 == 0 { scenario.to_string() } else { format!("{scenario:#}") };
        let (scenario, _) = Scenario::parse(&text);
        items += check_traces(&scenario);
        if seed % 15 == 0 {
            found += check_explanations(&scenario);
        }
    }
    assert!(items > 20_000 && found > 200, "{items} items, {found} links");
}

#[test]
fn places_of_the_corpus() {
    let (mut items, mut found) = (0, 0);
    for case in cases::corpus().expect("the corpus").iter().filter(|case| case.request == 0) {
        let (scenario, _) = Scenario::parse(&case.scenario);
        items += check_traces(&scenario);
        found += check_explanations(&scenario);
    }
    assert!(items > 5_000 && found > 1_000, "{items} items, {found} links");
}

#[test]
fn places_beside_escapes_and_values_that_are_no_strings() {
    let document = "{ \"Version\": \"2012-10-17\",\r\n\t\"Statement\": [ { \"Sid\": \"Caf\\u0065\", \"Effect\": \"Allow\",\r\n\
        \t\"Action\": [\"s3:Get\\u004fbject\", \"s3:Put*\"], \"Resource\": [\"arn:aws:s3:::é\\/x/*\", \"*\"],\r\n\
        \t\"Condition\": { \"NumericLessThan\": { \"s3:max-keys\": [5, 10] }, \"Bool\": { \"aws:SecureTransport\": true },\
        \"StringEquals\": { \"aws:username\": \"\\u00e9ÿ\" } } } ] }";
    let scenario = serde_json::json!({
        "policies": { "identity": [document] },
        "requests": [{
            "principal": "arn:aws:iam::111122223333:user/ana",
            "action": "s3:GetObject",
            "resource": "arn:aws:s3:::é/x/k",
            "context": { "s3:max-keys": "7", "aws:SecureTransport": "true", "aws:username": "éÿ" },
        }],
    });
    let (scenario, diagnostics) = Scenario::parse(&scenario.to_string());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    // The statement, five elements, and eight values.
    assert_eq!(check_traces(&scenario), 14);
    assert!(check_explanations(&scenario) > 5);
}
