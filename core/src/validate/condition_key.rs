//! Condition keys: whether they exist, and how many values they have (SPEC 6.2, 6.3).

use super::check::Check;
use super::similar::similar;
use super::trust::add_actions;
use crate::catalog::{ConditionKey, global_condition_key, global_condition_keys};
use crate::never::is_claim;
use crate::policy::{Comparison, ConditionClause, ConditionOperator, Effect, PrincipalKind, Quantifier, Statement};
use crate::span::Span;
use crate::suggest::edit::Edit;

/// What is known of a key: the global ones always, others with a catalog.
pub(super) fn key<'a>(check: &Check<'a>, name: &str) -> Option<ConditionKey<'a>> {
    let catalog = check.catalog;
    global_condition_key(name).or_else(|| catalog?.condition_key(name))
}

/// An edit that writes another operator, if the operator has no other key and does not stand there already.
pub(super) fn rename(
    check: &Check<'_>,
    statement: &Statement,
    clause: &ConditionClause,
    to: &str,
) -> Option<Vec<Edit>> {
    let alone = statement.condition.iter().filter(|other| other.operator_span == clause.operator_span).count() == 1;
    let free = statement.condition.iter().all(|other| other.operator.text() != to);
    if alone && free { check.replace(clause.operator_span, to) } else { None }
}

/// `INVALID_GLOBAL_CONDITION_KEY`, `MISSING_TAG_KEY_IN_CONDITION`, `UNSUPPORTED_GLOBAL_CONDITION_KEY` (SPEC 8.2),
/// `DEPRECATED_GLOBAL_CONDITION_KEY` (SPEC 8.4).
///
/// Access Analyzer has the last two for the one key `aws:ARN`. Here it is unsupported where a service principal may
/// call, for which AWS names `aws:SourceArn` as an alternative, and deprecated elsewhere.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
pub(super) fn global(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        let entries = statement.principal.iter().flat_map(|element| &element.entries);
        let service = entries.clone().any(|entry| entry.kind == PrincipalKind::Service);
        for clause in &statement.condition {
            let (name, span) = (&*clause.key.value, clause.key.span);
            if lacks_tag(check, name) {
                let name = name.trim_end_matches('/');
                check
                    .report("MISSING_TAG_KEY_IN_CONDITION", span, format!("`{name}` names no tag"))
                    .help(format!("write {name}/TAG-KEY"));
            } else if name.eq_ignore_ascii_case("aws:ARN") {
                let edits = check.replace(span, "aws:PrincipalArn");
                if service {
                    check
                        .report("UNSUPPORTED_GLOBAL_CONDITION_KEY", span, "aws:ARN is no key for calls of service principals")
                        .help("write aws:SourceArn for the resource that the service acts for, or aws:PrincipalArn for the caller");
                } else {
                    check
                        .report("DEPRECATED_GLOBAL_CONDITION_KEY", span, "aws:ARN is an old key")
                        .help("write aws:PrincipalArn")
                        .fix("Write aws:PrincipalArn", edits);
                }
            } else if starts_with(name, "aws:") && global_condition_key(name).is_none() {
                let close = similar(name, global_condition_keys().map(ConditionKey::name));
                let edits = close.and_then(|close| check.replace(span, close));
                let help = close.map_or_else(
                    || "write a key of AWS's list of global condition keys".to_owned(),
                    |close| format!("did you mean {close}?"),
                );
                check
                    .report("INVALID_GLOBAL_CONDITION_KEY", span, format!("there is no global condition key `{name}`"))
                    .help(help)
                    .fix(close.map_or_else(String::new, |close| format!("Write {close}")), edits);
            }
        }
    }
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
}

/// Whether a key about tags names none.
fn lacks_tag(check: &Check<'_>, name: &str) -> bool {
    const TAGS: [&str; 5] = ["ResourceTag", "RequestTag", "PrincipalTag", "ExistingObjectTag", "RequestObjectTag"];
    let Some((_, key)) = name.split_once(':') else { return false };
    let bare = key.strip_suffix('/').unwrap_or(key);
    TAGS.iter().any(|tag| bare.eq_ignore_ascii_case(tag)) && self::key(check, name).is_none()
}

/// `INVALID_SERVICE` and `INVALID_SERVICE_CONDITION_KEY` (SPEC 8.2): keys that the catalog does not know. The claims of
/// identity providers have a host for a prefix.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
pub(super) fn of_service(check: &mut Check<'_>) {
    let Some(catalog) = check.catalog else { return };
    for clause in check.document.statements.iter().flat_map(|statement| &statement.condition) {
        let name = &*clause.key.value;
        let Some((prefix, bare)) = name.split_once(':') else { continue };
        if is_claim(name)
            || bare.is_empty()
            || prefix.eq_ignore_ascii_case("aws")
            || lacks_tag(check, name)
            || key(check, name).is_some()
        {
            continue;
        }
        match catalog.service(prefix) {
            Some(service) => {
                let close = similar(name, service.condition_keys().map(ConditionKey::name));
                let edits = close.and_then(|close| check.replace(clause.key.span, close));
                let help = close.map_or_else(
                    || check.or_newer("write a key that the Service Authorization Reference lists for it"),
                    |close| format!("did you mean {close}?"),
                );
                check
                    .report(
                        "INVALID_SERVICE_CONDITION_KEY",
                        clause.key.span,
                        format!("{} has no condition key `{name}`", service.name()),
                    )
                    .help(help)
                    .fix(close.map_or_else(String::new, |close| format!("Write {close}")), edits);
            }
            None if catalog
                .services()
                .flat_map(|service| service.condition_keys())
                .any(|key| starts_with(key.name(), &format!("{prefix}:"))) =>
            {
                let help = check.or_newer("write a key that the Service Authorization Reference lists");
                check
                    .report(
                        "INVALID_SERVICE_CONDITION_KEY",
                        clause.key.span,
                        format!("there is no condition key `{name}`"),
                    )
                    .help(help);
            }
            None => {
                let span = check.inside(&clause.key, 0, prefix.len());
                let help = check.or_newer("write the prefix as the Service Authorization Reference has it");
                check
                    .report("INVALID_SERVICE", span, format!("there is no service with the prefix `{prefix}`"))
                    .help(help);
            }
        }
    }
}

/// `MISSING_QUALIFIER` (SPEC 8.2, C-43) and `FORALLVALUES_WITH_SINGLE_VALUED_KEY` (SPEC 8.3, C-42).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
pub(super) fn qualifier(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        for clause in &statement.condition {
            let Some(key) = key(check, &clause.key.value) else { continue };
            let operator = clause.operator;
            if key.multivalued() && operator.quantifier.is_none() && operator.comparison != Comparison::Null {
                // For negated operators it depends on the effect which of the two is meant.
                let any = ConditionOperator { quantifier: Some(Quantifier::ForAnyValue), ..operator }.text();
                let edits =
                    if operator.comparison.is_negated() { None } else { rename(check, statement, clause, &any) };
                check
                    .report("MISSING_QUALIFIER", clause.key.span, format!("{} has several values", clause.key.value))
                    .help(format!("write ForAnyValue:{0} or ForAllValues:{0}", operator.text()))
                    .fix(format!("Write {any}"), edits);
            }
            if !key.multivalued()
                && operator.quantifier == Some(Quantifier::ForAllValues)
                && operator.comparison != Comparison::Null
            {
                let plain = ConditionOperator { quantifier: None, ..operator }.text();
                let edits = rename(check, statement, clause, &plain);
                check
                    .report(
                        "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
                        clause.operator_span,
                        format!("{} has one value, and ForAllValues is true if it is missing", clause.key.value),
                    )
                    .help(format!("write {plain}"))
                    .fix(format!("Write {plain}"), edits);
            }
        }
    }
}

/// `UNTRUSTWORTHY_CONDITION_KEY` (SPEC 8.3): what the caller's own software says.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-referer>
pub(super) fn untrustworthy(check: &mut Check<'_>) {
    for clause in check.document.statements.iter().flat_map(|statement| &statement.condition) {
        let name = &clause.key.value;
        if name.eq_ignore_ascii_case("aws:referer") || name.eq_ignore_ascii_case("aws:UserAgent") {
            check
                .report("UNTRUSTWORTHY_CONDITION_KEY", clause.key.span, format!("callers can send any {name}"))
                .help("test what they cannot choose, such as aws:PrincipalArn, aws:SourceVpce or aws:SourceArn");
        }
    }
}

/// `MISSING_PAIRED_CONDITION_KEYS` (SPEC 8.3): private addresses exist in every network. It is about conditions that let
/// something pass: those of Allow, and negated ones of Deny.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip>
pub(super) fn paired(check: &mut Check<'_>) {
    const PAIRS: [(&str, &[&str]); 2] = [
        ("aws:VpcSourceIp", &["aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn"]),
        ("aws:Ec2InstanceSourcePrivateIPv4", &["aws:Ec2InstanceSourceVpc"]),
    ];
    for (_, statement) in check.statements() {
        for clause in &statement.condition {
            let Some((name, partners)) = PAIRS.iter().find(|(name, _)| clause.key.value.eq_ignore_ascii_case(name))
            else {
                continue;
            };
            let passes = (statement.effect == Effect::Deny) == clause.operator.comparison.is_negated();
            let partner =
                |other: &ConditionClause| partners.iter().any(|partner| other.key.value.eq_ignore_ascii_case(partner));
            if passes && clause.operator.comparison != Comparison::Null && !statement.condition.iter().any(partner) {
                let list = partners.join(" or ");
                check
                    .report(
                        "MISSING_PAIRED_CONDITION_KEYS",
                        clause.key.span,
                        format!("the addresses of {name} exist in every VPC"),
                    )
                    .help(format!("also test {list}"));
            }
        }
    }
}

/// `DYNAMODB_ATTRIBUTES_WITHOUT_SELECT` (SPEC 8.3).
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html>
pub(super) fn dynamodb(check: &mut Check<'_>) {
    for (number, statement) in check.statements() {
        let about = |clause: &ConditionClause, name: &str| clause.key.value.eq_ignore_ascii_case(name);
        let Some(clause) = statement.condition.iter().find(|clause| about(clause, "dynamodb:Attributes")) else {
            continue;
        };
        if statement.effect == Effect::Deny || statement.condition.iter().any(|clause| about(clause, "dynamodb:Select"))
        {
            continue;
        }
        let path = ["Condition", "StringEqualsIfExists", "dynamodb:Select"];
        let edit = check.tree().and_then(|tree| tree.add(number, &path, "SPECIFIC_ATTRIBUTES"));
        check
            .report(
                "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT",
                clause.key.span,
                "reads that name no attributes return all of them",
            )
            .help("also test that dynamodb:Select is SPECIFIC_ATTRIBUTES")
            .fix("Test dynamodb:Select, too", edit.map(|edit| vec![edit]));
    }
}

/// `MISSING_ACTION_FOR_CONDITION_KEY` (SPEC 8.2): keys that are only set by an action of their own.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts>
pub(super) fn missing_action(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        let Some(element) = statement.action.as_ref().filter(|element| !element.negated) else { continue };
        let assumes = |text: &crate::policy::Text| starts_with(&text.value, "sts:AssumeRole");
        if element.values.is_empty() || !element.values.iter().any(assumes) {
            continue;
        }
        for clause in &statement.condition {
            let name = &clause.key.value;
            let needed = if name.eq_ignore_ascii_case("sts:SourceIdentity") {
                "sts:SetSourceIdentity"
            } else if name.eq_ignore_ascii_case("sts:TransitiveTagKeys")
                || name.eq_ignore_ascii_case("aws:TagKeys")
                || starts_with(name, "aws:RequestTag/")
            {
                "sts:TagSession"
            } else {
                continue;
            };
            if super::check::element_covers(element, needed) || clause.operator.comparison == Comparison::Null {
                continue;
            }
            let edits = add_actions(check, element, &[needed]);
            check
                .report(
                    "MISSING_ACTION_FOR_CONDITION_KEY",
                    clause.key.span,
                    format!("{name} is only set by callers that may {needed}"),
                )
                .help(format!("add {needed} to Action"))
                .fix(format!("Add {needed}"), edits);
        }
    }
}

/// `USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES` (SPEC 8.4): keys that only listed services send.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceaccount>
pub(super) fn supported_services(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        let Some(element) = &statement.action else { continue };
        for clause in &statement.condition {
            let is = |name: &str| clause.key.value.eq_ignore_ascii_case(name);
            let organization = is("aws:VpceOrgID") || is("aws:VpceOrgPaths");
            if !organization && !is("aws:VpceAccount") && !is("aws:SourceVpcArn") {
                continue;
            }
            let sends = |prefix: &str| {
                let prefix = prefix.to_ascii_lowercase();
                let all = ENDPOINT_SERVICES.contains(&&*prefix);
                all && (is("aws:VpceAccount")
                    || organization
                    || !matches!(&*prefix, "dynamodb" | "gamelift" | "shield"))
                    || organization && ORGANIZATION_SERVICES.contains(&&*prefix)
            };
            let outside =
                |text: &&crate::policy::Text| text.value.split_once(':').is_none_or(|(prefix, _)| !sends(prefix));
            let (place, what): (Span, String) = match element.values.iter().find(outside) {
                _ if element.negated => (element.name_span, "NotAction".into()),
                Some(text) => (text.span, format!("`{}`", text.value)),
                None => continue,
            };
            check
                .report(
                    "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES",
                    place,
                    format!("{} is sent by some services only, and {what} is about others", clause.key.value),
                )
                .help("list actions of the services that AWS's page on the key names");
        }
    }
}

/// The services that send `aws:VpceAccount`, `aws:VpceOrgID` and `aws:VpceOrgPaths`; all but three send
/// `aws:SourceVpcArn`, too.
const ENDPOINT_SERVICES: [&str; 39] = [
    "apprunner",
    "discovery",
    "athena",
    "servicediscovery",
    "applicationinsights",
    "cloudformation",
    "comprehendmedical",
    "compute-optimizer",
    "ecr",
    "ecs",
    "kinesisanalytics",
    "route53",
    "datasync",
    "dynamodb",
    "ebs",
    "scheduler",
    "firehose",
    "gamelift",
    "medical-imaging",
    "healthlake",
    "omics",
    "iam",
    "iotfleetwise",
    "iotwireless",
    "kms",
    "lambda",
    "payment-cryptography",
    "polly",
    "acm-pca",
    "rbin",
    "rekognition",
    "servicequotas",
    "s3",
    "shield",
    "storagegateway",
    "ssm-contacts",
    "textract",
    "transcribe",
    "transfer",
];

/// Services that send only the keys of the organization.
const ORGANIZATION_SERVICES: [&str; 16] = [
    "b2bi",
    "cloudhsmv2",
    "dms",
    "ds-data",
    "kinesis",
    "qbusiness",
    "identitystore",
    "iottwinmaker",
    "cassandra",
    "network-firewall",
    "pricing",
    "ses",
    "sqs",
    "cognito-identity",
    "sms-voice",
    "workmail",
];

/// `IRRELEVANT_CONDITION_KEY_IN_POLICY` (SPEC 8.5).
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html#example-object-resource-account>
pub(super) fn irrelevant(check: &mut Check<'_>) {
    let Some((["s3"], kind)) = super::action::services(check.policy_type, check.options.resource) else { return };
    for clause in check.document.statements.iter().flat_map(|statement| &statement.condition) {
        if clause.key.value.eq_ignore_ascii_case("s3:ResourceAccount") {
            check
                .report(
                    "IRRELEVANT_CONDITION_KEY_IN_POLICY",
                    clause.key.span,
                    format!("{kind} is about one account's resource, so s3:ResourceAccount tells nothing"),
                )
                .help("use the key in identity-based policies");
        }
    }
}
