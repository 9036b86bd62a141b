// `admittance lint`: checks policy documents, and the documents and requests of scenarios.

import { evaluate, validate } from './engine.js';
import { detect, isScenario } from './detect.js';
import { DOCUMENTS, findFiles, readJson, readText } from './files.js';
import { progress } from './progress.js';
import { describeDiagnostic } from './report/diagnostics.js';
import { table } from './report/markdown.js';
import { sarif } from './report/sarif.js';
import { style } from './style.js';

const FINDINGS = new Set(['error', 'security-warning']);

export function lintCommand(args, options) {
  const paths = findFiles(args, DOCUMENTS);
  const shown = progress(paths.length, 'files');
  const files = paths.map((path, index) => {
    shown.step(index);
    return lint(path, options.type);
  });
  shown.end();
  const counts = (severity) => options.strict || FINDINGS.has(severity);
  const findings = files.flatMap(({ diagnostics }) => diagnostics).filter(({ severity }) => counts(severity)).length;
  if (options.format === 'json') {
    console.log(JSON.stringify({ files }, null, 2));
  } else if (options.format === 'sarif') {
    console.log(sarif(files));
  } else if (options.format === 'markdown') {
    console.log(markdown(files));
  } else {
    human(files);
  }
  return findings > 0 ? 1 : 0;
}

function lint(path, given) {
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
  return { file, type, why, ...validate(text, type) };
}

function human(files) {
  let found = 0;
  for (const { file, type, why, diagnostics } of files) {
    found += diagnostics.length;
    for (const diagnostic of diagnostics) {
      const place = diagnostic.location ? `${file}: ${diagnostic.location}` : file;
      console.log(describeDiagnostic(diagnostic, place));
    }
    if (diagnostics.length) console.log(style.dim(`  ${file} is read as ${type}: ${why}.`));
  }
  const names = `${files.length} file${files.length === 1 ? '' : 's'}`;
  console.log(found === 0 ? `${style.good('✓')} ${names}, nothing found.` : `${names}, ${found} found.`);
}

function markdown(files) {
  const rows = files.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ severity, location, code, message, range }) => {
      const place = [file, range && `${range.start.line}:${range.start.column}`].filter(Boolean).join(':');
      return [severity, location ? `${place} (${location})` : place, code, message];
    }),
  );
  return rows.length ? table(['severity', 'place', 'code', 'message'], rows) : `${files.length} files, nothing found.`;
}
