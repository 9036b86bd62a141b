// The custom elements for documentation pages. Importing the module defines them.
import type { CatalogSource, DocumentSummary, Finding } from './analysis/index.js';
import type {
  Answer,
  Decision,
  DocumentType,
  EngineSource,
  PolicyDocument,
  RequestResult,
  Scenario,
  ScenarioRequest,
} from './index.js';

/**
 * Says where `engine.wasm` is, if it does not lie next to the module. To be called before the first
 * widget comes into view.
 */
export function setEngine(source: EngineSource | PromiseLike<EngineSource>): void;

/**
 * Says where `analysis.wasm` is, which `<admittance-policy>` needs, and the catalog's file, if they do not lie where the
 * package has them. To be called before the first widget comes into view.
 */
export function setAnalysis(
  source?: EngineSource | PromiseLike<EngineSource>,
  catalog?: CatalogSource | PromiseLike<CatalogSource>,
): void;

/**
 * A scenario and the index of one of its requests as the fragment of a playground's or frame's address, without `#`. Policies
 * that are to be switched off there are given by their numbers: identity-based ones first, then resource-based ones.
 */
export function toFragment(scenario: Scenario, request: number, off?: readonly number[]): Promise<string>;

/** What `toFragment` made; undefined for anything else. */
export function fromFragment(fragment: string): Promise<{ scenario: Scenario; request: number } | undefined>;

/** What the widgets themselves say, to be assigned in another language; the engine's sentences are English. */
export const words: Record<string, string | Record<string, string>>;

/** How `<admittance-decision>` shows itself. */
export type DecisionMode = 'readonly' | 'editable' | 'quiz';

/**
 * `<admittance-decision>`: policies, a request, the decision on it, and why.
 *
 * Content, attributes or properties give the policies and the request; a property wins over the
 * attribute of its name, and that over the content.
 */
export class AdmittanceDecision extends HTMLElement {
  /** A policy document or its text. Attribute `policy`. */
  policy: PolicyDocument | string | undefined;
  /** A request, several, or their JSON text. Attribute `request`. */
  request: ScenarioRequest | ScenarioRequest[] | string | undefined;
  /** A scenario or its JSON text; wins over `policy` and `request`. Attribute `scenario`. */
  scenario: Scenario | string | undefined;
  /** Attribute `mode`; empty is `readonly`. */
  mode: DecisionMode | '';
  /** The decision that the page states; shown when the real one is another. Attribute `expect`. */
  expect: Answer | '';
  /** The address of a playground, for the link to it. Attribute `playground`. */
  playground: string;
  /** The index of the request that is shown, from 0. */
  selected: number;
  /** The scenario as it is shown, with what the reader changed. */
  readonly current: Scenario | undefined;
  /** The result of the request that is shown; undefined while nothing is decided. */
  readonly result: RequestResult | undefined;
  /** Reads the content again. */
  refresh(): void;
}

/**
 * `<admittance-policy>`: one policy document, colored, with a sentence for each statement and what is wrong in it.
 *
 * With the attribute `catalog` it loads the catalog of services, too, for a table of services and access levels, and for
 * the checks that need it.
 */
export class AdmittancePolicy extends HTMLElement {
  /** A policy document or its text. Attribute `policy`. */
  policy: PolicyDocument | string | undefined;
  /** What the document is. Attribute `policy-type`; default `identity`. */
  policyType: DocumentType;
  /** What was found in the document; undefined before it was looked at. */
  readonly findings: Finding[] | undefined;
  /** What the document says; undefined before it was looked at, and if it has an error. */
  readonly summary: DocumentSummary | undefined;
  /** The address of a playground, for the link to it. Attribute `playground`. */
  playground: string;
  /** Reads the content again. */
  refresh(): void;
}

/**
 * `<admittance-compare>`: the same requests under the policies before and after a change.
 *
 * The first two policies of its content are those before and after; all further ones hold in both.
 */
export class AdmittanceCompare extends HTMLElement {
  /** The policy before. Attribute `before`. */
  beforePolicy: PolicyDocument | string | undefined;
  /** The policy after. Attribute `after`. */
  afterPolicy: PolicyDocument | string | undefined;
  /** The requests, or their JSON text. Attribute `requests`. */
  requests: readonly ScenarioRequest[] | string | undefined;
  /** For each request its decision before and after; undefined before there is one. */
  readonly changes: DecisionChange[] | undefined;
  /** The address of a playground, for the link to it. Attribute `playground`. */
  playground: string;
  /** Reads the content again. */
  refresh(): void;
}

/** What a change of policies does to a request. */
export interface DecisionChange {
  /** The request. */
  request: ScenarioRequest;
  /** The decision before. */
  before: Answer;
  /** The decision after. */
  after: Answer;
  /** Whether they differ. */
  changed: boolean;
}

/** What the event `decision` brings. */
export interface DecisionDetail {
  /** The decision that is shown. */
  decision: Answer;
  /** The request. */
  request: ScenarioRequest;
  /** All about it; undefined when an error forbids a decision. */
  result: RequestResult | undefined;
}

/** What the event `answer` brings: the reader answered a question. */
export interface AnswerDetail {
  /** What the reader chose. */
  answer: Decision;
  /** The decision. */
  decision: Answer;
  /** Whether they are the same. */
  correct: boolean;
}

declare global {
  interface HTMLElementTagNameMap {
    'admittance-decision': AdmittanceDecision;
    'admittance-policy': AdmittancePolicy;
    'admittance-compare': AdmittanceCompare;
  }

  interface GlobalEventHandlersEventMap {
    decision: CustomEvent<DecisionDetail>;
    answer: CustomEvent<AnswerDetail>;
    findings: CustomEvent<{ findings: Finding[]; summary: DocumentSummary | undefined }>;
    changes: CustomEvent<{ changes: DecisionChange[] }>;
  }
}
