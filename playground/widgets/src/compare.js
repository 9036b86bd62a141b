// <admittance-compare>: the same requests under the policies before and after a change.
import { diffLines } from 'diff';
import { ContentError, documentsOf, readChildren, scenarioOf, valueOf } from './content.js';
import { h } from './dom.js';
import { AdmittanceElement, property } from './element.js';
import { evaluate } from './engine.js';
import { decisionWord } from './headline.js';
import { reason, words } from './words.js';

export class AdmittanceCompare extends AdmittanceElement {
  static observedAttributes = ['before', 'after', 'requests', 'policy-type'];
  static properties = ['beforePolicy', 'afterPolicy', 'requests'];

  #changes;

  /** For each request its decision before and after; undefined before there is one. */
  get changes() {
    return this.#changes;
  }

  render() {
    const children = readChildren(this);
    const type = this.getAttribute('policy-type') ?? 'identity';
    const of = (property, attribute) => this[property] ?? this.getAttribute(attribute) ?? undefined;
    const text = (given) => (typeof given === 'string' ? given : JSON.stringify(given, null, 2));
    const [first, second] = children.policies;
    // Every element has methods `before` and `after`, so the properties have longer names than the attributes.
    const [was, is] = [of('beforePolicy', 'before'), of('afterPolicy', 'after')];
    const before = was ? { text: text(was) } : first;
    const after = is ? { text: text(is) } : second;
    if (!before || !after) throw new ContentError('it holds no two policies: a code block with the policy before, and one with it after');
    const requests = [valueOf(of('requests', 'requests'), 'list of requests') ?? children.requests].flat();
    if (requests.length === 0) throw new ContentError('it holds no request: a description list with principal, action and resource');
    const decided = [before, after].map((policy) => {
      const scenario = scenarioOf([{ ...policy, type: policy.type ?? type }], requests);
      documentsOf(scenario);
      return evaluate(JSON.stringify(scenario)).results;
    });
    this.#changes = requests.map((request, index) => {
      const [first, second] = decided.map((results) => results[index]?.decision ?? 'Invalid');
      return { request, before: first, after: second, changed: first !== second };
    });
    const rows = this.#changes.map(({ request, before: was, after: is, changed }, index) =>
      h(
        'tr',
        { class: changed ? 'is-changed' : undefined },
        h('th', { scope: 'row' }, request.name ?? h('code', { dir: 'ltr' }, `${request.action} ${[request.resource ?? '*'].flat().join(' ')}`)),
        h('td', {}, decisionWord(was)),
        h('td', {}, decisionWord(is), h('span', { class: 'change' }, ` ${changed ? words.changed : words.unchanged}`)),
        h('td', { class: 'compare-reason', lang: 'en' }, decided[1][index] ? reason(decided[1][index].reason) : ''),
      ));
    this.show(
      h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': words.requests }, h(
        'table',
        { class: 'compare', part: 'changes' },
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, words.request), h('th', { scope: 'col' }, words.before), h('th', { scope: 'col' }, words.after), h('td'))),
        h('tbody', {}, rows),
      )),
      difference(before.text, after.text),
    );
    this.tell('changes', { changes: this.#changes });
  }
}

function difference(before, after) {
  const lines = diffLines(`${before}\n`, `${after}\n`).flatMap(({ value, added, removed }) =>
    value.replace(/\n$/, '').split('\n').map((line) => {
      const [sign, name, kind] = added ? ['+', 'is-added', 'ins'] : removed ? ['−', 'is-removed', 'del'] : [' ', '', 'span'];
      return h(kind, { class: `code-line ${name}` }, `${sign} ${line}\n`);
    }));
  return h('pre', { class: 'code difference', part: 'code', tabindex: '0', dir: 'ltr', role: 'group', 'aria-label': words.differences }, h('code', {}, lines));
}

for (const name of ['beforePolicy', 'afterPolicy', 'requests']) property(AdmittanceCompare, name);
