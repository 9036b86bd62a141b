// What the checkers of npm packages say of the tarball.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publint } from 'publint';
import { tarball } from './helpers/paths.mjs';
import { installed } from './helpers/project.mjs';
import { tool } from './helpers/run.mjs';

test('publint finds nothing, in strict mode', async () => {
  const { messages } = await publint({ pkgDir: installed, strict: true, pack: false });
  assert.deepEqual(messages, []);
});

test('"are the types wrong?" finds nothing', () => {
  const args = [
    tarball,
    '--format', 'json',
    // WebAssembly and data have no types; the widgets and plugins are ES modules only.
    '--exclude-entrypoints', './engine.wasm', './analysis.wasm', './catalog.bin', './widgets', './markdown-it', './remark',
    // Node 10 knows no "exports", and TypeScript 7 no longer resolves as it did.
    '--profile', 'node16',
  ];
  const { analysis, problems } = JSON.parse(tool('attw', args));
  assert.deepEqual(Object.keys(analysis.entrypoints).sort(), [
    '.',
    './analysis',
    './inline',
    './package.json',
    './schema',
  ]);
  const found = Object.values(problems ?? {}).flat().filter(({ resolutionKind }) => resolutionKind !== 'node10');
  assert.deepEqual(found, []);
});
