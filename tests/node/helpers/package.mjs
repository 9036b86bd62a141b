// The installed package, as `import` and `require` find it from inside the consumer's project.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { project } from './project.mjs';

export const require = createRequire(join(project, 'index.cjs'));
export const { admittance, analysis, inline } = await import(pathToFileURL(join(project, 'imported.mjs')));
export const { evaluate, explain } = admittance;
