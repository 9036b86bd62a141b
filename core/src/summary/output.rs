//! What comes out: sentences and tables.

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
