// `admittance eval`: policies and a request to a decision.

import { apply, simulate, toScenario } from './analysis.js';
import { evaluate, explain } from './engine.js';
import { Failure } from './failure.js';
import { readJson, readText } from './files.js';
import { describeDiagnostic } from './report/diagnostics.js';
import { decisionStyle, style } from './style.js';
import { table } from './report/markdown.js';

const POLICIES = ['policy', 'resourcePolicy', 'boundary', 'sessionPolicy', 'scp', 'rcp', 'vpcEndpointPolicy'];
const REQUEST = ['principal', 'action', 'resource', 'resourceAccount', 'context'];

export function evaluateCommand(file, options) {
  const { text, name, diagnostics = [] } = file === undefined ? fromOptions(options) : { name: file, ...withOptions(readJson(file), file, options) };
  if (text === undefined) {
    report(diagnostics, placeIn(name), console.error);
    return 1;
  }
  if (options.format === 'aws') return simulated(text, name);
  if (options.apply !== undefined) return applied(text, options.apply, name);
  const result = evaluate(text);
  result.diagnostics.unshift(...diagnostics);
  const told = options.explain ? explain(text).explanations : [];
  const explanations = Object.fromEntries(told.map((explanation) => [explanation.request, explanation]));
  if (options.format === 'json') {
    console.log(JSON.stringify(options.explain ? { ...result, explanations: told } : result, null, 2));
  } else if (options.format === 'markdown') {
    console.log(markdown(result, explanations));
  } else {
    human(result, explanations, name);
  }
  return result.valid && result.results.every(({ passed }) => passed !== false) ? 0 : 1;
}

/** A scenario out of options alone. */
function fromOptions(options) {
  if (options.principal === undefined || options.action === undefined) {
    throw new Failure(
      `eval needs a scenario file, or a request: ${options.principal === undefined ? '--principal' : '--action'} is not given`,
      'such as: admittance eval --policy policy.json --principal arn:aws:iam::111122223333:user/ana --action s3:GetObject --resource arn:aws:s3:::bucket/key',
    );
  }
  const document = (path) => ({ name: path, document: readText(path) });
  const level = (paths) => ({ policies: paths.split(',').map(document) });
  const scenario = {
    policies: {
      identity: options.policy?.map(document),
      resource: options.resourcePolicy?.map(document),
      permissionsBoundary: options.boundary && document(options.boundary),
      session: options.sessionPolicy?.map(document),
      serviceControl: options.scp?.map(level),
      resourceControl: options.rcp?.map(level),
      vpcEndpoint: options.vpcEndpointPolicy && document(options.vpcEndpointPolicy),
    },
    requests: [
      {
        principal: options.principal,
        action: options.action,
        resource: options.resource,
        resourceAccount: options.resourceAccount,
        context: contextOf(options.context),
        unknown: options.unknown,
      },
    ],
  };
  const files = {
    'policies.permissionsBoundary': options.boundary,
    'policies.vpcEndpoint': options.vpcEndpointPolicy,
  };
  options.policy?.forEach((path, index) => (files[`policies.identity[${index}]`] = path));
  options.resourcePolicy?.forEach((path, index) => (files[`policies.resource[${index}]`] = path));
  options.sessionPolicy?.forEach((path, index) => (files[`policies.session[${index}]`] = path));
  for (const [key, levels] of [['serviceControl', options.scp], ['resourceControl', options.rcp]]) {
    levels?.forEach((paths, index) => paths.split(',').forEach((path, at) => (files[`policies.${key}[${index}].policies[${at}]`] = path)));
  }
  return { text: JSON.stringify(scenario), name: (location) => files[location] ?? location };
}

/** A scenario from a file; of the options only those that can add to it. */
function withOptions(text, path, options) {
  const given = [...POLICIES, ...REQUEST].find((name) => options[name] !== undefined);
  if (given !== undefined) {
    const option = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new Failure(`--${option} and a scenario file do not go together`, 'write it into the scenario, or leave the file out');
  }
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

/** The response of the policy simulator. */
function simulated(text, name) {
  const { valid, diagnostics, response } = simulate(text);
  if (valid) console.log(JSON.stringify(response, null, 2));
  report(diagnostics, placeIn(name), console.error);
  return valid ? 0 : 1;
}

/** The scenario with a suggestion applied, by its place in the list of `--explain`. */
function applied(text, wanted, name) {
  const number = Number(wanted);
  const { valid, diagnostics, explanations } = explain(text);
  if (!valid) {
    report(diagnostics, placeIn(name), console.error);
    return 1;
  }
  if (explanations.length !== 1) throw new Failure(`--apply is about one request; there are ${explanations.length}`, 'leave one in the scenario');
  const [{ suggestions }] = explanations;
  if (!Number.isInteger(number) || number < 1 || number > suggestions.length) {
    const help = suggestions.length ? `they are numbered from 1 to ${suggestions.length}` : 'nothing that could be changed would flip this decision';
    throw new Failure(`--apply ${wanted}: there is no such suggestion`, help);
  }
  console.log(JSON.stringify(apply(text, suggestions[number - 1]).scenario, null, 2));
  return 0;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    // The engine tells what is wrong, and where.
    return undefined;
  }
}

function contextOf(pairs) {
  if (pairs === undefined) return undefined;
  const context = Object.create(null);
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new Failure(`--context ${pair}: this has no key`, 'write --context aws:SourceIp=203.0.113.7');
    const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
    context[key] = key in context ? [context[key], value].flat() : value;
  }
  return context;
}

function human({ valid, diagnostics, results }, explanations, name) {
  const place = placeIn(name);
  if (!valid && results.length === 0) console.log(`${style.bad(style.bold('Not decided'))}: an error has to be put right first.`);
  for (const [index, result] of results.entries()) {
    if (index > 0) console.log();
    const of = result.name ? `  ${style.dim(result.name)}` : '';
    console.log(`${style.bold(decisionStyle(result.decision)(result.decision))}${of}`);
    if (explanations[index]) {
      console.log(marked(explanations[index].text.trimEnd()));
    } else {
      console.log(result.reason);
      result.notes.forEach((note) => console.log(style.dim(note)));
      if (result.missingContextKeys.length) {
        console.log(style.dim(`Not in the request, but asked for: ${result.missingContextKeys.join(', ')}.`));
      }
    }
    if (result.passed === false) result.mismatches.forEach((line) => console.log(`${style.bad('✗')} ${line}`));
  }
  report(diagnostics, place, console.log);
}

/** Names the places in a scenario: those of files, or below the scenario's own name. */
const placeIn = (name) => (typeof name === 'function' ? name : (location) => [name, location].filter(Boolean).join(': '));

function report(diagnostics, place, print) {
  diagnostics.forEach((diagnostic) => print(describeDiagnostic(diagnostic, place(diagnostic.location))));
}

/** The marks of an explanation's text, in color. */
function marked(text) {
  return text.replace(/^(\s*)([✓✗?·])/gm, (_, blanks, mark) => {
    const paint = { '✓': style.good, '✗': style.bad, '?': style.open, '·': style.dim }[mark];
    return blanks + paint(mark);
  });
}

function markdown({ valid, diagnostics, results }, explanations) {
  const parts = [];
  if (!valid && results.length === 0) parts.push('**Not decided**: an error has to be put right first.');
  for (const [index, { name, decision, reason }] of results.entries()) {
    parts.push(`### ${decision}${name ? `: ${name}` : ''}`, explanations[index] ? `\`\`\`text\n${explanations[index].text.trimEnd()}\n\`\`\`` : reason);
  }
  if (diagnostics.length) {
    const rows = diagnostics.map(({ severity, location, code, message }) => [severity, location, code, message]);
    parts.push(table(['severity', 'place', 'code', 'message'], rows));
  }
  return parts.join('\n\n');
}
