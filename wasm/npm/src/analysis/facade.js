// What the package does beyond deciding, the same in every environment. The entries say only how the WebAssembly file
// and the catalog are found; this file lies beside them, once for all.

import * as glue from '#glue';
import { policyTypes } from '#constants';
import { jsonText, knownOptions } from '../arguments.js';
import { createEngine } from '../engine.js';
import { describe, invalidArgument } from '../errors.js';
import { createCatalog } from './catalog.js';

export { applyFixes } from './fixes.js';

const ACCOUNT_REQUEST = ['principal', 'action', 'resource'];

/**
 * Makes the API of one entry; `locate` and `synchronous` are those of `createEngine`, and `catalog` gives the address of
 * the catalog's file, or its bytes.
 */
export function createApi({ synchronous, locate, catalog: file }) {
  const engine = createEngine({ synchronous, locate });
  const catalog = createCatalog(engine, file);

  /** Calls into the engine, which answers with JSON text, or with nothing for `undefined`. */
  function ask(name, given, run) {
    engine.open(name);
    catalog.restore();
    const text = engine.call(name, given, run);
    return text === '' ? undefined : JSON.parse(text);
  }

  function simulate(request) {
    const text = jsonText(request, 'simulate(request)', 'a SimulateCustomPolicy request');
    return ask('simulate', { request: text }, () => glue.simulate(text));
  }

  function toScenario(request) {
    const text = jsonText(request, 'toScenario(request)', 'a SimulateCustomPolicy request');
    return ask('toScenario', { request: text }, () => glue.read(text));
  }

  function apply(scenario, suggestion) {
    const text = jsonText(scenario, 'apply(scenario)', 'a scenario object');
    const change = jsonText(suggestion, 'apply(suggestion)', 'a suggestion');
    return ask('apply', { scenario: text, suggestion: change }, () => glue.apply(text, change));
  }

  function parseAccessDenied(message) {
    const text = string(message, 'parseAccessDenied(message)');
    return ask('parseAccessDenied', { message: text }, () => glue.accessDenied(text));
  }

  function validatePolicy(document, policyType, options) {
    const text = jsonText(document, 'validatePolicy(document)', 'a policy document');
    const type = policyTypes.indexOf(policyType);
    if (type < 0) {
      const given = typeof policyType === 'string' ? JSON.stringify(policyType) : describe(policyType);
      throw invalidArgument('validatePolicy(policyType)', `expected one of ${policyTypes.join(', ')}, got ${given}`);
    }
    const { resourceType } = knownOptions(options, ['resourceType'], 'validatePolicy(options)') ?? {};
    const resource = resourceType === undefined ? '' : string(resourceType, 'validatePolicy(options).resourceType');
    const found = ask('validatePolicy', { document: text }, () => glue.validatePolicy(text, type, resource));
    return { valid: found.findings.every(({ severity }) => severity !== 'error'), ...found };
  }

  function summarize(policies) {
    const text = jsonText(policies, 'summarize(policies)', 'an object of policies');
    return ask('summarize', { policies: text }, () => glue.summarize(text));
  }

  function summarizeService(policies, service) {
    const text = jsonText(policies, 'summarizeService(policies)', 'an object of policies');
    const prefix = string(service, 'summarizeService(service)');
    catalog.demand('summarizeService');
    return ask('summarizeService', { policies: text }, () => glue.summarizeService(text, prefix));
  }

  function readAccount(details) {
    const text = listText(details, 'readAccount(details)', 'account details');
    return ask('readAccount', { details: text }, () => glue.readAccount(text));
  }

  function accountScenario(details, request) {
    const text = listText(details, 'accountScenario(details)', 'account details');
    const argument = 'accountScenario(request)';
    const { principal, action, resource = [] } = knownOptions(request, ACCOUNT_REQUEST, argument) ?? {};
    const resources = [resource].flat().map((one) => string(one, `${argument}.resource`));
    const [who, what] = [string(principal, `${argument}.principal`), string(action, `${argument}.action`)];
    const lines = resources.join('\n');
    return ask('accountScenario', { details: text }, () => glue.accountScenario(text, who, what, lines));
  }

  function readTrail(events) {
    const text = listText(events, 'readTrail(events)', 'CloudTrail events');
    return ask('readTrail', { events: text }, () => glue.readTrail(text));
  }

  function findingCodes() {
    return ask('findingCodes', {}, () => glue.findingCodes());
  }

  function expandActions(pattern) {
    const text = string(pattern, 'expandActions(pattern)');
    catalog.demand('expandActions');
    return ask('expandActions', { pattern: text }, () => glue.expandActions(text));
  }

  function completeAction(typed, limit = 20) {
    const text = string(typed, 'completeAction(typed)');
    if (!Number.isInteger(limit) || limit < 0 || limit > 1000) {
      throw invalidArgument('completeAction(limit)', 'expected a whole number up to 1000');
    }
    catalog.demand('completeAction');
    return ask('completeAction', { typed: text }, () => glue.completeAction(text, limit));
  }

  function describeAction(name) {
    const text = string(name, 'describeAction(name)');
    catalog.demand('describeAction');
    return ask('describeAction', { name: text }, () => glue.describeAction(text));
  }

  return {
    init: engine.init,
    loadCatalog: catalog.load,
    accountScenario,
    apply,
    completeAction,
    describeAction,
    expandActions,
    findingCodes,
    parseAccessDenied,
    readAccount,
    readTrail,
    simulate,
    summarize,
    summarizeService,
    toScenario,
    validatePolicy,
  };
}

function string(value, argument) {
  if (typeof value !== 'string') throw invalidArgument(argument, `expected a string, got ${describe(value)}`);
  return value;
}

/** What AWS prints may be a list, too. */
function listText(value, argument, expected) {
  if (!Array.isArray(value)) return jsonText(value, argument, expected);
  return jsonText({ list: value }, argument, expected).slice('{"list":'.length, -1);
}
