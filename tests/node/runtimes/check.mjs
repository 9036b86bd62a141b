// The packed package in other runtimes: real binaries, from npm.

import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { installed, project } from '../helpers/project.mjs';
import { run } from '../helpers/run.mjs';
import { scenario } from '../helpers/scenarios.mjs';

const binaries = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');
// Its package makes it executable in a script, which npm may not run.
const bun = join(binaries, '@oven/bun-linux-x64/bin/bun');
chmodSync(bun, 0o755);
const directory = mkdtempSync(join(project, 'runtimes-'));
after(() => rmSync(directory, { recursive: true }));
const value = JSON.stringify(scenario());

// Deciding, a diagnostic, a mistake: the three ways in which a call ends.
const use = `
  const answers = [evaluate(${value}).results[0].decision, evaluate('{').diagnostics[0].code];
  try { evaluate(1); } catch ({ code }) { answers.push(code); }
  const set = PolicySet.prepare(${value}.policies);
  const [request] = ${value}.requests;
  answers.push(set.decide(request), set.decideMany([request, {}]).join(), set.evaluate(request).valid);
  set.dispose();
  try { set.decide(request); } catch ({ code }) { answers.push(code); }`;
const expected = 'Allow JSON_SYNTAX_ERROR INVALID_ARGUMENT Allow 1,0 true DISPOSED';

// What the second WebAssembly file does.
const useAnalysis = `
  const policy = ${value}.policies.identity[0];
  const { response } = simulate({ PolicyInputList: [policy], ActionNames: ['s3:ListAllMyBuckets'] });
  const answers = [response.EvaluationResults[0].EvalDecision, validatePolicy('{', 'identity').valid];`;
const expectedOfAnalysis = 'implicitDeny false';

const programs = {};
for (const specifier of ['admittance', 'admittance/inline']) {
  const name = specifier.replace('/', '-');
  programs[`import ${specifier}`] = program(`${name}.mjs`, `import { PolicySet, evaluate } from '${specifier}';`);
  programs[`require ${specifier}`] = program(`${name}.cjs`, `const { PolicySet, evaluate } = require('${specifier}');`);
}

programs['import admittance/analysis'] = program('analysis.mjs', "import { simulate, validatePolicy } from 'admittance/analysis';", useAnalysis);
programs['require admittance/analysis'] = program('analysis.cjs', "const { simulate, validatePolicy } = require('admittance/analysis');", useAnalysis);

function program(name, head, body = use) {
  writeFileSync(join(directory, name), `${head}${body}\nconsole.log(answers.join(' '));\n`);
  return name;
}

const runtimes = {
  'Node 20': [join(binaries, 'node-20/bin/node')],
  'Node 22': [join(binaries, 'node-22/bin/node')],
  'Node 24': [join(binaries, 'node-24/bin/node')],
  'Node 26': [join(binaries, 'node-26/bin/node')],
  // Without any permission: not even that of reading files.
  Deno: [join(binaries, '@deno/linux-x64-glibc/deno'), 'run', '--no-prompt'],
  'Deno that may read': [join(binaries, '@deno/linux-x64-glibc/deno'), 'run', '--no-prompt', '--allow-read'],
  Bun: [bun],
};

for (const [runtime, [command, ...args]] of Object.entries(runtimes)) {
  for (const [name, file] of Object.entries(programs)) {
    // Deno resolves a require() as Node does, to the entry that reads a file.
    if (runtime === 'Deno' && /^require admittance(\/analysis)?$/.test(name)) continue;
    test(`${runtime}: ${name}`, () => {
      const output = run(command, [...args, file], { cwd: directory });
      assert.equal(output.trim(), name.endsWith('analysis') ? expectedOfAnalysis : expected);
    });
  }
}

for (const [specifier, body, outcome, file] of [
  ['admittance', use, expected, 'engine.wasm'],
  ['admittance/analysis', useAnalysis, expectedOfAnalysis, 'analysis/analysis.wasm'],
]) test(`workerd: import ${specifier}`, async () => {
  const worker = join(directory, `workerd-${specifier.replace('/', '-')}`);
  const module = basename(file);
  await build({
    stdin: {
      contents: `
        import * as names from '${specifier}';
        import assert from 'node:assert';
        export default {
          test() {
            const { PolicySet, evaluate, simulate, validatePolicy } = names;
            ${body}
            assert.strictEqual(answers.join(' '), ${JSON.stringify(outcome)});
          },
        };`,
      resolveDir: directory,
    },
    outfile: join(worker, 'worker.js'),
    bundle: true,
    format: 'esm',
    // What wrangler sets.
    conditions: ['workerd', 'worker', 'browser'],
    external: ['*.wasm', 'node:*'],
  });
  copyFileSync(join(installed, file), join(worker, module));
  writeFileSync(
    join(worker, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
     const config :Workerd.Config = (services = [(name = "main", worker = .worker)]);
     const worker :Workerd.Worker = (
       compatibilityDate = "2026-01-01",
       compatibilityFlags = ["nodejs_compat"],
       modules = [
         (name = "worker.js", esModule = embed "worker.js"),
         (name = "${module}", wasm = embed "${module}"),
       ],
     );`,
  );
  run(join(binaries, '@cloudflare/workerd-linux-64/bin/workerd'), ['test', join(worker, 'config.capnp')]);
});
