// Malformed input through every function: a diagnostic or a typed error, never a trap, a decision
// that was not asked for, or a polluted prototype.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { admittance } from './helpers/package.mjs';
import { policy, scenario } from './helpers/scenarios.mjs';

const { PolicySet, answers, evaluate, explain, runScenario, validate } = admittance;
const [request] = scenario().requests;
const policies = { identity: [policy] };
const set = PolicySet.prepare(policies);

const CODES = ['INVALID_ARGUMENT', 'FILE_UNREADABLE'];
const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
const before = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);
after(() => {
  assert.deepEqual(prototypes.map((prototype) => Reflect.ownKeys(prototype).length), before);
  assert.equal({}.polluted, undefined);
  // The engine that began is the one that ends: nothing above made it start anew.
  assert.equal(set.decide(request), 'Allow');
});

const throwing = () => Object.defineProperty({ ...request }, 'action', { enumerable: true, get() { throw new Error('no'); } });
const cyclic = () => {
  const value = { ...request };
  value.context = { a: [value] };
  return value;
};
const nested = (depth) => {
  let value = 'x';
  for (let level = 0; level < depth; level++) value = { a: value };
  return value;
};
const own = (key, value) => Object.defineProperty({}, key, { value, enumerable: true });

/** What no argument may be, or hold. */
const values = {
  undefined, null: null, true: true, 'a number': 1, NaN, Infinity, 'a BigInt': 1n, 'a huge number': 1e308, 'a symbol': Symbol('x'),
  'a function': () => request, 'an empty text': '', blanks: ' \n', 'no JSON': 'x', 'half of an object': '{"a":', 'a list': [], 'a list of lists': [[[]]],
  'a Map': new Map([['principal', 'anonymous']]), 'a Set': new Set([1]), 'a Date': new Date(0), 'an invalid Date': new Date(NaN), 'a RegExp': /x/,
  'an Error': new Error('x'), 'a Promise': Promise.resolve({}), bytes: new Uint8Array(4), 'a class': class {}, 'a WeakMap': new WeakMap(),
  'a lone surrogate': '\ud800', 'a lone surrogate in JSON': '"\udc00"', 'a null character': '\0', 'a byte order mark': '\ufeff', 'JSON of a text': '"x"',
  'JSON of a number': '1e999', 'JSON of null': 'null', 'JSON of a list': '[]', 'comments': '/* x */ {}', 'a trailing comma': '{"a": 1,}',
  'keys twice': '{"a": 1, "a": 2}', '__proto__ in JSON': '{"__proto__": {"polluted": true}}', 'constructor in JSON': '{"constructor": {"prototype": {"polluted": true}}}',
  'an own __proto__': own('__proto__', { polluted: true }), 'an own constructor': own('constructor', { prototype: { polluted: true } }),
  'an own toString': own('toString', 'x'), 'an own hasOwnProperty': own('hasOwnProperty', 1), 'an own toJSON': { toJSON: () => 1 },
  'toJSON that throws': { toJSON() { throw new Error('no'); } }, 'a getter that throws': throwing(), 'a cyclic object': cyclic(),
  'deep nesting': nested(1_000), 'deeper nesting': nested(100_000), 'deep nesting as text': '['.repeat(200_000), 'deep objects as text': '{"a":'.repeat(50_000),
  'a proxy that throws': new Proxy({}, { get() { throw new Error('no'); }, ownKeys() { throw new Error('no'); }, getPrototypeOf() { throw new Error('no'); } }),
  'a revoked proxy': (() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })(),
  'keys that are symbols': { [Symbol('principal')]: 'anonymous' }, 'keys that are numbers': { 0: 'a', 1: 'b' }, 'a boxed text': new String('{}'), 'a generator': (function* () {})(),
  'megabytes of nothing': ' '.repeat(3_000_000), 'megabytes of quotes': '"'.repeat(1_000_000), 'an object without a prototype': Object.create(null),
};

/** Nothing is decided: a refusal, or a typed error. */
function refused(run, name) {
  let outcome;
  try {
    outcome = run();
  } catch (error) {
    assert.ok(CODES.includes(error.code), `${name}: ${error.stack}`);
    assert.ok(error.message.length > 10, name);
    return;
  }
  if (typeof outcome === 'string') {
    assert.equal(outcome, 'Invalid', name);
  } else {
    assert.equal(outcome.valid, false, name);
    assert.ok(outcome.diagnostics.length > 0, name);
    for (const { code, severity, message } of outcome.diagnostics) {
      assert.match(code, /^[A-Z][A-Z0-9_]*$/);
      assert.ok(severity && message, name);
    }
  }
}

const whole = {
  evaluate, explain, runScenario,
  'PolicySet.decide': (value) => set.decide(value),
  'PolicySet.evaluate': (value) => set.evaluate(value),
  'PolicySet.explain': (value) => set.explain(value),
  'PolicySet.decideMany': (value) => {
    const [first, second, third] = set.decideMany([request, value, request]);
    assert.deepEqual([answers[first], answers[third]], ['Allow', 'Allow']);
    return answers[second];
  },
  validate: (value) => validate(value, 'identity'),
};
// Both of these are policies without any document, which deny.
const empty = new Set(['an object without a prototype', 'keys that are symbols']);

let count = 0;
for (const [name, value] of Object.entries(values)) {
  test(`in place of an argument: ${name}`, () => {
    for (const [called, run] of Object.entries(whole)) {
      refused(() => run(value), `${called}: ${name}`);
      count++;
    }
    if (!empty.has(name)) refused(() => PolicySet.prepare(value), `PolicySet.prepare: ${name}`);
    refused(() => validate(policy, value), `the type of validate: ${name}`);
    if (value !== undefined && typeof value !== 'object') assert.throws(() => PolicySet.prepare(policies, value), { code: 'INVALID_ARGUMENT' }, name);
  });

  test(`in place of a part of a request: ${name}`, () => {
    for (const part of ['principal', 'action', 'context', 's3', 'further', 'resourceAccount']) {
      // What is not given, and a context without keys, are fine.
      if (value === undefined) continue;
      if (part === 'context' && empty.has(name)) continue;
      const bad = { ...request, [part]: value };
      const answer = (run) => {
        try {
          return run();
        } catch (error) {
          assert.ok(CODES.includes(error.code), `${part}: ${name}: ${error.stack}`);
          return 'thrown';
        }
      };
      const decided = answer(() => set.decide(bad));
      assert.equal(answer(() => answers[set.decideMany([bad])[0]]), decided, `${part}: ${name}`);
      const alone = answer(() => evaluate({ policies, requests: [bad] }));
      const expected = alone === 'thrown' ? 'thrown' : alone.valid ? alone.results[0].decision : 'Invalid';
      assert.equal(decided, expected, `${part}: ${name}`);
      if (part === 'principal' || part === 'action') assert.notEqual(decided, 'Allow', `${part}: ${name}`);
      count++;
    }
  });
}

test('as many as there should be', () => assert.ok(count >= 300, `${count} inputs`));
