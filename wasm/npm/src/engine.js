// The engine: how it is loaded, called, and started anew after it failed.

import loadEngine, { __wbg_reset_state as reset, initSync } from '#glue';
import { coded, messageOf } from './errors.js';

/**
 * Makes what the functions of one entry share.
 *
 * `locate` gives what the engine is made from: where `synchronous` is true a WebAssembly.Module
 * or its bytes, else the address of the file.
 */
export function createEngine({ synchronous, locate }) {
  const engine = {
    /** What the WebAssembly module exports; undefined before it is loaded. */
    exports: undefined,
    /** How many times it was started: what an earlier instance kept is gone. */
    generation: 0,
    /** Whether this instance failed and no other has taken its place: without stack left, not even that could be done. */
    dead: false,
    init,
    open,
    call,
    failed,
  };
  let loading;

  function started(exports) {
    engine.exports = exports;
    engine.dead = false;
    engine.generation++;
  }

  function loadNow() {
    try {
      started(initSync({ module: locate() }));
    } catch (thrown) {
      throw loadFailed(thrown);
    }
  }

  async function init(source) {
    if (engine.exports) return;
    if (synchronous) {
      loadNow();
      return;
    }
    // One load serves every caller that waits; after a failure the next call tries again.
    loading ??= (async () => {
      try {
        started(await loadEngine({ module_or_path: (await source) ?? locate() }));
      } catch (thrown) {
        throw loadFailed(thrown);
      } finally {
        loading = undefined;
      }
    })();
    await loading;
  }

  /** Makes sure that the engine is there. */
  function open(name) {
    if (engine.dead) restart();
    if (engine.exports) return;
    if (!synchronous) throw coded(Error, 'NOT_INITIALIZED', `${name}: call "await init()" before it`);
    loadNow();
  }

  /** Calls into the engine. `given` is what an error will say that it failed on. */
  function call(name, given, run) {
    open(name);
    try {
      return run();
    } catch (thrown) {
      engine.dead = thrown?.code !== 'INVALID_ARGUMENT';
      throw failed(name, given, thrown);
    }
  }

  /** The error for what the engine threw. Whatever it does not throw itself has killed its instance. */
  function failed(name, given, thrown) {
    if (thrown?.code === 'INVALID_ARGUMENT') return thrown;
    restart();
    const what = Object.keys(given).join(' and ');
    const message = `${name}: the engine failed on this ${what} and was restarted (${messageOf(thrown)}); please report it`;
    return coded(Error, 'ENGINE_FAILED', message, { cause: thrown, ...given });
  }

  function restart() {
    reset();
    // Nothing is loaded once more: this gives what the new instance exports.
    started(initSync());
  }

  return engine;
}

function loadFailed(cause) {
  const message = `the engine could not be loaded: ${messageOf(cause)}`;
  return coded(Error, 'LOAD_FAILED', message, { cause });
}
