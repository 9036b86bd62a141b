// What is wrong with a policy, and what it says.

import type { DocumentType } from '../index.js';
import type { LocatedDiagnostic, PolicyType, Severity, TextRange } from '../result.js';
import type { Policies, PolicyDocument } from '../scenario.js';

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
  /** The codes of which all or some is only found with the catalog ({@link loadCatalog}), if it is not loaded. */
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
  /** Whether all or some of what it is for is only found with the catalog. */
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

/**
 * Says what policies say about each action of a service, as the IAM console does when a service is chosen in a summary.
 *
 * @param policies The policies of a scenario, or their JSON text.
 * @param service What stands before the colon of its actions: `s3`.
 * @throws {AdmittanceError} An error with code `NOT_INITIALIZED` before the catalog is loaded.
 * @example
 * ```js
 * await loadCatalog();
 * const { documents } = summarizeService({ identity: [policyText] }, 's3');
 * for (const { level, covered, total } of documents[0].levels) console.log(`${level}: ${covered} of ${total}`);
 * for (const { action, covered, note } of documents[0].actions) if (covered) console.log(action, note ?? '');
 * ```
 */
export function summarizeService(policies: Policies | string, service: string): ServiceReport;

/** What policies say about each action of a service, document by document. */
export interface ServiceReport {
  /** False when a document has an error; nothing is said about such a document. */
  valid: boolean;
  /** Problems found in the policies and their documents. */
  diagnostics: LocatedDiagnostic[];
  /** What AWS calls the service; absent for one that the catalog does not have. */
  name?: string;
  /** What each document denies, and what it allows; those that say nothing of the service are left out. */
  documents: ServiceSummary[];
}

/** What a policy says about a service, and about each of its actions. */
export interface ServiceSummary extends ServiceRow {
  /** The document, such as `policies.identity[0]`. */
  location: string;
  /** Which statements it is about. */
  effect: 'Allow' | 'Deny';
  /** The service's actions, by access level and name; those that are not covered, too. */
  actions: ActionRow[];
}

/** What a policy says about an action. */
export interface ActionRow {
  /** Its name without the service: `GetObject`. */
  action: string;
  /** Its access level. */
  level: AccessLevel;
  /** Whether a statement covers it. */
  covered: boolean;
  /** The statements that do, by their index. */
  statements: number[];
  /**
   * Why that has no effect, if no statement's resource or condition fits, in the console's words:
   * `This action does not have an applicable resource.`
   */
  note?: string;
}

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
  /** `All resources`, `This key` in a key policy, `Multiple`, or the one resource: `BucketName = photos` where the service tells what its parts are. */
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
