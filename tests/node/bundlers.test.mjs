// Bundles made with the bundlers' default settings run: for the browser in a page, for Node in Node.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import * as vite from 'vite';
import webpack from 'webpack';
import { installed, project } from './helpers/project.mjs';
import { run } from './helpers/run.mjs';
import { decidedBySet, scenario } from './helpers/scenarios.mjs';
import { closeBrowser, serve, visit } from './helpers/site.mjs';

after(closeBrowser);
const decided = decidedBySet(scenario());
const root = mkdtempSync(join(project, 'bundlers-'));

/** A folder with a page and its module, inside the consumer's project. */
function app(name, module) {
  const directory = join(root, name);
  mkdirSync(join(directory, 'dist'), { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(directory, 'main.js'), module);
  writeFileSync(join(directory, 'index.html'), page('./main.js'));
  writeFileSync(join(directory, 'dist/index.html'), page('./main.js'));
  return directory;
}

const page = (script) =>
  `<!doctype html><html><head><link rel="icon" href="data:,"></head><body><script type="module" src="${script}"></script></body></html>`;

const loaded = `import { PolicySet, answers, init } from 'admittance';
  await init();
  globalThis.outcome = ${decided};`;
const inline = `import { PolicySet, answers } from 'admittance/inline';
  globalThis.outcome = ${decided};`;
const asset = `import { PolicySet, answers, init } from 'admittance';
  import engine from 'admittance/engine.wasm';
  await init(engine);
  globalThis.outcome = ${decided};`;

async function decidesInBrowser(directory) {
  const site = await serve(directory);
  try {
    const { outcome, problems } = await visit(site.address);
    assert.deepEqual(problems, []);
    assert.equal(outcome, 'Allow');
  } finally {
    site.stop();
  }
}

const withVite = (directory) =>
  vite.build({ root: directory, base: './', logLevel: 'error', configFile: false, build: { target: 'es2022', outDir: 'dist', emptyOutDir: true } });

const withWebpack = (directory, settings = {}) =>
  new Promise((resolve, reject) => {
    const compiler = webpack({
      mode: 'production',
      context: directory,
      entry: './main.js',
      // The engine is larger than what webpack recommends for a page's first script.
      performance: false,
      output: { path: join(directory, 'dist'), filename: 'main.js' },
      ...settings,
    });
    compiler.run((error, stats) => {
      const failure = error ?? (stats.hasErrors() || stats.hasWarnings() ? new Error(stats.toString('errors-warnings')) : undefined);
      compiler.close(() => (failure ? reject(failure) : resolve()));
    });
  });

const withEsbuild = (directory, settings) =>
  esbuild.build({
    entryPoints: [join(directory, 'main.js')],
    outdir: join(directory, 'dist'),
    bundle: true,
    format: 'esm',
    logLevel: 'silent',
    ...settings,
  });

/** Rollup without a single plugin but one that finds packages. */
async function withRollup(directory) {
  const bundle = await rollup({
    input: join(directory, 'main.js'),
    onwarn: (warning) => {
      throw new Error(warning.message);
    },
    plugins: [
      {
        name: 'package',
        resolveId: (id) => (id === 'admittance/inline' ? { id: join(installed, 'inline.js'), moduleSideEffects: true } : null),
      },
    ],
  });
  await bundle.write({ dir: join(directory, 'dist'), format: 'es' });
  await bundle.close();
}

test('Vite, for the browser', async () => {
  const directory = app('vite', loaded);
  await withVite(directory);
  await decidesInBrowser(join(directory, 'dist'));
});

test('Vite, admittance/inline', async () => {
  const directory = app('vite-inline', inline);
  await withVite(directory);
  await decidesInBrowser(join(directory, 'dist'));
});

test('Vite, development server', async () => {
  const directory = app('vite-dev', loaded);
  const server = await vite.createServer({ root: directory, logLevel: 'error', configFile: false, server: { port: 0, host: '127.0.0.1', fs: { allow: [project] } } });
  await server.listen();
  try {
    const { outcome } = await visit(server.resolvedUrls.local[0]);
    assert.equal(outcome, 'Allow');
  } finally {
    await server.close();
  }
});

test('webpack, for the browser', async () => {
  const directory = app('webpack', loaded);
  await withWebpack(directory);
  await decidesInBrowser(join(directory, 'dist'));
  assert.ok(readdirSync(join(directory, 'dist')).some((name) => name.endsWith('.wasm')));
});

test('webpack, admittance/inline', async () => {
  const directory = app('webpack-inline', inline);
  await withWebpack(directory);
  await decidesInBrowser(join(directory, 'dist'));
});

test('esbuild, for the browser, the engine copied beside the bundle', async () => {
  const directory = app('esbuild', loaded);
  await withEsbuild(directory);
  cpSync(join(installed, 'engine.wasm'), join(directory, 'dist/engine.wasm'));
  await decidesInBrowser(join(directory, 'dist'));
});

for (const loader of ['file', 'binary']) {
  test(`esbuild, for the browser, the engine by the loader "${loader}"`, async () => {
    const directory = app(`esbuild-${loader}`, asset);
    await withEsbuild(directory, { loader: { '.wasm': loader }, platform: 'browser' });
    await decidesInBrowser(join(directory, 'dist'));
  });
}

test('esbuild, admittance/inline', async () => {
  const directory = app('esbuild-inline', inline);
  await withEsbuild(directory);
  await decidesInBrowser(join(directory, 'dist'));
});

test('Rollup, admittance/inline', async () => {
  const directory = app('rollup-inline', inline);
  await withRollup(directory);
  await decidesInBrowser(join(directory, 'dist'));
});

for (const format of ['esm', 'cjs']) {
  test(`esbuild, for Node, admittance/inline, ${format}`, async () => {
    const directory = app(`esbuild-node-${format}`, `${inline}\nconsole.log(globalThis.outcome);`);
    const outfile = join(directory, format === 'esm' ? 'out.mjs' : 'out.cjs');
    await withEsbuild(directory, { platform: 'node', format, outdir: undefined, outfile });
    assert.equal(run(process.execPath, [outfile]).trim(), 'Allow');
  });
}

test('esbuild, for Node, the engine copied beside the bundle or not', async () => {
  const directory = app('esbuild-node', `import { PolicySet, answers } from 'admittance';
    try { console.log(${decided}); } catch ({ code, message }) { console.log(code, message); }`);
  for (const format of ['esm', 'cjs']) {
    const outfile = join(directory, format, format === 'esm' ? 'out.mjs' : 'out.cjs');
    await withEsbuild(directory, { platform: 'node', format, outdir: undefined, outfile });
    assert.match(run(process.execPath, [outfile]), /^LOAD_FAILED .*"admittance\/inline"/);
    cpSync(join(installed, 'engine.wasm'), join(directory, format, 'engine.wasm'));
    assert.equal(run(process.execPath, [outfile]).trim(), 'Allow');
  }
});

for (const specifier of ['admittance', 'admittance/inline']) {
  test(`webpack, for Node, ${specifier}`, async () => {
    const directory = app(`webpack-node-${specifier.replace('/', '-')}`, `import { PolicySet, answers } from '${specifier}';
      console.log(${decided});`);
    writeFileSync(join(directory, 'dist/package.json'), '{ "type": "commonjs" }\n');
    await withWebpack(directory, { target: 'node' });
    assert.equal(run(process.execPath, [join(directory, 'dist/main.js')]).trim(), 'Allow');
  });
}
