// Times the decisions of one engine, in a process of its own. Prints nanoseconds by name as JSON.
// warm.mjs admittance|by-hand|cedar-wasm SECONDS
import assert from 'node:assert/strict';
import { measure } from 'mitata';
import { BATCH, scenario } from './inputs.mjs';

const [engine, seconds] = process.argv.slice(2);
const nanoseconds = {};

/** Functions that prepare policies and give a function from requests to decisions. */
const ENGINES = {
  'admittance': async () => {
    const { entry } = await import('./package-under-test.mjs');
    const { PolicySet, answers } = await import(entry);
    return async (name, { policies, requests }) => {
      const set = PolicySet.prepare(policies);
      const codes = set.decideMany(requests);
      assert.equal(codes.length, BATCH);
      assert.ok(codes.every((code) => answers[code] === 'Allow'));
      nanoseconds[`js decideMany/${name}`] = (await median(() => set.decideMany(requests))) / BATCH;
      return (request) => set.decide(request);
    };
  },
  'by-hand': async () => {
    const { prepare } = await import('./plain.mjs');
    return (name, { policies }) => prepare(policies);
  },
  'cedar-wasm': async () => {
    const { prepare } = await import('./cedar.mjs');
    return (name, { policies }) => {
      const decide = prepare(name, policies);
      return (request) => (decide(request) === 'allow' ? 'Allow' : 'Deny');
    };
  },
};
const label = { 'admittance': 'js decide', 'by-hand': 'js by hand', 'cedar-wasm': 'cedar-wasm' }[engine];
const prepare = await ENGINES[engine]();

for (const name of ['S1', 'S2']) {
  const given = scenario(name);
  const { requests } = given;
  const decide = await prepare(name, given);
  for (const request of requests) assert.equal(decide(request), 'Allow');
  // An engine that allows everything would pass for fast.
  const foreign = { ...requests[0], resource: 'arn:aws:s3:::their-bucket/folder/file.txt' };
  assert.notEqual(decide(foreign), 'Allow');
  // Each request is another than the one before.
  let index = 0;
  nanoseconds[`${label}/${name}`] = await median(() => {
    index = (index + 1) % BATCH;
    return decide(requests[index]);
  });
}
console.log(JSON.stringify(nanoseconds));

async function median(run) {
  const { p50 } = await measure(run, { min_cpu_time: Number(seconds) * 1e9 });
  return p50;
}
