// `admittance lint`: checks policy documents, and the documents and requests of scenarios.

import { writeFileSync } from 'node:fs';
import { applyFixes, loadCatalog, validatePolicy } from './analysis.js';
import { evaluate } from './engine.js';
import { detect, isScenario } from './detect.js';
import { Failure } from './failure.js';
import { DOCUMENTS, findFiles, readJson, readText } from './files.js';
import { progress } from './progress.js';
import { describeDiagnostic } from './report/diagnostics.js';
import { table } from './report/markdown.js';
import { sarif } from './report/sarif.js';
import { style } from './style.js';
import { watching } from './watch.js';

const FINDINGS = new Set(['error', 'security-warning']);
/** One fix can make another one possible; more rounds than this have never been of use. */
const MOST_ROUNDS = 10;

export async function lintCommand(args, options) {
  if (options.fix && args.includes('-')) throw new Failure('--fix and standard input do not go together', 'name files');
  if (options.resourceType && options.type !== undefined && options.type !== 'resource') {
    throw new Failure('--resource-type is about resource-based policies', 'leave it out, or write --type resource');
  }
  if (options.watch && options.fix) throw new Failure('--watch and --fix do not go together', 'what --fix writes is a change');
  if (options.catalog) await loadCatalog();
  const once = () => lintAll(findFiles(args, DOCUMENTS), options);
  return options.watch ? watching(args, () => findFiles(args, DOCUMENTS), once) : once();
}

function lintAll(paths, options) {
  const shown = progress(paths.length, 'files');
  const files = paths.map((path, index) => {
    shown.step(index);
    return lint(path, options);
  });
  shown.end();
  const counts = (severity) => options.strict || FINDINGS.has(severity);
  const findings = files.flatMap(({ diagnostics }) => diagnostics).filter(({ severity }) => counts(severity)).length;
  if (options.format === 'json') {
    console.log(JSON.stringify({ files, skipped: skippedIn(files) }, null, 2));
  } else if (options.format === 'sarif') {
    console.log(sarif(files));
  } else if (options.format === 'markdown') {
    console.log(markdown(files));
  } else {
    human(files);
  }
  return findings > 0 ? 1 : 0;
}

function lint(path, { type: given, resourceType, fix }) {
  const file = path === '-' ? 'standard input' : path;
  if (/\.ya?ml$/i.test(path)) return { file, type: 'scenario', why: 'it is YAML', diagnostics: evaluate(readJson(path)).diagnostics };
  const text = readText(path);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine tells what is wrong, and where.
  }
  if (given === undefined && isScenario(value)) {
    return { file, type: 'scenario', why: 'it has policies and requests', diagnostics: evaluate(text).diagnostics };
  }
  const { type, why } = given === undefined ? detect(value, path) : { type: given, why: 'given' };
  const check = (document) => validatePolicy(document, type, type === 'resource' ? { resourceType } : {});
  const { findings, skipped, fixed } = fix ? fixedFile(path, text, check) : check(text);
  return { file, type, why, diagnostics: findings, skipped, ...(fixed && { fixed }) };
}

/** Makes what fixes there are, and gives what is left. */
function fixedFile(path, before, check) {
  const errors = ({ findings }) => findings.filter(({ severity }) => severity === 'error').length;
  let text = before;
  let left = check(text);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = applyFixes(text, left.findings);
    if (next === text) break;
    const after = check(next);
    // A document that AWS takes stays one.
    if (errors(after) > errors(left)) break;
    [text, left] = [next, after];
  }
  if (text !== before) writeFileSync(path, text);
  return { ...left, fixed: text !== before };
}

/** The codes of the checks that were not made, since they take the catalog. */
function skippedIn(files) {
  return [...new Set(files.flatMap(({ skipped = [] }) => skipped))].sort();
}

function human(files) {
  let found = 0;
  for (const { file, type, why, diagnostics, fixed } of files) {
    found += diagnostics.length;
    if (fixed) console.log(`${style.good('✓')} ${file}: fixed`);
    for (const diagnostic of diagnostics) {
      const place = diagnostic.location ? `${file}: ${diagnostic.location}` : file;
      console.log(describeDiagnostic(diagnostic, place));
    }
    if (diagnostics.length) console.log(style.dim(`  ${file} is read as ${type}: ${why}.`));
  }
  const names = `${files.length} file${files.length === 1 ? '' : 's'}`;
  const skipped = skippedIn(files);
  if (skipped.length) console.log(style.dim(`${skipped.length} kinds of findings were not looked for, as they take the catalog: ${skipped.join(', ')}`));
  console.log(found === 0 ? `${style.good('✓')} ${names}, nothing found.` : `${names}, ${found} found.`);
}

function markdown(files) {
  const rows = files.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ severity, location, code, message, range }) => {
      const place = [file, range && `${range.start.line}:${range.start.column}`].filter(Boolean).join(':');
      return [severity, location ? `${place} (${location})` : place, code, message];
    }),
  );
  const found = rows.length ? table(['severity', 'place', 'code', 'message'], rows) : `${files.length} files, nothing found.`;
  const skipped = skippedIn(files);
  return skipped.length ? `${found}\n\nNot looked for without the catalog: ${skipped.join(', ')}.` : found;
}
