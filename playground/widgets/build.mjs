// Bundles the widgets to one module, `widgets.js`, that loads the npm package's modules from next to it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * `build` is esbuild's, `libraries` the node_modules with what the widgets import, `modules` those of the
 * package for browsers, as seen from where `outfile` will be. Gives esbuild's list of what is in it.
 */
export async function buildWidgets({ build, libraries, modules, outfile }) {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: [join(here, 'src/index.js')],
    metafile: true,
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    minify: true,
    legalComments: 'none',
    nodePaths: [libraries],
    logLevel: 'warning',
    plugins: [ownModules(modules), styles(build)],
  });
  return metafile;
}

/** The package's modules stay by themselves: the page may have loaded them already, or never need them. */
function ownModules(modules) {
  return {
    name: 'modules of the package',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^#/ }, ({ path }) => ({ path: modules[path.slice(1)], external: true })),
  };
}

/** Style sheets as text. What the tokens say of the page's root is true of each widget. */
function styles(build) {
  return {
    name: 'styles',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const { outputFiles } = await build({
          entryPoints: [path],
          bundle: true,
          minify: true,
          write: false,
          logLevel: 'warning',
        });
        const css = outputFiles[0].text
          .replace(/:root\[data-theme="?(\w+)"?\]/g, ':host([theme="$1"])')
          .replace(/:root/g, ':host');
        return { contents: css, loader: 'text' };
      }),
  };
}
