//! The values of conditions (SPEC 4.3 to 4.5).

use std::net::IpAddr;

use super::check::Check;
use super::shape;
use crate::arn::Arn;
use crate::policy::{Comparison, ConditionClause, Text, ValueType};
use crate::value::{self, Network};

/// All clauses of the document.
fn clauses<'a>(check: &Check<'a>) -> Vec<&'a ConditionClause> {
    check.document.statements.iter().flat_map(|statement| &statement.condition).collect()
}

/// Whether the clause is about one of the keys.
fn is_about(clause: &ConditionClause, keys: &[&str]) -> bool {
    keys.iter().any(|key| clause.key.value.eq_ignore_ascii_case(key))
}

/// Whether wildcards count in the clause's values.
fn takes_wildcards(clause: &ConditionClause) -> bool {
    matches!(clause.operator.comparison.value_type(), ValueType::Pattern | ValueType::Arn)
}

/// The values that stand for themselves: no wildcards that count, no variables.
fn plain<'a>(check: &Check<'a>, clause: &'a ConditionClause) -> Vec<&'a Text> {
    let wild = takes_wildcards(clause);
    let plain = |text: &&Text| !(check.is_variable(&text.value) || wild && text.value.contains(['*', '?']));
    clause.values.iter().filter(plain).collect()
}

/// `INVALID_CONDITION_DATA_TYPE` (SPEC 8.2): values of different JSON types in one list.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
pub(super) fn json_types(check: &mut Check<'_>) {
    for clause in clauses(check) {
        let kind = |text: &Text| match text.span.of(check.text).as_bytes().first() {
            Some(b'"') => "a string",
            Some(b't' | b'f') => "a boolean",
            _ => "a number",
        };
        let Some(first) = clause.values.first().map(kind) else { continue };
        let Some(other) = clause.values.iter().find(|text| kind(text) != first) else { continue };
        let message = format!("{} stands in one list with {first}", kind(other));
        let plain = clause.values.iter().filter(|text| !check.is_string(text));
        let edits = plain.filter_map(|text| check.replace(text.span, &text.value)).flatten().collect();
        check
            .report("INVALID_CONDITION_DATA_TYPE", other.span, message)
            .help("write all values as strings")
            .fix("Write all values as strings", Some(edits));
    }
}

/// `INVALID_CONDITION_MULTIPLE_BOOLEAN` (SPEC 8.2, C-22). With a set operator the key has several values.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
pub(super) fn booleans(check: &mut Check<'_>) {
    for clause in clauses(check) {
        if clause.operator.comparison == Comparison::Bool
            && clause.operator.quantifier.is_none()
            && let Some(second) = clause.values.get(1)
        {
            check
                .report(
                    "INVALID_CONDITION_MULTIPLE_BOOLEAN",
                    second.span,
                    format!("{} is compared with several booleans", clause.key.value),
                )
                .help("write one; a test for both is always true where the key is present");
        }
    }
}

/// `INVALID_DATE_VALUE` (SPEC 8.4): seconds since 1970, which nobody can read.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
pub(super) fn dates(check: &mut Check<'_>) {
    for clause in clauses(check) {
        if clause.operator.comparison.value_type() != ValueType::Date {
            continue;
        }
        for text in plain(check, clause) {
            if text.value.len() > 4 && text.value.bytes().all(|byte| byte.is_ascii_digit()) {
                let written = value::date(&text.value).and_then(|instant| value::written_date(instant.seconds));
                let edits = written.as_ref().and_then(|written| check.replace(text.span, written));
                let written = written.unwrap_or_else(|| "2026-11-22T08:30:00Z".into());
                check
                    .report(
                        "INVALID_DATE_VALUE",
                        text.span,
                        format!("`{}` is a date in seconds since 1970", text.value),
                    )
                    .help(format!("write {written}"))
                    .fix(format!("Write {written}"), edits);
            }
        }
    }
}

/// `INVALID_REGION` (SPEC 8.2). Regions are known by their form, so that new ones are.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion>
pub(super) fn regions(check: &mut Check<'_>) {
    for clause in clauses(check) {
        let text_like = matches!(clause.operator.comparison.value_type(), ValueType::Text | ValueType::Pattern);
        if !text_like || !is_about(clause, &["aws:RequestedRegion", "ec2:Region"]) {
            continue;
        }
        for text in plain(check, clause) {
            let loose = matches!(
                clause.operator.comparison,
                Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase
            );
            let name = if loose { text.value.to_ascii_lowercase() } else { text.value.to_string() };
            // `WILDCARD_WITHOUT_LIKE_OPERATOR` speaks of wildcards under other operators.
            if !shape::is_region(&name) && !name.contains(['*', '?']) {
                check
                    .report("INVALID_REGION", text.span, format!("`{}` is no Region", text.value))
                    .help("write a Region such as us-east-1");
            }
        }
    }
}

/// Condition keys whose values are service principals.
pub(super) const SERVICE_KEYS: [&str; 9] = [
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "iam:PassedToService",
    "iam:AWSServiceName",
    "sts:AWSServiceName",
    "organizations:ServicePrincipal",
];

/// `INVALID_SERVICE_PRINCIPAL_FORMAT` in conditions (SPEC 8.2). `kms:ViaService` wants the Region in front of the
/// domain.
///
/// Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services>,
/// <https://docs.aws.amazon.com/kms/latest/developerguide/policy-conditions.html#conditions-kms-via-service>
pub(super) fn service_principals(check: &mut Check<'_>) {
    for clause in clauses(check) {
        let via = is_about(clause, &["kms:ViaService"]);
        if !via && !is_about(clause, &SERVICE_KEYS) || clause.operator.comparison == Comparison::Null {
            continue;
        }
        for text in plain(check, clause) {
            // `WILDCARD_WITHOUT_LIKE_OPERATOR` speaks of wildcards under other operators.
            if text.value.contains(['*', '?']) {
                continue;
            }
            let regional = || text.value.split('.').nth(1).is_some_and(shape::is_region);
            let form = if via { "service.region.amazonaws.com" } else { "service.amazonaws.com" };
            if !shape::is_service_principal(&text.value) || via && !regional() {
                let lower = text.value.to_ascii_lowercase();
                let good = !via && lower != *text.value && shape::is_service_principal(&lower);
                let edits = good.then(|| check.replace(text.span, &lower)).flatten();
                check
                    .report(
                        "INVALID_SERVICE_PRINCIPAL_FORMAT",
                        text.span,
                        format!("`{}` is the name of no service principal", text.value),
                    )
                    .help(format!("write it as {form}, in lower case"))
                    .fix(format!("Write {lower}"), edits);
            }
        }
    }
}

/// `INVALID_VPC_FORMAT` and `INVALID_VPCE_FORMAT` (SPEC 8.2).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcevpc>
pub(super) fn vpc_ids(check: &mut Check<'_>) {
    for clause in clauses(check) {
        let (code, prefix) = if is_about(clause, &["aws:SourceVpc"]) {
            ("INVALID_VPC_FORMAT", "vpc-")
        } else if is_about(clause, &["aws:SourceVpce"]) {
            ("INVALID_VPCE_FORMAT", "vpce-")
        } else {
            continue;
        };
        if clause.operator.comparison == Comparison::Null {
            continue;
        }
        for text in plain(check, clause) {
            if !shape::is_ec2_id(&text.value, prefix) && !text.value.contains(['*', '?']) {
                check
                    .report(
                        code,
                        text.span,
                        format!("`{}` is not {prefix} with 8 or 17 letters and digits", text.value),
                    )
                    .help(format!("write the id, such as {prefix}0123456789abcdef0"));
            }
        }
    }
}

/// `INVALID_KMS_KEY_VALUE` (SPEC 8.2): keys whose values are ARNs of KMS keys.
///
/// Sources: <https://docs.aws.amazon.com/kms/latest/developerguide/find-cmk-id-arn.html>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html>
pub(super) fn kms_keys(check: &mut Check<'_>) {
    const KEYS: [&str; 4] = [
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "secretsmanager:KmsKeyArn",
        "sagemaker:VolumeKmsKey",
        "sagemaker:OutputKmsKey",
    ];
    for clause in clauses(check) {
        if !is_about(clause, &KEYS) || clause.operator.comparison == Comparison::Null {
            continue;
        }
        for text in plain(check, clause) {
            let arn = Arn::parse(&text.value);
            let key = |arn: Arn<'_>| {
                arn.service == "kms"
                    && !arn.region.is_empty()
                    && arn.account_id().is_some()
                    && arn.resource.strip_prefix("key/").is_some_and(|id| !id.is_empty())
            };
            // An empty value asks for the absence of a key; wildcards have their own finding.
            if !arn.is_some_and(key) && !text.value.is_empty() && !text.value.contains(['*', '?']) {
                check
                    .report("INVALID_KMS_KEY_VALUE", text.span, format!("`{}` is no ARN of a KMS key", text.value))
                    .help("write arn:aws:kms:REGION:ACCOUNT:key/ID; ids and aliases do not match");
            }
        }
    }
}

/// `PRIVATE_IP_ADDRESS`, `PRIVATE_NOT_IP_ADDRESS` (SPEC 8.2) and `…_SUBSET` (SPEC 8.5): `aws:SourceIp` is a public
/// address (SPEC 4.5).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip>
pub(super) fn private_addresses(check: &mut Check<'_>) {
    for clause in clauses(check) {
        let negated = match clause.operator.comparison {
            Comparison::IpAddress => false,
            Comparison::NotIpAddress => true,
            _ => continue,
        };
        if !is_about(clause, &["aws:SourceIp"]) {
            continue;
        }
        let networks: Vec<(usize, Network)> = clause
            .values
            .iter()
            .enumerate()
            .filter_map(|(index, text)| Some((index, value::network(&text.value)?)))
            .collect();
        let private: Vec<usize> =
            networks.iter().filter(|(_, network)| is_private(network)).map(|(index, _)| *index).collect();
        let Some(first) = private.first().and_then(|index| clause.values.get(*index)) else { continue };
        if private.len() < clause.values.len() {
            let code = if negated { "PRIVATE_NOT_IP_ADDRESS_SUBSET" } else { "PRIVATE_IP_ADDRESS_SUBSET" };
            let edits = check.remove_from(&clause.values, &private);
            check
                .report(code, first.span, "aws:SourceIp never is a private address, so this value does nothing")
                .help("remove it; for private addresses in a VPC, test aws:VpcSourceIp")
                .fix("Remove the private ranges", edits);
        } else {
            let (code, message) = if negated {
                ("PRIVATE_NOT_IP_ADDRESS", "aws:SourceIp never is a private address, so this is true for every caller")
            } else {
                ("PRIVATE_IP_ADDRESS", "aws:SourceIp never is a private address, so this is never true")
            };
            check
                .report(code, first.span, message)
                .help("write public ranges, or test aws:VpcSourceIp together with aws:SourceVpc");
        }
    }
}

/// Whether all of a network lies in a range that no caller on the internet has.
fn is_private(network: &Network) -> bool {
    const RANGES: [&str; 7] =
        ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "fc00::/7", "fe80::/10"];
    RANGES
        .iter()
        .filter_map(|range| value::network(range))
        .any(|range| range.contains(&network.first()) && range.contains(&network.last()))
}

/// `IMPROVE_IP_RANGE` (SPEC 8.5, 4.5): bits behind the prefix, which do not count.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
pub(super) fn host_bits(check: &mut Check<'_>) {
    for clause in clauses(check) {
        if clause.operator.comparison.value_type() != ValueType::Address {
            continue;
        }
        for text in &clause.values {
            let Some((network, (address, prefix))) = value::network(&text.value).zip(text.value.split_once('/')) else {
                continue;
            };
            if address.parse::<IpAddr>() != Ok(network.first()) {
                let range = format!("{}/{prefix}", network.first());
                let edits = check.replace(text.span, &range);
                check
                    .report(
                        "IMPROVE_IP_RANGE",
                        text.span,
                        format!("`{}` means {range}: the bits behind the prefix do not count", text.value),
                    )
                    .help(format!("write {range}"))
                    .fix(format!("Write {range}"), edits);
            }
        }
    }
}
