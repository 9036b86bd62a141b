// The packed package in further bundlers, whose pages run in Chromium, and in test runners.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { project } from '../helpers/project.mjs';
import { run } from '../helpers/run.mjs';
import { decidedBySet, scenario } from '../helpers/scenarios.mjs';
import { closeBrowser, serve, visit } from '../helpers/site.mjs';

const modules = join(dirname(fileURLToPath(import.meta.url)), 'tools/node_modules');
const decided = decidedBySet(scenario());
const page = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="./main.js"></script>';
const main = (specifier) => `
  import { PolicySet, answers, init } from '${specifier}';
  init().then(() => { globalThis.outcome = ${decided}; }, (error) => { globalThis.outcome = error.message; });`;

// Inside the consumer's project, so that the package is found as a consumer finds it.
const root = mkdtempSync(join(project, 'tools-'));
after(() => rmSync(root, { recursive: true }));
after(closeBrowser);

function app(name, files) {
  const directory = join(root, name.replaceAll('/', '-'));
  for (const [file, text] of Object.entries({ 'package.json': '{ "private": true }\n', ...files })) {
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

/** One of the installed commands. The first run of a tool may take long where much else runs. */
const tool = (name, args, directory) => run(join(modules, '.bin', name), args, { cwd: directory, timeout: 600_000 });

for (const specifier of ['admittance', 'admittance/inline']) {
  test(`Rspack, ${specifier}`, async () => {
    const { rspack } = await import(join(modules, '@rspack/core/dist/index.js'));
    const directory = app(`rspack ${specifier}`, { 'main.js': main(specifier), 'dist/index.html': page });
    await new Promise((resolve, reject) => {
      const compiler = rspack({
        mode: 'production',
        context: directory,
        entry: './main.js',
        performance: false,
        output: { path: join(directory, 'dist'), filename: 'main.js' },
      });
      compiler.run((error, stats) => {
        const failure = error ?? (stats.hasErrors() ? new Error(stats.toString()) : undefined);
        compiler.close(() => (failure ? reject(failure) : resolve()));
      });
    });
    await decides(join(directory, 'dist'));
  });

  test(`Parcel, ${specifier}`, async () => {
    const directory = app(`parcel ${specifier}`, {
      'main.js': main(specifier),
      'index.html': page,
      // Parcel reads "exports" where the project, which it knows by its lock file, says so.
      'package.json': '{ "private": true, "@parcel/resolver-default": { "packageExports": true } }\n',
      'yarn.lock': '',
    });
    tool('parcel', ['build', 'index.html', '--no-cache', '--public-url', './', '--no-autoinstall'], directory);
    await decides(join(directory, 'dist'));
  });
}

const expectation = `test('decides', () => { expect(${decided}).toBe('Allow'); });\n`;

for (const specifier of ['admittance', 'admittance/inline']) {
  test(`Vitest, import ${specifier}`, () => {
    const vitest = JSON.stringify(join(modules, 'vitest/dist/index.js'));
    const head = `import { PolicySet, answers } from '${specifier}';\nimport { expect, test } from ${vitest};\n`;
    const directory = app(`vitest ${specifier}`, { 'a.test.mjs': head + expectation });
    assert.match(tool('vitest', ['run', '--root', directory], directory), /1 passed/);
  });

  test(`Jest, require ${specifier}`, () => {
    const head = `const { PolicySet, answers } = require('${specifier}');\n`;
    const directory = app(`jest ${specifier}`, { 'a.test.js': head + expectation });
    tool('jest', ['--rootDir', directory], directory);
  });
}
