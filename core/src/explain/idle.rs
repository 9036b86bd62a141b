//! Gates that play no part, and why.

use super::chain::kind;
use super::names;
use crate::evaluate::RCP_SERVICES;
use crate::policy::PolicyType;
use crate::request::Principal;
use crate::result::{Gate, GateOutcome, GateTrace};
use crate::scenario::run::Analysis;

/// Why nothing of a gate has to allow.
pub(super) fn not_needed(analysis: &Analysis, gate: &GateTrace) -> String {
    let action = analysis.pair.action();
    let by = analysis.evaluation.gates.iter().find(|other| {
        other.outcome == GateOutcome::Passes
            && matches!(other.gate, Gate::Resource | Gate::Identity)
            && other.gate != gate.gate
    });
    let who = match by.map(|other| other.gate) {
        Some(Gate::Resource) => format!("the {} grants it", names::noun(PolicyType::Resource(kind(analysis)))),
        Some(_) => "an identity-based policy grants it".to_owned(),
        None if matches!(analysis.pair.principal, Principal::Root { .. }) => "the root user needs no grant".to_owned(),
        None if analysis.pair.kms_grant_allows => "a KMS grant does".to_owned(),
        None if gate.gate == Gate::Resource && analysis.pair.principal.account().is_some() => {
            return format!(
                "nothing here allows {action}; in one account, either this or an identity-based policy has to."
            );
        }
        None => "another policy decides".to_owned(),
    };
    format!("nothing here allows {action}, and nothing has to: {who}.")
}

/// Why a gate does not bind the caller or the resource.
pub(super) fn does_not_apply(analysis: &Analysis, gate: &GateTrace) -> String {
    let request = &analysis.pair;
    let linked = request.principal.is_service_linked_role();
    match gate.gate {
        Gate::ServiceControl if request.principal_in_management_account => {
            "they do not bind the management account.".into()
        }
        Gate::ServiceControl if linked => "they do not bind service-linked roles.".into(),
        Gate::ServiceControl => {
            "they bind the organization's own users and roles, and this caller is none of them.".into()
        }
        Gate::ResourceControl if request.resource_in_management_account => {
            "they do not bind resources of the management account.".into()
        }
        Gate::ResourceControl if request.aws_managed_key && request.service() == "kms" => {
            "they do not bind AWS managed keys.".into()
        }
        Gate::ResourceControl if linked => "they do not bind service-linked roles.".into(),
        Gate::ResourceControl if request.resource() == "*" => "the action is about no single resource.".into(),
        Gate::ResourceControl if RCP_SERVICES.contains(&request.service()) => {
            format!("they do not apply to {}.", request.action())
        }
        Gate::ResourceControl => format!("they do not apply to the service {}.", request.service()),
        Gate::AccessPoint => "the request does not go through an access point.".into(),
        Gate::Resource => "it is about other actions, and plays no part here.".into(),
        _ if matches!(request.principal, Principal::Root { .. }) => "the root user has none.".into(),
        _ => "this caller has none.".into(),
    }
}
