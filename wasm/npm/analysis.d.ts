/**
 * What Admittance does beyond deciding: validation, summaries, the catalog of actions, AWS's own shapes, and the changes
 * that explanations suggest.
 *
 * A second WebAssembly file, which is loaded when it is first used.
 *
 * @packageDocumentation
 */

import type {
  DocumentType,
  EngineSource,
  LocatedDiagnostic,
  Policies,
  PolicyDocument,
  PolicySource,
  PolicyType,
  Scenario,
  ScenarioRequest,
  Severity,
  Suggestion,
  TextRange,
} from '../index.js';

export type { AdmittanceError, EngineSource, LocatedDiagnostic, Scenario, Suggestion } from '../index.js';

/**
 * Loads the WebAssembly file. As `init` of the main entry: needed once in browsers, before the first call; everywhere
 * else the file is loaded when it is first needed.
 *
 * @param source Where the file is, for set-ups in which `analysis.wasm` does not lie next to the code.
 * @throws {AdmittanceError} An error with code `LOAD_FAILED`; the next call tries again.
 */
export function init(source?: EngineSource | PromiseLike<EngineSource>): Promise<void>;

// AWS's policy simulator.

/**
 * Decides a request to the policy simulator and answers in the shape of its response.
 *
 * The shapes are the simulator's, the decisions are IAM's: every policy takes part, where the simulator itself leaves
 * some aside. Responses are never cut into pages.
 *
 * @param request A SimulateCustomPolicy request, or its JSON text, as `aws iam simulate-custom-policy --cli-input-json`
 *   takes it; or a scenario.
 * @throws {AdmittanceError} A `TypeError` with code `INVALID_ARGUMENT` when the argument is not what it should be, or
 *   cannot be written as JSON without loss. Whatever is wrong with the request itself is in `diagnostics`.
 * @example
 * ```js
 * const { response } = simulate({
 *   PolicyInputList: [policyText],
 *   ActionNames: ['s3:ListAllMyBuckets'],
 * });
 * console.log(response.EvaluationResults[0].EvalDecision);
 * ```
 */
export function simulate(request: SimulateCustomPolicyRequest | Scenario | string): Simulation;

/**
 * Turns a request to the policy simulator into a scenario, which can be evaluated, explained and kept as a test.
 *
 * @example
 * ```js
 * const { scenario } = toScenario({ PolicyInputList: [policyText], ActionNames: ['s3:ListAllMyBuckets'] });
 * console.log(scenario.requests[0].action);
 * ```
 */
export function toScenario(request: SimulateCustomPolicyRequest | Scenario | string): ScenarioReading;

/** A request to SimulateCustomPolicy. */
export interface SimulateCustomPolicyRequest {
  /** The identity-based policies: texts; objects are taken too. */
  readonly PolicyInputList: readonly (string | PolicyDocument)[];
  /** The permissions boundary; one at most. */
  readonly PermissionsBoundaryPolicyInputList?: readonly (string | PolicyDocument)[] | undefined;
  /** The service control policies of each level of the organization, root first. */
  readonly OrderedOrganizationPolicyInputList?: readonly OrganizationPolicyInput[] | undefined;
  /** The actions to simulate. */
  readonly ActionNames: readonly string[];
  /** The resources, each simulated by itself. Default: `*`. */
  readonly ResourceArns?: readonly string[] | undefined;
  /** The policy attached to every resource. */
  readonly ResourcePolicy?: string | PolicyDocument | undefined;
  /** The owner of resources whose ARN names none: the ARN of an account. */
  readonly ResourceOwner?: string | undefined;
  /** The ARN of the IAM user that calls. */
  readonly CallerArn?: string | undefined;
  /** The context keys of the requests. */
  readonly ContextEntries?: readonly ContextEntry[] | undefined;
  /** For `ec2:RunInstances`: which types of resources have to be among those simulated. */
  readonly ResourceHandlingOption?: string | undefined;
  /** Has no effect: all results are given at once. */
  readonly MaxItems?: number | undefined;
}

/** The service control policies of one level of the organization. */
export interface OrganizationPolicyInput {
  /** The policies. */
  readonly ServiceControlPolicyInputList?: readonly (string | PolicyDocument)[] | undefined;
}

/** A context key and its values. */
export interface ContextEntry {
  /** The key. */
  readonly ContextKeyName: string;
  /** Its values; for a type that is no list, one. */
  readonly ContextKeyValues?: readonly string[] | undefined;
  /** Its type. Default: `string`. */
  readonly ContextKeyType?: ContextKeyType | undefined;
}

/** The types of context keys. */
export type ContextKeyType =
  | 'string'
  | 'stringList'
  | 'numeric'
  | 'numericList'
  | 'boolean'
  | 'booleanList'
  | 'ip'
  | 'ipList'
  | 'binary'
  | 'binaryList'
  | 'date'
  | 'dateList';

/** What {@link simulate} gives. */
export type Simulation =
  | {
      /** Nothing is wrong. */
      valid: true;
      /** Problems found that are no errors. */
      diagnostics: LocatedDiagnostic[];
      /** The response, in AWS's shape. */
      response: SimulatePolicyResponse;
    }
  | Refused;

/** The request, or a document in it, has an error. */
export interface Refused {
  /** Something is wrong. */
  valid: false;
  /** What it is, and where. */
  diagnostics: LocatedDiagnostic[];
}

/** A response of SimulateCustomPolicy. */
export interface SimulatePolicyResponse {
  /** One result for each action. */
  EvaluationResults: EvaluationResult[];
  /** Whether there is more; there never is. */
  IsTruncated: boolean;
}

/** A decision, in the simulator's words. */
export type PolicyEvaluationDecision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** The result for an action over all its resources. */
export interface EvaluationResult {
  /** The action. */
  EvalActionName: string;
  /** Always `*`; the resources are in `ResourceSpecificResults`. */
  EvalResourceName: string;
  /** The most restrictive decision over the resources. */
  EvalDecision: PolicyEvaluationDecision;
  /** The statements that decided, of identity-based and resource-based policies. */
  MatchedStatements: MatchedStatement[];
  /** Condition keys that are asked for and that have no value, where the resource is `*`. */
  MissingContextValues: string[];
  /** What the service control policies say, where there are any. */
  OrganizationsDecisionDetail?: OrganizationsDecisionDetail;
  /** What the permissions boundary says, where there is one. */
  PermissionsBoundaryDecisionDetail?: PermissionsBoundaryDecisionDetail;
  /** Across accounts: the decision of each policy type. */
  EvalDecisionDetails?: Record<string, PolicyEvaluationDecision>;
  /** The result for each resource; absent where the resource is `*` alone. */
  ResourceSpecificResults?: ResourceSpecificResult[];
}

/** The result for an action on one resource. */
export interface ResourceSpecificResult {
  /** The resource's ARN. */
  EvalResourceName: string;
  /** The decision. */
  EvalResourceDecision: PolicyEvaluationDecision;
  /** The statements that decided, of identity-based and resource-based policies. */
  MatchedStatements: MatchedStatement[];
  /** Condition keys that are asked for and that have no value. */
  MissingContextValues: string[];
  /** Across accounts: the decision of each policy type. */
  EvalDecisionDetails?: Record<string, PolicyEvaluationDecision>;
  /** What the permissions boundary says, where there is one. */
  PermissionsBoundaryDecisionDetail?: PermissionsBoundaryDecisionDetail;
}

/** A statement that decided. */
export interface MatchedStatement {
  /** The policy's name, such as `PolicyInputList.1`. */
  SourcePolicyId: string;
  /** What the policy is attached to. */
  SourcePolicyType: 'user' | 'group' | 'role' | 'resource' | 'none';
  /** Where the statement begins. */
  StartPosition: PolicyPosition;
  /** Where it ends, one past its closing brace. */
  EndPosition: PolicyPosition;
}

/** A place in a policy's text, counted from 1. */
export interface PolicyPosition {
  /** The line. */
  Line: number;
  /** The column. */
  Column: number;
}

/** What the service control policies say. */
export interface OrganizationsDecisionDetail {
  /** Whether they allow. */
  AllowedByOrganizations: boolean;
}

/** What the permissions boundary says. */
export interface PermissionsBoundaryDecisionDetail {
  /** Whether it allows. */
  AllowedByPermissionsBoundary: boolean;
}

// Scenarios made from other texts.

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

// What is wrong with a policy, and what it says.

/**
 * Checks a policy document: the checks of IAM Access Analyzer with its codes, and checks beyond them.
 *
 * @param document The document, or its text. Ranges count in the text; for an object, in its compact JSON form.
 * @param policyType What the document is to be.
 * @example
 * ```js
 * await loadCatalog();
 * const text = '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" } }';
 * const { findings, skipped } = validatePolicy(text, 'identity');
 * for (const { code, severity, range } of findings) console.log(range.start.line, severity, code);
 * ```
 */
export function validatePolicy(
  document: PolicyDocument | string,
  policyType: DocumentType,
  options?: ValidateOptions,
): PolicyValidation;

/** Options of {@link validatePolicy}. */
export interface ValidateOptions {
  /** The kind of resource that a resource-based policy is attached to, which has checks of its own. */
  readonly resourceType?:
    | 'AWS::S3::Bucket'
    | 'AWS::S3::AccessPoint'
    | 'AWS::S3::MultiRegionAccessPoint'
    | 'AWS::S3ObjectLambda::AccessPoint'
    | 'AWS::DynamoDB::Table'
    | (string & {})
    | undefined;
}

/** What {@link validatePolicy} gives. */
export interface PolicyValidation {
  /** Whether there is no error; AWS would take the document. */
  valid: boolean;
  /** The findings, in the order of the text; at one place the most serious first. */
  findings: Finding[];
  /** The codes that are only found with the catalog ({@link loadCatalog}), if it is not loaded. */
  skipped: string[];
}

/** Something that is wrong with a policy, or could be better. */
export interface Finding {
  /** Access Analyzer's code where it has one. */
  code: string;
  /** How serious it is: Access Analyzer's classes. */
  severity: Severity;
  /** What is wrong. */
  message: string;
  /** What to write instead. */
  help?: string;
  /** The exact part of the text. */
  range: TextRange;
  /** A change of the text that removes the finding. */
  fix?: Fix;
}

/** A change of a text. */
export interface Fix {
  /** What it does, in a few words. */
  title: string;
  /** The edits, in the order of the text; they do not overlap, and all ranges are those of the text before. */
  edits: FixEdit[];
}

/** A part of a text and what takes its place. */
export interface FixEdit {
  /** The part. */
  range: TextRange;
  /** What takes its place. */
  newText: string;
}

/**
 * Makes the fixes of findings, those that do not touch an earlier one. Validate again to have the rest.
 *
 * @param text The text that was validated.
 * @example
 * ```js
 * const text = '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObject"], "Resource": "*" } }';
 * console.log(applyFixes(text, validatePolicy(text, 'identity').findings));
 * ```
 */
export function applyFixes(text: string, findings: readonly Finding[]): string;

/** Every code that {@link validatePolicy} can give. */
export function findingCodes(): FindingCode[];

/** A kind of finding. */
export interface FindingCode {
  /** Its name. */
  code: string;
  /** How serious it mostly is; a finding has its own. */
  severity: Severity;
  /** Who knows it: Access Analyzer, the parser, or this package alone. */
  origin: 'access-analyzer' | 'parser' | 'admittance';
  /** Whether it is only found with the catalog. */
  needsCatalog: boolean;
}

/**
 * Says what policies say, a sentence for each statement.
 *
 * @param policies The policies of a scenario, or their JSON text. With the catalog loaded, sentences say more.
 * @example
 * ```js
 * const { documents } = summarize({ identity: [policyText] });
 * for (const { text } of documents[0].sentences) console.log(text);
 * ```
 */
export function summarize(policies: Policies | string): Summary;

/** What policies say. */
export interface Summary {
  /** False when a document has an error; nothing is said about such a document. */
  valid: boolean;
  /** Problems found in the policies and their documents. */
  diagnostics: LocatedDiagnostic[];
  /** Each document by itself. */
  documents: DocumentSummary[];
  /** What the caller can do under all of them; only with the catalog, and if no document has an error. */
  principal?: PrincipalSummary;
}

/** What one document says. */
export interface DocumentSummary {
  /** The document, such as `policies.identity[0]`. */
  location: string;
  /** Its type. */
  policyType: PolicyType;
  /** Its name. */
  policyName?: string;
  /** What a policy of this type does at all, where that is not to grant. */
  about?: string;
  /** What it says, a sentence for each statement. */
  sentences: Sentence[];
  /** What it says, service by service; only with the catalog. */
  table?: PolicyTable;
}

/** What a statement says. */
export interface Sentence {
  /** The statement's index in the document, from 0. */
  statement: number;
  /** Its Sid. */
  sid?: string;
  /** Its effect. */
  effect: 'Allow' | 'Deny';
  /** The sentence. */
  text: string;
  /** The sentence in parts, which together are `text`. */
  parts: SentencePart[];
  /** What has to be added: what variables stand for, whom NotPrincipal denies. */
  notes?: string[];
  /** Where the statement stands in its document. */
  range: TextRange;
}

/** A part of a sentence, and what it tells of. */
export interface SentencePart {
  /** The words. */
  text: string;
  /** The value in the document that they tell of. */
  range?: TextRange;
}

/** A policy summary as the IAM console shows it: what is allowed, and by itself what is denied, service by service. */
export interface PolicyTable {
  /** The number of services that are known. */
  knownServices: number;
  /** Services that are named and not known, as they are named. */
  uncategorized: string[];
  /** What is denied. It is not taken from what is allowed. */
  deny: ServiceRow[];
  /** What is allowed. */
  allow: ServiceRow[];
}

/** What a policy says about a service. */
export interface ServiceRow {
  /** What stands before the colon of its actions: `s3`. */
  service: string;
  /** What AWS calls it. */
  name: string;
  /** `Full access`, or `Full: List, Read Limited: Write`; `None` where no known action is covered. */
  access: string;
  /** The access levels of the service. */
  levels: LevelRow[];
  /** `All resources`, `Multiple`, or the one resource. */
  resource: string;
  /** Every resource, as it stands in the policy; those of NotResource with `not` before them. */
  resources: string[];
  /** `None`, `Multiple`, or the one condition. */
  condition: string;
  /** Every condition, as key, operator and values. */
  conditions: string[];
  /** Where actions, resources and conditions do not fit together. */
  warnings?: string[];
  /** Names and patterns of actions that cover no action that is known. */
  uncategorizedActions?: string[];
  /** The statements that are about the service, by their index. */
  statements: number[];
}

/** How many actions of an access level a policy covers: 35 of 52. */
export interface LevelRow {
  /** The access level. */
  level: AccessLevel;
  /** How many are covered. */
  covered: number;
  /** How many there are. */
  total: number;
}

/** What an action does, in AWS's five classes. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging';

/** What a principal can do under all of its policies. */
export interface PrincipalSummary {
  /** Its identity-based policies as one. */
  identity: PolicyTable;
  /** What is left of that under its boundary, its session policies and the service control policies. */
  effective: EffectiveService[];
  /** What has to be said about it. */
  notes: string[];
}

/** What is left of the permissions for a service. */
export interface EffectiveService {
  /** What stands before the colon of its actions. */
  service: string;
  /** What AWS calls it. */
  name: string;
  /** The access levels that are left, as in a {@link ServiceRow}. */
  access: string;
  /** The access levels of the service. */
  levels: EffectiveLevel[];
}

/** What is left of an access level. */
export interface EffectiveLevel {
  /** The access level. */
  level: AccessLevel;
  /** How many actions there are. */
  total: number;
  /** How many an identity-based policy allows. */
  granted: number;
  /** How many of these are left. */
  left: number;
  /** How many of what is granted the permissions boundary does not allow. */
  beyondBoundary?: number;
  /** How many of what is granted no session policy allows. */
  beyondSession?: number;
  /** How many of what is granted the service control policies of some level do not allow. */
  beyondServiceControl?: number;
  /** How many of what is granted a Deny statement denies whatever the resource and the request. */
  denied?: number;
  /** How many of what is left a Deny statement denies for some resources or under some conditions. */
  partlyDenied?: number;
}

// The catalog of services, actions, resource types and condition keys.

/**
 * Loads the catalog, a file of its own (`admittance/catalog.bin`).
 *
 * @param source Where it is, if it does not lie with the package's code: its address, a response with it, or its bytes.
 *   Cloudflare Workers need the bytes.
 * @throws {AdmittanceError} An error with code `LOAD_FAILED`.
 * @example
 * ```js
 * const { services, actions, date } = await loadCatalog();
 * console.log(services, actions, date);
 * ```
 */
export function loadCatalog(source?: CatalogSource | PromiseLike<CatalogSource>): Promise<CatalogMetadata>;

/** What the catalog can be loaded from. */
export type CatalogSource = EngineSource;

/** Where the catalog comes from, and how much is in it. */
export interface CatalogMetadata {
  /** The package that the facts were taken from. */
  source: string;
  /** Its version. */
  version: string;
  /** The day on which its facts were collected. */
  date: string;
  /** The number of services. */
  services: number;
  /** The number of actions. */
  actions: number;
  /** The number of resource types. */
  resourceTypes: number;
  /** The number of condition keys, counted once for every service that lists them. */
  conditionKeys: number;
  /** The number of dependent actions, over all actions. */
  dependentActions: number;
}

/**
 * The actions that a pattern of an `Action` element covers.
 *
 * @throws {AdmittanceError} An error with code `NOT_INITIALIZED` before the catalog is loaded.
 * @example
 * ```js
 * await loadCatalog();
 * console.log(expandActions('s3:GetBucketA*'));
 * ```
 */
export function expandActions(pattern: string): string[];

/**
 * What a text typed into an `Action` element can become, the best first: actions, and services with a colon.
 *
 * @param limit How many at most. Default: 20.
 * @throws {AdmittanceError} An error with code `NOT_INITIALIZED` before the catalog is loaded.
 */
export function completeAction(typed: string, limit?: number): string[];

/**
 * What is known of an action; `undefined` for one that the catalog does not have.
 *
 * @throws {AdmittanceError} An error with code `NOT_INITIALIZED` before the catalog is loaded.
 * @example
 * ```js
 * await loadCatalog();
 * const { accessLevel, resourceTypes, conditionKeys } = describeAction('s3:GetObject');
 * console.log(accessLevel, resourceTypes[0].arnFormats[0], conditionKeys.length);
 * ```
 */
export function describeAction(name: string): ActionDetails | undefined;

/** An action. */
export interface ActionDetails {
  /** Its name, as AWS writes it. */
  name: string;
  /** What AWS calls its service. */
  service: string;
  /** What it does. */
  accessLevel: AccessLevel;
  /** The types of resources that it can be limited to; if there are none, its `Resource` is `*`. */
  resourceTypes: ActionResourceType[];
  /** The condition keys that its requests can carry besides the global ones. */
  conditionKeys: ActionConditionKey[];
  /** Other actions that its caller has to be allowed, too. */
  dependentActions: string[];
}

/** A type of resource that an action is about. */
export interface ActionResourceType {
  /** Its name. */
  name: string;
  /** Whether every request for the action names a resource of this type. */
  required: boolean;
  /** What its ARNs look like. */
  arnFormats: string[];
}

/** A condition key that requests for an action can carry. */
export interface ActionConditionKey {
  /** Its name. */
  name: string;
  /** The type of its values. */
  type: 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IPAddress' | 'Binary';
  /** Whether it has a set of values. */
  multivalued: boolean;
}

// What AWS's tools print.

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
