//! What AWS's own tools print: account details and CloudTrail events.

use admittance::account::{AccountDetails, Identity};
use admittance::cloudtrail::{self, TrailEvent};
use admittance::scenario::{LocatedDiagnostic, Scenario};
use js_sys::JsString;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::intake;

#[derive(Serialize)]
struct AccountReading {
    valid: bool,
    diagnostics: Vec<LocatedDiagnostic>,
    identities: Vec<Identity>,
}

/// Reads the output of `aws iam get-account-authorization-details`.
#[wasm_bindgen(js_name = readAccount)]
pub fn read_account(text: &JsString) -> String {
    let (account, diagnostics) = account(text);
    let valid = !diagnostics.iter().any(LocatedDiagnostic::is_error);
    let identities = if valid { account.identities } else { Vec::new() };
    crate::json(&AccountReading { valid, diagnostics, identities })
}

#[derive(Serialize)]
struct AccountScenario {
    valid: bool,
    diagnostics: Vec<LocatedDiagnostic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<Scenario>,
}

/// A scenario in which an identity of the account asks for an action on resources, a resource in each line.
#[wasm_bindgen(js_name = accountScenario)]
pub fn account_scenario(text: &JsString, identity: &str, action: &str, resources: &str) -> String {
    let (account, mut diagnostics) = account(text);
    let mut scenario = None;
    if !diagnostics.iter().any(LocatedDiagnostic::is_error) {
        let resources: Vec<String> = resources.lines().map(str::to_owned).collect();
        scenario = account.scenario(identity, action, &resources);
        if scenario.is_none() {
            diagnostics.push(LocatedDiagnostic {
                location: String::new(),
                code: "NO_SUCH_IDENTITY".to_owned(),
                severity: "error".to_owned(),
                message: format!("the account has no user or role `{identity}`"),
                help: Some("write the ARN as the account details have it, with its path".to_owned()),
                range: None,
            });
        }
    }
    crate::json(&AccountScenario { valid: scenario.is_some(), diagnostics, scenario })
}

fn account(text: &JsString) -> (AccountDetails, Vec<LocatedDiagnostic>) {
    match intake::whole(text) {
        Ok(text) => AccountDetails::parse(&text),
        Err(refused) => (AccountDetails::default(), vec![refused]),
    }
}

#[derive(Serialize)]
struct TrailReading {
    valid: bool,
    diagnostics: Vec<LocatedDiagnostic>,
    events: Vec<TrailEvent>,
}

/// Reads CloudTrail events.
#[wasm_bindgen(js_name = readTrail)]
pub fn read_trail(text: &JsString) -> String {
    let (events, diagnostics) = match intake::whole(text) {
        Ok(text) => cloudtrail::parse(&text),
        Err(refused) => (Vec::new(), vec![refused]),
    };
    let valid = !diagnostics.iter().any(LocatedDiagnostic::is_error);
    crate::json(&TrailReading { valid, diagnostics, events: if valid { events } else { Vec::new() } })
}
