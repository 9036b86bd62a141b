// `admittance eval`, with requests to the policy simulator and suggestions.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admittance, folder } from './helpers/command.mjs';
import { policy, scenario } from './helpers/scenarios.mjs';

const simulation = {
  PolicyInputList: [JSON.stringify(policy)],
  ActionNames: ['s3:GetObject', 's3:PutObject'],
  ResourceArns: ['arn:aws:s3:::bucket/a'],
  CallerArn: 'arn:aws:iam::111122223333:user/ana',
};

test('eval: a request to SimulateCustomPolicy is decided, explained, and answered in its own shape', () => {
  const cwd = folder({ 'simulate.json': simulation });
  const { status, stdout } = admittance(['eval', 'simulate.json'], { cwd });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /Allow {2}s3:GetObject on arn:aws:s3:::bucket\/a/);
  assert.match(stdout, /ImplicitDeny {2}s3:PutObject on arn:aws:s3:::bucket\/a/);
  assert.match(admittance(['eval', 'simulate.json', '--explain'], { cwd }).stdout, /How it was decided:/);
  const response = JSON.parse(admittance(['eval', '-', '-f', 'aws'], { input: JSON.stringify(simulation) }).stdout);
  assert.deepEqual(response.EvaluationResults.map(({ EvalDecision }) => EvalDecision), ['allowed', 'implicitDeny']);
});

test('eval --format aws: scenarios and options are answered in the same shape', () => {
  const cwd = folder({ 'scenario.json': scenario(), 'policy.json': policy });
  const first = (args) => JSON.parse(admittance([...args, '-f', 'aws'], { cwd }).stdout).EvaluationResults[0];
  assert.equal(first(['eval', 'scenario.json']).EvalDecision, 'allowed');
  const request = ['--principal', simulation.CallerArn, '-a', 's3:PutObject', '-r', 'arn:aws:s3:::bucket/a'];
  assert.equal(first(['eval', '-p', 'policy.json', ...request]).EvalDecision, 'implicitDeny');
});

test('eval: what is wrong with a request to SimulateCustomPolicy is said with its place', () => {
  const cwd = folder({ 'bad.json': { ...simulation, CallerArn: 'ana' }, 'half.json': { PolicyInputList: [] } });
  for (const args of [['bad.json'], ['bad.json', '-f', 'aws'], ['half.json']]) {
    const { status, stdout, stderr } = admittance(['eval', ...args], { cwd });
    assert.equal(status, 1, stdout);
    assert.match(stderr, args[0] === 'bad.json' ? /CallerArn/ : /ActionNames/);
  }
  assert.equal(admittance(['eval', 'bad.json', '--unknown', 'aws:SourceIp'], { cwd }).status, 2);
});

test('eval --apply writes the scenario with a suggestion applied', () => {
  const cwd = folder({ 'denied.json': scenario({ action: 's3:PutObject' }), 'two.json': { ...scenario(), requests: [...scenario().requests, ...scenario().requests] } });
  const changed = admittance(['eval', 'denied.json', '--apply', '1'], { cwd });
  assert.equal(changed.status, 0, changed.stderr);
  const { stdout } = admittance(['eval', '-'], { input: changed.stdout });
  assert.match(stdout, /^Allow/);
  for (const args of [['denied.json', '--apply', '99'], ['denied.json', '--apply', 'x'], ['two.json', '--apply', '1']]) {
    const { status, stderr } = admittance(['eval', ...args], { cwd });
    assert.equal(status, 2, stderr);
    assert.match(stderr, /--apply/);
  }
});
