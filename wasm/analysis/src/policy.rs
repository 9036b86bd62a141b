//! What policies say, and what is wrong with them.

use admittance::PolicyType;
use admittance::scenario::LocatedDiagnostic;
use admittance::summary::{self, ServiceReport, Summary};
use admittance::validate::{self, CODES, FindingOutput, Options, Origin, ResourceKind, ValidationOutput};
use js_sys::JsString;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::catalog;
use crate::intake;
use crate::policy_types::POLICY_TYPES;

/// Checks a document, as the type at the place `policy_type` in the list of types. `resource` is the name in Access
/// Analyzer's API of the kind of resource that it is attached to, or empty.
#[wasm_bindgen(js_name = validatePolicy)]
pub fn validate_policy(document: &JsString, policy_type: usize, resource: &str) -> String {
    let text = match intake::whole(document) {
        Ok(text) => text,
        Err(refused) => return crate::json(&refused_validation(refused)),
    };
    let policy_type = POLICY_TYPES.get(policy_type).map_or(PolicyType::Identity, |(_, policy_type)| *policy_type);
    let options = Options { resource: ResourceKind::parse(resource).and_then(|(_, kind)| kind) };
    catalog::with(|catalog| validate::validate(&text, policy_type, options, catalog).to_json(&text))
}

/// The only finding on a text that is not read.
fn refused_validation(refused: LocatedDiagnostic) -> ValidationOutput {
    let start = admittance::scenario::TextPosition { line: 1, column: 1, offset: 0 };
    let finding = FindingOutput {
        code: if refused.code == "LONE_SURROGATE" { "LONE_SURROGATE" } else { "SCENARIO_TOO_LONG" },
        severity: "error",
        message: refused.message,
        help: refused.help,
        range: refused.range.unwrap_or(admittance::scenario::TextRange { start, end: start }),
        fix: None,
    };
    ValidationOutput { findings: vec![finding], skipped: Vec::new() }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    code: &'static str,
    severity: &'static str,
    origin: &'static str,
    needs_catalog: bool,
}

/// Every code that a validation can give.
#[wasm_bindgen(js_name = findingCodes)]
pub fn finding_codes() -> String {
    let rules = CODES.iter().map(|code| Rule {
        code: code.name,
        severity: code.severity.as_str(),
        origin: match code.origin {
            Origin::AccessAnalyzer => "access-analyzer",
            Origin::Parser => "parser",
            Origin::Own => "admittance",
        },
        needs_catalog: code.needs_catalog,
    });
    crate::json(&rules.collect::<Vec<_>>())
}

/// Says what the policies of a scenario say about each action of a service; nothing without a catalog.
#[wasm_bindgen(js_name = summarizeService)]
pub fn summarize_service(policies: &JsString, service: &str) -> String {
    let report = match intake::whole(policies) {
        Ok(text) => catalog::with(|catalog| Some(summary::run_service(&text, service, catalog?))),
        Err(refused) => Some(ServiceReport { diagnostics: vec![refused], ..ServiceReport::default() }),
    };
    report.map(|report| crate::json(&report)).unwrap_or_default()
}

/// Says what the policies of a scenario say.
#[wasm_bindgen]
pub fn summarize(policies: &JsString) -> String {
    let summary = match intake::whole(policies) {
        Ok(text) => catalog::with(|catalog| summary::run(&text, catalog)),
        Err(refused) => Summary { diagnostics: vec![refused], ..Summary::default() },
    };
    crate::json(&summary)
}
