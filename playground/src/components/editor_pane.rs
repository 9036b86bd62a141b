//! The editor of the selected document, with what the engine says marked in the text.

use admittance::assist::{self, Place};
use admittance::scenario::StatementResult;
use leptos::html::Div;
use leptos::prelude::*;
use serde::Deserialize;

use super::tree::{Reading, use_reading};
use crate::catalog::{Reference, use_reference};
use crate::editor::{Editor, StatementMark, Underline};
use crate::outcome::Subject;
use crate::state::{Reveal, State, StatementRef, use_state};
use crate::workspace::Id;

#[component]
pub fn EditorPane() -> impl IntoView {
    let state = use_state();
    let reference = use_reference();
    let reading = use_reading();
    let place = NodeRef::<Div>::new();
    let editor = StoredValue::new_local(None::<Editor>);
    let failed = RwSignal::new(false);
    let revealed = StoredValue::new(None::<Reveal>);
    Effect::new(move || {
        let Some(place) = place.get() else { return };
        if editor.with_value(Option::is_none) {
            let mounted = Editor::mount(
                &place,
                move |id, text| edited(state, Id(id), text),
                move |id, index| {
                    choose(state, Id(id), index as usize);
                },
                move |id, question, place| asked(state, reference, reading, Id(id), &question, &place),
            );
            failed.set(mounted.is_none());
            editor.set_value(mounted);
        }
        editor.with_value(|editor| {
            if let Some(editor) = editor {
                show(state, editor, revealed);
            }
        });
    });
    on_cleanup(move || editor.set_value(None));
    view! {
        <div class="editor" hidden=move || state.document.get().is_none()>
            <div class="editor-place" node_ref=place></div>
            <Show when=move || failed.get()>
                <p class="field-problem">"The editor could not be loaded. Reload the page to try again."</p>
            </Show>
            <div class="editor-tools" role="group" aria-label="Text">
                {[("format", "Format"), ("search", "Search"), ("fold", "Fold all"), ("unfold", "Unfold all")]
                    .map(|(command, label)| {
                        let run = move |_| editor.with_value(|editor| {
                            if let Some(editor) = editor {
                                editor.run(command);
                            }
                        });
                        view! {
                            <button type="button" class="text-tool" on:click=run>
                                {label}
                            </button>
                        }
                    })
                    .collect_view()}
            <p class="editor-hint" id="editor-hint">
                <kbd>"Esc"</kbd>
                " then "
                <kbd>"Tab"</kbd>
                " leaves the editor."
            </p>
            </div>
        </div>
    }
    .into_any()
}

fn edited(state: State, id: Id, text: String) {
    state.workspace.update(|now| {
        if let Some(document) = now.document_mut(id) {
            document.text = text;
        }
    });
}

/// The editor's questions: what can stand at a place, what is known of it, why a statement does what it does.
fn asked(state: State, reference: Reference, reading: Reading, document: Id, question: &str, place: &str) -> String {
    if question == "explain" {
        return explained(state, reading, document, place.parse().unwrap_or_default());
    }
    let catalog = reference.get_untracked();
    let policy_type = state.workspace.with_untracked(|now| now.policy_type(document));
    let (Some(policy_type), Ok(asked)) = (policy_type, serde_json::from_str::<AskedPlace>(place)) else {
        return String::new();
    };
    let place = Place {
        policy_type,
        path: &strings(&asked.path),
        is_name: asked.is_name,
        text: &asked.text,
        present: &strings(&asked.present),
        below: &strings(&asked.below),
        actions: &strings(&asked.actions),
    };
    // Strings have a JSON form.
    match question {
        "complete" => serde_json::to_string(&assist::complete(&place, catalog.as_deref())).unwrap_or_default(),
        _ => serde_json::to_string(&assist::about(&place, catalog.as_deref())).unwrap_or_default(),
    }
}

fn strings(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

/// Goes to the line of the explanation that speaks of the text at an offset.
fn explained(state: State, reading: Reading, document: Id, offset: u32) -> String {
    let path = state.explained.with_untracked(|explained| {
        explained.as_ref().map(|explained| explained.path_to_text(document, offset)).unwrap_or_default()
    });
    let Some(key) = path.last() else { return String::new() };
    reading.show(&path);
    key.clone()
}

/// A place as the editor describes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AskedPlace {
    path: Vec<String>,
    is_name: bool,
    text: String,
    present: Vec<String>,
    below: Vec<String>,
    actions: Vec<String>,
}

/// A statement was chosen by its mark beside the text.
fn choose(state: State, document: Id, index: usize) {
    state.statement.set(Some(StatementRef { document, index }));
}

/// Brings the editor up to date with everything that it shows.
fn show(state: State, editor: &Editor, revealed: StoredValue<Option<Reveal>>) {
    let Some(id) = state.document.get() else { return };
    let opened = state.workspace.with(|now| {
        let Some(document) = now.document(id) else { return false };
        editor.open(id.0, &document.title(), &document.text);
        true
    });
    if !opened {
        return;
    }
    state.outcome.with(|outcome| {
        let problems: Vec<_> = outcome
            .problems
            .iter()
            .filter(|each| each.subject == Subject::Document(id))
            .map(|each| Underline {
                from: each.diagnostic.range.map_or(0, |range| range.start.offset),
                to: each.diagnostic.range.map_or(0, |range| range.end.offset),
                severity: &each.diagnostic.severity,
                message: &each.diagnostic.message,
                help: each.diagnostic.help.as_deref(),
                code: &each.diagnostic.code,
            })
            .collect();
        editor.underline(&problems);
        // While the text has errors, the marks of the last decision stay where the editor moved them.
        if outcome.stale {
            return;
        }
        let result = state.request.get().and_then(|request| outcome.decided.result(request));
        let selected = state.statement.get();
        let marks: Vec<_> = result
            .into_iter()
            .flat_map(|result| &result.statements)
            .filter(|each| outcome.decided.document(each) == Some(id))
            .map(|each| mark(each, selected == Some(StatementRef { document: id, index: each.index })))
            .collect();
        editor.mark(&marks);
    });
    let reveal = state.reveal.get();
    if let Some(range) = reveal.filter(|each| each.document == id && revealed.get_value() != Some(*each)) {
        editor.reveal(range.from, range.to, range.focus);
    }
    revealed.set_value(reveal);
}

fn mark(statement: &StatementResult, selected: bool) -> StatementMark {
    let name = statement.sid.clone().unwrap_or_else(|| format!("statement {}", statement.index + 1));
    let effect = &statement.effect;
    let (state, label, title) = match (statement.decisive, statement.applies) {
        (true, _) => {
            let label = if effect == "Deny" { "✕ Deny decides" } else { "✓ Allow decides" };
            ("decisive", Some(label.to_owned()), format!("{effect} {name}: decides"))
        }
        (_, true) => ("matched", None, format!("{effect} {name}: matches")),
        _ if statement.unknown => ("open", None, format!("{effect} {name}: depends on unknown keys")),
        _ => ("unmatched", None, format!("{effect} {name}: does not match")),
    };
    StatementMark {
        from: statement.range.start.offset,
        to: statement.range.end.offset,
        index: statement.index,
        effect: effect.clone(),
        state,
        selected,
        stale: false,
        label,
        title,
    }
}
