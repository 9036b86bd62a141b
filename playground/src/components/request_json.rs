//! The request as JSON: what is typed there is the form's content, and the other way round.

use leptos::html::Details;
use leptos::prelude::*;

use super::coded::field_problems;
use crate::effect::effect;
use crate::state::{read_scenario, use_state};
use crate::workspace::{Request, Workspace};

/// The selected request in the wire format, indented.
fn to_json(workspace: &Workspace, at: usize) -> String {
    let mut scenario = workspace.to_scenario().scenario;
    scenario.requests = scenario.requests.into_iter().skip(at).take(1).collect();
    let Some(request) = scenario.requests.first() else { return String::new() };
    serde_json::to_string_pretty(request).unwrap_or_default()
}

/// Reads a request; or says why not.
fn from_json(text: &str) -> Result<Request, String> {
    let before = "{\"policies\":{},\"requests\":[";
    let scenario = read_scenario(&format!("{before}{text}]}}")).map_err(|diagnostics| {
        let first = diagnostics.into_iter().next();
        first.map_or_else(String::new, |each| match each.range {
            Some(range) => format!("Line {}: {}", range.start.line, each.message),
            None => each.message,
        })
    })?;
    match scenario.requests.len() {
        1 => {}
        0 => return Err("There is no request here.".to_owned()),
        _ => return Err("This is more than one request.".to_owned()),
    }
    Workspace::from_scenario(scenario).requests.pop().ok_or_else(String::new)
}

#[component]
pub fn RequestJson() -> impl IntoView {
    let state = use_state();
    let details = NodeRef::<Details>::new();
    let open = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    // What is being typed is left alone.
    let typed = RwSignal::new(None::<String>);
    let json = Memo::new(move |_| {
        let id = state.request.get();
        if !open.get() {
            return String::new();
        }
        state.workspace.with(|now| {
            let at = now.requests.iter().position(|each| Some(each.id) == id);
            at.map(|at| to_json(now, at)).unwrap_or_default()
        })
    });
    effect(move || {
        state.request.track();
        typed.set(None);
        problem.set(None);
    });
    let input = move |text: String| {
        match from_json(&text) {
            Ok(read) => {
                problem.set(None);
                state.update_request(|request| {
                    let id = request.id;
                    // Rows that stay the same keep their ids.
                    let mut read = read;
                    for row in &mut read.context {
                        let same = request.context.iter().find(|was| was.key == row.key);
                        if let Some(was) = same {
                            row.id = was.id;
                        }
                    }
                    *request = Request { id, ..read };
                });
            }
            Err(reason) => problem.set(Some(reason)),
        }
        typed.set(Some(text));
    };
    view! {
        <details
            class="more"
            node_ref=details
            on:toggle=move |_| open.set(details.get_untracked().is_some_and(|details| details.open()))
        >
            <summary>"As JSON"</summary>
            <textarea
                class="input request-json"
                aria-label="The request as JSON"
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby="request-json-problem"
                spellcheck="false"
                autocapitalize="off"
                prop:value=move || typed.get().unwrap_or_else(|| json.get())
                on:input:target=move |event| input(event.target().value())
                on:blur=move |_| {
                    if problem.with_untracked(Option::is_none) {
                        typed.set(None);
                    }
                }
            ></textarea>
            <div id="request-json-problem" role="status">
                {move || field_problems(problem.get().into_iter().collect())}
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{from_json, to_json};
    use crate::gallery::examples;
    use crate::workspace::{Request, Workspace};

    #[test]
    fn every_request_goes_out_and_comes_back() {
        for scenario in examples() {
            let workspace = Workspace::from_scenario(scenario);
            for (at, request) in workspace.requests.iter().enumerate() {
                let read = from_json(&to_json(&workspace, at)).unwrap();
                let mut again = workspace.clone();
                again.requests[at] = Request { id: request.id, ..read };
                assert_eq!(again.to_scenario().scenario, workspace.to_scenario().scenario);
            }
        }
    }

    #[test]
    fn what_is_no_request_is_refused() {
        for text in ["", "{", "[]", "{},{}", "{\"principal\": \"anonymous\", \"action\": 3}", "{}]}, {\"a\": [{}"] {
            assert!(from_json(text).is_err(), "{text}");
        }
    }
}
