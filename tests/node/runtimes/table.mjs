// Puts the table that reporter.mjs wrote into the README.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../helpers/paths.mjs';

const readme = join(repository, 'wasm/npm/README.md');
const [BEGIN, END] = ['<!-- Where it runs: made by tests/node/runtimes/table.mjs -->', '<!-- end of the table -->'];

const text = readFileSync(readme, 'utf8');
const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
if (begin < 0 || end < begin) throw new Error('the README has no place for the table');
writeFileSync(readme, `${text.slice(0, begin + BEGIN.length)}\n${readFileSync(process.argv[2], 'utf8')}${text.slice(end)}`);
