// Requests out of CloudTrail events.

import { readTrail } from '../analysis.js';
import { Failure } from '../failure.js';
import { readText } from '../files.js';
import { Account, addOptions, countOf, missing } from './account.js';
import { filesOf, givesPolicies, refuse } from './options.js';

/** The events of a file, each decided by itself: under the policies of its caller in the account, or those of the options. */
export function fromTrail(options) {
  refuse(options, ['request'], '--cloudtrail', 'the events have the requests');
  if (options.account === undefined && !givesPolicies(options)) {
    throw new Failure('eval --cloudtrail needs policies to decide the events under', 'give --account details.json, or --policy and its like');
  }
  if (options.account !== undefined) refuse(options, ['boundary'], '--account', 'the account details have the boundary');
  const account = options.account === undefined ? undefined : new Account(options.account);
  if (account && !account.valid) return [{ name: options.account, diagnostics: account.diagnostics }];
  const { valid, diagnostics, events } = readTrail(readText(options.cloudtrail));
  if (!valid) return [{ name: options.cloudtrail, diagnostics }];
  const cases = events.map((event) => decidable(event, account, options));
  const found = [...(account?.diagnostics ?? []), ...diagnostics];
  return found.length ? [...cases, { name: options.cloudtrail, diagnostics: found, skip: true }] : cases;
}

/** One event as a scenario; or why it is none. */
function decidable(event, account, options) {
  const title = [event.eventName, event.eventTime, event.location].filter(Boolean).join(' ');
  if (event.request === undefined) return { event, title, skip: true, notes: inexact(event, 'no request that policies decide on') };
  const { request } = event;
  const { arn, roleArn } = typeof request.principal === 'string' ? { arn: request.principal } : request.principal;
  const identity = account?.identity(roleArn ?? arn);
  if (account && identity === undefined && /:(user|role|assumed-role)\//.test(arn)) {
    return { event, title, skip: true, notes: [`${arn} is not in the account details`] };
  }
  const scenario = identity
    ? account.scenario(identity, { principal: identity.arn, action: request.action, resource: [request.resource ?? []].flat() })
    : { policies: { resource: account?.trustPolicy(request) }, requests: [{}] };
  const before = countOf(scenario);
  addOptions(scenario, options);
  // Of the caller the account knows the tags; the unique id it knows of users, and not of sessions.
  const { 'aws:userid': id, ...tags } = scenario.requests[0].context ?? {};
  const unknown = [...(request.unknown ?? []), ...(options.unknown ?? [])];
  scenario.requests = [{ ...request, name: title, context: { ...tags, ...request.context }, ...(unknown.length && { unknown }) }];
  const place = filesOf(options, before);
  return {
    event,
    text: JSON.stringify(scenario),
    name: (location) => `${title}: ${place(location)}`,
    notes: [...(identity ? missing(identity) : []), ...inexact(event, undefined, identity?.kind === 'user')],
  };
}

/** What is not known exactly: what the event does not say, nor the account, if it knows the caller's tags. */
function inexact({ fields }, otherwise, tagged = false) {
  const told = fields.filter(({ field, certainty }) => certainty !== 'exact' && !(tagged && field === 'aws:PrincipalTag'));
  const same = new Map();
  for (const { field, certainty, note } of told) {
    const why = note ? `(${certainty}): ${note}` : `(${certainty})`;
    same.set(why, [...(same.get(why) ?? []), field]);
  }
  const lines = [...same].map(([why, names]) => `${names.join(', ')} ${why}`);
  return lines.length || !otherwise ? lines : [otherwise];
}
