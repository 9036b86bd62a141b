// Deno: the engine is part of the code, so that it takes no permission to read; scenario files do.
import { readFileSync } from 'node:fs';
import { createApi } from './facade.js';
import { locate } from './inflate.js';

const readText = (file) => readFileSync(file, 'utf8');

export const { PolicySet, evaluate, explain, init, runScenario, validate } = createApi({ synchronous: true, locate, readText });
export { answers, gates, limits, version } from './facade.js';
