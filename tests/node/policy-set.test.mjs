// A prepared set decides as `evaluate` does, whichever way the request takes into the engine.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admittance, evaluate, inline } from './helpers/package.mjs';
import { corpus, policy, scenario } from './helpers/scenarios.mjs';

const { PolicySet, answers, gates, limits } = admittance;
const request = scenario().requests[0];
const code = (name, pattern = /./) => (error) => {
  assert.equal(error.code, name, `${error.stack}`);
  assert.match(error.message, pattern);
  return true;
};

/** What `evaluate` says of one request, by itself. */
function alone({ options, policies }, request) {
  const { valid, results } = evaluate({ options, policies, requests: [request] });
  return { answer: valid ? results[0].decision : 'Invalid', result: results[0] };
}

/** What `ruleMany` has to say of a request that was evaluated. */
function ruling(answer, result) {
  if (answer === 'Invalid' || answer === 'Depends') return [answer, undefined, undefined, -1];
  const { decidedBy, deciding = result.statements[result.decidingStatement] } = result;
  return [answer, decidedBy, deciding?.policy, deciding?.index ?? -1];
}

/** Rulings with the names that their numbers stand for. */
function read(set, rulings) {
  const { answers: codes, gates: by, policies, statements } = rulings;
  const named = (code, index) => [answers[code], gates[by[index]], set.locations[policies[index]], statements[index]];
  return Array.from(codes, named);
}

test('every request of the corpus, as evaluate decides it alone', () => {
  const seen = new Set();
  let count = 0;
  for (const { name, text } of corpus()) {
    const scenario = JSON.parse(text);
    const set = PolicySet.prepare(scenario.policies, scenario.options);
    const requests = scenario.requests.map(({ expect, ...request }) => request);
    const expected = requests.map((request) => alone(scenario, request));
    const evaluated = requests.map((request) => set.evaluate(request));
    assert.deepEqual(evaluated.map(({ result }) => result), expected.map(({ result }) => result), name);
    for (const { valid, diagnostics, result } of evaluated) {
      assert.equal(valid, result !== undefined, name);
      assert.equal(valid, !diagnostics.some(({ severity }) => severity === 'error'), name);
    }
    const decided = expected.map(({ answer }) => answer);
    assert.deepEqual(requests.map((request) => set.decide(request)), decided, name);
    assert.deepEqual(requests.map((request) => set.decide(JSON.stringify(request))), decided, `${name}, as text`);
    assert.deepEqual([...set.decideMany(requests)].map((code) => answers[code]), decided, `${name}, together`);
    const rulings = read(set, set.ruleMany(requests));
    assert.deepEqual(rulings, expected.map(({ answer, result }) => ruling(answer, result)), `${name}, with what decided`);
    if (set.valid) assert.deepEqual(set.diagnostics.filter(({ severity }) => severity === 'error'), [], name);
    set.dispose();
    decided.forEach((answer) => seen.add(answer));
    count += decided.length;
  }
  assert.deepEqual([...seen].sort(), answers.slice(1).sort());
  assert.ok(count > 500, `${count} requests`);
});

test('an explanation is the one of the scenario', () => {
  const set = PolicySet.prepare({ identity: [policy] });
  const { explanations } = admittance.explain(scenario({ action: 's3:PutObject' }));
  assert.deepEqual(set.explain({ ...request, action: 's3:PutObject' }).explanation, explanations[0]);
});

// Decided by a condition that compares a context value, so that a value that got lost shows.
const echo = (value) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { 'ForAllValues:StringEquals': { 'aws:Echo': value }, Null: { 'aws:Echo': 'false' } } },
  ],
});
const many = Array.from({ length: 40_000 }, (_, index) => `value ${index}`);
const values = [
  'plain', '', 'é', 'ÿ\u00ff', '\u007f\u0080', 'with "quotes" \\ and \n', '\0', 'x'.repeat(300_000), 0, -0, 1, -1.5, 1e21, 1e-7, 2 ** 53,
  Number.MAX_VALUE, true, false, [], ['a'], ['a', 'b', 1, true], ['é', ''], many, null, undefined,
];
for (const [index, value] of values.entries()) {
  test(`a context value crosses unchanged: ${typeof value} ${index}`, () => {
    const asked = { ...request, context: { 'aws:Echo': value, 'aws:Other': ['x'] } };
    for (const wanted of ['plain', '', 'é', 'a', ['a', 'b', '1', 'true'], '0', '1e+21', 'x'.repeat(2_000), 'true']) {
      const policies = { identity: [echo(wanted)] };
      const set = PolicySet.prepare(policies);
      const { answer } = alone({ policies }, asked);
      assert.equal(set.decide(asked), answer, JSON.stringify(wanted));
      assert.equal(answers[set.decideMany([request, asked, asked, request, asked])[4]], answer);
      set.dispose();
    }
  });
}

test('what a request has in common with the one before does not stick', () => {
  const sets = [PolicySet.prepare({ identity: [policy] }), PolicySet.prepare({ identity: [echo('ana')] }), PolicySet.prepare({})];
  const choices = {
    principal: ['arn:aws:iam::111122223333:user/ana', 'arn:aws:iam::111122223333:user/bob', 'anonymous', 'nobody', { arn: 'anonymous' }],
    action: ['s3:GetObject', 's3:PutObject', 'S3:*', 'é'],
    resource: [undefined, 'arn:aws:s3:::bucket/a', 'arn:aws:s3:::bucket/secret/a', '*', '', ['*'], 'arn:aws:s3:::bucket/é', '\ud800'],
    resourceAccount: [undefined, '111122223333', '444455556666', ''],
    context: [undefined, {}, { 'aws:Echo': 'ana' }, { 'aws:Echo': ['ana'] }, { 'aws:Echo': null }, { 'aws:Echo': 'ana', 'AWS:ECHO': 'bob' }, { 'aws:Echo': 1 }],
  };
  let state = 1;
  const next = (count) => (state = (state * 48271) % 2147483647) % count;
  const draw = () => Object.fromEntries(Object.entries(choices).map(([key, list]) => [key, list[next(list.length)]]));
  const expected = new Map();
  const answer = (set, request) => {
    const key = `${sets.indexOf(set)} ${JSON.stringify(request)}`;
    if (!expected.has(key)) expected.set(key, set.decide(JSON.stringify(request)));
    return expected.get(key);
  };
  const requests = Array.from({ length: 4_000 }, draw);
  for (const request of requests) {
    const set = sets[next(3)];
    const before = answer(set, request);
    assert.equal(set.decide(request), before, JSON.stringify(request));
    assert.equal(set.decide({ ...request }), before, JSON.stringify(request));
  }
  for (const set of sets) {
    assert.deepEqual([...set.decideMany(requests)].map((code) => answers[code]), requests.map((request) => answer(set, request)));
  }
  assert.deepEqual(new Set(expected.values()), new Set(['Invalid', 'Allow', 'ExplicitDeny', 'ImplicitDeny']));
});

test('100,000 requests in one call, more than the memory between takes at a time', () => {
  const set = PolicySet.prepare({ identity: [policy] });
  const requests = Array.from({ length: 100_000 }, (_, index) => ({
    ...request,
    resource: `arn:aws:s3:::bucket/${index % 3 ? '' : 'secret/'}${index}`,
    context: index % 7 ? { 'aws:Echo': 'x'.repeat(index % 100) } : undefined,
  }));
  const codes = set.decideMany(requests);
  assert.ok(codes instanceof Uint8Array);
  assert.ok(requests.every((_, index) => answers[codes[index]] === (index % 3 ? 'Allow' : 'ExplicitDeny')));
  assert.equal(set.decideMany([]).length, 0);
  const rulings = set.ruleMany(requests);
  assert.deepEqual(rulings.answers, codes);
  const [granted, denied] = [1, 0].map((index) => read(set, set.ruleMany([requests[index]]))[0]);
  assert.notEqual(granted[3], denied[3]);
  assert.ok(read(set, rulings).every((ruling, index) => String(ruling) === String(index % 3 ? granted : denied)));
  assert.throws(() => set.decideMany(Array(limits.maxBatchLength + 1)), code('INVALID_ARGUMENT', /up to 1000000 requests/));
});

test('a getter that decides another request does not come in between', () => {
  const set = PolicySet.prepare({ identity: [policy] });
  const other = { principal: 'anonymous', action: 's3:PutObject', resource: 'arn:aws:s3:::other/x', context: { a: 'b' } };
  const nosy = () => ({
    principal: request.principal,
    get action() {
      assert.equal(set.decide(other), 'ImplicitDeny');
      assert.deepEqual([...set.decideMany([other, other])], [3, 3]);
      assert.deepEqual(read(set, set.ruleMany([other])), [['ImplicitDeny', 'resource', undefined, -1]]);
      return request.action;
    },
    resource: request.resource,
  });
  assert.equal(set.decide(nosy()), 'Allow');
  assert.deepEqual([...set.decideMany([other, nosy(), nosy(), other])].map((code) => answers[code]), ['ImplicitDeny', 'Allow', 'Allow', 'ImplicitDeny']);
  const ruled = read(set, set.ruleMany([other, nosy(), request, other]));
  assert.deepEqual(ruled.map(([answer]) => answer), ['ImplicitDeny', 'Allow', 'Allow', 'ImplicitDeny']);
  assert.deepEqual(ruled[1], ruled[2]);
});

test('what only JSON knows is read as JSON', () => {
  const set = PolicySet.prepare({ identity: [echo('ana')] });
  const dated = PolicySet.prepare({ identity: [echo('2026-11-22T00:00:00.000Z')] });
  const context = { 'aws:Echo': 'ana' };
  class Request {
    constructor(context) {
      Object.assign(this, request, { context });
    }
  }
  assert.equal(set.decide(new Request(context)), 'Allow');
  assert.equal(set.decide({ toJSON: () => ({ ...request, context }) }), 'Allow');
  assert.equal(set.decide({ ...request, context: { toJSON: () => context } }), 'Allow');
  assert.equal(set.decide({ ...request, context: Object.create({ 'aws:Echo': 'ana' }) }), 'ImplicitDeny');
  assert.equal(set.decide(Object.create(null, Object.getOwnPropertyDescriptors({ ...request, context }))), 'Allow');
  assert.equal(dated.decide({ ...request, context: { 'aws:Echo': new Date('2026-11-22T00:00:00Z') } }), 'Allow');
  assert.equal(set.decide({ ...request, context: { ...context, __proto__: null, ['__proto__']: 'x' } }), 'Allow');
});

for (const [value, pattern] of [
  [undefined, /got undefined/], [null, /got null/], [1, /got a number/], [[request], /got an Array/], [new Map(), /got a Map/],
  [Promise.resolve(request), /is an "await" missing\?/],
  [{ ...request, context: { a: NaN } }, /context\.a\): JSON has no NaN/],
  [{ ...request, context: { a: new Map() } }, /no form for a Map/],
  [{ ...request, get action() { throw new Error('getter says no'); } }, /getter says no/],
]) {
  test(`not a request: ${pattern}`, () => {
    const set = PolicySet.prepare({ identity: [policy] });
    const broken = PolicySet.prepare('{');
    for (const method of ['decide', 'evaluate', 'explain']) {
      const expected = (error) => error instanceof TypeError || /getter/.test(error.message);
      assert.throws(() => set[method](value), expected, method);
      if (!/JSON|form|getter/.test(pattern.source)) assert.throws(() => broken[method](value), code('INVALID_ARGUMENT', pattern));
    }
    assert.throws(() => set.decideMany([request, value]), pattern);
    assert.equal(set.decide(request), 'Allow');
  });
}

test('invalid policies: diagnostics, and nothing is decided', () => {
  const text = JSON.stringify({ identity: [{ ...policy, Statement: { Effect: 'Alow', Action: '*', Resource: '*' } }] });
  for (const policies of ['', '{', '[]', 'null', '{"identity": 1}', '{"identities": []}', '{"identity": ["\ud800"]}', text, JSON.parse(text)]) {
    const set = PolicySet.prepare(policies);
    assert.equal(set.valid, false, `${policies}`);
    assert.ok(set.diagnostics.some(({ severity }) => severity === 'error'));
    assert.ok(Object.isFrozen(set.diagnostics[0]));
    assert.equal(set.decide(request), 'Invalid');
    assert.deepEqual([...set.decideMany([request, request])], [0, 0]);
    for (const outcome of [set.evaluate(request), set.explain(request)]) {
      assert.deepEqual(outcome, { valid: false, diagnostics: set.diagnostics });
    }
    set.dispose();
  }
  const { location, range } = PolicySet.prepare(text).diagnostics[0];
  assert.equal(location, 'policies.identity[0]');
  assert.equal(JSON.stringify(JSON.parse(text).identity[0]).slice(range.start.offset, range.end.offset), '"Alow"');
});

test('an invalid request: diagnostics at its place, and nothing is decided', () => {
  const set = PolicySet.prepare({ identity: [policy] });
  for (const [changes, location] of [
    [{ action: 'GetObject' }, 'request.action'],
    [{ action: 's3:*' }, 'request.action'],
    [{ principal: 'nobody' }, 'request.principal'],
    [{ resource: 'bucket' }, 'request.resource'],
    [{ resourceAccount: '1' }, 'request.resourceAccount'],
    [{ resources: [] }, 'request'],
    [{ principal: undefined }, 'request'],
  ]) {
    const bad = { ...request, ...changes };
    assert.equal(set.decide(bad), 'Invalid');
    const { valid, diagnostics, result } = set.evaluate(bad);
    assert.equal(valid, false);
    assert.equal(result, undefined);
    assert.equal(diagnostics[0].location, location);
    assert.deepEqual(set.explain(bad), { valid, diagnostics });
  }
});

test('the kind of a resource-based policy follows each request', () => {
  const bucket = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 's3:*', Resource: '*' } };
  const policies = { resource: bucket, identity: [{ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }] };
  const set = PolicySet.prepare(policies);
  assert.ok(set.valid);
  // As the trust policy of a role it could not have a Resource.
  const assuming = { ...request, action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/r' };
  assert.equal(set.decide(request), 'Allow');
  assert.equal(set.decide(assuming), 'Invalid');
  assert.equal(alone({ policies }, assuming).answer, 'Invalid');
  const errors = set.evaluate(assuming).diagnostics.filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors.map(({ location }) => location), ['policies.resource[0]']);
  assert.equal(set.decide(request), 'Allow');
});

test('options are those of a scenario', () => {
  const crossing = { Statement: { Effect: 'Allow', Action: '*', Resource: 'arn:aws:sqs:*:q' } };
  const asked = { ...request, action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1:111122223333:q' };
  for (const options of [undefined, {}, { resourceStarCrossesColons: true }, { resourceStarCrossesColons: false }]) {
    const policies = { identity: [crossing] };
    assert.equal(PolicySet.prepare(policies, options).decide(asked), alone({ policies, options }, asked).answer);
  }
  assert.equal(PolicySet.prepare({ identity: [crossing] }, { resourceStarCrossesColons: false }).decide(asked), 'ImplicitDeny');
  assert.throws(() => PolicySet.prepare({}, { resourceStarCrossesColons: 1 }), code('INVALID_ARGUMENT', /expected true or false/));
  assert.throws(() => PolicySet.prepare({}, { fast: true }), code('INVALID_ARGUMENT', /unknown option "fast"/));
});

test('misuse', () => {
  assert.throws(() => new PolicySet(), code('INVALID_ARGUMENT', /PolicySet\.prepare/));
  for (const policies of [undefined, null, 1, [], new Map()]) {
    assert.throws(() => PolicySet.prepare(policies), code('INVALID_ARGUMENT', /PolicySet\.prepare\(policies\): expected/));
  }
  const set = PolicySet.prepare({});
  for (const list of [undefined, {}, new Set(), 'ab']) {
    assert.throws(() => set.decideMany(list), code('INVALID_ARGUMENT', /expected an array/));
  }
});

for (const entry of [admittance, inline]) {
  test('a disposed set says so, and its place serves another', () => {
    const set = entry.PolicySet.prepare({ identity: [policy] });
    const other = entry.PolicySet.prepare({});
    set.dispose();
    set.dispose();
    set[Symbol.dispose]?.();
    const later = entry.PolicySet.prepare({ identity: [policy] });
    for (const method of ['decide', 'evaluate', 'explain', 'decideMany']) {
      assert.throws(() => set[method](request), code('DISPOSED', new RegExp(method)));
    }
    assert.equal(other.decide(request), 'ImplicitDeny');
    assert.equal(later.decide(request), 'Allow');
  });
}
