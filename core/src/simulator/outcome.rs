//! The decision on one action and resource, as far as a response tells of it.

use super::response::{extend, stricter};
use crate::context::ContextEntry;
use crate::evaluate::{self, Facts, PrincipalClass, Truth};
use crate::policy::{Effect, PolicyType};
use crate::request::Request;
use crate::result::{Decision, Evaluation, Gate, GateOutcome, StatementTrace};
use crate::scenario::TextPosition;
use crate::scenario::documents::Documents;
use crate::scenario::run::absent_keys;
use serde::Serialize;
use std::collections::BTreeMap;

/// The policy types of `EvalDecisionDetails`, by names of our own: AWS's model does not give them.
const DETAILS: [(&str, Gate); 3] = [
    ("identity-based", Gate::Identity),
    ("resource-based", Gate::Resource),
    ("permissions-boundary", Gate::PermissionsBoundary),
];

/// A statement that decided.
#[derive(Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Statement {
    source_policy_id: String,
    source_policy_type: &'static str,
    start_position: Position,
    end_position: Position,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Position {
    line: u32,
    column: u32,
}

impl From<TextPosition> for Position {
    fn from(TextPosition { line, column, .. }: TextPosition) -> Self {
        Self { line, column }
    }
}

/// The statements that decided, by their policy and their index in it.
pub(super) type Statements = BTreeMap<(usize, usize), Statement>;

/// What a response tells of one action on one resource.
pub(super) struct Outcome {
    pub resource: String,
    pub decision: Decision,
    pub matched: Statements,
    pub missing: Vec<String>,
    /// Whether the service control policies allow, if they apply.
    pub organizations: Option<bool>,
    /// Whether the permissions boundary allows, if there is one.
    pub boundary: Option<bool>,
    pub cross_account: bool,
    /// A service control policy refused, which ends the simulation.
    pub ended: bool,
    pub details: BTreeMap<&'static str, Decision>,
}

impl Outcome {
    pub fn new(documents: &Documents, request: &Request) -> Self {
        let evaluation = evaluate::evaluate(&documents.set, request);
        let facts = Facts::new(request, &documents.set, documents.set.options);
        let ended = evaluation.decision != Decision::Allow && evaluation.decided_by == Gate::ServiceControl;
        let mut outcome = Self {
            resource: request.resource().to_owned(),
            decision: evaluation.decision,
            matched: Statements::new(),
            missing: Vec::new(),
            organizations: organizations(&evaluation),
            boundary: None,
            cross_account: !facts.same_account,
            ended,
            details: BTreeMap::new(),
        };
        if !ended {
            outcome.boundary = boundary(&evaluation);
            let matched = matched(documents, &facts, &evaluation);
            let key = |trace: &StatementTrace| (trace.statement.policy, trace.statement.statement);
            let named = matched.into_iter().filter_map(|trace| Some((key(trace), statement(documents, trace)?)));
            outcome.matched = named.collect();
            outcome.missing = missing(documents, &evaluation, request);
            if outcome.cross_account {
                outcome.details = details(documents, &evaluation);
            }
        }
        outcome
    }

    /// This and a further action that the same call needs on the same resource.
    pub fn with(mut self, other: Self) -> Self {
        let both = |one: Option<bool>, other: Option<bool>| match (one, other) {
            (Some(one), Some(other)) => Some(one && other),
            (one, other) => one.or(other),
        };
        let decision = stricter(self.decision, other.decision);
        if self.decision != decision {
            self.matched.clear();
        }
        if other.decision == decision {
            self.matched.extend(other.matched);
        }
        self.decision = decision;
        extend(&mut self.missing, &other.missing);
        self.organizations = both(self.organizations, other.organizations);
        self.boundary = both(self.boundary, other.boundary);
        self.ended |= other.ended;
        for (name, decision) in other.details {
            self.details.entry(name).and_modify(|worst| *worst = stricter(*worst, decision)).or_insert(decision);
        }
        self
    }
}

/// The statements that made the decision, of the policy types that a response lists.
fn matched<'e>(documents: &Documents, facts: &Facts, evaluation: &'e Evaluation) -> Vec<&'e StatementTrace> {
    let effect = match evaluation.decision {
        Decision::Allow => Effect::Allow,
        Decision::ExplicitDeny => Effect::Deny,
        Decision::ImplicitDeny => return Vec::new(),
    };
    let applying = |trace: &&StatementTrace| {
        trace.takes_part && trace.applies == Truth::True && trace.effect == effect && source(documents, trace).is_some()
    };
    let applying: Vec<&StatementTrace> = evaluation.statements.iter().filter(applying).collect();
    if effect == Effect::Deny {
        return applying;
    }
    let identity_counts = match evaluation.decided_by {
        Gate::Identity | Gate::IdentityAndResource => true,
        // The resource's policy grants by itself; the caller's own do too if nothing limits them.
        Gate::Resource => {
            let passes = |gate: Gate| evaluation.gates.iter().all(|trace| trace.gate != gate || passes(trace.outcome));
            passes(Gate::PermissionsBoundary) && passes(Gate::Session)
        }
        _ => return Vec::new(),
    };
    // Naming the account hands the decision to the caller's own policies (SPEC 5.3).
    let resource_counts = |class: Option<PrincipalClass>| {
        evaluation.decided_by == Gate::IdentityAndResource
            || facts.is_strict()
            || class != Some(PrincipalClass::Account)
    };
    let counts = |trace: &&StatementTrace| match source(documents, trace) {
        Some(PolicyType::Identity) => identity_counts,
        _ => resource_counts(trace.class),
    };
    applying.into_iter().filter(counts).collect()
}

fn passes(outcome: GateOutcome) -> bool {
    matches!(outcome, GateOutcome::Passes | GateOutcome::Absent)
}

/// The type of a statement's policy, if a response tells of it.
fn source(documents: &Documents, trace: &StatementTrace) -> Option<PolicyType> {
    let policy_type = documents.set.policy(trace.statement.policy)?.policy_type();
    matches!(policy_type, PolicyType::Identity | PolicyType::Resource(_)).then_some(policy_type)
}

fn statement(documents: &Documents, trace: &StatementTrace) -> Option<Statement> {
    let policy = documents.set.policy(trace.statement.policy)?;
    let place = documents.places.get(trace.statement.policy)?;
    let range = place.range(policy.document().statements.get(trace.statement.statement)?.span);
    let source_policy_type = match place.attached_to() {
        _ if policy.policy_type() != PolicyType::Identity => "resource",
        Some("user") => "user",
        Some("role") => "role",
        Some(group) if group.starts_with("group") => "group",
        _ => "none",
    };
    Some(Statement {
        source_policy_id: policy.name.clone().unwrap_or_else(|| place.location().to_owned()),
        source_policy_type,
        start_position: range.start.into(),
        end_position: range.end.into(),
    })
}

/// The keys without a value that identity-based and resource-based policies ask for.
fn missing(documents: &Documents, evaluation: &Evaluation, request: &Request) -> Vec<String> {
    let told = |trace: &&StatementTrace| trace.takes_part && source(documents, trace).is_some();
    let mut keys: Vec<String> = Vec::new();
    for trace in evaluation.statements.iter().filter(told) {
        for key in absent_keys(&documents.set, request, trace) {
            let given = matches!(request.context().named(&key), ContextEntry::Multiple(_));
            if !given && !keys.iter().any(|known| known.eq_ignore_ascii_case(&key)) {
                keys.push(key);
            }
        }
    }
    keys
}

fn organizations(evaluation: &Evaluation) -> Option<bool> {
    let levels = evaluation.gates.iter().filter(|trace| trace.gate == Gate::ServiceControl);
    let applying = levels.filter(|trace| !matches!(trace.outcome, GateOutcome::Absent | GateOutcome::DoesNotApply));
    applying.map(|trace| trace.outcome == GateOutcome::Passes).reduce(|one, other| one && other)
}

fn boundary(evaluation: &Evaluation) -> Option<bool> {
    let gate = evaluation.gates.iter().find(|trace| trace.gate == Gate::PermissionsBoundary)?;
    (gate.outcome != GateOutcome::Absent).then_some(gate.outcome == GateOutcome::Passes)
}

/// What each policy type says by itself.
fn details(documents: &Documents, evaluation: &Evaluation) -> BTreeMap<&'static str, Decision> {
    let mut details = BTreeMap::new();
    for (name, gate) in DETAILS {
        let of = |policy_type: PolicyType| match gate {
            Gate::Identity => policy_type == PolicyType::Identity,
            Gate::PermissionsBoundary => policy_type == PolicyType::PermissionsBoundary,
            _ => matches!(policy_type, PolicyType::Resource(_)),
        };
        if gate == Gate::PermissionsBoundary && !documents.set.has(gate) {
            continue;
        }
        let applies = |effect: Effect| {
            evaluation.statements.iter().any(|trace| {
                let policy = documents.set.policy(trace.statement.policy);
                let counts = trace.takes_part && trace.applies == Truth::True && trace.effect == effect;
                counts && policy.is_some_and(|policy| of(policy.policy_type()))
            })
        };
        let decision = match (applies(Effect::Deny), applies(Effect::Allow)) {
            (true, _) => Decision::ExplicitDeny,
            (false, true) => Decision::Allow,
            (false, false) => Decision::ImplicitDeny,
        };
        details.insert(name, decision);
    }
    details
}
