//! An account's details: who calls is chosen, and gets its policies, groups and boundary.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{State, read_scenario};
use crate::view::View;
use crate::workspace::Workspace;

/// Of an account, who calls is still to be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub name: String,
    /// The account's details.
    pub text: String,
    /// Its users and roles: ARN and kind.
    pub principals: Vec<(String, String)>,
    /// Of these, the one that made the present request.
    pub caller: Option<String>,
}

#[derive(Serialize)]
struct Question<'a> {
    text: &'a str,
    arn: &'a str,
    present: &'a str,
}

#[derive(Deserialize)]
struct Chosen {
    scenario: String,
    missing: Vec<String>,
}

impl State {
    /// Opens a scenario for the chosen principal of an account: what the present request asks.
    pub async fn choose_principal(self, choice: Choice, arn: String) {
        let present = self.present_scenario();
        let question = Question { text: &choice.text, arn: &arn, present: &present };
        let Some(chosen) = self.analysis.ask::<Chosen>("choose", &question).await else { return };
        let Ok(scenario) = read_scenario(&chosen.scenario) else { return };
        let message = match chosen.missing.as_slice() {
            [] => format!("Opened {arn} of {}", choice.name),
            missing => format!("Opened {arn}. Not in the file: {}", missing.join(", ")),
        };
        self.choice.set(None);
        self.view.set(View::Decide);
        self.replace(Workspace::from_scenario(scenario), message);
    }
}
