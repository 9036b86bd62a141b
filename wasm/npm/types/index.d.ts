/// <reference lib="esnext.disposable" />

/**
 * AWS IAM policy evaluation that decides as AWS documents it, and explains why.
 *
 * The engine is WebAssembly inside the package. It reads no files, no clock and no network.
 *
 * @packageDocumentation
 */

import type { Explanation, ExplanationResult } from './explanation.js';
import type { DecidedBy, Decision, LocatedDiagnostic, PolicyType, RequestResult, ScenarioResult } from './result.js';
import type { EvaluationOptions, Policies, PolicyDocument, Scenario, ScenarioRequest } from './scenario.js';

export * from './scenario.js';
export * from './result.js';
export * from './explanation.js';

/**
 * Decides every request of a scenario under its policies.
 *
 * Whatever is wrong with the scenario or one of its policy documents comes back as diagnostics in
 * the result, with positions; then `valid` is false and nothing is decided.
 *
 * @param scenario A scenario, or the text of a scenario file. Text keeps the positions of
 *   diagnostics true to the file, and is the faster way in.
 * @throws {AdmittanceError} A `TypeError` with code `INVALID_ARGUMENT` when an argument is not
 *   what it should be, or cannot be written as JSON without loss. In the entry for browsers, an
 *   error with code `NOT_INITIALIZED` before `init()` has finished.
 * @example
 * ```js
 * const { results } = evaluate({
 *   policies: { identity: [policyText] },
 *   requests: [{ principal: 'arn:aws:iam::111122223333:user/ana', action: 's3:ListAllMyBuckets' }],
 * });
 * console.log(results[0].decision);
 * ```
 */
export function evaluate(scenario: Scenario | string, options?: EvaluateOptions): ScenarioResult;

/**
 * Explains the decisions on a scenario: the gates in AWS's order with what each says, the statement
 * that came nearest to another decision, and changes that flip the decision, as a tree with places
 * in the documents and as plain text.
 *
 * Finding the changes takes some hundred decisions for each request; for one request of many, name
 * it in the options. What is refused, and how, is the same as in {@link evaluate}.
 *
 * @example
 * ```js
 * const { explanations } = explain({
 *   policies: { identity: [policyText] },
 *   requests: [{ principal: 'arn:aws:iam::111122223333:user/ana', action: 's3:ListAllMyBuckets' }],
 * });
 * console.log(explanations[0].text);
 * ```
 */
export function explain(scenario: Scenario | string, options?: ExplainOptions): ExplanationResult;

/**
 * Policies that are read and compiled once, for any number of requests.
 *
 * Each request is decided as `evaluate` decides a scenario with these policies and this one request.
 * Policies and requests with an error are data, not exceptions: the answer on them is `Invalid`,
 * which is not `Allow`, and `diagnostics` say why.
 *
 * @example
 * ```js
 * const set = PolicySet.prepare({ identity: [policyText] });
 * const request = { principal: 'arn:aws:iam::111122223333:user/ana', action: 's3:ListAllMyBuckets' };
 * if (set.decide(request) === 'Allow') console.log('come in');
 * set.dispose();
 * ```
 */
export class PolicySet {
  private constructor();

  /**
   * Reads and compiles policies.
   *
   * @param policies The policies of a scenario, or their JSON text.
   * @param options Readings other than the default ones.
   * @throws {AdmittanceError} A `TypeError` with code `INVALID_ARGUMENT` when an argument is not what
   *   it should be. Whatever is wrong with the policies themselves is in `diagnostics`.
   */
  static prepare(policies: Policies | string, options?: EvaluationOptions): PolicySet;

  /** Whether no document has an error. If one has, every answer is `Invalid`. */
  readonly valid: boolean;

  /** Problems found in the policies. */
  readonly diagnostics: readonly LocatedDiagnostic[];

  /**
   * Decides a request: the answer alone, as fast as can be.
   *
   * A request whose principal is a text, with one resource or none and nothing beyond
   * `resourceAccount` and `context`, crosses into the engine without JSON.
   *
   * @throws {AdmittanceError} An error with code `DISPOSED` after `dispose()`; `INVALID_ARGUMENT` when
   *   the argument is not what it should be.
   */
  decide(request: ScenarioRequest | string): Answer;

  /**
   * Decides many requests at once, up to `limits.maxBatchLength`.
   *
   * @returns For each request the place of its answer in {@link answers}.
   * @example
   * ```js
   * const codes = set.decideMany(requests);
   * const refused = requests.filter((request, index) => answers[codes[index]] !== 'Allow');
   * ```
   */
  decideMany(requests: readonly (ScenarioRequest | string)[]): Uint8Array;

  /**
   * Decides many requests at once, as {@link PolicySet.decideMany}, and says of each what decided.
   *
   * @example
   * ```js
   * const rulings = set.ruleMany(requests);
   * requests.forEach((request, index) => {
   *   const by = set.locations[rulings.policies[index]] ?? gates[rulings.gates[index]];
   *   console.log(request.action, answers[rulings.answers[index]], by, rulings.statements[index]);
   * });
   * ```
   */
  ruleMany(requests: readonly (ScenarioRequest | string)[]): Rulings;

  /** Where the policies stand, such as `policies.identity[0]`: the lookup for {@link Rulings.policies}. */
  readonly locations: readonly string[];

  /** Decides a request and tells how: every gate, statement and element. */
  evaluate(request: ScenarioRequest | string): RequestEvaluation;

  /** Explains the decision on a request, with changes that flip it. */
  explain(request: ScenarioRequest | string): RequestExplanation;

  /** Gives the memory of the set back; it cannot be used any more. Doing so again does nothing. */
  dispose(): void;

  /** The same as `dispose()`, for `using`. */
  [Symbol.dispose](): void;
}

/** What can be answered on a request: its decision, or that an error in the policies or the request forbids one. */
export type Answer = Decision | 'Invalid';

/** The answers, in the order of the numbers that {@link PolicySet.decideMany} gives. */
export const answers: readonly ['Invalid', 'Allow', 'ExplicitDeny', 'ImplicitDeny', 'Depends'];

/** The gates, in the order of the numbers in {@link Rulings.gates}. */
export const gates: readonly DecidedBy[];

/** What {@link PolicySet.ruleMany} gives: in each array a place for each request. */
export interface Rulings {
  /** The answers: places in {@link answers}. */
  answers: Uint8Array;
  /** The gates that decided: places in {@link gates}; -1 where nothing was decided. */
  gates: Int8Array;
  /** The policies of the deciding statements: places in {@link PolicySet.locations}; -1 where no statement decided. */
  policies: Int32Array;
  /** The deciding statements: their indices in their documents, from 0; -1 where no statement decided. */
  statements: Int32Array;
}

/** What {@link PolicySet.evaluate} gives. */
export type RequestEvaluation =
  | {
      /** Nothing is wrong. */
      valid: true;
      /** Problems found in the request that are no errors. */
      diagnostics: LocatedDiagnostic[];
      /** The decision, and how it came about. */
      result: RequestResult;
    }
  | Refusal;

/** What {@link PolicySet.explain} gives. */
export type RequestExplanation =
  | {
      /** Nothing is wrong. */
      valid: true;
      /** Problems found in the request that are no errors. */
      diagnostics: LocatedDiagnostic[];
      /** Why the request is decided as it is. */
      explanation: Explanation;
    }
  | Refusal;

/** Nothing is decided, as the policies or the request have an error. */
export interface Refusal {
  /** Something is wrong. */
  valid: false;
  /** Problems found in the request; where a document has an error, in the documents. */
  diagnostics: LocatedDiagnostic[];
}

/**
 * Checks a policy document.
 *
 * @param document The document, or its text. Text keeps the positions of diagnostics true to the file.
 * @param policyType What the document is to be: each type has elements that it may not have.
 * @example
 * ```js
 * const { valid, diagnostics } = validate('{ "Version": "2012-10-17", "Statement": [] ', 'scp');
 * for (const { severity, message, range } of diagnostics) {
 *   console.log(`${range.start.line}:${range.start.column} ${severity}: ${message}`);
 * }
 * ```
 */
export function validate(document: PolicyDocument | string, policyType: DocumentType): Validation;

/** The types that a document can be checked as. */
export type DocumentType = PolicyType | 'role-trust' | 'kms-key';

/** What {@link validate} gives. */
export interface Validation {
  /** Whether there is no error; AWS would take the document. */
  valid: boolean;
  /** What was found, by place in the document's text. `location` is empty. */
  diagnostics: LocatedDiagnostic[];
}

/**
 * Decides every request of a scenario file: Node, Deno and Bun.
 *
 * @param file Its path, or its `file:` URL.
 * @throws {AdmittanceError} An error with code `FILE_UNREADABLE`; in environments without files, with
 *   code `NO_FILE_ACCESS`.
 * @example
 * ```js
 * const { results } = runScenario('reports.admittance.json');
 * console.log(results.every(({ passed }) => passed !== false));
 * ```
 */
export function runScenario(file: string | Instance<'URL'>): ScenarioResult;

/**
 * Loads the engine.
 *
 * Needed once in browsers, before the first call. Everywhere else the engine loads itself when it
 * is first called; there `init()` does that in advance, and ignores its argument.
 *
 * @param source Where the engine is, for set-ups in which the file `engine.wasm` does not lie next
 *   to the code: its address, a response with it, its bytes, or the compiled module.
 * @throws {AdmittanceError} An error with code `LOAD_FAILED`; the next call tries again.
 */
export function init(source?: EngineSource | PromiseLike<EngineSource>): Promise<void>;

/** The version of the package and of the engine in it. */
export const version: string;

/** How much is read. Beyond it there is a diagnostic, never a hang. */
export const limits: Limits;

/** The limits of one call. */
export interface Limits {
  /** The longest scenario text, in bytes of UTF-8. */
  readonly maxScenarioLength: number;
  /** The longest text of one policy document, in bytes of UTF-8. */
  readonly maxDocumentLength: number;
  /** The longest action, resource or context value of a request, in bytes of UTF-8. */
  readonly maxRequestValueLength: number;
  /** The deepest nesting of objects and lists; policies need seven levels. */
  readonly maxNesting: number;
  /** The most statements of one policy document. */
  readonly maxStatements: number;
  /** The most requests of one call of {@link PolicySet.decideMany}. */
  readonly maxBatchLength: number;
}

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  /**
   * Scenario texts with more UTF-16 code units are refused with a diagnostic. It can only lower
   * the limit that is in {@link limits}.
   */
  readonly maxScenarioLength?: number | undefined;
}

/** Options of {@link explain}. */
export interface ExplainOptions extends EvaluateOptions {
  /** The index of the one request to explain. Default: every request is explained. */
  readonly request?: number | undefined;
}

/** What the engine can be loaded from. */
export type EngineSource =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | Instance<'URL'>
  | Instance<'Request'>
  | Instance<'Response'>
  | (typeof globalThis extends { WebAssembly: { Module: { prototype: infer T } } } ? T : never);

/** The instance type of a global class, where the environment has it. */
type Instance<Name extends string> = typeof globalThis extends {
  [K in Name]: { prototype: infer T };
}
  ? T
  : never;

/** What the functions throw: for mistakes of the calling program and failures of the machine. */
export interface AdmittanceError extends Error {
  /**
   * - `INVALID_ARGUMENT`: an argument is not what it should be; a `TypeError` that names it.
   * - `NOT_INITIALIZED`: `init()` has not finished (browsers).
   * - `LOAD_FAILED`: the engine could not be loaded.
   * - `ENGINE_FAILED`: the engine stopped and was started again; a defect, or memory ran out. What it
   *   failed on is in the properties of the error. Prepared policies go on to work.
   * - `DISPOSED`: the policy set has been disposed of.
   * - `FILE_UNREADABLE`: the file cannot be read.
   * - `NO_FILE_ACCESS`: there are no files here.
   */
  readonly code:
    | 'INVALID_ARGUMENT'
    | 'NOT_INITIALIZED'
    | 'LOAD_FAILED'
    | 'ENGINE_FAILED'
    | 'DISPOSED'
    | 'FILE_UNREADABLE'
    | 'NO_FILE_ACCESS';
  /** With `ENGINE_FAILED`: the text of the scenario. */
  readonly scenario?: string;
  /** With `ENGINE_FAILED`: the text of the prepared policies. */
  readonly policies?: string;
  /** With `ENGINE_FAILED`: the text of the request. */
  readonly request?: string;
  /** With `ENGINE_FAILED`: the text of the requests, of which one is to blame. */
  readonly requests?: string;
  /** With `ENGINE_FAILED`: the text of the document. */
  readonly document?: string;
}
