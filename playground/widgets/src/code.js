// A policy's text: colored, with the statements marked, and editable where the widget is.
import { h } from './dom.js';
import { words } from './words.js';

const TOKENS = /("(?:[^"\\\n]|\\.)*"?)(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)\b|[\s\S]/g;

/** Pieces of JSON text: `{ text, kind }`. Anything is accepted; what is no token is plain. */
function* tokens(text) {
  let plain = '';
  for (const match of text.matchAll(TOKENS)) {
    const [all, string, colon, literal] = match;
    if (string === undefined && literal === undefined) {
      plain += all;
      continue;
    }
    if (plain) yield { text: plain };
    plain = colon ?? '';
    if (string === undefined) yield { text: literal, kind: 'literal' };
    else yield { text: string, kind: colon === undefined ? 'string' : 'key' };
  }
  if (plain) yield { text: plain };
}

/**
 * The lines of a document as elements.
 *
 * `statements` are those of the result on this document; `lit` is a range that something speaks of;
 * `problems`, objects with a `range` and a `severity`, are underlined where they are within a line.
 * `editable` says that labels lie over the lines, and so where most room is.
 */
export function codeLines(text, { statements = [], lit, problems = [], editable = false } = {}) {
  const underlined = problems.filter(({ range }) => range.start.line === range.end.line);
  const cuts = new Set();
  for (const range of [lit, ...underlined.map((each) => each.range)].filter(Boolean)) {
    cuts.add(range.start.offset).add(range.end.offset);
  }
  const lines = [[]];
  let offset = 0;
  const put = (piece, kind) => {
    for (const [index, part] of piece.split('\n').entries()) {
      if (index > 0) {
        offset += 1;
        lines.push([]);
      }
      if (part) lines.at(-1).push({ text: part, kind, from: offset });
      offset += part.length;
    }
  };
  for (const { text: piece, kind } of tokens(text)) {
    let rest = piece;
    while (rest) {
      const at = offset;
      const next = Math.min(...[...cuts].filter((cut) => cut > at && cut < at + rest.length));
      const length = Number.isFinite(next) ? next - at : rest.length;
      put(rest.slice(0, length), kind);
      rest = rest.slice(length);
    }
  }
  return lines.map((parts, index) => {
    const statement = statements.find(({ range }) => range.start.line <= index + 1 && index + 1 <= range.end.line);
    const spans = parts.map(({ text: part, kind, from }) => {
      const problem = underlined.find(({ range }) => inside(from, range));
      const classes = [kind && `tok-${kind}`, inside(from, lit) && 'is-lit', problem && `is-problem is-${problem.severity}`];
      const name = classes.filter(Boolean).join(' ');
      return name ? h('span', { class: name }, part) : part;
    });
    const labelled = statement && index === (editable ? shortest(lines, statement.range) : statement.range.start.line - 1);
    const shown = h('span', { class: `code-line ${statement ? classOf(statement) : ''}` }, spans, labelled ? label(statement) : undefined, '\n');
    return indented(shown, parts[0]?.text);
  });
}

/** Says how far a line begins from the left, so that what does not fit into it goes on behind that. */
export function indented(line, text = '') {
  line.style.setProperty('--indent', `${text.length - text.trimStart().length + 2}ch`);
  return line;
}

function inside(offset, range) {
  return range !== undefined && range.start.offset <= offset && offset < range.end.offset;
}

/** The first of the range's shortest lines, which in most documents is that of its first brace. */
function shortest(lines, { start, end }) {
  const lengths = lines.slice(start.line - 1, end.line).map((parts) => parts.reduce((sum, { text }) => sum + text.length, 0));
  return start.line - 1 + lengths.indexOf(Math.min(...lengths));
}

function classOf({ applies, decisive, unknown, effect }) {
  const state = decisive ? 'is-decisive' : applies ? 'is-matched' : unknown ? 'is-open' : 'is-unmatched';
  return `${state} is-${effect.toLowerCase()}`;
}

/** Words at a statement that decides or applies: color is never the only sign. */
function label({ applies, decisive, effect }) {
  if (!decisive && !applies) return undefined;
  const sign = effect === 'Deny' ? '✕' : '✓';
  const said = h('span', { class: 'code-label-words' }, ` ${effect} ${decisive ? words.decides : words.matches}`);
  return h('span', { class: 'code-label' }, sign, said);
}

/** A document to read. */
export function codeView(text, name, marks) {
  return h('pre', { class: 'code', part: 'code', tabindex: '0', dir: 'ltr', role: 'group', 'aria-label': name }, h('code', {}, codeLines(text, marks)));
}

/** A document to edit: a text area over the same colored lines. */
export class CodeEditor {
  constructor(text, name, onInput) {
    this.lines = h('code', {});
    this.area = h('textarea', {
      class: 'code-area',
      'aria-label': name,
      spellcheck: 'false',
      autocapitalize: 'off',
      autocomplete: 'off',
      value: text,
      oninput: () => {
        this.show({});
        onInput(this.area.value);
      },
    });
    this.element = h('div', { class: 'code is-editable', part: 'code', dir: 'ltr' }, h('pre', { 'aria-hidden': 'true' }, this.lines), this.area);
    this.show({});
  }

  /** Colors the present text anew. The text area keeps its caret. */
  show(marks) {
    this.lines.replaceChildren(...codeLines(this.area.value, { ...marks, editable: true }));
  }
}
