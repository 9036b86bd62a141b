//! What policies say, in sentences and in tables (feature `summary`).
//!
//! Sentences are made from the document alone; with the catalog of actions they say more. A sentence says what its
//! statement does, no more and no less: where the natural words would not be exact, it falls back to the names
//! and patterns as they stand in the document.
//!
//! ```
//! use admittance::scenario::Policies;
//!
//! let (policies, _) = Policies::parse(r#"{ "identity": [{
//!   "Version": "2012-10-17",
//!   "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*",
//!     "Condition": { "Bool": { "aws:SecureTransport": "true" } } } }] }"#);
//! let summary = admittance::summary::policies(&policies, None);
//! assert_eq!(summary.documents[0].sentences[0].text, "May read the objects in the bucket photos, but only over TLS.");
//! ```

mod action;
mod applies;
mod condition;
mod coverage;
mod effective;
mod keys;
mod output;
mod phrase;
mod principal;
mod reach;
mod resource;
mod sentence;
mod table;
mod value;

pub use output::*;

use applies::Services;

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, limited};
use crate::policy::{Effect, PatternElement, PolicyDocument, PolicyType, ResourcePolicyKind, Statement, Text};
use crate::scenario::{LocatedDiagnostic, Policies, PolicySource, range};
use crate::span::LineIndex;

/// Summarizes the policies of a scenario, given as JSON text.
#[must_use]
pub fn run(text: &str, catalog: Option<&Catalog>) -> Summary {
    let (given, diagnostics) = Policies::parse(text);
    if diagnostics.iter().any(LocatedDiagnostic::is_error) {
        return Summary { diagnostics, ..Summary::default() };
    }
    let mut summary = policies(&given, catalog);
    summary.diagnostics.splice(0..0, diagnostics);
    summary
}

impl Summary {
    /// Writes the summary as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Summarizes policies: each document, and all together.
#[must_use]
pub fn policies(policies: &Policies, catalog: Option<&Catalog>) -> Summary {
    let mut summary = Summary { valid: true, ..Summary::default() };
    let mut read = Vec::new();
    let mut services = catalog.map(Services::new);
    for mut given in all(policies) {
        let index = LineIndex::new(&given.source.document);
        let text = &given.source.document;
        let (document, mut found) = PolicyDocument::parse(text);
        if is_of_resource(&given) {
            given.policy_type = PolicyType::Resource(kind(&document, given.source.kind.as_deref()));
        }
        found.extend(document.check(given.policy_type));
        let error = crate::diagnostic::has_error(&found);
        let locate = |diagnostic: Diagnostic| LocatedDiagnostic::new(&given.location, diagnostic, text, &index);
        summary.diagnostics.extend(limited(found).into_iter().map(locate));
        if error {
            summary.valid = false;
            continue;
        }
        summary.documents.push(document_summary(&given, &document, &index, services.as_mut()));
        read.push((given, document));
    }
    let identity = |given: &Given<'_>| given.policy_type == PolicyType::Identity;
    let identities = read.iter().filter(|(given, _)| identity(given)).count();
    if let Some(services) = services.as_mut().filter(|_| summary.valid && identities > 0) {
        let documents: Vec<_> =
            read.iter().map(|(given, document)| (given.policy_type, given.level, document)).collect();
        let levels = policies.service_control.as_ref().map(Vec::len);
        let own = read.iter().position(|(given, _)| identity(given)).filter(|_| identities == 1);
        let own = own.and_then(|place| summary.documents.get(place)).and_then(|document| document.table.clone());
        summary.principal = Some(effective::principal(&documents, levels, own, services));
    }
    summary
}

/// What the document at a location, such as `policies.identity[0]`, says about each action of a service: what it
/// allows, or what it denies. Nothing if it says nothing of it, is not there, or has an error.
#[must_use]
pub fn service(
    policies: &Policies,
    location: &str,
    effect: Effect,
    service: &str,
    catalog: &Catalog,
) -> Option<ServiceSummary> {
    let given = all(policies).into_iter().find(|given| given.location == location)?;
    let (document, _) = PolicyDocument::parse(&given.source.document);
    let statements: Vec<&Statement> = document.statements.iter().filter(|_| document.is_valid()).collect();
    let mut told = table::service(&statements, effect, catalog.service(service)?, &mut Services::new(catalog))?;
    if is_of_resource(&given) && kind(&document, given.source.kind.as_deref()) == ResourcePolicyKind::KmsKey {
        name_the_key(&mut told.row);
    }
    Some(ServiceSummary { location: location.to_owned(), ..told })
}

/// What the policies of a scenario, given as JSON text, say about each action of a service.
#[must_use]
pub fn run_service(text: &str, service: &str, catalog: &Catalog) -> ServiceReport {
    let (given, mut diagnostics) = Policies::parse(text);
    let mut report = ServiceReport {
        name: catalog.service(service).map(|known| known.name().to_owned()),
        ..ServiceReport::default()
    };
    if !diagnostics.iter().any(LocatedDiagnostic::is_error) {
        let read = policies(&given, None);
        report.valid = read.valid;
        diagnostics.extend(read.diagnostics);
        for document in &read.documents {
            for effect in [Effect::Deny, Effect::Allow] {
                report.documents.extend(self::service(&given, &document.location, effect, service, catalog));
            }
        }
    }
    report.diagnostics = diagnostics;
    report
}

fn document_summary(
    given: &Given<'_>,
    document: &PolicyDocument,
    index: &LineIndex,
    mut services: Option<&mut Services<'_>>,
) -> DocumentSummary {
    let text = &given.source.document;
    let mut table = services
        .as_deref_mut()
        .map(|services| table::policy(&document.statements.iter().collect::<Vec<_>>(), services));
    if given.policy_type == PolicyType::Resource(ResourcePolicyKind::KmsKey) {
        table.iter_mut().flat_map(|table| table.deny.iter_mut().chain(&mut table.allow)).for_each(name_the_key);
    }
    let mut sentences = Vec::with_capacity(document.statements.len());
    for (number, statement) in document.statements.iter().enumerate() {
        let told = sentence::tell(statement, given.policy_type, document.version, services.as_deref_mut());
        let parts = told.phrase.parts.iter();
        sentences.push(Sentence {
            statement: number,
            sid: statement.sid.as_ref().map(|sid| sid.value.to_string()),
            effect: statement.effect.as_str().to_owned(),
            text: told.phrase.text(),
            parts: parts
                .map(|part| SentencePart {
                    text: part.text.clone(),
                    range: part.span.map(|span| range(span, text, index)),
                })
                .collect(),
            notes: told.notes,
            range: range(statement.span, text, index),
        });
    }
    DocumentSummary {
        location: given.location.clone(),
        policy_type: given.policy_type.as_str().to_owned(),
        policy_name: given.source.name.clone(),
        about: sentence::about(given.policy_type).map(str::to_owned),
        sentences,
        table,
    }
}

/// In a key policy, `*` is the key that it belongs to (SPEC K-06).
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html>
fn name_the_key(row: &mut ServiceRow) {
    if row.resource == table::ALL_RESOURCES {
        row.resource = "This key".to_owned();
    }
}

fn is_of_resource(given: &Given<'_>) -> bool {
    matches!(given.policy_type, PolicyType::Resource(_))
}

/// A document, and what it is.
struct Given<'p> {
    location: String,
    policy_type: PolicyType,
    /// The level of the organization, root first; 0 for what is not attached to one.
    level: usize,
    source: &'p PolicySource,
}

/// All documents, in the order of the wire format.
fn all(policies: &Policies) -> Vec<Given<'_>> {
    use PolicyType as Type;
    let general = Type::Resource(ResourcePolicyKind::General);
    let mut given = Vec::new();
    add(&mut given, "identity", 0, Type::Identity, &policies.identity);
    add(&mut given, "resource", 0, general, &policies.resource);
    one(&mut given, "accessPoint", Type::AccessPoint, &policies.access_point);
    one(&mut given, "permissionsBoundary", Type::PermissionsBoundary, &policies.permissions_boundary);
    add(&mut given, "session", 0, Type::Session, &policies.session);
    for (key, policy_type, levels) in [
        ("serviceControl", Type::ServiceControl, &policies.service_control),
        ("resourceControl", Type::ResourceControl, &policies.resource_control),
    ] {
        for (index, level) in levels.iter().flatten().enumerate() {
            add(&mut given, &format!("{key}[{index}].policies"), index, policy_type, &level.policies);
        }
    }
    one(&mut given, "vpcEndpoint", Type::VpcEndpoint, &policies.vpc_endpoint);
    given
}

fn add<'p>(given: &mut Vec<Given<'p>>, key: &str, level: usize, policy_type: PolicyType, sources: &'p [PolicySource]) {
    for (index, source) in sources.iter().enumerate() {
        given.push(Given { location: format!("policies.{key}[{index}]"), policy_type, level, source });
    }
}

fn one<'p>(given: &mut Vec<Given<'p>>, key: &str, policy_type: PolicyType, source: &'p Option<PolicySource>) {
    if let Some(source) = source {
        given.push(Given { location: format!("policies.{key}"), policy_type, level: 0, source });
    }
}

/// What kind of resource-based policy it is: what is given, or else what its elements tell. Role trust policies
/// are about actions of STS and have no `Resource`; key policies are about actions of KMS on `*`.
fn kind(document: &PolicyDocument, given: Option<&str>) -> ResourcePolicyKind {
    match given {
        Some("role-trust") => return ResourcePolicyKind::RoleTrust,
        Some("kms-key") => return ResourcePolicyKind::KmsKey,
        Some(_) => return ResourcePolicyKind::General,
        None => {}
    }
    let all = |prefix: &str, resource: fn(&Statement) -> bool| {
        let about =
            |text: &Text| text.value.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        !document.statements.is_empty()
            && document.statements.iter().all(|statement| {
                resource(statement)
                    && statement.action.as_ref().is_some_and(|a| !a.values.is_empty() && a.values.iter().all(about))
            })
    };
    if all("sts:", |statement| statement.resource.is_none()) {
        ResourcePolicyKind::RoleTrust
    } else if all("kms:", |statement| statement.resource.as_ref().is_some_and(is_any)) {
        ResourcePolicyKind::KmsKey
    } else {
        ResourcePolicyKind::General
    }
}

fn is_any(element: &PatternElement) -> bool {
    !element.negated && element.values.iter().all(|text| *text.value == *"*")
}
