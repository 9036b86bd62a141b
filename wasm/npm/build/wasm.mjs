// From what cargo compiled to what is shipped: the JavaScript glue, and a module as small as binaryen can make it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkExports, withoutExports } from './exports.mjs';
import { nameByLikeness } from './order.mjs';
import { here, repository, run } from './run.mjs';

// What makes the engine smallest, measured on one of 185.1 kB gzipped with -Oz alone.
const SMALLEST = [
  // A function with one caller stays a function: longer, but repetitive, and gzip finds that. 176.2 kB.
  '-ocimfs=0',
  // No address below 1024 is used: Rust's linker puts the stack first, and it grows down, so that only the last
  // kilobyte before its overflow lies there; a folded offset could at most trap there a moment earlier. 175.4 kB.
  '--low-memory-unused',
  // 174.7 kB.
  '--flatten',
  '--rereloop',
  '-Oz',
  '-Oz',
];

/**
 * Makes the module `target` and, in the folder `work`, its glue `glue.js`; gives the module's bytes. What it exports
 * under the names in `asked`, only this build asks: `glue_bg.wasm` in `work` still has it. `firsts`: see nameByLikeness;
 * 30 take 20 seconds for the engine, and save 0.1 kB more than 3.
 */
export function makeWasm(compiled, work, target, asked, firsts) {
  bindings(compiled, work);
  const shipped = join(work, 'shipped.wasm');
  writeFileSync(shipped, withoutExports(readFileSync(join(work, 'glue_bg.wasm')), asked));
  const smallest = join(work, 'smallest.wasm');
  wasmOpt(shipped, smallest, SMALLEST);
  const named = join(work, 'named.wasm');
  writeFileSync(named, nameByLikeness(readFileSync(smallest), firsts));
  wasmOpt(named, target, ['--reorder-functions-by-name']);
  const bytes = readFileSync(target);
  checkExports(target, bytes);
  return bytes;
}

function bindings(compiled, work) {
  const local = join(repository, '.tools/bin/wasm-bindgen');
  const command = process.env.WASM_BINDGEN ?? (existsSync(local) ? local : 'wasm-bindgen');
  run(command, [
    '--target', 'web',
    '--out-dir', work,
    '--out-name', 'glue',
    '--no-typescript',
    '--omit-default-module-path',
    '--remove-name-section',
    '--remove-producers-section',
    // Lets the facade go on with a fresh instance after a trap.
    '--experimental-reset-state-function',
    compiled,
  ]);
}

function wasmOpt(from, to, passes) {
  run(process.execPath, [
    join(here, 'node_modules/binaryen/bin/wasm-opt'),
    from,
    '-o', to,
    ...passes,
    '--enable-bulk-memory',
    '--enable-nontrapping-float-to-int',
    '--enable-reference-types',
    '--enable-multivalue',
    '--enable-mutable-globals',
    '--enable-sign-ext',
    '--strip-debug',
    '--strip-producers',
    '--strip-target-features',
  ]);
}
