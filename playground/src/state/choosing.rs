//! An account's details: who calls is chosen, and gets its policies, groups and boundary.

use admittance::account::{AccountDetails, IdentityKind};
use leptos::prelude::*;

use super::State;
use crate::view::View;
use crate::words;
use crate::workspace::Workspace;

/// Of an account, who calls is still to be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub account: AccountDetails,
    pub name: String,
}

impl Choice {
    /// The users and roles, by ARN. Groups are no principals.
    pub fn principals(&self) -> Vec<(String, &'static str)> {
        let identities = self.account.identities.iter();
        let kind = |kind| match kind {
            IdentityKind::User => Some("user"),
            IdentityKind::Role => Some("role"),
            IdentityKind::Group => None,
        };
        identities.filter_map(|each| Some((each.arn.clone(), kind(each.kind)?))).collect()
    }
}

impl State {
    /// Reads an account and asks for a principal of it.
    pub(super) fn open_account(self, name: &str, text: &str) -> Result<(), String> {
        let (account, problems) = AccountDetails::parse(text);
        let errors: Vec<_> = problems.into_iter().filter(|each| each.is_error()).collect();
        if !errors.is_empty() {
            return Err(words::first(&errors));
        }
        self.choice.set(Some(Choice { account, name: name.to_owned() }));
        Ok(())
    }

    /// Opens a scenario for the chosen principal of an account: what the present request asks.
    pub fn choose_principal(self, choice: &Choice, arn: &str) {
        let present = self.present_request().unwrap_or_default();
        let Some(mut scenario) = choice.account.scenario(arn, &present.action, &present.resources) else { return };
        let missing = choice.account.identity(arn).map(|each| each.missing_policies.clone()).unwrap_or_default();
        scenario.name = Some(arn.rsplit(':').next().unwrap_or(arn).to_owned());
        let message = match missing.as_slice() {
            [] => format!("Opened {arn} of {}", choice.name),
            missing => format!("Opened {arn}. Not in the file: {}", missing.join(", ")),
        };
        self.choice.set(None);
        self.view.set(View::Decide);
        self.replace(Workspace::from_scenario(scenario), message);
    }
}
