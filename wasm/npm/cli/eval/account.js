// Policies out of the output of `aws iam get-account-authorization-details`.

import { accountScenario, readAccount } from '../analysis.js';
import { Failure } from '../failure.js';
import { readText } from '../files.js';
import { demandRequest, filesOf, policiesFrom, refuse, requestFrom } from './options.js';

const SESSION = /^(arn:[^:]+:)sts::(\d+):assumed-role\/([^/]+)\/(.+)$/;

/** The users and roles of a file with account details. */
export class Account {
  #details;
  #identities;
  #known = new Map();

  constructor(path) {
    this.#details = readText(path);
    const { valid, diagnostics, identities } = readAccount(this.#details);
    // Of the one who asks, `missing` says it.
    this.diagnostics = diagnostics.filter(({ code }) => code !== 'ACCOUNT_POLICY_MISSING');
    this.valid = valid;
    this.#identities = identities;
  }

  /** The user or role that a principal is, or whose session it is; undefined if the details have none. */
  identity(principal) {
    const [, , account, role] = SESSION.exec(principal) ?? [];
    const wanted = ({ kind, name, arn }) => (role === undefined ? kind !== 'group' && arn === principal : kind === 'role' && name === role && arn.split(':')[4] === account);
    return this.#identities.find(wanted);
  }

  /** The scenario in which a user or role, or a session of a role, asks for an action. */
  scenario(identity, { principal, action, resource }) {
    const key = JSON.stringify([identity.arn, action, resource]);
    if (!this.#known.has(key)) {
      const asked = { principal: identity.arn, action, ...(resource && { resource }) };
      this.#known.set(key, accountScenario(this.#details, asked).scenario);
    }
    const scenario = structuredClone(this.#known.get(key));
    const [request] = scenario.requests;
    const session = SESSION.exec(principal)?.[4];
    if (session !== undefined) {
      request.principal = { arn: principal, roleArn: identity.arn };
      if (identity.id) request.context = { ...request.context, 'aws:userid': `${identity.id}:${session}` };
    }
    return scenario;
  }

  /** The trust policy of the role that a request is about, for callers that the account does not have. */
  trustPolicy({ action, resource }) {
    const [arn] = [resource ?? []].flat();
    const role = arn && this.identity(arn);
    return role && this.scenario(role, { principal: arn, action, resource: [arn] }).policies.resource;
  }

  /** Principals that a wrong one may have been meant to be. */
  others() {
    const arns = this.#identities.filter(({ kind }) => kind !== 'group').map(({ arn }) => arn);
    return arns.length === 0 ? 'the details have no user and no role' : `there is ${arns.slice(0, 5).join(', ')}${arns.length > 5 ? `, and ${arns.length - 5} more` : ''}`;
  }
}

/** A user or role of an account, with its policies, those of its groups, and its boundary; the options can add policies. */
export function fromAccount(options) {
  refuse(options, ['boundary'], '--account', 'the account details have the boundary');
  demandRequest(options, 'a request beside --account');
  const account = new Account(options.account);
  const { diagnostics } = account;
  if (!account.valid) return { name: options.account, diagnostics };
  const identity = account.identity(options.principal);
  if (identity === undefined) throw new Failure(`--principal ${options.principal}: the account has no such user or role`, account.others());
  const scenario = account.scenario(identity, options);
  const before = countOf(scenario);
  addOptions(scenario, options);
  const [request] = scenario.requests;
  const { context, unknown, resourceAccount } = requestFrom(options);
  Object.assign(request, { unknown, resourceAccount, context: { ...request.context, ...context } });
  const place = filesOf(options, before);
  return {
    text: JSON.stringify(scenario),
    name: (location) => (place(location) === location ? `${options.account}: ${location}` : place(location)),
    diagnostics,
    notes: [...missing(identity), ...absent(options, request.action, scenario)],
  };
}

/** Adds the policies of the options to those of the account. */
export function addOptions(scenario, options) {
  for (const [type, policies] of Object.entries(policiesFrom(options))) {
    if (policies === undefined) continue;
    const before = scenario.policies[type];
    scenario.policies[type] = Array.isArray(policies) ? [before ?? [], policies].flat() : policies;
  }
}

export const countOf = ({ policies }) => ({ identity: policies.identity?.length ?? 0, resource: [policies.resource ?? []].flat().length });

/** Attached policies of which the details have no text: on them nothing is decided. */
export const missing = ({ missingPolicies = [] }) =>
  missingPolicies.map((arn) => `The account details have no text of ${arn}: without it nothing is decided.`);

/** What account details never hold, and the options do not give. */
function absent(options, action, scenario) {
  const given = { 'service control policies (--scp)': options.scp, 'resource control policies (--rcp)': options.rcp };
  if (scenario.policies.resource === undefined || scenario.policies.resource.length === 0) given['the policy of the resource (--resource-policy)'] = undefined;
  if (SESSION.test(options.principal) || options.principal.includes(':role/')) given['session policies (--session-policy)'] = options.sessionPolicy;
  const names = Object.keys(given).filter((name) => given[name] === undefined);
  return names.length ? [`Account details do not hold ${names.join(', ')}; where there are any, the answer may be another one.`] : [];
}
