// What a policy says: a sentence for each statement, and with the catalog a table of services.
import { h } from './dom.js';
import { markIcon } from './icons.js';
import { words } from './words.js';

/** `summary` is that of one document; `light` is called with the range of a sentence that was chosen. */
export function summaryView(summary, light) {
  if (!summary) return undefined;
  const { about, sentences, table } = summary;
  return h(
    'div',
    { class: 'part', part: 'summary', role: 'group', 'aria-label': words.says },
    h('div', { class: 'part-head' }, h('b', {}, words.says)),
    about && h('p', { class: 'about', lang: 'en' }, about),
    h('ul', { class: 'sentences', lang: 'en' }, sentences.map((each) => sentence(each, light))),
    table && [tableView(words.allowed, table.allow), tableView(words.denied, table.deny)],
  );
}

function sentence({ effect, text, range, notes = [] }, light) {
  const mark = effect === 'Allow' ? 'pass' : 'fail';
  return h(
    'li',
    { class: `line is-${mark}` },
    h(
      'div',
      { class: 'line-head' },
      h('span', { class: 'line-mark' }, markIcon(mark)),
      h(
        'span',
        { class: 'line-text' },
        h('button', { type: 'button', class: 'text-button', onclick: () => light(range) }, text),
        notes.map((note) => h('span', { class: 'note' }, ` ${note}`)),
      ),
    ),
  );
}

/** As the IAM console shows it: a row for each service. */
function tableView(title, rows) {
  if (rows.length === 0) return undefined;
  const head = [title, words.access, words.resource, words.conditions];
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': title },
    h(
      'table',
      { class: 'services', part: 'services' },
      h('thead', {}, h('tr', {}, head.map((each) => h('th', { scope: 'col' }, each)))),
      h('tbody', { lang: 'en' }, rows.map(row)),
    ),
  );
}

function row({ name, access, levels, resource, resources, condition, conditions, warnings = [] }) {
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, name),
    h('td', {}, access, levels.map(counted), warnings.map((each) => h('span', { class: 'note is-warning' }, each))),
    h('td', {}, cell(resource, resources)),
    h('td', {}, cell(condition, conditions)),
  );
}

/** How much of an access level is covered, where it is a part of it. */
function counted({ level, covered, total }) {
  return covered > 0 && covered < total && h('span', { class: 'note' }, `${covered}/${total} ${level}`);
}

/** One value by itself; several as a list that unfolds. */
function cell(text, values) {
  if (values.length < 2) return text;
  return h('details', {}, h('summary', {}, text), h('ul', {}, values.map((each) => h('li', {}, h('code', {}, each)))));
}
