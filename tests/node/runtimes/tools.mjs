// The packed package in further bundlers and test runners.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { project } from '../helpers/project.mjs';
import { run } from '../helpers/run.mjs';
import { scenario } from '../helpers/scenarios.mjs';
import { closeBrowser, serve, visit } from '../helpers/site.mjs';

const modules = join(dirname(fileURLToPath(import.meta.url)), 'tools/node_modules');
const value = JSON.stringify(scenario());
const page = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="./main.js"></script>';
const main = (specifier) => `
  import { PolicySet, init } from '${specifier}';
  const { policies, requests: [request] } = ${value};
  init().then(() => { globalThis.outcome = PolicySet.prepare(policies).decide(request); }, (error) => { globalThis.outcome = error.message; });`;

after(closeBrowser);

function app(name, files) {
  const directory = mkdtempSync(join(project, `${name}-`));
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(directory, file, '..'), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  return directory;
}

async function decides(folder) {
  const site = await serve(folder);
  try {
    assert.equal((await visit(site.address)).outcome, 'Allow');
  } finally {
    site.stop();
  }
}

for (const specifier of ['admittance', 'admittance/inline']) {
  test(`Rspack: ${specifier}`, async () => {
    const { rspack } = await import(join(modules, '@rspack/core/dist/index.js'));
    const directory = app('rspack', { 'main.js': main(specifier), 'dist/index.html': page });
    await new Promise((resolve, reject) => {
      const compiler = rspack({
        mode: 'production',
        context: directory,
        entry: './main.js',
        performance: false,
        output: { path: join(directory, 'dist'), filename: 'main.js' },
      });
      compiler.run((error, stats) => compiler.close(() => (error || stats.hasErrors() ? reject(error ?? new Error(stats.toString())) : resolve())));
    });
    await decides(join(directory, 'dist'));
  });

  test(`Parcel: ${specifier}`, async () => {
    const directory = app('parcel', { 'main.js': main(specifier), 'index.html': page });
    // Parcel reads "exports" where the project, which it knows by its lock file, says so.
    writeFileSync(join(directory, 'package.json'), '{ "private": true, "@parcel/resolver-default": { "packageExports": true } }\n');
    writeFileSync(join(directory, 'yarn.lock'), '');
    run(join(modules, '.bin/parcel'), ['build', 'index.html', '--no-cache', '--public-url', './', '--no-autoinstall'], { cwd: directory });
    await decides(join(directory, 'dist'));
  });
}

const check = (equal) => `
  const { policies, requests: [request] } = ${value};
  test('decides', () => { ${equal('PolicySet.prepare(policies).decide(request)', "'Allow'")}; });`;
const expectation = check((actual, expected) => `expect(${actual}).toBe(${expected})`);

test('Vitest', () => {
  const directory = app('vitest', { 'a.test.mjs': `import { PolicySet } from 'admittance';\nimport { expect, test } from 'vitest';${expectation}`.replace("'vitest'", JSON.stringify(join(modules, 'vitest/dist/index.js'))) });
  run(join(modules, '.bin/vitest'), ['run', '--root', directory], { cwd: directory });
});

test('Jest', () => {
  const directory = app('jest', { 'a.test.js': `const { PolicySet } = require('admittance');${expectation}` });
  run(join(modules, '.bin/jest'), ['--rootDir', directory], { cwd: directory });
});
