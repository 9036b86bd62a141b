// Scenarios made from other texts.

import type { Suggestion } from '../explanation.js';
import type { LocatedDiagnostic, PolicyType } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { Refused } from './simulator.js';

/** A scenario that was made from something else, or why there is none. */
export type ScenarioReading =
  | {
      /** Nothing is wrong. */
      valid: true;
      /** Problems found that are no errors. The documents have not been looked at. */
      diagnostics: LocatedDiagnostic[];
      /** The scenario. Its documents are texts, with their layout. */
      scenario: Scenario;
    }
  | Refused;

/**
 * Makes the changes of a suggestion.
 *
 * @param scenario The scenario that was explained; it is not changed.
 * @param suggestion One of the `suggestions` of its explanation. If one of its changes does not fit the scenario,
 *   nothing is changed, and the diagnostics name it.
 * @example
 * ```js
 * const scenario = {
 *   policies: { identity: [policyText] },
 *   requests: [{ principal: 'arn:aws:iam::111122223333:user/ana', action: 's3:DeleteBucket', resource: 'arn:aws:s3:::b' }],
 * };
 * const [{ suggestions }] = explain(scenario).explanations;
 * const changed = apply(scenario, suggestions[0]);
 * console.log(evaluate(changed.scenario).results[0].decision);
 * ```
 */
export function apply(scenario: Scenario | string, suggestion: Suggestion | string): ScenarioReading;

// AWS's messages. `awsMessage` of a result is one on its way out.

/**
 * Reads an access-denied message, wherever it stands in a text such as the output of a command.
 *
 * @returns What it says; `undefined` if there is no such message.
 * @example
 * ```js
 * const denied = parseAccessDenied(
 *   'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: s3:ListAllMyBuckets ' +
 *     'because no identity-based policy allows the s3:ListAllMyBuckets action',
 * );
 * console.log(denied.principal, denied.action, denied.policyType, denied.explicit);
 * ```
 */
export function parseAccessDenied(message: string): AccessDenied | undefined;

/** What an access-denied message says. */
export interface AccessDenied {
  /** Who was refused: an ARN, `anonymous`, a service. */
  principal?: string;
  /** The action, `service:Name`. */
  action?: string;
  /** The resource: an ARN, or a name that the service prints. */
  resource?: string;
  /** The type of the policy that decided. */
  policyType?: PolicyType;
  /** Whether a Deny statement decided, or the lack of an Allow; absent where the message does not say. */
  explicit?: boolean;
  /** The ARN of the policy with the Deny statement. */
  policyArn?: string;
  /** The encoded message, for `sts:DecodeAuthorizationMessage`. */
  encodedMessage?: string;
  /** What follows and has no known form. */
  rest: string;
}
