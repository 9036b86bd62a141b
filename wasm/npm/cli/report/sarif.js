// SARIF 2.1.0, as code scanning reads it.

import { pathToFileURL } from 'node:url';
import { relative } from 'node:path';
import { findingCodes } from '../analysis.js';
import { version } from '../engine.js';

/** Where the codes of each origin are explained. */
const PAGES = {
  'access-analyzer': 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
};

const LEVELS = { error: 'error', 'security-warning': 'warning', warning: 'warning', suggestion: 'note' };

/** Files with their diagnostics. */
export function sarif(files) {
  const known = new Map(findingCodes().map((one) => [one.code, one]));
  const rules = [];
  const results = [];
  for (const { file, diagnostics } of files) {
    for (const { code, severity, message, help, range, fix } of diagnostics) {
      let ruleIndex = rules.findIndex(({ id }) => id === code);
      if (ruleIndex < 0) ruleIndex = rules.push(rule(code, known.get(code) ?? { severity })) - 1;
      const artifactLocation = { uri: address(file) };
      const region = range && regionOf(range);
      results.push({
        ruleId: code,
        ruleIndex,
        level: LEVELS[severity],
        message: { text: help ? `${message}\nHelp: ${help}` : message },
        locations: [{ physicalLocation: { artifactLocation, ...(region && { region }) } }],
        ...(fix && { fixes: [fixOf(fix, artifactLocation)] }),
      });
    }
  }
  const driver = { name: 'admittance', semanticVersion: version, rules };
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  return JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2);
}

function rule(code, { severity, origin }) {
  return {
    id: code,
    name: nameOf(code),
    shortDescription: { text: sentence(code) },
    defaultConfiguration: { level: LEVELS[severity] },
    ...(PAGES[origin] && { helpUri: PAGES[origin] }),
    properties: { tags: [severity, ...(origin ? [origin] : [])] },
  };
}

function regionOf({ start, end }) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function fixOf({ title, edits }, artifactLocation) {
  const replacements = edits.map(({ range, newText }) => ({ deletedRegion: regionOf(range), insertedContent: { text: newText } }));
  return { description: { text: title }, artifactChanges: [{ artifactLocation, replacements }] };
}

const sentence = (code) => code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');
const nameOf = (code) => code.toLowerCase().replace(/(^|_)([a-z])/g, (_, before, letter) => letter.toUpperCase());

/** Relative to the working folder, which is the root of the repository in CI. */
function address(file) {
  if (file === 'standard input') return 'stdin';
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? pathToFileURL(file).href : path.split(/[\\/]/).map(encodeURIComponent).join('/');
}
