//! The border, as a real browser sees it.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use admittance_wasm::{constants, evaluate};
use js_sys::JsString;
use serde_json::{Value, json};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Evaluates a text and reads the result.
#[track_caller]
fn result_of(text: &str) -> Value {
    result_of_js(&JsString::from(text))
}

#[track_caller]
fn result_of_js(text: &JsString) -> Value {
    serde_json::from_str(&evaluate(text, u32::MAX)).unwrap()
}

fn scenario(document: Value, resource: &str) -> String {
    json!({
        "policies": { "identity": [document] },
        "requests": [{
            "principal": "arn:aws:iam::111122223333:user/ana",
            "action": "s3:GetObject",
            "resource": resource,
        }],
    })
    .to_string()
}

fn bucket_policy() -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [
            { "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*" },
            { "Sid": "NotSecret", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::bucket/secret/*" },
        ],
    })
}

#[wasm_bindgen_test]
fn the_engine_decides() {
    let cases = [
        ("arn:aws:s3:::bucket/report.pdf", "Allow", json!(0)),
        ("arn:aws:s3:::bucket/secret/key", "ExplicitDeny", json!(1)),
        ("arn:aws:s3:::other/report.pdf", "ImplicitDeny", Value::Null),
    ];
    for (resource, decision, statement) in cases {
        let result = result_of(&scenario(bucket_policy(), resource));
        assert_eq!(result["valid"], true, "{result}");
        assert_eq!(result["results"][0]["decision"], decision, "{resource}");
        assert_eq!(result["results"][0]["decidingStatement"], statement, "{resource}");
    }
}

#[wasm_bindgen_test]
fn bad_json_gives_a_diagnostic_at_its_place() {
    let result = result_of("{\n  \"policies\": }");
    assert_eq!(result["valid"], false);
    assert_eq!(result["results"], json!([]));
    let diagnostic = &result["diagnostics"][0];
    assert_eq!(diagnostic["location"], "");
    assert_eq!(diagnostic["severity"], "error");
    assert_eq!(diagnostic["range"]["start"], json!({ "line": 2, "column": 15, "offset": 16 }));
}

/// One UTF-16 code unit for `é`, two for `😀`: what `String.prototype.length` says.
#[wasm_bindgen_test]
fn positions_in_a_scenario_are_counted_in_utf_16() {
    for (name, units) in [("key", 3), ("clé", 3), ("ключ", 4), ("😀", 2), ("a😀é😀", 6)] {
        let text = format!(r#"{{ "name": "{name}", "policies": {{}}, "requests": 1 }}"#);
        let error = only_error(&text);
        assert_eq!(error["location"], "requests", "{name}");
        assert_range(&error, 42 + units, 1);
    }
}

/// Policies hold characters up to U+00FF, which are two bytes of UTF-8 above U+007F.
#[wasm_bindgen_test]
fn positions_in_a_policy_are_counted_in_utf_16() {
    for (name, units) in [("key", 3), ("clé", 3), ("éÿ", 2)] {
        let document = format!(
            r#"{{ "Version": "2012-10-17", "Statement": {{ "Action": "*", "Resource": "arn:aws:s3:::b/{name}", "Effect": "Maybe" }} }}"#
        );
        let error = only_error(&scenario(json!(document), "*"));
        assert_eq!(error["location"], "policies.identity[0]", "{name}");
        assert_range(&error, 98 + units, 7);
    }
}

#[track_caller]
fn only_error(text: &str) -> Value {
    let mut result = result_of(text);
    assert_eq!(result["valid"], false);
    let diagnostics = result["diagnostics"].as_array_mut().unwrap();
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    assert_eq!(diagnostics[0]["severity"], "error");
    diagnostics.remove(0)
}

/// A range in the first line of a text.
#[track_caller]
fn assert_range(diagnostic: &Value, start: usize, length: usize) {
    let position = |offset| json!({ "line": 1, "column": offset + 1, "offset": offset });
    assert_eq!(diagnostic["range"], json!({ "start": position(start), "end": position(start + length) }));
}

#[wasm_bindgen_test]
fn half_a_surrogate_pair_is_refused_at_its_place() {
    // {"name": "é😀<half>"}
    let text =
        JsString::from_char_code(&[0x7B, 0x22, 0x61, 0x22, 0x3A, 0x0A, 0x22, 0xE9, 0xD83D, 0xDE00, 0xD83D, 0x22, 0x7D]);
    let result = result_of_js(&text);
    assert_eq!(result["valid"], false);
    assert_eq!(result["diagnostics"][0]["code"], "LONE_SURROGATE");
    assert_eq!(
        result["diagnostics"][0]["range"],
        json!({
            "start": { "line": 2, "column": 5, "offset": 10 },
            "end": { "line": 2, "column": 6, "offset": 11 },
        })
    );
}

#[wasm_bindgen_test]
fn a_replacement_character_of_the_text_itself_is_no_surrogate() {
    let result = result_of(&scenario(bucket_policy(), "arn:aws:s3:::bucket/\u{FFFD}"));
    assert_eq!(result["results"][0]["decision"], "Allow", "{result}");
}

#[wasm_bindgen_test]
fn longer_texts_than_the_limit_are_refused() {
    let text = scenario(bucket_policy(), "arn:aws:s3:::bucket/a");
    let with_limit = |limit: usize| {
        let result = evaluate(&JsString::from(text.as_str()), u32::try_from(limit).unwrap());
        serde_json::from_str::<Value>(&result).unwrap()
    };
    assert_eq!(with_limit(text.len())["valid"], true);
    let refused = with_limit(text.len() - 1);
    assert_eq!(refused["valid"], false);
    assert_eq!(refused["diagnostics"][0]["code"], "SCENARIO_TOO_LONG");
}

#[wasm_bindgen_test]
fn the_constants_are_those_of_the_crate() {
    let constants: Value = serde_json::from_str(&constants()).unwrap();
    assert_eq!(constants["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(constants["limits"]["maxScenarioLength"], admittance::scenario::MAX_SCENARIO_BYTES);
    assert_eq!(constants["limits"]["maxDocumentLength"], admittance::policy::MAX_DOCUMENT_BYTES);
}
