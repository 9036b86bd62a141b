// `admittance summary`: what policies say, in sentences.

import { loadCatalog, summarize } from './analysis.js';
import { detect, isScenario } from './detect.js';
import { DOCUMENTS, findFiles, readJson } from './files.js';
import { policiesOf } from './places.js';
import { progress } from './progress.js';
import { describeDiagnostic } from './report/diagnostics.js';
import { table } from './report/markdown.js';
import { style } from './style.js';

export async function summaryCommand(args, options) {
  await loadCatalog();
  const paths = findFiles(args, DOCUMENTS);
  const shown = progress(paths.length, 'files');
  const files = paths.map((path, index) => {
    shown.step(index);
    return summary(path, options.type);
  });
  shown.end();
  if (options.format === 'json') console.log(JSON.stringify({ files }, null, 2));
  else if (options.format === 'markdown') console.log(files.map(markdown).join('\n\n'));
  else files.forEach(human);
  return files.every(({ valid }) => valid) ? 0 : 1;
}

/** The summary of a policy document, or of the policies of a scenario. */
function summary(path, given) {
  const file = path === '-' ? 'standard input' : path;
  const text = readJson(path);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine tells what is wrong, and where.
  }
  if (given === undefined && isScenario(value)) return { file, type: 'scenario', ...summarize(JSON.stringify(value.policies)) };
  const type = given ?? detect(value, path).type;
  return { file, type, ...summarize(policiesOf(type, { document: text })) };
}

function human({ file, type, diagnostics, documents }, index) {
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
  if (diagnostics.length) {
    parts.push(table(['severity', 'place', 'code', 'message'], diagnostics.map(({ severity, location, code, message }) => [severity, location, code, message])));
  }
  return parts.join('\n\n');
}
