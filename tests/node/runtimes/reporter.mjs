// A reporter for `node --test`: the README's table of where the package runs, from the run that it reports on.
// A row is only there if all of its tests passed.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** What a row is about, where its version stands, and which tests are its own. */
const rows = [
  ...[20, 22, 24, 26].map((major) => ['Node', version(`runtimes/node_modules/node-${major}`), new RegExp(`^Node ${major}: (.*)`)]),
  ['Deno', version('runtimes/node_modules/@deno/linux-x64-glibc'), /^Deno(?: that may read)?: (.*)/],
  ['Bun', version('runtimes/node_modules/@oven/bun-linux-x64'), /^Bun: (.*)/],
  ['workerd', version('runtimes/node_modules/@cloudflare/workerd-linux-64'), /^workerd: (.*)/],
  ...['Vite', 'webpack', 'esbuild', 'Rollup'].map((name) => [name, version(`node_modules/${name.toLowerCase()}`), new RegExp(`^${name}, (.*)`)]),
  ['Rspack', version('runtimes/tools/node_modules/@rspack/core'), /^Rspack, (.*)/],
  ['Parcel', version('runtimes/tools/node_modules/parcel'), /^Parcel, (.*)/],
  ['Vitest', version('runtimes/tools/node_modules/vitest'), /^Vitest, (.*)/],
  ['Jest', version('runtimes/tools/node_modules/jest'), /^Jest, (.*)/],
  ['Chromium, strict content security policy', '', /^(await init\(\), then PolicySet and evaluate\(\)): |^(admittance\/inline): /],
  ['Chromium, Web Worker', '', /^in a (module worker)$/],
];

function version(folder) {
  return JSON.parse(readFileSync(join(here, '..', folder, 'package.json'), 'utf8')).version;
}

export default async function* table(events) {
  const outcomes = [];
  for await (const { type, data } of events) {
    if ((type === 'test:pass' || type === 'test:fail') && data.nesting === 0) outcomes.push([data.name, type === 'test:pass']);
  }
  yield '| where | version | what was run |\n| --- | --- | --- |\n';
  for (const [name, number, pattern] of rows) {
    const own = outcomes.filter(([test]) => pattern.test(test));
    if (own.length === 0 || own.some(([, passed]) => !passed)) continue;
    const ways = [...new Set(own.map(([test]) => pattern.exec(test).slice(1).find(Boolean)))];
    yield `| ${name} | ${number} | ${ways.join('; ').replaceAll('|', '\\|')} |\n`;
  }
}
