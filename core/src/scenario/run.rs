//! Deciding a scenario.

use super::documents::Documents;
use super::expected::compare;
use super::request::{Problem, parse_pairs};
use super::{
    DerivedKey, ElementResult, GateResult, KnownDocuments, LocatedDiagnostic, OptionEffect, RequestResult,
    ResourceDecision, Scenario, ScenarioRequest, ScenarioResult, StatementResult, ValueResult, depends,
};
use crate::access_denied;
use crate::arn::Arn;
use crate::evaluate::{self, ElementKind, PolicySet, Truth};
use crate::explain;
use crate::policy::ResourcePolicyKind;
use crate::request::Request;
use crate::result::{Decision, Evaluation, GateOutcome, StatementTrace};
use crate::unknown::{self, Answer, QUICK, THOROUGH};
use std::borrow::Cow;

/// The remarks on a decision that no unknown key can change: allowed, and denied.
const SETTLED: [&str; 2] = [
    "The request is allowed whatever the unknown keys are. The explanation counts them as absent.",
    "The request is denied whatever the unknown keys are. The explanation counts them as absent.",
];

/// Decides a scenario in which reading it found these problems: an error of a request leaves that request
/// undecided, any other error all of them. The scenario's documents are what is known from then on.
pub(super) fn scenario(
    scenario: &Scenario,
    found: Vec<LocatedDiagnostic>,
    known: &mut KnownDocuments,
) -> ScenarioResult {
    let Prepared { documents, requests, diagnostics } = prepare(scenario, found, known);
    known.clone_from(&documents.known);
    let mut results = Vec::new();
    if !is_refused(&diagnostics) {
        results.extend(requests.into_iter().map(|(request, pairs)| match pairs {
            Ok(pairs) => documents.decide(request, &pairs),
            Err(errors) => undecided(request, errors),
        }));
    }
    ScenarioResult { valid: !diagnostics.iter().any(LocatedDiagnostic::is_error), diagnostics, results }
}

/// Whether something is wrong beside single requests, so that none can be decided. After too many problems
/// it is not known which requests have more of them.
pub(crate) fn is_refused(diagnostics: &[LocatedDiagnostic]) -> bool {
    let of_all =
        |found: &LocatedDiagnostic| !found.location.starts_with("requests[") || found.code == "TOO_MANY_PROBLEMS";
    diagnostics.iter().any(|found| found.is_error() && of_all(found))
}

/// What a request needs, or its errors.
type Pairs = Result<Vec<Request>, Vec<LocatedDiagnostic>>;

/// A scenario, ready to decide.
pub(crate) struct Prepared<'s> {
    pub documents: Documents,
    /// The requests, with the (action, resource) pairs of each.
    pub requests: Vec<(&'s ScenarioRequest, Pairs)>,
    /// All problems: of the text, the documents and the requests.
    pub diagnostics: Vec<LocatedDiagnostic>,
}

/// Compiles the documents of a scenario and reads its requests. `diagnostics`: what is already found.
pub(crate) fn prepare<'s>(
    scenario: &'s Scenario,
    mut diagnostics: Vec<LocatedDiagnostic>,
    known: &KnownDocuments,
) -> Prepared<'s> {
    let of_text = diagnostics.len();
    let mut documents = Documents::new(scenario, trust_or_key(&scenario.requests), known);
    diagnostics.append(&mut documents.diagnostics);
    let mut requests = Vec::new();
    for (index, request) in scenario.requests.iter().enumerate() {
        let at = format!("requests[{index}]");
        let of_request = |found: &&LocatedDiagnostic| found.is_error() && found.location.starts_with(&at);
        let mut errors: Vec<_> = diagnostics.iter().take(of_text).filter(of_request).cloned().collect();
        let mut pairs = parse_pairs(&scenario.policies, request);
        // What is missing in the text need not be complained of a second time.
        if let (Err(problem), true) = (&mut pairs, errors.is_empty()) {
            errors.push(located(&at, std::mem::take(problem)));
            diagnostics.extend_from_slice(&errors);
        }
        requests.push((request, pairs.ok().filter(|_| errors.is_empty()).ok_or(errors)));
    }
    Prepared { documents, requests, diagnostics }
}

/// The result on a request that has errors.
fn undecided(request: &ScenarioRequest, errors: Vec<LocatedDiagnostic>) -> RequestResult {
    let reason = errors.iter().map(|error| format!("Not decided: {}.", error.message)).next();
    let mut result = RequestResult {
        name: request.name.clone(),
        decision: "Invalid".to_owned(),
        reason: reason.unwrap_or_default(),
        diagnostics: errors,
        ..RequestResult::default()
    };
    compare(request, &mut result);
    result
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

impl Analysis {
    /// Which elements of a statement match.
    pub fn compared(&self, trace: &StatementTrace) -> evaluate::Elements {
        evaluate::compared(&self.documents.set, &self.pair, trace.statement)
    }
}

/// Decides one request, with so much done about unknown keys at most ([`unknown::THOROUGH`]); nothing if it or a document has an error, or there is no such request.
pub(crate) fn one(scenario: &Scenario, index: usize, known: &KnownDocuments, most: usize) -> Option<Analysis> {
    let request = scenario.requests.get(index)?;
    let pairs = parse_pairs(&scenario.policies, request).ok()?;
    let documents = Documents::new(scenario, trust_or_key(&scenario.requests), known);
    if !documents.is_valid() {
        return None;
    }
    let Decided { answer, pairs: mut settled, mut evaluations, decision, deciding } =
        documents.settle(request, &pairs, most);
    if deciding >= settled.len() || deciding >= evaluations.len() {
        return None;
    }
    let (pair, evaluation) = (settled.swap_remove(deciding), evaluations.swap_remove(deciding));
    let decision = Some(decision).filter(|_| !matches!(answer, Some(Answer::Depends(_))));
    Some(Analysis { documents, pairs, pair, evaluation, decision })
}

impl Analysis {
    /// Whether it depends on unknown keys that this further action is needed.
    pub fn may_need(&self, action: &str) -> bool {
        let further = self.pairs.iter().flat_map(Request::further_actions);
        self.decision.is_none() && further.into_iter().any(|(name, needed)| name == action && needed == Truth::Unknown)
    }

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
    /// Decides every pair; the first that is denied explicitly speaks for the request, else the first that is not
    /// allowed (SPEC M-32). Where the answer depends, what may be needed takes part too.
    fn settle(&self, request: &ScenarioRequest, pairs: &[Request], most: usize) -> Decided {
        let answer = if request.unknown.is_empty() { None } else { Some(unknown::answer(&self.set, pairs, most)) };
        let mut settled = Vec::new();
        for pair in pairs {
            let decided = matches!(answer, Some(Answer::Decided(_)));
            let pair = if decided { unknown::without_unknown(pair) } else { pair.clone() };
            for (number, (part, needed)) in unknown::parts(&pair).into_iter().enumerate() {
                // What is asked for by itself is not asked for twice; with another context it is another question.
                let given = |other: &Request| {
                    other.folded_action() == part.folded_action()
                        && other.resource() == part.resource()
                        && other.resource_account() == part.resource_account()
                        && other.context() == part.context()
                };
                if number == 0 || needed != Truth::False && !pairs.iter().any(given) {
                    settled.push(part);
                }
            }
        }
        let evaluations: Vec<Evaluation> = settled.iter().map(|pair| evaluate::evaluate(&self.set, pair)).collect();
        let decisions = evaluations.iter().map(|evaluation| evaluation.decision);
        let decision = unknown::together(decisions);
        let deciding = evaluations.iter().position(|evaluation| evaluation.decision == decision).unwrap_or_default();
        Decided { answer, pairs: settled, evaluations, decision, deciding }
    }

    pub(super) fn decide(&self, request: &ScenarioRequest, pairs: &[Request]) -> RequestResult {
        let Decided { answer, pairs: settled, evaluations, decision, deciding } = self.settle(request, pairs, THOROUGH);
        let (Some(pair), Some(evaluation)) = (settled.get(deciding), evaluations.get(deciding)) else {
            return RequestResult::default();
        };
        let mut result = self.result(request, pair, evaluation);
        match &answer {
            Some(Answer::Depends(dependence)) => self.depends(&mut result, dependence, evaluation),
            Some(Answer::Decided(decision)) => {
                let [allowed, denied] = SETTLED;
                result.notes.push(if *decision == Decision::Allow { allowed } else { denied }.to_owned());
            }
            None => {}
        }
        if result.depends.is_none() {
            result.options = self.option_effects(&settled, decision);
        }
        if settled.len() > 1 {
            result.resources =
                settled.iter().zip(&evaluations).map(|(pair, evaluation)| self.pair(pair, evaluation)).collect();
        }
        compare(request, &mut result);
        result
    }

    fn depends(&self, result: &mut RequestResult, dependence: &unknown::Dependence, evaluation: &Evaluation) {
        let place = |asked: &unknown::AskedBy| {
            evaluation.statements.iter().position(|trace| trace.statement == asked.statement)
        };
        let depends = depends::result(dependence, &result.statements, place);
        result.decision = "Depends".to_owned();
        result.reason = depends::reason(&depends, &result.statements, dependence.alike);
        result.aws_message = None;
        result.decided_by.clear();
        result.deciding_statement = None;
        result.statements.iter_mut().for_each(|statement| statement.decisive = false);
        result.depends = Some(depends);
    }

    fn pair(&self, pair: &Request, evaluation: &Evaluation) -> ResourceDecision {
        let open = matches!(unknown::answer(&self.set, std::slice::from_ref(pair), QUICK), Answer::Depends(_));
        let (decision, decided_by) =
            if open { ("Depends", "") } else { (evaluation.decision.as_str(), evaluation.decided_by.as_str()) };
        ResourceDecision {
            action: pair.action().to_owned(),
            resource: pair.resource().to_owned(),
            decision: decision.to_owned(),
            decided_by: decided_by.to_owned(),
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
            expected: owned(element.expected()),
            operator: element.operator.map(Cow::into_owned),
            key: element.key.map(str::to_owned),
            actual: element.actual.map(owned),
            matched: element.matched == Truth::True,
            unknown: element.matched == Truth::Unknown,
            values: element
                .values
                .into_iter()
                .map(|value| ValueResult {
                    text: value.text.to_owned(),
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

fn owned(texts: Vec<Cow<'_, str>>) -> Vec<String> {
    texts.into_iter().map(Cow::into_owned).collect()
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
        let named = request.resources.iter().filter(|resource| Arn::parse(resource).is_some());
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
    if evaluate::compared(set, request, trace.statement).iter().any(another) {
        return keys;
    }
    let elements = evaluate::elements(set, request, trace.statement);
    for element in elements {
        let fits = element.kind == ElementKind::Condition || element.matched != Truth::False;
        let missing = element.variables(false);
        if !fits && missing.is_empty() {
            return Vec::new();
        }
        let key = element.key.filter(|_| element.actual.is_none() && !element.unknown);
        keys.extend(key.into_iter().chain(missing).map(str::to_owned));
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
