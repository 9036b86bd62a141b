// Evaluating does not leak: the engine's memory has the same size after 100,000 evaluations.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project } from './helpers/project.mjs';
import { run } from './helpers/run.mjs';
import { policy, scenario } from './helpers/scenarios.mjs';

// Decisions, diagnostics of every layer, thrown errors: each path frees what it takes.
const inputs = [
  JSON.stringify(scenario()),
  JSON.stringify(scenario({ action: 's3:PutObject', context: { 'aws:username': 'ana', 'aws:TagKeys': ['a', 'b'] } })),
  JSON.stringify(scenario({ document: { ...policy, Statement: 1 } })),
  JSON.stringify(scenario({ document: '{ "Version": ' })),
  '{"policies":',
  '"\ud800"',
];

const script = `
  const memories = [];
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(...args) { super(...args); memories.push(this.exports.memory); }
  };
  const { evaluate } = require('admittance');
  const inputs = ${JSON.stringify(inputs)};
  const object = JSON.parse(inputs[0]);
  const size = () => memories[0].buffer.byteLength;
  let mistakes = 0;
  function round(times) {
    for (let index = 0; index < times; index++) {
      evaluate(inputs[index % inputs.length]);
      if (index % 10 === 0) evaluate(object);
      if (index % 100 === 0) {
        try { evaluate(object, { maxScenarioLength: 'much' }); } catch { mistakes++; }
      }
    }
  }
  round(1_000);
  const before = size();
  round(100_000);
  console.log(JSON.stringify({ before, after: size(), instances: memories.length, mistakes }));`;

test('100,000 evaluations leave the memory as it was', () => {
  const { before, after, instances, mistakes } = JSON.parse(run(process.execPath, ['-e', script], { cwd: project }));
  assert.equal(after, before);
  assert.equal(instances, 1);
  assert.equal(mistakes, 1_010);
});

test('1,000,000 decisions and 10,000 prepared and disposed sets leave it as it was', () => {
  const prepared = `
    const memories = [];
    const { Instance } = WebAssembly;
    WebAssembly.Instance = class extends Instance {
      constructor(...args) { super(...args); memories.push(this.exports.memory); }
    };
    const { PolicySet } = require('admittance');
    const { policies, requests: [request] } = ${inputs[1]};
    const set = PolicySet.prepare(policies);
    const batch = Array.from({ length: 1000 }, (_, index) => ({ ...request, resource: request.resource + index % 7, context: { a: String(index % 3) } }));
    const size = () => memories[0].buffer.byteLength;
    function decisions(rounds) {
      let count = 0;
      for (let round = 0; round < rounds; round++) {
        count += set.decideMany(batch).length;
        for (let index = 0; index < 100; index++) set.decide(batch[index]);
        set.decide({ ...request, principal: { arn: request.principal } });
      }
      return count + rounds * 101;
    }
    function sets(count) {
      for (let index = 0; index < count; index++) {
        const one = PolicySet.prepare(index % 5 ? policies : '{');
        one.decide(request);
        if (index % 50 === 0) one.evaluate(request);
        one.dispose();
      }
    }
    decisions(3);
    sets(100);
    const before = size();
    const count = decisions(910);
    sets(10_000);
    console.log(JSON.stringify({ before, after: size(), instances: memories.length, count }));`;
  const { before, after, instances, count } = JSON.parse(run(process.execPath, ['-e', prepared], { cwd: project }));
  assert.equal(after, before);
  assert.equal(instances, 1);
  assert.ok(count >= 1_000_000, `${count}`);
});
