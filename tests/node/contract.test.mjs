// The TypeScript declarations, the JSON Schema and the engine's own types say the same.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { evaluate, explain, require } from './helpers/package.mjs';
import { repository } from './helpers/paths.mjs';
import { installed } from './helpers/project.mjs';
import { corpus } from './helpers/scenarios.mjs';

/** The declarations as a JSON Schema, so that values can be held against them. */
function declared(type, folder = '') {
  return createGenerator({
    path: join(installed, 'types', folder, 'index.d.cts'),
    type,
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema(type);
}

const input = declared('Scenario');
const output = declared('ScenarioResult');
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strict: false });
const isScenario = ajv.compile(input);
const isResult = ajv.compile(output);
const explained = declared('ExplanationResult');
const isExplanation = ajv.compile(explained);

/**
 * The fields of the engine's wire types as they are written in JSON: name, Rust type, whether the
 * field may be left out. Reads the sources the way rustfmt leaves them.
 */
function engineTypes(file) {
  const source = readFileSync(join(repository, 'core/src', file), 'utf8');
  const types = {};
  for (const [, name, body] of source.matchAll(/^pub struct (\w+) \{\n([\s\S]*?)^\}/gm)) {
    types[name] = {};
    for (const [, attributes, field, type] of body.matchAll(
      /((?:^ {4}(?:\/\/\/.*|#\[[^\n]*)\n)*)^ {4}pub (\w+): (.*),$/gm,
    )) {
      if (/skip(?![\w_])|skip,|skip\)/.test(attributes)) continue;
      const renamed = /rename = "([^"]+)"/.exec(attributes)?.[1];
      const key = renamed ?? field.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
      types[name][key] = { type, omitted: attributes.includes('skip_serializing_if') };
    }
  }
  return types;
}

const engineOutput = engineTypes('scenario/output.rs');
const engineInput = engineTypes('scenario/input.rs');
const engineExplained = {
  ...engineTypes('explain/run.rs'),
  ...engineTypes('explain/tree.rs'),
  ...engineTypes('suggest.rs'),
};
const engineAccount = engineTypes('account.rs');
const engineTrail = engineTypes('cloudtrail.rs');

test('the wire types were found in the sources', () => {
  assert.ok(Object.keys(engineOutput).length >= 10);
  assert.ok(Object.keys(engineInput).length >= 7);
  assert.ok('decidingStatement' in engineOutput.RequestResult);
  assert.ok('resource' in engineInput.ScenarioRequest);
  assert.deepEqual(Object.keys(engineAccount).sort(), ['AccountDetails', 'Identity', 'Tag']);
  assert.deepEqual(Object.keys(engineTrail).sort(), ['TrailEvent', 'TrailField']);
  assert.ok(['ExplanationResult', 'Explanation', 'Suggestion'].every((name) => name in engineExplained));
});

for (const [schema, types] of [
  [output, engineOutput],
  [explained, engineExplained],
  // Its other types are parts of these, or wrapped by the border.
  [declared('AccountReading', 'analysis'), { Identity: engineAccount.Identity }],
  [declared('TrailReading', 'analysis'), engineTrail],
]) {
  for (const [name, fields] of Object.entries(types)) {
    test(`${name}: the declaration has the fields of the engine, as optional and as nullable`, () => {
      const type = schema.definitions[name];
      assert.ok(type, `${name} is not declared or not reachable from the result`);
      assert.deepEqual(Object.keys(type.properties).sort(), Object.keys(fields).sort());
      for (const [key, { type: rust, omitted }] of Object.entries(fields)) {
        const given = resolve(schema, type.properties[key]);
        assert.equal(!(type.required ?? []).includes(key), omitted, `${name}.${key}: optional`);
        assert.equal(acceptsNull(schema, given), rust.startsWith('Option<') && !omitted, `${name}.${key}: null`);
        assert.equal(jsonType(schema, given), jsonTypeOfRust(rust), `${name}.${key}: type`);
        const [, item] = /Vec<(.*?)>+$/.exec(rust) ?? [];
        if (item) assert.equal(jsonType(schema, resolve(schema, itemsOf(schema, given))), jsonTypeOfRust(item), `${name}.${key}: type of its items`);
      }
    });
  }
}

for (const [name, fields] of Object.entries(engineInput)) {
  test(`${name}: declaration and schema have the fields of the engine`, () => {
    const type = input.definitions[name];
    assert.ok(type, `${name} is not declared or not reachable from Scenario`);
    const expected = Object.keys(fields).sort();
    const ours = (properties) => Object.keys(properties).filter((key) => key !== '$schema').sort();
    assert.deepEqual(ours(type.properties), expected);
    assert.deepEqual(ours(published(name).properties), expected);
    const required = (list) => (list ?? []).slice().sort();
    assert.deepEqual(required(type.required), required(published(name).required), 'required');
  });
}

/** The part of the published schema for one of the engine's types. */
function published(name) {
  const schema = require('admittance/schema');
  const parts = {
    Scenario: schema,
    Policies: schema.$defs.policies,
    OrganizationLevel: schema.$defs.organizationLevels.items,
    PolicySource: schema.$defs.policySource,
    ScenarioRequest: schema.$defs.request,
    ScenarioPrincipal: schema.$defs.principal,
    FurtherAction: schema.$defs.furtherAction,
    ScenarioS3: schema.$defs.s3,
    ScenarioBlockPublicAccess: schema.$defs.s3.properties.blockPublicAccess,
    Expectation: schema.$defs.expectation,
  };
  assert.ok(parts[name], `the schema has no part for ${name}`);
  return parts[name];
}

function resolve(schema, node) {
  return node.$ref ? resolve(schema, schema.definitions[decodeURIComponent(node.$ref.split('/').at(-1))]) : node;
}

function acceptsNull(schema, node) {
  const { type, anyOf } = resolve(schema, node);
  return [type].flat().includes('null') || (anyOf ?? []).some((one) => acceptsNull(schema, one));
}

function jsonType(schema, node) {
  const { type, anyOf } = resolve(schema, node);
  return [type ?? anyOf.map((one) => jsonType(schema, one))].flat().find((name) => name !== 'null');
}

function itemsOf(schema, node) {
  const { items, anyOf } = resolve(schema, node);
  return items ?? anyOf.map((one) => resolve(schema, one)).find((one) => one.items).items;
}

/** Types of Rust that are written as texts. */
const TEXTS = ['String', 'Mark', 'IdentityKind', 'Certainty'];

function jsonTypeOfRust(type) {
  const inner = /^Option<(.*)>$/.exec(type)?.[1] ?? type;
  if (inner.startsWith('Vec<')) return 'array';
  if (TEXTS.includes(inner)) return 'string';
  return { bool: 'boolean', u32: 'number', usize: 'number' }[inner] ?? 'object';
}

test('every scenario of the corpus is a Scenario, and every result a ScenarioResult', () => {
  let decided = 0;
  for (const { name, text } of corpus()) {
    const scenario = JSON.parse(text);
    // Documents that are meant to be invalid are outside of what the types promise.
    const result = evaluate(text);
    if (result.valid) {
      assert.ok(isScenario(scenario), `${name}: ${ajv.errorsText(isScenario.errors)}`);
      assert.equal(result.results.length, scenario.requests.length, name);
    }
    assert.ok(isResult(result), `${name}: ${ajv.errorsText(isResult.errors)}`);
    decided += result.results.length;
  }
  assert.ok(decided > 100, `${decided} decisions`);
});

test('every explanation of the corpus is an ExplanationResult', () => {
  const kinds = new Set();
  for (const { name, text } of corpus()) {
    const result = explain(text);
    assert.ok(isExplanation(result), `${name}: ${ajv.errorsText(isExplanation.errors)}`);
    const decided = evaluate(text);
    assert.equal(result.valid, decided.valid, name);
    assert.deepEqual(result.diagnostics, decided.diagnostics, name);
    assert.deepEqual(
      result.explanations.map(({ answer }) => answer),
      decided.results.filter(({ decision }) => decision !== 'Invalid').map(({ reason }) => reason),
      name,
    );
    for (const { suggestions } of result.explanations) {
      for (const { changes } of suggestions) changes.forEach(({ kind }) => kinds.add(kind));
    }
  }
  assert.deepEqual([...kinds].sort(), ['context', 'document', 'edit', 'resource']);
});

test('a scenario means the same as an object and as its text', () => {
  for (const { name, text } of corpus()) {
    const withoutPlaces = (result) => JSON.stringify(result, (key, value) => (key === 'range' ? undefined : value));
    assert.equal(withoutPlaces(evaluate(JSON.parse(text))), withoutPlaces(evaluate(text)), name);
  }
});

test('invalid input, too, gives a ScenarioResult', () => {
  for (const text of ['', '{', '[]', '{}', '"\ud800"', '{"policies":{"identity":["{"]},"requests":[]}']) {
    const result = evaluate(text);
    assert.ok(isResult(result), `${text}: ${ajv.errorsText(isResult.errors)}`);
    assert.equal(result.valid, false, text);
    assert.ok(result.diagnostics.length > 0, text);
  }
});

test('the limits are declared', () => {
  const limits = declared('Limits').definitions.Limits;
  assert.deepEqual(Object.keys(limits.properties).sort(), Object.keys(require('admittance').limits).sort());
});
