//! What validation finds, with the committed catalog.

use std::sync::OnceLock;

use admittance::catalog::Catalog;
use admittance::validate::{Options, validate};
use admittance::{PolicyType, Severity};

/// The committed catalog.
pub fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::decode(include_bytes!("../../core/catalog/aws.bin")).expect("it is a catalog"))
}

/// The errors in an identity-based policy: code and token, sorted, each once.
pub fn errors(text: &str) -> Vec<String> {
    let validation = validate(text, PolicyType::Identity, Options::default(), Some(catalog()));
    let found = validation.findings.iter().map(|finding| &finding.diagnostic);
    let errors = found.filter(|diagnostic| diagnostic.severity == Severity::Error);
    let mut errors: Vec<String> = errors.map(|error| format!("{} {}", error.code, error.span.of(text))).collect();
    errors.sort();
    errors.dedup();
    errors
}
