//! Data perimeters (SPEC 5.6, 5.12).

use super::check::Check;
use super::rcp::is_service;
use crate::policy::{ConditionClause, Effect, PolicyType, Statement};

/// Keys about the network that a request comes from.
const NETWORK: [&str; 8] = [
    "aws:SourceIp",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:SourceVpcArn",
    "aws:VpcSourceIp",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
];

/// Keys about who calls.
const IDENTITY: [&str; 3] = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount"];

/// `PERIMETER_WITHOUT_SERVICE_EXEMPTION`, our own: a Deny of everything from outside also stops AWS services. Those that
/// call with the caller's own credentials (`aws:ViaAWSService`) do so from AWS's network; those that call by themselves
/// (`aws:PrincipalIsAWSService`) belong to no organization.
///
/// For identities in resource control policies Access Analyzer has a code of its own, in `rcp.rs`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html>
pub(super) fn check(check: &mut Check<'_>) {
    let on_resource =
        matches!(check.policy_type, PolicyType::Resource(_) | PolicyType::AccessPoint | PolicyType::ResourceControl);
    for (_, statement) in check.statements() {
        if statement.effect == Effect::Allow || check.is_trust() || !is_broad(statement) {
            continue;
        }
        let outside = |keys: &[&str]| {
            let fits = |clause: &&ConditionClause| {
                clause.operator.comparison.is_negated()
                    && keys.iter().any(|key| clause.key.value.eq_ignore_ascii_case(key))
            };
            statement.condition.iter().find(fits)
        };
        let exempts = |keys: &[&str]| {
            statement.condition.iter().any(|clause| keys.iter().any(|key| clause.key.value.eq_ignore_ascii_case(key)))
        };
        if let Some(clause) = outside(&NETWORK) {
            let forwarded = exempts(&["aws:ViaAWSService", "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"]);
            let by_itself = !on_resource
                || exempts(&["aws:PrincipalIsAWSService", "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"]);
            let missing = match (forwarded, by_itself) {
                (true, true) => continue,
                (false, true) => "\"BoolIfExists\": { \"aws:ViaAWSService\": \"false\" }",
                (true, false) => "\"BoolIfExists\": { \"aws:PrincipalIsAWSService\": \"false\" }",
                (false, false) => {
                    "\"BoolIfExists\": { \"aws:ViaAWSService\": \"false\", \"aws:PrincipalIsAWSService\": \"false\" }"
                }
            };
            check
                .report(
                    "PERIMETER_WITHOUT_SERVICE_EXEMPTION",
                    clause.key.span,
                    format!("{} keeps out AWS services that act for the caller, too", clause.key.value),
                )
                .help(format!("add {missing}"));
        } else if let Some(clause) = outside(&IDENTITY)
            && on_resource
            && check.policy_type != PolicyType::ResourceControl
            && !is_service(statement, false)
            && !exempts(&["aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"])
        {
            check
                .report(
                    "PERIMETER_WITHOUT_SERVICE_EXEMPTION",
                    clause.key.span,
                    format!("{} keeps out AWS services that call by themselves, too", clause.key.value),
                )
                .help("add \"BoolIfExists\": { \"aws:PrincipalIsAWSService\": \"false\" }");
        }
    }
}

/// Whether the statement is about everybody.
fn is_broad(statement: &Statement) -> bool {
    let Some(element) = &statement.principal else { return true };
    element.negated || element.entries.iter().any(|entry| *entry.value.value == *"*")
}
