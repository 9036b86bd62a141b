// The declared types, so that values can be held against them.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import Ajv from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { installed } from './project.mjs';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strict: false });
const checks = new Map();

/** A check that a value is of a declared type, of the main entry or of the one in a folder. */
export function declared(type, folder = '') {
  const key = `${folder} ${type}`;
  if (!checks.has(key)) {
    const path = join(installed, 'types', folder, 'index.d.cts');
    checks.set(key, ajv.compile(createGenerator({ path, type, skipTypeCheck: true, additionalProperties: false }).createSchema(type)));
  }
  const check = checks.get(key);
  return (value, name) => assert.ok(check(value), `${name}: ${ajv.errorsText(check.errors)}`);
}
