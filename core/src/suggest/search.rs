//! The search for changes that flip a decision: each candidate is tried on a copy.

use super::deny::neutralize;
use super::edit::{Document, quoted};
use super::element::principal_entry;
use super::grant::{complete, nearest, open};
use super::view::{Candidate, View, cheapest_first, edit_of};
use super::{Suggestion, make};
use crate::evaluate::{MFA, Truth};
use crate::explain::names;
use crate::policy::{Effect, PolicyType, ResourcePolicyKind};
use crate::request::Principal;
use crate::result::{Decision, Gate};
use crate::scenario::{ContextValue, KnownDocuments, Scenario};
use crate::unknown::{QUICK, THOROUGH};

/// How many suggestions there are at most.
const MOST: usize = 5;
/// How many times a scenario is decided for them at most: the less often, the more there is to compare.
const TRIALS: usize = 240;
/// So many statements, each compared with each resource, halve that.
const LARGE: usize = 512;
/// How much longer a trial is with an unknown key, in resources.
const PER_UNKNOWN_KEY: usize = 8;
/// How many gates and statements one after the other are dealt with at most.
const ROUNDS: usize = 10;

/// What flips the decision on a request. Of a copy only the documents are read that differ from those known.
pub(crate) fn search(scenario: &Scenario, index: usize, known: &KnownDocuments) -> Vec<Suggestion> {
    let Some(view) = View::new(scenario, index, known, THOROUGH) else { return Vec::new() };
    let wants_allow = view.analysis.decision != Some(Decision::Allow);
    let known = &view.analysis.documents.known;
    let times = scenario
        .requests
        .get(index)
        .map_or(0, |request| request.resources.len() + PER_UNKNOWN_KEY * request.unknown.len());
    let trials = TRIALS / (1 + view.analysis.evaluation.statements.len().saturating_mul(times) / LARGE);
    let mut search = Search { original: scenario, known, index, wants_allow, trials };
    let mut found: Vec<(Candidate, Scenario)> = Vec::new();
    let Some((blocker, candidates)) = search.next_step(&view) else { return Vec::new() };
    for candidate in candidates {
        let mut visited = vec![blocker.clone()];
        let whole = search.finish(scenario, candidate, &mut visited, ROUNDS);
        if let Some((candidate, outcome)) = whole.and_then(|whole| search.confirm(whole)) {
            let at = found.partition_point(|(other, _)| other.cost <= candidate.cost);
            found.insert(at, (candidate, outcome));
        }
    }
    let mut chosen: Vec<(Candidate, Scenario)> = Vec::new();
    for (candidate, outcome) in found {
        let again = chosen.iter().any(|(other, same)| {
            *same == outcome || other.changes.iter().all(|change| candidate.changes.contains(change))
        });
        if !again && chosen.len() < MOST {
            chosen.push((candidate, outcome));
        }
    }
    chosen.into_iter().filter_map(|(candidate, outcome)| suggestion(candidate, &outcome, index, known)).collect()
}

fn suggestion(candidate: Candidate, outcome: &Scenario, index: usize, known: &KnownDocuments) -> Option<Suggestion> {
    let decision =
        View::new(outcome, index, known, QUICK)?.analysis.decision.map_or("Depends", Decision::as_str).to_owned();
    let mut summary = String::new();
    for (number, change) in candidate.changes.iter().enumerate() {
        let mut part = change.summary().to_owned();
        if number > 0 {
            summary.push_str(if candidate.changes.len() > 2 { "; " } else { ", and " });
            // It begins with a verb of ours.
            if let Some(first) = part.get_mut(..1) {
                first.make_ascii_lowercase();
            }
        }
        summary.push_str(&part);
    }
    summary.push('.');
    Some(Suggestion { request: index, summary, changes: candidate.changes, decision })
}

struct Search<'s> {
    original: &'s Scenario,
    /// The documents of the original.
    known: &'s KnownDocuments,
    index: usize,
    wants_allow: bool,
    trials: usize,
}

impl Search<'_> {
    fn look<'a>(&mut self, scenario: &'a Scenario) -> Option<View<'a>> {
        self.trials = self.trials.checked_sub(1)?;
        View::new(scenario, self.index, self.known, QUICK)
    }

    fn is_done(&self, view: &View<'_>) -> bool {
        match view.analysis.decision {
            Some(decision) => (decision == Decision::Allow) == self.wants_allow,
            None => false,
        }
    }

    /// The candidate and what else it takes to flip the decision.
    fn finish(
        &mut self,
        before: &Scenario,
        candidate: Candidate,
        visited: &mut Vec<String>,
        rounds: usize,
    ) -> Option<Candidate> {
        // Nobody but AWS can change the policy of an AWS managed key (SPEC K-08).
        let fixed = before.requests.get(self.index)?.aws_managed_key;
        if fixed && candidate.changes.iter().any(|change| change.location().starts_with("policies.resource[")) {
            return None;
        }
        let mut after = before.clone();
        candidate.changes.iter().for_each(|change| make(&mut after, change, self.index));
        let view = self.look(&after)?;
        if self.is_done(&view) {
            return Some(candidate);
        }
        let rounds = rounds.checked_sub(1)?;
        let (blocker, next) = self.next_step(&view)?;
        if visited.contains(&blocker) {
            return None;
        }
        visited.push(blocker);
        for step in next.into_iter().take(3) {
            if let Some(rest) = self.finish(&after, step, &mut visited.clone(), rounds) {
                let changes = candidate.changes.iter().cloned().chain(rest.changes).collect();
                return Some(Candidate { changes, cost: candidate.cost + rest.cost });
            }
        }
        None
    }

    /// The candidate without changes that turn out not to be needed, and the scenario it leads to.
    fn confirm(&mut self, mut candidate: Candidate) -> Option<(Candidate, Scenario)> {
        let mut at = 0;
        while candidate.changes.len() > 1 && at < candidate.changes.len() {
            let mut fewer = candidate.clone();
            fewer.changes.remove(at);
            if self.flips(&fewer).is_some() {
                candidate = fewer;
                at = 0;
            } else {
                at += 1;
            }
        }
        self.flips(&candidate).map(|outcome| (candidate, outcome))
    }

    fn flips(&mut self, candidate: &Candidate) -> Option<Scenario> {
        let mut after = self.original.clone();
        candidate.changes.iter().for_each(|change| make(&mut after, change, self.index));
        let flipped = self.look(&after).is_some_and(|view| self.is_done(&view));
        flipped.then_some(after)
    }

    /// What stands in the way first, and the ways past it.
    fn next_step(&self, view: &View<'_>) -> Option<(String, Vec<Candidate>)> {
        if self.wants_allow { towards_allow(view) } else { towards_deny(view) }
    }
}

fn towards_allow(view: &View<'_>) -> Option<(String, Vec<Candidate>)> {
    let evaluation = &view.analysis.evaluation;
    let request = &view.analysis.pair;
    let of = format!("{} {}", request.action(), request.resource());
    let denies = evaluation
        .statements
        .iter()
        .find(|trace| trace.effect == Effect::Deny && trace.takes_part && trace.applies != Truth::False);
    let decided = evaluation.deciding_statement.filter(|_| evaluation.decision == Decision::ExplicitDeny);
    if let Some(trace) = decided.and_then(|reference| view.trace(reference)).or(denies) {
        let seen = view.see(trace)?;
        return Some((format!("{of} {} {}", seen.place.location(), seen.number()), neutralize(view, &seen)));
    }
    let gate = match evaluation.decided_by {
        Gate::IdentityAndResource => Gate::Identity,
        // What credentials of GetSessionToken lack for IAM is MFA (SPEC D-24).
        Gate::Exempt if request.get_session_token && request.service() == "iam" => {
            return Some((of, vec![view.set_context(MFA, ContextValue::Single("true".to_owned()))]));
        }
        Gate::Root | Gate::Exempt | Gate::Grant => return None,
        gate => gate,
    };
    let (mut candidates, under_condition) = open(view, gate, evaluation.level);
    // In one account the resource's policy may grant by itself, past the caller's own policies.
    let own = matches!(gate, Gate::Identity | Gate::PermissionsBoundary | Gate::Session);
    if own && !under_condition && request.is_same_account() && !view.scenario.policies.resource.is_empty() {
        let (by_resource, _) = open(view, Gate::Resource, None);
        candidates.extend(by_resource.into_iter().map(|way| Candidate { cost: way.cost + 2, ..way }));
        cheapest_first(&mut candidates);
    }
    let level = evaluation.level.map(|level| level.to_string()).unwrap_or_default();
    Some((format!("{of} {} {level}", gate.as_str()), candidates))
}

/// Past an Allow: the denies that came nearest, what the Allow itself rests on, or a new Deny.
fn towards_deny(view: &View<'_>) -> Option<(String, Vec<Candidate>)> {
    let evaluation = &view.analysis.evaluation;
    let mut candidates = Vec::new();
    for seen in nearest(view, Effect::Deny, None).into_iter().take(4) {
        candidates.extend(complete(view, &seen));
    }
    let deciding = evaluation.deciding_statement.and_then(|reference| view.trace(reference));
    let seen = deciding.and_then(|trace| view.see(trace));
    candidates.extend(seen.iter().flat_map(|seen| neutralize(view, seen)));
    cheapest_first(&mut candidates);
    if candidates.is_empty() {
        candidates.extend(new_deny(view));
    }
    let name = seen.map(|seen| format!("{} {}", seen.place.location(), seen.number())).unwrap_or_default();
    let request = &view.analysis.pair;
    Some((format!("{} {} {name}", request.action(), request.resource()), candidates))
}

/// A Deny for just this request, in a document of the gate that grants it.
fn new_deny(view: &View<'_>) -> Option<Candidate> {
    let documents = &view.analysis.documents;
    let request = &view.analysis.pair;
    // The root user has no identity-based policies, and as a principal its ARN is the whole account (SPEC M-42).
    if let Principal::Root { .. } = request.principal {
        return None;
    }
    let by_resource = view.analysis.evaluation.decided_by == Gate::Resource;
    let attached = documents.set.attached.iter().map(|attached| attached.policy.policy_type);
    let (index, policy_type) = attached.enumerate().find(|(_, policy_type)| match policy_type {
        PolicyType::Identity => !by_resource,
        PolicyType::Resource(_) => by_resource,
        _ => false,
    })?;
    let place = documents.places.get(index)?;
    let mut parts = vec!["\"Effect\": \"Deny\"".to_owned()];
    let mut to = String::new();
    if by_resource {
        let (kind, value) = principal_entry(&request.principal)?;
        parts.push(format!("\"Principal\": {{ \"{kind}\": {} }}", quoted(value)));
        to = format!(" to {value}");
    }
    parts.push(format!("\"Action\": {}", quoted(request.action())));
    if policy_type != PolicyType::Resource(ResourcePolicyKind::RoleTrust) {
        parts.push(format!("\"Resource\": {}", quoted(view.resource(policy_type))));
    }
    let edit = Document::read(place.text())?.add_statement(&format!("{{ {} }}", parts.join(", ")))?;
    let name = names::document(&documents.set, index);
    let on =
        if request.resource() == "*" || by_resource { String::new() } else { format!(" on {}", request.resource()) };
    let summary = format!("Add a statement to {name} that denies {}{on}{to}", request.action());
    Some(Candidate::one(edit_of(place, edit, summary), 30))
}
