// workerd (Cloudflare Workers) compiles WebAssembly only ahead of time: the import is a module.
import engine from './engine.wasm';
import { createApi } from './api.js';

export const { init, evaluate, explain } = createApi({ synchronous: true, locate: () => engine });
export { limits, version } from '#constants';
