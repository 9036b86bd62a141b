//! What comes out: decisions, statements and diagnostics.

use serde::{Deserialize, Serialize};

/// The outcome of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioResult {
    /// False when something has an error, since nothing is decided on input that AWS would refuse: an
    /// error of a request leaves that request undecided, any other error all of them.
    pub valid: bool,
    /// Problems found in the scenario, its documents and its requests.
    pub diagnostics: Vec<LocatedDiagnostic>,
    /// One result for each request, in order; none if an error leaves all of them undecided.
    pub results: Vec<RequestResult>,
}

/// A diagnostic and the document that it speaks of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LocatedDiagnostic {
    /// The part of the scenario, such as `policies.identity[0]` or `requests[1].principal`;
    /// empty for the scenario file itself.
    pub location: String,
    /// A stable code, such as `JSON_SYNTAX_ERROR`.
    pub code: String,
    /// `error`, `security-warning`, `warning` or `suggestion`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where: in the text of the policy document for `policies.…`, else in the scenario's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
}

/// A range of text. The end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRange {
    /// Where it starts.
    pub start: TextPosition,
    /// Where it ends.
    pub end: TextPosition,
}

/// A position in a text, counted the way that JavaScript and editors count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPosition {
    /// The line, from 1.
    pub line: u32,
    /// The column in UTF-16 code units, from 1.
    pub column: u32,
    /// The offset from the start of the text in UTF-16 code units, from 0.
    pub offset: u32,
}

/// The decision on one request and how it came about.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestResult {
    /// The request's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Allow`, `ExplicitDeny`, `ImplicitDeny`, or `Depends` with unknown keys; over several resources, `Allow` only if each is
    /// allowed, and `ExplicitDeny` if one is denied so. `Invalid` if the request has an error.
    pub decision: String,
    /// The gate that decided: `identity`, `resource`, `identity+resource`, `boundary`, `session`,
    /// `scp`, `rcp`, `vpce`, `block-public-access`, `access-point`, `object-owner`, `root`, `grant` or
    /// `exempt`; empty if the request has an error, or if it depends.
    pub decided_by: String,
    /// One sentence that says what was decided and why.
    pub reason: String,
    /// The message with which AWS refuses such a request, in AWS's own words; absent when it is allowed or depends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_message: Option<String>,
    /// The resource that this result speaks of.
    pub resource: String,
    /// The deciding statement, if one statement decided: an index into `statements`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deciding_statement: Option<usize>,
    /// Every statement of every document, in order, with whether it applies and if not, why.
    pub statements: Vec<StatementResult>,
    /// The gates in the order in which AWS evaluates them.
    pub gates: Vec<GateResult>,
    /// Condition keys that some statement, otherwise applicable, asked for and the request lacks.
    pub missing_context_keys: Vec<String>,
    /// The context that was derived from the principal and the resource (SPEC 6.4).
    pub derived_context: Vec<DerivedKey>,
    /// Remarks: choices that AWS's documentation leaves open and that mattered, assumptions made.
    pub notes: Vec<String>,
    /// The errors of the request that keep it from being decided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<LocatedDiagnostic>,
    /// On what the decision depends, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depends: Option<Dependence>,
    /// Options that would change the decision, with what it would be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionEffect>,
    /// For several resources or further actions: each pair with its decision, also those that are needed only if an
    /// unknown key is in the request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<ResourceDecision>,
    /// Whether the expectation was met; absent when the request has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed: Option<bool>,
    /// What the expectation says and the result does not, one line each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mismatches: Vec<String>,
}

/// On which unknown keys a decision depends, and how.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Dependence {
    /// The keys that matter, each with the conditions that ask for it.
    pub keys: Vec<DependentKey>,
    /// Combinations of values of these keys, each with its decision: some are allowed and some denied. Empty if it
    /// is not proved that it depends: all values that were tried are decided alike, and they do not stand for all.
    pub completions: Vec<Completion>,
    /// Whether the combinations stand for all that there are.
    pub exact: bool,
}

/// An unknown key that matters.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DependentKey {
    /// The key.
    pub key: String,
    /// Where policies ask for it.
    pub conditions: Vec<AskingCondition>,
}

/// A condition, or a variable in a resource, that asks for an unknown key.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AskingCondition {
    /// The statement: an index into `statements`.
    pub statement: usize,
    /// The condition as text, such as `StringEquals aws:SourceVpc vpc-1`; for a variable, the resource.
    pub text: String,
    /// Where it stands in its document.
    pub range: TextRange,
}

/// One combination of values of the unknown keys, and its decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// The value of each key, in the order of `keys`.
    pub values: Vec<CompletionValue>,
    /// `Allow`, `ExplicitDeny` or `ImplicitDeny`.
    pub decision: String,
}

/// The value of an unknown key in a combination.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", content = "values", rename_all = "camelCase")]
pub enum CompletionValue {
    /// The key is not in the request.
    Absent,
    /// A value that no policy names, and that no other of the keys has.
    Other,
    /// This value.
    Single(String),
    /// This set of values.
    Multiple(Vec<String>),
}

/// An option that would change the decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OptionEffect {
    /// The option's name.
    pub option: String,
    /// Its other value.
    pub value: bool,
    /// What the decision would be.
    pub decision: String,
}

/// The decision for one of several (action, resource) pairs that a request needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceDecision {
    /// The action: the request's, or a further one that it needs, such as `sts:TagSession`.
    pub action: String,
    /// The resource's ARN.
    pub resource: String,
    /// Its decision.
    pub decision: String,
    /// The gate that decided; empty if it depends.
    pub decided_by: String,
}

/// One gate of the decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GateResult {
    /// The gate: `rcp`, `scp`, `vpce`, `resource`, `identity`, `boundary` or `session`; and for S3, where
    /// given, `block-public-access`, `access-point` and `object-owner`.
    pub gate: String,
    /// The organization level, for `rcp` and `scp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// `denied` (a Deny statement applies), `passed`, `blocked` (an Allow is needed and none applies),
    /// `not-needed` (no Allow applies, and another gate makes up for it), `does-not-apply` (the gate
    /// does not bind this caller or resource), or `absent` (there is no such policy).
    pub outcome: String,
    /// One sentence.
    pub message: String,
}

/// One statement, and whether it applies to the request.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementResult {
    /// The document, such as `policies.identity[0]`.
    pub policy: String,
    /// The document's type: `identity`, `resource`, `access-point`, `boundary`, `session`, `scp`, `rcp`, `vpce`.
    pub policy_type: String,
    /// The document's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
    /// The statement's index in the document, from 0.
    pub index: usize,
    /// Its Sid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// `Allow` or `Deny`.
    pub effect: String,
    /// Where the statement stands in its document.
    pub range: TextRange,
    /// Whether every element matches the request.
    pub applies: bool,
    /// Whether that depends on unknown keys; `applies` is false then.
    #[serde(skip_serializing_if = "super::is_false")]
    pub unknown: bool,
    /// Whether this statement decided.
    pub decisive: bool,
    /// Every element, matched or not, in the order in which they are compared.
    pub elements: Vec<ElementResult>,
}

/// One element of a statement compared with the request.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ElementResult {
    /// `Principal`, `NotPrincipal`, `Action`, `NotAction`, `Resource`, `NotResource` or `Condition`.
    pub element: String,
    /// For a condition: the operator as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// For a condition: the key as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What the policy asks for, variables replaced.
    pub expected: Vec<String>,
    /// What the request has; `None` for a context key that is not in the request.
    pub actual: Option<Vec<String>>,
    /// Whether it matches.
    pub matched: bool,
    /// Whether that depends on unknown keys; `matched` is false then.
    #[serde(skip_serializing_if = "super::is_false")]
    pub unknown: bool,
    /// Each listed principal, pattern or condition value by itself.
    pub values: Vec<ValueResult>,
    /// One sentence.
    pub message: String,
    /// Where the element stands in the document; for a match, the value that matched.
    pub range: TextRange,
}

/// One listed principal, pattern or condition value compared with the request.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ValueResult {
    /// The value as written.
    pub text: String,
    /// The value with its variables replaced; absent when that changes nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<String>,
    /// Whether this value by itself covers what the request has. `Not…` elements and negated
    /// operators ask that none does.
    pub matched: bool,
    /// Whether that depends on unknown keys; `matched` is false then.
    #[serde(skip_serializing_if = "super::is_false")]
    pub unknown: bool,
    /// Where the value stands in the document, quotes included.
    pub range: TextRange,
}

/// A context key that the engine filled in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DerivedKey {
    /// The key.
    pub key: String,
    /// Its values.
    pub values: Vec<String>,
}
