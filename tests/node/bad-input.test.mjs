// Whatever text or data comes in, the answer is a result with diagnostics: no exception, no trap,
// no hang, no polluted prototype, and never a decision on input that was not understood.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { evaluate, require } from './helpers/package.mjs';
import { policy, scenario } from './helpers/scenarios.mjs';

const ajv = new Ajv({ strict: false });
const isScenario = ajv.compile(require('admittance/schema'));
const SEVERITIES = ['error', 'security-warning', 'warning', 'suggestion'];

const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
const before = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);
after(() => {
  assert.deepEqual(prototypes.map((prototype) => Reflect.ownKeys(prototype).length), before);
  assert.equal({}.polluted, undefined);
});

/** Evaluates, and holds the result against what is promised of every result. */
function checked(input) {
  const started = performance.now();
  const result = evaluate(input);
  assert.ok(performance.now() - started < 5_000, 'takes too long');
  assert.deepEqual(Object.keys(result), ['valid', 'diagnostics', 'results']);
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  assert.equal(result.valid, errors.length === 0, JSON.stringify(result.diagnostics));
  // An error of a request leaves that request undecided, any other error all of them.
  const errorsAt = new Map();
  for (const error of errors) {
    const index = /^requests\[(\d+)\]/.exec(error.location)?.[1] ?? 'elsewhere';
    if (!errorsAt.has(index)) errorsAt.set(index, []);
    errorsAt.get(index).push(error);
  }
  if (errorsAt.has('elsewhere')) assert.deepEqual(result.results, []);
  for (const [index, { decision, diagnostics }] of result.results.entries()) {
    const own = errorsAt.get(String(index)) ?? [];
    assert.equal(decision === 'Invalid', own.length > 0);
    assert.deepEqual(diagnostics ?? [], own);
  }
  for (const { location, code, severity, message, help, range } of result.diagnostics) {
    assert.equal(typeof location, 'string');
    assert.match(code, /^[A-Z][A-Z0-9_]*$/);
    assert.ok(SEVERITIES.includes(severity), severity);
    assert.ok(message.length > 0);
    assert.notEqual(help, '');
    if (range !== undefined) {
      assert.ok(range.start.offset <= range.end.offset, JSON.stringify(range));
      // In a policy document the range counts in another text.
      if (location === '' && typeof input === 'string') assertIn(input, range);
    }
  }
  return result;
}

/** Line, column and offset of a range say the same, and lie in the text. */
function assertIn(text, range) {
  for (const { line, column, offset } of [range.start, range.end]) {
    assert.ok(offset <= text.length, `${offset} in a text of ${text.length}`);
    const lines = text.slice(0, offset).split('\n');
    assert.deepEqual({ line, column }, { line: lines.length, column: lines.at(-1).length + 1 });
  }
}

function refused(input) {
  const result = checked(input);
  assert.equal(result.valid, false, 'is taken as valid');
  return result;
}

const whole = JSON.stringify(
  {
    ...scenario({
      name: 'read 😀 é',
      resource: ['arn:aws:s3:::bucket/a', 'arn:aws:s3:::bucket/b'],
      resourceAccount: '111122223333',
      context: { 'aws:username': 'ana', 'aws:TagKeys': ['a', 1, true], 'aws:SourceIp': null },
      expect: { decision: 'Allow', decidedBy: 'identity', statement: 'Read' },
    }),
    rules: ['D-20'],
  },
  null,
  1,
);
const good = JSON.parse(whole);

test('the scenario that the tables start from is valid', () => {
  assert.deepEqual(checked(whole).diagnostics, []);
});

test('a request with an error leaves the others decided', () => {
  const [request] = good.requests;
  const wrong = [
    { ...request, principal: 'nobody' },
    { ...request, principal: undefined },
    { ...request, action: 's3:*' },
    { ...request, context: [] },
    { ...request, contxt: {} },
    { ...request, expect: { decision: 'Alow' } },
  ];
  for (const bad of wrong) {
    const { valid, diagnostics, results } = checked(JSON.stringify({ ...good, requests: [request, bad, request] }));
    assert.equal(valid, false);
    assert.deepEqual(results.map(({ decision }) => decision), ['Allow', 'Invalid', 'Allow']);
    assert.deepEqual(results[0], results[2]);
    const { reason, decidedBy, statements, gates, passed } = results[1];
    assert.equal(reason, `Not decided: ${diagnostics[0].message}.`);
    assert.deepEqual([decidedBy, statements, gates], ['', [], []]);
    assert.equal(passed, bad === wrong[5] ? passed : false);
  }
  const expected = { ...wrong[0], expect: { decision: 'Invalid' } };
  assert.equal(checked({ ...good, requests: [request, expected] }).results[1].passed, true);
  // A document with an error leaves all of them undecided.
  assert.deepEqual(checked({ policies: { identity: ['{'] }, requests: [request, wrong[0]] }).results, []);
});

test('a text cut off anywhere', () => {
  for (let length = 0; length < whole.length; length++) {
    assert.ok(refused(whole.slice(0, length)).diagnostics.length > 0, `${length}`);
  }
});

test('a text with one character removed or replaced', () => {
  for (let at = 0; at < whole.length; at++) {
    checked(whole.slice(0, at) + whole.slice(at + 1));
    for (const character of ['\0', '"', '\\', '{', ']', ',', '\ud800', '\u2028']) {
      checked(whole.slice(0, at) + character + whole.slice(at + 1));
    }
  }
});

/** Every place in a value, as a list of keys. */
function* places(value, path = []) {
  yield path;
  if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) yield* places(value[key], [...path, key]);
  }
}

function replaced(value, [key, ...rest], change) {
  if (key === undefined) return change(value);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = replaced(value[key], rest, change);
  return copy;
}

const wrong = [null, true, 0, -1.5, 1e308, '', 'x', [], {}, [null], [[]], { x: 1 }, ['x'], [{}]];
for (const path of places(good)) {
  const place = path.join('.') || 'the scenario';
  test(`wrong types: ${place}`, () => {
    for (const value of wrong) {
      const changed = replaced(good, path, () => value);
      const understood = isScenario(changed);
      // The same way, as text; an object other than a scenario is not taken at all.
      const { valid } = checked(JSON.stringify(changed));
      if (!understood) assert.equal(valid, false, `${JSON.stringify(value)} is taken as valid`);
    }
  });
}

test('an unknown property, in every object of the format', () => {
  for (const path of places(good)) {
    for (const name of ['unknown', 'Requests', ' ', '', '__proto__', 'constructor', 'toString']) {
      const changed = replaced(good, path, (value) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
        const copy = { ...value };
        Object.defineProperty(copy, name, { value: { polluted: true }, enumerable: true, configurable: true, writable: true });
        return copy;
      });
      const { valid } = checked(JSON.stringify(changed));
      if (!isScenario(changed)) assert.equal(valid, false, `${path.join('.')}: ${JSON.stringify(name)}`);
    }
  }
});

test('a property given twice, in every object of the format', () => {
  for (const key of ['policies', 'requests', 'identity', 'Version', 'Statement', 'Effect', 'action', 'aws:username', 'decision']) {
    const twice = whole.replace(`"${key}":`, `"${key}": null, "${key}":`);
    assert.notEqual(twice, whole);
    assert.equal(checked(twice).valid, false, key);
  }
});

const deep = (open, close, depth) => open.repeat(depth) + close.repeat(depth);
const texts = {
  nothing: '',
  blanks: ' \n\t ',
  'a byte order mark alone': '\ufeff',
  'null bytes': '\0\0\0',
  'not JSON': 'Effect: Allow',
  XML: '<Policy/>',
  'JSON with comments': `/* a */ ${JSON.stringify(scenario())} // b`,
  'JSON with a trailing comma': '{"policies": {}, "requests": [],}',
  'JSON in single quotes': "{'policies': {}, 'requests': []}",
  'names without quotes': '{policies: {}, requests: []}',
  'two values': '{"policies": {}, "requests": []} {}',
  'a scalar': '42',
  'a text in JSON': JSON.stringify(JSON.stringify(scenario())),
  NaN: '{"policies": {}, "requests": [NaN]}',
  Infinity: '{"policies": {}, "requests": [-Infinity]}',
  hexadecimal: '{"policies": {}, "requests": [0x10]}',
  'a leading zero': '{"policies": {}, "requests": [01]}',
  'a raw line break in a text': '{"name": "a\nb", "policies": {}, "requests": []}',
  'a bad escape': '{"name": "\\x41", "policies": {}, "requests": []}',
  'half an escape': '{"name": "\\u00',
  'a lone surrogate': '{"name": "\ud800", "policies": {}, "requests": []}',
  'a lone low surrogate': '{"name": "\udc00", "policies": {}, "requests": []}',
  'swapped surrogates': '{"name": "\udc00\ud800", "policies": {}, "requests": []}',
  'an escaped lone surrogate': '{"name": "\\ud800", "policies": {}, "requests": []}',
  '100,000 open lists': '['.repeat(100_000),
  '100,000 open objects': '{"a":'.repeat(100_000),
  '100,000 nested lists': deep('[', ']', 100_000),
  '100,000 nested objects': `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  'nested lists in the requests': `{"policies": {}, "requests": ${deep('[', ']', 10_000)}}`,
  'nested objects in a context': JSON.stringify(scenario()).replace('"action"', `"context": {"a": ${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}, "action"`),
  'a nested document': JSON.stringify(scenario({ document: '{"Statement":'.repeat(50_000) })),
  'five megabytes of nothing': '{"policies": {}, "requests": [], '.padEnd(5_000_000),
  'five megabytes of quotes': '"'.repeat(5_000_000),
  'five megabytes of commas': `[${','.repeat(5_000_000)}]`,
};
for (const [name, text] of Object.entries(texts)) {
  test(`a text: ${name}`, () => assert.ok(refused(text).diagnostics.length > 0));
}

// As many problems as fit: reporting them takes time in proportion.
const many = {
  'control characters in a text': (count) => `"${'\x01'.repeat(count)}"`,
  'the same name again': (count) => `{${'"x":1,'.repeat(count)}"x":1}`,
  'unknown names': (count) => `{${Array.from({ length: count }, (_, index) => `"x${index}":1`)}}`,
  'wrong requests': (count) => `{"policies": {}, "requests": [${'1,'.repeat(count)}1]}`,
  'wrong context values': (count) => JSON.stringify(scenario({ context: { a: Array(count).fill({}) } })),
  'wrong statements': (count) => JSON.stringify(scenario({ document: { ...policy, Statement: Array(count).fill(1) } })),
  'wrong actions': (count) => JSON.stringify(scenario({ document: { Statement: { Effect: 'Allow', Action: Array(count).fill(1), Resource: '*' } } })),
};
for (const [name, text] of Object.entries(many)) {
  test(`many problems: ${name}`, () => {
    const started = performance.now();
    refused(text(10_000));
    assert.ok(performance.now() - started < 1_000, `${performance.now() - started} ms`);
  });
}

const taken = {
  'a long name': { ...scenario(), name: 'x'.repeat(5_000_000) },
  'astral characters everywhere': scenario({ name: '😀', action: '😀:😀', resource: '😀', context: { '😀': '😀' } }),
  'a huge number': scenario({ context: { 'aws:MultiFactorAuthAge': 1e308 } }),
  'a tiny number': scenario({ context: { 'aws:MultiFactorAuthAge': 5e-324 } }),
  'negative zero': scenario({ context: { 'aws:MultiFactorAuthAge': -0 } }),
  'a context key named __proto__': scenario({ context: JSON.parse('{"__proto__": "x", "constructor": "y"}') }),
  '1,000 requests': { ...scenario(), requests: Array(1_000).fill(scenario().requests[0]) },
  'a long text of stars': scenario({
    document: { ...policy, Statement: { Effect: 'Allow', Action: '*', Resource: `${'*a'.repeat(30)}*b` } },
    resource: 'a'.repeat(4_096),
  }),
};
for (const [name, value] of Object.entries(taken)) {
  test(`data: ${name}`, () => {
    checked(value);
    checked(JSON.stringify(value));
  });
}

test('a number with a million digits', () => {
  checked(JSON.stringify(scenario({ context: { a: 'number' } })).replace('"number"', '9'.repeat(1_000_000)));
});

test('a lone surrogate in a policy would match what it does not name, so it is refused', () => {
  const document = JSON.stringify(policy).replace('bucket/*', 'bucket/\ud800');
  const resource = 'arn:aws:s3:::bucket/\ufffd';
  // As text, and as an object: JSON.stringify writes the half as an escape.
  refused(JSON.stringify(scenario({ resource })).replace('bucket/*', 'bucket/\ud800'));
  refused(scenario({ document, resource }));
  refused(scenario({ document: JSON.parse(document), resource }));
});

test('the place of a lone surrogate is counted as JavaScript counts', () => {
  const text = '{\n "name": "é😀\ud83d",\n "policies": {}, "requests": [] }';
  const { code, range } = refused(text).diagnostics[0];
  assert.equal(code, 'LONE_SURROGATE');
  assert.equal(range.start.offset, text.indexOf('\ud83d"'));
  assert.deepEqual(range, {
    start: { line: 2, column: 14, offset: 15 },
    end: { line: 2, column: 15, offset: 16 },
  });
});
