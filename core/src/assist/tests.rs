use super::*;
use crate::policy::ResourcePolicyKind;

fn catalog() -> Catalog {
    Catalog::decode(include_bytes!("../../catalog/aws.bin")).unwrap()
}

const EMPTY: Place<'static> = Place {
    policy_type: PolicyType::Identity,
    path: &[],
    is_name: false,
    text: "",
    present: &[],
    below: &[],
    actions: &[],
};

fn texts(place: &Place<'_>, catalog: Option<&Catalog>) -> Vec<String> {
    complete(place, catalog).into_iter().map(|each| each.text).collect()
}

#[test]
fn elements_that_are_missing_and_allowed_are_offered() {
    let statement =
        Place { path: &["Statement"], is_name: true, present: &["Effect", "NotAction", "Re"], text: "Re", ..EMPTY };
    assert_eq!(texts(&statement, None), ["Sid", "Resource", "NotResource", "Condition"]);
    let bucket = PolicyType::Resource(ResourcePolicyKind::General);
    let with_principal = texts(&Place { policy_type: bucket, ..statement }, None);
    assert!(with_principal.contains(&"Principal".to_owned()));
    assert_eq!(texts(&Place { is_name: true, present: &["Version"], ..EMPTY }, None), ["Id", "Statement"]);
    assert_eq!(texts(&Place { path: &["Statement", "Effect"], ..EMPTY }, None), ["Allow", "Deny"]);
}

#[test]
fn actions_and_the_arns_that_they_take() {
    let catalog = catalog();
    let action = Place { path: &["Statement", "Action"], text: "s3:getobj", ..EMPTY };
    assert_eq!(texts(&action, Some(&catalog)).first().map(String::as_str), Some("s3:GetObject"));
    assert_eq!(texts(&action, None), [""; 0]);
    let resource = Place { path: &["Statement", "Resource"], actions: &["s3:GetObject"], ..EMPTY };
    let arns = texts(&resource, Some(&catalog));
    assert!(arns.contains(&"arn:aws:s3:::${BucketName}/${ObjectName}".to_owned()), "{arns:?}");
    assert!(!arns.iter().any(|arn| arn.contains(":ec2:")));
}

#[test]
fn operators_suit_the_keys_below_and_keys_the_operator_above() {
    let catalog = catalog();
    let operator = Place { path: &["Statement", "Condition"], is_name: true, ..EMPTY };
    let all = texts(&operator, None);
    assert!(all.contains(&"StringEquals".to_owned()) && all.contains(&"ForAnyValue:".to_owned()));
    let address = texts(&Place { below: &["aws:SourceIp"], ..operator }, None);
    assert_eq!(address, ["IpAddress", "NotIpAddress", "Null", "ForAllValues:", "ForAnyValue:"]);
    let quantified = texts(&Place { text: "ForAnyValue:", below: &["aws:TagKeys"], ..operator }, None);
    assert!(quantified.contains(&"ForAnyValue:StringLike".to_owned()), "{quantified:?}");

    let key = Place { path: &["Statement", "Condition", "Bool"], is_name: true, actions: &["s3:ListBucket"], ..EMPTY };
    let keys = texts(&key, Some(&catalog));
    assert!(keys.contains(&"aws:SecureTransport".to_owned()) && !keys.contains(&"aws:SourceIp".to_owned()));
    let key = Place { path: &["Statement", "Condition", "StringLike"], text: "pref", ..key };
    assert_eq!(texts(&key, Some(&catalog)), ["s3:prefix"]);
    let tag = Place { text: "aws:RequestT", ..key };
    assert!(
        complete(&tag, Some(&catalog))
            .iter()
            .any(|each| each.text == "aws:RequestTag/" && each.kind == ProposalKind::KeyPrefix)
    );
}

#[test]
fn variables_are_offered_behind_their_beginning() {
    let resource = Place { path: &["Statement", "Resource"], text: "arn:aws:s3:::b/${aws:u", ..EMPTY };
    assert!(texts(&resource, None).contains(&"arn:aws:s3:::b/${aws:username}".to_owned()));
    let closed = Place { text: "arn:aws:s3:::b/${aws:username}/", ..resource };
    assert_eq!(texts(&closed, None), [""; 0]);
    let number = Place { path: &["Statement", "Condition", "NumericEquals", "s3:max-keys"], text: "${", ..EMPTY };
    assert_eq!(texts(&number, None), [""; 0]);
    let null = Place { path: &["Statement", "Condition", "Null", "aws:SourceVpc"], ..EMPTY };
    assert_eq!(texts(&null, None), ["true", "false"]);
}

#[test]
fn what_is_known_about_actions_keys_and_operators() {
    let catalog = catalog();
    let action = Place { path: &["Statement", "Action"], text: "s3:getobject", ..EMPTY };
    let found = about(&action, Some(&catalog)).unwrap();
    assert_eq!(found.title, "s3:GetObject");
    assert_eq!(found.facts.first().map(String::as_str), Some("Read in Amazon S3"));
    assert!(found.facts.iter().any(|fact| fact.starts_with("Resources: ") && fact.contains("object")));
    assert_eq!(found.link, "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html");
    let pattern = about(&Place { text: "s3:Get*", ..action }, Some(&catalog)).unwrap();
    assert!(pattern.facts.first().is_some_and(|fact| fact.ends_with(" actions")));
    assert_eq!(about(&Place { text: "nothing:Here", ..action }, Some(&catalog)), None);

    let key = Place { path: &["Statement", "Condition", "IpAddress"], is_name: true, text: "AWS:sourceip", ..EMPTY };
    let found = about(&key, None).unwrap();
    assert_eq!((found.title.as_str(), found.facts.first().map(String::as_str)), ("aws:SourceIp", Some("IPAddress")));
    assert!(found.link.ends_with("#condition-keys-sourceip"));
    let operator = Place { path: &["Statement", "Condition"], is_name: true, text: "StringNotEqualsIfExists", ..EMPTY };
    assert_eq!(about(&operator, None).unwrap().facts.len(), 3);
}
