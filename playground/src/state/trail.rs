//! CloudTrail events: each becomes a request, with what the event does not tell exactly.

use admittance::cloudtrail::{self, Certainty, TrailEvent, TrailField};
use leptos::prelude::*;

use super::State;
use crate::view::View;
use crate::words;
use crate::workspace::{Id, Workspace};

/// Of a request that was read from an event: what the event does not tell exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub request: Id,
    pub remarks: Vec<String>,
}

impl State {
    /// Adds a request for each event, with AWS's decision as its expectation where the event tells it.
    pub(super) fn open_trail(self, name: &str, text: &str) -> Result<(), String> {
        let (events, problems) = cloudtrail::parse(text);
        let events: Vec<TrailEvent> = events.into_iter().filter(|event| event.request.is_some()).collect();
        if events.is_empty() {
            let errors: Vec<_> = problems.into_iter().filter(|each| each.is_error()).collect();
            return Err(if errors.is_empty() { "it holds no request".to_owned() } else { words::first(&errors) });
        }
        let mut requests = Vec::new();
        let mut remarks = Vec::new();
        for event in events {
            let Some(mut request) = event.request else { continue };
            if request.name.is_none() {
                let time = event.event_time.unwrap_or_default();
                request.name = Some(format!("{} {time}", event.event_name).trim_end().to_owned());
            }
            requests.push(request);
            remarks.push(event.fields.iter().filter_map(remark).collect::<Vec<_>>());
        }
        let count = requests.len();
        self.add_requests(requests, format!("Read {} of {name}", words::count(count, "request")));
        let added = self.workspace.with_untracked(|now: &Workspace| {
            now.requests.iter().rev().take(count).rev().map(|request| request.id).collect::<Vec<_>>()
        });
        let origins = added.into_iter().zip(remarks).map(|(request, remarks)| Origin { request, remarks });
        self.origins.update(|all| all.extend(origins));
        self.view.set(View::Decide);
        Ok(())
    }
}

/// What is to be said of a field that the event does not hold.
fn remark(field: &TrailField) -> Option<String> {
    let how = match field.certainty {
        Certainty::Exact => return None,
        Certainty::Inferred => "inferred",
        Certainty::Missing => "not in the event",
    };
    let note = field.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    Some(format!("{} ({how}){note}", field.field))
}
