// A mistake of the calling program throws a TypeError that names the argument and has a code.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import { admittance, evaluate, inline } from './helpers/package.mjs';
import { scenario } from './helpers/scenarios.mjs';

const throwing = (key) => ({
  get [key]() {
    throw new Error('getter says no');
  },
});
const cyclic = scenario();
cyclic.requests[0].self = cyclic;
const inContext = (value) => scenario({ context: { 'aws:username': value } });
const hostile = new Proxy({}, { get: () => { throw new Error('trap says no'); } });

const expected = 'evaluate(scenario): expected a scenario object or its JSON text, got';
const scenarios = [
  [undefined, `${expected} undefined`],
  [null, `${expected} null`],
  [true, `${expected} a boolean`],
  [42, `${expected} a number`],
  [NaN, `${expected} NaN`],
  [10n, `${expected} a BigInt`],
  [Symbol('scenario'), `${expected} a symbol`],
  [() => ({}), `${expected} a function`],
  [[scenario()], `${expected} an Array`],
  [new Map(), `${expected} a Map`],
  [new Set(), `${expected} a Set`],
  [new Date(0), `${expected} a Date`],
  [/{}/, `${expected} a RegExp`],
  [new Error('scenario'), `${expected} an Error`],
  [new String('{}'), `${expected} a String`],
  [Buffer.from('{}'), `${expected} a Uint8Array`],
  [new ArrayBuffer(2), `${expected} an ArrayBuffer`],
  [Promise.resolve(scenario()), `${expected} a Promise; is an "await" missing?`],
  [hostile, `${expected} a Proxy`],
  [cyclic, 'evaluate(scenario): cannot be written as JSON: Converting circular structure to JSON'],
  [throwing('policies'), 'evaluate(scenario): cannot be written as JSON: getter says no'],
  [{ toJSON() { throw new Error('no'); } }, 'evaluate(scenario): cannot be written as JSON: no'],
  [{ toJSON() { throw null; } }, 'evaluate(scenario): cannot be written as JSON: null'],
  [{ toJSON() { return undefined; } }, 'evaluate(scenario): cannot be written as JSON: toJSON() returned nothing'],
  [nested(200_000), 'evaluate(scenario): cannot be written as JSON: Maximum call stack size exceeded'],
];

// What JSON.stringify would lose silently could change a decision: an absent key can undo a Deny.
const place = 'evaluate(scenario.requests[0].context["aws:username"]';
const losses = [
  [NaN, `${place}): JSON has no NaN`],
  [Infinity, `${place}): JSON has no Infinity`],
  [10n, `${place}): JSON has no form for a BigInt`],
  [Symbol('ana'), `${place}): JSON has no form for a symbol`],
  [() => 'ana', `${place}): JSON has no form for a function`],
  [new Map([['a', 1]]), `${place}): JSON has no form for a Map`],
  [new Set(['ana']), `${place}): JSON has no form for a Set`],
  [/ana/, `${place}): JSON has no form for a RegExp`],
  [Promise.resolve('ana'), `${place}): JSON has no form for a Promise`],
  [new Uint8Array(2), `${place}): JSON has no form for a Uint8Array`],
  [new Date(NaN), `${place}): is an invalid Date`],
  [[undefined], `${place}[0]): JSON has no undefined`],
  [['ana', NaN], `${place}[1]): JSON has no NaN`],
];

const options = [
  [null, 'evaluate(options): expected an object, got null'],
  ['fast', 'evaluate(options): expected an object, got a string'],
  [[], 'evaluate(options): expected an object, got an Array'],
  [new Map(), 'evaluate(options): expected an object, got a Map'],
  [{ maxLength: 1 }, 'evaluate(options): unknown option "maxLength"; there is maxScenarioLength'],
  [{ __proto__: null, ['__proto__']: 1 }, 'evaluate(options): unknown option "__proto__"; there is maxScenarioLength'],
  [throwing('maxScenarioLength'), 'evaluate(options): cannot be read: getter says no'],
  ...['10', -1, 1.5, 2 ** 40, NaN, 10n, null, {}, [], true, Symbol('10'), () => 10].map((value) => [
    { maxScenarioLength: value },
    'evaluate(options): maxScenarioLength: expected a whole number up to 4294967295',
  ]),
];

function nested(depth) {
  const root = {};
  let at = root;
  for (let level = 0; level < depth; level++) at = at.policies = {};
  return root;
}

function refused(run, message) {
  assert.throws(run, (error) => {
    assert.ok(error instanceof TypeError, `${error}`);
    assert.equal(error.code, 'INVALID_ARGUMENT');
    assert.equal(error.message.split('\n')[0], message);
    return true;
  });
}

for (const entry of [admittance, inline]) {
  for (const [value, message] of scenarios) {
    test(message, () => refused(() => entry.evaluate(value), message));
  }
  for (const [value, message] of losses) {
    test(message, () => refused(() => entry.evaluate(inContext(value)), message));
  }
  for (const [value, message] of options) {
    test(message, () => refused(() => entry.evaluate(scenario(), value), message));
  }
}

test('the reason is kept as the cause', () => {
  const reason = new RangeError('the reason');
  const value = { toJSON() { throw reason; } };
  assert.throws(() => evaluate(value), (error) => error.cause === reason);
});

test('values that JSON has, in whatever form, are taken', () => {
  const plain = evaluate(scenario());
  const variants = {
    'no prototype': Object.assign(Object.create(null), scenario()),
    'another realm': vm.runInNewContext(`(${JSON.stringify(scenario())})`),
    'a class instance': Object.assign(new (class Request {})(), scenario()),
    frozen: Object.freeze(scenario()),
    'a proxy': new Proxy(scenario(), {}),
    'toJSON()': { toJSON: () => scenario() },
    'undefined properties': { name: undefined, ...scenario({ context: undefined }) },
    'wrapped primitives': scenario({ action: new String('s3:GetObject') }),
    text: JSON.stringify(scenario()),
  };
  for (const [name, variant] of Object.entries(variants)) {
    assert.deepEqual(evaluate(variant), plain, name);
  }
  assert.deepEqual(evaluate(scenario(), undefined), plain);
  assert.deepEqual(evaluate(scenario(), { maxScenarioLength: undefined }), plain);
});

test('a Date is its ISO text', () => {
  const date = new Date('2026-11-22T00:00:00Z');
  assert.deepEqual(evaluate(inContext(date)), evaluate(inContext(date.toISOString())));
});

test('the arguments are not changed', () => {
  const value = scenario();
  const before = structuredClone(value);
  evaluate(value);
  assert.deepEqual(value, before);
});

test('beyond the limit of length there is a diagnostic', () => {
  const text = JSON.stringify(scenario());
  assert.equal(evaluate(text, { maxScenarioLength: text.length }).valid, true);
  const { valid, diagnostics, results } = evaluate(text, { maxScenarioLength: text.length - 1 });
  assert.equal(valid, false);
  assert.deepEqual(results, []);
  assert.equal(diagnostics[0].code, 'SCENARIO_TOO_LONG');
  assert.equal(evaluate(' '.repeat(admittance.limits.maxScenarioLength + 1)).diagnostics[0].code, 'SCENARIO_TOO_LONG');
});
