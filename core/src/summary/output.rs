//! What comes out: sentences and tables.

use crate::catalog::AccessLevel;
use crate::scenario::{LocatedDiagnostic, TextRange};
use serde::Serialize;

/// What policies say, document by document, and all together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// False when a document has an error; nothing is said about such a document.
    pub valid: bool,
    /// Problems found in the policies and their documents.
    pub diagnostics: Vec<LocatedDiagnostic>,
    /// Each document by itself.
    pub documents: Vec<DocumentSummary>,
    /// What the caller can do under all of them; only with the catalog, and if no document has an error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<PrincipalSummary>,
}

/// What one document says.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentSummary {
    /// The document, such as `policies.identity[0]`.
    pub location: String,
    /// Its type: `identity`, `resource`, `access-point`, `boundary`, `session`, `scp`, `rcp`, `vpce`.
    pub policy_type: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
    /// What a policy of this type does at all, where that is not to grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// What it says, a sentence for each statement.
    pub sentences: Vec<Sentence>,
    /// What it says, service by service; only with the catalog.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<PolicyTable>,
}

/// What a statement says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sentence {
    /// The statement's index in the document, from 0.
    pub statement: usize,
    /// Its Sid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// `Allow` or `Deny`.
    pub effect: String,
    /// The sentence.
    pub text: String,
    /// The sentence in parts, which together are `text`.
    pub parts: Vec<SentencePart>,
    /// What has to be added: what variables stand for, whom NotPrincipal denies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Where the statement stands in its document.
    pub range: TextRange,
}

/// A part of a sentence, and what it tells of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SentencePart {
    /// The words.
    pub text: String,
    /// The value in the document that they tell of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
}

/// A policy summary as the IAM console shows it: what is allowed, and by itself what is denied, service by service.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyTable {
    /// The number of services that are known.
    pub known_services: usize,
    /// Services that are named and not known, as they are named.
    pub uncategorized: Vec<String>,
    /// What is denied. It is not taken from what is allowed.
    pub deny: Vec<ServiceRow>,
    /// What is allowed.
    pub allow: Vec<ServiceRow>,
}

/// What a policy says about a service.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceRow {
    /// What stands before the colon of its actions: `s3`.
    pub service: String,
    /// What AWS calls it: `Amazon S3`.
    pub name: String,
    /// `Full access`, or `Full: List, Read Limited: Write`; `None` where the policy names the service and covers no
    /// action of it that is known.
    pub access: String,
    /// The access levels of the service.
    pub levels: Vec<LevelRow>,
    /// `All resources`, `This key` in a key policy, `Multiple`, or the one resource: `BucketName = photos` where the service tells what its parts are.
    pub resource: String,
    /// Every resource, as it stands in the policy; those of NotResource with `not` before them.
    pub resources: Vec<String>,
    /// `None`, `Multiple`, or the one condition.
    pub condition: String,
    /// Every condition, as key, operator and values.
    pub conditions: Vec<String>,
    /// Where actions, resources and conditions do not fit together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Names and patterns of actions that cover no action that is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uncategorized_actions: Vec<String>,
    /// The statements that are about the service, by their index.
    pub statements: Vec<usize>,
}

/// How many actions of an access level a policy covers: 35 of 52.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LevelRow {
    /// The access level.
    pub level: AccessLevel,
    /// How many are covered.
    pub covered: usize,
    /// How many there are.
    pub total: usize,
}

/// What policies say about each action of a service, document by document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceReport {
    /// False when a document has an error; nothing is said about such a document.
    pub valid: bool,
    /// Problems found in the policies and their documents.
    pub diagnostics: Vec<LocatedDiagnostic>,
    /// What AWS calls the service; nothing for one that the catalog does not have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What each document denies, and what it allows; those that say nothing of the service are left out.
    pub documents: Vec<ServiceSummary>,
}

/// What a policy says about each action of a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceSummary {
    /// The document, such as `policies.identity[0]`.
    pub location: String,
    /// `Allow` or `Deny`: which statements it is about.
    pub effect: String,
    /// The service's row in the policy's table.
    #[serde(flatten)]
    pub row: ServiceRow,
    /// Its actions, by access level and name; those that are not covered, too.
    pub actions: Vec<ActionRow>,
}

/// What a policy says about an action.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionRow {
    /// Its name without the service: `GetObject`.
    pub action: String,
    /// Its access level.
    pub level: AccessLevel,
    /// Whether a statement covers it.
    pub covered: bool,
    /// The statements that do, by their index.
    pub statements: Vec<usize>,
    /// Why that has no effect, if no statement's resource or condition fits, in the console's words: `This action does
    /// not have an applicable resource.`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a principal can do under all of its policies.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PrincipalSummary {
    /// Its identity-based policies as one: the statements of all, counted on from one to the next.
    pub identity: PolicyTable,
    /// What is left of that under its permissions boundary, its session policies, the service control policies and
    /// the Deny statements that hold for everything. An action is left if some request for it may be allowed.
    pub effective: Vec<EffectiveService>,
    /// What has to be said about it.
    pub notes: Vec<String>,
}

/// What is left of the permissions for a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EffectiveService {
    /// What stands before the colon of its actions.
    pub service: String,
    /// What AWS calls it.
    pub name: String,
    /// The access levels that are left, as in a [`ServiceRow`].
    pub access: String,
    /// The access levels of the service.
    pub levels: Vec<EffectiveLevel>,
}

/// What is left of an access level.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EffectiveLevel {
    /// The access level.
    pub level: AccessLevel,
    /// How many actions there are.
    pub total: usize,
    /// How many an identity-based policy allows.
    pub granted: usize,
    /// How many of these are left.
    pub left: usize,
    /// How many of what is granted the permissions boundary does not allow.
    #[serde(skip_serializing_if = "is_zero")]
    pub beyond_boundary: usize,
    /// How many of what is granted no session policy allows.
    #[serde(skip_serializing_if = "is_zero")]
    pub beyond_session: usize,
    /// How many of what is granted the service control policies of some level do not allow.
    #[serde(skip_serializing_if = "is_zero")]
    pub beyond_service_control: usize,
    /// How many of what is granted a Deny statement denies whatever the resource and the request.
    #[serde(skip_serializing_if = "is_zero")]
    pub denied: usize,
    /// How many of what is left a Deny statement denies for some resources or under some conditions.
    #[serde(skip_serializing_if = "is_zero")]
    pub partly_denied: usize,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}
