// Node and Bun: the file is next to this one, read when it is first needed.
// Becomes node.js for `import` and node.cjs for `require`.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../errors.js';
import { createApi } from './facade.js';

export { applyFixes } from './facade.js';

function locate() {
  try {
    // CommonJS, ours or made by a user's bundler, has no import.meta.url.
    if (!import.meta.url) return readFileSync(join(__dirname, 'analysis.wasm'));
    // webpack and others recognize this form, and copy the file.
    return readFileSync(new URL('./analysis.wasm', import.meta.url));
  } catch (cause) {
    throw new Error(
      `analysis.wasm cannot be read next to the code (${messageOf(cause)}); if a bundler moved the code, copy the file there`,
      { cause },
    );
  }
}

/** The catalog's data, from the folder above. */
function catalog() {
  // The same two forms as above.
  if (!import.meta.url) return readFileSync(join(__dirname, '../catalog.bin'));
  return readFileSync(new URL('../catalog.bin', import.meta.url));
}

export const {
  accountScenario,
  apply,
  completeAction,
  describeAction,
  expandActions,
  findingCodes,
  init,
  loadCatalog,
  parseAccessDenied,
  readAccount,
  readTrail,
  simulate,
  summarize,
  summarizeService,
  toScenario,
  validatePolicy,
} = createApi({ synchronous: true, locate, catalog });
