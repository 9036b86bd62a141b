// The functions of the package, the same in every environment. An entry (node.js, browser.js, …)
// only says how the engine is found.

import loadEngine, {
  __wbg_reset_state as restart,
  evaluate as evaluateText,
  explain as explainText,
  initSync,
} from '#glue';
import { coded, describe, invalidArgument, kindOf, messageOf } from './errors.js';
import { toJsonText } from './json.js';

const EVALUATE_OPTIONS = ['maxScenarioLength'];
const EXPLAIN_OPTIONS = ['maxScenarioLength', 'request'];

/**
 * Makes the API of one entry.
 *
 * `locate` gives what the engine is made from: where `synchronous` is true a WebAssembly.Module
 * or its bytes, else the address of the file.
 */
export function createApi({ synchronous, locate }) {
  let ready = false;
  let loading;

  function loadNow() {
    try {
      initSync({ module: locate() });
      ready = true;
    } catch (thrown) {
      throw loadFailed(thrown);
    }
  }

  async function init(source) {
    if (ready) return;
    if (synchronous) {
      loadNow();
      return;
    }
    // One load serves every caller that waits; after a failure the next call tries again.
    loading ??= (async () => {
      try {
        await loadEngine({ module_or_path: (await source) ?? locate() });
        ready = true;
      } catch (thrown) {
        throw loadFailed(thrown);
      } finally {
        loading = undefined;
      }
    })();
    await loading;
  }

  /** Calls into the engine. Whatever the engine does not throw itself has killed its instance. */
  function call(name, scenario, run) {
    if (!ready) {
      if (!synchronous) {
        throw coded(Error, 'NOT_INITIALIZED', `${name}: call "await init()" before it`);
      }
      loadNow();
    }
    try {
      return run();
    } catch (thrown) {
      if (thrown?.code === 'INVALID_ARGUMENT') throw thrown;
      restart();
      const message = `${name}: the engine failed on this scenario and was restarted (${messageOf(thrown)}); please report it`;
      throw coded(Error, 'ENGINE_FAILED', message, { cause: thrown, scenario });
    }
  }

  function evaluate(scenario, options) {
    const text = scenarioText(scenario, 'evaluate(scenario)');
    const known = knownOptions(options, EVALUATE_OPTIONS, 'evaluate(options)');
    return JSON.parse(call('evaluate', text, () => evaluateText(text, known)));
  }

  function explain(scenario, options) {
    const text = scenarioText(scenario, 'explain(scenario)');
    const known = knownOptions(options, EXPLAIN_OPTIONS, 'explain(options)');
    return JSON.parse(call('explain', text, () => explainText(text, known)));
  }

  return { init, evaluate, explain };
}

function loadFailed(cause) {
  const message = `the engine could not be loaded: ${messageOf(cause)}`;
  return coded(Error, 'LOAD_FAILED', message, { cause });
}

function scenarioText(scenario, argument) {
  if (typeof scenario === 'string') return scenario;
  if (typeof scenario !== 'object' || scenario === null || kindOf(scenario) !== 'Object') {
    const hint = kindOf(scenario) === 'Promise' ? '; is an "await" missing?' : '';
    throw invalidArgument(
      argument,
      `expected a scenario object or its JSON text, got ${describe(scenario)}${hint}`,
    );
  }
  return toJsonText(scenario, argument);
}

/** A plain copy of the options, so that no getter runs inside the engine. */
function knownOptions(options, names, argument) {
  if (options === undefined) return undefined;
  if (typeof options !== 'object' || options === null || kindOf(options) !== 'Object') {
    throw invalidArgument(argument, `expected an object, got ${describe(options)}`);
  }
  let given;
  try {
    given = Object.entries(options);
  } catch (thrown) {
    throw invalidArgument(argument, `cannot be read: ${messageOf(thrown)}`, thrown);
  }
  const known = {};
  for (const [name, value] of given) {
    if (!names.includes(name)) {
      throw invalidArgument(argument, `unknown option ${JSON.stringify(name)}; there is ${names.join(', ')}`);
    }
    if (value !== undefined) known[name] = value;
  }
  return known;
}
