// The functions of the package, the same in every environment. An entry (node.js, browser.js, …)
// only says how the engine is found, and how files are read; this file lies beside it, once for all entries.

import { evaluate as evaluateText, explain as explainText, validate as validateText } from '#glue';
import { limits, policyTypes } from '#constants';
import { jsonText, wholeNumbers } from './arguments.js';
import { createEngine } from './engine.js';
import { coded, describe, invalidArgument, kindOf, messageOf } from './errors.js';
import { createPolicySet } from './policy-set.js';

export { answers, gates, limits, version } from '#constants';

const EVALUATE_OPTIONS = ['maxScenarioLength'];
const EXPLAIN_OPTIONS = ['maxScenarioLength', 'request'];
const MOST = limits.maxScenarioLength;
const SCENARIO = 'a scenario object';

/** Makes the API of one entry; `locate` and `synchronous` are those of `createEngine`. */
export function createApi({ synchronous, locate, readText }) {
  const engine = createEngine({ synchronous, locate });

  function evaluate(scenario, options) {
    const text = jsonText(scenario, 'evaluate(scenario)', SCENARIO);
    const { maxScenarioLength = MOST } = wholeNumbers(options, EVALUATE_OPTIONS, 'evaluate(options)');
    return JSON.parse(engine.call('evaluate', { scenario: text }, () => evaluateText(text, maxScenarioLength)));
  }

  function explain(scenario, options) {
    const text = jsonText(scenario, 'explain(scenario)', SCENARIO);
    const { maxScenarioLength = MOST, request } = wholeNumbers(options, EXPLAIN_OPTIONS, 'explain(options)');
    return JSON.parse(engine.call('explain', { scenario: text }, () => explainText(text, maxScenarioLength, request)));
  }

  function validate(document, policyType) {
    const text = jsonText(document, 'validate(document)', 'a policy document');
    const type = policyTypes.indexOf(policyType);
    if (type < 0) {
      const given = typeof policyType === 'string' ? JSON.stringify(policyType) : describe(policyType);
      throw invalidArgument('validate(policyType)', `expected one of ${policyTypes.join(', ')}, got ${given}`);
    }
    const diagnostics = JSON.parse(engine.call('validate', { document: text }, () => validateText(text, type)));
    return { valid: diagnostics.every(({ severity }) => severity !== 'error'), diagnostics };
  }

  function runScenario(file) {
    if (!readText) {
      throw coded(Error, 'NO_FILE_ACCESS', 'runScenario: this entry of the package reads no files; call evaluate(text)');
    }
    if (typeof file !== 'string' && kindOf(file) !== 'URL') {
      throw invalidArgument('runScenario(file)', `expected a path or a URL, got ${describe(file)}`);
    }
    let text;
    try {
      text = readText(file);
    } catch (thrown) {
      throw coded(Error, 'FILE_UNREADABLE', `runScenario: ${messageOf(thrown)}`, { cause: thrown });
    }
    return evaluate(text);
  }

  return { init: engine.init, evaluate, explain, validate, runScenario, PolicySet: createPolicySet(engine) };
}
