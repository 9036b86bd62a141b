// One document by itself, and scenario files.

import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { admittance, evaluate, inline } from './helpers/package.mjs';
import { policy, scenario } from './helpers/scenarios.mjs';

const { runScenario, validate } = admittance;
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] };

test('each type has its own grammar', () => {
  const valid = (document, types) => types.filter((type) => validate(document, type).valid);
  const types = ['identity', 'resource', 'role-trust', 'kms-key', 'access-point', 'boundary', 'session', 'scp', 'rcp', 'vpce'];
  assert.deepEqual(valid(policy, types), ['identity', 'boundary', 'session', 'scp']);
  assert.deepEqual(valid(trust, types), ['resource', 'role-trust', 'kms-key']);
  const withResource = { ...trust, Statement: [{ ...trust.Statement[0], Resource: '*' }] };
  assert.deepEqual(valid(withResource, ['resource', 'role-trust']), ['resource']);
  assert.throws(() => validate(policy, 'bucket'), (error) => {
    assert.equal(error.code, 'INVALID_ARGUMENT');
    assert.equal(error.message, `validate(policyType): expected one of ${types.join(', ')}, got "bucket"`);
    return true;
  });
  assert.throws(() => validate(policy), { code: 'INVALID_ARGUMENT' });
  assert.throws(() => validate(1, 'scp'), { code: 'INVALID_ARGUMENT' });
});

test('diagnostics are those of a scenario, in the same places', () => {
  const text = '{\n  "Version": "2012-10-17",\n  "Statement": { "Sid": "é😀", "Effect": "Alow", "Action": "s3:*", "Resource": "*" }\n}';
  const { valid, diagnostics } = validate(text, 'identity');
  const expected = evaluate(scenario({ document: text })).diagnostics.map((diagnostic) => ({ ...diagnostic, location: '' }));
  assert.equal(valid, false);
  assert.deepEqual(diagnostics, expected);
  const [{ range }] = diagnostics.filter(({ message }) => /Alow/.test(message));
  assert.equal(text.slice(range.start.offset, range.end.offset), '"Alow"');
  assert.equal(range.start.line, 3);
});

test('a document that is too long, too deep, or no text at all', () => {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*' };
  for (const [text, code] of [
    [' '.repeat(admittance.limits.maxDocumentLength + 1), 'DOCUMENT_TOO_LARGE'],
    [' '.repeat(admittance.limits.maxScenarioLength + 1), 'SCENARIO_TOO_LONG'],
    [`${'['.repeat(admittance.limits.maxNesting + 1)}${']'.repeat(admittance.limits.maxNesting + 1)}`, 'NESTING_TOO_DEEP'],
    [JSON.stringify({ Version: '2012-10-17', Statement: Array(admittance.limits.maxStatements + 1).fill(statement) }), 'TOO_MANY_STATEMENTS'],
    ['"\ud800"', 'LONE_SURROGATE'],
    ['', 'JSON_SYNTAX_ERROR'],
  ]) {
    const { valid, diagnostics } = validate(text, 'identity');
    assert.equal(valid, false);
    assert.ok(diagnostics.some((diagnostic) => diagnostic.code === code), JSON.stringify(diagnostics.slice(0, 2)));
  }
});

test('a scenario file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'admittance-'));
  const path = join(directory, 'é.json');
  writeFileSync(path, JSON.stringify(scenario()));
  assert.deepEqual(runScenario(path), evaluate(scenario()));
  assert.deepEqual(runScenario(pathToFileURL(path)), evaluate(scenario()));
  assert.throws(() => runScenario(join(directory, 'none')), (error) => {
    assert.equal(error.code, 'FILE_UNREADABLE');
    assert.equal(error.cause.code, 'ENOENT');
    return true;
  });
  assert.throws(() => runScenario(1), { code: 'INVALID_ARGUMENT' });
  assert.throws(() => runScenario(new URL('https://example.com/a.json')), { code: 'FILE_UNREADABLE' });
  assert.throws(() => inline.runScenario(path), { code: 'NO_FILE_ACCESS' });
});
