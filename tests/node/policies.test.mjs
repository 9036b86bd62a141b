// `admittance/analysis`: validation, summaries, the catalog, and what AWS's tools print.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { analysis, evaluate, require } from './helpers/package.mjs';
import { declared } from './helpers/declared.mjs';
import { project } from './helpers/project.mjs';
import { run } from './helpers/run.mjs';
import { corpus, policy, scenario } from './helpers/scenarios.mjs';

const { accountScenario, applyFixes, completeAction, describeAction, expandActions, findingCodes, loadCatalog, readAccount, readTrail, summarize, summarizeService, validatePolicy } = analysis;
const TYPES = { identity: 'identity', serviceControl: 'scp', permissionsBoundary: 'boundary', session: 'session', vpcEndpoint: 'vpce', resource: 'resource' };

/** The documents of the corpus, each with its type. */
function* documents() {
  for (const { name, text } of corpus()) {
    const { policies } = JSON.parse(text);
    for (const [key, type] of Object.entries(TYPES)) {
      for (const given of [policies[key] ?? []].flat().flatMap((one) => one.policies ?? [one])) {
        const document = given.document ?? given;
        yield { name, type, text: typeof document === 'string' ? document : JSON.stringify(document) };
      }
    }
  }
}

test('without the catalog: what takes it says so, or is named as skipped', () => {
  const fresh = `
    const analysis = require('admittance/analysis');
    const codes = [];
    for (const name of ['expandActions', 'completeAction', 'describeAction', 'summarizeService']) {
      try { analysis[name]('{}', ...name === 'summarizeService' ? ['s3'] : []); } catch ({ code }) { codes.push(code); }
    }
    console.log(codes.join(), analysis.validatePolicy('{}', 'identity').skipped.length > 0);`;
  assert.equal(run(process.execPath, ['-e', fresh], { cwd: project }).trim(), 'NOT_INITIALIZED,NOT_INITIALIZED,NOT_INITIALIZED,NOT_INITIALIZED true');
});

test('the catalog is loaded from the package, from bytes and from a response; nothing else is one', async () => {
  const bytes = readFileSync(require.resolve('admittance/catalog.bin'));
  const metadata = await loadCatalog();
  declared('CatalogMetadata', 'analysis')(metadata, 'metadata');
  assert.ok(metadata.services > 400 && metadata.actions > 20_000);
  for (const source of [bytes, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), new Response(bytes), Promise.resolve(bytes)]) {
    assert.deepEqual(await loadCatalog(source), metadata);
  }
  for (const source of [new Uint8Array(8), bytes.subarray(0, 1000), new Response('', { status: 404 }), 'nowhere:catalog']) {
    await assert.rejects(loadCatalog(source), { code: 'LOAD_FAILED' });
  }
  // The one before stays.
  assert.deepEqual(expandActions('s3:GetObjectTag*'), ['s3:GetObjectTagging']);
});

test('actions: patterns, completions, details', async () => {
  await loadCatalog();
  assert.deepEqual(expandActions('nosuch:*'), []);
  assert.ok(completeAction('s3:geto', 5).includes('s3:GetObject'));
  assert.equal(completeAction('s', 3).length, 3);
  const isAction = declared('ActionDetails', 'analysis');
  for (const name of expandActions('iam:*')) isAction(describeAction(name), name);
  const { accessLevel, resourceTypes } = describeAction('S3:getobject');
  assert.equal(accessLevel, 'Read');
  assert.ok(resourceTypes.some(({ arnFormats }) => arnFormats.some((arn) => arn.startsWith('arn:'))));
  assert.equal(describeAction('s3:Nothing'), undefined);
});

test('every document of the corpus is validated; fixes leave JSON, and no new errors', async () => {
  await loadCatalog();
  const isValidation = declared('PolicyValidation', 'analysis');
  const codes = new Set(findingCodes().map(({ code }) => code));
  const errors = ({ findings }) => findings.filter(({ severity }) => severity === 'error').length;
  let findings = 0;
  let fixes = 0;
  for (const { name, type, text } of documents()) {
    const validation = validatePolicy(text, type);
    isValidation(validation, name);
    assert.deepEqual(validation.skipped, [], name);
    assert.equal(validation.valid, errors(validation) === 0, name);
    for (const { code, range } of validation.findings) {
      findings++;
      assert.ok(codes.has(code), `${name}: ${code}`);
      assert.ok(range.end.offset <= text.length, name);
    }
    const fixed = applyFixes(text, validation.findings);
    if (fixed === text || errors(validation) > 0) continue;
    fixes++;
    JSON.parse(fixed);
    assert.equal(errors(validatePolicy(fixed, type)), 0, `${name}: ${fixed}`);
  }
  assert.ok(findings > 50 && fixes > 0, `${findings} findings, ${fixes} fixed`);
});

test('every document of the corpus is summarized, a sentence for each statement', async () => {
  await loadCatalog();
  const isSummary = declared('Summary', 'analysis');
  let sentences = 0;
  for (const { name, text } of corpus()) {
    const { policies } = JSON.parse(text);
    const summary = summarize(policies);
    isSummary(summary, name);
    for (const document of summary.documents) {
      sentences += document.sentences.length;
      for (const { text, parts } of document.sentences) assert.equal(parts.map((part) => part.text).join(''), text, name);
    }
  }
  assert.ok(sentences > 300, `${sentences} sentences`);
});

test('a service, action by action, over every document of the corpus', async () => {
  await loadCatalog();
  const isReport = declared('ServiceReport', 'analysis');
  let rows = 0;
  for (const { name, text } of corpus()) {
    const { policies } = JSON.parse(text);
    const report = summarizeService(policies, 'S3');
    isReport(report, name);
    const { documents } = summarize(policies);
    for (const { location, effect, actions, ...row } of report.documents) {
      rows++;
      const { table } = documents.find((document) => document.location === location);
      assert.deepEqual(table[effect.toLowerCase()].find(({ service }) => service === 's3'), row, name);
      for (const { level, covered } of row.levels) {
        assert.equal(actions.filter((action) => action.level === level && action.covered).length, covered, name);
      }
    }
  }
  assert.ok(rows > 100, `${rows} rows`);
  const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: ['s3:ListAllMyBuckets', 's3:GetObject'], Resource: 'arn:aws:s3:::photos/*' } };
  const { documents: [{ resource, actions }] } = summarizeService({ identity: [document] }, 's3');
  assert.equal(resource, 'BucketName = photos, ObjectName = *');
  const note = (name) => actions.find(({ action }) => action === name).note;
  assert.equal(note('GetObject'), undefined);
  assert.match(note('ListAllMyBuckets'), /requires a wildcard/);
  assert.equal(summarizeService({ identity: [document] }, 'nosuch').name, undefined);
  assert.deepEqual(summarizeService({ identity: [document] }, 'sqs').documents, []);
});

test('account details: identities, and a scenario for one of them', () => {
  const arn = 'arn:aws:iam::111122223333:user/ana';
  const details = { UserDetailList: [{ Path: '/', UserName: 'ana', UserId: 'AIDAEXAMPLEANA', Arn: arn, UserPolicyList: [{ PolicyName: 'read', PolicyDocument: policy }] }] };
  for (const given of [details, JSON.stringify(details), [details]]) {
    const reading = readAccount(given);
    declared('AccountReading', 'analysis')(reading, 'account');
    assert.deepEqual(reading.identities.map((identity) => identity.arn), [arn]);
    const { scenario } = accountScenario(given, { principal: arn, action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/k' });
    assert.equal(evaluate(scenario).results[0].decision, 'Allow');
  }
  const { valid, diagnostics } = accountScenario(details, { principal: `${arn}a`, action: 's3:GetObject' });
  assert.deepEqual([valid, diagnostics[0].code], [false, 'NO_SUCH_IDENTITY']);
});

test('CloudTrail events become requests', () => {
  const event = {
    eventVersion: '1.11', eventTime: '2026-11-22T08:00:00Z', eventSource: 's3.amazonaws.com', eventName: 'HeadObject',
    awsRegion: 'eu-west-1', sourceIPAddress: '192.0.2.7',
    userIdentity: { type: 'IAMUser', principalId: 'AIDAEXAMPLE', userName: 'ana', accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/ana' },
    requestParameters: { bucketName: 'photos', key: '1.jpg' },
  };
  for (const given of [event, { Records: [event] }, JSON.stringify(event), [event]]) {
    const reading = readTrail(given);
    declared('TrailReading', 'analysis')(reading, 'trail');
    assert.equal(reading.events[0].request.action, 's3:GetObject');
  }
});

test('mistakes of the program throw; bad input is data', () => {
  for (const mistake of [
    () => validatePolicy(policy, 'bucket'),
    () => validatePolicy(1, 'identity'),
    () => validatePolicy(policy, 'resource', { resourceType: 1 }),
    () => validatePolicy(policy, 'resource', { kind: 'x' }),
    () => applyFixes(policy, []),
    () => applyFixes('', {}),
    () => summarize(null),
    () => readAccount(() => {}),
    () => accountScenario('{}', { principal: 1, action: 's3:GetObject' }),
    () => accountScenario('{}'),
    () => completeAction('s3', -1),
  ]) {
    assert.throws(mistake, { name: 'TypeError', code: 'INVALID_ARGUMENT' });
  }
  for (const text of ['', '{', '[', 'null', '"\ud800"', '[['.repeat(1000), '{"a":'.repeat(200)]) {
    assert.equal(validatePolicy(text, 'identity').valid, false, text.slice(0, 20));
    assert.equal(summarize(text).valid, false);
    assert.equal(readAccount(text).valid, false);
    assert.equal(readTrail(text).valid, false);
  }
});

test('out of memory: the catalog is there again in the fresh engine', () => {
  const script = `
    const analysis = require('admittance/analysis');
    analysis.loadCatalog().then(() => {
      const seen = [];
      try { analysis.summarize(JSON.stringify({ identity: ['x'.repeat(4_000_000)] })); } catch ({ code }) { seen.push(code); }
      seen.push(analysis.expandActions('s3:GetObjectTag*').join(), analysis.simulate(${JSON.stringify(JSON.stringify(scenario()))}).valid);
      console.log(seen.join(' '));
    });`;
  assert.equal(run(process.execPath, ['--wasm-max-mem-pages=96', '-e', script], { cwd: project }).trim(), 'ENGINE_FAILED s3:GetObjectTagging true');
});
