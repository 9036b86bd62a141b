// What the options of `admittance eval` say: policies from files, and a request.

import { Failure } from '../failure.js';
import { readText } from '../files.js';

const POLICIES = ['policy', 'resourcePolicy', 'boundary', 'sessionPolicy', 'scp', 'rcp', 'vpcEndpointPolicy'];
const REQUEST = ['principal', 'action', 'resource', 'resourceAccount', 'context'];

/** Refuses options that have no place beside another source: `groups` names them, `source` is what they stand beside. */
export function refuse(options, groups, source, help) {
  const names = { policies: POLICIES, request: REQUEST, unknown: ['unknown'], boundary: ['boundary'] };
  const given = groups.flatMap((group) => names[group]).find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const option = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new Failure(`--${option} and ${source} do not go together`, help);
}

/** Refuses to go on without who calls and what for. */
export function demandRequest(options, source) {
  const missing = ['principal', 'action'].find((name) => options[name] === undefined);
  if (missing === undefined) return;
  throw new Failure(
    `eval needs ${source}: --${missing} is not given`,
    'such as: admittance eval --policy policy.json --principal arn:aws:iam::111122223333:user/ana --action s3:GetObject --resource arn:aws:s3:::bucket/key',
  );
}

export const givesPolicies = (options) => POLICIES.some((name) => options[name] !== undefined);

/** The policies of the options, as in a scenario. */
export function policiesFrom(options) {
  const document = (path) => ({ name: path, document: readText(path) });
  const level = (paths) => ({ policies: paths.split(',').map(document) });
  return {
    identity: options.policy?.map(document),
    resource: options.resourcePolicy?.map(document),
    permissionsBoundary: options.boundary && document(options.boundary),
    session: options.sessionPolicy?.map(document),
    serviceControl: options.scp?.map(level),
    resourceControl: options.rcp?.map(level),
    vpcEndpoint: options.vpcEndpointPolicy && document(options.vpcEndpointPolicy),
  };
}

/** Names the file that a place in these policies is of; `before` says how many stand before those of the options. */
export function filesOf(options, before = {}) {
  const files = {
    'policies.permissionsBoundary': options.boundary,
    'policies.vpcEndpoint': options.vpcEndpointPolicy,
  };
  for (const [key, paths] of [['identity', options.policy], ['resource', options.resourcePolicy], ['session', options.sessionPolicy]]) {
    paths?.forEach((path, index) => (files[`policies.${key}[${(before[key] ?? 0) + index}]`] = path));
  }
  for (const [key, levels] of [['serviceControl', options.scp], ['resourceControl', options.rcp]]) {
    levels?.forEach((paths, index) => paths.split(',').forEach((path, at) => (files[`policies.${key}[${index}].policies[${at}]`] = path)));
  }
  return (location) => files[location] ?? location;
}

/** The request of the options, as in a scenario. */
export function requestFrom(options) {
  return {
    principal: options.principal,
    action: options.action,
    resource: options.resource,
    resourceAccount: options.resourceAccount,
    context: contextOf(options.context),
    unknown: options.unknown,
  };
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
