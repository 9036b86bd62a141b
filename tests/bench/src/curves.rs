//! Inputs that grow.

use admittance::{Decision, PolicySet, Principal, Request, RequestContext};
use serde_json::json;

use crate::scenario::{expect, identity};

const ALICE: &str = "arn:aws:iam::111111111111:user/alice";
const FILE: &str = "arn:aws:s3:::mybucket/folder/file.txt";

/// Services that the scenarios do not ask about.
const SERVICES: [&str; 32] = [
    "acm",
    "athena",
    "autoscaling",
    "batch",
    "cloudformation",
    "cloudfront",
    "cloudtrail",
    "cloudwatch",
    "codebuild",
    "cognito-idp",
    "dynamodb",
    "ec2",
    "ecr",
    "ecs",
    "eks",
    "elasticache",
    "events",
    "firehose",
    "glue",
    "kinesis",
    "kms",
    "lambda",
    "logs",
    "rds",
    "redshift",
    "route53",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "states",
    "wafv2",
];

/// Operators, each with the first of its values.
const OPEN: [(&str, &str); 8] = [
    ("StringEquals", "red"),
    ("StringLike", "red*"),
    ("StringNotEquals", "${aws:PrincipalTag/k1}"),
    ("NumericLessThan", "10"),
    ("StringEqualsIgnoreCase", "Red"),
    ("ForAnyValue:StringLike", "*${aws:PrincipalTag/k2}"),
    ("ArnLike", "arn:aws:iam::*:role/red"),
    ("StringNotLike", "*blue*"),
];

/// A scenario of which so many keys are unknown: each statement compares two of them, in ways that no other statement
/// does, with so many values. Every third denies.
#[must_use]
pub fn of_unknown_keys(keys: usize, statements: usize, values: usize) -> String {
    let key = |number: usize| format!("aws:PrincipalTag/k{}", number % keys);
    let condition = |number: usize, key: String| {
        let (operator, first) = OPEN[number % OPEN.len()];
        let further = (1..values).map(|value| format!("{first}{value}"));
        let values: Vec<String> = std::iter::once(first.to_owned()).chain(further).collect();
        (operator.to_owned(), json!({ key: values }))
    };
    let statement = |number: usize| {
        let effect = if number.is_multiple_of(3) { "Deny" } else { "Allow" };
        let conditions = [condition(number, key(number)), condition(number * 5 + 3, key(number * 7 + 1))];
        let conditions: serde_json::Map<String, serde_json::Value> = conditions.into_iter().collect();
        json!({ "Effect": effect, "Action": "*", "Resource": "*", "Condition": conditions })
    };
    let statements: Vec<_> = (0..statements).map(statement).collect();
    let unknown: Vec<String> = (0..keys).map(key).collect();
    let policy = json!({ "Version": "2012-10-17", "Statement": statements });
    let request = json!({ "principal": ALICE, "action": "s3:GetObject", "resource": FILE, "unknown": unknown });
    json!({ "policies": { "identity": [policy] }, "requests": [request] }).to_string()
}

/// Policies like those of S2, of ten statements with two conditions each, none of which names S3.
#[must_use]
pub fn of_other_services(count: usize) -> Vec<String> {
    let statement = |policy: usize, index: usize| {
        let service = SERVICES[(policy * 10 + index) % SERVICES.len()];
        let condition = match index % 2 {
            0 => {
                json!({ "Bool": { "aws:SecureTransport": "true" }, "StringLike": { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/*" } })
            }
            _ => {
                json!({ "StringEquals": { "aws:RequestedRegion": ["us-east-1", "eu-west-1"] }, "IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"] } })
            }
        };
        json!({
            "Sid": format!("P{policy}S{index}"),
            "Effect": if index % 5 == 4 { "Deny" } else { "Allow" },
            "Action": [format!("{service}:Describe*"), format!("{service}:Get{policy}")],
            "Resource": [
                format!("arn:aws:{service}:*:111111111111:thing/{policy}-{index}/*"),
                format!("arn:aws:{service}:*:111111111111:thing/team-{policy}/*/data-{index}?.json"),
            ],
            "Condition": condition,
        })
    };
    let document = |policy| {
        let statements: Vec<_> = (0..10).map(|index| statement(policy, index)).collect();
        json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
    };
    (0..count).map(document).collect()
}

/// Policies of one statement each that name S3's action, and other buckets.
#[must_use]
pub fn of_other_buckets(count: usize) -> Vec<String> {
    let document = |index| {
        let statement = json!({
            "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [format!("arn:aws:s3:::bucket-{index}/*")],
        });
        json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
    };
    (0..count).map(document).collect()
}

/// A policy that allows to read the file, behind others that do not speak of it, and the request to read it.
#[must_use]
pub fn behind(mut others: Vec<String>) -> (PolicySet, Request) {
    others.push(reading("arn:aws:s3:::mybucket/*"));
    let (set, request) = (identity(&others), get_object(FILE));
    expect(&set, &request, Decision::Allow);
    (set, request)
}

/// As many different requests, of which every second one is allowed by S2's last statement.
#[must_use]
pub fn requests(like: &Request, set: &PolicySet, count: usize) -> Vec<Request> {
    let request = |index: usize| {
        let (bucket, expected) = match index % 2 {
            0 => ("mybucket", Decision::Allow),
            _ => ("their-bucket", Decision::ImplicitDeny),
        };
        let resource = format!("arn:aws:s3:::{bucket}/folder/file-{index}.txt");
        let context = like.context().clone();
        let request = Request::new(like.principal.clone(), like.action(), &resource, like.resource_account(), context)
            .expect("a request");
        expect(set, &request, expected);
        request
    };
    (0..count).map(request).collect()
}

/// A pattern of so many stars and a text of so many letters, which it misses by its last letter only: there
/// are as many ways to lay the pattern over the text as there are choices of places for the stars.
#[must_use]
pub fn stars(stars: usize, letters: usize) -> (PolicySet, Request) {
    let set = identity(&[reading(&format!("arn:aws:s3:::b/{}b*", "*a".repeat(stars - 1)))]);
    let request = get_object(&format!("arn:aws:s3:::b/{}", "a".repeat(letters)));
    expect(&set, &request, Decision::ImplicitDeny);
    (set, request)
}

fn reading(resource: &str) -> String {
    let statement = json!({ "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [resource] });
    json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
}

fn get_object(resource: &str) -> Request {
    let alice = Principal::parse(ALICE).expect("a principal");
    Request::new(alice, "s3:GetObject", resource, None, RequestContext::new()).expect("a request")
}

/// A policy of so many statements about three services, each with resources and conditions of its own, some of which do
/// not fit its actions.
#[must_use]
pub fn of_statements(count: usize) -> String {
    let statement = |index: usize| {
        let (actions, resource) = match index % 3 {
            0 => (["s3:Get*", "s3:PutObject"], format!("arn:aws:s3:::bucket-{index}/*")),
            1 => (["ec2:*", "s3:ListBucket"], format!("arn:aws:ec2:*:*:instance/i-{index}")),
            _ => (["dynamodb:*Item", "dynamodb:Query"], format!("arn:aws:dynamodb:*:*:table/table-{index}/*")),
        };
        json!({
            "Effect": if index.is_multiple_of(10) { "Deny" } else { "Allow" }, "Action": actions, "Resource": resource,
            "Condition": { "StringEquals": { format!("s3:ExistingObjectTag/tag-{index}"): "a", "ec2:Vpc": "b" } },
        })
    };
    let statements: Vec<_> = (0..count).map(statement).collect();
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}
