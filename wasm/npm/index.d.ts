/// <reference lib="esnext.disposable" />

/**
 * AWS IAM policy evaluation that decides as AWS documents it, and explains why.
 *
 * The engine is WebAssembly inside the package. It reads no files, no clock and no network.
 *
 * @packageDocumentation
 */

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

// What goes in: the scenario. Its JSON Schema is `admittance/schema`.

/** Policies, the requests to decide under them, and the decisions that are expected. */
export interface Scenario {
  /** The address of the JSON Schema, for editors. */
  readonly $schema?: string | undefined;
  /** A short headline. */
  readonly name?: string | undefined;
  /** What the scenario shows, in a sentence or two. */
  readonly description?: string | undefined;
  /** Where the rule comes from: an AWS page, a specification id. */
  readonly source?: string | undefined;
  /** Ids of the rules that the scenario covers, such as `D-20`. */
  readonly rules?: readonly string[] | undefined;
  /** Readings other than the default ones, where AWS's documentation leaves a choice. */
  readonly options?: EvaluationOptions | undefined;
  /** The policies that take part. */
  readonly policies: Policies;
  /** The requests to decide, in order. */
  readonly requests: readonly ScenarioRequest[];
}

/**
 * Where AWS's pages are silent or contradict each other, the reading that is taken. A result says
 * when another one would change its decision.
 */
export interface EvaluationOptions {
  /** A `*` that ends one of the first five parts of a resource ARN may match colons too. Default: true. */
  readonly resourceStarCrossesColons?: boolean | undefined;
  /** A multivalued key whose values are all empty strings has values. Default: false. */
  readonly forallEmptyStringIsValue?: boolean | undefined;
  /** A variable without a value makes the whole statement inapplicable. Default: false. */
  readonly unresolvedVariableInvalidatesStatement?: boolean | undefined;
  /** Deny with `NotPrincipal` spares a caller whose own ARN alone is listed. Default: false. */
  readonly notPrincipalParentsOptional?: boolean | undefined;
  /** A trust policy that names a user is limited by the user's permissions boundary. Default: false. */
  readonly trustGrantLimitedByBoundary?: boolean | undefined;
  /** `ForAnyValue:…IfExists` on a missing key holds. Default: true. */
  readonly forAnyValueIfExistsHolds?: boolean | undefined;
  /** Duplicate keys are read as AWS reads them in documents stored long ago. Default: false. */
  readonly legacyDuplicateKeys?: boolean | undefined;
}

/** The policies of a scenario, by policy type. */
export interface Policies {
  /** Identity-based policies of the caller: its own, inline or managed, and those of its groups. */
  readonly identity?: readonly Policy[] | undefined;
  /** Resource-based policies of the resource, role trust and KMS key policies included. */
  readonly resource?: Policy | readonly Policy[] | undefined;
  /** The policy of the S3 access point that the request goes through. */
  readonly accessPoint?: Policy | undefined;
  /** The permissions boundary of the calling user or role. */
  readonly permissionsBoundary?: Policy | undefined;
  /** Session policies passed when the session was made. */
  readonly session?: readonly Policy[] | undefined;
  /**
   * Service control policies of the caller's account: root first, account last.
   * When absent, the organization does not use SCPs, or there is no organization.
   */
  readonly serviceControl?: readonly OrganizationLevel[] | undefined;
  /** Resource control policies of the resource's account: root first, account last. */
  readonly resourceControl?: readonly OrganizationLevel[] | undefined;
  /** The policy of the VPC endpoint that the request came through. */
  readonly vpcEndpoint?: Policy | undefined;
}

/** The policies attached to one level of the organization: the root, an OU, or the account. */
export interface OrganizationLevel {
  /** The name of the root, OU or account. */
  readonly name?: string | undefined;
  /** The policies attached at this level. */
  readonly policies: readonly Policy[];
}

/**
 * One policy: its text, its document as an object, or either of them with where it is attached.
 *
 * Ranges in results count in the policy's text. For a document given as an object that text is
 * its compact JSON form.
 */
export type Policy = string | PolicyDocument | PolicySource;

/** One policy document and where it is attached. */
export interface PolicySource {
  /** The policy's name. */
  readonly name?: string | undefined;
  /** What an identity policy is attached to. */
  readonly attachedTo?: 'user' | 'role' | `group/${string}` | (string & {}) | undefined;
  /**
   * What kind of resource-based policy this is; when absent, the ARN of the requested resource tells.
   * For a VPC endpoint policy, the kind of endpoint.
   */
  readonly kind?:
    | 'general'
    | 'role-trust'
    | 'kms-key'
    | 'gateway'
    | 'interface'
    | (string & {})
    | undefined;
  /** The document, as text or as an object. */
  readonly document: string | PolicyDocument;
}

/** A policy document. Its grammar is checked by the engine, not by this type. */
export interface PolicyDocument {
  /** `2012-10-17`; without it AWS applies `2008-10-17`, which has no policy variables. */
  readonly Version?: string | undefined;
  /** An id of the document. */
  readonly Id?: string | undefined;
  /** One statement or several. */
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

/** One statement of a policy document. */
export interface PolicyStatement {
  /** The statement's id. */
  readonly Sid?: string | undefined;
  /** `Allow` or `Deny`. */
  readonly Effect: string;
  /** The principals that the statement is about; in resource-based policies. */
  readonly Principal?: string | PolicyMap | undefined;
  /** The principals that the statement is not about; in resource-based policies. */
  readonly NotPrincipal?: string | PolicyMap | undefined;
  /** The actions that the statement is about. */
  readonly Action?: string | readonly string[] | undefined;
  /** The actions that the statement is not about. */
  readonly NotAction?: string | readonly string[] | undefined;
  /** The resources that the statement is about. */
  readonly Resource?: string | readonly string[] | undefined;
  /** The resources that the statement is not about. */
  readonly NotResource?: string | readonly string[] | undefined;
  /** Operators, the condition keys of each, and their values. */
  readonly Condition?: { readonly [operator: string]: PolicyMap | undefined } | undefined;
}

/** Principal types with principals, or condition keys with values. */
export interface PolicyMap {
  readonly [key: string]:
    | string
    | number
    | boolean
    | readonly (string | number | boolean)[]
    | undefined;
}

/** One request, and optionally what its decision should be. */
export interface ScenarioRequest {
  /** A short name for this request. */
  readonly name?: string | undefined;
  /** Who calls: an ARN or other principal id, or that with what the ARN does not say. */
  readonly principal: string | ScenarioPrincipal;
  /** The action, `service:Name`. */
  readonly action: string;
  /** The ARN of the resource, or of several, each authorized by itself. When absent: `*`. */
  readonly resource?: string | readonly string[] | undefined;
  /** The account that owns the resource, when its ARN does not say: 12 digits. */
  readonly resourceAccount?: string | undefined;
  /** The resource's account is the organization's management account. */
  readonly resourceInManagementAccount?: boolean | undefined;
  /** The KMS key is an AWS managed one, which resource control policies do not bind. */
  readonly awsManagedKey?: boolean | undefined;
  /** A KMS grant covers this principal and operation. */
  readonly kmsGrantAllows?: boolean | undefined;
  /** What Amazon S3 looks at beside the policies. */
  readonly s3?: ScenarioS3 | undefined;
  /** The request context. Keys are compared without case. */
  readonly context?: { readonly [key: string]: ContextValue | undefined } | undefined;
  /** Condition keys of which nothing is known; they win over `context` and over derived keys. */
  readonly unknown?: readonly string[] | undefined;
  /** Further actions that the same call needs; the request is allowed only if all of them are. */
  readonly further?: FurtherAction | readonly FurtherAction[] | undefined;
  /** The decision that is expected. */
  readonly expect?: Expectation | undefined;
}

/** A further action that a call needs, by the same principal: `iam:PassRole` for `ec2:RunInstances`. */
export interface FurtherAction {
  /** The action, `service:Name`. */
  readonly action: string;
  /** The ARNs of its resources. When absent: `*`. */
  readonly resource?: string | readonly string[] | undefined;
  /** The account that owns its resources, when their ARNs do not say: 12 digits. */
  readonly resourceAccount?: string | undefined;
  /** Context keys that differ from the request's. */
  readonly context?: { readonly [key: string]: ContextValue | undefined } | undefined;
}

/** What Amazon S3 looks at beside the policies. What is absent was not given, and is not looked at. */
export interface ScenarioS3 {
  /** The settings in effect: the strictest of access point, bucket, account and organization. */
  readonly blockPublicAccess?: ScenarioBlockPublicAccess | undefined;
  /** For a request through an access point: the name of the bucket behind it. */
  readonly bucket?: string | undefined;
  /**
   * The account that owns the bucket; for a request through an access point it can be another than
   * the access point's.
   */
  readonly bucketOwner?: string | undefined;
  /** The account that owns the object, if the bucket does not make its owner the owner of all objects. */
  readonly objectOwner?: string | undefined;
  /** Whom the object's ACL gives the permission that the action needs. */
  readonly objectAcl?: 'none' | 'caller' | 'public' | (string & {}) | undefined;
}

/** S3's Block Public Access settings. */
export interface ScenarioBlockPublicAccess {
  /** With a public policy, only AWS services and identities of the owners' accounts get in. */
  readonly restrictPublicBuckets?: boolean | undefined;
  /** ACLs that grant to everybody do not count. */
  readonly ignorePublicAcls?: boolean | undefined;
  /** Calls that set an ACL that grants to everybody fail. */
  readonly blockPublicAcls?: boolean | undefined;
  /**
   * Calls that set a public policy fail; since that policy is not part of a request, a remark says so.
   */
  readonly blockPublicPolicy?: boolean | undefined;
}

/** The calling principal, with what its ARN does not say. */
export interface ScenarioPrincipal {
  /**
   * The ARN of a user, assumed-role session, federated user, account root, SAML or OIDC provider;
   * or a service principal (`lambda.amazonaws.com`), a role ARN, `anonymous`.
   */
  readonly arn: string;
  /** For a session: the ARN of its role, with the path. */
  readonly roleArn?: string | undefined;
  /** For a principal given as a role ARN: the name of the session. */
  readonly sessionName?: string | undefined;
  /** For a federated user: the IAM user that called GetFederationToken. */
  readonly federatingUserArn?: string | undefined;
  /** The canonical user id of the caller's account, which `CanonicalUser` principals of S3 name. */
  readonly canonicalUserId?: string | undefined;
  /**
   * The user, or root user, calls with the credentials of GetSessionToken: IAM only with MFA
   * (`aws:MultiFactorAuthPresent`), of STS only AssumeRole and GetCallerIdentity.
   */
  readonly getSessionToken?: boolean | undefined;
  /** The principal is a service-linked role. */
  readonly serviceLinkedRole?: boolean | undefined;
  /** The principal belongs to the organization's management account. */
  readonly inManagementAccount?: boolean | undefined;
}

/**
 * The value of a context key: a scalar for a single-valued key, a list for a multivalued one
 * whatever its length, `null` for a key that is absent even if it would be derived.
 */
export type ContextValue =
  | string
  | number
  | boolean
  | readonly (string | number | boolean)[]
  | null;

/** What a request's decision should be. */
export interface Expectation {
  /** The decision; or `Invalid`, where an error in a document or the request forbids one. */
  readonly decision: Decision | 'Invalid';
  /** The gate that decides. */
  readonly decidedBy?: DecidedBy | undefined;
  /** The deciding statement: its Sid, or `#` and its index from 0. */
  readonly statement?: string | undefined;
  /** With `Depends`: the keys that it depends on, in any order. Empty: whichever they are. */
  readonly dependsOn?: readonly string[] | undefined;
}

// What comes out: the result.

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
   * Over several resources: `Allow` only if each is allowed, else the first that is not. `Invalid` if
   * the request has an error.
   */
  decision: Answer;
  /** The gate that decided; empty if the request has an error. */
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
  /** For several resources or further actions: each pair with its decision. */
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
  /** Combinations of values of these keys, each with its decision; empty if there are too many. */
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

/** The value of an unknown key in a combination: absent, any value that no policy names, or this one. */
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
  /** The gate that decided. */
  decidedBy: DecidedBy;
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

// What `explain` gives.

/** The explanations of a scenario's decisions. */
export interface ExplanationResult {
  /**
   * False when something has an error: an error of a request leaves that request unexplained, any
   * other error all of them.
   */
  valid: boolean;
  /** Problems found in the scenario, its documents and its requests. */
  diagnostics: LocatedDiagnostic[];
  /** One explanation for each request without an error, in order, or the one that was asked for. */
  explanations: Explanation[];
}

/** Why a request is decided as it is, for people. */
export interface Explanation {
  /** The index of the request. */
  request: number;
  /** The answer in one sentence. */
  answer: string;
  /** The chain of gates, in the order in which AWS evaluates them. */
  gates: ExplanationLine[];
  /**
   * The statement that came nearest to deciding otherwise, with its elements; absent where none
   * came near.
   */
  closest?: ExplanationLine;
  /** Changes that flip the decision, the ones that change least first. */
  suggestions: Suggestion[];
  /** Remarks: assumptions, and points that AWS's documentation leaves open. */
  notes: string[];
  /** All of this as plain text. */
  text: string;
}

/** One line of an explanation. */
export interface ExplanationLine {
  /** The line: a sentence. */
  text: string;
  /** What it says about the request. */
  mark: Mark;
  /** What it speaks of. */
  link?: SourceLink;
  /** Whether the plain text leaves this line and its children out, as the line above sums them up. */
  folded?: boolean;
  /** The lines below it. */
  children?: ExplanationLine[];
}

/**
 * What a line says about the request.
 *
 * - `pass`: it passes; it matches.
 * - `fail`: it stands in the way; it does not match.
 * - `open`: it depends on keys that are unknown.
 * - `neutral`: none of these; it plays no part, or says something in addition.
 */
export type Mark = 'pass' | 'fail' | 'open' | 'neutral';

/** A place in a document. */
export interface SourceLink {
  /** The document, such as `policies.identity[0]`. */
  location: string;
  /** The part of its text; absent for the whole document. */
  range?: TextRange;
}

/** Changes that together flip the decision on a request. Each suggestion was tried before it is given. */
export interface Suggestion {
  /** The index of the request that it is about. */
  request: number;
  /** What to do, in one sentence. */
  summary: string;
  /** The changes, in the order in which they are to be made. */
  changes: Change[];
  /** The decision after them. */
  decision: Decision;
}

/** One change to a scenario. */
export type Change = ContextChange | ResourceChange | EditChange | DocumentChange;

/** Give a context key of the request another value, or (`null`) take it out. */
export interface ContextChange {
  kind: 'context';
  /** What to do, in one sentence. */
  summary: string;
  /** The key. */
  key: string;
  /** Its new value. */
  value: string | string[] | null;
}

/** Request another resource. */
export interface ResourceChange {
  kind: 'resource';
  /** What to do, in one sentence. */
  summary: string;
  /** The index of the resource in the request. */
  index: number;
  /** The new resource's ARN. */
  value: string;
}

/** Replace a part of a document's text. */
export interface EditChange {
  kind: 'edit';
  /** What to do, in one sentence. */
  summary: string;
  /** The document, such as `policies.identity[0]`. */
  location: string;
  /** The part that is replaced. It counts in the text that the changes before this one left. */
  range: TextRange;
  /** What takes its place. */
  newText: string;
}

/** Attach a new document. */
export interface DocumentChange {
  kind: 'document';
  /** What to do, in one sentence. */
  summary: string;
  /** The place of the new document, such as `policies.resource[0]`. */
  location: string;
  /** For a resource-based policy, its kind. */
  resourceKind?: 'role-trust' | 'kms-key' | 'general';
  /** Its text. */
  document: string;
}
