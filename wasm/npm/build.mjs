// Makes the npm package from the compiled crate. `cargo xtask npm` compiles the crate and calls this.
//
// Environment, all optional:
//   ADMITTANCE_WASM     what cargo built from the crate admittance-wasm
//   WASM_BINDGEN        the wasm-bindgen command, of the version in Cargo.lock
//   ADMITTANCE_NPM_OUT  where `package/` (what is packed) and `admittance.tgz` go

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { checkExports } from './build/exports.mjs';
import { nameByLikeness } from './build/order.mjs';
import { buildWidgets } from '../../playground/widgets/build.mjs';

/** The most requests of one call of decideMany: a megabyte of answers. */
const MAX_BATCH = 1_000_000;

const KB = 1000;
const WASM_BUDGET = 150 * KB;
// It holds the engine twice, the widgets (19 kB), and parsers of Markdown and HTML (37 kB); the aim is 400 kB.
const TARBALL_BUDGET = 505 * KB;

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

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, '../..');
const out = resolve(process.env.ADMITTANCE_NPM_OUT ?? join(repository, 'target/npm'));
const compiled = resolve(
  process.env.ADMITTANCE_WASM ??
    join(repository, 'target/wasm32-unknown-unknown/wasm-release/admittance_wasm.wasm'),
);
const work = join(out, 'work');
const packageDir = join(out, 'package');

for (const directory of [work, packageDir]) {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
}
bindings();
const wasm = optimize();
checkExports(wasm);
const constants = await engineConstants(wasm);
inlineData(wasm);
await bundle();
await bundleCommand();
await bundleWidgets();
await bundlePlugins();
copyFiles(constants);
const tarball = pack();
report(tarball);

/** The JavaScript glue and the adapted wasm file, in `work`. */
function bindings() {
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

/** The engine, as small as binaryen can make it. */
function optimize() {
  const smallest = join(work, 'smallest.wasm');
  wasmOpt(join(work, 'glue_bg.wasm'), smallest, SMALLEST);
  const named = join(work, 'named.wasm');
  writeFileSync(named, nameByLikeness(readFileSync(smallest)));
  const target = join(packageDir, 'engine.wasm');
  wasmOpt(named, target, ['--reorder-functions-by-name']);
  return readFileSync(target);
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

/** What the engine says of itself, so that it need not be loaded to be asked. */
async function engineConstants(bytes) {
  // The package's own package.json does not cover `work`: the copy says that it is a module.
  const glue = join(work, 'glue.mjs');
  cpSync(join(work, 'glue.js'), glue);
  const engine = await import(pathToFileURL(glue));
  engine.initSync({ module: bytes });
  const constants = JSON.parse(engine.constants());
  constants.limits.maxBatchLength = MAX_BATCH;
  const { version } = readJson('package.json');
  if (version !== constants.version) {
    fail(`package.json has version ${version}, the crate has ${constants.version}`);
  }
  const lines = Object.entries(constants).map(
    ([name, value]) => `export const ${name} = ${frozen(value)};\n`,
  );
  writeFileSync(join(work, 'constants.js'), lines.join(''));
  return constants;
}

function frozen(value) {
  const text = JSON.stringify(value);
  return typeof value === 'object' ? `Object.freeze(${text})` : text;
}

/**
 * The compressed engine for inline.js and inline.cjs, once. The file has to be good for both, so it
 * has neither imports nor exports: it leaves the text under a symbol that no other version has.
 */
function inlineData(bytes) {
  const key = `admittance.${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
  const text = Buffer.from(deflateRawSync(bytes, { level: 9 })).toString('base64');
  const folder = join(packageDir, 'inline-data');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(join(folder, 'engine.js'), `globalThis[Symbol.for('${key}')] =\n  '${text}';\n`);
  writeFileSync(join(work, 'inline-data.js'), `export const key = '${key}';\n`);
}

/** One file for each entry: the facade, the glue and the constants in it. */
async function bundle() {
  const generated = { '#glue': 'glue.js', '#constants': 'constants.js', '#inline-data': 'inline-data.js' };
  const options = {
    bundle: true,
    target: 'es2022',
    platform: 'neutral',
    // Names stay, for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    external: ['node:*', './engine.wasm', './inline-data/engine.js'],
    // fflate and the glue are reached by their plain ESM files.
    mainFields: ['module', 'main'],
    absWorkingDir: here,
    outdir: packageDir,
    logLevel: 'warning',
    plugins: [
      {
        name: 'generated files',
        setup({ onResolve }) {
          onResolve({ filter: /^#/ }, ({ path }) => ({ path: join(work, generated[path]) }));
        },
      },
    ],
  };
  const source = (name) => join(here, 'src', name);
  await build({
    ...options,
    format: 'esm',
    entryPoints: ['node.js', 'browser.js', 'workerd.js', 'deno.js', 'inline.js'].map(source),
  });
  await build({
    ...options,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    // node.js asks whether there is an import.meta.
    logOverride: { 'empty-import-meta': 'silent' },
    entryPoints: ['node.js', 'inline.js'].map(source),
  });
}

/** The command line, and what it is made of; the package itself lies next to it. */
async function bundleCommand() {
  const { metafile } = await build({
    bundle: true,
    target: 'node20',
    platform: 'node',
    format: 'esm',
    minify: true,
    external: ['./node.js'],
    banner: {
      // Libraries that are CommonJS require Node's own modules.
      js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
    legalComments: 'none',
    absWorkingDir: here,
    entryPoints: [join(here, 'cli/main.js')],
    outfile: join(packageDir, 'cli.js'),
    logLevel: 'warning',
    metafile: true,
  });
  keepLicenses(metafile, 'LICENSE-cli');
  chmodSync(join(packageDir, 'cli.js'), 0o755);
}

/** The custom elements for documentation pages. */
async function bundleWidgets() {
  const libraries = join(here, 'node_modules');
  const outfile = join(packageDir, 'widgets.js');
  keepLicenses(await buildWidgets({ build, libraries, engine: './browser.js', outfile }), 'LICENSE-widgets');
}

/** What site generators take in; the package itself lies next to it. */
async function bundlePlugins() {
  await build({
    bundle: true,
    target: 'node20',
    platform: 'node',
    format: 'esm',
    minifyWhitespace: true,
    minifySyntax: true,
    external: ['./node.js'],
    absWorkingDir: here,
    entryPoints: ['markdown-it.js', 'remark.js'].map((name) => join(here, 'docs', name)),
    outdir: packageDir,
    logLevel: 'warning',
  });
  for (const name of ['markdown-it.d.ts', 'remark.d.ts']) cpSync(join(here, 'docs', name), join(packageDir, name));
}

/** The licenses of the libraries in a bundle ask to be kept with it. */
function keepLicenses(metafile, file) {
  const names = new Set(Object.keys(metafile.inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  const texts = [...names].sort().map((name) => {
    const folder = join(here, 'node_modules', name);
    const license = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    if (!license) fail(`${name} has no license file`);
    return `${name}\n\n${readFileSync(join(folder, license), 'utf8').trim()}\n`;
  });
  writeFileSync(join(packageDir, file), texts.join(`\n${'-'.repeat(80)}\n\n`));
}

function copyFiles(constants) {
  cpSync(join(here, 'index.d.ts'), join(packageDir, 'index.d.ts'));
  // The same declarations, under the name by which TypeScript knows a CommonJS module.
  cpSync(join(here, 'index.d.ts'), join(packageDir, 'index.d.cts'));
  cpSync(join(repository, 'playground/widgets/widgets.d.ts'), join(packageDir, 'widgets.d.ts'));
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

function pack() {
  // Without a shell and without npm's own environment, so that it behaves the same under `npm run`.
  const list = run('npm', ['pack', '--json', '--pack-destination', work], { cwd: packageDir });
  const [{ filename }] = JSON.parse(list);
  const tarball = join(out, 'admittance.tgz');
  renameSync(join(work, filename), tarball);
  return tarball;
}

function report(tarball) {
  const engine = join(packageDir, 'engine.wasm');
  // Not with node:zlib, which is made for speed and is two per cent larger at its best.
  const gzipped = execFileSync('gzip', ['-9', '-c', engine]).length;
  const sizes = [
    ['engine.wasm', statSync(engine).size],
    ['engine.wasm, gzipped', gzipped, WASM_BUDGET],
    ['admittance.tgz', statSync(tarball).size, TARBALL_BUDGET],
  ];
  for (const [name, size, budget] of sizes) {
    const limit = budget === undefined ? '' : ` of ${budget / KB} kB`;
    console.log(`${name}: ${(size / KB).toFixed(1)} kB${limit}`);
  }
  const over = sizes.filter(([, size, budget]) => size > (budget ?? Infinity));
  if (over.length > 0) fail(`over the size budget: ${over.map(([name]) => name).join('; ')}`);
}

function run(command, args, options) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options });
  } catch (error) {
    fail(`${command} failed: ${error.message}`);
  }
}

function readJson(name) {
  return JSON.parse(readFileSync(join(here, name), 'utf8'));
}

function fail(message) {
  console.error(`npm package: ${message}`);
  process.exit(1);
}
