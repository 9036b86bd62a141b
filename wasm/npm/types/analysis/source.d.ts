// What AWS's tools print.

import type { LocatedDiagnostic } from '../result.js';
import type { PolicySource, ScenarioRequest } from '../scenario.js';
import type { ScenarioReading } from './scenario.js';

/**
 * Reads the output of `aws iam get-account-authorization-details`, or a list of its pages.
 *
 * @param details The output, or its JSON text.
 */
export function readAccount(details: object | string): AccountReading;

/** The identities of an account. */
export interface AccountReading {
  /** Whether there is no error. */
  valid: boolean;
  /** Problems found. The documents are looked at when they are evaluated. */
  diagnostics: LocatedDiagnostic[];
  /** Users, then groups, then roles. */
  identities: Identity[];
}

/** A user, a group or a role, and everything that is attached to it. */
export interface Identity {
  /** What it is. */
  kind: 'user' | 'group' | 'role';
  /** Its ARN, with the path. */
  arn: string;
  /** Its name, without the path. */
  name: string;
  /** Its unique id. */
  id?: string;
  /** Of a user: the names of its groups. */
  groups?: string[];
  /** Its identity-based policies: its own, inline and managed, and those of its groups. */
  policies: PolicySource[];
  /** Its permissions boundary. */
  permissionsBoundary?: PolicySource;
  /** Of a role: its trust policy. */
  trustPolicy?: PolicySource;
  /** Its tags. */
  tags?: { key: string; value: string }[];
  /** The ARNs of attached policies whose text is not in the input. */
  missingPolicies?: string[];
}

/**
 * A scenario in which a user or role of an account asks for an action: its policies, its boundary, its tags.
 *
 * Account details hold no policies of the organization, of sessions, and of resources other than roles.
 */
export function accountScenario(details: object | string, request: AccountRequest): ScenarioReading;

/** Who asks for what, in {@link accountScenario}. */
export interface AccountRequest {
  /** The ARN of the user or role, with its path. */
  readonly principal: string;
  /** The action. */
  readonly action: string;
  /** The resources. Default: `*`. */
  readonly resource?: string | readonly string[] | undefined;
}

/**
 * Reads CloudTrail events: a log file, the output of `aws cloudtrail lookup-events`, one event or a list.
 *
 * @param events The events, or their JSON text.
 */
export function readTrail(events: object | string): TrailReading;

/** Events, each with the request that it tells of. */
export interface TrailReading {
  /** Whether there is no error. */
  valid: boolean;
  /** Problems found. */
  diagnostics: LocatedDiagnostic[];
  /** The events. */
  events: TrailEvent[];
}

/** An event, and the request that it tells of. */
export interface TrailEvent {
  /** Where the event stands in the text, such as `Records[0]`; empty if it is the whole text. */
  location: string;
  /** Its id. */
  eventId?: string;
  /** When it happened. */
  eventTime?: string;
  /** The service, such as `s3.amazonaws.com`. */
  eventSource: string;
  /** The API operation. */
  eventName: string;
  /** The request; absent for events that are no request which policies decide on, such as console sign-ins. */
  request?: ScenarioRequest;
  /** Each field of the request, and how far the event gives it. */
  fields: TrailField[];
  /** The error code, if the call failed. */
  errorCode?: string;
  /** The error message. */
  errorMessage?: string;
  /** Whether AWS refused the call for lack of permission. */
  denied: boolean;
}

/** A field of a request, and how far an event gives it. */
export interface TrailField {
  /** `principal`, `action`, `resource`, `resourceAccount`, or the name of a condition key. */
  field: string;
  /** How far the event gives it. */
  certainty: 'exact' | 'inferred' | 'missing';
  /** The event's member that it comes from. */
  source?: string;
  /** Why it is not exact. */
  note?: string;
}
