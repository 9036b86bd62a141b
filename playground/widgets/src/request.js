// A request: as a list to read, or as fields to change.
import { h } from './dom.js';
import { words } from './words.js';

const NAMES = { principal: () => words.principal, action: () => words.action, resource: () => words.resource };

/** The request's parts: `{ name, values, list, state }`, of which `state` is `absent` or `unknown`. */
function parts(request) {
  const { principal, action, resource, context = {}, unknown = [] } = request;
  const arn = typeof principal === 'object' && principal !== null ? principal.arn : principal;
  const fields = Object.entries({ principal: arn, action, resource })
    .filter(([name, value]) => value !== undefined || name !== 'resource')
    .map(([name, value]) => ({ field: name, name: NAMES[name](), values: [value ?? ''].flat() }));
  const keys = Object.entries(context).map(([name, value]) =>
    value === null
      ? { key: name, name, values: [], state: 'absent' }
      : { key: name, name, values: [value].flat().map(String), list: Array.isArray(value) });
  return [...fields, ...keys, ...unknown.map((name) => ({ key: name, name, values: [], state: 'unknown' }))];
}

/** To read. */
export function requestView(request) {
  const rows = parts(request).map(({ name, values, state }) => [
    h('dt', {}, name),
    h('dd', {}, state ? h('em', {}, words[state]) : values.map((value) => h('code', { dir: 'ltr' }, value))),
  ]);
  return h('dl', { class: 'request', part: 'request' }, rows);
}

/** To change: `onChange` gets the changed request. Several values stand one on a line. */
export function requestForm(request, onChange) {
  const changed = structuredClone(request);
  const rows = parts(request).map((part) => {
    const { name, values, list, state, field, key } = part;
    const put = (text) => {
      const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
      const many = list || (field === 'resource' && lines.length > 1);
      const value = many ? lines : lines.join('');
      if (key) changed.context[key] = value;
      else if (field === 'principal' && typeof changed.principal === 'object') changed.principal.arn = value;
      else changed[field] = value;
      onChange(structuredClone(changed));
    };
    const input = state
      ? h('em', {}, words[state])
      : h(list || field === 'resource' ? 'textarea' : 'input', {
          class: 'input',
          dir: 'ltr',
          spellcheck: 'false',
          autocapitalize: 'off',
          autocomplete: 'off',
          rows: list || field === 'resource' ? String(Math.max(1, values.length)) : undefined,
          value: values.join('\n'),
          oninput: ({ target }) => put(target.value),
        });
    return h('label', { class: 'field' }, h('span', {}, name), input);
  });
  return h('div', { class: 'request is-form', part: 'request' }, rows);
}
