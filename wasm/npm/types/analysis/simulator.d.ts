// AWS's policy simulator.

import type { LocatedDiagnostic } from '../result.js';
import type { PolicyDocument, Scenario } from '../scenario.js';
import type { ScenarioReading } from './scenario.js';

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
