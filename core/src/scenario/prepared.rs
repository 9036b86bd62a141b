//! Policies that are read and compiled once, for many requests.

use super::documents::{Documents, Place};
use super::request::{bucket_is_named, parse_pairs, parse_request};
use super::run::{located, trust_or_key};
use super::{KnownDocuments, LocatedDiagnostic, PolicySource, Scenario, ScenarioRequest, ScenarioResult};
use crate::diagnostic::limited;
use crate::evaluate::{self, PolicySet};
use crate::explain::Explanation;
use crate::policy::{PolicyDocument, PolicyType, ResourcePolicyKind};
use crate::request::Request;
use crate::result::{Decision, Gate, Ruling, StatementRef};
use crate::span::LineIndex;
use crate::unknown::{self, THOROUGH};
use std::sync::OnceLock;

/// The policies of a scenario, compiled. A request is decided as in a scenario that has these
/// policies and no other request.
///
/// ```
/// use admittance::scenario::{Answer, PreparedPolicies, Scenario, ScenarioRequest};
///
/// let (scenario, _) = Scenario::parse(r#"{ "requests": [], "policies": { "identity": [
///   { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" } }
/// ] } }"#);
/// let policies = PreparedPolicies::new(scenario);
/// let (request, _) = ScenarioRequest::parse(
///   r#"{ "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k" }"#,
/// );
/// assert_eq!(policies.decide(&request.prepare().unwrap()), Answer::Allow);
/// ```
pub struct PreparedPolicies {
    /// Without requests.
    scenario: Scenario,
    /// Compiled for each kind that a resource-based policy which does not say its own may be of, when
    /// a request first asks for it.
    kinds: [OnceLock<Documents>; 3],
    /// Which of them stands for all, where the requests make no difference.
    valid_kind: Option<ResourcePolicyKind>,
}

/// A request that is read, to be decided under any policies.
#[derive(Clone, Debug)]
pub struct PreparedRequest {
    /// Each (action, resource) pair, with the further ones that it needs unless keys are unknown.
    pairs: Vec<Request>,
    kind: ResourcePolicyKind,
    unknown: bool,
}

/// The answer on a request, as a number for where text is too slow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The policies or the request have an error, so nothing is decided.
    Invalid,
    /// [`Decision::Allow`].
    Allow,
    /// [`Decision::ExplicitDeny`].
    ExplicitDeny,
    /// [`Decision::ImplicitDeny`].
    ImplicitDeny,
    /// It depends on unknown keys.
    Depends,
}

/// An answer and what made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributed {
    /// The answer.
    pub answer: Answer,
    /// The gate that decided, if the request was decided.
    pub decided_by: Option<Gate>,
    /// The statement that decided, if one did. Its policy has that place in [`PreparedPolicies::locations`].
    pub statement: Option<StatementRef>,
}

impl Answer {
    /// The names of the answers on the wire, in the order of their numbers.
    pub const NAMES: [&'static str; 5] = ["Invalid", "Allow", "ExplicitDeny", "ImplicitDeny", "Depends"];
}

const KINDS: [ResourcePolicyKind; 3] =
    [ResourcePolicyKind::General, ResourcePolicyKind::RoleTrust, ResourcePolicyKind::KmsKey];

impl PreparedPolicies {
    /// Compiles the policies of a scenario. Its requests are left out.
    #[must_use]
    pub fn new(mut scenario: Scenario) -> Self {
        scenario.requests = Vec::new();
        let mut prepared = Self { scenario, kinds: [const { OnceLock::new() }; 3], valid_kind: None };
        let kinds = if prepared.kind_is_open() { KINDS.as_slice() } else { KINDS.get(..1).unwrap_or_default() };
        prepared.valid_kind = kinds.iter().copied().find(|kind| prepared.documents(*kind).is_valid());
        prepared
    }

    /// Whether the documents have no error; if not, nothing is decided.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.valid_kind.is_some()
    }

    /// Problems of the documents.
    #[must_use]
    pub fn diagnostics(&self) -> &[LocatedDiagnostic] {
        &self.documents(self.valid_kind.unwrap_or(ResourcePolicyKind::General)).diagnostics
    }

    /// Decides a request: the decision alone.
    #[must_use]
    pub fn decide(&self, request: &PreparedRequest) -> Answer {
        match self.set(request) {
            None => Answer::Invalid,
            Some(set) if request.unknown => match unknown::answer(set, &request.pairs, THOROUGH) {
                unknown::Answer::Decided(decision) => decision.into(),
                unknown::Answer::Depends(_) => Answer::Depends,
            },
            Some(set) => unknown::together(request.pairs.iter().map(|pair| evaluate::decide(set, pair))).into(),
        }
    }

    /// Decides many requests, one after the other, and says of each what decided.
    pub fn decide_many<'r>(
        &self,
        requests: impl IntoIterator<Item = &'r PreparedRequest>,
    ) -> impl Iterator<Item = Attributed> {
        requests.into_iter().map(|request| self.attribute(request))
    }

    /// Decides a request and says what decided.
    #[must_use]
    pub fn attribute(&self, request: &PreparedRequest) -> Attributed {
        let undecided = |answer| Attributed { answer, decided_by: None, statement: None };
        let Some(set) = self.set(request) else { return undecided(Answer::Invalid) };
        let known: Vec<Request>;
        let pairs = match request.pairs.as_slice() {
            pairs if !request.unknown => pairs,
            pairs if matches!(unknown::answer(set, pairs, THOROUGH), unknown::Answer::Depends(_)) => {
                return undecided(Answer::Depends);
            }
            pairs => {
                let mut settled = Vec::new();
                for pair in pairs {
                    settled.append(&mut unknown::with_further(unknown::without_unknown(pair)));
                }
                known = settled;
                &known
            }
        };
        // The first pair that is denied explicitly speaks for the request, else the first that is not allowed
        // (SPEC M-32).
        let mut attributed = undecided(Answer::Invalid);
        for pair in pairs {
            let Ruling { decision, decided_by, deciding_statement: statement, .. } = evaluate::ruling(set, pair);
            let first = matches!(attributed.answer, Answer::Invalid | Answer::Allow) && decision != Decision::Allow;
            if attributed.answer == Answer::Invalid || first || decision == Decision::ExplicitDeny {
                attributed = Attributed { answer: decision.into(), decided_by: Some(decided_by), statement };
            }
            if decision == Decision::ExplicitDeny {
                break;
            }
        }
        attributed
    }

    /// Where the documents stand in the scenario, such as `policies.identity[0]`; none if one has an error.
    pub fn locations(&self) -> impl Iterator<Item = &str> {
        let documents = self.valid_kind.map(|kind| self.documents(kind));
        documents.into_iter().flat_map(|documents| &documents.places).map(Place::location)
    }

    /// Decides a request and tells how. The diagnostics are the request's; where a document has an
    /// error, they are the documents'.
    #[must_use]
    pub fn evaluate(&self, request: &ScenarioRequest) -> ScenarioResult {
        let documents = self.documents(trust_or_key(std::slice::from_ref(request)));
        if !documents.is_valid() {
            return ScenarioResult::refused(documents.diagnostics.clone());
        }
        match parse_pairs(&self.scenario.policies, request) {
            Ok(pairs) => {
                let results = vec![documents.decide(request, &pairs)];
                ScenarioResult { valid: true, diagnostics: Vec::new(), results }
            }
            Err(problem) => ScenarioResult::refused(vec![located("request", problem)]),
        }
    }

    /// Explains the decision on a request; nothing if `evaluate` finds an error.
    #[must_use]
    pub fn explain(&self, request: &ScenarioRequest) -> Option<Explanation> {
        Scenario { requests: vec![request.clone()], ..self.scenario.clone() }.explain_knowing(0, self.known())
    }

    /// The set that decides the request, if nothing is wrong.
    fn set(&self, request: &PreparedRequest) -> Option<&PolicySet> {
        let documents = self.documents(request.kind);
        let valid = documents.is_valid() && bucket_is_named(&self.scenario.policies, &request.pairs).is_ok();
        valid.then_some(&documents.set)
    }

    fn documents(&self, kind: ResourcePolicyKind) -> &Documents {
        let kind = if self.kind_is_open() { kind } else { ResourcePolicyKind::General };
        let [general, trust, key] = &self.kinds;
        let place = match kind {
            ResourcePolicyKind::General => general,
            ResourcePolicyKind::RoleTrust => trust,
            ResourcePolicyKind::KmsKey => key,
        };
        place.get_or_init(|| Documents::new(&self.scenario, kind, self.known()))
    }

    /// What was read for another kind: most documents are the same.
    fn known(&self) -> &KnownDocuments {
        const NONE: &KnownDocuments = &KnownDocuments::NONE;
        self.kinds.iter().find_map(OnceLock::get).map_or(NONE, |documents| &documents.known)
    }

    fn kind_is_open(&self) -> bool {
        let open = |source: &PolicySource| source.kind.is_none();
        self.scenario.policies.resource.iter().any(open)
    }
}

impl ScenarioRequest {
    /// Reads what the request says, to be decided under any policies. Nothing if it has an error;
    /// [`PreparedPolicies::evaluate`] tells which.
    #[must_use]
    pub fn prepare(&self) -> Option<PreparedRequest> {
        let kind = trust_or_key(std::slice::from_ref(self));
        let unknown = !self.unknown.is_empty();
        let mut pairs = parse_request(self).ok()?;
        if !unknown {
            pairs = pairs.into_iter().flat_map(unknown::with_further).collect();
        }
        Some(PreparedRequest { pairs, kind, unknown })
    }

    /// Brings what was prepared from a request that differed from this one in nothing but action, resource and
    /// resource account up to this one: the same as [`ScenarioRequest::prepare`], in a fraction of the time.
    /// Nothing if the request has an error; then `prepared` may stand for neither of the two.
    #[must_use]
    pub fn prepare_again(&self, prepared: PreparedRequest) -> Option<PreparedRequest> {
        let mut prepared = prepared;
        let resource = match self.resources.as_slice() {
            [] => "*",
            [only] => only,
            _ => return self.prepare(),
        };
        let PreparedRequest { pairs, kind, unknown } = &mut prepared;
        // What depends on the resource in other ways is asked of few requests.
        if *unknown || self.s3.is_some() || !self.further.is_empty() {
            return self.prepare();
        }
        let [pair] = pairs.as_mut_slice() else { return self.prepare() };
        pair.aim(&self.action, resource, self.resource_account.as_deref()).ok()?;
        if pair.may_need_further() {
            return self.prepare();
        }
        *kind = pair.resource_kind();
        Some(prepared)
    }
}

impl From<Decision> for Answer {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Allow => Self::Allow,
            Decision::ExplicitDeny => Self::ExplicitDeny,
            Decision::ImplicitDeny => Self::ImplicitDeny,
        }
    }
}

/// Checks a document as a policy of that type.
#[must_use]
pub fn validate(text: &str, policy_type: PolicyType) -> Vec<LocatedDiagnostic> {
    let (document, mut found) = PolicyDocument::parse(text);
    found.extend(document.check(policy_type));
    let index = LineIndex::new(text);
    let located = |diagnostic| LocatedDiagnostic::new("", diagnostic, text, &index);
    limited(found).into_iter().map(located).collect()
}
