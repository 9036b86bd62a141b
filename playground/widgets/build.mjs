// Bundles the widgets to one module, `widgets.js`, that loads the npm package's engine from next to it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * `build` is esbuild's, `libraries` the node_modules with what the widgets import, `engine` the module
 * of the package for browsers, as seen from where `outfile` will be. Gives esbuild's list of what is in it.
 */
export async function buildWidgets({ build, libraries, engine, outfile }) {
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
    plugins: [engineModule(engine), styles(build)],
  });
  return metafile;
}

/** The engine stays a module of its own, which the page may have loaded already. */
function engineModule(path) {
  return {
    name: 'engine',
    setup: ({ onResolve }) => onResolve({ filter: /^#engine$/ }, () => ({ path, external: true })),
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
