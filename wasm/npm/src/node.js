// Node and Bun: the engine is a file next to this one, read when it is first needed.
// Becomes node.js for `import` and node.cjs for `require`.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApi } from './facade.js';
import { messageOf } from './errors.js';

function locate() {
  try {
    // CommonJS, ours or made by a user's bundler, has no import.meta.url.
    if (!import.meta.url) return readFileSync(join(__dirname, 'engine.wasm'));
    // webpack and others recognize this form, and copy the file.
    return readFileSync(new URL('./engine.wasm', import.meta.url));
  } catch (cause) {
    throw new Error(
      `engine.wasm cannot be read next to the code (${messageOf(cause)}); if a bundler moved the code, copy the file there, or import "admittance/inline"`,
      { cause },
    );
  }
}

const readText = (file) => readFileSync(file, 'utf8');

export const { PolicySet, evaluate, explain, init, runScenario, validate } = createApi({ synchronous: true, locate, readText });
export { answers, gates, limits, version } from './facade.js';
