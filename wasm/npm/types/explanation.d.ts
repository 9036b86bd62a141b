// What `explain` gives.

import type { Decision, LocatedDiagnostic, TextRange } from './result.js';

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
