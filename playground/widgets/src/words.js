/**
 * What the widgets themselves say; a page in another language assigns its own words. Sentences about
 * policies are the engine's, and English.
 */
export const words = {
  decisions: {
    Allow: 'Allowed',
    ExplicitDeny: 'Denied explicitly',
    ImplicitDeny: 'Denied implicitly',
    Depends: 'Depends on unknown keys',
    Invalid: 'Not decided',
  },
  policyTypes: {
    identity: 'Identity-based policy',
    resource: 'Resource-based policy',
    accessPoint: 'S3 access point policy',
    permissionsBoundary: 'Permissions boundary',
    session: 'Session policy',
    serviceControl: 'Service control policy',
    resourceControl: 'Resource control policy',
    vpcEndpoint: 'VPC endpoint policy',
  },
  decision: 'Decision',
  request: 'Request',
  requests: 'Requests',
  principal: 'Principal',
  action: 'Action',
  resource: 'Resource',
  context: 'Context keys',
  absent: 'not in the request',
  unknown: 'unknown',
  policies: 'Policies',
  policy: 'Policy',
  says: 'What it says',
  access: 'Access',
  conditions: 'Conditions',
  allowed: 'Allows',
  denied: 'Denies',
  findings: 'Checks',
  severities: {
    error: 'error',
    'security-warning': 'security warning',
    warning: 'warning',
    suggestion: 'suggestion',
  },
  fix: 'Fix',
  skipped: 'Checks that were left out, since they need the catalog of services',
  why: 'How it was decided',
  closest: 'Closest to another decision',
  changes: 'What would change it',
  apply: 'Apply',
  reset: 'Reset',
  open: 'Open in the playground',
  question: 'What does AWS decide?',
  check: 'Check',
  right: 'Right.',
  wrong: 'Not quite.',
  tryAgain: 'Try again',
  problems: 'Problems',
  noProblems: 'No problems found.',
  before: 'Before',
  after: 'After',
  changed: 'changed',
  unchanged: 'unchanged',
  differences: 'Differences',
  decides: 'decides',
  matches: 'applies',
  failed: 'This example could not be shown live',
  stated: 'The page says',
};

/** The reason without the word that the headline above it says already. */
export function reason(sentence) {
  const rest = sentence.replace(/^(Allowed|Denied|Depends): /, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
