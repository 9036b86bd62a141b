//! Users, groups and roles from `get-account-authorization-details`, and scenarios for them.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "this is a test, helpers included")]

use admittance::account::{AccountDetails, IdentityKind};
use admittance::scenario::LocatedDiagnostic;

const DETAILS: &str = include_str!("account/details.json");
const ANA: &str = "arn:aws:iam::111122223333:user/team/ana";
const BOB: &str = "arn:aws:iam::111122223333:user/bob";
const WORKER: &str = "arn:aws:iam::111122223333:role/app/Worker";
const BUILDER: &str = "arn:aws:iam::111122223333:role/Builder";
const SERVICE_LINKED: &str = "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";

fn decided(account: &AccountDetails, arn: &str, action: &str, resource: &str) -> String {
    let resources: Vec<String> = Some(resource.to_owned()).filter(|text| !text.is_empty()).into_iter().collect();
    let result = account.scenario(arn, action, &resources).expect(arn).evaluate();
    match result.results.first() {
        Some(result) => format!("{} by {}", result.decision, result.decided_by),
        None => result.diagnostics.iter().map(|d| format!("{} {}", d.location, d.code)).collect::<Vec<_>>().join(", "),
    }
}

#[test]
fn every_kind_of_identity_is_decided_with_all_that_it_has() {
    let (account, _) = AccountDetails::parse(DETAILS);
    for (arn, action, resource, expected) in [
        // Inline, percent-encoded, with a variable that a tag fills; within the boundary.
        (ANA, "s3:GetObject", "arn:aws:s3:::photos/red/1.jpg", "Allow by identity"),
        (ANA, "s3:GetObject", "arn:aws:s3:::photos/blue/1.jpg", "ImplicitDeny by identity"),
        // Attached, and not within the boundary.
        (ANA, "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q", "ImplicitDeny by boundary"),
        // Of a group whose name is spelled otherwise, and the role's trust policy.
        (ANA, "sts:AssumeRole", WORKER, "Allow by identity"),
        (ANA, "sts:AssumeRole", BUILDER, "ImplicitDeny by resource"),
        // The text of a policy or of a boundary is missing: nothing is decided.
        (BOB, "s3:GetObject", "arn:aws:s3:::photos/red/1.jpg", "policies.identity[0] JSON_SYNTAX_ERROR"),
        (BUILDER, "s3:GetObject", "arn:aws:s3:::a/b", "policies.permissionsBoundary JSON_SYNTAX_ERROR"),
        (
            WORKER,
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf",
            "Allow by identity",
        ),
        // The default version counts, not another one.
        (SERVICE_LINKED, "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q", "Allow by identity"),
        (SERVICE_LINKED, "sqs:DeleteQueue", "arn:aws:sqs:eu-west-1:111122223333:q", "ImplicitDeny by identity"),
    ] {
        assert_eq!(decided(&account, arn, action, resource), expected, "{arn} {action} {resource}");
    }
    assert!(account.scenario("arn:aws:iam::111122223333:group/developers", "s3:GetObject", &[]).is_none());
    assert!(account.scenario("arn:aws:iam::111122223333:user/eva", "s3:GetObject", &[]).is_none());
    // The trust policy of one role does not speak for another.
    let both = account.scenario(ANA, "sts:AssumeRole", &[WORKER.into(), BUILDER.into()]).unwrap();
    assert!(both.policies.resource.is_empty());
}

#[test]
fn a_caller_is_found_by_its_own_arn_and_a_role_by_those_of_its_sessions() {
    let (account, _) = AccountDetails::parse(DETAILS);
    for (principal, caller) in [
        (ANA, Some(ANA)),
        (WORKER, Some(WORKER)),
        ("arn:aws:sts::111122223333:assumed-role/Worker/i-0123", Some(WORKER)),
        ("arn:aws:sts::111122223333:assumed-role/worker/i-0123", None),
        ("arn:aws:sts::444455556666:assumed-role/Worker/i-0123", None),
        ("arn:aws:sts::111122223333:assumed-role/ana/i-0123", None),
        ("arn:aws:iam::111122223333:role/Worker", None),
        ("arn:aws:iam::111122223333:group/developers", None),
        ("arn:aws:iam::111122223333:root", None),
        ("lambda.amazonaws.com", None),
        ("", None),
    ] {
        assert_eq!(account.caller(principal).map(|each| each.arn.as_str()), caller, "{principal}");
    }
}

#[test]
fn identities_have_their_names_tags_and_attachments() {
    let (account, found) = AccountDetails::parse(DETAILS);
    let kinds: Vec<_> = account.identities.iter().map(|identity| (identity.kind, identity.name.as_str())).collect();
    assert_eq!(
        kinds,
        [
            (IdentityKind::User, "ana"),
            (IdentityKind::User, "bob"),
            (IdentityKind::Group, "developers"),
            (IdentityKind::Role, "Worker"),
            (IdentityKind::Role, "Builder"),
            (IdentityKind::Role, "AWSServiceRoleForECS"),
        ]
    );
    let ana = account.identity(ANA).unwrap();
    let attached: Vec<_> =
        ana.policies.iter().map(|p| (p.name.as_deref().unwrap(), p.attached_to.as_deref().unwrap())).collect();
    assert_eq!(attached, [("photos", "user"), ("queues", "user"), ("assume", "group/developers")]);
    assert_eq!(ana.permissions_boundary.as_ref().unwrap().name.as_deref(), Some("boundary"));
    let scenario = account.scenario(WORKER, "s3:ListAllMyBuckets", &[]).unwrap();
    let request = serde_json::to_value(&scenario.requests[0]).unwrap();
    assert_eq!(request["principal"], serde_json::json!({ "arn": WORKER, "sessionName": "session" }));
    let context = serde_json::json!({ "aws:userid": "AROAEXAMPLEWORKER000:session", "aws:PrincipalTag/stage": "test" });
    assert_eq!(request["context"], context);
    let missing: Vec<_> = account.identities.iter().flat_map(|identity| &identity.missing_policies).collect();
    assert_eq!(missing, ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::111122223333:policy/gone"]);
    // Each is reported where it is attached.
    let places: Vec<_> = found.iter().map(|d| (d.location.as_str(), d.code.as_str(), of(DETAILS, d))).collect();
    assert_eq!(places[0].0, "UserDetailList[1].AttachedManagedPolicies[0].PolicyArn");
    assert_eq!(places[0].2, "\"arn:aws:iam::aws:policy/ReadOnlyAccess\"");
    assert_eq!(places[1].0, "RoleDetailList[1].PermissionsBoundary");
    assert!(places.iter().all(|(_, code, _)| *code == "ACCOUNT_POLICY_MISSING") && places.len() == 2, "{places:?}");
}

fn of<'t>(text: &'t str, diagnostic: &LocatedDiagnostic) -> &'t str {
    let range = diagnostic.range.unwrap();
    &text[range.start.offset as usize..range.end.offset as usize]
}

/// Pages in a list are one account: what is attached in one stands in another.
#[test]
fn pages_go_together() {
    let whole: serde_json::Value = serde_json::from_str(DETAILS).unwrap();
    let lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];
    let page =
        |list: &&str| serde_json::json!({ *list: whole[*list], "IsTruncated": *list != "Policies", "Marker": "m" });
    let pages: Vec<_> = lists.iter().map(page).collect();
    let (account, found) = AccountDetails::parse(&serde_json::to_string(&pages).unwrap());
    let (alone, _) = AccountDetails::parse(DETAILS);
    assert_eq!(account.identities.len(), 6);
    for (one, other) in account.identities.iter().zip(&alone.identities) {
        let names = |identity: &admittance::account::Identity| -> Vec<_> {
            identity.policies.iter().map(|policy| policy.name.clone()).collect()
        };
        assert_eq!((names(one), &one.missing_policies), (names(other), &other.missing_policies));
    }
    assert_eq!(found.len(), 2, "{found:?}");
    let (_, found) = AccountDetails::parse(&serde_json::to_string(&pages[..1]).unwrap());
    assert!(found.iter().any(|d| d.code == "ACCOUNT_TRUNCATED" && d.location == "[0].IsTruncated"), "{found:?}");
    assert!(found.iter().any(|d| d.code == "ACCOUNT_GROUP_MISSING"), "{found:?}");
}

#[test]
fn problems_have_their_places() {
    for (text, location, code, at) in [
        ("", "", "JSON_SYNTAX_ERROR", ""),
        (r#"{ "Users": [] }"#, "", "ACCOUNT_NO_DETAILS", r#"{ "Users": [] }"#),
        ("7", "", "SCENARIO_WRONG_TYPE", "7"),
        (r#"{ "UserDetailList": {} }"#, "UserDetailList", "SCENARIO_WRONG_TYPE", "{}"),
        (
            r#"[{ "UserDetailList": [{ "UserName": "a" }] }]"#,
            "[0].UserDetailList[0]",
            "SCENARIO_MISSING_FIELD",
            r#"{ "UserName": "a" }"#,
        ),
        (
            r#"{ "RoleDetailList": [{ "RoleName": "r", "Arn": "arn:aws:iam::1:role/r", "AssumeRolePolicyDocument": 7 }] }"#,
            "RoleDetailList[0].AssumeRolePolicyDocument",
            "SCENARIO_WRONG_TYPE",
            "7",
        ),
        (
            r#"{ "UserDetailList": [{ "UserName": "r", "Arn": "a", "UserPolicyList": [{ "PolicyName": "p", "PolicyDocument": "%ff" }] }] }"#,
            "UserDetailList[0].UserPolicyList[0].PolicyDocument",
            "ACCOUNT_BAD_ENCODING",
            "\"%ff\"",
        ),
        (
            r#"{ "Policies": [{ "Arn": "a", "PolicyVersionList": [] }] }"#,
            "Policies[0]",
            "ACCOUNT_POLICY_MISSING",
            r#"{ "Arn": "a", "PolicyVersionList": [] }"#,
        ),
    ] {
        let (_, found) = AccountDetails::parse(text);
        let places: Vec<_> = found.iter().map(|d| (d.location.as_str(), d.code.as_str(), of(text, d))).collect();
        assert_eq!(places, [(location, code, at)], "{text}");
    }
}
