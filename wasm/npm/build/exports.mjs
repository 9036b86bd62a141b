// What a module exports.
//
// V8 (Node 20 and 22) may abort the whole process when a WebAssembly export with a single externref
// result returns into a function that is being deoptimized. No export may have that signature.

import { basename } from 'node:path';
import binaryen from 'binaryen';

/** Says how many functions the module at `path` exports; throws if one of them has a single externref result. */
export function checkExports(path, bytes) {
  const file = basename(path);
  const module = binaryen.readBinary(bytes);
  const functions = [];
  for (let index = 0; index < module.getNumExports(); index++) {
    const { kind, name, value } = binaryen.getExportInfo(module.getExportByIndex(index));
    if (kind !== binaryen.ExternalFunction) continue;
    const { results } = binaryen.getFunctionInfo(module.getFunction(value));
    functions.push({ name, results: binaryen.expandType(results) });
  }
  module.dispose();
  if (functions.length === 0) throw new Error(`${file} exports no function`);

  const trapped = functions.filter(({ results }) => results.length === 1 && isReference(results[0]));
  if (trapped.length > 0) {
    const names = trapped.map(({ name }) => name).join(', ');
    throw new Error(`${file}: a single reference result is not safe in Node 20 and 22: ${names}`);
  }
  console.log(`${file}: ${functions.length} exported functions, none with a single reference result`);
}

/** The module without the exports of these names; what only they used, wasm-opt drops. */
export function withoutExports(bytes, names) {
  const module = binaryen.readBinary(bytes);
  for (const name of names) {
    if (!module.getExport(name)) throw new Error(`the module does not export ${name}`);
    module.removeExport(name);
  }
  const rest = module.emitBinary();
  module.dispose();
  return rest;
}

/** Everything but numbers and vectors is a reference: externref, nullable or not, and its kin. */
function isReference(type) {
  const { i32, i64, f32, f64, v128 } = binaryen;
  return ![i32, i64, f32, f64, v128].includes(type);
}
