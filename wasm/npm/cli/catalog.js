// `admittance catalog`: where the facts about AWS's actions come from, and what they are.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeAction, expandActions, loadCatalog } from './analysis.js';
import { Failure } from './failure.js';
import { table } from './report/markdown.js';
import { style } from './style.js';

export async function catalogCommand(patterns, { format, output }) {
  const about = await loadCatalog();
  if (output !== undefined) return writeServices(about, patterns, output);
  const names = [...new Set(patterns.flatMap(actionsOf))];
  const actions = names.map((name) => describeAction(name));
  if (format === 'json') console.log(JSON.stringify(patterns.length ? { ...about, matched: actions } : about, null, 2));
  else if (patterns.length) console.log(format === 'markdown' ? markdown(actions) : actions.map(human).join('\n'));
  else console.log(format === 'markdown' ? table(['', ''], facts(about)) : facts(about).map(([what, value]) => `${style.dim(what)}  ${value}`).join('\n'));
  return 0;
}

/** Writes a file for each service, and `index.json` with what they are called: for sites that load facts by service. */
function writeServices({ source, version, date }, patterns, folder) {
  const services = new Map();
  for (const action of new Set((patterns.length ? patterns : ['*']).flatMap(actionsOf))) {
    const prefix = action.slice(0, action.indexOf(':'));
    if (!services.has(prefix)) services.set(prefix, []);
    services.get(prefix).push(describeAction(action));
  }
  mkdirSync(folder, { recursive: true });
  const index = { source, version, date, services: {} };
  for (const [prefix, actions] of services) {
    index.services[prefix] = { name: actions[0].service, actions: actions.length };
    writeFileSync(join(folder, `${prefix}.json`), `${JSON.stringify({ prefix, name: actions[0].service, actions })}\n`);
  }
  writeFileSync(join(folder, 'index.json'), `${JSON.stringify(index)}\n`);
  console.log(`${services.size} services in ${folder}`);
  return 0;
}

function actionsOf(pattern) {
  const names = expandActions(pattern);
  if (names.length === 0) throw new Failure(`no action matches ${pattern}`, 'write names or patterns such as s3:Get*');
  return names;
}

const facts = ({ source, version, date, services, actions, resourceTypes, conditionKeys, dependentActions }) => [
  ['source', `${source} ${version}`],
  ['date', date],
  ['services', services],
  ['actions', actions],
  ['resource types', resourceTypes],
  ['condition keys', conditionKeys],
  ['dependent actions', dependentActions],
];

function human({ name, accessLevel, resourceTypes, conditionKeys, dependentActions }) {
  const lines = [`${style.bold(name)} ${style.dim(`(${accessLevel})`)}`];
  for (const { name: type, required, arnFormats } of resourceTypes) {
    lines.push(`  ${type}${required ? '' : style.dim(' (optional)')}  ${arnFormats.join(', ')}`);
  }
  if (!resourceTypes.length) lines.push('  resource: * only');
  if (conditionKeys.length) lines.push(style.dim(`  condition keys: ${conditionKeys.map((key) => key.name).join(', ')}`));
  if (dependentActions.length) lines.push(style.dim(`  needs also: ${dependentActions.join(', ')}`));
  return lines.join('\n');
}

function markdown(actions) {
  const cells = actions.map(({ name, accessLevel, resourceTypes, conditionKeys, dependentActions }) => [
    name,
    accessLevel,
    resourceTypes.map((type) => type.name).join(', ') || '*',
    conditionKeys.map((key) => key.name).join(', '),
    dependentActions.join(', '),
  ]);
  return table(['action', 'access level', 'resource types', 'condition keys', 'needs also'], cells);
}
