// What every step of the build uses.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package's sources. */
export const here = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const repository = resolve(here, '../..');

export function run(command, args, options) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options });
  } catch (error) {
    return fail(`${command} failed: ${error.message}`);
  }
}

export function readJson(name) {
  return JSON.parse(readFileSync(join(here, name), 'utf8'));
}

export function fail(message) {
  console.error(`npm package: ${message}`);
  process.exit(1);
}
