// <admittance-compare>: the same requests under the policies before and after a change.
import { diffLines } from 'diff';
import { indented } from './code.js';
import { scenarioOf } from './content.js';
import { h } from './dom.js';
import { problemList } from './documents.js';
import { AdmittanceElement, property } from './element.js';
import { comparisonIn } from './elements.js';
import { evaluate } from './engine.js';
import { decisionWord } from './headline.js';
import { reason, words } from './words.js';

export class AdmittanceCompare extends AdmittanceElement {
  static observedAttributes = ['before', 'after', 'requests', 'policy-type', 'playground'];
  static properties = ['beforePolicy', 'afterPolicy', 'requests', 'playground'];

  #changes;

  /** For each request its decision before and after; undefined before there is one. */
  get changes() {
    return this.#changes;
  }

  render() {
    const compared = comparisonIn(this);
    const { before, after, others, requests } = compared;
    const [was, is] = [before, after].map((policy) => evaluate(JSON.stringify(scenarioOf([policy, ...others], requests))));
    const decided = [was.results, is.results];
    this.#changes = requests.map((request, index) => {
      const [first, second] = decided.map((results) => results[index]?.decision ?? 'Invalid');
      return { request, before: first, after: second, changed: first !== second };
    });
    const rows = this.#changes.map(({ request, before: first, after: second, changed }, index) =>
      h(
        'tr',
        { role: 'row', class: changed ? 'is-changed' : undefined },
        h('th', { role: 'rowheader', scope: 'row' }, request.name ?? lines(request.action, request.resource)),
        h('td', { role: 'cell', 'data-side': words.before }, decisionWord(first)),
        h(
          'td',
          { role: 'cell', 'data-side': words.after },
          decisionWord(second),
          ' ',
          h('span', { class: 'change' }, changed ? words.changed : words.unchanged),
          decided[1][index] && h('p', { class: 'compare-reason', lang: 'en' }, reason(decided[1][index].reason)),
        ),
      ));
    const head = [words.request, words.before, words.after].map((each) => h('th', { role: 'columnheader', scope: 'col' }, each));
    // Its roles are written out, since it is laid out as no table where there is little room.
    this.show(
      h(
        'table',
        { role: 'table', class: 'compare', part: 'changes', 'aria-label': words.requests },
        h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, head)),
        h('tbody', { role: 'rowgroup' }, rows),
      ),
      problemsOf(was.diagnostics, is.diagnostics),
      difference(before.text, after.text),
      this.footer(() => shared(compared)),
    );
    this.tell('changes', { changes: this.#changes });
  }
}

/** Texts in code, one below the other. */
function lines(...texts) {
  return texts.flat().map((text) => text !== undefined && h('code', { dir: 'ltr' }, text));
}

/** Why nothing is decided: what is wrong with the requests, and with the policies of each side. */
function problemsOf(was, is) {
  const errors = (diagnostics, ofPolicies) =>
    diagnostics.filter(({ severity, location }) => severity === 'error' && location.startsWith('policies.') === ofPolicies);
  return [[words.requests, errors(was, false)], [words.before, errors(was, true)], [words.after, errors(is, true)]].map(([name, found]) =>
    found.length > 0 && h('div', { class: 'part', part: 'problems' }, h('b', {}, name), problemList(found)));
}

/**
 * What the playground is to open: the requests under the policy after, and next to it the one before, switched off. Of
 * most types a request can have only one policy; then the one before stays behind.
 */
function shared({ before, after, others, requests }) {
  const lists = ['identity', 'resource'];
  if (before.type !== after.type || !lists.includes(after.type)) return { scenario: scenarioOf([after, ...others], requests), request: 0 };
  const named = (policy, name) => ({ ...policy, name: policy.name ?? name });
  const all = [named(after, words.after), named(before, words.before), ...others];
  // In the order of the playground's places.
  const placed = lists.flatMap((type) => all.filter((each) => (each.type ?? 'identity') === type));
  return { scenario: scenarioOf([...new Set([...placed, ...all])], requests), request: 0, off: [placed.indexOf(all[1])] };
}

function difference(before, after) {
  const lines = diffLines(`${before}\n`, `${after}\n`).flatMap(({ value, added, removed }) =>
    value.replace(/\n$/, '').split('\n').map((line) => {
      const [sign, name, kind] = added ? ['+', 'is-added', 'ins'] : removed ? ['−', 'is-removed', 'del'] : [' ', '', 'span'];
      return indented(h(kind, { class: `code-line ${name}` }, `${sign} ${line}\n`), `  ${line}`);
    }));
  return h('pre', { class: 'code difference', part: 'code', tabindex: '0', dir: 'ltr', role: 'group', 'aria-label': words.differences }, h('code', {}, lines));
}

for (const name of ['beforePolicy', 'afterPolicy', 'requests']) property(AdmittanceCompare, name);
