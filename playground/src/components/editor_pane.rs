//! The editor of the selected document, with what the engine says marked in the text.

use admittance::scenario::StatementResult;
use leptos::html::Div;
use leptos::prelude::*;

use super::part::part;
use super::tree::{Reading, use_reading};
use crate::analysis::use_analysis;
use crate::editor::{Editor, StatementMark, Underline};
use crate::effect::effect;
use crate::outcome::Subject;
use crate::state::{Fix, Reveal, State, StatementRef, use_state};
use crate::workspace::Id;

#[component]
pub fn EditorPane() -> impl IntoView {
    let state = use_state();
    let analysis = use_analysis();
    let reading = use_reading();
    let place = NodeRef::<Div>::new();
    let editor = StoredValue::new_local(None::<Editor>);
    let failed = RwSignal::new(false);
    let shown = StoredValue::new(Shown::default());
    effect(move || {
        let Some(place) = place.get() else { return };
        if editor.with_value(Option::is_none) {
            let mounted = analysis.client().and_then(|client| {
                Editor::mount(
                    &place,
                    move |id, text| edited(state, Id(id), text),
                    move |id, index| {
                        choose(state, Id(id), index as usize);
                    },
                    move |id, offset| explained(state, reading, Id(id), offset),
                    &client,
                )
            });
            failed.set(mounted.is_none());
            editor.set_value(mounted);
        }
        editor.with_value(|editor| {
            if let Some(editor) = editor {
                show(state, editor, shown);
            }
        });
    });
    effect(move || {
        if place.get().is_some() {
            editor.with_value(|editor| {
                if let Some(editor) = editor {
                    underline(state, editor);
                }
            });
        }
    });
    let repair = move |fix: &Fix| {
        editor.with_value(|editor| {
            if let Some(editor) = editor {
                editor.change(fix);
            }
        });
    };
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
            {part(move |parts| (parts.insights)(Callback::new(move |fix| repair(&fix))))}
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

/// Goes to the line of the explanation that speaks of the text at an offset.
fn explained(state: State, reading: Reading, document: Id, offset: u32) -> bool {
    let path = state.explained.with_untracked(|explained| {
        explained.as_ref().map(|explained| explained.path_to_text(document, offset)).unwrap_or_default()
    });
    if path.is_empty() {
        return false;
    }
    reading.show(&path);
    true
}

/// A statement was chosen by its mark beside the text.
fn choose(state: State, document: Id, index: usize) {
    state.statement.set(Some(StatementRef { document, index }));
}

/// What the editor was told last.
#[derive(Clone, Copy, Default)]
struct Shown {
    revealed: Option<(u32, Reveal)>,
    /// The request whose decision is marked in the text.
    request: Option<Id>,
}

/// Brings the editor up to date with everything that it shows.
fn show(state: State, editor: &Editor, shown: StoredValue<Shown>) {
    let Some(id) = state.document.get() else { return };
    let opened = state.workspace.with(|now| {
        let Some(document) = now.document(id) else { return false };
        editor.open(id.0, &document.title(), document.policy_type(), &document.text);
        true
    });
    if !opened {
        return;
    }
    let request = state.request.get();
    let before = shown.get_value();
    state.outcome.with(|outcome| {
        // While there are errors, the marks of the last decision stay where the editor moved them.
        if outcome.stale || (request == before.request && request.is_some_and(|request| outcome.is_stale(request))) {
            return;
        }
        let decided = &outcome.decided;
        let result = request.and_then(|request| decided.result(request));
        let selected = state.statement.get();
        let marks: Vec<_> = result
            .into_iter()
            .flat_map(|result| &result.statements)
            .filter(|each| decided.document(each) == Some(id))
            .map(|each| mark(each, selected == Some(StatementRef { document: id, index: each.index })))
            .collect();
        editor.mark(&marks);
    });
    let reveal = state.reveal.get();
    let wanted = reveal.filter(|each| each.1.document == id && before.revealed != Some(*each));
    if let Some((_, range)) = wanted {
        editor.reveal(range.from, range.to, range.focus);
    }
    shown.set_value(Shown { revealed: reveal, request });
}

/// Underlines what was found in the text, and what the engine has against it that the findings do not say.
fn underline(state: State, editor: &Editor) {
    let Some(id) = state.document.get() else { return };
    let findings = state.present_findings();
    if findings.is_none() && state.analysis.status().answers() {
        let checked = state.findings.with(|findings| findings.as_ref().is_some_and(|each| each.document == id));
        // While it is being checked again, what was found before stays where the editor moved it.
        if checked {
            return;
        }
    }
    let found = findings.as_ref().map(|findings| findings.found.as_slice()).unwrap_or_default();
    state.outcome.with(|outcome| {
        let problems = outcome.problems.iter().filter(|each| each.subject == Subject::Document(id));
        let problems = problems.map(|each| Underline {
            from: each.diagnostic.range.map_or(0, |range| range.start.offset),
            to: each.diagnostic.range.map_or(0, |range| range.end.offset),
            severity: &each.diagnostic.severity,
            message: &each.diagnostic.message,
            help: each.diagnostic.help.as_deref(),
            code: &each.diagnostic.code,
            fixes: &[],
        });
        let said = |problem: &Underline| {
            found
                .iter()
                .any(|each| (each.from, each.to) == (problem.from, problem.to) || each.message == problem.message)
        };
        let mut lines: Vec<_> = problems.filter(|problem| !said(problem)).collect();
        lines.extend(found.iter().map(|each| Underline {
            from: each.from,
            to: each.to,
            severity: &each.severity,
            message: &each.message,
            help: each.help.as_deref(),
            code: &each.code,
            fixes: &each.fixes,
        }));
        editor.underline(&lines);
    });
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
