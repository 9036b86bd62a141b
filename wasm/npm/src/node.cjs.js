// Node, Bun: the engine is a file next to this one, read when it is first needed.
// Becomes node.cjs; node.js re-exports it, so that `import` and `require` share one engine.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApi } from './api.js';

function locate() {
  try {
    return readFileSync(join(__dirname, 'engine.wasm'));
  } catch (cause) {
    throw new Error(
      'engine.wasm is not next to the code; if a bundler moved the code, import "admittance/inline" instead',
      { cause },
    );
  }
}

export const { init, evaluate } = createApi({ synchronous: true, locate });
export { limits, version } from '#constants';
