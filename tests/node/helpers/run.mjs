import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { here } from './paths.mjs';

/** Runs a command to its end and gives what it printed; throws when it fails. */
export function run(command, args, options = {}) {
  const { error, status, signal, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  if (error) throw error;
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')}: ${signal ?? `status ${status}`}\n${stdout}${stderr}`);
  }
  return stdout;
}

/** Runs a command-line tool of the tests' own node_modules. */
export function tool(name, args, options) {
  return run(join(here, 'node_modules/.bin', name), args, options);
}
