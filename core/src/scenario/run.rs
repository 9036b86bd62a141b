//! Deciding a scenario.

use super::documents::Documents;
use super::request::{Problem, bucket_is_named, parse_request, with_further};
use super::{
    DerivedKey, ElementResult, Expectation, GateResult, KnownDocuments, LocatedDiagnostic, OptionEffect, RequestResult,
    ResourceDecision, Scenario, ScenarioRequest, ScenarioResult, StatementResult, ValueResult, depends,
};
use crate::access_denied;
use crate::evaluate::{self, ElementKind, PolicySet, Truth};
use crate::explain;
use crate::policy::ResourcePolicyKind;
use crate::request::Request;
use crate::result::{Decision, Evaluation, GateOutcome, StatementTrace};
use crate::unknown::{self, Answer};

/// The remark on a decision that no unknown key can change.
const SETTLED: &str = "The decision is the same whatever the unknown keys are; below they count as absent.";

/// Decides every request. The scenario's documents are what is known from then on.
pub(super) fn scenario(scenario: &Scenario, known: &mut KnownDocuments) -> ScenarioResult {
    let (documents, requests) = prepare(scenario, known);
    known.clone_from(&documents.known);
    let valid = documents.is_valid();
    let decide = |(request, pairs): &(&ScenarioRequest, Vec<Request>)| documents.decide(request, pairs);
    let results = if valid { requests.iter().map(decide).collect() } else { Vec::new() };
    ScenarioResult { valid, diagnostics: documents.diagnostics, results }
}

/// A scenario's documents, and its requests with the (action, resource) pairs of each, ready to decide.
pub(crate) fn prepare<'s>(
    scenario: &'s Scenario,
    known: &KnownDocuments,
) -> (Documents, Vec<(&'s ScenarioRequest, Vec<Request>)>) {
    let mut documents = Documents::new(scenario, trust_or_key(&scenario.requests), known);
    let mut requests = Vec::new();
    for (index, request) in scenario.requests.iter().enumerate() {
        let named = |pairs: Vec<Request>| bucket_is_named(&scenario.policies, &pairs).map(|()| pairs);
        match parse_request(request).and_then(named) {
            Ok(pairs) => requests.push((request, pairs)),
            Err(problem) => documents.diagnostics.push(located(&format!("requests[{index}]"), problem)),
        }
    }
    (documents, requests)
}

/// One request of a scenario, decided, and what it was decided from.
pub(crate) struct Analysis {
    pub documents: Documents,
    /// The (action, resource) pairs as the request gives them.
    pairs: Vec<Request>,
    /// The pair that speaks for the request.
    pub pair: Request,
    pub evaluation: Evaluation,
    /// The decision; nothing if it depends on unknown keys.
    pub decision: Option<Decision>,
}

/// Decides one request; nothing if the scenario has an error or no such request.
pub(crate) fn one(scenario: &Scenario, index: usize, known: &KnownDocuments) -> Option<Analysis> {
    let (documents, mut requests) = prepare(scenario, known);
    if !documents.is_valid() || index >= requests.len() {
        return None;
    }
    let (request, pairs) = requests.swap_remove(index);
    let Decided { answer, pairs: mut settled, mut evaluations, decision, deciding } = documents.settle(request, &pairs);
    if deciding >= settled.len() || deciding >= evaluations.len() {
        return None;
    }
    let (pair, evaluation) = (settled.swap_remove(deciding), evaluations.swap_remove(deciding));
    let decision = Some(decision).filter(|_| !matches!(answer, Some(Answer::Depends(_))));
    Some(Analysis { documents, pairs, pair, evaluation, decision })
}

impl Analysis {
    /// The result as it goes out.
    pub fn result(&self, request: &ScenarioRequest) -> RequestResult {
        self.documents.decide(request, &self.pairs)
    }
}

/// The pairs of a request, decided one by one.
struct Decided {
    answer: Option<Answer>,
    /// The pairs with the further ones that they need; without unknown keys if those do not matter.
    pairs: Vec<Request>,
    evaluations: Vec<Evaluation>,
    decision: Decision,
    /// The index of the pair that speaks for the request.
    deciding: usize,
}

impl Documents {
    /// Decides every pair; the first that is not allowed speaks for the request (SPEC M-32).
    fn settle(&self, request: &ScenarioRequest, pairs: &[Request]) -> Decided {
        let answer = if request.unknown.is_empty() { None } else { Some(unknown::answer(&self.set, pairs)) };
        let mut settled = Vec::new();
        for pair in pairs {
            let decided = matches!(answer, Some(Answer::Decided(_)));
            let pair = if decided { unknown::without_unknown(pair) } else { pair.clone() };
            settled.append(&mut with_further(pair));
        }
        let evaluations: Vec<Evaluation> = settled.iter().map(|pair| evaluate::evaluate(&self.set, pair)).collect();
        let decisions = evaluations.iter().map(|evaluation| evaluation.decision);
        let decision = unknown::together(decisions);
        let deciding = evaluations.iter().position(|evaluation| evaluation.decision == decision).unwrap_or_default();
        Decided { answer, pairs: settled, evaluations, decision, deciding }
    }

    pub(super) fn decide(&self, request: &ScenarioRequest, pairs: &[Request]) -> RequestResult {
        let Decided { answer, pairs: settled, evaluations, decision, deciding } = self.settle(request, pairs);
        let (Some(pair), Some(evaluation)) = (settled.get(deciding), evaluations.get(deciding)) else {
            return RequestResult::default();
        };
        let mut result = self.result(request, pair, evaluation);
        match &answer {
            Some(Answer::Depends(dependence)) => self.depends(&mut result, dependence, evaluation),
            Some(Answer::Decided(_)) => result.notes.push(SETTLED.to_owned()),
            None => {}
        }
        if result.depends.is_none() {
            result.options = self.option_effects(&settled, decision);
        }
        if settled.len() > 1 {
            result.resources =
                settled.iter().zip(&evaluations).map(|(pair, evaluation)| self.pair(pair, evaluation)).collect();
        }
        if let Some(expected) = &request.expect {
            result.mismatches = mismatches(expected, &result);
            result.passed = Some(result.mismatches.is_empty());
        }
        result
    }

    fn depends(&self, result: &mut RequestResult, dependence: &unknown::Dependence, evaluation: &Evaluation) {
        let place = |asked: &unknown::AskedBy| {
            evaluation.statements.iter().position(|trace| trace.statement == asked.statement)
        };
        let depends = depends::result(dependence, &result.statements, place);
        result.decision = "Depends".to_owned();
        result.reason = depends::reason(&depends, &result.statements);
        result.aws_message = None;
        result.deciding_statement = None;
        result.statements.iter_mut().for_each(|statement| statement.decisive = false);
        result.depends = Some(depends);
    }

    fn pair(&self, pair: &Request, evaluation: &Evaluation) -> ResourceDecision {
        let open = matches!(unknown::answer(&self.set, std::slice::from_ref(pair)), Answer::Depends(_));
        ResourceDecision {
            action: pair.action().to_owned(),
            resource: pair.resource().to_owned(),
            decision: if open { "Depends" } else { evaluation.decision.as_str() }.to_owned(),
            decided_by: evaluation.decided_by.as_str().to_owned(),
        }
    }

    /// The options that would change the decision.
    fn option_effects(&self, pairs: &[Request], decision: Decision) -> Vec<OptionEffect> {
        let effect = |(name, value, options)| {
            let other = unknown::together(pairs.iter().map(|pair| evaluate::decide_under(&self.set, options, pair)));
            let decision = (other != decision).then(|| other.as_str().to_owned())?;
            Some(OptionEffect { option: str::to_owned(name), value, decision })
        };
        self.set.options.neighbors().filter_map(effect).collect()
    }

    fn result(&self, request: &ScenarioRequest, pair: &Request, evaluation: &Evaluation) -> RequestResult {
        let statements: Vec<StatementResult> =
            evaluation.statements.iter().filter_map(|trace| self.statement(trace, pair, evaluation)).collect();
        RequestResult {
            name: request.name.clone(),
            decision: evaluation.decision.as_str().to_owned(),
            decided_by: evaluation.decided_by.as_str().to_owned(),
            reason: explain::reason(evaluation, &self.set, pair),
            aws_message: access_denied::message(evaluation, &self.set, pair),
            resource: pair.resource().to_owned(),
            deciding_statement: statements.iter().position(|statement| statement.decisive),
            statements,
            gates: evaluation
                .gates
                .iter()
                .map(|trace| GateResult {
                    gate: trace.gate.as_str().to_owned(),
                    level: trace.level.map(|level| explain::names::level(trace.gate, Some(level), &self.set)),
                    outcome: outcome(trace.outcome).to_owned(),
                    message: explain::gate(trace, &self.set, pair),
                })
                .collect(),
            missing_context_keys: missing_keys(&self.set, evaluation, pair),
            derived_context: pair
                .derived_context()
                .iter()
                .map(|(key, entry)| DerivedKey {
                    key: key.as_str().to_owned(),
                    values: entry.values().unwrap_or_default().to_vec(),
                })
                .collect(),
            notes: evaluation.notes.iter().map(|note| note.text().to_owned()).collect(),
            ..RequestResult::default()
        }
    }

    fn statement(&self, trace: &StatementTrace, pair: &Request, evaluation: &Evaluation) -> Option<StatementResult> {
        let reference = trace.statement;
        let policy = self.set.policy(reference.policy)?;
        let place = self.places.get(reference.policy)?;
        let statement = policy.document().statements.get(reference.statement)?;
        let elements = evaluate::elements(&self.set, pair, reference);
        let elements = elements.into_iter().map(|element| ElementResult {
            message: explain::element(&element),
            element: element.kind.as_str().to_owned(),
            operator: element.operator,
            key: element.key,
            expected: element.expected,
            actual: element.actual,
            matched: element.matched == Truth::True,
            unknown: element.matched == Truth::Unknown,
            values: element
                .values
                .into_iter()
                .map(|value| ValueResult {
                    text: value.text,
                    resolved: value.resolved,
                    matched: value.matched == Truth::True,
                    unknown: value.matched == Truth::Unknown,
                    range: place.range(value.span),
                })
                .collect(),
            range: place.range(element.span),
        });
        Some(StatementResult {
            policy: place.location().to_owned(),
            policy_type: policy.policy_type().as_str().to_owned(),
            policy_name: policy.name.clone(),
            index: reference.statement,
            sid: statement.sid.as_ref().map(|sid| sid.value.to_string()),
            effect: trace.effect.as_str().to_owned(),
            range: place.range(statement.span),
            applies: trace.applies == Truth::True && trace.takes_part,
            unknown: trace.applies == Truth::Unknown && trace.takes_part,
            decisive: evaluation.deciding_statement == Some(reference),
            elements: elements.collect(),
        })
    }
}

/// What is wrong with a request, as a diagnostic.
pub(super) fn located(at: &str, (field, message, help): Problem) -> LocatedDiagnostic {
    LocatedDiagnostic {
        location: format!("{at}.{field}"),
        code: "INVALID_REQUEST".into(),
        severity: "error".into(),
        message,
        help: Some(help.into()),
        range: None,
    }
}

/// Whether the resources of the requests are roles to assume or KMS keys: the kind of a resource
/// policy that does not say its own.
pub(super) fn trust_or_key(requests: &[ScenarioRequest]) -> ResourcePolicyKind {
    let kinds = requests.iter().flat_map(|request| {
        let service = request.action.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let named = request.resources.iter().filter(|resource| *resource != "*");
        named.map(move |resource| evaluate::resource_policy_kind(&service, resource))
    });
    // Only if all requests are about such resources; general policies take part in any request.
    kinds.min().unwrap_or(ResourcePolicyKind::General)
}

/// Keys that a statement asks for which otherwise fits principal, action and resource, and of which
/// nothing is said in the request.
fn missing_keys(set: &PolicySet, evaluation: &Evaluation, request: &Request) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for trace in evaluation.statements.iter().filter(|statement| statement.takes_part) {
        for key in absent_keys(set, request, trace) {
            if !request.context().mentions(&key) && !keys.iter().any(|known| known.eq_ignore_ascii_case(&key)) {
                keys.push(key);
            }
        }
    }
    keys
}

/// The keys without a value that a statement asks for, if it fits principal, action and resource.
pub(crate) fn absent_keys(set: &PolicySet, request: &Request, trace: &StatementTrace) -> Vec<String> {
    let mut keys = Vec::new();
    let another = |element: &evaluate::ElementMatch| {
        let compared = !matches!(element.kind, ElementKind::Condition | ElementKind::Resource { .. });
        compared && element.matched == Truth::False
    };
    if trace.elements.iter().any(another) {
        return keys;
    }
    let elements = evaluate::elements(set, request, trace.statement);
    for element in elements {
        let fits = element.kind == ElementKind::Condition || element.matched != Truth::False;
        if !fits && element.missing_variables.is_empty() {
            return Vec::new();
        }
        keys.extend(element.key.filter(|_| element.actual.is_none() && !element.unknown));
        keys.extend(element.missing_variables);
    }
    keys
}

fn outcome(outcome: GateOutcome) -> &'static str {
    match outcome {
        GateOutcome::Denies => "denied",
        GateOutcome::Passes => "passed",
        GateOutcome::Blocks => "blocked",
        GateOutcome::NotNeeded => "not-needed",
        GateOutcome::DoesNotApply => "does-not-apply",
        GateOutcome::Absent => "absent",
    }
}

/// What the expectation says and the result does not.
fn mismatches(expected: &Expectation, result: &RequestResult) -> Vec<String> {
    let mut lines = Vec::new();
    let mut compare = |what: &str, expected: &str, actual: &str| {
        if expected != actual {
            lines.push(format!("{what}: expected {expected}, got {actual}"));
        }
    };
    compare("decision", &expected.decision, &result.decision);
    if let Some(gate) = &expected.decided_by {
        compare("decided by", gate, &result.decided_by);
    }
    if let Some(statement) = &expected.statement {
        let deciding = result.deciding_statement.and_then(|index| result.statements.get(index));
        let by_index = deciding.map(|statement| format!("#{}", statement.index));
        let by_sid = deciding.and_then(|statement| statement.sid.clone());
        if by_index.as_deref() != Some(statement) {
            compare("statement", statement, by_sid.or(by_index).as_deref().unwrap_or("none"));
        }
    }
    if !expected.depends_on.is_empty() {
        let dependence = result.depends.iter().flat_map(|dependence| &dependence.keys);
        let actual = key_names(dependence.map(|key| &key.key));
        compare("depends on", &key_names(expected.depends_on.iter()), &actual);
    }
    lines
}

/// Condition keys in one order; they compare without case.
fn key_names<'k>(keys: impl Iterator<Item = &'k String>) -> String {
    let mut names: Vec<String> = keys.map(|key| key.to_ascii_lowercase()).collect();
    names.sort_unstable();
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}
