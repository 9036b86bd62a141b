// workerd (Cloudflare Workers) compiles WebAssembly only ahead of time: the import is a module.
import engine from './engine.wasm';
import { createApi } from './facade.js';

export const { PolicySet, evaluate, explain, init, runScenario, validate } = createApi({ synchronous: true, locate: () => engine });
export { answers, gates, limits, version } from './facade.js';
