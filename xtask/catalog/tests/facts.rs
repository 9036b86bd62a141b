//! The committed catalog: its counts, facts that AWS's pages state, and the questions that can be asked of it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::sync::LazyLock;

use admittance::catalog::{
    AccessLevel, Action, ArnDefaults, Catalog, Completion, Presence, ValueType, global_condition_key,
    global_condition_keys,
};
use admittance_catalog::check::{Meta, counts};
use admittance_catalog::encode::encode;
use admittance_catalog::schema::Facts;

const FILE: &[u8] = include_bytes!("../../../core/catalog/aws.bin");

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::decode(FILE).unwrap());

fn action(name: &str) -> Action<'static> {
    CATALOG.action(name).unwrap_or_else(|| panic!("{name}"))
}

fn names<'a>(actions: impl IntoIterator<Item = Action<'a>>) -> Vec<String> {
    actions.into_iter().map(|action| action.to_string()).collect()
}

#[test]
fn the_committed_file_holds_what_its_meta_file_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../core/catalog/aws.meta.json");
    let meta: Meta = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let facts = Facts::of(&CATALOG);
    assert_eq!(counts(&facts), meta.counts);
    assert_eq!(meta.bytes, FILE.len());
    let about = CATALOG.metadata();
    assert_eq!((&about.source, &about.version, &about.date), (&meta.source, &meta.version, &meta.date));
    for (count, field) in [
        (about.services, "services"),
        (about.actions, "actions"),
        (about.resource_types, "resource types"),
        (about.condition_keys, "condition keys"),
        (about.dependent_actions, "actions: dependent actions"),
    ] {
        assert_eq!(meta.counts.get(field), Some(&count), "{field}");
        assert!(count > 400, "{field}");
    }
    // Written anew, it is the same file: no field is left out of the comparison.
    assert!(encode(&facts).unwrap().bytes() == FILE);
}

#[test]
fn actions_have_the_levels_and_resources_of_aws_tables() {
    let cases = [
        ("s3:GetObject", AccessLevel::Read, &["accesspointobject", "object"][..]),
        ("s3:ListBucket", AccessLevel::List, &["accesspoint", "bucket"]),
        ("s3:PutBucketPolicy", AccessLevel::PermissionsManagement, &["bucket"]),
        ("s3:PutObjectTagging", AccessLevel::Tagging, &["accesspointobject", "object"]),
        ("s3:ListAllMyBuckets", AccessLevel::List, &[]),
        ("sqs:ReceiveMessage", AccessLevel::Read, &["queue"]),
        ("kms:Decrypt", AccessLevel::Write, &["key"]),
        ("sts:AssumeRole", AccessLevel::Write, &["role"]),
        ("iam:PassRole", AccessLevel::Write, &["role"]),
        ("iam:AttachRolePolicy", AccessLevel::PermissionsManagement, &["role"]),
        ("ec2:DescribeInstances", AccessLevel::List, &[]),
    ];
    for (name, level, resources) in cases {
        let action = action(name);
        assert_eq!(action.access_level(), level, "{name}");
        let found: Vec<&str> = action.resources().map(|resource| resource.resource_type().name()).collect();
        for resource in resources {
            assert!(found.contains(resource), "{name}: {found:?}");
        }
        assert_eq!(found.is_empty(), resources.is_empty(), "{name}: {found:?}");
    }
    let required: Vec<(&str, bool)> = action("ec2:RunInstances")
        .resources()
        .map(|resource| (resource.resource_type().name(), resource.required()))
        .filter(|(name, _)| ["instance", "subnet", "key-pair"].contains(name))
        .collect();
    assert_eq!(required, [("instance", true), ("key-pair", false), ("subnet", true)]);
    assert_eq!(CATALOG.service("ec2").unwrap().actions().len(), 826);
}

#[test]
fn names_are_found_without_case_and_only_whole() {
    for name in ["s3:GetObject", "S3:getobject", "s3:GETOBJECT"] {
        assert_eq!(action(name).to_string(), "s3:GetObject");
    }
    for name in ["s3:GetObjec", "s3:GetObjects", "s4:GetObject", "GetObject", "s3:", ":GetObject", "", ":", "s3:Get*"] {
        assert!(CATALOG.action(name).is_none(), "{name}");
    }
    // Every name is found, at its own place.
    for (index, action) in CATALOG.services().flat_map(|service| service.actions()).enumerate() {
        let name = action.to_string();
        assert_eq!(CATALOG.action(&name.to_ascii_uppercase()).map(Action::index), Some(index), "{name}");
    }
    for service in CATALOG.services() {
        for key in service.condition_keys() {
            assert_eq!(service.condition_key(key.name()), Some(key), "{}", service.prefix());
        }
        for resource in service.resource_types() {
            assert_eq!(service.resource_type(resource.name()).map(|found| found.name()), Some(resource.name()));
        }
    }
}

#[test]
fn patterns_expand_to_what_they_cover() {
    let expand = |pattern| names(CATALOG.expand(pattern));
    assert_eq!(
        expand("sqs:*Queue"),
        ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:PurgeQueue", "sqs:TagQueue", "sqs:UntagQueue"]
    );
    assert_eq!(expand("SQS:receive*"), ["sqs:ReceiveMessage"]);
    assert_eq!(expand("sqs:?eceiveMessage"), ["sqs:ReceiveMessage"]);
    assert_eq!(expand("sqs:ReceiveMessage"), ["sqs:ReceiveMessage"]);
    assert_eq!(expand("ec2:*").len(), 826);
    assert_eq!(expand("*").len(), CATALOG.metadata().actions);
    assert_eq!(expand("*:*").len(), CATALOG.metadata().actions);
    for nothing in ["", "s3", "s3:", "s?:*", "*:Get*", "nothing:*", "s3:Nothing*", " s3:*"] {
        assert!(expand(nothing).is_empty(), "{nothing}");
    }
}

#[test]
fn condition_keys_have_types_and_belong_to_actions_and_resources() {
    let key = |name| CATALOG.condition_key(name).unwrap_or_else(|| panic!("{name}"));
    let cases = [
        ("s3:prefix", ValueType::String, false),
        ("S3:PREFIX", ValueType::String, false),
        ("s3:max-keys", ValueType::Numeric, false),
        ("iam:PassedToService", ValueType::String, false),
        ("iam:PolicyARN", ValueType::Arn, false),
        ("kms:GrantIsForAWSResource", ValueType::Bool, false),
        ("kms:EncryptionContextKeys", ValueType::String, true),
        ("dynamodb:LeadingKeys", ValueType::String, true),
        ("aws:RequestTag/team", ValueType::String, false),
        ("aws:TagKeys", ValueType::String, true),
        ("aws:SourceIp", ValueType::IpAddress, false),
        ("saml:aud", ValueType::String, false),
        // The tables of these write the tag's key in other ways than `${TagKey}`.
        ("s3:ExistingObjectTag/team", ValueType::String, false),
        ("ssm:resourceTag/team", ValueType::String, false),
        ("secretsmanager:ResourceTag/team", ValueType::String, false),
    ];
    for (name, value_type, multivalued) in cases {
        assert_eq!((key(name).value_type(), key(name).multivalued()), (value_type, multivalued), "{name}");
    }
    assert_eq!(key("kms:EncryptionContext:stage").name(), "kms:EncryptionContext:${EncryptionContextKey}");
    assert_eq!(
        key("codebuild:environment.environmentVariables/a.b.value").name(),
        "codebuild:environment.environmentVariables/${name}.value"
    );
    for service in CATALOG.services() {
        for name in service.condition_keys().map(|key| key.name()) {
            let plain = name.replace("${", "").replace('}', "");
            assert!(!plain.contains(['<', '>', '{', ' ']) && !plain.contains("tag-key"), "{name}");
        }
    }
    for name in ["s3:nothing", "nothing:prefix", "", "aws:RequestTag/", "aws:RequestTag", "kms:EncryptionContext:"] {
        assert_eq!(CATALOG.condition_key(name), None, "{name}");
    }
    let all = |name| action(name).all_condition_keys().into_iter().map(|key| key.name()).collect::<Vec<_>>();
    assert!(all("s3:ListBucket").contains(&"s3:prefix"));
    assert!(all("s3:GetObject").contains(&"s3:ExistingObjectTag/${TagKey}"));
    assert!(!all("s3:GetObject").contains(&"s3:prefix"));
    assert!(all("ec2:RunInstances").contains(&"ec2:InstanceType"));
    assert!(all("sts:AssumeRole").contains(&"sts:ExternalId"));
    let together = CATALOG.condition_keys_of(&[action("s3:GetObject"), action("sqs:SendMessage")]);
    assert!(together.is_sorted_by(|one, other| one.name().to_ascii_lowercase() < other.name().to_ascii_lowercase()));
    assert_eq!(CATALOG.condition_keys_of(&[]), []);
}

#[test]
fn global_condition_keys_are_known_without_the_file() {
    let cases = [
        ("aws:principalorgid", ValueType::String, false, false),
        ("aws:PrincipalOrgPaths", ValueType::String, true, false),
        ("aws:CurrentTime", ValueType::Date, false, true),
        ("aws:SecureTransport", ValueType::Bool, false, true),
        ("aws:MultiFactorAuthPresent", ValueType::Bool, false, false),
        ("aws:CalledVia", ValueType::String, true, false),
        ("aws:PrincipalTag/team", ValueType::String, false, false),
        ("ec2:SourceInstanceARN", ValueType::Arn, false, false),
    ];
    for (name, value_type, multivalued, always) in cases {
        let key = global_condition_key(name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!((key.value_type(), key.multivalued()), (value_type, multivalued), "{name}");
        assert_eq!(key.presence() == Some(Presence::Always), always, "{name}");
    }
    assert_eq!(global_condition_key("s3:prefix"), None);
    assert_eq!(global_condition_key("aws:PrincipalTag"), None);
    for key in global_condition_keys() {
        assert_eq!(global_condition_key(key.name()), Some(key), "{} is there twice", key.name());
    }
}

#[test]
fn arns_are_built_and_recognized_by_their_formats() {
    let formats = |service: &str, resource: &str| {
        let found = CATALOG.service(service).and_then(|service| service.resource_type(resource));
        found.unwrap_or_else(|| panic!("{service} {resource}")).arn_formats().collect::<Vec<_>>()
    };
    let [object] = formats("s3", "object")[..] else { panic!() };
    assert_eq!(object.as_str(), "arn:${Partition}:s3:::${BucketName}/${ObjectName}");
    assert_eq!(object.placeholders().collect::<Vec<_>>(), ["Partition", "BucketName", "ObjectName"]);
    assert_eq!(object.sample(&ArnDefaults::default()), "arn:aws:s3:::my-bucket/my-object");
    let filled = object.fill(|name| if name == "Partition" { "aws-cn" } else { "*" });
    assert_eq!(filled, "arn:aws-cn:s3:::*/*");
    assert_eq!(formats("apigateway", "Stage").len(), 2);
    let defaults = ArnDefaults { partition: "aws-us-gov", region: "us-gov-west-1", account: "123456789012" };
    assert_eq!(formats("sqs", "queue")[0].sample(&defaults), "arn:aws-us-gov:sqs:us-gov-west-1:123456789012:my-queue");

    let cases = [
        ("s3", "bucket", "arn:aws:s3:::logs", true),
        ("s3", "bucket", "arn:aws:s3:::logs/*", false),
        ("s3", "bucket", "arn:aws:s3:::logs*", true),
        ("s3", "object", "arn:aws:s3:::logs/*", true),
        ("s3", "object", "arn:aws:s3:::logs", false),
        ("s3", "object", "arn:aws:s3:::${aws:username}/*", true),
        ("s3", "object", "*", true),
        ("sqs", "queue", "arn:aws:sns:*:*:*", false),
        ("sqs", "queue", "arn:*:sqs:*:111122223333:jobs", true),
        ("iam", "role", "arn:aws:iam::111122223333:user/*", false),
        ("iam", "role", "arn:aws:iam::*:role/team/*", true),
        ("lambda", "function", "arn:aws:lambda:us-east-1:111122223333:function:f", true),
        ("lambda", "function", "arn:aws:lambda:us-east-1:111122223333:layer:f", false),
    ];
    for (service, resource, pattern, expected) in cases {
        let covered = formats(service, resource).iter().any(|format| format.may_be_covered_by(pattern));
        assert_eq!(covered, expected, "{service} {resource} {pattern}");
    }
    let parts = |service, resource, arn| formats(service, resource)[0].values(arn);
    assert_eq!(
        parts("s3", "object", "arn:aws:s3:::logs/*"),
        Some(vec![("Partition", "aws"), ("BucketName", "logs"), ("ObjectName", "*")])
    );
    for other in
        ["arn:aws:s3:::logs", "arn:aws:s3:::logs/a/b", "arn:aws:s3:::logs/", "arn:aws:sqs:::logs/a", "logs/a", ""]
    {
        assert_eq!(parts("s3", "object", other), None, "{other}");
    }
    // What is made from a form is recognized by it.
    for service in CATALOG.services() {
        for format in service.resource_types().flat_map(|resource| resource.arn_formats()) {
            let sample = format.sample(&ArnDefaults::default());
            assert!(!sample.contains("${"), "{sample}");
            assert!(format.may_be_covered_by(&sample), "{sample}");
            let Some(values) = format.values(&sample) else { continue };
            let value = |name| values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
            assert_eq!(format.fill(value), sample);
        }
    }
}

#[test]
fn completions_begin_with_the_best() {
    let complete = |typed: &str| -> Vec<String> {
        let found = CATALOG.complete(typed, 8);
        found
            .into_iter()
            .map(|found| match found {
                Completion::Service(service) => format!("{}:", service.prefix()),
                Completion::Action(action) => action.to_string(),
            })
            .collect()
    };
    for (typed, first) in [
        ("s3", "s3:"),
        ("lamb", "lambda:"),
        ("s3:GetObject", "s3:GetObject"),
        ("s3:getobj", "s3:GetObject"),
        ("s3:go", "s3:GetObject"),
        ("S3:PutObj", "s3:PutObject"),
        ("dynamodb:bgi", "dynamodb:BatchGetItem"),
        ("iam:passr", "iam:PassRole"),
        ("passrole", "iam:PassRole"),
        ("ec2:runinst", "ec2:RunInstances"),
    ] {
        assert_eq!(complete(typed).first().map(String::as_str), Some(first), "{typed}: {:?}", complete(typed));
    }
    assert_eq!(CATALOG.complete("s3:", 1000).len(), CATALOG.service("s3").unwrap().actions().len());
    assert!(complete("nothing:get").is_empty());
    assert!(complete("s3:zzzz").is_empty());
    assert_eq!(complete("").len(), 8);
}

#[test]
fn dependent_actions_and_control_policies_are_known() {
    let dependents = names(action("lambda:CreateFunction").dependent_actions());
    assert!(dependents.contains(&"iam:PassRole".to_owned()), "{dependents:?}");
    assert!(names(action("sqs:ReceiveMessage").dependent_actions()).is_empty());
    // The engine's own list, which decides without the catalog, is the same.
    let supported: Vec<&str> =
        CATALOG.services().filter(|service| service.supports_rcps()).map(|service| service.prefix()).collect();
    let mut engine = admittance::RCP_SERVICES.to_vec();
    engine.sort_unstable();
    assert_eq!(supported, engine);
}
