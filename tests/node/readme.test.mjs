// Every example of the package's README runs and prints what it says.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import Ajv from 'ajv/dist/2020.js';
import { evaluate, require } from './helpers/package.mjs';
import { installed, project } from './helpers/project.mjs';
import { run } from './helpers/run.mjs';
import { closeBrowser, serve, visit } from './helpers/site.mjs';

after(closeBrowser);
const directory = mkdtempSync(join(project, 'readme-'));
const readme = readFileSync(join(installed, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].map(([, language, file, code]) => ({
  language,
  file,
  code,
  printed: [...code.matchAll(/^\/\/ → (.*)$/gm)].map(([, line]) => line),
}));
for (const { file, code } of blocks) if (file) writeFileSync(join(directory, file), code);

test('every block is an example with a file name, or a shell command', () => {
  for (const { language, file, code } of blocks) {
    assert.ok(file || (language === 'sh' && code === 'npm install admittance\n'), code);
  }
  assert.ok(blocks.length >= 7);
});

for (const { language, file, code, printed } of blocks.filter(({ file }) => file)) {
  test(file, async () => {
    if (language === 'json') {
      const validate = new Ajv({ strict: false }).compile(require('admittance/schema'));
      assert.ok(validate(JSON.parse(code)), JSON.stringify(validate.errors));
      assert.deepEqual(evaluate(code).results.map(({ passed }) => passed), [true, true]);
      return;
    }
    assert.ok(printed.length > 0, 'says nothing of what it prints');
    if (file === 'browser.js') {
      assert.deepEqual(await inBrowser(file), printed);
    } else {
      assert.deepEqual(run(process.execPath, [file], { cwd: directory }).trimEnd().split('\n'), printed);
    }
  });
}

/** What a page prints whose only script is the example, with the bare import made an address. */
async function inBrowser(file) {
  await build({
    entryPoints: [join(directory, file)],
    outfile: join(directory, 'page/main.js'),
    bundle: true,
    format: 'esm',
    plugins: [
      {
        name: 'as a server would answer',
        setup: ({ onResolve }) => onResolve({ filter: /^admittance$/ }, () => ({ path: './browser.js', external: true })),
      },
    ],
  });
  for (const name of ['browser.js', 'engine.wasm']) {
    writeFileSync(join(directory, 'page', name), readFileSync(join(installed, name)));
  }
  writeFileSync(
    join(directory, 'page/index.html'),
    `<!doctype html><link rel="icon" href="data:,"><script type="module">
       const lines = [];
       console.log = (...values) => lines.push(values.join(' '));
       await import('./main.js');
       globalThis.outcome = lines;
     </script>`,
  );
  const site = await serve(join(directory, 'page'));
  try {
    return (await visit(site.address)).outcome;
  } finally {
    site.stop();
  }
}
