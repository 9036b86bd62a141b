// Writes the README's table of where the package runs, from a run of the tests that say so.
// A row is only there if all of its tests passed.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { repository } from '../helpers/paths.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const readme = join(repository, 'wasm/npm/README.md');
const files = ['check.mjs', 'tools.mjs', '../bundlers.test.mjs', '../browser.test.mjs'].map((file) => join(here, file));

const [BEGIN, END] = ['<!-- Where it runs: made by tests/node/runtimes/table.mjs -->', '<!-- end of the table -->'];

/** What a row is about, where its version stands, and which tests are its own. */
const rows = [
  ['Node', process.version.slice(1), /^Node, as it runs here: (.*)/],
  ...[22, 24, 26].map((major) => ['Node', version(`runtimes/node_modules/node-${major}`), new RegExp(`^Node ${major}: (.*)`)]),
  ['Deno', version('runtimes/node_modules/@deno/linux-x64-glibc'), /^Deno(?: that may read)?: (.*)/],
  ['Bun', version('runtimes/node_modules/@oven/bun-linux-x64'), /^Bun: (.*)/],
  ['workerd', version('runtimes/node_modules/@cloudflare/workerd-linux-64'), /^workerd: (.*)/],
  ...['Vite', 'webpack', 'esbuild', 'Rollup'].map((name) => [name, version(`node_modules/${name.toLowerCase()}`), new RegExp(`^${name}, (.*)`)]),
  ['Rspack', version('runtimes/tools/node_modules/@rspack/core'), /^Rspack: (.*)/],
  ['Parcel', version('runtimes/tools/node_modules/parcel'), /^Parcel: (.*)/],
  ['Vitest', version('runtimes/tools/node_modules/vitest'), /^(Vitest)$/],
  ['Jest', version('runtimes/tools/node_modules/jest'), /^(Jest)$/],
  ['Chromium, strict content security policy', '', /^(await init\(\), then evaluate\(\)): /],
  ['Chromium, Web Worker', '', /^in a (module worker)$/],
];

function version(folder) {
  return JSON.parse(readFileSync(join(here, '..', folder, 'package.json'), 'utf8')).version;
}

const outcomes = [];
const stream = run({ files, concurrency: 1 });
stream.on('test:pass', ({ name, nesting }) => nesting === 0 && outcomes.push([name, true]));
stream.on('test:fail', ({ name, nesting }) => nesting === 0 && outcomes.push([name, false]));
for await (const _ of stream);

const lines = ['| where | version | what was run |', '| --- | --- | --- |'];
for (const [name, number, pattern] of rows) {
  const own = outcomes.filter(([test]) => pattern.test(test));
  const failed = own.filter(([, passed]) => !passed);
  if (own.length === 0 || failed.length > 0) {
    console.error(`${name}: ${own.length === 0 ? 'no test' : `failed: ${failed.map(([test]) => test).join('; ')}`}`);
    process.exitCode = 1;
    continue;
  }
  const ways = [...new Set(own.map(([test]) => pattern.exec(test)[1]))].map((way) => way.replaceAll('|', '\\|'));
  lines.push(`| ${name} | ${number} | ${ways.join('; ')} |`);
}

const text = readFileSync(readme, 'utf8');
const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
if (begin < 0 || end < begin) throw new Error('the README has no place for the table');
writeFileSync(readme, `${text.slice(0, begin + BEGIN.length)}\n${lines.join('\n')}\n${text.slice(end)}`);
console.log(lines.join('\n'));
