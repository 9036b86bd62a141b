// `admittance fmt`: policy documents in one form. Values keep their very text, and lists their order;
// the members of a document and of a statement stand in AWS's order.

import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { validate } from './engine.js';
import { isScenario } from './detect.js';
import { Failure } from './failure.js';
import { DOCUMENTS, findFiles, readText } from './files.js';
import { readTree, write } from './json-text.js';
import { progress } from './progress.js';
import { style } from './style.js';

const DOCUMENT = ['Version', 'Id', 'Statement'];
const STATEMENT = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

export function formatCommand(args, options) {
  let status = 0;
  const paths = findFiles(args, DOCUMENTS);
  const shown = progress(paths.length, 'files');
  for (const [index, path] of paths.entries()) {
    shown.step(index);
    const text = readText(path);
    const formatted = format(text, path);
    if (path === '-') {
      if (options.check) status = formatted === text ? status : 1;
      else process.stdout.write(formatted);
    } else if (formatted !== text) {
      if (options.check) {
        console.log(path);
        status = 1;
      } else {
        writeFileSync(path, formatted);
        console.log(`${style.good('✓')} ${path}`);
      }
    }
  }
  shown.end();
  return status;
}

/** The same document in its one form. */
export function format(text, path) {
  const before = value(text, path);
  const tree = readTree(text);
  const twice = duplicate(tree);
  if (twice !== undefined) {
    throw new Failure(`${path}: the key ${twice} stands twice in an object`, 'remove one: what such a document means depends on who reads it');
  }
  // Of a scenario the documents are not taken apart: their places are those of the file.
  const formatted = `${write(isScenario(before) ? tree : sorted(tree))}\n`;
  if (!isDeepStrictEqual(JSON.parse(formatted), before)) throw new Error(`${path}: formatting would change the meaning; please report it`);
  return formatted;
}

function value(text, path) {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const [first] = validate(text, 'identity').diagnostics;
    const at = first?.range ? `:${first.range.start.line}:${first.range.start.column}` : '';
    throw new Failure(`${path}${at}: ${first?.message ?? thrown.message}`, first?.help ?? 'only JSON can be formatted');
  }
}

function sorted(tree) {
  const inner = (statement) => (statement.members ? ordered(statement, STATEMENT) : statement);
  const document = tree.members ? ordered(tree, DOCUMENT) : tree;
  return {
    ...document,
    members: document.members?.map(({ key, value }) => {
      if (key !== '"Statement"') return { key, value };
      return { key, value: value.items ? { items: value.items.map(inner) } : inner(value) };
    }),
  };
}

/** What is not known comes last, in the order in which it stood. */
function ordered(object, order) {
  const place = ({ key }) => {
    const at = order.indexOf(JSON.parse(key));
    return at < 0 ? order.length : at;
  };
  return { members: [...object.members].sort((one, other) => place(one) - place(other)) };
}

/** The first key that stands twice in an object, however it is escaped. */
function duplicate(tree) {
  const seen = new Set();
  for (const { key, value } of tree.members ?? []) {
    const name = JSON.parse(key);
    if (seen.has(name)) return JSON.stringify(name);
    seen.add(name);
    const inner = duplicate(value);
    if (inner !== undefined) return inner;
  }
  for (const item of tree.items ?? []) {
    const inner = duplicate(item);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
