// The command line, as it is installed, in folders of its own that are gone after the tests.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { here } from './paths.mjs';
import { installed } from './project.mjs';

const made = [];
after(() => made.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

export const command = join(installed, 'cli.js');
export const ana = 'arn:aws:iam::111122223333:user/ana';

/** A folder with files in it. */
export function folder(files = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'admittance-cli-'));
  made.push(directory);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return directory;
}

export function example() {
  const directory = folder();
  cpSync(join(here, 'example'), directory, { recursive: true });
  return directory;
}

export function admittance(args, { cwd = folder(), input = '', env = {} } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: process.env.PATH, ...env },
  });
  return { status, stdout, stderr };
}
