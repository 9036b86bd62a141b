// Every example of the package's README runs and prints what it says.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import Ajv from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { evaluate, require } from './helpers/package.mjs';
import { here, repository } from './helpers/paths.mjs';
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
for (const { file, code, language } of blocks) if (file && language !== 'yaml') writeFileSync(join(directory, file), code);

test('every block is an example with a file name, or commands that run', () => {
  for (const { language, file, code } of blocks) {
    // What is for pages is drawn by the tests of the widgets.
    assert.ok(file || language === 'console' || language === 'html' || (language === 'sh' && code === 'npm install admittance\n'), code);
  }
  assert.ok(blocks.length >= 7);
});

test('the commands print what they say', () => {
  const commands = blocks.filter(({ language }) => language === 'console').flatMap(({ code }) => code.split(/^\$ /m).slice(1));
  assert.ok(commands.length >= 4);
  for (const command of commands) {
    const [line, ...printed] = command.split('\n');
    const [npx, name, ...args] = line.split(' ');
    assert.deepEqual([npx, name], ['npx', 'admittance']);
    const output = run(process.execPath, [join(installed, 'cli.js'), ...args], { cwd: join(here, 'example') });
    assert.equal(output, printed.join('\n'), line);
  }
});

const yaml = blocks.filter(({ language }) => language === 'yaml');

test('the workflow gives the action inputs that it has', () => {
  const action = load(readFileSync(join(repository, 'wasm/npm/action/action.yml'), 'utf8'));
  const { jobs } = load(yaml.find(({ file }) => file.includes('workflows')).code);
  const step = jobs.policies.steps.find(({ uses }) => uses?.startsWith('admittance/'));
  assert.equal(step.uses.split('@')[0], 'admittance/admittance/wasm/npm/action');
  for (const input of Object.keys(step.with)) assert.ok(input in action.inputs, input);
});

test('the example repository has the workflow and the hooks', () => {
  for (const { file, code } of yaml) assert.equal(readFileSync(join(here, 'example', file), 'utf8').trim(), code.trim(), file);
});

test('the hooks run, on files and without', () => {
  const { repos } = load(yaml.find(({ file }) => file.startsWith('.pre-commit')).code);
  for (const { entry, files, pass_filenames: passes = true } of repos[0].hooks) {
    const [name, ...args] = entry.split(' ');
    assert.equal(name, 'admittance');
    const given = ['policies/read-reports.json', 'policies/scp-regions.json'];
    assert.ok(given.every((path) => new RegExp(files).test(path)));
    run(process.execPath, [join(installed, 'cli.js'), ...args, ...(passes ? given : [])], { cwd: join(here, 'example') });
  }
});

test('the steps of the action run, with the installed command for npx', () => {
  const { runs, inputs } = load(readFileSync(join(repository, 'wasm/npm/action/action.yml'), 'utf8'));
  const work = mkdtempSync(join(project, 'action-'));
  const env = { ...process.env, GITHUB_STEP_SUMMARY: join(work, 'summary.md'), PATH: `${join(work, 'bin')}:${process.env.PATH}` };
  mkdirSync(join(work, 'bin'));
  writeFileSync(join(work, 'bin/npx'), `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${join(installed, 'cli.js')}" "$@"\n`, { mode: 0o755 });
  const given = { policies: 'policies/**/*.json', scenarios: 'tests', sarif: join(work, 'a.sarif'), junit: join(work, 'a.xml') };
  for (const step of runs.steps) {
    const values = Object.entries(step.env).map(([name, value]) => {
      const [, input] = /^\$\{\{ inputs\.(\w+) \}\}$/.exec(value);
      assert.ok(input in inputs, input);
      return [name, given[input] ?? inputs[input].default];
    });
    run('bash', ['-e', '-o', 'pipefail', '-c', step.run], { cwd: join(here, 'example'), env: { ...env, ...Object.fromEntries(values) } });
  }
  assert.equal(JSON.parse(readFileSync(given.sarif, 'utf8')).version, '2.1.0');
  assert.match(readFileSync(given.junit, 'utf8'), /tests="3" failures="0"/);
  assert.match(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'), /^\| passed \|/m);
});

for (const { language, file, code, printed } of blocks.filter(({ file, language }) => file && language !== 'yaml')) {
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
  for (const name of ['browser.js', 'facade.js', 'engine.wasm']) {
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
