// The declarations hold for TypeScript consumers of every kind, in strict mode, without skipLibCheck.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { here } from './helpers/paths.mjs';
import { project } from './helpers/project.mjs';
import { tool } from './helpers/run.mjs';

const strict = [
  '--strict',
  '--noEmit',
  '--noUncheckedIndexedAccess',
  '--exactOptionalPropertyTypes',
  '--target', 'es2022',
  '--types', '',
];
const node16 = ['--module', 'node16', '--moduleResolution', 'node16'];
const nodenext = ['--module', 'nodenext', '--moduleResolution', 'nodenext', '--resolveJsonModule'];
const bundler = ['--module', 'esnext', '--moduleResolution', 'bundler', '--resolveJsonModule'];
const dom = ['--lib', 'es2022,dom'];
// A bare environment knows no URL, Request or WebAssembly: the declarations must not need them.
const bare = ['--lib', 'es2022'];

const checks = {
  'ESM, node16': ['consumer.ts', ...node16, ...dom],
  'ESM, nodenext': ['consumer.ts', ...nodenext, ...dom],
  'ESM, bundler': ['consumer.ts', ...bundler, ...dom],
  'ESM, workerd': ['consumer.ts', ...bundler, '--customConditions', 'workerd', ...dom],
  'ESM, browser': ['consumer.ts', ...bundler, '--customConditions', 'browser', ...dom],
  'CommonJS, node16': ['consumer.cts', ...node16, ...bare],
  'CommonJS, nodenext': ['consumer.cts', ...nodenext, ...bare],
  'nothing but ECMAScript, node16': ['bare.ts', ...node16, ...bare],
  'nothing but ECMAScript, bundler': ['bare.ts', ...bundler, ...bare],
  'the widgets, nodenext': ['widgets.ts', ...nodenext, ...dom],
  'the widgets, bundler': ['widgets.ts', ...bundler, ...dom],
  'the schema, nodenext': ['schema.ts', ...nodenext, ...dom],
  'the schema, bundler': ['schema.ts', ...bundler, ...dom],
};

// Inside the consumer's project, so that the package is found as a consumer finds it.
const directory = mkdtempSync(join(project, 'types-'));
cpSync(join(here, 'types'), directory, { recursive: true });
writeFileSync(join(directory, 'package.json'), '{ "type": "module" }\n');
writeFileSync(
  join(directory, 'bare.ts'),
  "import { evaluate } from 'admittance';\nevaluate('{}').valid satisfies boolean;\n",
);

for (const [name, args] of Object.entries(checks)) {
  test(name, () => {
    const files = tool('tsc', [...args, ...strict, '--listFiles', '--ignoreConfig'], { cwd: directory });
    assert.match(files, /node_modules\/admittance\/(types\/index\.d\.cts|widgets\.d\.ts|scenario\.schema\.json)/);
  });
}

test('a mistake does not pass', () => {
  writeFileSync(join(directory, 'mistake.ts'), "import { evaluate } from 'admittance';\nevaluate(1);\n");
  assert.throws(() => tool('tsc', ['mistake.ts', ...node16, ...bare, ...strict, '--ignoreConfig'], { cwd: directory }), /TS2345/);
});
