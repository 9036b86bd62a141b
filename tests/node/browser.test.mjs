// The package in real pages, with a strict content security policy: no bundler, an import map.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { installed } from './helpers/project.mjs';
import { decidedBySet, scenario } from './helpers/scenarios.mjs';
import { closeBrowser, serve, visit } from './helpers/site.mjs';

const folder = mkdtempSync(join(tmpdir(), 'admittance-'));
cpSync(installed, join(folder, 'admittance'), { recursive: true });
after(closeBrowser);
after(() => rmSync(folder, { recursive: true }));

/** A page with one module; the policy lets nothing else run. */
async function page(name, module, { entry = 'browser.js', types, files = {} } = {}) {
  const map = JSON.stringify({ imports: { admittance: `./admittance/${entry}` } });
  const hash = createHash('sha256').update(map).digest('base64');
  writeFileSync(join(folder, `${name}.js`), module);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  writeFileSync(
    join(folder, `${name}.html`),
    `<!doctype html><link rel="icon" href="data:,"><script type="importmap">${map}</script><script type="module" src="./${name}.js"></script>`,
  );
  const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'; connect-src 'self'; worker-src 'self'; img-src data:`;
  const site = await serve(folder, { headers: { 'content-security-policy': policy }, types });
  try {
    return await visit(`${site.address}${name}.html`);
  } finally {
    site.stop();
  }
}

const value = JSON.stringify(scenario());
const decide = decidedBySet(scenario());

test('await init(), then PolicySet and evaluate(): one request for the engine, none after it', async () => {
  const { outcome, problems, requests } = await page(
    'page',
    `import { PolicySet, answers, evaluate, init } from 'admittance';
     await Promise.all([init(), init()]);
     await init();
     const first = ${decide};
     for (let index = 0; index < 100; index++) evaluate(${value});
     globalThis.outcome = { first, valid: evaluate('{').valid };`,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(outcome, { first: 'Allow', valid: false });
  assert.deepEqual(requests.map((url) => url.split('/').at(-1)), [
    'page.html',
    'page.js',
    'browser.js',
    'facade.js',
    'engine.wasm',
  ]);
});

test('evaluate() before init() throws an error with a code', async () => {
  const { outcome } = await page(
    'early',
    `import { evaluate } from 'admittance';
     try { evaluate(${value}); } catch ({ code, message }) { globalThis.outcome = { code, message }; }`,
  );
  assert.deepEqual(outcome, {
    code: 'NOT_INITIALIZED',
    message: 'evaluate: call "await init()" before it',
  });
});

test('an engine that is not there: an error with a code, and init() may be called again', async () => {
  const { outcome } = await page(
    'missing',
    `import { PolicySet, answers, evaluate, init } from 'admittance';
     const codes = [];
     for (const source of ['./nowhere.wasm', './missing.js', new Uint8Array(8)]) {
       await init(source).catch(({ code }) => codes.push(code));
     }
     await init('./admittance/engine.wasm');
     globalThis.outcome = { codes, decision: ${decide} };`,
  );
  assert.deepEqual(outcome, {
    codes: ['LOAD_FAILED', 'LOAD_FAILED', 'LOAD_FAILED'],
    decision: 'Allow',
  });
});

const sources = {
  address: `'./admittance/engine.wasm'`,
  URL: `new URL('./admittance/engine.wasm', import.meta.url)`,
  response: `fetch('./admittance/engine.wasm')`,
  bytes: `fetch('./admittance/engine.wasm').then((response) => response.arrayBuffer())`,
  module: `WebAssembly.compileStreaming(fetch('./admittance/engine.wasm'))`,
};
for (const [name, source] of Object.entries(sources)) {
  test(`init() takes: ${name}`, async () => {
    const { outcome, problems } = await page(
      `source-${name}`,
      `import { PolicySet, answers, evaluate, init } from 'admittance';
       await init(${source});
       globalThis.outcome = ${decide};`,
    );
    assert.deepEqual(problems, []);
    assert.equal(outcome, 'Allow');
  });
}

test('a server that does not know .wasm files', async () => {
  const { outcome } = await page(
    'type',
    `import { PolicySet, answers, evaluate, init } from 'admittance';
     await init();
     globalThis.outcome = ${decide};`,
    { types: { '.html': 'text/html', '.js': 'text/javascript' } },
  );
  assert.equal(outcome, 'Allow');
});

test('admittance/inline: synchronous, without a request for the engine', async () => {
  const { outcome, problems, requests } = await page(
    'inline',
    `import { PolicySet, answers } from 'admittance';
     globalThis.outcome = ${decide};`,
    { entry: 'inline.js' },
  );
  assert.deepEqual(problems, []);
  assert.equal(outcome, 'Allow');
  assert.ok(!requests.some((url) => url.endsWith('.wasm')));
});

test('in a module worker', async () => {
  const { outcome, problems } = await page(
    'with-worker',
    `const worker = new Worker('./worker.js', { type: 'module' });
     worker.onmessage = ({ data }) => { globalThis.outcome = data; };
     worker.onerror = ({ message }) => { globalThis.outcome = { error: message }; };`,
    {
      files: {
        'worker.js': `import { PolicySet, answers, init } from './admittance/browser.js';
          await init();
          postMessage(${decide});`,
      },
    },
  );
  assert.deepEqual(problems, []);
  assert.equal(outcome, 'Allow');
});
