// No file and no fetch: the engine is part of the code, compressed.
import { inflateSync } from 'fflate';
import './inline-data/engine.js';
import { key } from '#inline-data';
import { createApi } from './api.js';

function locate() {
  const text = atob(globalThis[Symbol.for(key)]);
  return inflateSync(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}

export const { init, evaluate, explain } = createApi({ synchronous: true, locate });
export { limits, version } from '#constants';
