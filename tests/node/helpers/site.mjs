// A web server for folders of files, and pages in a real Chromium.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { chromium } from './paths.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Serves a folder; gives its address and what stops it. */
export async function serve(folder, { headers = {}, types = TYPES } = {}) {
  const server = createServer((request, response) => {
    const path = join(folder, normalize(decodeURIComponent(new URL(request.url, 'http://a').pathname)));
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path;
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', ...headers });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

let browser;

/** Opens a page, waits until it has set `window.outcome`, and gives that and what went wrong. */
export async function visit(address) {
  browser ??= await playwright.launch({
    executablePath: chromium(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const page = await browser.newPage();
  const problems = [];
  const requests = [];
  page.on('console', (message) => problems.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('request', (request) => requests.push(request.url()));
  try {
    await page.goto(address);
    const outcome = await Promise.race([
      page.waitForFunction(() => globalThis.outcome, undefined, { timeout: 15_000 }).then((handle) => handle.jsonValue()),
      page.waitForEvent('pageerror', { timeout: 15_000 }).then((error) => ({ error: error.message })),
    ]).catch((error) => ({ error: `${error.message}; ${problems.join('; ')}` }));
    return { outcome, problems, requests };
  } finally {
    await page.close();
  }
}

export async function closeBrowser() {
  await browser?.close();
}
