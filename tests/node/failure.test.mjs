// When the engine itself fails, the caller gets an error with the input, and the next call works.

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { require } from './helpers/package.mjs';
import { installed, project } from './helpers/project.mjs';
import { run } from './helpers/run.mjs';
import { scenario } from './helpers/scenarios.mjs';

const good = JSON.stringify(scenario());

test('out of memory: an error with a code, and a fresh engine for the next call', () => {
  // With four megabytes of memory in all, a text of four megabytes stops the engine.
  const script = `
    const { evaluate } = require('admittance');
    const good = ${JSON.stringify(good)};
    const long = JSON.stringify({ name: 'x'.repeat(4_000_000) });
    const failures = [];
    for (let round = 0; round < 3; round++) {
      try {
        evaluate(long);
      } catch (error) {
        failures.push([error.code, error.scenario === long, error.cause instanceof Error]);
      }
      failures.push(evaluate(good).valid);
    }
    console.log(JSON.stringify(failures));`;
  const output = run(process.execPath, ['--wasm-max-mem-pages=64', '-e', script], { cwd: project });
  const failure = ['ENGINE_FAILED', true, true];
  assert.deepEqual(JSON.parse(output), [failure, true, failure, true, failure, true]);
});

test('out of memory in a prepared set: the sets go on in the fresh engine', () => {
  const script = `
    const { PolicySet } = require('admittance');
    const { policies, requests: [request] } = ${good};
    const sets = [PolicySet.prepare(policies), PolicySet.prepare({}), PolicySet.prepare('{')];
    const short = PolicySet.prepare(policies);
    const long = { ...request, name: 'x'.repeat(4_000_000) };
    const calls = { decide: (set) => set.decide(JSON.stringify(long)), evaluate: (set) => set.evaluate(long), explain: (set) => set.explain(long),
      decideMany: (set) => set.decideMany([request, JSON.stringify(long)]), prepare: () => PolicySet.prepare(JSON.stringify(long)) };
    const seen = [];
    for (const [name, call] of Object.entries(calls)) {
      let failure;
      try { call(sets[0]); } catch (error) { failure = error; }
      const input = failure.request ?? failure.policies;
      seen.push([name, failure.code, input.length > 4_000_000, ...sets.map((set) => set.decide(request)), [...sets[0].decideMany([request, request])].join()]);
    }
    short.dispose();
    console.log(JSON.stringify(seen));`;
  const output = run(process.execPath, ['--wasm-max-mem-pages=64', '-e', script], { cwd: project });
  assert.deepEqual(
    JSON.parse(output),
    ['decide', 'evaluate', 'explain', 'decideMany', 'prepare'].map((name) => [name, 'ENGINE_FAILED', true, 'Allow', 'ImplicitDeny', 'Invalid', '1,1']),
  );
});

test('no stack left: an error, and the next call works', () => {
  const { evaluate } = require('admittance');
  const codes = new Set();
  function descend() {
    try {
      evaluate(good);
    } catch (error) {
      codes.add(error.code ?? error.constructor.name);
    }
    descend();
  }
  assert.throws(descend, RangeError);
  assert.equal(evaluate(good).valid, true);
  for (const code of codes) assert.ok(['ENGINE_FAILED', 'INVALID_ARGUMENT', 'RangeError'].includes(code), code);
});

test('code without its engine: an error that says what to do', () => {
  const directory = mkdtempSync(join(tmpdir(), 'admittance-'));
  after(() => rmSync(directory, { recursive: true }));
  for (const file of ['node.cjs', 'facade.cjs']) copyFileSync(join(installed, file), join(directory, file));
  const { evaluate } = require(join(directory, 'node.cjs'));
  assert.throws(() => evaluate('{}'), (error) => {
    assert.equal(error.code, 'LOAD_FAILED');
    assert.match(error.message, /admittance\/inline/);
    return true;
  });
});
