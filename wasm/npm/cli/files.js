// What is read: files, folders, patterns, standard input; JSON and YAML.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { escapePath, globSync } from 'tinyglobby';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { limits } from './engine.js';
import { Failure } from './failure.js';

const IGNORED = ['**/node_modules/**', '**/.git/**'];

/** The files that arguments name, each once, in order. `within` are the patterns inside a folder. */
export function findFiles(args, within) {
  const found = new Set();
  for (const arg of args) {
    if (arg === '-') {
      found.add(arg);
    } else if (existsSync(arg) && !statSync(arg).isDirectory()) {
      found.add(arg);
    } else {
      const folder = existsSync(arg);
      const patterns = folder ? within.map((pattern) => `${escapePath(arg.replace(/[\\/]+$/, ''))}/${pattern}`) : [arg.replaceAll('\\', '/')];
      const files = globSync(patterns, { ignore: IGNORED, expandDirectories: false }).sort();
      if (files.length === 0) {
        const what = folder ? `${arg}: no file in this folder is like ${within.join(' or ')}` : `${arg}: there is no such file`;
        throw new Failure(what, 'name files, folders, or patterns in quotes such as "policies/**/*.json"');
      }
      files.forEach((file) => found.add(file));
    }
  }
  return [...found];
}

/** The text of a file, or of standard input. */
export function readText(path) {
  const name = path === '-' ? 'standard input' : path;
  let bytes;
  try {
    bytes = readFileSync(path === '-' ? 0 : path);
  } catch (thrown) {
    const reasons = { ENOENT: 'there is no such file', EISDIR: 'this is a folder', EACCES: 'it may not be read' };
    throw new Failure(`${name}: ${reasons[thrown.code] ?? thrown.message}`);
  }
  if (bytes.length > limits.maxScenarioLength) {
    throw new Failure(`${name}: ${bytes.length} bytes are more than the ${limits.maxScenarioLength} that are read`, 'split it');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Failure(`${name}: this is no UTF-8 text`, 'save it as UTF-8');
  }
}

/** The JSON text of a file that may be YAML. */
export function readJson(path) {
  const text = readText(path);
  const isYaml = /\.ya?ml$/i.test(path) || (path === '-' && !/^\s*[{["]/.test(text));
  return isYaml ? fromYaml(text, path) : text;
}

function fromYaml(text, path) {
  const name = path === '-' ? 'standard input' : path;
  try {
    // Dates stay text; keys that stand twice are refused.
    return JSON.stringify(load(text, { schema: CORE_SCHEMA })) ?? 'null';
  } catch (thrown) {
    if (!(thrown instanceof YAMLException)) throw new Failure(`${name}: ${thrown.message}`);
    const { mark, reason } = thrown;
    throw new Failure(`${name}${mark ? `:${mark.line + 1}:${mark.column + 1}` : ''}: ${reason}`, 'this has to be YAML, or JSON');
  }
}

/** The patterns of policy documents and of scenario files in a folder. */
export const DOCUMENTS = ['**/*.json'];
export const SCENARIOS = ['json', 'yaml', 'yml'].map((ending) => join('**', `*.admittance.${ending}`).replaceAll('\\', '/'));
