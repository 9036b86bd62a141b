//! Remarks on what was not given, and requests that S3's facts make impossible to decide.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "test code")]

use admittance::scenario::{self, ScenarioResult};

const USER: &str = "arn:aws:iam::111111111111:user/ana";
const ALLOW_ALL: &str =
    r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }"#;
const OBJECT: &str = r#""resource": "arn:aws:s3:::b/k", "resourceAccount": "222222222222""#;
const POINT: &str = r#""resource": "arn:aws:s3:us-east-1:111111111111:accesspoint/ap/object/k""#;

fn grant(principal: &str) -> String {
    format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {principal}, "Action": "*", "Resource": "*" }} }}"#
    )
}

fn run(policies: &str, principal: &str, action: &str, rest: &str) -> ScenarioResult {
    scenario::run(&format!(
        r#"{{ "policies": {{ "identity": [{ALLOW_ALL}], {policies} }},
             "requests": [{{ "principal": "{principal}", "action": "{action}", {rest} }}] }}"#
    ))
}

/// Words of the remark, and then policies, caller, action and the rest of a request with it, and without it.
#[test]
fn remarks_are_made_where_they_bear_on_the_outcome() {
    let to_all = format!(r#""resource": [{}]"#, grant(r#""*""#));
    let to_canonical = format!(r#""resource": [{}]"#, grant(r#"{ "CanonicalUser": "79a5" }"#));
    let of_endpoint = format!(r#""vpcEndpoint": {}"#, grant(r#"{ "AWS": "111111111111" }"#));
    let of_interface =
        format!(r#""vpcEndpoint": {{ "kind": "interface", "document": {} }}"#, grant(r#"{ "AWS": "111111111111" }"#));
    let of_point = format!(r#""accessPoint": {}"#, grant(r#"{ "AWS": "111111111111" }"#));
    let nothing = r#""session": []"#;
    let own = r#""resource": "arn:aws:s3:::b/k", "resourceAccount": "111111111111""#;
    let iam = r#""resource": "arn:aws:iam::111111111111:user/bob", "context": {"#;
    let with = |given: &str| format!("{OBJECT}, {given}");
    for (words, [policies, action, rest], [other_policies, other_action, other_rest]) in [
        ("Block Public Access settings", [&*to_all, "s3:GetObject", OBJECT], [&*to_all, "s3:GetObject", own]),
        (
            "Block Public Access settings",
            [&to_all, "s3:GetObject", OBJECT],
            [&to_all, "s3:GetObject", &with(r#""s3": { "blockPublicAccess": {} }"#)],
        ),
        (
            "through an access point",
            [nothing, "s3:GetObject", POINT],
            [&of_point, "s3:GetObject", &format!(r#"{POINT}, "s3": {{ "bucket": "b" }}"#)],
        ),
        ("gateway endpoint", [&of_endpoint, "s3:GetObject", own], [&of_interface, "s3:GetObject", own]),
        (
            "gateway endpoint",
            [&of_endpoint, "s3:GetObject", own],
            [&of_endpoint, "sqs:SendMessage", r#""resource": "arn:aws:sqs:us-east-1:111111111111:q""#],
        ),
        ("CanonicalUser", [&to_canonical, "s3:GetObject", OBJECT], [&to_all, "s3:GetObject", OBJECT]),
        (
            "GetSessionToken",
            [nothing, "iam:GetUser", &format!(r#"{iam} "aws:TokenIssueTime": "2026-01-01T00:00:00Z" }}"#)],
            [nothing, "iam:GetUser", &format!("{iam} }}")],
        ),
        (
            "GetSessionToken",
            [nothing, "iam:GetUser", &format!(r#"{iam} "aws:TokenIssueTime": "2026-01-01T00:00:00Z" }}"#)],
            [
                nothing,
                "iam:GetUser",
                &format!(
                    r#"{iam} "aws:TokenIssueTime": "2026-01-01T00:00:00Z", "aws:MultiFactorAuthPresent": true }}"#
                ),
            ],
        ),
        (
            "BlockPublicPolicy is on",
            [
                nothing,
                "s3:PutBucketPolicy",
                r#""resource": "arn:aws:s3:::b", "s3": { "blockPublicAccess": { "blockPublicPolicy": true } }"#,
            ],
            [nothing, "s3:PutBucketPolicy", r#""resource": "arn:aws:s3:::b", "s3": { "blockPublicAccess": {} }"#],
        ),
    ] {
        let made = |policies, action, rest| {
            let result = run(policies, USER, action, rest);
            assert!(result.valid, "{:?}", result.diagnostics);
            result.results[0].notes.iter().any(|note| note.contains(words))
        };
        assert!(made(policies, action, rest), "{words}: {action} {rest}");
        assert!(!made(other_policies, other_action, other_rest), "{words}: {other_action} {other_rest}");
    }
}

#[test]
fn contradictions_are_refused() {
    let both = format!(r#""accessPoint": {}, "resource": [{}]"#, grant(r#""*""#), grant(r#""*""#));
    for (policies, rest, words) in [
        (&*both, POINT.to_owned(), "bucket behind"),
        ("\"session\": []", format!(r#"{OBJECT}, "s3": {{ "bucket": "b" }}"#), "is no access point"),
        ("\"session\": []", format!(r#"{OBJECT}, "s3": {{ "bucketOwner": "333333333333" }}"#), "the bucket's owner is"),
        ("\"session\": []", format!(r#"{OBJECT}, "s3": {{ "objectOwner": "bob" }}"#), "no account id"),
        ("\"session\": []", format!(r#"{OBJECT}, "s3": {{ "objectAcl": "everybody" }}"#), "whom an ACL grants"),
    ] {
        let result = run(policies, USER, "s3:GetObject", &rest);
        let found = result.diagnostics.iter().find(|diagnostic| diagnostic.is_error()).expect("an error");
        assert!(!result.valid && found.location == "requests[0].s3" && found.message.contains(words), "{found:?}");
    }
}
