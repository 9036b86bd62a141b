//! Policies service by service, as the IAM console shows them: what AWS's pages state of their own examples, and laws.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_policy-summary-examples.html>
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, reason = "test code")]

use admittance::Effect;
use admittance::scenario::{Policies, PolicySource};
use admittance::summary::{self, PolicyTable, PrincipalSummary, ServiceRow};
use admittance_tests::findings::catalog;
use proptest::prelude::*;

fn source(statements: &str) -> PolicySource {
    let document = format!(r#"{{ "Version": "2012-10-17", "Statement": {statements} }}"#);
    PolicySource { document, ..PolicySource::default() }
}

fn identity(statements: &str) -> Policies {
    Policies { identity: vec![source(statements)], ..Policies::default() }
}

fn table(statements: &str) -> PolicyTable {
    let mut summary = summary::policies(&identity(statements), Some(catalog()));
    assert!(summary.valid, "{:?}", summary.diagnostics);
    summary.documents.remove(0).table.unwrap()
}

fn row<'t>(rows: &'t [ServiceRow], service: &str) -> &'t ServiceRow {
    rows.iter().find(|row| row.service == service).unwrap_or_else(|| unreachable!("{service}: {rows:?}"))
}

/// A table in lines: section, service, access, resource, condition, then warnings and unknown actions.
fn lines(table: &PolicyTable) -> Vec<String> {
    let mut lines: Vec<String> =
        table.uncategorized.iter().map(|service| format!("uncategorized: {service}")).collect();
    for (section, rows) in [("deny", &table.deny), ("allow", &table.allow)] {
        for row in rows {
            let mut line = format!("{section} {}: {} | {} | {}", row.service, row.access, row.resource, row.condition);
            row.warnings.iter().for_each(|warning| line.push_str(&format!(" | {warning}")));
            row.uncategorized_actions.iter().for_each(|action| line.push_str(&format!(" | ? {action}")));
            lines.push(line);
        }
    }
    lines
}

const ACTIONS: &str = "One or more actions do not have an applicable resource.";
const RESOURCES: &str = "One or more resources do not have an applicable action.";

#[test]
fn what_is_left_out_of_one_service_leaves_out_nothing_of_others() {
    let table = table(r#"[{ "Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::photos/*" }]"#);
    assert_eq!(row(&table.allow, "s3").resources, ["not arn:aws:s3:::photos/*"]);
    assert_eq!(row(&table.allow, "sqs").resource, "All resources");
    assert!(table.allow.iter().all(|row| row.resource != "None"));
}

#[test]
fn the_examples_of_aws_are_summarized_as_its_pages_state() {
    let cases: [(&str, &str, Vec<String>); 12] = [
        (
            "DenyCustomerBucket",
            r#"[{ "Sid": "FullAccess", "Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"] },
                { "Sid": "DenyCustomerBucket", "Action": ["s3:*"], "Effect": "Deny",
                  "Resource": ["arn:aws:s3:::customer", "arn:aws:s3:::customer/*"] }]"#,
            vec![
                format!("deny s3: Full access | Multiple | None | {ACTIONS}"),
                "allow s3: Full access | All resources | None".into(),
            ],
        ),
        (
            "DynamoDbRowCognitoID",
            r#"{ "Effect": "Allow",
                 "Action": ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
                 "Resource": ["arn:aws:dynamodb:us-west-1:123456789012:table/myDynamoTable"],
                 "Condition": { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["${cognito-identity.amazonaws.com:sub}"] } } }"#,
            vec![
                "allow dynamodb: Limited: Read, Write | Region = us-west-1, Account = 123456789012, TableName = myDynamoTable | \
                 dynamodb:LeadingKeys ForAllValues:StringEquals ${cognito-identity.amazonaws.com:sub}"
                    .into(),
            ],
        ),
        (
            "MultipleResourceCondition",
            r#"[{ "Effect": "Allow", "Action": ["s3:PutObject", "s3:PutObjectAcl"], "Resource": ["arn:aws:s3:::Apple_bucket/*"],
                  "Condition": { "StringEquals": { "s3:x-amz-acl": ["public-read"] } } },
                { "Effect": "Allow", "Action": ["s3:PutObject", "s3:PutObjectAcl"], "Resource": ["arn:aws:s3:::Orange_bucket/*"],
                  "Condition": { "StringEquals": { "s3:x-amz-acl": ["custom"], "s3:x-amz-grant-full-control": ["1234"] } } }]"#,
            vec!["allow s3: Limited: Write, Permissions management | Multiple | Multiple".into()],
        ),
        (
            "EC2_troubleshoot",
            r#"[{ "Effect": "Allow", "Action": ["ec2:GetConsoleScreenshot"], "Resource": ["*"] },
                { "Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::developer"] }]"#,
            vec![
                "allow ec2: Limited: Read | All resources | None".into(),
                "allow s3: Limited: List | BucketName = developer | None".into(),
            ],
        ),
        // Resources appear only with the service that they are of.
        (
            "CodeBuild_CodeCommit_CodeDeploy",
            r#"{ "Effect": "Allow", "Action": ["codebuild:*", "codecommit:*", "codedeploy:*"], "Resource": [
                 "arn:aws:codebuild:us-east-2:123456789012:project/my-demo-project",
                 "arn:aws:codecommit:us-east-2:123456789012:MyDemoRepo",
                 "arn:aws:codedeploy:us-east-2:123456789012:application:WordPress_App",
                 "arn:aws:codedeploy:us-east-2:123456789012:instance/AssetTag*"] }"#,
            vec![
                format!("allow codebuild: Full access | Region = us-east-2, Account = 123456789012, ProjectName = my-demo-project | None | {ACTIONS}"),
                format!("allow codecommit: Full access | Region = us-east-2, Account = 123456789012, RepositoryName = MyDemoRepo | None | {ACTIONS}"),
                // The ARN of an instance has a colon in AWS's table of resource types, and a slash in this example.
                format!("allow codedeploy: Full access | Multiple | None | {RESOURCES}"),
            ],
        ),
        // Misspelled services and actions; resources of other services (the page's SummaryAllElements).
        (
            "SummaryAllElements",
            r#"[{ "Effect": "Allow", "Action": ["ec2:GetConsoleScreenshots"], "Resource": ["*"] },
                { "Effect": "Allow", "Action": ["codedploy:*", "codecommit:*"], "Resource": [
                  "arn:aws:codedeploy:us-west-2:123456789012:deploymentgroup:*",
                  "arn:aws:codebuild:us-east-1:123456789012:project/my-demo-project"] },
                { "Effect": "Allow", "Action": ["s3:ListAllMyBuckets", "s3:GetObject", "s3:DeletObject", "s3:PutObject", "s3:PutObjectAcl"],
                  "Resource": ["arn:aws:s3:::amzn-s3-demo-bucket", "arn:aws:s3:::amzn-s3-demo-bucket/*", "arn:aws:autoscling:us-east-2:123456789012:autoscalgrp"] }]"#,
            vec![
                "uncategorized: codedploy".into(),
                "allow codecommit: Full access | Multiple | None | No resources are defined.".into(),
                "allow ec2: None | None | None | ? ec2:GetConsoleScreenshots".into(),
                format!("allow s3: Limited: List, Read, Write, Permissions management | Multiple | None | {RESOURCES} | ? s3:DeletObject"),
            ],
        ),
        (
            "a condition of one key",
            r#"{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } }"#,
            vec!["allow sqs: Full access | All resources | aws:SourceIp IpAddress 203.0.113.0/24".into()],
        ),
        (
            "a key that the service does not know",
            r#"{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition": { "StringEquals": { "s3:prefix": "a" } } }"#,
            vec!["allow sqs: Full access | All resources | s3:prefix = a | One or more conditions do not have an applicable action.".into()],
        ),
        (
            "everything of one level",
            r#"{ "Effect": "Allow", "Action": ["sns:List*", "sns:Publish", "SNS:GetTopicAttributes"], "NotResource": "arn:aws:sns:*:*:secret" }"#,
            vec!["allow sns: Full: List Limited: Read, Write | not arn:aws:sns:*:*:secret | None".into()],
        ),
        (
            "conditions that contradict each other",
            r#"[{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*",
                  "Condition": { "Bool": { "aws:SecureTransport": "true" }, "BoolIfExists": { "aws:SecureTransport": "false" } } },
                { "Effect": "Allow", "Action": "sns:Publish", "Resource": "*" }]"#,
            vec![
                "allow sns: Limited: Write | All resources | None".into(),
                "allow sqs: None | None | None | One or more statements never apply.".into(),
            ],
        ),
        (
            "every resource left out",
            r#"{ "Effect": "Allow", "Action": ["sqs:*", "sns:*"], "NotResource": "*" }"#,
            vec![
                "allow sns: None | None | None | One or more statements never apply.".into(),
                "allow sqs: None | None | None | One or more statements never apply.".into(),
            ],
        ),
        ("an empty list", r#"{ "Effect": "Deny", "Action": "sqs:*", "Resource": [] }"#, vec!["deny sqs: None | None | None | One or more statements never apply.".into()]),
    ];
    for (name, statements, expected) in cases {
        assert_eq!(lines(&table(statements)), expected, "{name}");
    }
}

#[test]
fn drilling_down_tells_each_action_and_why_it_has_no_resource() {
    let policies = identity(
        r#"{ "Effect": "Allow", "Action": ["s3:ListAllMyBuckets", "s3:ListBucket", "s3:GetObject"], "Resource": "arn:aws:s3:::photos" }"#,
    );
    let service = |effect, name| summary::service(&policies, "policies.identity[0]", effect, name, catalog());
    let s3 = service(Effect::Allow, "S3").unwrap();
    let covered: Vec<_> = s3.actions.iter().filter(|row| row.covered).collect();
    let told: Vec<_> = covered.iter().map(|row| (row.action.as_str(), row.level.name(), row.note.as_deref())).collect();
    assert_eq!(
        told,
        [
            (
                "ListAllMyBuckets",
                "List",
                Some(
                    "This action does not support resource-level permissions. This requires a wildcard (*) for the resource."
                )
            ),
            ("ListBucket", "List", None),
            ("GetObject", "Read", Some("This action does not have an applicable resource.")),
        ]
    );
    assert!(covered.iter().all(|row| row.statements == [0]));
    assert!(service(Effect::Deny, "s3").is_none() && service(Effect::Allow, "sqs").is_none());
    assert!(summary::service(&policies, "policies.identity[1]", Effect::Allow, "s3", catalog()).is_none());
    let resource = |pattern: &str| {
        let table = table(&format!(r#"{{ "Effect": "Allow", "Action": "s3:*", "Resource": "{pattern}" }}"#));
        row(&table.allow, "s3").resource.clone()
    };
    // The page's own two forms; and what can be of several types stands as it is.
    assert_eq!(resource("arn:aws:s3:::developer_bucket"), "BucketName = developer_bucket");
    assert_eq!(resource("arn:aws:s3:::developer_bucket/*"), "BucketName = developer_bucket, ObjectName = *");
    for pattern in ["arn:aws:s3:::developer*", "arn:aws:s3:::*", "arn:aws:sqs:*:*:q", "developer"] {
        assert_eq!(resource(pattern), pattern);
    }
    let keys = identity(
        r#"{ "Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject", "s3:ListBucket"], "Resource": "*",
             "Condition": { "StringEquals": { "s3:x-amz-acl": "private" }, "StringLike": { "s3:signatureversion": "*" } } }"#,
    );
    let s3 = summary::service(&keys, "policies.identity[0]", Effect::Allow, "s3", catalog()).unwrap();
    let note = |name: &str| s3.actions.iter().find(|row| row.action == name).unwrap().note.as_deref();
    assert_eq!(note("PutObject"), None);
    assert_eq!(note("GetObject"), Some("s3:x-amz-acl is not a supported condition key for this action."));
    let both = identity(
        r#"{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "arn:aws:s3:::photos", "Condition": { "StringEquals": { "s3:x-amz-acl": "private" } } }"#,
    );
    let s3 = summary::service(&both, "policies.identity[0]", Effect::Allow, "s3", catalog()).unwrap();
    let note = s3.actions.iter().find(|row| row.covered).unwrap().note.as_deref();
    assert_eq!(note, Some("This action does not have an applicable resource and condition."));
}

#[test]
fn in_a_key_policy_everything_is_the_key() {
    let key = source(
        r#"{ "Sid": "Account", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" }"#,
    );
    let key = PolicySource { kind: Some("kms-key".to_owned()), ..key };
    let policies = Policies { resource: vec![key], ..Policies::default() };
    let table = summary::policies(&policies, Some(catalog())).documents.remove(0).table.unwrap();
    assert_eq!(lines(&table), ["allow kms: Full access | This key | None"]);
    let service = summary::service(&policies, "policies.resource[0]", Effect::Allow, "kms", catalog()).unwrap();
    assert_eq!(service.row.resource, "This key");
}

#[test]
fn not_action_is_everything_else() {
    let table = table(r#"{ "Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*" }"#);
    assert_eq!(table.allow.len(), table.known_services - 2);
    assert!(table.allow.iter().all(|row| row.access == "Full access" && row.resource == "All resources"));
    assert!(table.uncategorized.is_empty() && table.deny.is_empty());
}

fn principal(policies: &Policies) -> PrincipalSummary {
    let summary = summary::policies(policies, Some(catalog()));
    assert!(summary.valid, "{:?}", summary.diagnostics);
    summary.principal.unwrap()
}

#[test]
fn what_is_left_under_limits_and_denies() {
    let any = r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#;
    let level =
        |statements: &str| admittance::scenario::OrganizationLevel { name: None, policies: vec![source(statements)] };
    let mut policies = identity(r#"{ "Effect": "Allow", "Action": ["sqs:*", "sns:*", "s3:*"], "Resource": "*" }"#);
    policies.identity.push(source(r#"[{ "Effect": "Deny", "Action": "sqs:DeleteQueue", "Resource": "*" },
        { "Effect": "Deny", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:a" },
        { "Effect": "Deny", "Action": "sqs:PurgeQueue", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } } }]"#));
    policies.permissions_boundary =
        Some(source(r#"{ "Effect": "Allow", "Action": ["sqs:*", "s3:ListBucket"], "Resource": "*" }"#));
    let told = |policies: &Policies| -> Vec<String> {
        let services = principal(policies).effective;
        services.iter().map(|row| format!("{}: {}", row.service, row.access)).collect()
    };
    // By AWS's tables, SQS has no action of level List: ListQueues is one of Read.
    assert_eq!(
        told(&policies),
        ["s3: Limited: List", "sns: None", "sqs: Full: Read, Permissions management, Tagging Limited: Write"]
    );
    let summary = principal(&policies);
    let sqs = summary.effective.iter().find(|row| row.service == "sqs").unwrap();
    let write = sqs.levels.iter().find(|row| row.level.name() == "Write").unwrap();
    assert_eq!((write.granted, write.left, write.denied, write.partly_denied), (write.total, write.total - 1, 1, 2));
    let sns = summary.effective.iter().find(|row| row.service == "sns").unwrap();
    assert!(
        sns.levels.iter().all(|row| row.beyond_boundary == row.granted && row.left == 0 && row.granted == row.total)
    );
    // What is denied is not taken from what the identity-based policies allow.
    assert_eq!(row(&summary.identity.allow, "sqs").access, "Full access");
    assert_eq!(row(&summary.identity.deny, "sqs").access, "Limited: Write");
    // Each level of the organization has to allow.
    policies.service_control =
        Some(vec![level(any), level(r#"{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }"#)]);
    assert_eq!(told(&policies)[..2], ["s3: None", "sns: None"]);
    policies.service_control = Some(vec![level(any), admittance::scenario::OrganizationLevel::default()]);
    assert!(told(&policies).iter().all(|line| line.ends_with(": None")));
    // Nothing is said of a whole that has an error in it.
    policies.session.push(source(r#"{ "Effect": "allow" }"#));
    assert!(summary::policies(&policies, Some(catalog())).principal.is_none());
}

/// An action is not left where none of the resources is of its type, or no request for it carries a key that is needed.
#[test]
fn what_never_applies_is_not_granted() {
    let granted = |statement: &str, service: &str, level: &str| {
        let summary = principal(&identity(statement));
        let row = summary.effective.iter().find(|row| row.service == service);
        row.and_then(|row| row.levels.iter().find(|row| row.level.name() == level)).map_or(0, |row| row.granted)
    };
    for (statement, service, level, expected) in [
        (
            r#"{ "Effect": "Allow", "Action": ["s3:ListAllMyBuckets", "s3:ListBucket"], "Resource": "arn:aws:s3:::b" }"#,
            "s3",
            "List",
            1,
        ),
        (r#"{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "arn:aws:s3:::*" }"#, "s3", "List", 1),
        (r#"{ "Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/*" }"#, "ec2", "List", 0),
        (r#"{ "Effect": "Allow", "NotAction": "s3:*", "Resource": ["arn:aws:sqs:*:*:q"] }"#, "sns", "Write", 0),
        (
            r#"{ "Effect": "Allow", "Action": ["s3:PutObject", "s3:DeleteObject"], "Resource": "*", "Condition": { "StringEquals": { "s3:x-amz-acl": "private" } } }"#,
            "s3",
            "Write",
            1,
        ),
        (
            r#"{ "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*", "Condition": { "StringEqualsIfExists": { "s3:prefix": "a" } } }"#,
            "s3",
            "Write",
            1,
        ),
    ] {
        assert_eq!(granted(statement, service, level), expected, "{statement}");
    }
}

/// Sentences say how many actions a pattern covers.
#[test]
fn sentences_count_actions() {
    let summary = summary::policies(
        &identity(
            r#"{ "Effect": "Allow", "Action": ["iam:List*", "iam:Get*", "sns:*", "sns:Publis?", "sqs:Nope*"], "Resource": "*" }"#,
        ),
        Some(catalog()),
    );
    let (lists, gets) = (catalog().expand("iam:List*").len(), catalog().expand("iam:Get*").len());
    let text = &summary.documents[0].sentences[0].text;
    for words in [
        format!("May use iam:List* ({lists} List actions), iam:Get* ({gets} actions: "),
        " List, ".to_owned(),
        ", every action of Amazon SNS (sns), sns:Publis? (1 Write action) and sqs:Nope* (no action that is known)"
            .to_owned(),
    ] {
        assert!(text.contains(&words), "{words}: {text}");
    }
}

fn pattern() -> impl Strategy<Value = String> {
    let service = prop_oneof![Just("s3"), Just("sqs"), Just("iam"), Just("SNS")];
    let name = prop_oneof![
        Just("*".to_owned()),
        Just("Get*".to_owned()),
        Just("List*".to_owned()),
        Just("*Tag*".to_owned()),
        "[GLPDCS][a-z]{0,2}\\*",
        Just("SendMessage".to_owned()),
        Just("?etUser".to_owned()),
    ];
    (service, name).prop_map(|(service, name)| format!("{service}:{name}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// A level is full exactly if the patterns cover all of its actions, and drilling down sums up to the counts.
    #[test]
    fn levels_are_full_exactly_if_all_their_actions_are_covered(
        patterns in prop::collection::vec(pattern(), 1..4),
        negated in any::<bool>(),
    ) {
        let element = if negated { "NotAction" } else { "Action" };
        let list = serde_json::to_string(&patterns).unwrap();
        let policies = identity(&format!(r#"{{ "Effect": "Deny", "{element}": {list}, "Resource": "*" }}"#));
        let matches = |action: &str| patterns.iter().any(|pattern| {
            catalog().expand(pattern).iter().any(|known| known.to_string() == action)
        }) != negated;
        for prefix in ["s3", "sqs", "iam", "sns", "ec2"] {
            let service = catalog().service(prefix).unwrap();
            let covered: Vec<_> = service.actions().filter(|action| matches(&action.to_string())).collect();
            let told = summary::service(&policies, "policies.identity[0]", Effect::Deny, prefix, catalog());
            let named = !negated && patterns.iter().any(|pattern| pattern.to_ascii_lowercase().starts_with(&format!("{prefix}:")));
            prop_assert_eq!(told.is_some(), named || !covered.is_empty(), "{}", prefix);
            let Some(told) = told else { continue };
            prop_assert_eq!(told.actions.len(), service.actions().len());
            for row in &told.row.levels {
                let of_level = |action: &admittance::catalog::Action<'_>| action.access_level() == row.level;
                prop_assert_eq!(row.covered, covered.iter().filter(|action| of_level(action)).count());
                prop_assert_eq!(row.total, service.actions().filter(of_level).count());
                let drilled = told.actions.iter().filter(|action| action.level == row.level);
                prop_assert_eq!(drilled.clone().count(), row.total);
                prop_assert_eq!(drilled.filter(|action| action.covered).count(), row.covered);
            }
            let full = covered.len() == service.actions().len();
            prop_assert_eq!(told.row.access == "Full access", full);
        }
    }
}
