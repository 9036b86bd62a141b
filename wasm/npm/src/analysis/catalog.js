// The catalog's data: loaded on demand, and once more after the engine was started anew.

import { loadCatalog as decode } from '#glue';
import { coded, messageOf } from '../errors.js';

/** Makes the catalog of one entry; `file` gives the address of its file, or its bytes. */
export function createCatalog(engine, file) {
  let bytes;
  let generation;

  function handOver(data) {
    const answer = JSON.parse(engine.call('loadCatalog', {}, () => decode(data)));
    if (answer.error !== undefined) throw coded(Error, 'LOAD_FAILED', answer.error);
    bytes = data;
    ({ generation } = engine);
    return answer;
  }

  async function load(source) {
    await engine.init();
    let data;
    try {
      data = await read((await source) ?? file());
    } catch (cause) {
      throw coded(Error, 'LOAD_FAILED', `the catalog could not be loaded: ${messageOf(cause)}`, { cause });
    }
    return handOver(data);
  }

  /** Gives an engine that was started anew what the one before had. */
  function restore() {
    if (bytes !== undefined && generation !== engine.generation && engine.exports) handOver(bytes);
  }

  function demand(name) {
    if (bytes === undefined) throw coded(Error, 'NOT_INITIALIZED', `${name}: call "await loadCatalog()" before it`);
  }

  return { load, restore, demand };
}

/** Bytes, a response, or an address to fetch. */
async function read(source) {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  const response = typeof source?.arrayBuffer === 'function' ? source : await fetch(source);
  if (response.ok === false) throw new Error(`${response.url || source}: status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
