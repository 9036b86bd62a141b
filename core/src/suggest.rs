//! What to change so that a request is decided otherwise.
//!
//! Every suggestion was tried: applied to a copy of the scenario, which was then decided anew. What
//! did not flip the decision is not suggested.

#[cfg(feature = "apply")]
mod apply;
mod deny;
pub(crate) mod edit;
mod element;
mod grant;
mod search;
mod value;
mod view;

#[cfg(feature = "apply")]
pub use apply::run;
pub(crate) use search::search;

use crate::scenario::{ContextValue, KnownDocuments, PolicySource, Scenario, TextRange};
use serde::{Deserialize, Serialize};

/// Changes that together flip the decision on a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// The index of the request that it is about.
    pub request: usize,
    /// What to do, in one sentence.
    pub summary: String,
    /// The changes, in the order in which they are to be made.
    pub changes: Vec<Change>,
    /// The decision after them.
    pub decision: String,
}

/// One change to a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Change {
    /// Give a context key of the request another value, or (`null`) take it out.
    Context {
        /// What to do, in one sentence.
        summary: String,
        /// The key.
        key: String,
        /// Its new value.
        value: ContextValue,
    },
    /// Request another resource.
    Resource {
        /// What to do, in one sentence.
        summary: String,
        /// The index of the resource in the request.
        index: usize,
        /// The new resource's ARN.
        value: String,
    },
    /// Replace a part of a document's text.
    Edit {
        /// What to do, in one sentence.
        summary: String,
        /// The document, such as `policies.identity[0]`.
        location: String,
        /// The part that is replaced. It counts in the text that the changes before this one left.
        range: TextRange,
        /// What takes its place.
        new_text: String,
    },
    /// Attach a new document.
    Document {
        /// What to do, in one sentence.
        summary: String,
        /// The place of the new document, such as `policies.resource[0]`.
        location: String,
        /// For a resource-based policy, its kind: `role-trust`, `kms-key` or `general`.
        #[serde(skip_serializing_if = "Option::is_none")]
        resource_kind: Option<String>,
        /// Its text.
        document: String,
    },
}

impl Change {
    /// What to do, in one sentence.
    #[must_use]
    pub fn summary(&self) -> &str {
        match self {
            Self::Context { summary, .. }
            | Self::Resource { summary, .. }
            | Self::Edit { summary, .. }
            | Self::Document { summary, .. } => summary,
        }
    }

    /// The document that it changes or adds; empty if it changes none.
    fn location(&self) -> &str {
        match self {
            Self::Edit { location, .. } | Self::Document { location, .. } => location,
            _ => "",
        }
    }
}

impl Scenario {
    /// Finds changes that flip the decision on a request: to Allow, or if it is allowed, away from
    /// it. The ones that change least come first; there are five at most, and none where nothing
    /// can be changed, such as for the root user that assumes a role. The more statements, resources and unknown
    /// keys there are, the fewer changes are tried.
    ///
    /// ```
    /// use admittance::scenario::Scenario;
    ///
    /// let (scenario, _) = Scenario::parse(r#"{
    ///   "policies": { "identity": [{ "name": "Read", "document": { "Version": "2012-10-17", "Statement": {
    ///     "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*",
    ///     "Condition": { "StringEquals": { "aws:PrincipalTag/team": "red" } }
    ///   } } }] },
    ///   "requests": [{ "principal": "arn:aws:iam::111122223333:user/ana",
    ///                  "action": "s3:GetObject", "resource": "arn:aws:s3:::photos/1.jpg" }]
    /// }"#);
    /// let suggestions = scenario.suggest(0);
    /// assert_eq!(suggestions[0].summary, "Add aws:PrincipalTag/team = red to the request.");
    /// assert_eq!(scenario.apply(&suggestions[0]).evaluate().results[0].decision, "Allow");
    /// ```
    #[must_use]
    pub fn suggest(&self, request_index: usize) -> Vec<Suggestion> {
        search(self, request_index, &KnownDocuments::NONE)
    }

    /// A copy of the scenario with the changes made. What does not fit the scenario is left out.
    #[must_use]
    pub fn apply(&self, suggestion: &Suggestion) -> Self {
        let mut changed = self.clone();
        for change in &suggestion.changes {
            make(&mut changed, change, suggestion.request);
        }
        changed
    }
}

fn make(scenario: &mut Scenario, change: &Change, request_index: usize) {
    match change {
        Change::Context { key, value, .. } => {
            let Some(request) = scenario.requests.get_mut(request_index) else { return };
            request.unknown.retain(|other| !other.eq_ignore_ascii_case(key));
            request.context.retain(|(other, _)| !other.eq_ignore_ascii_case(key));
            request.context.push((key.clone(), value.clone()));
        }
        Change::Resource { index, value, .. } => {
            let request = scenario.requests.get_mut(request_index);
            if let Some(resource) = request.and_then(|request| request.resources.get_mut(*index)) {
                resource.clone_from(value);
            }
        }
        Change::Edit { location, range, new_text, .. } => {
            if let Some(source) = source(scenario, location)
                && let Some(text) = edit::replace(&source.document, *range, new_text)
            {
                source.document = text;
            }
        }
        Change::Document { location, resource_kind, document, .. } => {
            let source =
                PolicySource { document: document.clone(), kind: resource_kind.clone(), ..PolicySource::default() };
            attach(scenario, location, source);
        }
    }
}

/// The document at a location such as `policies.serviceControl[0].policies[1]`.
fn source<'s>(scenario: &'s mut Scenario, location: &str) -> Option<&'s mut PolicySource> {
    let policies = &mut scenario.policies;
    let path = location.strip_prefix("policies.")?;
    let (name, rest) = path.split_once('[').map_or((path, ""), |(name, rest)| (name, rest));
    let mut numbers = rest.split(['[', ']']).filter_map(|part| part.parse::<usize>().ok());
    let first = numbers.next();
    match name {
        "identity" => policies.identity.get_mut(first?),
        "resource" => policies.resource.get_mut(first?),
        "session" => policies.session.get_mut(first?),
        "permissionsBoundary" => policies.permissions_boundary.as_mut(),
        "accessPoint" => policies.access_point.as_mut(),
        "vpcEndpoint" => policies.vpc_endpoint.as_mut(),
        "serviceControl" => policies.service_control.as_mut()?.get_mut(first?)?.policies.get_mut(numbers.next()?),
        "resourceControl" => policies.resource_control.as_mut()?.get_mut(first?)?.policies.get_mut(numbers.next()?),
        _ => None,
    }
}

/// Attaches a document behind the others of its place.
fn attach(scenario: &mut Scenario, location: &str, source: PolicySource) {
    let policies = &mut scenario.policies;
    let level = location.split(['[', ']']).nth(1).and_then(|part| part.parse::<usize>().ok());
    let list = match location.strip_prefix("policies.").unwrap_or(location).split('[').next() {
        Some("identity") => Some(&mut policies.identity),
        Some("resource") => Some(&mut policies.resource),
        Some("session") => Some(&mut policies.session),
        Some("accessPoint") => {
            policies.access_point.get_or_insert(source);
            return;
        }
        Some(name @ ("serviceControl" | "resourceControl")) => {
            let levels =
                if name == "serviceControl" { &mut policies.service_control } else { &mut policies.resource_control };
            let levels = levels.as_mut().zip(level);
            levels.and_then(|(levels, level)| levels.get_mut(level)).map(|level| &mut level.policies)
        }
        _ => None,
    };
    if let Some(list) = list {
        list.push(source);
    }
}
