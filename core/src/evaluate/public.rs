//! Whether S3 considers a policy public (SPEC 5.13).

use crate::arn::Arn;
use crate::policy::{Comparison, ConditionClause, Effect, PolicyDocument, PrincipalKind, Quantifier, Statement};
use crate::value;

/// Keys whose fixed values make a grant non-public; `aws:SourceIp` and `s3:DataAccessPointArn` have
/// rules of their own.
const KEYS: [&str; 12] = [
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalservicename",
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:userid",
    "s3:dataaccesspointaccount",
];

/// Whether a bucket or access point policy grants to more than fixed principals and fixed values:
/// one public statement makes the whole policy public.
///
/// What AWS's page leaves open counts as public: conditions that a request without the key passes
/// (`…IfExists`, `ForAllValues`, negated operators), and wildcards even where an operator takes them
/// as text.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>
pub(crate) fn is_public(document: &PolicyDocument, of_access_point: bool) -> bool {
    document.statements.iter().any(|statement| {
        let limited = || statement.condition.iter().any(|clause| limits(clause, of_access_point));
        statement.effect == Effect::Allow && !names_fixed_principals(statement) && !limited()
    })
}

fn names_fixed_principals(statement: &Statement) -> bool {
    statement.principal.as_ref().is_some_and(|element| {
        let everybody = |kind, value: &str| kind == PrincipalKind::Everyone || value == "*";
        !element.negated && !element.entries.iter().any(|entry| everybody(entry.kind, &entry.value.value))
    })
}

/// Whether the condition holds for fixed values only.
fn limits(clause: &ConditionClause, of_access_point: bool) -> bool {
    let operator = clause.operator;
    if operator.if_exists || operator.quantifier == Some(Quantifier::ForAllValues) || clause.values.is_empty() {
        return false;
    }
    let key = clause.key.value.to_ascii_lowercase();
    let all = |test: &dyn Fn(&str) -> bool| clause.values.iter().all(|value| test(&value.value));
    match operator.comparison {
        Comparison::IpAddress => key == "aws:sourceip" && all(&is_narrow),
        Comparison::StringEquals
        | Comparison::StringEqualsIgnoreCase
        | Comparison::StringLike
        | Comparison::ArnEquals
        | Comparison::ArnLike => match key.as_str() {
            "s3:dataaccesspointarn" if !of_access_point => all(&has_fixed_account),
            "s3:dataaccesspointarn" => all(&is_fixed),
            key => KEYS.contains(&key) && all(&is_fixed),
        },
        _ => false,
    }
}

fn is_fixed(value: &str) -> bool {
    !value.contains(['*', '?']) && !value.contains("${")
}

/// An access point's ARN may leave its name open in a bucket policy.
fn has_fixed_account(value: &str) -> bool {
    is_fixed(value) || Arn::parse(value).is_some_and(|arn| arn.account_id().is_some())
}

/// Ranges wider than /8, for IPv6 wider than /32, are public; private ranges of RFC 1918 are not.
fn is_narrow(value: &str) -> bool {
    match value::network(value) {
        Some(range) => range.prefix >= if range.first().is_ipv4() { 8 } else { 32 },
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(principal: &str, condition: &str, of_access_point: bool) -> bool {
        let text = format!(
            r#"{{ "Version": "2012-10-17", "Statement": [
                {{ "Effect": "Allow", "Principal": {{ "AWS": "111122223333" }}, "Action": "s3:*", "Resource": "*" }},
                {{ "Effect": "Allow", "Principal": {principal}, "Action": "s3:PutObject", "Resource": "*", "Condition": {condition} }}] }}"#
        );
        let (document, found) = PolicyDocument::parse(&text);
        assert!(document.is_valid(), "{found:?}");
        is_public(&document, of_access_point)
    }

    #[test]
    fn fixed_principals_and_values_are_not_public() {
        for (principal, condition, expected) in [
            (r#""*""#, "{}", true),
            (r#"{ "AWS": "*" }"#, "{}", true),
            (r#"{ "AWS": ["111122223333", "*"] }"#, "{}", true),
            (r#"{ "AWS": "444455556666" }"#, "{}", false),
            (r#"{ "Service": "logging.s3.amazonaws.com" }"#, "{}", false),
            (r#""*""#, r#"{ "StringLike": { "aws:SourceVpc": "vpc-*" } }"#, true),
            (r#""*""#, r#"{ "StringEquals": { "aws:SourceVpc": "vpc-91237329" } }"#, false),
            (r#""*""#, r#"{ "StringEquals": { "aws:SourceVpc": ["vpc-1", "${aws:SourceVpc}"] } }"#, true),
            (r#""*""#, r#"{ "StringEqualsIfExists": { "aws:SourceVpc": "vpc-1" } }"#, true),
            (r#""*""#, r#"{ "StringNotEquals": { "aws:SourceVpc": "vpc-1" } }"#, true),
            (r#""*""#, r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1" } }"#, false),
            (r#""*""#, r#"{ "StringEquals": { "aws:Referer": "https://example.com" } }"#, true),
            (r#""*""#, r#"{ "StringLike": { "aws:userid": "AROAEXAMPLE:*" } }"#, true),
            (r#""*""#, r#"{ "IpAddress": { "aws:SourceIp": "0.0.0.0/1" } }"#, true),
            (r#""*""#, r#"{ "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/8"] } }"#, false),
            (r#""*""#, r#"{ "IpAddress": { "aws:SourceIp": "2001::/31" } }"#, true),
            (r#""*""#, r#"{ "IpAddress": { "aws:SourceIp": "2001:db8::/32" } }"#, false),
            (r#""*""#, r#"{ "NotIpAddress": { "aws:SourceIp": "203.0.113.0/24" } }"#, true),
        ] {
            assert_eq!(public(principal, condition, false), expected, "{principal} {condition}");
        }
    }

    #[test]
    fn access_points_of_an_account() {
        let by_arn =
            r#"{ "StringLike": { "s3:DataAccessPointArn": "arn:aws:s3:us-west-2:123456789012:accesspoint/*" } }"#;
        assert!(!public(r#""*""#, by_arn, false));
        assert!(public(r#""*""#, by_arn, true));
        let of_any = r#"{ "StringLike": { "s3:DataAccessPointArn": "arn:aws:s3:us-west-2:*:accesspoint/a" } }"#;
        assert!(public(r#""*""#, of_any, false));
        let by_account = r#"{ "StringEquals": { "s3:DataAccessPointAccount": "123456789012" } }"#;
        assert!(!public(r#""*""#, by_account, false));
    }
}
