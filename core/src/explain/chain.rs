//! The chain of gates, line by line.

use super::idle::{does_not_apply, not_needed};
use super::names::{self, capital};
use super::tree::{ExplanationLine, Mark, SourceLink, elements, statement_link};
use crate::evaluate::{
    ElementKind, PrincipalClass, Truth, gate_of, is_impossible_across_accounts, resource_policy_kind,
};
use crate::policy::{Effect, PolicyType, ResourcePolicyKind};
use crate::request::Principal;
use crate::result::{Decision, Gate, GateOutcome, GateTrace, StatementTrace};
use crate::scenario::RequestResult;
use crate::scenario::run::Analysis;

/// Every gate that plays a part, then one line for those that do not.
pub(super) fn gates(analysis: &Analysis, result: &RequestResult) -> Vec<ExplanationLine> {
    let mut lines = background(analysis, result);
    let mut absent = Vec::new();
    for gate in &analysis.evaluation.gates {
        match gate.outcome {
            GateOutcome::Absent => absent.push(plural(gate.gate, analysis).to_owned()),
            _ => lines.push(line(analysis, gate)),
        }
    }
    lines.extend(own_rule(analysis));
    if !absent.is_empty() {
        let list = names::joined(&absent, "and");
        lines.push(ExplanationLine::new(Mark::Neutral, format!("None given: {list}.")));
    }
    lines
}

/// What decided, if it is no policy: a rule about the caller or the action, or a KMS grant.
fn own_rule(analysis: &Analysis) -> Option<ExplanationLine> {
    let evaluation = &analysis.evaluation;
    let impossible = || is_impossible_across_accounts(&analysis.pair, &analysis.documents.set);
    let stated = match evaluation.decided_by {
        Gate::Root | Gate::Grant | Gate::Exempt => evaluation.decision != Decision::ExplicitDeny,
        // Of others it is said which accounts they and the resource belong to.
        Gate::Resource => {
            evaluation.decision == Decision::ImplicitDeny && analysis.pair.principal.account().is_none() && impossible()
        }
        _ => false,
    };
    if !stated {
        return None;
    }
    let mark = match evaluation.decision {
        _ if analysis.decision.is_none() => Mark::Open,
        Decision::Allow => Mark::Pass,
        _ => Mark::Fail,
    };
    let reason = super::reason(evaluation, &analysis.documents.set, &analysis.pair);
    let (_, text) = reason.split_once(": ")?;
    let begins_with_action = text.split(' ').next().is_some_and(|word| word.contains(':'));
    Some(ExplanationLine::new(mark, if begins_with_action { text.to_owned() } else { capital(text) }))
}

/// What has to be known before the gates: several permissions, two accounts.
fn background(analysis: &Analysis, result: &RequestResult) -> Vec<ExplanationLine> {
    let request = &analysis.pair;
    let mut lines = Vec::new();
    let pairs = &result.resources;
    if pairs.len() > 1 {
        let text = format!("The request needs {} permissions, and each is decided by itself:", pairs.len());
        let each = pairs.iter().map(|pair| {
            let mark = match pair.decision.as_str() {
                "Allow" => Mark::Pass,
                "Depends" => Mark::Open,
                _ => Mark::Fail,
            };
            let maybe = match analysis.may_need(&pair.action) {
                true => ", which it needs only if the unknown keys are in the request",
                false => "",
            };
            ExplanationLine::new(mark, format!("{} on {}{maybe}", pair.action, pair.resource))
        });
        lines.push(ExplanationLine::new(Mark::Neutral, text).above(each.collect()));
        let text = format!("What follows is about {} on {}.", request.action(), request.resource());
        lines.push(ExplanationLine::new(Mark::Neutral, text));
    }
    if let (Some(caller), Some(owner), false) =
        (request.principal.account(), request.resource_account(), request.is_same_account())
    {
        let impossible = is_impossible_across_accounts(request, &analysis.documents.set);
        let who = match request.principal {
            _ if analysis.evaluation.decided_by == Gate::Grant => ", and a KMS grant reaches across accounts",
            _ if impossible => ", and nothing can allow this across accounts",
            Principal::Root { .. } => ", so the resource's policy has to allow",
            _ => ", so policies on both sides have to allow",
        };
        let text = format!("The caller belongs to account {caller} and the resource to account {owner}{who}.");
        lines.push(ExplanationLine::new(if impossible { Mark::Fail } else { Mark::Neutral }, text));
    }
    lines
}

fn line(analysis: &Analysis, gate: &GateTrace) -> ExplanationLine {
    let here: Vec<&StatementTrace> =
        analysis.evaluation.statements.iter().filter(|trace| is_at(analysis, trace, gate)).collect();
    let heading = heading(gate, analysis);
    let action = analysis.pair.action();
    let applying = |effect: Effect| {
        here.iter().filter(move |trace| trace.effect == effect && trace.takes_part && trace.applies.is_true()).copied()
    };
    let open = |effect: Effect| {
        let unknown = move |trace: &&&StatementTrace| {
            trace.effect == effect && trace.takes_part && trace.applies == Truth::Unknown
        };
        here.iter().filter(unknown).copied()
    };
    let by = |effect: Effect| {
        let mut of = applying(effect);
        let deciding = analysis.evaluation.deciding_statement;
        let first = applying(effect).find(|trace| deciding == Some(trace.statement)).or_else(|| of.next())?;
        Some((first, applying(effect).count() - 1))
    };
    let denial_is_open = analysis.decision.is_none() && open(Effect::Deny).next().is_some();
    let mut children = Vec::new();
    let (mut mark, mut verdict) = match gate.outcome {
        GateOutcome::Passes if is_setting(gate.gate) => (Mark::Pass, "lets the request pass.".into()),
        GateOutcome::Blocks if is_setting(gate.gate) => {
            (Mark::Fail, format!("{}.", super::setting(gate.gate, &analysis.pair)))
        }
        GateOutcome::Denies => {
            if let Some((first, _)) = by(Effect::Deny) {
                children.extend(reasons(analysis, first));
            }
            (Mark::Fail, said(analysis, by(Effect::Deny), "denied"))
        }
        GateOutcome::Passes => {
            if let Some((first, _)) = by(Effect::Allow) {
                children.extend(class(analysis, first).filter(|_| gate.gate == Gate::Resource));
                children.extend(conditions(analysis, first));
            }
            (Mark::Pass, said(analysis, by(Effect::Allow), "allowed"))
        }
        GateOutcome::Blocks if analysis.decision.is_none() && open(Effect::Allow).next().is_some() => {
            children.extend(open(Effect::Allow).filter_map(|trace| open_line(analysis, trace)));
            (Mark::Open, format!("it depends whether {action} is allowed."))
        }
        GateOutcome::Blocks => {
            children.extend(digest(analysis, &here));
            (Mark::Fail, blocks(analysis, gate, &here))
        }
        GateOutcome::NotNeeded => (Mark::Neutral, not_needed(analysis, gate)),
        GateOutcome::DoesNotApply => (Mark::Neutral, does_not_apply(analysis, gate)),
        GateOutcome::Absent => (Mark::Neutral, format!("there is none that could allow {action}.")),
    };
    if denial_is_open {
        children.extend(open(Effect::Deny).filter_map(|trace| open_line(analysis, trace)));
        if gate.outcome == GateOutcome::Passes {
            mark = Mark::Open;
            verdict.truncate(verdict.len() - 1);
            verdict += ", unless a Deny applies.";
        }
    }
    children.extend(documents(analysis, &here));
    let link = match gate.outcome {
        GateOutcome::Denies => by(Effect::Deny),
        GateOutcome::Passes => by(Effect::Allow),
        _ => None,
    };
    let link = link.and_then(|(first, _)| statement_link(analysis, first));
    ExplanationLine::new(mark, format!("{heading}: {verdict}")).linked(link).above(children)
}

/// A statement of which it depends whether it applies, with what is open.
fn open_line(analysis: &Analysis, trace: &StatementTrace) -> Option<ExplanationLine> {
    let name = names::statement_at_gate(&analysis.documents.set, trace.statement);
    let name = capital(&name.unwrap_or_else(|| "the statement".to_owned()));
    let verb = if trace.effect == Effect::Allow { "allows" } else { "denies" };
    let text = format!("{name} {verb} it if these conditions hold:");
    let open = elements(analysis, trace).into_iter().filter(|line| line.mark == Mark::Open).collect();
    let line = ExplanationLine::new(Mark::Open, text).linked(statement_link(analysis, trace));
    Some(line.above(open))
}

fn is_at(analysis: &Analysis, trace: &StatementTrace, gate: &GateTrace) -> bool {
    let attached = analysis.documents.set.attached.get(trace.statement.policy);
    attached.is_some_and(|attached| {
        gate_of(attached.policy.policy_type) == gate.gate && (gate.level.is_none() || attached.level == gate.level)
    })
}

/// `denied by statement "X" of "Y", and by another one.`
fn said(analysis: &Analysis, found: Option<(&StatementTrace, usize)>, what: &str) -> String {
    let name = found.and_then(|(first, _)| names::statement_at_gate(&analysis.documents.set, first.statement));
    let Some(name) = name else { return format!("{} is {what}.", analysis.pair.action()) };
    match found.map_or(0, |(_, others)| others) {
        0 => format!("{what} by {name}."),
        1 => format!("{what} by {name}, and by another statement."),
        more => format!("{what} by {name}, and by {more} other statements."),
    }
}

/// Why a Deny applies: its conditions, and exceptions that the request is none of.
fn reasons(analysis: &Analysis, trace: &StatementTrace) -> Vec<ExplanationLine> {
    let plain = |kind| {
        matches!(
            kind,
            ElementKind::Action { negated: false }
                | ElementKind::Resource { negated: false }
                | ElementKind::Principal { negated: false }
        )
    };
    let compared = analysis.compared(trace);
    let kinds = compared.iter().map(|element| plain(element.kind));
    let lines = elements(analysis, trace).into_iter().zip(kinds);
    lines.filter(|(_, plain)| !plain).map(|(line, _)| ExplanationLine { mark: Mark::Neutral, ..line }).collect()
}

fn conditions(analysis: &Analysis, trace: &StatementTrace) -> Vec<ExplanationLine> {
    let compared = analysis.compared(trace);
    let kinds = compared.iter().map(|element| element.kind == ElementKind::Condition);
    let lines = elements(analysis, trace).into_iter().zip(kinds);
    lines.filter(|(_, condition)| *condition).map(|(line, _)| line).collect()
}

/// How a resource-based policy names the caller, where that decides what else has to allow.
fn class(analysis: &Analysis, trace: &StatementTrace) -> Option<ExplanationLine> {
    let request = &analysis.pair;
    if !request.is_same_account() || matches!(request.principal, Principal::Root { .. }) {
        return None;
    }
    let text = match trace.class? {
        PrincipalClass::Direct => "It names the caller itself, so no policy of the caller has to allow.",
        PrincipalClass::Wildcard => "It names everybody, so no policy of the caller has to allow.",
        PrincipalClass::Role => "It names the caller's role, so no identity-based policy has to allow.",
        PrincipalClass::FederatingUser => {
            "It names the user behind the federated user, so no identity-based policy has to allow."
        }
        PrincipalClass::Account => {
            "It names the caller's account, which leaves the decision to the account's identity-based policies."
        }
        PrincipalClass::Service | PrincipalClass::Federated => return None,
    };
    Some(ExplanationLine::new(Mark::Neutral, text))
}

fn blocks(analysis: &Analysis, gate: &GateTrace, here: &[&StatementTrace]) -> String {
    let action = analysis.pair.action();
    let federated = matches!(analysis.pair.principal, Principal::FederatedUser { .. });
    match gate.gate {
        Gate::Session if here.is_empty() && federated => {
            "none was passed, and a federated user has no permissions without one.".to_owned()
        }
        Gate::Resource if !has(analysis, Gate::Resource) => {
            format!("there is none, and it would have to allow {action}.")
        }
        Gate::Resource => format!("nothing allows {action} to {}.", super::caller(&analysis.pair.principal)),
        gate_ if !has(analysis, gate_) || here.is_empty() && gate.level.is_some() => {
            format!("there is none that allows {action}.")
        }
        _ => format!("nothing allows {action}."),
    }
}

/// Whether the gate is no policy, but something that S3 looks at beside them.
fn is_setting(gate: Gate) -> bool {
    matches!(gate, Gate::BlockPublicAccess | Gate::ObjectOwner)
}

fn has(analysis: &Analysis, gate: Gate) -> bool {
    analysis.documents.set.attached.iter().any(|attached| gate_of(attached.policy.policy_type) == gate)
}

/// Why none of a gate's statements allows, counted.
fn digest(analysis: &Analysis, here: &[&StatementTrace]) -> Option<ExplanationLine> {
    let allows: Vec<&&StatementTrace> = here.iter().filter(|trace| trace.effect == Effect::Allow).collect();
    let mut counts = [0_usize; 4];
    for trace in &allows {
        let compared = analysis.compared(trace);
        let fails = |test: &dyn Fn(ElementKind) -> bool| {
            compared.iter().any(|element| test(element.kind) && !element.matched.is_true())
        };
        let index = if fails(&|kind| matches!(kind, ElementKind::Action { .. })) {
            0
        } else if fails(&|kind| matches!(kind, ElementKind::Resource { .. })) {
            1
        } else if fails(&|kind| matches!(kind, ElementKind::Principal { .. })) {
            2
        } else {
            3
        };
        if let Some(count) = counts.get_mut(index) {
            *count += 1;
        }
    }
    let reasons =
        ["about other actions", "about other resources", "about other callers", "under a condition that does not hold"];
    let parts: Vec<(usize, &str)> = counts.into_iter().zip(reasons).filter(|(count, _)| *count > 0).collect();
    let text = match (allows.len(), parts.as_slice()) {
        (0, _) if here.is_empty() => return None,
        (0, _) => "There is no Allow statement here.".to_owned(),
        (1, [(_, reason)]) => format!("The only Allow statement here is {reason}."),
        (2, [(_, reason)]) => format!("Both Allow statements here are {reason}."),
        (all, [(_, reason)]) => format!("All {all} Allow statements here are {reason}."),
        (all, parts) => {
            let verb = |count: usize| if count == 1 { "is" } else { "are" };
            let list: Vec<String> =
                parts.iter().map(|(count, reason)| format!("{count} {} {reason}", verb(*count))).collect();
            format!("Of the {all} Allow statements here, {}.", names::joined(&list, "and"))
        }
    };
    Some(ExplanationLine::new(Mark::Neutral, text))
}

/// Every document of the gate with its statements, folded in plain text.
fn documents(analysis: &Analysis, here: &[&StatementTrace]) -> Vec<ExplanationLine> {
    let set = &analysis.documents.set;
    let mut lines: Vec<(usize, ExplanationLine)> = Vec::new();
    for trace in here {
        let index = trace.statement.policy;
        if lines.last().is_none_or(|(last, _)| *last != index) {
            let location = analysis.documents.places.get(index).map(|place| place.location().to_owned());
            let link = location.map(|location| SourceLink { location, range: None });
            let line = ExplanationLine::new(Mark::Neutral, capital(&names::document(set, index))).linked(link).folded();
            lines.push((index, line));
        }
        let applies = if trace.takes_part { trace.applies } else { Truth::False };
        let (mark, says) = match (applies, trace.effect) {
            (Truth::True, Effect::Allow) => (Mark::Pass, "applies".to_owned()),
            (Truth::True, Effect::Deny) => (Mark::Fail, "applies".to_owned()),
            (Truth::False, _) => (Mark::Neutral, "does not apply".to_owned()),
            (Truth::Unknown, _) => {
                (Mark::Open, format!("depends on {}", names::joined(&open_keys(analysis, trace), "and")))
            }
        };
        let name = capital(&names::statement_alone(set, trace.statement));
        let text = format!("{name} ({}) {says}.", trace.effect.as_str());
        let line = ExplanationLine::new(mark, text).linked(statement_link(analysis, trace));
        if let Some((_, document)) = lines.last_mut() {
            document.children.push(line.above(elements(analysis, trace)));
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The keys on which it depends whether a statement applies.
fn open_keys(analysis: &Analysis, trace: &StatementTrace) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let elements = crate::evaluate::elements(&analysis.documents.set, &analysis.pair, trace.statement);
    for element in elements.into_iter().filter(|element| element.matched == Truth::Unknown) {
        for key in element.key.filter(|_| element.unknown).into_iter().chain(element.variables(true)) {
            if !keys.iter().any(|known| known.eq_ignore_ascii_case(key)) {
                keys.push(key.to_owned());
            }
        }
    }
    keys
}

pub(super) fn kind(analysis: &Analysis) -> ResourcePolicyKind {
    let given = analysis.documents.set.attached.iter().find_map(|attached| match attached.policy.policy_type {
        PolicyType::Resource(kind) => Some(kind),
        _ => None,
    });
    given.unwrap_or_else(|| resource_policy_kind(analysis.pair.service(), analysis.pair.resource()))
}

fn heading(gate: &GateTrace, analysis: &Analysis) -> String {
    let name = capital(plural(gate.gate, analysis));
    match gate.level {
        Some(level) => format!("{name} at {}", names::level(gate.gate, Some(level), &analysis.documents.set)),
        None => name,
    }
}

fn plural(gate: Gate, analysis: &Analysis) -> &'static str {
    match gate {
        Gate::Identity | Gate::IdentityAndResource => "identity-based policies",
        Gate::Resource => match kind(analysis) {
            ResourcePolicyKind::RoleTrust => "role trust policy",
            ResourcePolicyKind::KmsKey => "key policy",
            ResourcePolicyKind::General => "resource-based policy",
        },
        Gate::PermissionsBoundary => "permissions boundary",
        Gate::Session => "session policies",
        Gate::ServiceControl => "service control policies",
        Gate::ResourceControl => "resource control policies",
        Gate::VpcEndpoint => "VPC endpoint policy",
        Gate::AccessPoint => "access point policy",
        Gate::BlockPublicAccess => "block Public Access",
        Gate::ObjectOwner => "owner of the object",
        Gate::Root => "root user",
        Gate::Grant => "KMS grant",
        Gate::Exempt => "permission",
    }
}
