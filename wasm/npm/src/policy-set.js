// Prepared policies.

import { prepare, release, set_evaluate as evaluateText, set_explain as explainText } from '#glue';
import { answers, limits, optionNames } from '#constants';
import { jsonText, knownOptions } from './arguments.js';
import { coded, describe, invalidArgument } from './errors.js';
import { createRequests } from './requests.js';

const REQUEST = 'a request object';

/** Makes the class of one entry. */
export function createPolicySet(engine) {
  const requests = createRequests(engine);
  const token = Symbol('PolicySet.prepare');
  /** Lets go of sets that were never disposed of. */
  const registry = new FinalizationRegistry(({ number, generation }) => {
    if (generation === engine.generation) release(number);
  });

  class PolicySet {
    #policies;
    #options;
    /** In the engine of #generation; undefined where a document has an error. */
    #number;
    #generation;
    #diagnostics;
    #locations;
    #disposed = false;

    static prepare(policies, options) {
      const text = jsonText(policies, 'PolicySet.prepare(policies)', 'an object of policies');
      return new PolicySet(token, text, optionBits(options));
    }

    constructor(key, policies, options) {
      if (key !== token) throw coded(TypeError, 'INVALID_ARGUMENT', 'PolicySet: call PolicySet.prepare(policies)');
      this.#policies = policies;
      this.#options = options;
      const { diagnostics, locations } = this.#prepare('PolicySet.prepare');
      this.#diagnostics = freeze(diagnostics);
      this.#locations = freeze(locations);
    }

    get valid() {
      return this.#number !== undefined;
    }

    get diagnostics() {
      return this.#diagnostics;
    }

    get locations() {
      return this.#locations;
    }

    decide(request) {
      const number = this.#use('PolicySet.decide');
      if (number !== undefined) return answers[requests.decide(number, request, this.#policies)];
      jsonText(request, 'PolicySet.decide(request)', REQUEST);
      return answers[0];
    }

    decideMany(list) {
      return this.#many('PolicySet.decideMany', list, false).answers;
    }

    ruleMany(list) {
      return this.#many('PolicySet.ruleMany', list, true);
    }

    #many(name, list, attributed) {
      const number = this.#use(name);
      const argument = `${name}(requests)`;
      if (!Array.isArray(list)) throw invalidArgument(argument, `expected an array of requests, got ${describe(list)}`);
      const { length } = list;
      if (length > limits.maxBatchLength) {
        throw invalidArgument(argument, `expected up to ${limits.maxBatchLength} requests, got ${length}`);
      }
      const rulings = { answers: new Uint8Array(length) };
      if (attributed) {
        rulings.gates = new Int8Array(length).fill(-1);
        rulings.policies = new Int32Array(length).fill(-1);
        rulings.statements = new Int32Array(length).fill(-1);
      }
      if (number !== undefined) requests.decideMany(number, list, this.#policies, name, rulings);
      return rulings;
    }

    evaluate(request) {
      const { valid, diagnostics, results } = this.#ask('evaluate', request, evaluateText);
      return valid ? { valid, diagnostics, result: results[0] } : { valid, diagnostics };
    }

    explain(request) {
      const { valid, diagnostics, explanations } = this.#ask('explain', request, explainText);
      return valid ? { valid, diagnostics, explanation: explanations[0] } : { valid, diagnostics };
    }

    dispose() {
      if (this.#disposed) return;
      this.#disposed = true;
      registry.unregister(this);
      if (this.#number !== undefined && this.#generation === engine.generation) release(this.#number);
      this.#policies = undefined;
    }

    #ask(method, request, ask) {
      const name = `PolicySet.${method}`;
      const number = this.#use(name);
      const text = jsonText(request, `${name}(request)`, REQUEST);
      if (number === undefined) return { valid: false, diagnostics: structuredClone(this.#diagnostics) };
      return JSON.parse(engine.call(name, { policies: this.#policies, request: text }, () => ask(number, text)));
    }

    /** The number of the set. What an engine forgot that was started anew is prepared again. */
    #use(name) {
      if (this.#disposed) throw coded(Error, 'DISPOSED', `${name}: the policy set has been disposed of`);
      engine.open(name);
      if (this.#generation !== engine.generation && this.#number !== undefined) this.#prepare(name);
      return this.#number;
    }

    #prepare(name) {
      const { given, values } = this.#options;
      const policies = this.#policies;
      const prepared = engine.call(name, { policies }, () => prepare(policies, given, values));
      const { number, diagnostics, locations } = JSON.parse(prepared);
      const { generation } = engine;
      this.#number = number;
      this.#generation = generation;
      registry.unregister(this);
      if (number !== undefined) registry.register(this, { number, generation }, this);
      return { diagnostics, locations };
    }
  }

  // Not every environment has the symbol yet.
  if (Symbol.dispose) PolicySet.prototype[Symbol.dispose] = PolicySet.prototype.dispose;
  return PolicySet;
}

/** The options as two sets of bits: which are given, and their values. */
function optionBits(options) {
  const argument = 'PolicySet.prepare(options)';
  const known = knownOptions(options, optionNames, argument);
  let given = 0;
  let values = 0;
  for (const [name, value] of Object.entries(known)) {
    if (typeof value !== 'boolean') {
      throw invalidArgument(argument, `${name}: expected true or false, got ${describe(value)}`);
    }
    const bit = 1 << optionNames.indexOf(name);
    given |= bit;
    if (value) values |= bit;
  }
  return { given, values };
}

function freeze(value) {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
