//! Scenarios over small alphabets, policies of every type in them: no panic, and laws that hold for all.
#![no_main]

use admittance::scenario::{
    ContextValue, OrganizationLevel, Policies, PolicySource, Scenario, ScenarioBlockPublicAccess, ScenarioPrincipal,
    ScenarioRequest, ScenarioS3,
};
use arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value, json};

const PRINCIPALS: &[&str] = &[
    "arn:aws:iam::111122223333:user/ana",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::444455556666:user/bob",
    "arn:aws:iam::444455556666:root",
    "arn:aws:sts::111122223333:assumed-role/app/s1",
    "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX",
    "arn:aws:sts::111122223333:federated-user/fay",
    "arn:aws-cn:iam::111122223333:user/ana",
    "arn:aws:iam::111122223333:saml-provider/idp",
    "accounts.google.com",
    "lambda.amazonaws.com",
    "anonymous",
];
const ACTIONS: &[&str] = &[
    "s3:GetObject", "s3:PutBucketPolicy", "s3:ListAllMyBuckets", "sqs:SendMessage", "kms:Decrypt", "kms:RetireGrant",
    "sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:GetCallerIdentity", "sts:GetSessionToken", "iam:PassRole",
    "sts:AssumeRoot", "ec2:RunInstances",
];
const RESOURCES: &[&str] = &[
    "*",
    "arn:aws:s3:::b",
    "arn:aws:s3:::b/k",
    "arn:aws:s3:us-east-1:111122223333:accesspoint/ap/object/k",
    "arn:aws:sqs:us-east-1:111122223333:q",
    "arn:aws:kms:us-east-1:111122223333:key/k",
    "arn:aws:iam::111122223333:role/app",
    "arn:aws:iam::444455556666:role/app",
    "arn:aws-cn:s3:::b",
];
const PATTERNS: &[&str] = &[
    "*", "arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::${aws:username}/*", "arn:aws:s3:::?/${aws:x, 'k'}",
    "arn:aws:s3:*:*:*", "arn:aws:s3*", "arn:aws:sqs", "arn:*:*:us-*-1:1111*:*", "arn:aws:kms:*:*:key/*",
    "arn:aws:iam::*:role/app", "b",
];
const KEYS: &[&str] = &[
    "aws:username", "AWS:UserName", "aws:PrincipalArn", "aws:SourceIp", "aws:x", "aws:RequestTag/t", "aws:TagKeys",
    "aws:CurrentTime", "aws:PrincipalIsAWSService", "aws:PrincipalAccount", "sts:SourceIdentity", "aws:MultiFactorAuthPresent",
];
const OPERATORS: &[&str] = &[
    "StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase", "NumericLessThan",
    "DateGreaterThan", "Bool", "Null", "IpAddress", "NotIpAddress", "ArnLike", "ArnNotEquals", "BinaryEquals",
];
const VALUES: &[&str] = &[
    "ana", "ANA", "", "*", "a?a", "true", "FALSE", "10", "1.5", "2026-11-22T00:00:00Z", "10.0.0.0/8", "10.1.2.3",
    "arn:aws:iam::111122223333:user/ana", "arn:aws:iam::*:user/*", "${aws:username}", "${*}", "YW5h",
    "lambda.amazonaws.com", "111122223333",
];
const PRINCIPAL_ELEMENTS: &[&str] = &[
    "arn:aws:iam::111122223333:user/ana", "arn:aws:iam::111122223333:role/app", "111122223333", "*",
    "arn:aws:iam::444455556666:root", "arn:aws:sts::111122223333:assumed-role/app/s1",
    "arn:aws:sts::111122223333:federated-user/fay",
];

fn pick<'a>(u: &mut Unstructured<'_>, list: &[&'a str]) -> Result<&'a str> {
    u.choose(list).copied()
}

/// One value, or a list of up to three.
fn one_or_more(u: &mut Unstructured<'_>, list: &[&str]) -> Result<Value> {
    let count = u.int_in_range(0..=4u8)?;
    if count == 4 {
        return Ok(pick(u, list)?.into());
    }
    (0..count).map(|_| Ok(Value::from(pick(u, list)?))).collect::<Result<Vec<_>>>().map(Value::from)
}

fn name(u: &mut Unstructured<'_>, plain: &str) -> Result<String> {
    Ok(if u.ratio(1, 5)? { format!("Not{plain}") } else { plain.to_owned() })
}

fn statement(u: &mut Unstructured<'_>, with_principal: bool) -> Result<Value> {
    let mut statement = Map::new();
    statement.insert("Effect".into(), if u.ratio(1, 4)? { "Deny" } else { "Allow" }.into());
    if with_principal {
        let value = match u.int_in_range(0..=5u8)? {
            0 => "*".into(),
            1 => json!({ "Service": "lambda.amazonaws.com" }),
            2 => json!({ "Federated": one_or_more(u, &["accounts.google.com", "arn:aws:iam::111122223333:saml-provider/idp"])? }),
            _ => json!({ "AWS": one_or_more(u, PRINCIPAL_ELEMENTS)? }),
        };
        statement.insert(name(u, "Principal")?, value);
    }
    let patterns = ["*", "s3:*", "s3:Get*", "S3:getobject", "sts:*", "kms:*", "*:*", "sqs:Send?essage", "iam:*"];
    statement.insert(name(u, "Action")?, one_or_more(u, &patterns)?);
    if u.ratio(9, 10)? {
        statement.insert(name(u, "Resource")?, one_or_more(u, PATTERNS)?);
    }
    let mut condition = Map::new();
    for _ in 0..u.int_in_range(0..=2u8)? {
        let mut operator = pick(u, OPERATORS)?.to_owned();
        match u.int_in_range(0..=5u8)? {
            0 => operator.insert_str(0, "ForAllValues:"),
            1 => operator.insert_str(0, "ForAnyValue:"),
            _ => {}
        }
        if !operator.ends_with("Null") && u.ratio(1, 4)? {
            operator.push_str("IfExists");
        }
        condition.insert(operator, json!({ pick(u, KEYS)?: one_or_more(u, VALUES)? }));
    }
    if !condition.is_empty() {
        statement.insert("Condition".into(), condition.into());
    }
    Ok(statement.into())
}

fn policy(u: &mut Unstructured<'_>, with_principal: bool) -> Result<PolicySource> {
    let count = u.int_in_range(0..=3u8)?;
    let statements: Vec<Value> = (0..count).map(|_| statement(u, with_principal)).collect::<Result<_>>()?;
    let version = if u.ratio(1, 10)? { "2008-10-17" } else { "2012-10-17" };
    let document = json!({ "Version": version, "Statement": statements }).to_string();
    Ok(PolicySource { document, ..PolicySource::default() })
}

fn policies(u: &mut Unstructured<'_>, with_principal: bool) -> Result<Vec<PolicySource>> {
    (0..u.int_in_range(0..=2u8)?).map(|_| policy(u, with_principal)).collect()
}

fn optional<T>(u: &mut Unstructured<'_>, value: impl FnOnce(&mut Unstructured<'_>) -> Result<T>) -> Result<Option<T>> {
    if u.ratio(1, 3)? { value(u).map(Some) } else { Ok(None) }
}

fn levels(u: &mut Unstructured<'_>, with_principal: bool) -> Result<Vec<OrganizationLevel>> {
    let level = |u: &mut Unstructured<'_>| Ok(OrganizationLevel { policies: policies(u, with_principal)?, name: None });
    (0..u.int_in_range(0..=3u8)?).map(|_| level(u)).collect()
}

fn s3(u: &mut Unstructured<'_>) -> Result<ScenarioS3> {
    let account = |u: &mut Unstructured<'_>| Ok(pick(u, &["111122223333", "444455556666"])?.to_owned());
    Ok(ScenarioS3 {
        block_public_access: optional(u, |u| {
            Ok(ScenarioBlockPublicAccess {
                restrict_public_buckets: u.arbitrary()?,
                ignore_public_acls: u.arbitrary()?,
                block_public_acls: u.arbitrary()?,
                block_public_policy: u.arbitrary()?,
            })
        })?,
        bucket: optional(u, |_| Ok("b".to_owned()))?,
        bucket_owner: optional(u, account)?,
        object_owner: optional(u, account)?,
        object_acl: optional(u, |u| Ok(pick(u, &["none", "caller", "public"])?.to_owned()))?,
    })
}

fn scenario(u: &mut Unstructured<'_>) -> Result<Scenario> {
    let resource = (0..u.int_in_range(0..=2u8)?).map(|_| {
        let kind = match u.int_in_range(0..=4u8)? {
            0 => Some("general"),
            1 => Some("role-trust"),
            2 => Some("kms-key"),
            _ => None,
        };
        Ok(PolicySource { kind: kind.map(str::to_owned), ..policy(u, true)? })
    });
    let policies = Policies {
        resource: resource.collect::<Result<_>>()?,
        identity: policies(u, false)?,
        access_point: optional(u, |u| policy(u, true))?,
        permissions_boundary: optional(u, |u| policy(u, false))?,
        session: policies(u, false)?,
        service_control: optional(u, |u| levels(u, false))?,
        resource_control: optional(u, |u| levels(u, true))?,
        vpc_endpoint: optional(u, |u| policy(u, true))?,
    };
    let mut context = Vec::new();
    for _ in 0..u.int_in_range(0..=3u8)? {
        let value = match u.int_in_range(0..=3u8)? {
            0 => ContextValue::Absent,
            1 => ContextValue::Multiple(vec![pick(u, VALUES)?.into(), pick(u, VALUES)?.into()]),
            _ => ContextValue::Single(pick(u, VALUES)?.into()),
        };
        context.push((pick(u, KEYS)?.to_owned(), value));
    }
    let request = ScenarioRequest {
        principal: ScenarioPrincipal {
            arn: pick(u, PRINCIPALS)?.into(),
            service_linked_role: u.ratio(1, 20)?,
            in_management_account: u.ratio(1, 10)?,
            ..ScenarioPrincipal::default()
        },
        action: pick(u, ACTIONS)?.into(),
        resources: (0..u.int_in_range(0..=2u8)?).map(|_| Ok(pick(u, RESOURCES)?.to_owned())).collect::<Result<_>>()?,
        resource_account: optional(u, |u| Ok(pick(u, &["111122223333", "444455556666"])?.to_owned()))?,
        kms_grant_allows: u.ratio(1, 20)?,
        resource_in_management_account: u.ratio(1, 20)?,
        // Each unknown key multiplies the work.
        unknown: if u.ratio(1, 12)? { vec![pick(u, KEYS)?.to_owned()] } else { Vec::new() },
        s3: optional(u, s3)?,
        context,
        ..ScenarioRequest::default()
    };
    Ok(Scenario { policies, requests: vec![request], ..Scenario::default() })
}

/// The decision and the gate, if the documents are valid.
fn decide(scenario: &Scenario) -> Option<(String, String)> {
    let result = scenario.evaluate();
    assert_eq!(result.valid, !result.diagnostics.iter().any(|diagnostic| diagnostic.is_error()));
    let result = result.results.first().filter(|result| result.decision != "Invalid")?;
    let decided = result.decision != "Depends";
    assert!(!result.reason.is_empty() && decided != result.decided_by.is_empty(), "{result:?}");
    Some((result.decision.clone(), result.decided_by.clone()))
}

fn document(effect: &str, principal: bool) -> PolicySource {
    let principal = if principal { r#""Principal": "*", "# } else { "" };
    let document = format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ {principal}"Effect": "{effect}", "Action": "*", "Resource": "*" }} }}"#
    );
    PolicySource { document, ..PolicySource::default() }
}

fuzz_target!(|data: &[u8]| {
    let Ok(scenario) = scenario(&mut Unstructured::new(data)) else { return };
    let Some((decision, gate)) = decide(&scenario) else { return };
    let exempt = gate == "exempt";

    // A Deny for everything in an identity policy ends it.
    let mut denied = scenario.clone();
    denied.policies.identity.push(document("Deny", false));
    let (after, _) = decide(&denied).expect("valid");
    assert!(exempt || after == "ExplicitDeny", "{after}");

    // The order of policies says nothing.
    let mut turned = scenario.clone();
    turned.policies.identity.reverse();
    turned.policies.resource.reverse();
    turned.policies.session.reverse();
    assert_eq!(decide(&turned).expect("valid").0, decision);

    // More to allow in an identity policy never turns Allow into something else.
    let mut wider = scenario.clone();
    wider.policies.identity.push(document("Allow", false));
    let (after, _) = decide(&wider).expect("valid");
    assert!(decision != "Allow" || after == "Allow", "{after}");

    // A gate that lets everything pass changes nothing; one that lets nothing pass, everything.
    if scenario.policies.vpc_endpoint.is_none() {
        let mut passing = scenario.clone();
        passing.policies.vpc_endpoint = Some(document("Allow", true));
        let before_services = scenario.requests[0].principal.arn.starts_with("arn:aws:") && !scenario.requests[0].principal.arn.contains("saml");
        assert!(!before_services || decide(&passing).expect("valid").0 == decision);
        passing.policies.vpc_endpoint =
            Some(PolicySource { document: r#"{ "Version": "2012-10-17", "Statement": [] }"#.into(), ..PolicySource::default() });
        let (after, _) = decide(&passing).expect("valid");
        assert!(exempt || after != "Allow", "{after}");
    }
});
