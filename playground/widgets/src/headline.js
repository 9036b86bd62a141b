// The decision in large, with its one-sentence reason.
import { h } from './dom.js';
import { decisionIcon } from './icons.js';
import { reason, words } from './words.js';

const CLASSES = { Allow: 'is-allow', ExplicitDeny: 'is-deny', Depends: 'is-depends', Invalid: 'is-empty' };

/** The suffix of the classes of a decision. */
export function decisionClass(decision) {
  return CLASSES[decision] ?? 'is-none';
}

/** A decision as one word with its picture. */
export function decisionWord(decision) {
  return h('span', { class: `decided ${decisionClass(decision)}` }, decisionIcon(decision), ' ', words.decisions[decision] ?? decision);
}

/** `result` is that of a request; undefined when nothing is decided. */
export function headline(result, stated) {
  const decision = result?.decision ?? 'Invalid';
  const missed = result && stated && stated !== decision;
  return h(
    'div',
    { class: `decision ${result ? decisionClass(decision) : 'is-empty'}`, part: 'decision', 'data-decision': decision },
    h(
      'div',
      { class: 'decision-head' },
      decisionIcon(decision),
      h(
        'div',
        {},
        h('p', { class: 'decision-word', part: 'decision-word' }, words.decisions[decision]),
        result && h('p', { class: 'decision-reason', lang: 'en' }, reason(result.reason)),
        missed && h('p', { class: 'mismatch' }, `${words.stated}: ${words.decisions[stated] ?? stated}`),
      ),
    ),
  );
}
