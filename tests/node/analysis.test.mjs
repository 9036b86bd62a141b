// `admittance/analysis`: AWS's own shapes, and suggestions that are made.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { declared } from './helpers/declared.mjs';
import { analysis, evaluate, explain } from './helpers/package.mjs';
import { repository } from './helpers/paths.mjs';
import { corpus, scenario } from './helpers/scenarios.mjs';

const { apply, parseAccessDenied, simulate, toScenario } = analysis;
const folder = join(repository, 'tests/simulator');
const simulations = readdirSync(folder).map((name) => ({ name, ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }));

test('every simulation answers in AWS\'s shape, as an object and as text', () => {
  const isSimulation = declared('Simulation', 'analysis');
  const isRequest = declared('SimulateCustomPolicyRequest', 'analysis');
  let answered = 0;
  for (const { name, request, response } of simulations) {
    const simulation = simulate(request);
    isSimulation(simulation, name);
    assert.equal(JSON.stringify(simulate(JSON.stringify(request)).response), JSON.stringify(simulation.response), name);
    assert.equal(simulation.valid, !simulation.diagnostics.some(({ severity }) => severity === 'error'), name);
    if (response?.EvaluationResults === undefined) continue;
    answered++;
    if ('PolicyInputList' in request) isRequest(request, name);
    const decisions = (list) => list && Object.values(list).map((result) => result?.EvalDecision);
    const expected = decisions(response.EvaluationResults);
    if (expected?.every(Boolean)) assert.deepEqual(decisions(simulation.response.EvaluationResults), expected, name);
  }
  assert.ok(answered > 30, `${answered} responses`);
});

test('a simulation, as a scenario, is decided the same', () => {
  const isReading = declared('ScenarioReading', 'analysis');
  const words = { Allow: 'allowed', ExplicitDeny: 'explicitDeny', ImplicitDeny: 'implicitDeny' };
  let compared = 0;
  for (const { name, request } of simulations) {
    const reading = toScenario(request);
    isReading(reading, name);
    const { valid, response } = simulate(request);
    if (!valid || response.EvaluationResults.length !== 1 || response.EvaluationResults[0].ResourceSpecificResults) continue;
    const { decision } = evaluate(reading.scenario).results[0];
    // The simulator has no words for what depends on unknown keys.
    if (decision === 'Depends') continue;
    compared++;
    assert.equal(words[decision], response.EvaluationResults[0].EvalDecision, name);
  }
  assert.ok(compared > 5, `${compared} compared`);
});

test('every suggestion of the corpus, applied, gives the decision that it promises', () => {
  const kinds = new Set();
  for (const { name, text } of corpus()) {
    for (const { suggestions } of explain(text).explanations) {
      for (const suggestion of suggestions) {
        const { valid, scenario } = apply(text, suggestion);
        assert.equal(valid, true, name);
        assert.equal(evaluate(scenario).results[suggestion.request].decision, suggestion.decision, name);
        suggestion.changes.forEach(({ kind }) => kinds.add(kind));
      }
    }
  }
  assert.deepEqual([...kinds].sort(), ['context', 'document', 'edit', 'resource']);
});

test('a suggestion does not change the scenario that it is given for', () => {
  const denied = scenario({ action: 's3:PutObject' });
  const before = JSON.stringify(denied);
  const [{ suggestions: [suggestion] }] = explain(denied).explanations;
  assert.equal(apply(denied, suggestion).valid, true);
  assert.equal(JSON.stringify(denied), before);
});

test('what is no suggestion for the scenario changes nothing', () => {
  const denied = scenario({ action: 's3:PutObject' });
  const [{ suggestions: [suggestion] }] = explain(denied).explanations;
  const other = { policies: {}, requests: [] };
  const edit = { kind: 'edit', summary: '', location: 'policies.identity[0]', newText: '' };
  const position = (offset) => ({ line: 1, column: 1, offset });
  const cases = [
    [other, suggestion, 'suggestion.changes[0]'],
    [denied, { ...suggestion, changes: [{ ...edit, range: { start: position(9), end: position(1) } }] }, 'suggestion.changes[0]'],
    [denied, { ...suggestion, changes: [{ ...edit, range: { start: position(0), end: position(1e6) } }] }, 'suggestion.changes[0]'],
    [denied, { ...suggestion, changes: [...suggestion.changes, { kind: 'resource', summary: '', index: 7, value: 'arn:aws:s3:::a' }] }, 'suggestion.changes['],
    [denied, {}, 'suggestion'],
    [denied, '{', 'suggestion'],
    [denied, { ...suggestion, changes: [{ kind: 'other' }] }, 'suggestion'],
  ];
  for (const [given, change, location] of cases) {
    const { valid, diagnostics: [first], scenario: changed } = apply(given, change);
    assert.equal(valid, false);
    assert.equal(changed, undefined);
    assert.equal(first.code, 'INVALID_SUGGESTION');
    assert.ok(first.location.startsWith(location), first.location);
  }
  assert.equal(apply('{', suggestion).diagnostics[0].code, 'JSON_SYNTAX_ERROR');
});

test('AWS\'s messages are read: those of results, and in the output of commands', () => {
  const isDenied = declared('AccessDenied', 'analysis');
  let read = 0;
  for (const { name, text } of corpus()) {
    for (const { awsMessage } of evaluate(text).results) {
      if (awsMessage === undefined) continue;
      const denied = parseAccessDenied(`An error occurred (AccessDenied) when calling:\n${awsMessage}\n`);
      isDenied(denied, name);
      assert.ok(awsMessage.includes(denied.action), name);
      read++;
    }
  }
  assert.ok(read > 100, `${read} messages`);
  assert.equal(parseAccessDenied('Access Denied'), undefined);
  assert.deepEqual(
    parseAccessDenied('User: arn:aws:iam::111122223333:user/ana is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k" with an explicit deny in a service control policy'),
    { principal: 'arn:aws:iam::111122223333:user/ana', action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', policyType: 'scp', explicit: true, rest: '' },
  );
});

test('mistakes of the program throw; everything else is data', () => {
  for (const mistake of [
    () => simulate(1),
    () => simulate({ PolicyInputList: [() => {}] }),
    () => toScenario(undefined),
    () => apply(scenario(), null),
    () => parseAccessDenied(new Error('Access Denied')),
  ]) {
    assert.throws(mistake, { name: 'TypeError', code: 'INVALID_ARGUMENT' });
  }
  for (const text of ['', '{', '[]', 'null', '{}', '"\ud800"', '[['.repeat(1000)]) {
    for (const answer of [simulate(text), toScenario(text), apply(text, '{}'), apply(scenario(), text)]) {
      assert.equal(answer.valid, false, text.slice(0, 20));
      assert.ok(answer.diagnostics.length > 0);
    }
  }
});
