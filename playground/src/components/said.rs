//! What the open document says: asked of the worker and drawn by `playground/analysis/said.js`, so that the program that
//! decides is no larger for it.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::analysis::{Client, json};
use crate::effect::effect;
use crate::state::{Reveal, State, StatementRef};
use crate::workspace::{Id, Workspace};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = AdmittanceSaid)]
    type Drawing;

    #[wasm_bindgen(constructor, js_class = "AdmittanceSaid", catch)]
    fn new(
        into: &HtmlElement,
        analysis: &Client,
        on_reveal: &Closure<dyn Fn(u32, u32, u32)>,
    ) -> Result<Drawing, JsValue>;

    #[wasm_bindgen(method)]
    fn show(this: &Drawing, panel: &str, question: &str, status: &str);
}

/// The policies, and the place of the open document among them.
#[derive(Serialize)]
struct Question<'a> {
    policies: String,
    location: &'a str,
}

/// Draws the panel with this name into an element whenever it has another one, or the policies change.
pub fn draw(state: State, into: NodeRef<Div>, panel: Memo<Option<&'static str>>) {
    let question = Memo::new(move |_| {
        panel.get()?;
        state.document.get().map(|document| state.workspace.with(|now| question(now, document)))
    });
    // It is called as long as the drawing lives.
    let drawing = StoredValue::new_local(None::<(Drawing, Closure<dyn Fn(u32, u32, u32)>)>);
    effect(move || {
        let Some(into) = into.get() else { return };
        let (Some(panel), Some(question)) = (panel.get(), question.get()) else { return };
        let status = state.analysis.status().code();
        if drawing.with_value(Option::is_none) {
            let Some(client) = state.analysis.client() else { return };
            let on_reveal = Closure::new(move |index: u32, from, to| reveal(state, index, from, to));
            drawing.set_value(Drawing::new(&into, &client, &on_reveal).ok().map(|new| (new, on_reveal)));
        }
        drawing.with_value(|drawing| {
            if let Some((drawing, _)) = drawing {
                drawing.show(panel, &question, status);
            }
        });
    });
}

/// Nothing for a document that is switched off.
fn question(now: &Workspace, document: Id) -> String {
    let placed = now.to_scenario();
    let at = placed.documents.iter().find(|(_, each)| *each == document);
    at.map(|(location, _)| json(&Question { policies: json(&placed.scenario.policies), location })).unwrap_or_default()
}

/// Shows a statement of the open document, and a range of its text.
fn reveal(state: State, index: u32, from: u32, to: u32) {
    let Some(document) = state.document.get_untracked() else { return };
    state.statement.set(Some(StatementRef { document, index: index as usize }));
    state.reveal_text(Reveal { document, from, to, focus: false });
}
