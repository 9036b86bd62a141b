// One cold start, in a process of its own: loads an engine, decides S1, prints the nanoseconds that took.
// cold.mjs admittance|cedar-wasm
import assert from 'node:assert/strict';
import { entry } from './package-under-test.mjs';
import { scenario } from './inputs.mjs';

const { policies, request } = scenario('S1');
const start = process.hrtime.bigint();
let decision;
if (process.argv[2] === 'admittance') {
  const { PolicySet } = await import(entry);
  decision = PolicySet.prepare(policies).decide(request);
} else {
  const { decideOnce } = await import('./cedar.mjs');
  decision = decideOnce(policies, request);
}
const end = process.hrtime.bigint();
assert.match(decision, /^allow$/i);
console.log(String(end - start));
