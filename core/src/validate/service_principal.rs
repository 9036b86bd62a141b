//! Services as principals (SPEC 5.10, 5.15).

use super::check::{Check, has_wildcard};
use super::shape;
use super::similar::similar;
use super::value::SERVICE_KEYS;
use crate::catalog::Service;
use crate::policy::{Comparison, ConditionClause, Effect, PrincipalEntry, PrincipalKind};

const SOURCES: [&str; 4] = ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"];

/// Keys that people use for the source of a call, though they do not tell it.
const WEAK: [&str; 3] = ["aws:referer", "aws:UserAgent", "aws:SourceIp"];

/// Keys that calls of services lack (SPEC 6.2).
const LACKING: [&str; 5] =
    ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalArn", "aws:userid", "aws:username"];

/// `RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL` (SPEC 8.3) and `RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL` (SPEC 8.5):
/// without a test of the source, a service can be made to act on another account's behalf. Role trust policies are left
/// out, as most services assume roles only for their own account.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>
pub(super) fn sources(check: &mut Check<'_>) {
    if check.is_trust() {
        return;
    }
    for (_, statement) in check.statements() {
        let Some(element) = statement.principal.as_ref().filter(|element| !element.negated) else { continue };
        let about = |keys: &[&str]| {
            let clause = |clause: &&ConditionClause| keys.iter().any(|key| clause.key.value.eq_ignore_ascii_case(key));
            statement.condition.iter().find(clause)
        };
        if statement.effect == Effect::Deny || about(&SOURCES).is_some() {
            continue;
        }
        let Some(entry) = element.entries.iter().find(is_service) else { continue };
        let name = &entry.value.value;
        if let Some(clause) = about(&WEAK) {
            check
                .report(
                    "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
                    clause.key.span,
                    format!("{} does not say on whose behalf {name} calls", clause.key.value),
                )
                .help("test aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths instead");
        } else {
            check
                .report(
                    "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",
                    entry.value.span,
                    format!("{name} may call on behalf of anybody"),
                )
                .help("add a condition on aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths");
        }
    }
}

/// The service whose calls carry `aws:PrincipalTag` though it is no identity: what a certificate says of its owner.
///
/// Source: <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/attribute-mapping-and-trust-policy.html>
const TAGGED: &str = "rolesanywhere.amazonaws.com";

/// `UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL` (SPEC 8.2): keys about identities, in statements that only services
/// are named in.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
pub(super) fn keys(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        let Some(element) = statement.principal.as_ref().filter(|element| !element.negated) else { continue };
        if element.entries.is_empty() || !element.entries.iter().all(|entry| is_service(&entry)) {
            continue;
        }
        let tagged = element.entries.iter().any(|entry| entry.value.value.eq_ignore_ascii_case(TAGGED));
        for clause in &statement.condition {
            let name = &clause.key.value;
            let tag = !tagged && name.get(..17).is_some_and(|start| start.eq_ignore_ascii_case("aws:PrincipalTag/"));
            if tag || LACKING.iter().any(|key| name.eq_ignore_ascii_case(key)) {
                check
                    .report(
                        "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
                        clause.key.span,
                        format!("{name} is missing when a service calls"),
                    )
                    .help("test aws:SourceOrgID, aws:SourceAccount or aws:SourceArn, or remove the key");
            }
        }
    }
}

/// Names of service principals that are no prefixes of actions, as the guides of the services have them.
///
/// Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html>,
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html>
const NAMES: [&str; 30] = [
    "application-insights",
    "awsservicecatalog",
    "cloudwatch-crossaccount",
    "config-conforms",
    "config-multiaccountsetup",
    "costalerts",
    "devops-guru",
    "ec2-instance-connect",
    "ecs-tasks",
    "edgelambda",
    "eks-fargate",
    "eks-fargate-pods",
    "eks-nodegroup",
    "elastictranscoder",
    "lakeformation",
    "lexv2",
    "macie",
    "monitoring",
    "opsworks",
    "securityhubv2",
    "servicecatalog-appregistry",
    "spot",
    "spotfleet",
    "ssm-incidents",
    "tagpolicies",
    "transitgateway",
    "vmie",
    "vpc-flow-logs",
    "vpc-lattice",
    "workmail",
];

/// `UNKNOWN_SERVICE_PRINCIPAL`, our own: a name that is close to one of a service, and is none. AWS publishes no list of
/// service principals, so what is close to nothing that is known may well be one.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services>
pub(super) fn names(check: &mut Check<'_>) {
    let Some(catalog) = check.catalog else { return };
    for (_, statement) in check.statements() {
        let entries = statement.principal.iter().flat_map(|element| &element.entries).filter(is_service);
        let clauses = statement.condition.iter().filter(|clause| {
            clause.operator.comparison != Comparison::Null
                && SERVICE_KEYS.iter().any(|key| clause.key.value.eq_ignore_ascii_case(key))
        });
        let texts = entries.map(|entry| &entry.value).chain(clauses.flat_map(|clause| &clause.values));
        for text in texts.filter(|text| !has_wildcard(&text.value) && !text.value.contains("${")) {
            let Some((name, domain)) = text.value.split_once('.') else { continue };
            let known = || catalog.services().map(Service::prefix).chain(NAMES);
            let is_known = known().any(|known| known == name);
            let (region, domain) = match domain.split_once('.') {
                Some((region, domain)) if shape::is_region(region) => (format!("{region}."), domain),
                _ => (String::new(), domain),
            };
            let right = match domain {
                // Short names are close to many.
                "amazonaws.com" | "amazonaws.com.cn" if !is_known && name.len() > 4 => {
                    similar(name, known()).map(|close| (close, domain))
                }
                "amazon.com" if is_known => Some((name, "amazonaws.com")),
                _ => None,
            };
            let Some((close, domain)) = right else { continue };
            let right = format!("{close}.{region}{domain}");
            let edits = check.replace(text.span, &right);
            check
                .report(
                    "UNKNOWN_SERVICE_PRINCIPAL",
                    text.span,
                    format!("`{}` is no service principal that is known", text.value),
                )
                .help(format!("did you mean {right}?"))
                .fix(format!("Write {right}"), edits);
        }
    }
}

fn is_service(entry: &&PrincipalEntry) -> bool {
    entry.kind == PrincipalKind::Service
}
