//! The border to the editor module, which is JavaScript (see `playground/editor`).

use leptos::web_sys::HtmlElement;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::analysis::Client;
use crate::state::Fix;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = AdmittanceEditor)]
    type PolicyEditor;

    #[wasm_bindgen(constructor, js_class = "AdmittanceEditor", catch)]
    fn new(
        parent: &HtmlElement,
        on_change: &Closure<dyn Fn(u32, String)>,
        on_select: &Closure<dyn Fn(u32, u32)>,
        on_explain: &Closure<dyn Fn(u32, u32) -> bool>,
        analysis: &Client,
    ) -> Result<PolicyEditor, JsValue>;

    #[wasm_bindgen(method)]
    fn open(this: &PolicyEditor, document: u32, name: &str, policy_type: &str, text: &str);

    #[wasm_bindgen(method, js_name = showDiagnostics)]
    fn show_diagnostics(this: &PolicyEditor, json: &str);

    #[wasm_bindgen(method, js_name = showStatements)]
    fn show_statements(this: &PolicyEditor, json: &str);

    #[wasm_bindgen(method)]
    fn reveal(this: &PolicyEditor, from: u32, to: u32, focus: bool);

    #[wasm_bindgen(method)]
    fn change(this: &PolicyEditor, json: &str);

    #[wasm_bindgen(method)]
    fn run(this: &PolicyEditor, command: &str);

    #[wasm_bindgen(method)]
    fn destroy(this: &PolicyEditor);
}

/// An editor on the page. Dropping it takes it off.
pub struct Editor {
    editor: PolicyEditor,
    // The editor calls these as long as it lives.
    _on_change: Closure<dyn Fn(u32, String)>,
    _on_select: Closure<dyn Fn(u32, u32)>,
    _on_explain: Closure<dyn Fn(u32, u32) -> bool>,
}

/// A problem to underline.
#[derive(Serialize)]
pub struct Underline<'a> {
    pub from: u32,
    pub to: u32,
    pub severity: &'a str,
    pub message: &'a str,
    pub help: Option<&'a str>,
    pub code: &'a str,
    pub fixes: &'a [Fix],
}

/// A statement to mark.
#[derive(Serialize)]
pub struct StatementMark {
    pub from: u32,
    pub to: u32,
    pub index: usize,
    pub effect: String,
    pub state: &'static str,
    pub selected: bool,
    pub stale: bool,
    pub label: Option<String>,
    pub title: String,
}

impl Editor {
    /// Puts an editor into an element. Gives nothing when the module did not load.
    pub fn mount(
        parent: &HtmlElement,
        on_change: impl Fn(u32, String) + 'static,
        on_select: impl Fn(u32, u32) + 'static,
        on_explain: impl Fn(u32, u32) -> bool + 'static,
        analysis: &Client,
    ) -> Option<Self> {
        let on_change = Closure::<dyn Fn(u32, String)>::new(on_change);
        let on_select = Closure::<dyn Fn(u32, u32)>::new(on_select);
        let on_explain = Closure::<dyn Fn(u32, u32) -> bool>::new(on_explain);
        let editor = PolicyEditor::new(parent, &on_change, &on_select, &on_explain, analysis).ok()?;
        Some(Self { editor, _on_change: on_change, _on_select: on_select, _on_explain: on_explain })
    }

    pub fn open(&self, document: u32, name: &str, policy_type: &str, text: &str) {
        self.editor.open(document, name, policy_type, text);
    }

    pub fn underline(&self, problems: &[Underline]) {
        self.editor.show_diagnostics(&json(problems));
    }

    pub fn mark(&self, statements: &[StatementMark]) {
        self.editor.show_statements(&json(statements));
    }

    /// Makes the changes of a fix.
    pub fn change(&self, fix: &Fix) {
        self.editor.change(&json(&fix.changes));
    }

    /// Formats, searches, folds.
    pub fn run(&self, command: &str) {
        self.editor.run(command);
    }

    pub fn reveal(&self, from: u32, to: u32, focus: bool) {
        self.editor.reveal(from, to, focus);
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.editor.destroy();
    }
}

fn json<T: Serialize>(list: &[T]) -> String {
    // Strings and numbers always have a JSON form.
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}
