import { EditorState, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { setDiagnostics } from "@codemirror/lint";
import { extensions, nameCompartment } from "./extensions.js";
import { commands } from "./commands.js";
import { toLint } from "./diagnostics.js";
import { setStatements } from "./statements.js";
import { setRevealed } from "./revealed.js";

/**
 * One editor that shows one document of many. Each document keeps its own state, so undo,
 * selection and folds survive switching to another document and back.
 */
export class PolicyEditor {
  #view;
  #states = new Map();
  #scroll = new Map();
  #current = null;
  #onChange;
  #onSelect;
  #onExplain;
  #analysis;
  #policyType = "";

  /**
   * @param {HTMLElement} parent
   * @param {(document: number, text: string) => void} onChange called for edits by the user
   * @param {(document: number, statement: number) => void} onSelect called when a statement's
   *   mark in the gutter is chosen
   * @param {(document: number, offset: number) => boolean} onExplain goes to the explanation of what stands at an
   *   offset, if there is one
   * @param {{ ask: (question: string, input: string) => Promise<string> }} analysis
   */
  constructor(parent, onChange, onSelect, onExplain, analysis) {
    this.#onChange = onChange;
    this.#onSelect = onSelect;
    this.#onExplain = onExplain;
    this.#analysis = analysis;
    this.#view = new EditorView({ parent, state: this.#create("", "") });
  }

  /** Shows a document. Text that differs from what the editor holds replaces it, undoably. */
  open(document, name, policyType, text) {
    this.#policyType = policyType;
    if (document !== this.#current) {
      this.#keep();
      this.#current = document;
      const known = this.#states.get(document);
      this.#view.setState(known ?? this.#create(name, text));
      const scroll = this.#scroll.get(document);
      if (scroll) this.#view.dispatch({ effects: scroll });
    }
    this.#rename(name);
    const { doc } = this.#view.state;
    if (doc.length !== text.length || doc.toString() !== text) {
      this.#view.dispatch({
        changes: { from: 0, to: doc.length, insert: text },
        annotations: Transaction.remote.of(true),
      });
    }
  }

  /** Underlines the problems of the shown document. `json`: a list of diagnostics. */
  showDiagnostics(json) {
    const { state } = this.#view;
    const diagnostics = JSON.parse(json).map((each) => toLint(each, state.doc));
    this.#view.dispatch(setDiagnostics(state, diagnostics));
  }

  /** Marks the statements of the shown document. `json`: a list of statements, see statements.js. */
  showStatements(json) {
    this.#view.dispatch({ effects: setStatements.of(JSON.parse(json)) });
  }

  /** Scrolls a range into view and marks it until the next one. Moves the focus only if asked. */
  reveal(from, to, focus) {
    const { length } = this.#view.state.doc;
    const start = Math.min(from, length);
    const range = { from: start, to: Math.max(start, Math.min(to, length)) };
    this.#view.dispatch({
      selection: focus ? { anchor: range.from, head: range.to } : undefined,
      effects: [
        setRevealed.of(range),
        EditorView.scrollIntoView(range.from, { y: "center" }),
      ],
    });
    if (focus) this.#view.focus();
  }

  /** Changes the shown document, undoably. `json`: a list of `{ from, to, insert }`. */
  change(json) {
    this.#view.focus();
    this.#view.dispatch({ changes: JSON.parse(json), userEvent: "input.fix" });
  }

  /** Formats, searches, folds: see commands.js. */
  run(command) {
    this.#view.focus();
    commands[command]?.(this.#view);
  }

  /** Takes the editor off the page. */
  destroy() {
    this.#view.destroy();
    this.#states.clear();
    this.#scroll.clear();
  }

  #create(name, text) {
    return EditorState.create({
      doc: text,
      extensions: extensions({
        name,
        onUpdate: (update) => this.#updated(update),
        onSelect: (statement) => {
          if (this.#current !== null) this.#onSelect(this.#current, statement);
        },
        onExplain: (view) => this.#current !== null && this.#onExplain(this.#current, view.state.selection.main.head),
        ask: (question, place) => this.#ask(question, place),
      }),
    });
  }

  /** What the engine knows of a place of the shown document. */
  async #ask(question, place) {
    return JSON.parse(await this.#analysis.ask(question, JSON.stringify({ ...place, policyType: this.#policyType })));
  }

  #keep() {
    if (this.#current === null) return;
    this.#states.set(this.#current, this.#view.state);
    this.#scroll.set(this.#current, this.#view.scrollSnapshot());
  }

  #rename(name) {
    const attributes = nameCompartment.get(this.#view.state);
    if (attributes?.policyName === name) return;
    this.#view.dispatch({ effects: nameCompartment.reconfigure(nameCompartment.named(name)) });
  }

  #updated(update) {
    if (!update.docChanged || this.#current === null) return;
    const ours = update.transactions.every((each) => each.annotation(Transaction.remote));
    if (!ours) this.#onChange(this.#current, update.state.doc.toString());
  }
}
