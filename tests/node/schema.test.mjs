// The published JSON Schema takes every scenario of the corpus, and refuses what is not one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { require } from './helpers/package.mjs';
import { corpus, policy, scenario } from './helpers/scenarios.mjs';

const schema = require('admittance/schema');
const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
const validate = ajv.compile(schema);

const files = corpus();
test('the corpus is there', () => assert.ok(files.length > 100, `${files.length} files`));
for (const { name, text } of files) {
  test(`the schema takes ${name}`, () => {
    assert.ok(validate(JSON.parse(text)), ajv.errorsText(validate.errors));
  });
}

const policies = (changes) => ({ ...scenario(), policies: changes });
const good = {
  'no policies': policies({}),
  'no requests': { policies: {}, requests: [] },
  'policies as text, objects, with their attachment': policies({
    identity: [
      JSON.stringify(policy),
      policy,
      { name: 'Read', attachedTo: 'group/developers', document: policy },
      { document: JSON.stringify(policy) },
    ],
    resource: { kind: 'kms-key', document: policy },
    permissionsBoundary: policy,
    session: [],
    serviceControl: [{ name: 'Root', policies: [policy] }, { policies: [] }],
    resourceControl: [],
    vpcEndpoint: JSON.stringify(policy),
    accessPoint: policy,
  }),
  'the kind of an endpoint': policies({ vpcEndpoint: { kind: 'gateway', document: policy } }),
  'what S3 looks at': scenario({
    s3: {
      blockPublicAccess: {
        restrictPublicBuckets: true,
        ignorePublicAcls: false,
        blockPublicAcls: true,
        blockPublicPolicy: true,
      },
      bucket: 'b',
      bucketOwner: '111122223333',
      objectOwner: '444455556666',
      objectAcl: 'none',
    },
  }),
  'several resource policies': policies({ resource: [policy, policy] }),
  'an invalid document is for the engine to refuse': policies({ identity: [{ Statement: 1, Extra: 2 }] }),
  'every kind of context value': scenario({
    context: { a: 'x', b: 1, c: true, d: ['x', 1, false], e: [], f: null },
  }),
  'everything of a request': scenario({
    name: 'name',
    principal: {
      arn: 'arn:aws:sts::111122223333:assumed-role/r/s',
      roleArn: 'arn:aws:iam::111122223333:role/r',
      sessionName: 's',
      federatingUserArn: 'arn:aws:iam::111122223333:user/u',
      canonicalUserId: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
      getSessionToken: false,
      serviceLinkedRole: false,
      inManagementAccount: true,
    },
    resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'],
    resourceAccount: '111122223333',
    resourceInManagementAccount: true,
    awsManagedKey: false,
    kmsGrantAllows: true,
    expect: { decision: 'Allow', decidedBy: 'identity+resource', statement: '#0' },
  }),
  'the schema named for editors': { $schema: './scenario.schema.json', ...scenario() },
};
for (const [name, value] of Object.entries(good)) {
  test(`the schema takes: ${name}`, () => {
    assert.ok(validate(value), ajv.errorsText(validate.errors));
  });
}

const bad = {
  'not an object': [],
  'no policies at all': { requests: [] },
  'no list of requests': { policies: {} },
  'an unknown part': { ...scenario(), request: {} },
  'an unknown policy type': policies({ identities: [] }),
  'a single identity policy outside a list': policies({ identity: policy }),
  'a number for a policy': policies({ identity: [1] }),
  'null for a policy': policies({ permissionsBoundary: null }),
  'a level that is a policy': policies({ serviceControl: [policy] }),
  'a level without policies': policies({ serviceControl: [{ name: 'Root' }] }),
  'an unknown part beside a document': policies({ identity: [{ document: policy, sid: 'x' }] }),
  'an unknown attachment': policies({ identity: [{ document: policy, attachedTo: 'bucket' }] }),
  'an unknown kind': policies({ resource: [{ document: policy, kind: 'bucket' }] }),
  'a document that is a list': policies({ identity: [{ document: [policy] }] }),
  'no principal': scenario({ principal: undefined }),
  'a principal without an ARN': scenario({ principal: { roleArn: 'x' } }),
  'an unknown part of a principal': scenario({ principal: { arn: 'x', role: 'y' } }),
  'no action': scenario({ action: undefined }),
  'several actions': scenario({ action: ['s3:GetObject'] }),
  'a resource that is a number': scenario({ resource: 1 }),
  'an account with eleven digits': scenario({ resourceAccount: '11112222333' }),
  'an account that is a number': scenario({ resourceAccount: 111122223333 }),
  'a flag that is a text': scenario({ kmsGrantAllows: 'true' }),
  'a context that is a list': scenario({ context: [] }),
  'a context value that is an object': scenario({ context: { a: {} } }),
  'a context value with null in a list': scenario({ context: { a: [null] } }),
  'an unknown decision': scenario({ expect: { decision: 'Deny' } }),
  'an expectation without a decision': scenario({ expect: { decidedBy: 'identity' } }),
  'an unknown gate': scenario({ expect: { decision: 'Allow', decidedBy: 'user' } }),
  'an unknown part of a request': scenario({ resources: [] }),
};
for (const [name, value] of Object.entries(bad)) {
  test(`the schema refuses: ${name}`, () => {
    assert.equal(validate(JSON.parse(JSON.stringify(value))), false);
  });
}

test('the examples in the schema are valid where they stand', () => {
  assert.ok(schema.examples.length > 0);
  let examples = 0;
  const visit = (node, pointer) => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node.examples)) {
      const own = ajv.compile({ ...node, $defs: schema.$defs });
      for (const example of node.examples) {
        examples++;
        assert.ok(own(example), `${pointer}: ${ajv.errorsText(own.errors)}`);
      }
    }
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'examples') visit(value, `${pointer}/${key}`);
    }
  };
  visit(schema, '');
  assert.ok(examples > 20, `${examples} examples`);
});

test('every property has a title and a description', () => {
  const without = [];
  const visit = (node, pointer) => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      const target = property.$ref ? schema.$defs[property.$ref.split('/').at(-1)] : {};
      for (const part of ['title', 'description']) {
        if (!(property[part] ?? target[part])) without.push(`${pointer}.${name}: no ${part}`);
      }
    }
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'examples') visit(value, `${pointer}/${key}`);
    }
  };
  visit(schema, '');
  assert.deepEqual(without, []);
});
