//! The JSON wire format: scenario files in, results out.
//!
//! The same format serves the conformance corpus, the npm package, the playground and share links.
//!
//! ```
//! let result = admittance::scenario::run(r#"{
//!   "policies": { "identity": [{
//!     "Version": "2012-10-17",
//!     "Statement": { "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }
//!   }] },
//!   "requests": [{
//!     "principal": "arn:aws:iam::111122223333:user/ana",
//!     "action": "s3:GetObject",
//!     "resource": "arn:aws:s3:::photos/1.jpg"
//!   }]
//! }"#);
//! assert_eq!(result.results[0].decision, "Allow");
//! assert_eq!(result.results[0].reason, "Allowed: statement \"Read\" of the identity-based policy allows s3:GetObject.");
//! ```

mod depends;
pub(crate) mod documents;
mod expected;
mod input;
mod output;
mod prepared;
mod read;
pub(crate) mod reader;
mod reading;
pub(crate) mod request;
pub(crate) mod run;

pub use documents::KnownDocuments;
pub use input::*;
pub use output::*;
pub use prepared::{Answer, Attributed, PreparedPolicies, PreparedRequest, validate};
pub use reading::ScenarioReading;

use crate::diagnostic::Diagnostic;
use crate::evaluate::PolicySet;
use crate::request::Request;
use crate::span::{LineIndex, Span};
use serde::ser::{SerializeMap, Serializer};

/// The largest scenario file that is read, in bytes.
pub const MAX_SCENARIO_BYTES: usize = 16 << 20;

impl Scenario {
    /// Reads a scenario file, or a SimulateCustomPolicy request (with the feature `simulator`). The
    /// diagnostics speak of the text itself; the documents in it are read when it is evaluated.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<LocatedDiagnostic>) {
        read::scenario(text, read::Part::Whole)
    }

    /// Decides every request under the policies.
    #[must_use]
    pub fn evaluate(&self) -> ScenarioResult {
        self.evaluate_knowing(&mut KnownDocuments::default())
    }

    /// As [`Self::evaluate`], without reading again the documents that are known. From then on its own are
    /// known: so an edit costs the document that was edited.
    #[must_use]
    pub fn evaluate_knowing(&self, known: &mut KnownDocuments) -> ScenarioResult {
        run::scenario(self, Vec::new(), known)
    }

    /// The policies and the (action, resource) pairs of every request, to be decided by [`crate::decide`];
    /// nothing if there is an error.
    #[must_use]
    pub fn compile(&self) -> Option<(PolicySet, Vec<Vec<Request>>)> {
        let run::Prepared { documents, requests, .. } = run::prepare(self, Vec::new(), &KnownDocuments::NONE);
        let pairs = requests.into_iter().map(|(_, pairs)| pairs.ok()).collect::<Option<_>>()?;
        documents.is_valid().then_some((documents.set, pairs))
    }

    /// Writes the scenario as JSON text, indented by two blanks. Documents are written as text.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl Policies {
    /// Reads the policies of a scenario by themselves. The documents in them are not read yet.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<LocatedDiagnostic>) {
        let (scenario, diagnostics) = read::scenario(text, read::Part::Policies);
        (scenario.policies, diagnostics)
    }
}

impl ScenarioRequest {
    /// Reads one request of a scenario by itself.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<LocatedDiagnostic>) {
        let (mut scenario, diagnostics) = read::scenario(text, read::Part::Request);
        (scenario.requests.pop().unwrap_or_default(), diagnostics)
    }
}

impl ScenarioResult {
    /// The result where nothing is decided.
    #[must_use]
    pub fn refused(diagnostics: Vec<LocatedDiagnostic>) -> Self {
        Self { valid: false, diagnostics, results: Vec::new() }
    }

    /// Writes the result as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Reads and decides a scenario in one call. What has an error in its own text is not decided.
#[must_use]
pub fn run(text: &str) -> ScenarioResult {
    let (scenario, diagnostics) = Scenario::parse(text);
    if run::is_refused(&diagnostics) {
        return ScenarioResult::refused(diagnostics);
    }
    run::scenario(&scenario, diagnostics, &mut KnownDocuments::default())
}

impl LocatedDiagnostic {
    /// A diagnostic on a text, with the path of what the text is in the scenario.
    #[must_use]
    pub fn new(location: &str, diagnostic: Diagnostic, text: &str, index: &LineIndex) -> Self {
        Self {
            location: location.to_owned(),
            code: diagnostic.code.to_owned(),
            severity: diagnostic.severity.as_str().to_owned(),
            message: diagnostic.message,
            help: diagnostic.help,
            range: Some(range(diagnostic.span, text, index)),
        }
    }

    /// Whether it is an error, so that nothing is decided.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == "error"
    }
}

pub(crate) fn range(span: Span, text: &str, index: &LineIndex) -> TextRange {
    let position = |offset| {
        let position = index.position(text, offset);
        TextPosition { line: position.line, column: position.column_utf16, offset: position.offset_utf16 }
    };
    TextRange { start: position(span.start), end: position(span.end) }
}

/// For fields that are left out when they are false.
pub(crate) fn is_false(value: &bool) -> bool {
    !value
}

/// Writes the options as a JSON object.
fn options_as_map<S: Serializer>(options: &[(String, bool)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(options.len()))?;
    for (name, value) in options {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

/// Writes the context as a JSON object that keeps the order of its keys.
fn context_as_map<S: Serializer>(context: &[(String, ContextValue)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(context.len()))?;
    for (key, value) in context {
        map.serialize_entry(key, value)?;
    }
    map.end()
}

#[cfg(test)]
mod tests {
    /// Each listed value is traced by itself: as written, replaced, matched or not, with its place.
    #[test]
    fn values_of_elements() {
        let document = r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "NotAction": ["s3:Put*", "s3:Get*"],
            "Resource": ["arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/*"],
            "Condition": { "StringNotEquals": { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } } } }"#;
        let scenario = format!(
            r#"{{ "policies": {{ "identity": [{}] }}, "requests": [{{ "principal": "arn:aws:iam::111122223333:user/ana",
               "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {{ "aws:RequestedRegion": "us-east-1" }} }}] }}"#,
            serde_json::to_string(document).unwrap()
        );
        let result = super::run(&scenario);
        let elements = &result.results[0].statements[0].elements;
        let values: Vec<_> = elements.iter().flat_map(|element| &element.values).collect();
        let seen: Vec<_> = values.iter().map(|v| (v.text.as_str(), v.resolved.as_deref(), v.matched)).collect();
        assert_eq!(
            seen,
            [
                ("s3:Put*", None, false),
                ("s3:Get*", None, true),
                ("arn:aws:s3:::b/${aws:username}/*", Some("arn:aws:s3:::b/ana/*"), false),
                ("arn:aws:s3:::b/*", None, true),
                ("eu-west-1", None, false),
                ("us-east-1", None, true),
            ]
        );
        for value in values {
            let (start, end) = (value.range.start.offset as usize, value.range.end.offset as usize);
            assert_eq!(document[start..end], format!("\"{}\"", value.text));
        }
        assert!(elements.iter().map(|element| element.matched).eq([false, true, false]));
    }

    /// With an unknown key statement, element and value are open, unless a known part settles them.
    #[test]
    fn open_statements() {
        let scenario = r#"{ "policies": { "identity": [{ "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*",
              "Condition": { "StringEquals": { "aws:SourceVpc": ["vpc-1", "vpc-2"] }, "Null": { "aws:SourceVpc": "false" } } },
            { "Effect": "Allow", "Action": "s3:GetObject",
              "Resource": ["arn:aws:s3:::c/*", "arn:aws:s3:::b/${aws:PrincipalTag/team}/*"] },
            { "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*",
              "Condition": { "StringEquals": { "aws:SourceVpc": "vpc-1" } } },
            { "Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*",
              "Condition": { "Bool": { "aws:SecureTransport": "false" } } } ] }] },
          "requests": [{ "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject",
            "resource": "arn:aws:s3:::b/red/k", "unknown": ["aws:SourceVpc", "aws:PrincipalTag/team"] }] }"#;
        let state = |yes, open| match (yes, open) {
            (true, false) => 'y',
            (false, false) => 'n',
            (false, true) => '?',
            (true, true) => '!',
        };
        let decided = |text: &str| {
            let mut found = Vec::new();
            for statement in &super::run(text).results[0].statements {
                let mut line = format!("{}:", state(statement.applies, statement.unknown));
                for element in &statement.elements {
                    line.push(' ');
                    line.push(state(element.matched, element.unknown));
                    line.extend(element.values.iter().map(|value| state(value.matched, value.unknown)));
                }
                found.push(line);
            }
            found
        };
        assert_eq!(decided(scenario), ["?: yy yy ??? ??", "?: yy ?n?", "n: nn yy ??", "n: yy yy nn"]);
        let known = scenario.replace(
            r#""unknown": ["aws:SourceVpc", "aws:PrincipalTag/team"]"#,
            r#""context": { "aws:SourceVpc": "vpc-2" }"#,
        );
        assert_eq!(decided(&known), ["y: yy yy yny yy", "n: yy nnn", "n: nn yy nn", "n: yy yy nn"]);
    }
}
