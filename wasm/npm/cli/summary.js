// `admittance summary`: what policies say, in sentences.

import { loadCatalog, summarize, summarizeService } from './analysis.js';
import { detect, isScenario } from './detect.js';
import { Failure } from './failure.js';
import { DOCUMENTS, findFiles, readJson } from './files.js';
import { policiesOf } from './places.js';
import { progress } from './progress.js';
import { describeDiagnostic } from './report/diagnostics.js';
import { table } from './report/markdown.js';
import { style } from './style.js';

export async function summaryCommand(args, options) {
  await loadCatalog();
  const { service } = options;
  const paths = findFiles(args, DOCUMENTS);
  const shown = progress(paths.length, 'files');
  const files = paths.map((path, index) => {
    shown.step(index);
    return summary(path, options);
  });
  shown.end();
  if (options.format === 'json') console.log(JSON.stringify({ files }, null, 2));
  else if (options.format === 'markdown') console.log(files.map(service ? actionsMarkdown : markdown).join('\n\n'));
  else files.forEach(service ? actionsHuman : human);
  return files.every(({ valid }) => valid) ? 0 : 1;
}

/** The summary of a policy document, or of the policies of a scenario. */
function summary(path, { type: given, service }) {
  const file = path === '-' ? 'standard input' : path;
  const text = readJson(path);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine tells what is wrong, and where.
  }
  const scenario = given === undefined && isScenario(value);
  const type = scenario ? 'scenario' : (given ?? detect(value, path).type);
  const policies = scenario ? JSON.stringify(value.policies) : policiesOf(type, { document: text });
  if (service === undefined) return { file, type, ...summarize(policies) };
  const report = summarizeService(policies, service);
  if (report.valid && report.name === undefined) throw new Failure(`no service has the prefix ${service}`, "write what stands before the colon of its actions");
  return { file, type, ...report };
}

function actionsHuman(report, index) {
  const { file, type, name, documents } = report;
  if (index > 0) console.log();
  console.log(`${style.bold(file)} ${style.dim(`(${type})`)}`);
  if (report.valid && !documents.length) console.log(`  says nothing of ${name}`);
  for (const { location, effect, access, levels, actions, warnings = [], uncategorizedActions = [] } of documents) {
    if (type === 'scenario') console.log(`  ${style.bold(location)}`);
    console.log(`  ${effect === 'Allow' ? style.good(effect) : style.bad(effect)}  ${style.bold(name)}  ${access}`);
    warnings.forEach((warning) => console.log(`    ${style.open(warning)}`));
    uncategorizedActions.forEach((action) => console.log(`    ${style.open(`${action} covers no action that is known`)}`));
    for (const { level, covered, total } of levels) {
      console.log(`    ${style.bold(level)} ${style.dim(`(${covered} of ${total})`)}`);
      for (const { action, note } of actions.filter((row) => row.level === level && row.covered)) {
        console.log(`      ${action}${note ? `  ${style.open(note)}` : ''}`);
      }
    }
  }
  problems(report);
}

function actionsMarkdown({ file, type, name, diagnostics, documents }) {
  const parts = [`### ${file} (${type})`];
  for (const { location, effect, access, levels, actions } of documents) {
    parts.push(`#### ${[type === 'scenario' ? location : undefined, effect, name].filter(Boolean).join(' ')}`, access);
    for (const { level, covered, total } of levels.filter((row) => row.covered > 0)) {
      const cells = actions.filter((row) => row.level === level && row.covered).map(({ action, note = '' }) => [action, note]);
      parts.push(table([`${level} (${covered} of ${total})`, ''], cells));
    }
  }
  if (diagnostics.length) parts.push(diagnosticsTable(diagnostics));
  return parts.join('\n\n');
}

function human(report, index) {
  const { file, type, documents } = report;
  if (index > 0) console.log();
  console.log(`${style.bold(file)} ${style.dim(`(${type})`)}`);
  for (const { location, policyName, about, sentences, table: services } of documents) {
    if (documents.length > 1) console.log(`  ${style.bold(policyName ?? location)}`);
    if (about) console.log(`  ${about}`);
    for (const { effect, sid, text, notes = [] } of sentences) {
      console.log(`  ${effect === 'Allow' ? style.good('✓') : style.bad('✗')} ${text}${sid ? style.dim(` (${sid})`) : ''}`);
      notes.forEach((note) => console.log(style.dim(`    ${note}`)));
    }
    for (const [effect, { name, service, access, resource, condition, warnings = [] }] of rows(services)) {
      console.log(`  ${effect === 'Allow' ? style.good(effect) : style.bad(effect)}  ${style.bold(name)} ${style.dim(`(${service})`)}  ${access}`);
      console.log(style.dim(`    resource: ${resource}; condition: ${condition}`));
      warnings.forEach((warning) => console.log(`    ${style.open(warning)}`));
    }
  }
  problems(report);
}

function problems({ file, type, diagnostics }) {
  for (const diagnostic of diagnostics) {
    const place = type === 'scenario' ? [file, diagnostic.location].filter(Boolean).join(': ') : file;
    console.log(describeDiagnostic(diagnostic, place));
  }
}

/** The rows of a document's table, those of Deny first, as in IAM's console. */
const rows = ({ deny = [], allow = [] } = {}) => [...deny.map((row) => ['Deny', row]), ...allow.map((row) => ['Allow', row])];

function markdown({ file, type, diagnostics, documents }) {
  const parts = [`### ${file} (${type})`];
  for (const { location, policyName, about, sentences, table: services } of documents) {
    if (documents.length > 1) parts.push(`#### ${policyName ?? location}`);
    if (about) parts.push(about);
    parts.push(sentences.map(({ text, notes = [] }) => [`- ${text}`, ...notes.map((note) => `  - ${note}`)].join('\n')).join('\n'));
    const cells = rows(services).map(([effect, { name, access, resource, condition }]) => [effect, name, access, resource, condition]);
    if (cells.length) parts.push(table(['effect', 'service', 'access', 'resource', 'condition'], cells));
  }
  if (diagnostics.length) parts.push(diagnosticsTable(diagnostics));
  return parts.join('\n\n');
}

const diagnosticsTable = (diagnostics) =>
  table(['severity', 'place', 'code', 'message'], diagnostics.map(({ severity, location, code, message }) => [severity, location, code, message]));
