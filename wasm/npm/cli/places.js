// Where a document of each type goes in the policies of a scenario.

const PLACES = {
  identity: (policy) => ({ identity: [policy] }),
  resource: (policy) => ({ resource: policy }),
  'role-trust': (policy) => ({ resource: { kind: 'role-trust', ...policy } }),
  'kms-key': (policy) => ({ resource: { kind: 'kms-key', ...policy } }),
  'access-point': (policy) => ({ accessPoint: policy }),
  boundary: (policy) => ({ permissionsBoundary: policy }),
  session: (policy) => ({ session: [policy] }),
  scp: (policy) => ({ serviceControl: [{ name: 'Root', policies: [policy] }] }),
  rcp: (policy) => ({ resourceControl: [{ name: 'Root', policies: [policy] }] }),
  vpce: (policy) => ({ vpcEndpoint: policy }),
};

/** The policies of a scenario with this one, which is `{ name, document }`. */
export const policiesOf = (type, policy) => PLACES[type](policy);
