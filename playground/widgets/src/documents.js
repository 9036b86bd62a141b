// The policy documents of a scenario, with what the decision says about their statements.
import { CodeEditor, codeView } from './code.js';
import { h } from './dom.js';
import { words } from './words.js';

/** More documents than this, and only those that matter are unfolded. */
const UNFOLDED = 2;

export class DocumentsView {
  #views;
  #element;
  #lit;
  #results = [];
  #problems = [];

  /** `onEdit` is called after a document changed; without it they are there to read. */
  constructor(documents, onEdit) {
    this.#views = documents.map((document) => this.#view(document, onEdit, documents.length <= UNFOLDED));
    this.#element = h('div', { class: 'documents' }, this.#views.map(({ details }) => details));
  }

  get element() {
    return this.#element;
  }

  /** Marks the documents with the statements and problems of a result. */
  update(statements, problems) {
    this.#results = statements;
    this.#problems = problems;
    this.#render();
  }

  /** Lights the text that a line speaks of. */
  light({ location, range }) {
    this.#lit = { location, range };
    this.#render();
    this.#element.querySelector('.is-lit')?.scrollIntoView({ block: 'nearest' });
  }

  #view(document, onEdit, open) {
    const title = titleOf(document);
    const editor = onEdit && new CodeEditor(document.text, title, (text) => {
      document.text = text;
      document.replace(text);
      this.#lit = undefined;
      onEdit();
    });
    const code = h('div', {}, editor?.element);
    const problems = h('div');
    const type = h('span', { class: 'document-type' }, words.policyTypes[document.type] ?? document.type);
    const summary = h('summary', {}, type, document.name ? ` ${document.name}` : '');
    const details = h('details', { class: 'document', part: 'document', open }, summary, code, problems);
    return { document, title, editor, code, problems, details };
  }

  #render() {
    for (const { document, title, editor, code, problems, details } of this.#views) {
      const { location } = document;
      const statements = this.#results.filter(({ policy }) => policy === location);
      const found = this.#problems.filter((problem) => problem.location === location && problem.range);
      const lit = this.#lit?.location === location ? this.#lit.range : undefined;
      const marks = { statements, problems: found, lit };
      // A text area that is replaced would lose the focus and its undo.
      if (editor) editor.show(marks);
      else code.replaceChildren(codeView(document.text, title, marks));
      problems.replaceChildren(...[problemList(found)].filter(Boolean));
      if (lit || found.length > 0 || statements.some(({ decisive }) => decisive)) details.open = true;
    }
  }
}

function titleOf({ type, name }) {
  return [words.policyTypes[type] ?? type, name].filter(Boolean).join(' ');
}

/** Diagnostics with their places. */
export function problemList(problems) {
  if (problems.length === 0) return undefined;
  return h(
    'ul',
    { class: 'problems', part: 'problems', lang: 'en' },
    problems.map(({ severity, message, help, range }) =>
      h('li', { class: `is-${severity}` }, range && h('span', { class: 'problem-place' }, `${range.start.line}:${range.start.column} `), h('b', {}, severity.replace('-', ' ')), ` ${message}`, help && h('span', { class: 'problem-help' }, ` (${help})`))),
  );
}
