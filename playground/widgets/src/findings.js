// What is wrong with a policy, or could be better.
import { h } from './dom.js';
import { words } from './words.js';

const SEVERITIES = ['error', 'security-warning', 'warning', 'suggestion'];

/** Findings by place, with their number by severity; `light` is called with the range of one that was chosen. */
export function findingList(findings, skipped, light) {
  const counts = SEVERITIES.map((severity) => [severity, findings.filter((each) => each.severity === severity).length]);
  const head = counts.filter(([, count]) => count > 0).map(([severity, count]) =>
    h('span', { class: `severity is-${severity}` }, `${count} ${words.severities[severity]}`));
  return h(
    'div',
    { class: 'part', part: 'findings', role: 'group', 'aria-label': words.findings },
    h('div', { class: 'part-head' }, h('b', {}, words.findings), head.length > 0 ? head : words.noProblems),
    findings.length > 0 && h('ul', { class: 'findings', lang: 'en' }, findings.map((each) => item(each, light))),
    skipped > 0 && h('p', { class: 'skipped' }, `${words.skipped}: ${skipped}`),
  );
}

function item({ code, severity, message, help, range, fix }, light) {
  return h(
    'li',
    { class: `is-${severity}` },
    h('button', { type: 'button', class: 'text-button problem-place', onclick: () => light(range) }, `${range.start.line}:${range.start.column}`),
    h(
      'div',
      {},
      h('b', {}, words.severities[severity]),
      ` ${message} `,
      help && h('span', { class: 'problem-help' }, `(${help}) `),
      fix && h('span', { class: 'problem-help' }, `${words.fix}: ${fix.title}. `),
      h('code', { class: 'finding-code' }, code),
    ),
  );
}
