// `admittance init`: a scenario to start from.

import { existsSync, writeFileSync } from 'node:fs';
import { evaluate, validate } from './engine.js';
import { detect } from './detect.js';
import { Failure } from './failure.js';
import { readText } from './files.js';
import { policiesOf } from './places.js';
import { describeDiagnostic } from './report/diagnostics.js';
import { style } from './style.js';

const CALLER = 'arn:aws:iam::111122223333:user/ana';
const RESOURCES = { 'role-trust': 'arn:aws:iam::111122223333:role/example', 'kms-key': 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' };

export function initCommand(path, options) {
  if (options.output && existsSync(options.output)) throw new Failure(`${options.output}: this file is there already`, 'name another one, or remove it');
  const text = readText(path);
  const type = options.type ?? detect(parsed(text), path).type;
  const { valid, diagnostics } = validate(text, type);
  if (!valid) {
    diagnostics.forEach((diagnostic) => console.error(describeDiagnostic(diagnostic, path)));
    return 1;
  }
  const document = JSON.parse(text);
  const scenario = {
    $schema: './node_modules/admittance/scenario.schema.json',
    name: 'What this scenario shows',
    policies: policiesOf(type, { name: nameOf(path), document }),
    requests: requests(document, type),
  };
  const { results } = evaluate(scenario);
  // What is decided today is what is expected: a test that fails once that changes.
  scenario.requests = scenario.requests.map((request, index) => ({ ...request, expect: expectation(results[index]) }));
  const written = `${JSON.stringify(scenario, null, 2)}\n`;
  if (options.output) {
    writeFileSync(options.output, written);
    console.log(`${style.good('✓')} ${options.output}: ${scenario.requests.length} requests, to be changed into what you want to hold`);
  } else {
    process.stdout.write(written);
  }
  return 0;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const nameOf = (path) => (path === '-' ? 'policy' : path.split(/[\\/]/).at(-1).replace(/\.json$/, ''));

/** A request for each statement: its first action on its first resource. */
function requests(document, type) {
  const found = [document.Statement].flat().map((statement, index) => {
    const action = concrete([statement.Action ?? 's3:GetObject'].flat()[0]);
    const resource = RESOURCES[type] ?? plain([statement.Resource ?? '*'].flat()[0]);
    return {
      name: statement.Sid ?? `statement ${index}`,
      principal: CALLER,
      action: action === '*' ? 's3:GetObject' : action,
      ...(resource !== '*' && { resource }),
    };
  });
  return found.filter(({ action, resource }, index) => found.findIndex((other) => other.action === action && other.resource === resource) === index);
}

/** An action that the pattern covers. */
function concrete(pattern) {
  if (!pattern.includes(':')) return '*';
  const [service, name] = pattern.split(':');
  return `${plain(service)}:${plain(name.replace(/^\*$/, 'Example'))}`;
}

const plain = (pattern) => (pattern === '*' ? '*' : pattern.replaceAll('${aws:username}', 'ana').replace(/\$\{[^}]*\}|\*/g, 'example').replaceAll('?', 'x'));

function expectation(result) {
  if (result === undefined || result.decision === 'Invalid') return { decision: 'Invalid' };
  const { decision, decidedBy, decidingStatement, statements } = result;
  const deciding = statements[decidingStatement];
  return { decision, decidedBy, ...(deciding && { statement: deciding.sid ?? `#${deciding.index}` }) };
}
