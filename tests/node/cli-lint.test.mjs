// `admittance lint` and `admittance summary`.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { admittance, folder } from './helpers/command.mjs';
import { policy, scenario } from './helpers/scenarios.mjs';

test('lint: the type is told from content and name', () => {
  const bucket = { Version: '2012-10-17', Statement: { Sid: 'A', Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 's3:GetObject', Resource: '*' } };
  const trust = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' } };
  const key = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' } };
  const cwd = folder({
    'policy.json': policy, 'bucket.json': bucket, 'trust.json': trust, 'key.json': key, 'scp/deny.json': policy, 'my-boundary.json': policy,
    'vpc-endpoint.json': bucket, 'escape.json': policy, 's.admittance.json': scenario(),
  });
  const { files } = JSON.parse(admittance(['lint', '.', '-f', 'json'], { cwd }).stdout);
  assert.deepEqual(Object.fromEntries(files.map(({ file, type }) => [file.replace(/^\.\//, ''), type])), {
    'policy.json': 'identity', 'bucket.json': 'resource', 'trust.json': 'role-trust', 'key.json': 'kms-key', 'scp/deny.json': 'scp',
    'my-boundary.json': 'boundary', 'vpc-endpoint.json': 'vpce', 'escape.json': 'identity', 's.admittance.json': 'scenario',
  });
  assert.equal(admittance(['lint', 'policy.json'], { cwd }).status, 0);
  const wrong = admittance(['lint', 'policy.json', '-t', 'resource'], { cwd });
  assert.equal(wrong.status, 1);
  assert.match(wrong.stdout, /policy\.json:1:\d+ error: the statement has no Principal/);
});

test('lint: findings, places, and SARIF', () => {
  const text = '{\n  "Version": "2012-10-17",\n  "Statement": { "Effect": "Alow", "Action": "s3:*", "Resource": "*" }\n}\n';
  const cwd = folder({ 'a b.json': text, 'broken.json': '{' });
  const { status, stdout } = admittance(['lint', 'a b.json'], { cwd });
  assert.equal(status, 1);
  assert.match(stdout, /^a b\.json:3:28 error: `Alow` is no effect INVALID_EFFECT\n {2}help: write "Allow" or "Deny"\n {2}a b\.json is read as identity/);
  const log = JSON.parse(admittance(['lint', '.', '--format', 'sarif'], { cwd }).stdout);
  assert.equal(log.version, '2.1.0');
  const [{ tool, results, columnKind }] = log.runs;
  assert.equal(columnKind, 'utf16CodeUnits');
  const [found] = results.filter(({ ruleId }) => ruleId === 'INVALID_EFFECT');
  assert.equal(tool.driver.rules[found.ruleIndex].id, 'INVALID_EFFECT');
  assert.deepEqual(found.locations[0].physicalLocation, {
    artifactLocation: { uri: 'a%20b.json' },
    region: { startLine: 3, startColumn: 28, endLine: 3, endColumn: 34 },
  });
  assert.ok(results.some(({ locations }) => locations[0].physicalLocation.artifactLocation.uri === 'broken.json'));
  const old = JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } });
  assert.deepEqual([[], ['--strict']].map((more) => admittance(['lint', '-', ...more], { input: old }).status), [0, 1]);
});


const repeated = '{\n  "Version": "2012-10-17",\n  "Statement": {\n    "Effect": "Allow",\n    "Action": ["s3:GetObject", "s3:GetObject"],\n    "Resource": "*"\n  }\n}\n';

test('lint --fix makes what fixes there are, and nothing else', () => {
  const cwd = folder({ 'a.json': repeated, 'b.json': policy });
  const untouched = readFileSync(join(cwd, 'b.json'), 'utf8');
  const before = JSON.parse(admittance(['lint', 'a.json', '-f', 'json'], { cwd }).stdout).files[0].diagnostics;
  assert.ok(before.some(({ code, fix }) => code === 'REDUNDANT_ACTION' && fix), JSON.stringify(before));
  const [fixed, other] = JSON.parse(admittance(['lint', '.', '--fix', '-f', 'json'], { cwd }).stdout).files;
  assert.equal(fixed.fixed, true);
  assert.ok(!fixed.diagnostics.some(({ code }) => code === 'REDUNDANT_ACTION'));
  assert.ok(!other.fixed);
  assert.equal(readFileSync(join(cwd, 'b.json'), 'utf8'), untouched);
  assert.deepEqual([JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8')).Statement.Action].flat(), ['s3:GetObject']);
  assert.equal(admittance(['lint', '-', '--fix'], { input: repeated }).status, 2);
});

test('lint: with the catalog nothing is skipped; without, what is skipped is named', () => {
  const cwd = folder({ 'a.json': { ...policy, Statement: { Effect: 'Allow', Action: 's3:Nosuch*', Resource: '*' } } });
  const lint = (...more) => JSON.parse(admittance(['lint', 'a.json', '-f', 'json', ...more], { cwd }).stdout);
  assert.deepEqual(lint().skipped, []);
  const { skipped, files } = lint('--no-catalog');
  const missed = lint().files[0].diagnostics.map(({ code }) => code).filter((code) => !files[0].diagnostics.some((one) => one.code === code));
  assert.ok(missed.includes('WILDCARD_MATCHES_NO_ACTION') && skipped.includes('WILDCARD_MATCHES_NO_ACTION'), `${missed} of ${skipped}`);
  assert.match(admittance(['lint', 'a.json', '--no-catalog'], { cwd }).stdout, /not looked for/);
});

test('lint: SARIF has the rules\' levels and pages, and the fixes', () => {
  const cwd = folder({ 'a.json': repeated });
  const [run] = JSON.parse(admittance(['lint', '.', '-f', 'sarif'], { cwd }).stdout).runs;
  const result = run.results.find(({ ruleId }) => ruleId === 'REDUNDANT_ACTION');
  const rule = run.tool.driver.rules[result.ruleIndex];
  assert.equal(rule.id, 'REDUNDANT_ACTION');
  assert.equal(rule.defaultConfiguration.level, result.level);
  assert.match(rule.helpUri, /^https:\/\/docs\.aws\.amazon\.com\//);
  const [{ artifactChanges: [{ replacements }] }] = result.fixes;
  assert.ok(replacements.length > 0 && replacements[0].deletedRegion.startLine === 5);
});

test('summary of a service: its actions with counts, and why some have no effect', () => {
  const statement = { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject'], Resource: 'arn:aws:s3:::photos' };
  const input = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  const told = (...options) => admittance(['summary', '-', '--service', ...options], { input });
  const { status, stdout } = told('s3');
  assert.equal(status, 0);
  assert.match(stdout, /^ {4}List \(1 of \d+\)\n {6}ListBucket\n/m);
  assert.match(stdout, /^ {4}Read \(1 of \d+\)\n {6}GetObject {2}This action does not have an applicable resource\.\n/m);
  assert.match(told('s3', '-f', 'markdown').stdout, /^\| Read \(1 of \d+\) \|/m);
  const [{ documents }] = JSON.parse(told('s3', '-f', 'json').stdout).files;
  assert.equal(documents[0].resource, 'BucketName = photos');
  assert.match(told('sqs').stdout, /says nothing of Amazon SQS/);
  assert.equal(told('s4').status, 2);
});

test('catalog: where it comes from, and actions', () => {
  const told = (...args) => admittance(['catalog', ...args]);
  const { source, version, date, actions } = JSON.parse(told('-f', 'json').stdout);
  const { stdout } = told();
  assert.match(date, /^\d{4}-\d\d-\d\d$/);
  for (const fact of [`${source} ${version}`, date, actions]) assert.ok(stdout.includes(fact), stdout);
  assert.match(told('s3:GetObjectTag*', 's3:GetObjectTagging').stdout, /^s3:GetObjectTagging \(Read\)\n(.*\n)? {2}object/);
  assert.match(told('s3:ListAllMyBuckets', '-f', 'markdown').stdout, /^\| s3:ListAllMyBuckets \| List \| \* \|/m);
  assert.equal(told('s3:Nothing').status, 2);
  const cwd = folder({});
  assert.match(admittance(['catalog', 's3:*', 'sqs:SendMessage', '-o', 'facts'], { cwd }).stdout, /2 services in facts/);
  const read = (name) => JSON.parse(readFileSync(join(cwd, 'facts', name), 'utf8'));
  assert.deepEqual(read('index.json').services.sqs, { name: 'Amazon SQS', actions: 1 });
  assert.equal(read('s3.json').actions.find(({ name }) => name === 's3:GetObject').accessLevel, 'Read');
});

test('summary: sentences, of documents and of scenarios', () => {
  const document = { Version: '2012-10-17', Statement: { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' } };
  const cwd = folder({ 'a.json': document, 'b.json': { policies: { identity: [document], serviceControl: [{ policies: [document] }] }, requests: [] }, 'bad.json': '{' });
  const { status, stdout } = admittance(['summary', 'a.json'], { cwd });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /May read .*photos.*\(Read\)/);
  const { files } = JSON.parse(admittance(['summary', 'a.json', 'b.json', '-f', 'json'], { cwd }).stdout);
  assert.deepEqual(files.map(({ type, documents }) => [type, documents.length]), [['identity', 1], ['scenario', 2]]);
  assert.match(admittance(['summary', 'b.json', '-f', 'markdown'], { cwd }).stdout, /^- May read/m);
  assert.equal(admittance(['summary', 'bad.json'], { cwd }).status, 1);
  assert.match(admittance(['summary', '-', '-t', 'scp'], { cwd, input: JSON.stringify(document) }).stdout, /\(scp\)/);
});
