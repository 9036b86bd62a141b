//! Sentences about a decision.

#[cfg(feature = "serde")]
mod chain;
#[cfg(feature = "serde")]
mod closest;
#[cfg(feature = "serde")]
mod idle;
pub(crate) mod names;
#[cfg(feature = "serde")]
mod run;
#[cfg(feature = "serde")]
mod text;
#[cfg(feature = "serde")]
mod tree;

#[cfg(feature = "serde")]
pub(crate) use closest::distance;
#[cfg(feature = "serde")]
pub use run::{ExplanationResult, run};
#[cfg(feature = "serde")]
pub use text::text;
#[cfg(feature = "serde")]
pub use tree::{Explanation, ExplanationLine, Mark, SourceLink};

use crate::evaluate::{ElementKind, ElementTrace, PolicySet, Truth};
use crate::policy::{PolicyType, ResourcePolicyKind};
use crate::request::{Principal, Request};
use crate::result::{Decision, Evaluation, Gate, GateOutcome, GateTrace};
use std::borrow::Cow;

/// The answer in one sentence.
#[must_use]
pub fn reason(evaluation: &Evaluation, set: &PolicySet, request: &Request) -> String {
    let action = request.action();
    let by = evaluation.decided_by;
    let statement = evaluation.deciding_statement.map(|reference| names::statement(set, reference));
    match (evaluation.decision, statement) {
        (Decision::ExplicitDeny, Some(statement)) => format!("Denied: {statement} denies {action} explicitly."),
        (Decision::ExplicitDeny, None) => format!("Denied: {action} is denied explicitly."),
        (Decision::Allow, Some(statement)) if by == Gate::IdentityAndResource => {
            format!("Allowed: {statement} allows {action}, and so does the resource's policy in the other account.")
        }
        (Decision::Allow, Some(statement)) => format!("Allowed: {statement} allows {action}."),
        (Decision::Allow, None) => match by {
            Gate::Root => "Allowed: the root user may do everything in its own account that nothing denies.".into(),
            Gate::Grant => format!("Allowed: a KMS grant allows {action}."),
            Gate::ObjectOwner => format!("Allowed: the object's owner allows {action} by the object's ACL."),
            _ => format!("Allowed: {action} needs no permission."),
        },
        (Decision::ImplicitDeny, _) => format!("Denied: {}.", implicit(evaluation, set, request)),
    }
}

/// Why nothing allows.
fn implicit(evaluation: &Evaluation, set: &PolicySet, request: &Request) -> String {
    let action = request.action();
    match evaluation.decided_by {
        Gate::Root => "the root user cannot assume roles".into(),
        Gate::Exempt => match &request.principal {
            Principal::FederatedUser { .. } => format!("a federated user cannot call {action}"),
            _ if request.get_session_token => {
                let without = if request.service() == "iam" { " without MFA" } else { "" };
                format!("credentials of GetSessionToken cannot call {action}{without}")
            }
            _ => format!("only users and the root user can call {action}"),
        },
        Gate::Session if matches!(request.principal, Principal::FederatedUser { .. }) && !set.has(Gate::Session) => {
            "a federated user has no permissions of its own without a session policy".into()
        }
        Gate::Resource if across_partitions(request) => {
            "caller and resource are in different partitions of AWS, and no policy reaches across them".into()
        }
        Gate::Resource if crate::evaluate::is_impossible_across_accounts(request, set) => match request.principal {
            Principal::Anonymous => format!("{action} cannot be called without credentials"),
            _ => format!("{action} cannot be called from another account, whatever the policies say"),
        },
        Gate::BlockPublicAccess => format!("S3's {}", setting(evaluation.decided_by, request)),
        Gate::ObjectOwner => setting(evaluation.decided_by, request),
        Gate::AccessPoint => {
            format!("the access point policy does not allow {action} to {}", caller(&request.principal))
        }
        Gate::Resource => {
            let given = set.has(Gate::Resource);
            let policy = resource_policy_name(request, set);
            match request.is_same_account() {
                _ if !given => format!("no {policy} allows {action}, and one has to"),
                true => format!("the {policy} does not allow {action} to {}", request.principal.name()),
                false if request.principal.account().is_none() => {
                    format!("the {policy} does not allow {action} to {}", caller(&request.principal))
                }
                false => format!(
                    "the {policy} does not allow {action} to {}, a caller from outside the account",
                    request.principal.name()
                ),
            }
        }
        Gate::Identity if resource_policy_is_silent(evaluation, set, request) => {
            let given = set.has(Gate::Identity);
            let identity = if given { "no identity-based policy allows" } else { "no identity-based policy is given" };
            let policy = resource_policy_name(request, set);
            match given {
                true => format!("{identity} {action}, and neither does the {policy}"),
                false => {
                    format!("{identity}, and the {policy} does not allow {action} to {}", request.principal.name())
                }
            }
        }
        Gate::Identity if !set.has(Gate::Identity) => {
            format!("there is no identity-based policy that allows {action}")
        }
        gate @ (Gate::ServiceControl | Gate::ResourceControl) => {
            let policy =
                if gate == Gate::ServiceControl { "service control policy" } else { "resource control policy" };
            format!("no {policy} at {} allows {action}", names::level(gate, evaluation.level, set))
        }
        gate @ (Gate::PermissionsBoundary | Gate::VpcEndpoint) => {
            format!("the {} does not allow {action}", gate_noun(gate))
        }
        gate => format!("no {} allows {action}", gate_noun(gate)),
    }
}

fn across_partitions(request: &Request) -> bool {
    let resource = crate::arn::Arn::parse(request.resource()).map(|arn| arn.partition);
    matches!((request.principal.partition(), resource), (Some(caller), Some(resource)) if caller != resource)
}

/// Whether a resource-based policy is given that could have granted, and does not.
fn resource_policy_is_silent(evaluation: &Evaluation, set: &PolicySet, request: &Request) -> bool {
    let silent = |gate: &GateTrace| gate.gate == Gate::Resource && gate.outcome == GateOutcome::NotNeeded;
    request.is_same_account() && set.has(Gate::Resource) && evaluation.gates.iter().any(silent)
}

/// The caller in a sentence.
pub(crate) fn caller(principal: &Principal) -> &str {
    match principal {
        Principal::Anonymous => "anonymous callers",
        principal => principal.name(),
    }
}

/// Why one of the gates stops a request that is no policy, but something that S3 looks at beside them.
pub(crate) fn setting(gate: Gate, request: &Request) -> String {
    let settings = request.s3.block_public_access.unwrap_or_default();
    match gate {
        Gate::BlockPublicAccess if request.sets_public_acl() && settings.block_public_acls => {
            "BlockPublicAcls refuses an ACL that grants to everybody".into()
        }
        Gate::BlockPublicAccess => {
            "RestrictPublicBuckets keeps callers from outside the account out, since the policy is public".into()
        }
        _ => format!(
            "the object belongs to another account than the bucket, and its ACL does not allow {}",
            request.action()
        ),
    }
}

/// What a gate says, in one sentence.
#[must_use]
pub fn gate(trace: &GateTrace, set: &PolicySet, request: &Request) -> String {
    let action = request.action();
    match (trace.gate, trace.outcome) {
        (Gate::BlockPublicAccess, GateOutcome::Passes) => {
            return "S3's Block Public Access lets the request pass.".into();
        }
        (Gate::BlockPublicAccess, _) => {
            return format!("S3's {}.", setting(trace.gate, request));
        }
        (Gate::ObjectOwner, GateOutcome::Passes) => return format!("The object's owner allows {action}."),
        (Gate::ObjectOwner, _) => return format!("The object's owner does not allow {action}."),
        _ => {}
    }
    let noun = match trace.gate {
        Gate::ServiceControl | Gate::ResourceControl if trace.level.is_some() => {
            format!("{} at {}", gate_noun(trace.gate), names::level(trace.gate, trace.level, set))
        }
        Gate::Resource => resource_policy_name(request, set).into(),
        gate => gate_noun(gate).into(),
    };
    // Of some policies there is but one.
    let single =
        matches!(trace.gate, Gate::Resource | Gate::AccessPoint | Gate::PermissionsBoundary | Gate::VpcEndpoint);
    let article = if single {
        "The"
    } else if noun.starts_with('i') {
        "An"
    } else {
        "A"
    };
    match trace.outcome {
        GateOutcome::Denies => format!("{article} {noun} denies {action} explicitly."),
        GateOutcome::Passes => format!("{article} {noun} allows {action}."),
        GateOutcome::Blocks if single && set.has(trace.gate) => format!("The {noun} does not allow {action}."),
        GateOutcome::Blocks => format!("No {noun} allows {action}."),
        GateOutcome::NotNeeded if single => format!("The {noun} does not allow {action}, and does not have to."),
        GateOutcome::NotNeeded => format!("No {noun} allows {action}, and none has to."),
        GateOutcome::DoesNotApply => match trace.gate {
            Gate::ServiceControl => "Service control policies do not bind this caller.".into(),
            Gate::ResourceControl => "Resource control policies do not bind this request.".into(),
            Gate::AccessPoint => "The request does not go through an access point.".into(),
            Gate::Resource => format!("The {noun} is about other actions, and plays no part here."),
            _ => "This caller has no identity-based policies.".into(),
        },
        GateOutcome::Absent => format!("There is no {noun}."),
    }
}

/// Whether an element matches, and why, in one sentence.
#[must_use]
pub fn element(trace: &ElementTrace<'_>) -> String {
    let actual = match trace.actual.as_deref() {
        Some([only]) if only == "anonymous" && matches!(trace.kind, ElementKind::Principal { .. }) => {
            "(anonymous)".to_owned()
        }
        actual => actual.map(list).unwrap_or_default(),
    };
    let values = trace.expected();
    let expected = list(&values);
    let matched = trace.matched == Truth::True;
    let sentence = match trace.kind {
        ElementKind::Principal { negated: false } if matched => format!("The caller {actual} is covered by Principal"),
        ElementKind::Principal { negated: false } => format!("The caller {actual} is not covered by {expected}"),
        ElementKind::Principal { negated: true } if matched => {
            format!("The caller {actual} is not spared by NotPrincipal")
        }
        ElementKind::Principal { negated: true } => format!("The caller {actual} is spared by NotPrincipal"),
        _ if values.is_empty() && trace.kind != ElementKind::Condition => {
            format!("{} is an empty list", trace.kind.as_str())
        }
        ElementKind::Action { negated } => pattern("action", &actual, &expected, negated, trace.matched, values.len()),
        ElementKind::Resource { negated } => {
            pattern("resource", &actual, &expected, negated, trace.matched, values.len())
        }
        ElementKind::Condition => return condition(trace, &expected),
    };
    let (missing, unknown) = (trace.variables(false).join(", "), trace.variables(true).join(", "));
    match (missing.as_str(), unknown.as_str()) {
        ("", "") => format!("{sentence}."),
        ("", unknown) => format!("{sentence}: {unknown} is not known."),
        (missing, _) => format!("{sentence}; the request has no {missing} to put into the pattern."),
    }
}

fn pattern(what: &str, actual: &str, expected: &str, negated: bool, matched: Truth, count: usize) -> String {
    let any = if count > 1 { "any of " } else { "" };
    match (negated, matched) {
        (false, Truth::True) => format!("The {what} {actual} matches"),
        (false, Truth::False) => format!("The {what} {actual} does not match {any}{expected}"),
        (false, Truth::Unknown) => format!("The {what} {actual} may match {any}{expected} or not"),
        (true, Truth::True) => format!("The {what} {actual} is not among the exceptions {expected}"),
        (true, Truth::False) => format!("The {what} {actual} is among the exceptions {expected}"),
        (true, Truth::Unknown) => format!("The {what} {actual} may be among the exceptions {expected} or not"),
    }
}

fn condition(trace: &ElementTrace<'_>, expected: &str) -> String {
    let operator = trace.operator.as_deref().unwrap_or_default();
    let key = trace.key.unwrap_or_default();
    let holds = match trace.matched {
        Truth::True => "holds",
        Truth::False => "does not hold",
        Truth::Unknown => "may hold or not",
    };
    let mut has = match &trace.actual {
        _ if trace.unknown => format!("{key} is not known"),
        None => format!("{key} is not in the request"),
        Some(values) => format!("the request has {key} = {}", list(values)),
    };
    for (unknown, before, after) in
        [(false, "there is no ", " for the policy's variable"), (true, "", " of the policy's variable is not known")]
    {
        let keys = trace.variables(unknown).join(", ");
        if !keys.is_empty() {
            has += &format!(", and {before}{keys}{after}");
        }
    }
    format!("{operator} {key} {expected} {holds}: {has}.")
}

fn list(values: &[Cow<'_, str>]) -> String {
    match values {
        [] => "[]".into(),
        [only] => quoted(only),
        several => {
            let shown: Vec<String> = several.iter().take(5).map(|value| quoted(value)).collect();
            let more = several.len().saturating_sub(5);
            if more == 0 {
                format!("[{}]", shown.join(", "))
            } else {
                format!("[{}, and {more} more]", shown.join(", "))
            }
        }
    }
}

fn quoted(value: &str) -> String {
    if value.is_empty() || value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

fn gate_noun(gate: Gate) -> &'static str {
    match gate {
        Gate::Identity | Gate::IdentityAndResource => "identity-based policy",
        Gate::Resource => "resource-based policy",
        Gate::PermissionsBoundary => "permissions boundary",
        Gate::Session => "session policy",
        Gate::ServiceControl => "service control policy",
        Gate::ResourceControl => "resource control policy",
        Gate::VpcEndpoint => "VPC endpoint policy",
        Gate::AccessPoint => "access point policy",
        Gate::BlockPublicAccess => "Block Public Access setting",
        Gate::ObjectOwner => "ACL of the object's owner",
        Gate::Root => "root user",
        Gate::Grant => "KMS grant",
        Gate::Exempt => "permission",
    }
}

fn resource_policy_name(request: &Request, set: &PolicySet) -> &'static str {
    let kind = set.attached.iter().find_map(|attached| match attached.policy.policy_type {
        PolicyType::Resource(kind) => Some(kind),
        _ => None,
    });
    match kind.unwrap_or_else(|| crate::evaluate::resource_policy_kind(request.service(), request.resource())) {
        ResourcePolicyKind::RoleTrust => "role trust policy",
        ResourcePolicyKind::KmsKey => "key policy",
        ResourcePolicyKind::General => "resource-based policy",
    }
}
