// What one would write by hand: every statement in turn, its patterns made regular expressions beforehand.
// It knows as much of IAM as S1 and S2 need.

/** Prepares identity-based policies; gives a function from requests to decisions. */
export function prepare({ identity }) {
  const statements = identity.flatMap((policy) => policy.Statement).map((statement) => ({
    allows: statement.Effect === 'Allow',
    actions: list(statement.Action).map((pattern) => glob(pattern, 'i')),
    resources: list(statement.Resource).map((pattern) => glob(pattern, '')),
    conditions: Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ key, holds: OPERATORS[operator](list(values)) })),
    ),
  }));

  return ({ action, resource, context }) => {
    let allowed = false;
    for (const { allows, actions, resources, conditions } of statements) {
      if (allows && allowed) continue;
      if (!actions.some((pattern) => pattern.test(action))) continue;
      if (!resources.some((pattern) => pattern.test(resource))) continue;
      if (!conditions.every(({ key, holds }) => context[key] !== undefined && holds(context[key]))) continue;
      if (!allows) return 'ExplicitDeny';
      allowed = true;
    }
    return allowed ? 'Allow' : 'ImplicitDeny';
  };
}

const OPERATORS = {
  Bool: (values) => (value) => values.includes(value),
  StringEquals: (values) => (value) => values.includes(value),
  StringLike: (values) => {
    const patterns = values.map((pattern) => glob(pattern, ''));
    return (value) => patterns.some((pattern) => pattern.test(value));
  },
  IpAddress: (values) => {
    const networks = values.map((value) => {
      const [address, bits] = value.split('/');
      const mask = bits === '0' ? 0 : (-1 << (32 - bits)) >>> 0;
      return { mask, network: (number(address) & mask) >>> 0 };
    });
    return (value) => {
      const address = number(value);
      return networks.some(({ mask, network }) => (address & mask) >>> 0 === network);
    };
  },
};

function number(address) {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function glob(pattern, flags) {
  const source = pattern.replace(/[\\^$.*+?()[\]{}|]/g, (c) => ({ '*': '.*', '?': '.' })[c] ?? `\\${c}`);
  return new RegExp(`^${source}$`, `s${flags}`);
}

function list(value) {
  return Array.isArray(value) ? value : [value];
}
