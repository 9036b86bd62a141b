// What kind of policy a document is, told from its content, and where that leaves a choice from its name.

export const TYPES = ['identity', 'resource', 'role-trust', 'kms-key', 'access-point', 'boundary', 'session', 'scp', 'rcp', 'vpce'];

const NAMES = [
  [/(^|[^a-z])scps?([^a-z]|$)|service-?control/i, 'scp', false],
  [/boundary/i, 'boundary', false],
  [/session/i, 'session', false],
  [/(^|[^a-z])rcps?([^a-z]|$)|resource-?control/i, 'rcp', true],
  [/vpce|vpc-?endpoint/i, 'vpce', true],
  [/access-?point/i, 'access-point', true],
];

/** Whether a value looks like a scenario. */
export function isScenario(value) {
  return typeof value === 'object' && value !== null && 'policies' in value && 'requests' in value;
}

/** The type of a document, and why. */
export function detect(document, path) {
  const statements = [document?.Statement ?? []].flat().filter((item) => typeof item === 'object' && item !== null);
  const principal = statements.some((statement) => 'Principal' in statement || 'NotPrincipal' in statement);
  const named = NAMES.find(([pattern, , needs]) => needs === principal && pattern.test(path));
  if (named) return { type: named[1], why: 'its name' };
  if (!principal) return { type: 'identity', why: 'no statement has a Principal' };
  const actions = statements.flatMap(({ Action, NotAction }) => [Action ?? NotAction ?? []].flat().map(String));
  const all = (pattern) => actions.length > 0 && actions.every((action) => pattern.test(action));
  const resource = statements.some((statement) => 'Resource' in statement || 'NotResource' in statement);
  if (!resource && all(/^sts:/i)) return { type: 'role-trust', why: 'statements have a Principal, no Resource, and actions of STS' };
  if (all(/^kms:/i)) return { type: 'kms-key', why: 'statements have a Principal, and actions of KMS' };
  return { type: 'resource', why: 'statements have a Principal' };
}
