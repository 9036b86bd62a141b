// `admittance eval` with what AWS's own tools print: account details and CloudTrail events.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { admittance, folder } from './helpers/command.mjs';
import { repository } from './helpers/paths.mjs';

const read = (path) => readFileSync(join(repository, 'tests', path), 'utf8');
const allow = (Action, Resource) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource } });
const [ana, bob, worker] = ['user/team/ana', 'user/bob', 'role/app/Worker'].map((name) => `arn:aws:iam::111122223333:${name}`);
const files = {
  'account.json': read('account/details.json'),
  'trail.json': read('cloudtrail/events.json'),
  'queues.json': allow('sqs:*', '*'),
  'scp.json': allow('s3:*', '*'),
};
const evaluated = (...args) => admittance(['eval', ...args], { cwd: folder(files) });
const asked = (principal, action, resource, ...args) => evaluated('--account', 'account.json', '--principal', principal, '-a', action, '-r', resource, ...args);

test('a user is decided with its policies, those of its groups, its tags and its boundary', () => {
  for (const [action, resource, status, outcome] of [
    ['s3:GetObject', 'arn:aws:s3:::photos/red/1.jpg', 'Allow', /"photos" allows/],
    ['s3:GetObject', 'arn:aws:s3:::photos/blue/1.jpg', 'ImplicitDeny', /no identity-based policy/],
    ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q', 'ImplicitDeny', /the permissions boundary does not allow/],
    ['sts:AssumeRole', worker, 'Allow', /"assume" allows/],
  ]) {
    const { stdout, stderr } = asked(ana, action, resource);
    assert.match(stdout, new RegExp(`^${status}\n`), stderr);
    assert.match(stdout, outcome);
    assert.match(stdout, /Account details do not hold service control policies/);
  }
});

test('a role, and a session of it', () => {
  const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf';
  for (const principal of [worker, 'arn:aws:sts::111122223333:assumed-role/Worker/eva']) {
    assert.match(asked(principal, 'secretsmanager:GetSecretValue', secret).stdout, /^Allow\n/, principal);
    assert.match(asked(principal, 's3:GetObject', '*').stdout, /^ImplicitDeny\n/, principal);
  }
});

test('what the account does not hold comes from the options', () => {
  const { stdout } = asked(ana, 's3:GetObject', 'arn:aws:s3:::photos/red/1.jpg', '--scp', 'scp.json');
  assert.match(stdout, /^Allow\n/);
  assert.doesNotMatch(stdout, /service control policies \(--scp\)/);
  assert.match(asked(ana, 'sts:AssumeRole', worker, '--scp', 'scp.json').stdout, /^ImplicitDeny\n.*service control/);
  assert.match(asked(worker, 'sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q', '-p', 'queues.json').stdout, /^Allow\n/);
});

test('a policy whose text is missing: nothing is decided, and it is named', () => {
  const { status, stdout } = asked(bob, 's3:GetObject', 'arn:aws:s3:::photos/red/1.jpg');
  assert.equal(status, 1);
  assert.match(stdout, /^Not decided/);
  assert.match(stdout, /no text of arn:aws:iam::aws:policy\/ReadOnlyAccess/);
});

test('misuse ends with status 2 and says what to do', () => {
  for (const [args, said] of [
    [['--account', 'account.json', '--principal', `${ana}a`, '-a', 's3:GetObject'], /no such user or role\n.*user\/team\/ana/],
    [['--account', 'account.json', '--principal', ana], /--action is not given/],
    [['--account', 'account.json', '--principal', ana, '-a', 's3:GetObject', '--boundary', 'scp.json'], /--boundary and --account/],
    [['--cloudtrail', 'trail.json'], /needs policies/],
    [['--cloudtrail', 'trail.json', '-p', 'scp.json', '-a', 's3:GetObject'], /--action and --cloudtrail/],
    [['scp.json', '--account', 'account.json'], /--account and a scenario file/],
    [['--account', 'none.json', '--principal', ana, '-a', 's3:GetObject'], /there is no such file/],
  ]) {
    const { status, stderr } = evaluated(...args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, said);
  }
});

test('a text that is neither is told with its place', () => {
  for (const args of [['--account', 'queues.json', '--principal', ana, '-a', 's3:GetObject'], ['--cloudtrail', 'queues.json', '-p', 'scp.json']]) {
    const { status, stderr } = evaluated(...args);
    assert.equal(status, 1, stderr);
    assert.match(stderr, /queues\.json.*error/);
  }
});

test('each CloudTrail event is decided under the policies of its caller, and held against what AWS decided', () => {
  const { status, stdout } = evaluated('--cloudtrail', 'trail.json', '--account', 'account.json', '-f', 'json');
  assert.equal(status, 1);
  const { results, events } = JSON.parse(stdout);
  const named = (name) => results.find((result) => result.name.startsWith(name));
  assert.equal(named('DescribeInstances').decision, 'Allow');
  assert.equal(named('DescribeInstances').passed, true);
  assert.deepEqual(named('HeadObject').mismatches, ['decision: expected Allow, got ImplicitDeny']);
  // The trust policy of the role in the account, though the caller is a service.
  assert.match(named('AssumeRole').reason, /the role trust policy does not allow/);
  const skipped = events.filter(({ decision }) => decision === undefined);
  assert.ok(skipped.some(({ eventName }) => eventName === 'ConsoleLogin'));
  assert.equal(events.length, results.length + skipped.length);
  for (const event of events) assert.ok(event.notes.length > 0, event.eventName);
  const text = evaluated('--cloudtrail', 'trail.json', '--account', 'account.json').stdout;
  assert.match(text, /✗ decision: expected Allow, got ImplicitDeny/);
  assert.match(text, /action \(inferred\): /);
  assert.match(text, /Not decided {2}ConsoleLogin/);
});

test('CloudTrail events under policies that are given', () => {
  const [first] = JSON.parse(files['trail.json']).Records;
  const cwd = folder({ ...files, 'one.json': first });
  const args = ['eval', '--cloudtrail', 'one.json', '-p', 'scp.json'];
  const { status, stdout } = admittance(args, { cwd });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^Allow {2}HeadObject/);
  assert.match(stdout, /aws:PrincipalOrgID.*\(missing\)/);
  const simulated = admittance([...args, '-f', 'aws'], { cwd });
  assert.equal(JSON.parse(simulated.stdout).EvaluationResults[0].EvalDecision, 'allowed');
});
