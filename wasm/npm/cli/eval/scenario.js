// What `admittance eval` decides, out of a file or of options alone.

import { toScenario } from '../analysis.js';
import { Failure } from '../failure.js';
import { readJson } from '../files.js';
import { demandRequest, filesOf, policiesFrom, refuse, requestFrom } from './options.js';

/** A scenario out of options alone. */
export function fromOptions(options) {
  demandRequest(options, 'a scenario file, or a request');
  const scenario = { policies: policiesFrom(options), requests: [requestFrom(options)] };
  return { text: JSON.stringify(scenario), name: filesOf(options) };
}

/** A scenario from a file; of the options only those that can add to it. */
export function fromFile(path, options) {
  refuse(options, ['policies', 'request'], 'a scenario file', 'write it into the scenario, or leave the file out');
  return { name: path, ...scenarioOf(readJson(path), options) };
}

function scenarioOf(text, options) {
  const value = parsed(text);
  if (isSimulation(value)) {
    if (options.unknown !== undefined) {
      throw new Failure('--unknown and a request to SimulateCustomPolicy do not go together', 'leave the context entry out: it counts as missing');
    }
    return options.format === 'aws' ? { text } : asScenario(text);
  }
  if (options.unknown === undefined || !Array.isArray(value?.requests)) return { text };
  const requests = value.requests.map((request) => ({ ...request, unknown: [...(request?.unknown ?? []), ...options.unknown] }));
  return { text: JSON.stringify({ ...value, requests }) };
}

/** A request to the policy simulator as a scenario, whose requests are named by what they ask for. */
function asScenario(simulation) {
  const { scenario, diagnostics } = toScenario(simulation);
  if (scenario === undefined) return { diagnostics };
  const requests = scenario.requests.map((request) => ({
    name: [request.action, request.resource?.join(', ')].filter(Boolean).join(' on '),
    ...request,
  }));
  return { text: JSON.stringify({ ...scenario, requests }), diagnostics };
}

const isSimulation = (value) =>
  typeof value === 'object' && value !== null && !('requests' in value) && ('PolicyInputList' in value || 'ActionNames' in value);

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    // The engine tells what is wrong, and where.
    return undefined;
  }
}
