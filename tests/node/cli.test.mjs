// The command line, as it is installed: what it prints, and its exit status.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { admittance, ana, command, example, folder } from './helpers/command.mjs';
import { installed, project } from './helpers/project.mjs';
import { policy, scenario } from './helpers/scenarios.mjs';

const expecting = (decision, more) => JSON.stringify(scenario({ name: 'a request', expect: { decision }, ...more }));

test('the example: tests, checks and formatting are fine, as installed in node_modules/.bin', () => {
  const cwd = example();
  const bin = join(project, 'node_modules/.bin/admittance');
  for (const args of [['test', '--coverage'], ['lint', '--strict', 'policies'], ['fmt', '--check', 'policies']]) {
    const { status, stdout, stderr } = spawnSync(bin, args, { cwd, encoding: 'utf8' });
    assert.equal(status, 0, `${args}: ${stdout}${stderr}`);
  }
});

test('bad usage and unreadable input: status 2, and what to write instead', () => {
  const cwd = folder({
    'a.json': policy,
    'twice.yaml': 'policies: {}\npolicies: {}\n',
    'open.yml': 'a: [1\n',
    'latin.json': 'x',
  });
  writeFileSync(join(cwd, 'latin.json'), Buffer.from([0x22, 0xe9, 0x22]));
  for (const [args, pattern] of [
    [['evl'], /unknown command 'evl'\n\(Did you mean eval\?\)/],
    [['eval', '--polcy', 'x'], /unknown option '--polcy'/],
    [['eval'], /--principal is not given\n {2}such as: admittance eval --policy/],
    [['eval', '--principal', ana], /--action is not given/],
    [['eval', 'none.json'], /none\.json: there is no such file/],
    [['eval', '.'], /\.: this is a folder/],
    [['eval', 'latin.json'], /latin\.json: this is no UTF-8 text/],
    [['eval', 'twice.yaml'], /twice\.yaml:2:\d+: duplicated mapping key/],
    [['eval', 'open.yml'], /open\.yml:\d+:\d+: /],
    [['eval', 'a.json', '--action', 's3:GetObject'], /--action and a scenario file do not go together/],
    [['eval', 'a.json', '--format', 'xml'], /Allowed choices are human, json, markdown, aws/],
    [['eval', '--principal', ana, '--action', 's3:GetObject', '--context', 'key'], /--context key: this has no key/],
    [['eval', '-p', 'none.json', '--principal', ana, '-a', 's3:GetObject'], /none\.json: there is no such file/],
    [['test'], /no file in this folder is like \*\*\/\*\.admittance\.json/],
    [['test', 'x/**'], /x\/\*\*: there is no such file/],
    [['test', '--watch', '-'], /--watch and standard input do not go together/],
    [['lint'], /missing required argument 'files'/],
    [['lint', 'a.json', '--type', 'bucket'], /Allowed choices are identity, resource/],
    [['fmt', 'latin.json'], /no UTF-8 text/],
    [['init', 'none.json'], /no such file/],
    [['init', 'a.json', '-o', 'a.json'], /this file is there already/],
    [['completion', 'tcsh'], /tcsh is no shell known here\n {2}write one of bash, zsh, fish/],
  ]) {
    const { status, stdout, stderr } = admittance(args, { cwd });
    assert.match(stderr, pattern, args.join(' '));
    assert.equal(status, 2, args.join(' '));
    assert.equal(stdout, '', args.join(' '));
    assert.doesNotMatch(stderr, /\n {4}at /, 'a stack trace');
  }
});

test('help and version', () => {
  assert.match(admittance(['--help']).stdout, /Exit status: 0 fine; 1 findings/);
  assert.match(admittance(['test', '--help']).stdout, /--coverage/);
  assert.equal(admittance(['--version']).stdout, `${JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')).version}\n`);
});

test('eval: the decision first, then why', () => {
  const cwd = folder({ 'a.json': policy, 's.json': scenario({ name: 'first' }), 'bad.json': { ...policy, Statement: { Effect: 'Alow', Action: '*', Resource: '*' } } });
  const asked = (...more) => ['eval', '-p', 'a.json', '--principal', ana, '-a', 's3:GetObject', ...more];
  for (const [args, status, pattern] of [
    [asked('-r', 'arn:aws:s3:::bucket/x'), 0, /^Allow\nAllowed: statement "Read"/],
    [asked('-r', 'arn:aws:s3:::bucket/secret/x'), 0, /^ExplicitDeny\nDenied: statement "NotSecret"/],
    [asked('-r', 'arn:aws:s3:::other', '--explain'), 0, /^ImplicitDeny\nDenied: [^]*How it was decided:[^]*What would allow it/],
    [asked('-r', 'arn:aws:s3:::bucket/x', '--scp', 'a.json'), 0, /^Allow/],
    [asked('-r', 'arn:aws:s3:::bucket/x', '--boundary', 'a.json', '--session-policy', 'a.json'), 0, /^Allow/],
    [['eval', 's.json'], 0, /^Allow {2}first\n/],
    [['eval', 's.json', '--format', 'markdown'], 0, /^### Allow: first\n\nAllowed/],
    [['eval', '-p', 'bad.json', '--principal', ana, '-a', 's3:GetObject'], 1, /^Not decided[^]*bad\.json:1:\d+ error: `Alow` is no effect INVALID_EFFECT\n {2}help: write "Allow" or "Deny"/],
    [asked('-r', 'bucket'), 1, /requests\[0\]\.resource error: `bucket` is neither an ARN nor \*/],
  ]) {
    const result = admittance(args, { cwd });
    assert.match(result.stdout, pattern, args.join(' '));
    assert.equal(result.status, status, args.join(' '));
    assert.equal(result.stderr, '');
  }
  const json = JSON.parse(admittance([...asked('-r', 'arn:aws:s3:::bucket/x', '-c', 'aws:A=1', '-c', 'aws:A=2', '--explain'), '-f', 'json'], { cwd }).stdout);
  assert.equal(json.results[0].decision, 'Allow');
  assert.equal(json.explanations.length, 1);
});

test('eval: unknown keys, standard input in JSON and YAML, expectations', () => {
  const conditional = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } } };
  const text = JSON.stringify(scenario({ document: conditional }));
  assert.match(admittance(['eval', '-', '-u', 'aws:SourceVpc'], { input: text }).stdout, /^Depends\nIt depends on aws:SourceVpc/);
  const yaml = `policies: {}\nrequests:\n  - { principal: '${ana}', action: s3:GetObject, expect: { decision: Allow } }\n`;
  const { status, stdout } = admittance(['eval', '-'], { input: yaml });
  assert.match(stdout, /^ImplicitDeny\n[^]*✗ decision: expected Allow, got ImplicitDeny/);
  assert.equal(status, 1);
});

test('test: what differs, and the formats for machines', () => {
  const cwd = folder({
    'good.admittance.json': expecting('Allow', { expect: { decision: 'Allow', decidedBy: 'identity', statement: 'Read' } }),
    'deep/bad.admittance.json': expecting('Allow', { action: 's3:PutObject', name: 'a <b> & "c"\u0001', expect: { decision: 'Allow', statement: 'Write' } }),
    'none.admittance.yaml': JSON.stringify(scenario({ expect: undefined })),
    'node_modules/x/skipped.admittance.json': '{',
    'other.json': '{',
  });
  const { status, stdout } = admittance(['test'], { cwd });
  assert.equal(status, 1);
  assert.match(stdout, /✗ deep\/bad\.admittance\.json\n {2}✗ a <b> & "c".*\n {6}decision: expected Allow, got ImplicitDeny\n {6}statement: expected Write, got none\n/);
  assert.match(stdout, /✓ good\.admittance\.json\n/);
  assert.match(stdout, /1 passed, 1 failed, 1 without an expectation in 3 files\n$/);
  const xml = admittance(['test', '--format', 'junit'], { cwd });
  assert.equal(xml.status, 1);
  assert.match(xml.stdout, /<testsuites name="admittance" tests="3" failures="1" skipped="1">/);
  assert.match(xml.stdout, /<testcase name="a &lt;b&gt; &amp; &quot;c&quot;" classname="deep\/bad\.admittance\.json"><failure message="decision: expected Allow, got ImplicitDeny">/);
  const { files } = JSON.parse(admittance(['test', '-f', 'json'], { cwd }).stdout);
  assert.deepEqual(files.map(({ cases }) => cases[0].status), ['failed', 'passed', 'skipped']);
  assert.match(admittance(['test', '-f', 'markdown', 'good*.json'], { cwd }).stdout, /\| passed \| good\.admittance\.json \| a request \|  \|/);
  assert.equal(admittance(['test', 'good.admittance.json', 'deep/../good.admittance.json'], { cwd }).status, 0);
});

test('test: a scenario that cannot be decided fails, unless that is expected', () => {
  const document = { ...policy, Statement: { Effect: 'Alow', Action: '*', Resource: '*' } };
  const cwd = folder({
    'a.admittance.json': expecting('Invalid', { document }),
    'b.admittance.json': expecting('Allow', { document }),
    'c.admittance.json': '{"policies": ',
  });
  assert.equal(admittance(['test', 'a.admittance.json'], { cwd }).status, 0);
  const { status, stdout } = admittance(['test'], { cwd });
  assert.equal(status, 1);
  assert.match(stdout, /decision: expected Allow, got Invalid\n {6}policies\.identity\[0\]: `Alow` is no effect/);
  assert.match(stdout, /1 passed, 2 failed in 3 files/);
});

test('a request with an error fails, unless that is expected; the others are decided', () => {
  const { policies, requests } = scenario({ expect: { decision: 'Allow' } });
  const bad = { ...requests[0], name: 'bad', principal: 'nobody' };
  const cwd = folder({
    'a.admittance.json': { policies, requests: [...requests, { ...bad, expect: { decision: 'Invalid' } }] },
    'b.admittance.json': { policies, requests: [bad, ...requests, { ...bad, expect: undefined }] },
  });
  assert.equal(admittance(['test', 'a.admittance.json'], { cwd }).status, 0);
  const { status, stdout } = admittance(['test', 'b.admittance.json'], { cwd });
  assert.equal(status, 1);
  assert.match(stdout, /decision: expected Allow, got Invalid\n {6}requests\[0\]\.principal: `nobody` names no principal/);
  assert.match(stdout, /bad\n {6}nothing is decided\n {6}requests\[2\]\.principal: /);
  assert.match(stdout, /1 passed, 2 failed in 1 file/);
  const shown = admittance(['eval', '--explain', 'b.admittance.json'], { cwd });
  assert.equal(shown.status, 1);
  assert.match(shown.stdout, /^Invalid {2}bad\nNot decided: `nobody` names no principal\.\n.*\n\nAllow/s);
  assert.doesNotMatch(shown.stdout, /an error has to be put right first/);
});

test('test --coverage: statements that were never decisive', () => {
  const cwd = example();
  const { stdout } = admittance(['test', '--coverage'], { cwd });
  assert.match(stdout, /Statements that no request made decisive\n.*drafts.*: All \(applied 1 times\)\n.*reports.*: NoDrafts\n/);
  const { uncovered } = JSON.parse(admittance(['test', '--coverage', '-f', 'json'], { cwd }).stdout);
  assert.deepEqual(uncovered.map(({ statement, applied }) => [statement, applied]), [['All', 1], ['NoDrafts', 0]]);
});

for (const [name, file, fine, before, wrong, after] of [
  ['test', 'a.admittance.json', expecting('Allow'), '1 passed, 0 failed', expecting('ImplicitDeny'), '0 passed, 1 failed'],
  ['lint', 'a.json', JSON.stringify(policy), 'nothing found', '{', 'JSON_SYNTAX_ERROR'],
]) test(`${name} --watch runs again when a file changes`, async () => {
  const cwd = folder({ [file]: fine });
  const child = spawn(process.execPath, [command, name, '--watch', file], { cwd, env: { PATH: process.env.PATH } });
  let output = '';
  const seen = (text) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${text} in: ${output}`)), 60_000);
      const look = () => {
        if (output.includes(text)) {
          clearTimeout(timer);
          child.stdout.off('data', look);
          resolve();
        }
      };
      child.stdout.on('data', look);
      look();
    });
  child.stdout.on('data', (data) => (output += data));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    await seen(before);
    // Until the folder is watched there is no sign of it.
    const timer = setInterval(() => writeFileSync(join(cwd, file), wrong), 300);
    await seen(after).finally(() => clearInterval(timer));
  } finally {
    child.kill('SIGINT');
  }
  assert.equal(await ended, 1);
});

test('fmt: one form, the same meaning, every value in its own characters', () => {
  const text = '{"Statement":[{"Resource":"arn:aws:s3:::\\u00e9/*","Action":["s3:GetObject","s3:PutObject"],"Effect":"Allow","Sid":"A","Condition":{"NumericLessThan":{"s3:max-keys":1e2}}}],"Version":"2012-10-17"}';
  const formatted = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "A",
      "Effect": "Allow",
      "Action": [
        "s3:GetObject",
        "s3:PutObject"
      ],
      "Resource": "arn:aws:s3:::\\u00e9/*",
      "Condition": {
        "NumericLessThan": {
          "s3:max-keys": 1e2
        }
      }
    }
  ]
}
`;
  const cwd = folder({ 'a.json': text });
  assert.deepEqual(admittance(['fmt', '--check', 'a.json'], { cwd }), { status: 1, stdout: 'a.json\n', stderr: '' });
  assert.equal(admittance(['fmt', '.'], { cwd }).status, 0);
  assert.equal(readFileSync(join(cwd, 'a.json'), 'utf8'), formatted);
  assert.deepEqual(admittance(['fmt', '--check', 'a.json'], { cwd }), { status: 0, stdout: '', stderr: '' });
  assert.equal(admittance(['fmt', '-'], { input: text }).stdout, formatted);
  assert.equal(admittance(['fmt', '-'], { input: '{"a":[],"b":{},"c":[[]],"d":"{[,:]}"}' }).stdout, '{\n  "a": [],\n  "b": {},\n  "c": [\n    []\n  ],\n  "d": "{[,:]}"\n}\n');
});

test('fmt: what has two meanings or none stays as it is', () => {
  for (const [text, pattern] of [
    ['{"Version":"2012-10-17","Statement":{"Effect":"Allow","Effect":"Deny"}}', /the key "Effect" stands twice/],
    ['{"Statement":[],"St\\u0061tement":[]}', /the key "Statement" stands twice/],
    ['{"Version": }', /a\.json:1:\d+: /],
    ['', /a\.json:1:1: the text is empty/],
    ['{"a": 1,}', /a\.json:1:\d+: /],
  ]) {
    const cwd = folder({ 'a.json': text });
    const { status, stderr } = admittance(['fmt', 'a.json'], { cwd });
    assert.equal(status, 2, text);
    assert.match(stderr, pattern);
    assert.equal(readFileSync(join(cwd, 'a.json'), 'utf8'), text);
  }
});

test('init: a scenario that passes', () => {
  const documents = {
    identity: policy,
    scp: policy,
    boundary: policy,
    resource: { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 's3:Get*', Resource: 'arn:aws:s3:::b/*' } },
    'role-trust': { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' } },
    'kms-key': { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' } },
  };
  for (const [type, document] of Object.entries(documents)) {
    const cwd = folder({ 'p.json': document });
    const made = admittance(['init', 'p.json', '-t', type, '-o', 'p.admittance.json'], { cwd });
    assert.equal(made.status, 0, made.stderr);
    const { status, stdout } = admittance(['test'], { cwd });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /[1-9] passed, 0 failed/);
  }
  const { status, stderr } = admittance(['init', '-'], { input: '{"Statement": 1}' });
  assert.equal(status, 1);
  assert.match(stderr, /-:1:15 error: /);
});

test('completion scripts name every command and option', () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = admittance(['completion', shell]);
    for (const word of ['eval', 'test', 'lint', 'fmt', 'init', 'completion', 'coverage', 'permissions boundary'].slice(0, shell === 'bash' ? 7 : 8)) {
      assert.ok(stdout.includes(word), `${shell}: ${word}`);
    }
  }
  const script = `source <("${process.execPath}" "${command}" completion bash)
    COMP_WORDS=(admittance lint --format s) COMP_CWORD=3; _admittance; echo "\${COMPREPLY[@]}"
    COMP_WORDS=(admittance t) COMP_CWORD=1; _admittance; echo "\${COMPREPLY[@]}"
    COMP_WORDS=(admittance docs "") COMP_CWORD=2; _admittance; echo "\${COMPREPLY[@]}"
    COMP_WORDS=(admittance eval --cl) COMP_CWORD=2; _admittance; echo "\${COMPREPLY[@]}"`;
  assert.equal(spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout, 'sarif\ntest\ncheck\n--cloudtrail\n');
});

test('color where it is asked for, and nowhere else', () => {
  const cwd = folder({ 'a.admittance.json': expecting('Allow') });
  const has = (env) => admittance(['test'], { cwd, env }).stdout.includes('\u001b[');
  assert.deepEqual([{}, { FORCE_COLOR: '1' }, { NO_COLOR: '1' }, { FORCE_COLOR: '1', NO_COLOR: '1' }].map(has), [false, true, false, false]);
});
