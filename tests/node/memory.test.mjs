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
