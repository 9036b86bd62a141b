// The scenarios and their requests, the same for every engine.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** As many requests as a batch has. */
export const BATCH = 1000;

/** A scenario, with its one request for different objects. Every one of them is allowed. */
export function scenario(name) {
  const text = readFileSync(new URL(`../scenarios/${name}.json`, import.meta.url), 'utf8');
  const { policies, requests } = JSON.parse(text);
  assert.equal(requests.length, 1);
  const { expect, ...request } = requests[0];
  assert.equal(expect.decision, 'Allow');
  return { policies, request, requests: Array.from({ length: BATCH }, (_, index) => variant(request, index)) };
}

function variant(request, index) {
  return { ...request, resource: request.resource.replace('.', `-${index}.`), context: { ...request.context } };
}
