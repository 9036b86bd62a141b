//! What is dropped, pasted or chosen as a file: told by its content, and put where it belongs.

use admittance::scenario::{Scenario, ScenarioRequest};
use admittance::shape::{self, DecodedMessage, Shape};
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{EXPORT_MEMBER, NewPolicy, State, Toast, Undo, read_scenario};
use crate::view::View;
use crate::words;
use crate::workspace::{Request, Workspace};

/// An export of several workspaces.
#[derive(Deserialize)]
struct Export {
    workspaces: Vec<Box<RawValue>>,
}

impl State {
    /// Opens a text; gives what is wrong with it. `name` says where it comes from.
    pub fn open(self, name: &str, text: &str) -> Result<(), String> {
        if let Some(export) = export(text) {
            let scenarios: Vec<String> = export.workspaces.iter().map(|each| each.get().to_owned()).collect();
            return self.import_all(name, &scenarios);
        }
        match Shape::of(text) {
            Some(Shape::Policy) => self.open_policy(name, text),
            Some(Shape::SimulatorResponse) => self.open_simulated(name, text)?,
            Some(Shape::AccountDetails) => self.open_account(name, text)?,
            Some(Shape::CloudTrail) => self.open_trail(name, text)?,
            Some(Shape::DecodedMessage) => self.open_decoded(name, text)?,
            Some(Shape::AccessDenied) => {
                self.view.set(View::Decide);
                if !self.paste_denied(text) {
                    return Err("the message names no principal and action".to_owned());
                }
            }
            // Of a text that is nothing known, the reader of scenarios says where it stops.
            Some(Shape::Scenario | Shape::SimulatorRequest) | None => self.open_scenario(name, text)?,
        }
        Ok(())
    }

    fn open_scenario(self, name: &str, text: &str) -> Result<(), String> {
        let scenario = read_scenario(text).map_err(|diagnostics| words::first(&diagnostics))?;
        self.replace(Workspace::from_scenario(scenario), format!("Opened {name}"));
        Ok(())
    }

    /// A policy document joins the present ones, as its principals tell.
    fn open_policy(self, name: &str, text: &str) {
        let (new, what) = match shape::names_principals(text) {
            true => (NewPolicy::Resource, "resource-based"),
            false => (NewPolicy::Identity, "identity-based"),
        };
        let before = self.undo_all();
        self.add_policy(new);
        self.update_document(|document| document.text = text.trim().replace("\r\n", "\n"));
        self.view.set(View::Decide);
        let message = format!("Added {name} as {what} policy");
        self.toast.set(Some(Toast::with_undo(message, before)));
    }

    fn open_simulated(self, name: &str, text: &str) -> Result<(), String> {
        let template = self.present_request().unwrap_or_default();
        let found = shape::simulated(text, &template);
        if found.is_empty() {
            return Err("it holds no decision".to_owned());
        }
        let message = format!(
            "Added {} of {name} with the simulator’s decisions, for the caller and context of the request before",
            words::count(found.len(), "test")
        );
        self.add_requests(found, message);
        self.view.set(View::Tests);
        Ok(())
    }

    fn open_decoded(self, name: &str, text: &str) -> Result<(), String> {
        let Some(found) = DecodedMessage::parse(text) else {
            return Err("the message names no principal and action".to_owned());
        };
        let by = match found.statements.as_slice() {
            [] => String::new(),
            ids => format!(", decided by {}", ids.join(", ")),
        };
        self.add_requests(vec![found.request], format!("Read {name}: a request with AWS’s decision{by}"));
        self.view.set(View::Decide);
        Ok(())
    }

    /// The request on the screen as a scenario says it.
    pub fn present_request(self) -> Option<ScenarioRequest> {
        let id = self.request.get_untracked()?;
        self.workspace.with_untracked(|now| {
            let placed = now.to_scenario();
            let at = placed.requests.iter().position(|each| *each == id)?;
            placed.scenario.requests.into_iter().nth(at)
        })
    }

    /// Adds requests to the present ones, in place of one that is still empty, and selects the first of them.
    pub fn add_requests(self, requests: Vec<ScenarioRequest>, message: String) {
        let added = Workspace::from_scenario(Scenario { requests, ..Scenario::default() }).requests;
        let first = added.first().map(|each| each.id);
        self.change(message, |now| {
            now.requests.retain(|each| !is_blank(each));
            now.requests.extend(added);
        });
        self.statement.set(None);
        self.request.set(first);
    }

    fn undo_all(self) -> Undo {
        Undo::Workspace {
            slot: self.slot.get_untracked(),
            workspace: Box::new(self.workspace.get_untracked()),
            document: self.document.get_untracked(),
            request: self.request.get_untracked(),
        }
    }
}

fn export(text: &str) -> Option<Export> {
    text.contains(EXPORT_MEMBER).then(|| serde_json::from_str(text).ok()).flatten()
}

fn is_blank(request: &Request) -> bool {
    request.principal.arn.is_empty() && request.action.is_empty()
}
