//! What is dropped, pasted or chosen as a file: told by its content, and put where it belongs.

use admittance::scenario::{Scenario, ScenarioRequest};
use gloo::file::{Blob, futures::read_as_text};
use leptos::prelude::*;
use leptos::web_sys::File;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use wasm_bindgen_futures::spawn_local;

use super::{Choice, EXPORT_MEMBER, NewPolicy, State, Toast, Undo, read_scenario};
use crate::arriving::Arrived;
use crate::view::View;
use crate::words;
use crate::workspace::{Request, Workspace};

/// What a text is, as far as its content tells.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    kind: String,
    problem: Option<String>,
    names_principals: bool,
    /// A scenario, of which the requests count.
    requests: Option<String>,
    remarks: Vec<Vec<String>>,
    decided_by: Vec<String>,
    principals: Vec<(String, String)>,
    caller: Option<String>,
}

#[derive(Serialize)]
struct Question<'a> {
    text: &'a str,
    present: &'a str,
}

/// Larger files are none that this page reads.
const MAX_FILE_BYTES: u64 = 16 << 20;

const NOT_LOADED: &str = "the part of the page that tells texts apart could not be loaded; try again in a moment";

/// An export of several workspaces.
#[derive(Deserialize)]
struct Export {
    workspaces: Vec<Box<RawValue>>,
}

/// The text of a file, or why it is not read.
pub async fn text_of(file: File) -> Result<String, String> {
    let blob = Blob::from(web_sys::Blob::from(file));
    if blob.size() > MAX_FILE_BYTES {
        return Err("it is larger than 16 MB".to_owned());
    }
    read_as_text(&blob).await.map_err(|error| error.to_string())
}

impl State {
    /// Opens what was dropped or pasted, one after the other; says why if it does not.
    pub fn open_all(self, arrived: Vec<Arrived>) {
        spawn_local(async move {
            for each in arrived {
                self.open_or_say(each).await;
            }
        });
    }

    async fn open_or_say(self, arrived: Arrived) {
        let (name, text) = match arrived {
            Arrived::File(file) => (file.name(), text_of(file).await),
            Arrived::Text(text) => ("The pasted text".to_owned(), Ok(text)),
            Arrived::Message(request, text) => {
                // The reader may have gone to another request since.
                if request.is_some_and(|id| self.workspace.with_untracked(|now| now.request(id).is_some())) {
                    self.request.set(request);
                }
                if self.paste_denied(&text) {
                    return;
                }
                ("The pasted text".to_owned(), Ok(text))
            }
        };
        let opened = match text {
            Ok(text) => self.open(&name, &text).await,
            Err(reason) => Err(reason),
        };
        if let Err(reason) = opened {
            self.toast.set(Some(Toast::note(format!("{name} was not opened: {reason}"))));
        }
    }

    /// Opens a text; gives what is wrong with it. `name` says where it comes from.
    pub async fn open(self, name: &str, text: &str) -> Result<(), String> {
        if let Some(export) = export(text) {
            let scenarios: Vec<String> = export.workspaces.iter().map(|each| each.get().to_owned()).collect();
            return self.import_all(name, &scenarios);
        }
        let present = self.present_scenario();
        let question = Question { text, present: &present };
        let Some(opened) = self.analysis.ask::<Opened>("open", &question).await else {
            // Scenarios are read without it.
            return self.open_scenario(name, text).map_err(|_| NOT_LOADED.to_owned());
        };
        if let Some(problem) = opened.problem {
            return Err(problem);
        }
        let requests = opened.requests.as_deref().map(read_scenario).and_then(Result::ok);
        let requests = requests.map(|scenario| scenario.requests).unwrap_or_default();
        match opened.kind.as_str() {
            "policy" => self.open_policy(name, text, opened.names_principals),
            "simulated" => self.open_simulated(name, requests),
            "account" => {
                let (name, text) = (name.to_owned(), text.to_owned());
                let Opened { principals, caller, .. } = opened;
                self.choice.set(Some(Choice { name, text, principals, caller }));
            }
            "trail" => self.open_trail(name, requests, opened.remarks),
            "decoded" => self.open_decoded(name, requests, &opened.decided_by),
            "denied" => {
                self.view.set(View::Decide);
                if !self.paste_denied(text) {
                    return Err("the message names no principal and action".to_owned());
                }
            }
            // Of a text that is nothing known, the reader of scenarios says where it stops.
            _ => self.open_scenario(name, opened.requests.as_deref().unwrap_or(text))?,
        }
        Ok(())
    }

    /// The request on the screen, as a scenario of its own.
    pub(super) fn present_scenario(self) -> String {
        let requests = self.present_request().into_iter().collect();
        Scenario { requests, ..Scenario::default() }.to_json()
    }

    fn open_scenario(self, name: &str, text: &str) -> Result<(), String> {
        let scenario = read_scenario(text).map_err(|diagnostics| words::first(&diagnostics))?;
        self.replace(Workspace::from_scenario(scenario), format!("Opened {name}"));
        Ok(())
    }

    /// A policy document joins the present ones, as its principals tell.
    fn open_policy(self, name: &str, text: &str, names_principals: bool) {
        let (new, what) = match names_principals {
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

    fn open_simulated(self, name: &str, found: Vec<ScenarioRequest>) {
        let message = format!(
            "Added {} of {name} with the simulator’s decisions, for the caller and context of the request before",
            words::count(found.len(), "test")
        );
        self.add_requests(found, message);
        self.view.set(View::Tests);
    }

    fn open_decoded(self, name: &str, requests: Vec<ScenarioRequest>, decided_by: &[String]) {
        let by = match decided_by {
            [] => String::new(),
            ids => format!(", decided by {}", ids.join(", ")),
        };
        self.apart(|| self.add_requests(requests, format!("Read {name}: a request with AWS’s decision{by}")));
        self.view.set(View::Decide);
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

    /// Does what adds requests from elsewhere. Where only an example was looked at, they do not join its requests: the
    /// answer would be that of its policies. All of it can be undone.
    pub(super) fn apart(self, add: impl FnOnce()) {
        if self.is_touched() {
            return add();
        }
        let before = self.undo_all();
        let blank = Workspace::blank();
        let request = blank.requests.first().map(|each| each.id);
        self.show(blank, None, request, true);
        add();
        self.toast.update(|toast| {
            if let Some(toast) = toast {
                toast.undo = Some(before);
            }
        });
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
