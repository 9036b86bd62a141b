// explain(): why, and what would change it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, explain } from './helpers/package.mjs';
import { scenario } from './helpers/scenarios.mjs';

const document = `{
  "Version": "2012-10-17",
  "Statement": {
    "Sid": "ReadWithMfa",
    "Effect": "Allow",
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::bucket/*",
    "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }
  }
}`;
const denied = scenario({ document });

test('the answer, the gates, what came nearest and what would change it', () => {
  const { valid, diagnostics, explanations } = explain(denied);
  assert.deepEqual({ valid, diagnostics }, { valid: true, diagnostics: [] });
  const [explanation] = explanations;
  assert.equal(explanation.answer, 'Denied: no identity-based policy allows s3:GetObject.');
  assert.equal(explanation.closest.text, 'Closest to allowing it: statement "ReadWithMfa" of the identity-based policy');
  assert.deepEqual(explanation.closest.children.map(({ mark }) => mark), ['pass', 'pass', 'fail']);
  const { location, range } = explanation.closest.children[2].link;
  assert.equal(location, 'policies.identity[0]');
  assert.equal(document.slice(range.start.offset, range.end.offset), '"aws:MultiFactorAuthPresent": "true"');
  const [first] = explanation.suggestions;
  assert.equal(first.summary, 'Add aws:MultiFactorAuthPresent = true to the request.');
  assert.equal(first.decision, 'Allow');
  const [{ kind, key, value }] = first.changes;
  assert.deepEqual({ kind, key, value }, { kind: 'context', key: 'aws:MultiFactorAuthPresent', value: 'true' });
  assert.equal(evaluate(scenario({ document, context: { [key]: value } })).results[0].decision, 'Allow');
  assert.deepEqual(explanation.text.split('\n').slice(0, 5), [
    'Denied: no identity-based policy allows s3:GetObject.',
    '',
    'How it was decided:',
    '  ✗ Identity-based policies: nothing allows s3:GetObject.',
    '    · The only Allow statement here is under a condition that does not hold.',
  ]);
});

test('one request of several', () => {
  const [request] = denied.requests;
  const several = { ...denied, requests: [request, { ...request, resource: 'arn:aws:s3:::bucket/other' }] };
  const all = explain(several);
  assert.deepEqual(all.explanations.map((explanation) => explanation.request), [0, 1]);
  for (const index of [0, 1]) {
    assert.deepEqual(explain(several, { request: index }).explanations, [all.explanations[index]]);
  }
  for (const index of [2, 4294967295]) {
    const { valid, diagnostics, explanations } = explain(several, { request: index });
    assert.deepEqual([valid, explanations], [false, []]);
    assert.deepEqual(diagnostics.map(({ code, severity }) => [code, severity]), [['NO_SUCH_REQUEST', 'error']]);
    assert.match(diagnostics[0].message, new RegExp(`index ${index}: the scenario has 2`));
  }
});

test('a request with an error leaves the others explained', () => {
  const [request] = denied.requests;
  const several = { ...denied, requests: [{ ...request, principal: 'nobody' }, request] };
  const { valid, diagnostics, explanations } = explain(several);
  assert.deepEqual([valid, diagnostics.length, explanations.map((each) => each.request)], [false, 1, [1]]);
  assert.deepEqual(explain(several, { request: 1 }).explanations, explanations);
  assert.deepEqual(explain(several, { request: 0 }).explanations, []);
});

test('what evaluate() refuses is refused, with the same diagnostics', () => {
  const misspelled = scenario({ document: { Statement: { Effect: 'Alow', Action: '*', Resource: '*' } } });
  for (const input of ['', '{', '[]', '"\ud800"', misspelled, scenario({ principal: 'nobody' })]) {
    const { valid, diagnostics, explanations } = explain(input);
    assert.equal(valid, false);
    assert.deepEqual(explanations, []);
    assert.ok(diagnostics.length > 0);
    assert.deepEqual(diagnostics, evaluate(input).diagnostics);
  }
  assert.equal(explain(denied, { maxScenarioLength: 5 }).diagnostics[0].code, 'SCENARIO_TOO_LONG');
});

test('a mistake of the program is a TypeError that names the function', () => {
  const cases = [
    [() => explain(7), 'explain(scenario): expected a scenario object or its JSON text, got a number'],
    [() => explain(denied, { index: 0 }), 'explain(options): unknown option "index"; there is maxScenarioLength, request'],
    [() => explain(denied, { request: -1 }), 'explain(options): request: expected a whole number up to 4294967295'],
  ];
  for (const [run, message] of cases) {
    assert.throws(run, { name: 'TypeError', code: 'INVALID_ARGUMENT', message });
  }
});
