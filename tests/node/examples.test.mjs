// Every example in the declarations' comments runs, and prints something.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { admittance, analysis } from './helpers/package.mjs';
import { installed } from './helpers/project.mjs';
import { policy, scenario } from './helpers/scenarios.mjs';

/** The blocks of a file, each with the name of what it is an example of. */
function examples(file) {
  const text = readFileSync(join(installed, file), 'utf8');
  return [...text.matchAll(/\* ```js\n([\s\S]*?)\* ```\n[\s\S]*?\*\/\s*(?:export )?(?:declare )?(.*)/g)].map(([, block, declared]) => ({
    code: block.replace(/^\s*\* ?/gm, ''),
    name: /^(?:static )?(?:function |class |interface |const )?(\w+)/.exec(declared)[1],
  }));
}

const directory = mkdtempSync(join(tmpdir(), 'admittance-examples-'));
after(() => rmSync(directory, { recursive: true }));
const started = process.cwd();
writeFileSync(join(directory, 'reports.admittance.json'), JSON.stringify(scenario()));

const declarations = readdirSync(join(installed, 'types'), { recursive: true })
  .filter((name) => name.endsWith('.d.cts'))
  .map((name) => join('types', name));
const AsyncFunction = (async () => {}).constructor;
let ran = 0;

for (const file of declarations) {
  for (const { name, code } of examples(file)) {
    ran++;
    test(`${file}: ${name}`, async () => {
      const printed = [];
      // What examples take as given.
      const given = {
        ...admittance,
        ...analysis,
        // Each entry has its own; in Node neither has to be called.
        init: admittance.init,
        policyText: JSON.stringify(policy),
        set: admittance.PolicySet.prepare({ identity: [policy] }),
        requests: scenario().requests,
        console: { log: (...values) => printed.push(values) },
      };
      process.chdir(directory);
      try {
        // A block of its own: an example may declare what is given.
        await new AsyncFunction(...Object.keys(given), `{ ${code} }`)(...Object.values(given));
      } finally {
        process.chdir(started);
      }
      if (/console\.log\(/.test(code) && !/if \(|decideMany/.test(code)) assert.ok(printed.length > 0, 'prints nothing');
      for (const values of printed) assert.ok(values.every((value) => value !== undefined), code);
    });
  }
}

test('the examples were found', () => assert.ok(ran >= 15, `${ran} examples`));
