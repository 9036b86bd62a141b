//! Any text as a policy document: no panic, every diagnostic in place, and JSON where serde_json finds JSON.
#![no_main]

use admittance::{CompiledPolicy, LineIndex, PolicyDocument, PolicyType, ResourcePolicyKind, Severity};
use libfuzzer_sys::fuzz_target;

const TYPES: [PolicyType; 9] = [
    PolicyType::Identity,
    PolicyType::PermissionsBoundary,
    PolicyType::Session,
    PolicyType::Resource(ResourcePolicyKind::General),
    PolicyType::Resource(ResourcePolicyKind::RoleTrust),
    PolicyType::Resource(ResourcePolicyKind::KmsKey),
    PolicyType::ServiceControl,
    PolicyType::ResourceControl,
    PolicyType::VpcEndpoint,
];

fuzz_target!(|text: &str| {
    let (document, found) = PolicyDocument::parse(text);
    let index = LineIndex::new(text);
    let has_error = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    assert_eq!(document.is_valid(), !has_error);
    // serde_json reads strictly by RFC 8259, but not deeper than 128 levels.
    let syntax = found.iter().find(|diagnostic| diagnostic.code == "JSON_SYNTAX_ERROR");
    match (serde_json::from_str::<serde_json::Value>(text), syntax) {
        (Ok(_), Some(error)) => panic!("JSON, but: {error}"),
        (Err(error), None) if document.is_valid() => panic!("not JSON: {error}"),
        _ => {}
    }
    let of_types = TYPES.iter().flat_map(|policy_type| document.check(*policy_type));
    for diagnostic in found.into_iter().chain(of_types) {
        let (start, end) = (diagnostic.span.start as usize, diagnostic.span.end as usize);
        assert!(start <= end && text.get(start..end).is_some(), "{diagnostic} at {start}..{end}");
        assert!(!diagnostic.message.is_empty() && diagnostic.help.is_some(), "{diagnostic}");
        let (first, last) = (index.position(text, diagnostic.span.start), index.position(text, diagnostic.span.end));
        assert!((first.line, first.column) <= (last.line, last.column), "{diagnostic}");
    }
    for policy_type in TYPES {
        let compiled = CompiledPolicy::new(document.clone(), policy_type);
        assert!(document.is_valid() || compiled.is_err());
    }
});
