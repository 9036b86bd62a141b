// What each element shows: a script or an attribute gives it, or else the page's own text inside of it.
import { ContentError, RESOURCE_KINDS, checkedType, isObject, policyTypeOf, readChildren, scenarioOf, valueOf } from './content.js';

/** The scenario of `<admittance-decision>`: a whole one, or made of policies and requests. */
export function scenarioIn(host) {
  const children = readChildren(host);
  const scenario = valueOf(given(host, 'scenario'), 'scenario') ?? children.scenario;
  if (scenario) {
    if (!Array.isArray(scenario.requests) || scenario.requests.length === 0) throw new ContentError('the scenario has no requests');
    checkRequests(scenario.requests);
    return scenario;
  }
  const type = host.getAttribute('policy-type') ?? undefined;
  const own = given(host, 'policy');
  const policies = own ? [{ text: textOf(own) }] : children.policies;
  if (policies.length === 0) throw noPolicy();
  return scenarioOf(policies.map((each) => ({ ...each, type: each.type ?? type })), requestsIn(host, 'request', 'request', children));
}

/** The policy of `<admittance-policy>`: its text, its name if it has one, and what it is to be checked as. */
export function policyIn(host) {
  const own = given(host, 'policy');
  const policy = own ? { text: textOf(own), type: host.dataset.policyType, name: host.dataset.name } : readChildren(host).policies[0];
  if (!policy) throw noPolicy();
  return { ...policy, type: checkedType(host.getAttribute('policy-type') ?? policy.type ?? 'identity') };
}

/** A scenario in which this policy stands alone, without a request. */
export function scenarioOfPolicy({ text, name, type }) {
  const scenario = scenarioOf([{ text, name, type: policyTypeOf(type) }], []);
  if (RESOURCE_KINDS.includes(type)) scenario.policies.resource[0].kind = type;
  return scenario;
}

/** What `<admittance-compare>` compares: the policies before and after, other policies that hold in both, and the requests. */
export function comparisonIn(host) {
  const children = readChildren(host);
  const others = [...children.policies];
  const type = host.getAttribute('policy-type') ?? 'identity';
  // Every element has methods `before` and `after`, so the properties have longer names than the attributes.
  const sides = [['beforePolicy', 'before'], ['afterPolicy', 'after']].map(([property, attribute]) => {
    const own = given(host, property, attribute);
    return own ? { text: textOf(own), type } : others.shift();
  });
  if (!sides.every(Boolean)) throw new ContentError('it holds no two policies: a code block with the policy before, and one with it after');
  const [before, after] = sides.map((policy) => ({ ...policy, type: policy.type ?? type }));
  return { before, after, others, requests: requestsIn(host, 'requests', 'list of requests', children) };
}

/** What a script or an attribute gives; undefined for nothing. */
function given(host, property, attribute = property) {
  return host[property] || host.getAttribute(attribute) || undefined;
}

function textOf(policy) {
  return typeof policy === 'string' ? policy : JSON.stringify(policy, null, 2);
}

function requestsIn(host, name, what, children) {
  const own = valueOf(given(host, name), what);
  const requests = own === undefined ? children.requests : [own].flat();
  if (requests.length === 0) throw new ContentError('it holds no request: a description list with principal, action and resource');
  checkRequests(requests);
  return requests;
}

function checkRequests(requests) {
  if (!requests.every(isObject)) throw new ContentError('a request has to be an object with principal, action and resource');
}

function noPolicy() {
  return new ContentError('it holds no policy: a code block with a policy document');
}
