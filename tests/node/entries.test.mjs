// The package loads in every way that Node knows, and is the same thing each time.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { admittance, analysis, inline, require } from './helpers/package.mjs';
import { repository } from './helpers/paths.mjs';
import { installed, project } from './helpers/project.mjs';
import { run } from './helpers/run.mjs';
import { scenario } from './helpers/scenarios.mjs';

const API = ['PolicySet', 'answers', 'evaluate', 'explain', 'gates', 'init', 'limits', 'runScenario', 'validate', 'version'];
const ANALYSIS_API = [
  'accountScenario',
  'apply',
  'applyFixes',
  'completeAction',
  'describeAction',
  'expandActions',
  'findingCodes',
  'init',
  'loadCatalog',
  'parseAccessDenied',
  'readAccount',
  'readTrail',
  'simulate',
  'summarize',
  'summarizeService',
  'toScenario',
  'validatePolicy',
];
const entries = {
  'import admittance': admittance,
  'require admittance': require('admittance'),
  'import admittance/inline': inline,
  'require admittance/inline': require('admittance/inline'),
};

for (const [name, entry] of Object.entries(entries)) {
  test(`${name}: the whole API, synchronous, without init()`, () => {
    assert.deepEqual(Object.keys(entry).filter((key) => key !== 'default').sort(), API);
    const { valid, diagnostics, results } = entry.evaluate(scenario());
    assert.deepEqual(diagnostics, []);
    assert.equal(valid, true);
    assert.equal(results[0].decision, 'Allow');
    assert.equal(entry.explain(scenario()).explanations[0].answer, results[0].reason);
    assert.equal(entry.PolicySet.prepare(scenario().policies).decide(scenario().requests[0]), 'Allow');
  });

  test(`${name}: init() is there and changes nothing`, async () => {
    assert.equal(await entry.init(), undefined);
    assert.equal(await entry.init('https://example.invalid/nowhere.wasm'), undefined);
    assert.equal(entry.evaluate(scenario()).results.length, 1);
  });
}

test('every file of the facade exports the same names', () => {
  for (const [folder, api] of [['.', API], ['analysis', ANALYSIS_API]]) {
    for (const file of ['browser.js', 'workerd.js', 'deno.js']) {
      const lists = readFileSync(join(installed, folder, file), 'utf8').matchAll(/export ?\{([^}]*)\}/g);
      const names = [...lists].flatMap(([, list]) => list.split(',').map((item) => item.trim().split(' as ').at(-1)));
      assert.deepEqual(names.sort(), api, join(folder, file));
    }
  }
});

for (const [name, entry] of Object.entries({ import: analysis, require: require('admittance/analysis') })) {
  test(`${name} admittance/analysis: the whole API, synchronous, without init()`, async () => {
    assert.deepEqual(Object.keys(entry).filter((key) => key !== 'default').sort(), ANALYSIS_API);
    assert.equal(entry.simulate('{').valid, false);
    assert.equal(await entry.init('https://example.invalid/nowhere.wasm'), undefined);
  });
}

test('importing alone loads no engine; the first call does', () => {
  const script = `
    let modules = 0;
    const { Module } = WebAssembly;
    WebAssembly.Module = class extends Module { constructor(bytes) { super(bytes); modules++; } };
    import('admittance').then(({ evaluate }) => {
      const before = modules;
      evaluate('{}');
      evaluate('{}');
      console.log(before, modules);
    });`;
  assert.equal(run(process.execPath, ['-e', script], { cwd: project }).trim(), '0 1');
});

test('version and limits are those of the crate', () => {
  const manifest = readFileSync(join(repository, 'Cargo.toml'), 'utf8');
  const [, version] = /\[workspace\.package\]\nversion = "([^"]+)"/.exec(manifest);
  assert.equal(admittance.version, version);
  assert.equal(require('admittance/package.json').version, version);
  assert.ok(Number.isInteger(admittance.limits.maxScenarioLength));
  assert.throws(() => {
    admittance.limits.maxScenarioLength = 1;
  }, TypeError);
});

test('the subpaths are files that can be had', () => {
  assert.equal(require('admittance/schema').title, 'Admittance scenario');
  for (const file of ['engine.wasm', 'analysis.wasm']) {
    assert.ok(WebAssembly.validate(readFileSync(require.resolve(`admittance/${file}`))), file);
  }
});

test('the tarball holds two WebAssembly files, the licenses, and no sources of the build', () => {
  const files = readdirSync(installed, { recursive: true });
  assert.deepEqual(files.filter((name) => name.endsWith('.wasm')).sort(), [join('analysis', 'analysis.wasm'), 'engine.wasm']);
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE', 'LICENSE-fflate', 'LICENSE-catalog.md', 'README.md', 'index.d.ts', 'node.d.cts', 'catalog.bin']) {
    assert.ok(files.includes(name), name);
  }
  const manifest = require('admittance/package.json');
  assert.equal(manifest.devDependencies, undefined);
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.scripts, undefined);
});
