// No file and no fetch: the engine is part of the code.
import { createApi } from './facade.js';
import { locate } from './inflate.js';

export const { PolicySet, evaluate, explain, init, runScenario, validate } = createApi({ synchronous: true, locate });
export { answers, gates, limits, version } from './facade.js';
