// A project with nothing in it but the packed package, installed as a user would.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tarball } from './paths.mjs';
import { run } from './run.mjs';

/** Where the project is; named by the tarball's content, so that each one is installed once. */
export const project = install();
export const installed = join(project, 'node_modules/admittance');

function install() {
  const digest = createHash('sha256').update(readFileSync(tarball)).digest('hex').slice(0, 12);
  const directory = join(dirname(tarball), `project-${digest}`);
  if (existsSync(directory)) return directory;

  // Test files run in processes side by side: each may install, the first to finish is kept.
  const own = `${directory}-${process.pid}`;
  mkdirSync(own);
  writeFileSync(join(own, 'package.json'), '{ "name": "consumer", "private": true }\n');
  // The tests run elsewhere; through this file they import what the project imports.
  writeFileSync(
    join(own, 'imported.mjs'),
    ['', 'inline', 'analysis'].map((path) => `export * as ${path || 'admittance'} from '${['admittance', path].filter(Boolean).join('/')}';\n`).join(''),
  );
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: own });
  try {
    renameSync(own, directory);
  } catch (error) {
    if (!existsSync(directory)) throw error;
    rmSync(own, { recursive: true });
  }
  return directory;
}
