// JavaScript: the facades with the glue in them, the entries beside them, and the command line.

import { chmodSync, cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildWidgets } from '../../../playground/widgets/build.mjs';
import { fail, here } from './run.mjs';

const FACADE = {
  bundle: true,
  target: 'es2022',
  platform: 'neutral',
  // Names stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  external: ['node:*', './*.wasm', './inline-data/engine.js'],
  // Only Deno reads the file that has it.
  supported: { 'import-source': true },
  // fflate and the glue are reached by their plain ESM files.
  mainFields: ['module', 'main'],
  absWorkingDir: here,
  logLevel: 'warning',
  // node.js asks whether there is an import.meta, which CommonJS has not.
  logOverride: { 'empty-import-meta': 'silent' },
};

/**
 * Makes the files of one facade: `facade.js`, in which all is that its entries share, and the entries, which say how the
 * WebAssembly file is found. `generated` is the folder with the glue and what else begins with `#`.
 */
export async function bundleFacade({ source, generated, outdir, esm, cjs }) {
  for (const [format, extension, entries] of [['esm', '.js', esm], ['cjs', '.cjs', cjs]]) {
    const own = {
      name: 'the facade beside its entries, and generated files',
      setup({ onResolve }) {
        onResolve({ filter: /^\.\/facade\.js$/ }, () => ({ path: `./facade${extension}`, external: true }));
        onResolve({ filter: /^#/ }, ({ path }) => ({ path: join(generated, `${path.slice(1)}.js`) }));
      },
    };
    const entryPoints = ['facade.js', ...entries].map((name) => join(here, source, name));
    await build({ ...FACADE, format, outExtension: { '.js': extension }, outdir, plugins: [own], entryPoints });
  }
}

/** The command line, and what it is made of; the package itself lies next to it. */
export async function bundleCommand(packageDir) {
  const { metafile } = await build({
    bundle: true,
    target: 'node20',
    platform: 'node',
    format: 'esm',
    minify: true,
    external: ['./node.js', './analysis/node.js'],
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
  keepLicenses(metafile, join(packageDir, 'LICENSE-cli'));
  chmodSync(join(packageDir, 'cli.js'), 0o755);
}

/** The custom elements for documentation pages. */
export async function bundleWidgets(packageDir) {
  const libraries = join(here, 'node_modules');
  const outfile = join(packageDir, 'widgets.js');
  const modules = { engine: './browser.js', analysis: './analysis/browser.js' };
  keepLicenses(await buildWidgets({ build, libraries, modules, outfile }), join(packageDir, 'LICENSE-widgets'));
}

/** What site generators take in; the package itself lies next to it. */
export async function bundlePlugins(packageDir) {
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
function keepLicenses(metafile, path) {
  const names = new Set(Object.keys(metafile.inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  const texts = [...names].sort().map((name) => {
    const folder = join(here, 'node_modules', name);
    const license = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    if (!license) fail(`${name} has no license file`);
    return `${name}\n\n${readFileSync(join(folder, license), 'utf8').trim()}\n`;
  });
  writeFileSync(path, texts.join(`\n${'-'.repeat(80)}\n\n`));
}
