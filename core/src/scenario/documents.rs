//! The documents of a scenario: read, checked and compiled.

use super::{LocatedDiagnostic, PolicySource, Scenario, TextRange, range};
use crate::compile::CompiledPolicy;
use crate::diagnostic::limited;
use crate::evaluate::PolicySet;
use crate::policy::{PolicyDocument, PolicyType, ResourcePolicyKind};
use crate::span::{LineIndex, Span};
use std::sync::Arc;

/// Documents that were read and compiled before: one that is given again as it was, wherever it stands
/// now, is not read again. What is the same is told by value, so there is nothing to keep up to date.
///
/// ```
/// use admittance::scenario::{KnownDocuments, Scenario};
///
/// let (mut scenario, _) = Scenario::parse(r#"{
///   "policies": { "identity": [{ "Version": "2012-10-17", "Statement": [] }] },
///   "requests": [{ "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:ListAllMyBuckets" }]
/// }"#);
/// let mut known = KnownDocuments::default();
/// let first = scenario.evaluate_knowing(&mut known);
/// scenario.requests[0].action = "s3:GetObject".to_owned();
/// let second = scenario.evaluate_knowing(&mut known); // the policy was not read again
/// assert_ne!(first, second);
/// assert_eq!(second, scenario.evaluate());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownDocuments(Vec<Arc<ReadDocument>>);

/// A document as it was read, and what it was read from.
#[derive(Debug)]
struct ReadDocument {
    text: String,
    name: Option<String>,
    policy_type: PolicyType,
    legacy: bool,
    index: LineIndex,
    /// Its problems; their location is that of the document and stays empty here.
    found: Vec<LocatedDiagnostic>,
    policy: Option<Arc<CompiledPolicy>>,
}

impl KnownDocuments {
    /// No document is known.
    pub const NONE: Self = Self(Vec::new());

    /// Most documents stand where they stood before.
    fn find(
        &self,
        place: usize,
        source: &PolicySource,
        policy_type: PolicyType,
        legacy: bool,
    ) -> Option<Arc<ReadDocument>> {
        let is_same = |read: &&Arc<ReadDocument>| read.is_of(source, policy_type, legacy);
        self.0.get(place).filter(is_same).or_else(|| self.0.iter().find(is_same)).cloned()
    }
}

impl ReadDocument {
    fn new(source: &PolicySource, policy_type: PolicyType, legacy: bool) -> Self {
        let PolicySource { document: text, name, .. } = source.clone();
        let index = LineIndex::new(&text);
        let parse = if legacy { PolicyDocument::parse_legacy } else { PolicyDocument::parse };
        let (document, mut found) = parse(&text);
        found.extend(document.check(policy_type));
        let compiled = CompiledPolicy::new(document, policy_type).ok().map(|policy| match &name {
            Some(name) => Arc::new(policy.named(name)),
            None => Arc::new(policy),
        });
        let locate = |diagnostic| LocatedDiagnostic::new("", diagnostic, &text, &index);
        let found = limited(found).into_iter().map(locate).collect();
        Self { text, name, policy_type, legacy, index, found, policy: compiled }
    }

    fn is_of(&self, source: &PolicySource, policy_type: PolicyType, legacy: bool) -> bool {
        self.policy_type == policy_type
            && self.legacy == legacy
            && self.text == source.document
            && self.name == source.name
    }
}

/// Two are equal that were read from the same: the rest follows from that.
impl PartialEq for ReadDocument {
    fn eq(&self, other: &Self) -> bool {
        let of = |read: &Self| (read.policy_type, read.legacy);
        of(self) == of(other) && self.text == other.text && self.name == other.name
    }
}

/// The documents of a scenario: compiled, and with what is needed to name places in them.
#[derive(Default)]
pub(crate) struct Documents {
    pub set: PolicySet,
    /// For each policy of the set.
    pub places: Vec<Place>,
    /// Problems of the documents.
    pub diagnostics: Vec<LocatedDiagnostic>,
    /// Duplicate keys are read as in documents stored long ago (SPEC G-08).
    legacy: bool,
    /// All of them, also those with errors.
    pub known: KnownDocuments,
}

/// Where a document stands in the scenario, and its text.
pub(crate) struct Place {
    location: String,
    read: Arc<ReadDocument>,
    #[cfg(feature = "simulated")]
    attached_to: Option<String>,
}

impl Place {
    /// The document's part of the scenario, such as `policies.identity[0]`.
    pub fn location(&self) -> &str {
        &self.location
    }

    /// The document's text.
    pub fn text(&self) -> &str {
        &self.read.text
    }

    /// What the document is attached to.
    #[cfg(feature = "simulated")]
    pub fn attached_to(&self) -> Option<&str> {
        self.attached_to.as_deref()
    }

    /// A range of the document.
    pub fn range(&self, span: Span) -> TextRange {
        range(span, &self.read.text, &self.read.index)
    }
}

impl Documents {
    /// Compiles the documents that are not known yet; resource-based policies that do not say their kind are
    /// of this one.
    pub fn new(scenario: &Scenario, kind: ResourcePolicyKind, known: &KnownDocuments) -> Self {
        let mut documents = Self::default();
        for (name, value) in &scenario.options {
            match documents.set.options.get_mut(name) {
                Some(option) => *option = *value,
                None => documents.legacy |= *value, // the one option of reading, not of evaluating
            }
        }
        documents.attach_all(scenario, kind, known);
        let endpoint = scenario.policies.vpc_endpoint.as_ref().and_then(|source| source.kind.as_deref());
        documents.set.gateway_endpoint = endpoint.map(|kind| kind == "gateway");
        documents
    }

    /// Whether nothing is wrong, so that the requests can be decided.
    pub fn is_valid(&self) -> bool {
        !self.diagnostics.iter().any(LocatedDiagnostic::is_error)
    }

    fn attach_all(&mut self, scenario: &Scenario, kind: ResourcePolicyKind, known: &KnownDocuments) {
        let policies = &scenario.policies;
        for (policy_type, name, sources) in [
            (PolicyType::Identity, "identity", policies.identity.as_slice()),
            (PolicyType::Resource(kind), "resource", &policies.resource),
            (PolicyType::AccessPoint, "accessPoint", policies.access_point.as_slice()),
            (PolicyType::PermissionsBoundary, "permissionsBoundary", policies.permissions_boundary.as_slice()),
            (PolicyType::Session, "session", &policies.session),
            (PolicyType::VpcEndpoint, "vpcEndpoint", policies.vpc_endpoint.as_slice()),
        ] {
            for (index, source) in sources.iter().enumerate() {
                let policy_type = match (policy_type, source.kind.as_deref()) {
                    (PolicyType::Resource(_), Some("role-trust")) => {
                        PolicyType::Resource(ResourcePolicyKind::RoleTrust)
                    }
                    (PolicyType::Resource(_), Some("kms-key")) => PolicyType::Resource(ResourcePolicyKind::KmsKey),
                    (PolicyType::Resource(_), Some(_)) => PolicyType::Resource(ResourcePolicyKind::General),
                    _ => policy_type,
                };
                let many = matches!(policy_type, PolicyType::Identity | PolicyType::Resource(_) | PolicyType::Session);
                let location = if many { format!("policies.{name}[{index}]") } else { format!("policies.{name}") };
                self.attach(location, source, policy_type, None, known);
            }
        }
        for (name, policy_type, levels) in [
            ("serviceControl", PolicyType::ServiceControl, &policies.service_control),
            ("resourceControl", PolicyType::ResourceControl, &policies.resource_control),
        ] {
            let Some(levels) = levels else { continue };
            self.set.enable(policy_type);
            for (number, attached) in levels.iter().enumerate() {
                let level = self.set.add_level(policy_type, attached.name.clone());
                for (index, source) in attached.policies.iter().enumerate() {
                    let location = format!("policies.{name}[{number}].policies[{index}]");
                    self.attach(location, source, policy_type, level, known);
                }
            }
        }
    }

    /// Attaches a document, if it is valid, and keeps its place. Places are in the order of the set's policies.
    fn attach(
        &mut self,
        location: String,
        source: &PolicySource,
        policy_type: PolicyType,
        level: Option<usize>,
        known: &KnownDocuments,
    ) {
        let read = known.find(self.known.0.len(), source, policy_type, self.legacy);
        let read = read.unwrap_or_else(|| Arc::new(ReadDocument::new(source, policy_type, self.legacy)));
        self.known.0.push(Arc::clone(&read));
        let found = read.found.iter().cloned();
        self.diagnostics.extend(found.map(|found| LocatedDiagnostic { location: location.clone(), ..found }));
        if let Some(policy) = &read.policy {
            self.set.push(Arc::clone(policy), level);
            self.places.push(Place {
                location,
                read,
                #[cfg(feature = "simulated")]
                attached_to: source.attached_to.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOW: &str =
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }"#;
    const DENY: &str =
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "s3:*", "Resource": "*" } }"#;
    const BROKEN: &str = r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Maybe" } }"#;

    fn scenario(identity: &[&str], boundary: Option<&str>) -> Scenario {
        let (mut scenario, _) = Scenario::parse(
            r#"{ "policies": {}, "requests": [
                { "principal": "arn:aws:iam::111122223333:user/ana", "action": "ec2:RunInstances" } ] }"#,
        );
        let source = |text: &str| PolicySource { document: text.to_owned(), ..PolicySource::default() };
        scenario.policies.identity = identity.iter().map(|text| source(text)).collect();
        scenario.policies.permissions_boundary = boundary.map(source);
        scenario
    }

    /// Which documents are read again after an edit, and that the result is that of reading all.
    #[test]
    fn only_what_changed_is_read() {
        let steps: [(&[&str], Option<&str>, usize); 7] = [
            (&[ALLOW, DENY], None, 2),
            (&[ALLOW, BROKEN], None, 1),
            (&[BROKEN, ALLOW], None, 0),
            // As another type it is another policy.
            (&[BROKEN, ALLOW], Some(ALLOW), 1),
            (&[ALLOW], Some(ALLOW), 0),
            (&[ALLOW, ALLOW], Some(DENY), 1),
            (&[DENY], None, 1),
        ];
        let mut known = KnownDocuments::default();
        for (identity, boundary, read) in steps {
            let scenario = scenario(identity, boundary);
            let before = known.clone();
            assert_eq!(scenario.evaluate_knowing(&mut known), scenario.evaluate(), "{identity:?} {boundary:?}");
            assert_eq!(scenario.explain_knowing(0, &before), scenario.explain(0), "{identity:?} {boundary:?}");
            let is_new = |now: &&Arc<ReadDocument>| !before.0.iter().any(|was| Arc::ptr_eq(was, now));
            assert_eq!(known.0.iter().filter(is_new).count(), read, "{identity:?} {boundary:?}");
        }
    }

    /// The same text under an option of reading, or under another name, is another document.
    #[test]
    fn what_else_a_document_is_read_from() {
        let mut now = scenario(&[ALLOW], None);
        let mut known = KnownDocuments::default();
        let _ = now.evaluate_knowing(&mut known);
        for change in [
            |scenario: &mut Scenario| scenario.options.push(("legacyDuplicateKeys".to_owned(), true)),
            |scenario: &mut Scenario| scenario.policies.identity[0].name = Some("A".to_owned()),
        ] {
            let before = known.clone();
            change(&mut now);
            let _ = now.evaluate_knowing(&mut known);
            assert_ne!(known, before);
        }
    }
}
