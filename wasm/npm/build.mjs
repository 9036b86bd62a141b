// Makes the npm package from the compiled crates. `cargo xtask npm` compiles them and calls this.
//
// Environment, all optional:
//   ADMITTANCE_WASM           what cargo built from the crate admittance-wasm
//   ADMITTANCE_ANALYSIS_WASM  what cargo built from the crate admittance-analysis
//   WASM_BINDGEN              the wasm-bindgen command, of the version in Cargo.lock
//   ADMITTANCE_NPM_OUT        where `package/` (what is packed) and `admittance.tgz` go

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleCommand, bundleFacade, bundlePlugins, bundleWidgets } from './build/bundle.mjs';
import { compressedText, pack } from './build/pack.mjs';
import { fail, here, readJson, repository } from './build/run.mjs';
import { makeWasm } from './build/wasm.mjs';

/** The most requests of one call of decideMany: a megabyte of answers. */
const MAX_BATCH = 1_000_000;

const KB = 1000;
const ENGINE_BUDGET = 150 * KB;
const ANALYSIS_BUDGET = 300 * KB;
// 833 kB when this was set; ARCHITECTURE.md has what it consists of.
const TARBALL_BUDGET = 870 * KB;

const out = resolve(process.env.ADMITTANCE_NPM_OUT ?? join(repository, 'target/npm'));
const packageDir = join(out, 'package');
const engine = join(packageDir, 'engine.wasm');
const analysis = join(packageDir, 'analysis/analysis.wasm');
// What is generated on the way, a folder for each WebAssembly file.
const work = { engine: join(out, 'work/engine'), analysis: join(out, 'work/analysis') };

rmSync(join(out, 'work'), { recursive: true, force: true });
rmSync(packageDir, { recursive: true, force: true });
for (const directory of [work.engine, work.analysis, join(packageDir, 'analysis')]) mkdirSync(directory, { recursive: true });

const wasm = makeWasm(compiled('ADMITTANCE_WASM', 'admittance_wasm'), work.engine, engine, ['constants'], 30);
makeWasm(compiled('ADMITTANCE_ANALYSIS_WASM', 'admittance_analysis'), work.analysis, analysis, ['limits'], 3);
const constants = await engineConstants();
await inlineData(wasm);
await bundleFacade({
  source: 'src',
  generated: work.engine,
  outdir: packageDir,
  esm: ['node.js', 'browser.js', 'workerd.js', 'deno.js', 'inline.js'],
  cjs: ['node.js', 'inline.js'],
});
await bundleFacade({
  source: 'src/analysis',
  generated: work.analysis,
  outdir: join(packageDir, 'analysis'),
  esm: ['node.js', 'browser.js', 'workerd.js', 'deno.js'],
  cjs: ['node.js'],
});
await bundleCommand(packageDir);
await bundleWidgets(packageDir);
await bundlePlugins(packageDir);
copyFiles(constants);
const tarball = join(out, 'admittance.tgz');
await pack(packageDir, tarball);
report(tarball);

/** What cargo compiled, for browsers. */
function compiled(variable, name) {
  return resolve(process.env[variable] ?? join(repository, `target/wasm32-unknown-unknown/wasm-release/${name}.wasm`));
}

/** What the engine says of itself, so that it need not be loaded to be asked. */
async function engineConstants() {
  const constants = JSON.parse((await started(work.engine)).constants());
  Object.assign(constants.limits, JSON.parse((await started(work.analysis)).limits()));
  constants.limits.maxBatchLength = MAX_BATCH;
  const { version } = readJson('package.json');
  if (version !== constants.version) {
    fail(`package.json has version ${version}, the crate has ${constants.version}`);
  }
  const lines = Object.entries(constants).map(
    ([name, value]) => `export const ${name} = ${frozen(value)};\n`,
  );
  for (const folder of Object.values(work)) writeFileSync(join(folder, 'constants.js'), lines.join(''));
  return constants;
}

/** What a module exports, by its glue, before it is made small. */
async function started(folder) {
  // The package's own package.json does not cover `work`: the copy says that it is a module.
  const glue = join(folder, 'glue.mjs');
  cpSync(join(folder, 'glue.js'), glue);
  const loaded = await import(pathToFileURL(glue));
  loaded.initSync({ module: readFileSync(join(folder, 'glue_bg.wasm')) });
  return loaded;
}

function frozen(value) {
  const text = JSON.stringify(value);
  return typeof value === 'object' ? `Object.freeze(${text})` : text;
}

/**
 * The compressed engine for inline.js and inline.cjs, once. The file has to be good for both, so it
 * has neither imports nor exports: it leaves the text under a symbol that no other version has.
 */
async function inlineData(bytes) {
  const key = `admittance.${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
  const text = await compressedText(bytes);
  const folder = join(packageDir, 'inline-data');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(join(folder, 'engine.js'), `globalThis[Symbol.for('${key}')] =\n  '${text}';\n`);
  writeFileSync(join(work.engine, 'inline-data.js'), `export const key = '${key}';\n`);
}

function copyFiles(constants) {
  // TypeScript knows a CommonJS module by its own kind of declarations, which an ES module can pass on, but not the reverse.
  for (const name of readdirSync(join(here, 'types'), { recursive: true }).filter((name) => name.endsWith('.d.ts'))) {
    const target = join(packageDir, 'types', name.replace(/\.ts$/, '.cts'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, readFileSync(join(here, 'types', name), 'utf8').replaceAll(/(from '\.[^']*)\.js'/g, "$1.cjs'"));
  }
  for (const folder of ['.', 'analysis']) {
    const types = folder === '.' ? './types/index.cjs' : '../types/analysis/index.cjs';
    writeFileSync(join(packageDir, folder, 'node.d.cts'), `export * from '${types}';\n`);
    writeFileSync(join(packageDir, folder, 'index.d.ts'), "export * from './node.cjs';\n");
  }
  cpSync(join(repository, 'playground/widgets/widgets.d.ts'), join(packageDir, 'widgets.d.ts'));
  cpSync(join(repository, 'core/catalog/aws.bin'), join(packageDir, 'catalog.bin'));
  cpSync(join(repository, 'core/catalog/LICENSES.md'), join(packageDir, 'LICENSE-catalog.md'));
  cpSync(join(here, 'scenario.schema.json'), join(packageDir, 'scenario.schema.json'));
  cpSync(join(here, 'README.md'), join(packageDir, 'README.md'));
  for (const license of ['LICENSE-MIT', 'LICENSE-APACHE']) {
    cpSync(join(repository, license), join(packageDir, license));
  }
  cpSync(join(here, 'node_modules/fflate/LICENSE'), join(packageDir, 'LICENSE-fflate'));
  const { devDependencies, scripts, ...published } = readJson('package.json');
  const text = JSON.stringify({ ...published, version: constants.version }, null, 2);
  writeFileSync(join(packageDir, 'package.json'), `${text}\n`);
}

function report(tarball) {
  const sizes = [
    ...[[engine, ENGINE_BUDGET], [analysis, ANALYSIS_BUDGET]].flatMap(([path, budget]) => [
      [relative(packageDir, path), statSync(path).size],
      // Not with node:zlib, which is made for speed and is two per cent larger at its best.
      [`${relative(packageDir, path)}, gzipped`, execFileSync('gzip', ['-9', '-c', path]).length, budget],
    ]),
    ['admittance.tgz', statSync(tarball).size, TARBALL_BUDGET],
  ];
  for (const [name, size, budget] of sizes) {
    const limit = budget === undefined ? '' : ` of ${budget / KB} kB`;
    console.log(`${name}: ${(size / KB).toFixed(1)} kB${limit}`);
  }
  const over = sizes.filter(([, size, budget]) => size > (budget ?? Infinity));
  if (over.length > 0) fail(`over the size budget: ${over.map(([name]) => name).join('; ')}`);
}
