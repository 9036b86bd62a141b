//! Requests from CloudTrail events, and what of them is exact.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, reason = "test code")]

use admittance::cloudtrail::{Certainty, TrailEvent, parse};
use admittance::scenario::{Policies, PolicySource, Scenario};
use serde_json::{Value, json};

const EVENTS: &str = include_str!("cloudtrail/events.json");

fn events() -> Vec<TrailEvent> {
    let (events, found) = parse(EVENTS);
    assert_eq!(found, []);
    events
}

fn certainty(event: &TrailEvent, field: &str) -> Option<Certainty> {
    let mut fields = event.fields.iter().filter(|known| known.field == field);
    let first = fields.next().map(|field| field.certainty);
    assert!(fields.next().is_none(), "{field} stands twice in {}", event.location);
    first
}

/// Each event in short: principal, action, resources, and how certain each is.
#[test]
fn every_kind_of_caller_makes_a_request() {
    use Certainty::{Exact, Inferred, Missing};
    let worker = json!({ "arn": "arn:aws:sts::111122223333:assumed-role/Worker/eva", "roleArn": "arn:aws:iam::111122223333:role/app/Worker" });
    let user = json!({ "arn": "arn:aws:iam::111122223333:user/team/ana" });
    let plain = |arn: &str| json!({ "arn": arn });
    let cases: Vec<(Value, &str, &[&str], [Certainty; 3])> = vec![
        (user.clone(), "s3:GetObject", &["arn:aws:s3:::photos/2026/1.jpg"], [Exact, Exact, Exact]),
        (user.clone(), "s3:ListBucket", &["arn:aws:s3:::photos"], [Exact, Exact, Exact]),
        (worker.clone(), "sqs:SendMessage", &["arn:aws:sqs:eu-west-1:111122223333:orders"], [Exact, Inferred, Exact]),
        (plain("arn:aws:iam::111122223333:root"), "ec2:DescribeInstances", &[], [Exact, Inferred, Missing]),
        (
            json!({ "arn": "arn:aws:sts::111122223333:federated-user/bob", "federatingUserArn": "arn:aws:iam::111122223333:user/broker" }),
            "sts:GetCallerIdentity",
            &[],
            [Exact, Inferred, Missing],
        ),
        (
            plain("lambda.amazonaws.com"),
            "sts:AssumeRole",
            &["arn:aws:iam::111122223333:role/app/Worker"],
            [Exact, Inferred, Exact],
        ),
        (
            plain("arn:aws:iam::111122223333:saml-provider/ADFS"),
            "sts:AssumeRoleWithSAML",
            &["arn:aws:iam::111122223333:role/Sso"],
            [Exact, Inferred, Exact],
        ),
        (
            plain("arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"),
            "sts:AssumeRoleWithWebIdentity",
            &["arn:aws:iam::111122223333:role/Deploy"],
            [Exact, Inferred, Exact],
        ),
        (plain("anonymous"), "s3:GetObject", &["arn:aws:s3:::site/index.html"], [Inferred, Exact, Exact]),
        (plain(""), "s3:GetObject", &["arn:aws:s3:::site/index.html"], [Missing, Exact, Exact]),
        (plain(""), "sso:ListInstances", &[], [Missing, Inferred, Missing]),
        (worker.clone(), "kms:Decrypt", &["arn:aws:kms:eu-west-1:111122223333:key/1234"], [Exact, Inferred, Inferred]),
        (
            user.clone(),
            "lambda:UpdateFunctionConfiguration",
            &["arn:aws:lambda:eu-west-1:111122223333:function:orders"],
            [Exact, Inferred, Inferred],
        ),
        (user.clone(), "s3:PutObject", &["arn:aws:s3:::photos/copy.jpg"], [Exact, Exact, Exact]),
        (
            user,
            "ec2:TerminateInstances",
            &["arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "arn:aws:ec2:eu-west-1:111122223333:instance/i-2"],
            [Exact, Inferred, Inferred],
        ),
        (Value::Null, "", &[], [Missing, Missing, Missing]),
        (worker, "s3:GetObjectVersion", &["arn:aws:s3:::photos/a"], [Exact, Exact, Exact]),
    ];
    let events = events();
    assert_eq!(events.len(), cases.len());
    for (event, (principal, action, resources, known)) in events.iter().zip(cases) {
        let Some(request) = &event.request else {
            assert_eq!((event.event_name.as_str(), principal), ("ConsoleLogin", Value::Null));
            assert_eq!(certainty(event, "action"), Some(Missing));
            continue;
        };
        assert_eq!(serde_json::to_value(&request.principal).unwrap(), principal, "{}", event.location);
        assert_eq!(
            (request.action.as_str(), &request.resources[..]),
            (action, &resources.iter().map(|r| (*r).to_owned()).collect::<Vec<_>>()[..])
        );
        let found = ["principal", "action", "resource"].map(|field| certainty(event, field).expect(field));
        assert_eq!(found, known, "{} {}", event.location, event.event_name);
    }
}

fn context(event: &TrailEvent) -> Value {
    serde_json::to_value(&event.request.as_ref().unwrap().context).unwrap();
    serde_json::to_value(event.request.as_ref().unwrap()).unwrap()["context"].clone()
}

#[test]
fn the_context_holds_what_the_event_tells() {
    let events = events();
    let unknown = |index: usize| events[index].request.as_ref().unwrap().unknown.clone();
    let first = context(&events[0]);
    assert_eq!(first["aws:SourceIp"], "192.0.2.7");
    assert_eq!(first["aws:username"], "ana");
    assert_eq!(first["aws:userid"], "AIDAEXAMPLE");
    assert_eq!(certainty(&events[0], "aws:SecureTransport"), Some(Certainty::Exact));
    assert_eq!(first.get("aws:TokenIssueTime"), None);
    assert!(!unknown(0).iter().any(|key| key == "aws:MultiFactorAuthPresent"), "access keys have no such key");
    // A user's temporary credentials.
    let second = context(&events[1]);
    assert_eq!(
        (&second["aws:TokenIssueTime"], &second["aws:MultiFactorAuthPresent"]),
        (&json!("2026-11-22T07:00:00Z"), &json!("true"))
    );
    assert_eq!(second["s3:prefix"], "2026/");
    assert_eq!(certainty(&events[1], "aws:SecureTransport"), Some(Certainty::Inferred));
    // Through a VPC endpoint.
    let third = context(&events[2]);
    assert_eq!((&third["aws:VpcSourceIp"], &third["aws:SourceVpce"]), (&json!("10.0.0.7"), &json!("vpce-1a2b3c4d")));
    assert_eq!(third.get("aws:SourceIp"), None);
    assert_eq!((&third["aws:SourceIdentity"], &third["ec2:RoleDelivery"]), (&json!("eva"), &json!("2.0")));
    for key in ["aws:SourceVpc", "aws:MultiFactorAuthPresent", "aws:PrincipalOrgID"] {
        assert!(unknown(2).iter().any(|unknown| unknown == key), "{key}");
        assert_eq!(certainty(&events[2], key), Some(Certainty::Missing));
    }
    // The root user's name is the account's alias.
    assert_eq!(context(&events[3]).get("aws:username"), None);
    // A service's name is no address.
    assert_eq!(context(&events[5]).get("aws:SourceIp"), None);
    assert_eq!(context(&events[5])["sts:RoleSessionName"], "orders");
    // Through a service.
    let forwarded = context(&events[11]);
    assert_eq!(
        (&forwarded["aws:ViaAWSService"], &forwarded["aws:CalledViaLast"]),
        (&json!("true"), &json!("athena.amazonaws.com"))
    );
    assert!(unknown(11).iter().any(|key| key == "aws:CalledVia"));
    // What CloudTrail Lake adds.
    let enriched = context(&events[16]);
    assert_eq!((&enriched["aws:SourceVpc"], &enriched["aws:PrincipalTag/team"]), (&json!("vpc-1"), &json!("red")));
    assert_eq!(enriched["aws:ResourceTag/stage"], "test");
    assert!(!unknown(16).iter().any(|key| key == "aws:PrincipalOrgID" || key == "aws:SourceVpc"));
    // A copy has to be readable, too.
    let further = &events[13].request.as_ref().unwrap().further;
    assert_eq!(
        (further[0].action.as_str(), further[0].resources[0].as_str()),
        ("s3:GetObject", "arn:aws:s3:::photos/1.jpg")
    );
}

#[test]
fn outcomes_are_expected_where_the_event_tells_them() {
    let expected = |event: &TrailEvent| event.request.as_ref()?.expect.as_ref().map(|expect| expect.decision.clone());
    let events = events();
    assert_eq!(expected(&events[0]).as_deref(), Some("Allow"));
    assert_eq!((expected(&events[1]).as_deref(), events[1].denied), (Some("ExplicitDeny"), true));
    assert_eq!(expected(&events[12]).as_deref(), Some("ImplicitDeny"));
    // Another error; a refusal that does not say why.
    assert_eq!((expected(&events[13]), events[13].denied), (None, false));
    assert_eq!((expected(&events[14]), events[14].denied), (None, true));
}

/// A request can be decided, and a decision that hangs on what events do not hold says so.
#[test]
fn requests_are_decided() {
    let decide = |index: usize, condition: &str| {
        let document = format!(
            r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "*", "Resource": "*" {condition} }} }}"#
        );
        let policies =
            Policies { identity: vec![PolicySource { document, ..PolicySource::default() }], ..Policies::default() };
        let mut request = events()[index].request.clone().unwrap();
        request.expect = None;
        let result = Scenario { policies, requests: vec![request], ..Scenario::default() }.evaluate();
        result.results.first().map(|result| result.decision.clone()).unwrap_or_default()
    };
    assert_eq!(decide(0, ""), "Allow");
    assert_eq!(decide(2, r#", "Condition": { "StringEquals": { "aws:SourceVpce": "vpce-1a2b3c4d" } }"#), "Allow");
    assert_eq!(decide(2, r#", "Condition": { "StringEquals": { "aws:SourceVpc": "vpc-1" } }"#), "Depends");
    assert_eq!(decide(2, r#", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }"#), "Depends");
    // Nothing is decided for a caller that the event does not name.
    assert_eq!(decide(9, ""), "Invalid");
}

#[test]
fn events_are_found_in_every_shape() {
    let whole: Value = serde_json::from_str(EVENTS).unwrap();
    let event = &whole["Records"][0];
    let alone = event.to_string();
    for (text, location) in [
        (alone.clone(), ""),
        (format!("[{alone}]"), "[0]"),
        (json!({ "Records": [event] }).to_string(), "Records[0]"),
        (json!({ "detail-type": "AWS API Call via CloudTrail", "detail": event }).to_string(), "detail"),
        (
            json!({ "Events": [{ "EventName": "HeadObject", "CloudTrailEvent": alone }] }).to_string(),
            "Events[0].CloudTrailEvent",
        ),
    ] {
        let (events, found) = parse(&text);
        assert_eq!(found, [], "{text}");
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].location, location);
        assert_eq!(events[0].request.as_ref().unwrap().action, "s3:GetObject");
    }
}

#[test]
fn problems_have_their_places() {
    for (text, location, code, at) in [
        (r#"{ "a": 1 }"#, "", "CLOUDTRAIL_NO_EVENT", r#"{ "a": 1 }"#),
        (r#"{ "Records": [7] }"#, "Records[0]", "SCENARIO_WRONG_TYPE", "7"),
        (r#"{ "Records": {} }"#, "Records", "SCENARIO_WRONG_TYPE", "{}"),
        (r#"{ "Events": [{ "CloudTrailEvent": "{" }] }"#, "Events[0].CloudTrailEvent", "CLOUDTRAIL_NO_EVENT", r#""{""#),
        ("[[[[[[7]]]]]]", "[0][0][0][0][0]", "SCENARIO_WRONG_TYPE", "[7]"),
    ] {
        let (events, found) = parse(text);
        assert!(events.is_empty());
        let range = found[0].range.unwrap();
        let slice = &text[range.start.offset as usize..range.end.offset as usize];
        assert_eq!((found[0].location.as_str(), found[0].code.as_str(), slice), (location, code, at), "{text}");
    }
}
