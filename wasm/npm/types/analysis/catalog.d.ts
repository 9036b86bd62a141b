// The catalog of services, actions, resource types and condition keys.

import type { EngineSource } from '../index.js';
import type { AccessLevel } from './policies.js';

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
