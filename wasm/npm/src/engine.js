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
    /**
     * Grows when an instance fails and when one is started: what an earlier one kept is gone. Who catches what an
     * instance throws counts at once, which needs no stack; if none is left to start another, the next call does it.
     */
    generation: 0,
    init,
    open,
    call,
    failed,
  };
  let loading;
  /** The generation of the instance that lives. */
  let alive;

  function started(exports) {
    engine.exports = exports;
    alive = ++engine.generation;
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
    if (engine.exports) {
      if (alive !== engine.generation) restart();
      return;
    }
    if (!synchronous) throw coded(Error, 'NOT_INITIALIZED', `${name}: call "await init()" before it`);
    loadNow();
  }

  /** Calls into the engine. `given` is what an error will say that it failed on. */
  function call(name, given, run) {
    open(name);
    try {
      return run();
    } catch (thrown) {
      engine.generation++;
      throw failed(name, given, thrown);
    }
  }

  /** Starts another engine, and gives the error for what this one threw: it throws nothing while it lives. */
  function failed(name, given, thrown) {
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
