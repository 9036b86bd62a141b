// Times decisions from JavaScript and cold starts, each engine in processes of its own, and weighs the engines.
// Prints a part of the results as JSON.
// bench.mjs [--quick]
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const quick = process.argv.includes('--quick');
const nanoseconds = {};

for (const engine of ['admittance', 'by-hand', 'cedar-wasm']) {
  // Its functions give JavaScript objects, on which Node 20 and 22 may abort when they inline the call.
  const flags = engine === 'cedar-wasm' ? ['--no-turbo-inline-js-wasm-calls'] : [];
  Object.assign(nanoseconds, JSON.parse(node([...flags, program('warm.mjs'), engine, quick ? '0.2' : '2'])));
}

const starts = { 'admittance': [], 'cedar-wasm': [] };
for (let round = 0; round < (quick ? 3 : 21); round += 1) {
  // In turn, so that a slow moment of the machine meets both.
  for (const [engine, times] of Object.entries(starts)) times.push(Number(node([program('cold.mjs'), engine])));
}
for (const [engine, times] of Object.entries(starts)) {
  times.sort((a, b) => a - b);
  nanoseconds[`cold start/${engine}`] = times[Math.floor(times.length / 2)];
}

const cedar = dirname(createRequire(import.meta.url).resolve('@cedar-policy/cedar-wasm/nodejs'));
const counts = {
  'gzipped wasm/admittance': gzipped(process.env.ADMITTANCE_PACKAGE),
  'gzipped wasm/cedar-wasm': gzipped(cedar),
};

const lock = JSON.parse(readFileSync(program('package-lock.json'), 'utf8'));
const versions = { 'cedar-wasm': lock.packages['node_modules/@cedar-policy/cedar-wasm'].version };
console.log(JSON.stringify({ versions, nanoseconds, counts }, null, 2));

function node(args) {
  // Without a cache of compiled code, which a first start does not have.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  return execFileSync(process.execPath, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The bytes of a folder's WebAssembly as a web server sends them. */
function gzipped(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.wasm'));
  if (files.length === 0) throw new Error(`${folder} has no WebAssembly`);
  const size = (name) => execFileSync('gzip', ['-9', '-c', join(folder, name)], { maxBuffer: 2 ** 26 }).length;
  return files.reduce((sum, name) => sum + size(name), 0);
}

function program(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}
