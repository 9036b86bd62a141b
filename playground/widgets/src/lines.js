// An explanation: gates, statements and elements as disclosures; a line lights the text it speaks of.
import { h } from './dom.js';
import { markIcon } from './icons.js';

/** `onLight` is called with the link of a line that was chosen. */
export function explanationLines(lines, onLight) {
  return h('ul', { class: 'lines' }, lines.map((line) => item(line, onLight)));
}

function item(line, onLight) {
  const below = line.children ?? [];
  const light = line.link?.range && (() => onLight(line.link));
  const mark = h('span', { class: 'line-mark' }, markIcon(line.mark));
  const name = `line is-${line.mark}`;
  if (below.length === 0) {
    const text = light ? h('button', { type: 'button', class: 'text-button', onclick: light }, line.text) : line.text;
    return h('li', { class: name }, h('div', { class: 'line-head' }, mark, h('span', { class: 'line-text' }, text)));
  }
  const summary = h('summary', { class: 'line-head', onclick: light }, mark, h('span', { class: 'line-text' }, line.text));
  return h('li', { class: name }, h('details', { open: opens(line) }, summary, explanationLines(below, onLight)));
}

/** What stands in the way, or is open, is shown at once. */
function opens(line) {
  return line.mark === 'fail' || line.mark === 'open';
}
