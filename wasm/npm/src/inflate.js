// The engine that is part of the code, compressed.
import { inflateSync } from 'fflate';
import './inline-data/engine.js';
import { key } from '#inline-data';

export function locate() {
  const text = atob(globalThis[Symbol.for(key)]);
  return inflateSync(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}
