// SARIF 2.1.0, as code scanning reads it.

import { pathToFileURL } from 'node:url';
import { relative } from 'node:path';
import { version } from '../engine.js';

const LEVELS = { error: 'error', 'security-warning': 'warning', warning: 'warning', suggestion: 'note' };

/** Files with their diagnostics. */
export function sarif(files) {
  const rules = [];
  const results = [];
  for (const { file, diagnostics } of files) {
    for (const { code, severity, message, help, range } of diagnostics) {
      let ruleIndex = rules.findIndex(({ id }) => id === code);
      if (ruleIndex < 0) ruleIndex = rules.push({ id: code, name: nameOf(code), shortDescription: { text: sentence(code) } }) - 1;
      const region = range && {
        startLine: range.start.line,
        startColumn: range.start.column,
        endLine: range.end.line,
        endColumn: range.end.column,
      };
      results.push({
        ruleId: code,
        ruleIndex,
        level: LEVELS[severity],
        message: { text: help ? `${message}\nHelp: ${help}` : message },
        locations: [{ physicalLocation: { artifactLocation: { uri: address(file) }, ...(region && { region }) } }],
      });
    }
  }
  const driver = { name: 'admittance', semanticVersion: version, rules };
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  return JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2);
}

const sentence = (code) => code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');
const nameOf = (code) => code.toLowerCase().replace(/(^|_)([a-z])/g, (_, before, letter) => letter.toUpperCase());

/** Relative to the working folder, which is the root of the repository in CI. */
function address(file) {
  if (file === 'standard input') return 'stdin';
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? pathToFileURL(file).href : path.split(/[\\/]/).map(encodeURIComponent).join('/');
}
