// What comes out: the result.

import type { Answer } from './index.js';
import type { EvaluationOptions } from './scenario.js';

/** The outcome of a scenario. */
export interface ScenarioResult {
  /**
   * False when something has an error, since nothing is decided on input that AWS would refuse: an
   * error of a request leaves that request undecided, any other error all of them.
   */
  valid: boolean;
  /** Problems found in the scenario, its documents and its requests. */
  diagnostics: LocatedDiagnostic[];
  /** One result for each request, in order; none if an error leaves all of them undecided. */
  results: RequestResult[];
}

/** A diagnostic and the document that it speaks of. */
export interface LocatedDiagnostic {
  /**
   * The part of the scenario, such as `policies.identity[0]` or `requests[1].principal`; empty for
   * the scenario file itself.
   */
  location: string;
  /** A stable code, such as `JSON_SYNTAX_ERROR`. */
  code: string;
  /** Only errors keep a request or a scenario from being decided. */
  severity: Severity;
  /** What is wrong. */
  message: string;
  /** What to write instead. */
  help?: string;
  /** Where: in the text of the policy document for `policies.…`, else in the scenario's text. */
  range?: TextRange;
}

/** How serious a diagnostic is. */
export type Severity = 'error' | 'security-warning' | 'warning' | 'suggestion';

/** A range of text. The end is exclusive. */
export interface TextRange {
  /** Where it starts. */
  start: TextPosition;
  /** Where it ends. */
  end: TextPosition;
}

/** A position in a text, counted the way that JavaScript and editors count. */
export interface TextPosition {
  /** The line, from 1. */
  line: number;
  /** The column in UTF-16 code units, from 1. */
  column: number;
  /** The offset from the start of the text in UTF-16 code units, from 0. */
  offset: number;
}

/** A decision, in AWS's words; or `Depends`, on keys that the request declares unknown. */
export type Decision = 'Allow' | 'ExplicitDeny' | 'ImplicitDeny' | 'Depends';

/** The gate that decided. */
export type DecidedBy =
  | 'identity'
  | 'resource'
  | 'identity+resource'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'vpce'
  | 'block-public-access'
  | 'access-point'
  | 'object-owner'
  | 'root'
  | 'grant'
  | 'exempt';

/** The decision on one request and how it came about. */
export interface RequestResult {
  /** The request's name. */
  name?: string;
  /**
   * Over several resources: `Allow` only if each is allowed, `ExplicitDeny` if one is denied so. `Invalid` if
   * the request has an error.
   */
  decision: Answer;
  /** The gate that decided; empty if the request has an error, or if it depends. */
  decidedBy: DecidedBy | '';
  /** One sentence that says what was decided and why. */
  reason: string;
  /** The message with which AWS refuses such a request, in AWS's own words; absent when it is allowed or depends. */
  awsMessage?: string;
  /** The resource that this result speaks of. */
  resource: string;
  /** The deciding statement, if one statement decided: an index into `statements`. */
  decidingStatement?: number;
  /** Every statement of every document, in order, with whether it applies and if not, why. */
  statements: StatementResult[];
  /** The gates in the order in which AWS evaluates them. */
  gates: GateResult[];
  /** Condition keys that some statement, otherwise applicable, asked for and the request lacks. */
  missingContextKeys: string[];
  /** The context that was derived from the principal and the resource. */
  derivedContext: DerivedKey[];
  /** Remarks: choices that AWS's documentation leaves open and that mattered, assumptions made. */
  notes: string[];
  /** The errors of the request that keep it from being decided. */
  diagnostics?: LocatedDiagnostic[];
  /** On what the decision depends, if it does. */
  depends?: Dependence;
  /** Options that would change the decision, with what it would be. */
  options?: OptionEffect[];
  /**
   * For several resources or further actions: each pair with its decision, also those that are needed only if an unknown
   * key is in the request.
   */
  resources?: ResourceDecision[];
  /** Whether the expectation was met; absent when the request has none. */
  passed?: boolean;
  /** What the expectation says and the result does not, one line each. */
  mismatches?: string[];
}

/** On which unknown keys a decision depends, and how. */
export interface Dependence {
  /** The keys that matter, each with the conditions that ask for it. */
  keys: DependentKey[];
  /**
   * Combinations of values of these keys, each with its decision: some are allowed and some denied. Empty if it is not
   * proved that it depends: all values that were tried are decided alike, and they do not stand for all.
   */
  completions: Completion[];
  /** Whether the combinations stand for all that there are. */
  exact: boolean;
}

/** An unknown key that matters. */
export interface DependentKey {
  /** The key. */
  key: string;
  /** Where policies ask for it. */
  conditions: AskingCondition[];
}

/** A condition, or a variable in a resource, that asks for an unknown key. */
export interface AskingCondition {
  /** The statement: an index into `statements`. */
  statement: number;
  /** The condition as text, such as `StringEquals aws:SourceVpc vpc-1`; for a variable, the resource. */
  text: string;
  /** Where it stands in its document. */
  range: TextRange;
}

/** One combination of values of the unknown keys, and its decision. */
export interface Completion {
  /** The value of each key, in the order of `keys`. */
  values: CompletionValue[];
  /** The decision. */
  decision: Decision;
}

/**
 * The value of an unknown key in a combination: absent, this one, or any other value: one that no policy names, and that
 * no other of the keys has.
 */
export type CompletionValue =
  | { is: 'absent' }
  | { is: 'other' }
  | { is: 'single'; values: string }
  | { is: 'multiple'; values: string[] };

/** An option that would change the decision. */
export interface OptionEffect {
  /** The option's name. */
  option: keyof EvaluationOptions;
  /** Its other value. */
  value: boolean;
  /** What the decision would be. */
  decision: Decision;
}

/** The decision for one of several pairs of action and resource that a request needs. */
export interface ResourceDecision {
  /** The action: the request's, or a further one that it needs, such as `sts:TagSession`. */
  action: string;
  /** The resource's ARN. */
  resource: string;
  /** Its decision. */
  decision: Decision;
  /** The gate that decided; empty if it depends. */
  decidedBy: DecidedBy | '';
}

/** One gate of the decision. */
export interface GateResult {
  /** Which gate. */
  gate: Gate;
  /** The organization level, for `rcp` and `scp`. */
  level?: string;
  /** How the request fared at this gate. */
  outcome: GateOutcome;
  /** One sentence. */
  message: string;
}

/** The gates that a request passes, in AWS's order. */
export type Gate =
  | 'rcp'
  | 'scp'
  | 'vpce'
  | 'block-public-access'
  | 'access-point'
  | 'resource'
  | 'identity'
  | 'boundary'
  | 'session'
  | 'object-owner';

/**
 * - `denied`: a Deny statement applies.
 * - `passed`: what this gate has to allow, it allows.
 * - `blocked`: an Allow is needed here and none applies.
 * - `not-needed`: no Allow applies, and another gate makes up for it.
 * - `does-not-apply`: the gate does not bind this caller or resource.
 * - `absent`: there is no such policy.
 */
export type GateOutcome =
  | 'denied'
  | 'passed'
  | 'blocked'
  | 'not-needed'
  | 'does-not-apply'
  | 'absent';

/** The type of a policy document. */
export type PolicyType =
  | 'identity'
  | 'resource'
  | 'access-point'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'vpce';

/** One statement, and whether it applies to the request. */
export interface StatementResult {
  /** The document, such as `policies.identity[0]`. */
  policy: string;
  /** The document's type. */
  policyType: PolicyType;
  /** The document's name. */
  policyName?: string;
  /** The statement's index in the document, from 0. */
  index: number;
  /** Its Sid. */
  sid?: string;
  /** Its effect. */
  effect: 'Allow' | 'Deny';
  /** Where the statement stands in its document. */
  range: TextRange;
  /** Whether every element matches the request. */
  applies: boolean;
  /** Whether that depends on unknown keys; `applies` is false then. Absent where it does not. */
  unknown?: boolean;
  /** Whether this statement decided. */
  decisive: boolean;
  /** Every element, matched or not, in the order in which they are compared. */
  elements: ElementResult[];
}

/** One element of a statement compared with the request. */
export interface ElementResult {
  /** The element's name. */
  element:
    | 'Principal'
    | 'NotPrincipal'
    | 'Action'
    | 'NotAction'
    | 'Resource'
    | 'NotResource'
    | 'Condition';
  /** For a condition: the operator as written. */
  operator?: string;
  /** For a condition: the key as written. */
  key?: string;
  /** What the policy asks for, variables replaced. */
  expected: string[];
  /** What the request has; `null` for a context key that is not in the request. */
  actual: string[] | null;
  /** Whether it matches. */
  matched: boolean;
  /** Whether that depends on unknown keys; `matched` is false then. Absent where it does not. */
  unknown?: boolean;
  /** Each listed principal, pattern or condition value by itself. */
  values: ValueResult[];
  /** One sentence. */
  message: string;
  /** Where the element stands in the document; for a match, the value that matched. */
  range: TextRange;
}

/** One listed principal, pattern or condition value compared with the request. */
export interface ValueResult {
  /** The value as written. */
  text: string;
  /** The value with its variables replaced; absent when that changes nothing. */
  resolved?: string;
  /**
   * Whether this value by itself covers what the request has. `Not…` elements and negated
   * operators ask that none does.
   */
  matched: boolean;
  /** Whether that depends on unknown keys; `matched` is false then. Absent where it does not. */
  unknown?: boolean;
  /** Where the value stands in the document, quotes included. */
  range: TextRange;
}

/** A context key that the engine filled in. */
export interface DerivedKey {
  /** The key. */
  key: string;
  /** Its values. */
  values: string[];
}
