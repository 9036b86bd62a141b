// Browsers and their bundlers: `await init()` fetches the engine from next to this file.
import { createApi } from './facade.js';

export const { PolicySet, evaluate, explain, init, runScenario, validate } = createApi({
  synchronous: false,
  // Vite, webpack, Rspack and Parcel recognize this form, and copy the file.
  locate: () => new URL('./engine.wasm', import.meta.url),
});
export { answers, gates, limits, version } from './facade.js';
