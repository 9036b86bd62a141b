// What goes in: the scenario. Its JSON Schema is `admittance/schema`.

import type { DecidedBy, Decision } from './result.js';

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
   * For a VPC endpoint policy, the kind of endpoint. For an identity policy, `managed` or `inline`, which
   * decides nothing.
   */
  readonly kind?:
    | 'general'
    | 'role-trust'
    | 'kms-key'
    | 'gateway'
    | 'interface'
    | 'managed'
    | 'inline'
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
