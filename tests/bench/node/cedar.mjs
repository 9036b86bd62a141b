// S1's and S2's policies as Cedar policies: one for each statement, with the same patterns and conditions.
// Action patterns become action groups, of which the request's action is a member; Cedar's `like` has no `?`,
// so `*` stands for it. The decisions are the same.
import cedar from '@cedar-policy/cedar-wasm/nodejs';

/** Reads identity-based policies into Cedar; gives a function from requests to decisions. */
export function prepare(name, { identity }) {
  const statements = identity.flatMap((policy) => policy.Statement);
  const staticPolicies = Object.fromEntries(statements.map((statement) => [statement.Sid, policy(statement)]));
  const answer = cedar.preparsePolicySet(name, { staticPolicies });
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
  const groups = [...new Set(statements.flatMap((statement) => statement.Action))];

  return (request) => {
    const answer = cedar.statefulIsAuthorized({ ...call(request, groups), preparsedPolicySetId: name });
    return decision(answer);
  };
}

/** Decides one request in one call, with the policies as text. */
export function decideOnce({ identity }, request) {
  const statements = identity.flatMap((policy) => policy.Statement);
  const staticPolicies = statements.map(policy).join('\n');
  const groups = statements.flatMap((statement) => statement.Action);
  return decision(cedar.isAuthorized({ ...call(request, groups), policies: { staticPolicies } }));
}

function call({ principal, action, resource, context }, groups) {
  const uid = (type, id) => ({ type, id });
  const parents = groups.filter((group) => covers(group, action)).map((group) => uid('Action', group));
  return {
    principal: uid('User', principal),
    action: uid('Action', action),
    resource: uid('Object', resource),
    context: Object.fromEntries(Object.entries(context).map(([key, value]) => [attribute(key), typed(key, value)])),
    entities: [
      { uid: uid('User', principal), attrs: {}, parents: [] },
      { uid: uid('Action', action), attrs: {}, parents },
      { uid: uid('Object', resource), attrs: { arn: resource }, parents: [] },
    ],
  };
}

function decision(answer) {
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
  const { decision, diagnostics } = answer.response;
  if (diagnostics.errors.length > 0) throw new Error(JSON.stringify(diagnostics.errors));
  return decision;
}

function policy({ Effect, Action, Resource, Condition = {} }) {
  const any = (values, write) => `(${values.map(write).join(' || ')})`;
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) =>
      any([values].flat(), (value) => OPERATORS[operator](`context.${attribute(key)}`, value)),
    ),
  );
  const resource = any(Resource, (pattern) => `resource.arn like ${quoted(pattern.replaceAll('?', '*'))}`);
  const actions = Action.map((action) => `Action::${quoted(action)}`).join(', ');
  const head = `${Effect === 'Allow' ? 'permit' : 'forbid'} (principal, action in [${actions}], resource)`;
  return `${head} when { ${[resource, ...conditions].join(' && ')} };`;
}

const OPERATORS = {
  Bool: (attribute, value) => `${attribute} == ${value}`,
  StringEquals: (attribute, value) => `${attribute} == ${quoted(value)}`,
  StringLike: (attribute, pattern) => `${attribute} like ${quoted(pattern)}`,
  IpAddress: (attribute, network) => `${attribute}.isInRange(ip(${quoted(network)}))`,
};

function typed(key, value) {
  if (key === 'aws:SourceIp') return { __extn: { fn: 'ip', arg: value } };
  return value === 'true' || value === 'false' ? value === 'true' : value;
}

function attribute(key) {
  return key.replace('aws:', '');
}

/** An action is a member of its group of one, and of those whose pattern covers it. */
function covers(group, action) {
  return group.endsWith('*') && action.startsWith(group.slice(0, -1));
}

function quoted(text) {
  return JSON.stringify(text);
}
