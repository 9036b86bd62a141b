// What a typed consumer writes. Compiled with every module resolution; never run.

import { PolicySet, answers, evaluate, explain, gates, init, limits, runScenario, validate, version } from 'admittance';
import type {
  AdmittanceError,
  Answer,
  Change,
  ContextValue,
  DecidedBy,
  ElementResult,
  EngineSource,
  EvaluateOptions,
  ExplainOptions,
  Explanation,
  ExplanationLine,
  LocatedDiagnostic,
  Policy,
  PolicyDocument,
  PolicyType,
  RequestEvaluation,
  RequestExplanation,
  RequestResult,
  Scenario,
  ScenarioRequest,
  ScenarioResult,
  TextRange,
} from 'admittance';
import { apply, init as initAnalysis, parseAccessDenied, simulate, toScenario } from 'admittance/analysis';
import type { ScenarioReading, Simulation } from 'admittance/analysis';
import * as inline from 'admittance/inline';

const document: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: 'arn:aws:s3:::bucket/*',
      Condition: { Bool: { 'aws:SecureTransport': true }, StringEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } },
    },
  ],
};

// Readonly data, text and objects are all taken.
const policies: readonly Policy[] = [document, JSON.stringify(document), { name: 'Read', attachedTo: 'group/devs', document }];
const request: ScenarioRequest = {
  principal: { arn: 'arn:aws:sts::111122223333:assumed-role/r/s', roleArn: 'arn:aws:iam::111122223333:role/r' },
  action: 's3:GetObject',
  resource: ['arn:aws:s3:::bucket/a', 'arn:aws:s3:::bucket/b'],
  context: { 'aws:SecureTransport': true, 'aws:TagKeys': ['a'], 'aws:username': null },
  expect: { decision: 'Allow', decidedBy: 'identity' },
};
const scenario: Scenario = { policies: { identity: policies, resource: document }, requests: [request] };
const constant = {
  policies: { identity: [{ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }] },
  requests: [{ principal: 'anonymous', action: 's3:GetObject' }],
} as const;

// What TypeScript infers for imported JSON: widened strings, and optional properties.
const imported = {
  policies: {
    identity: [
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { a: 'true' } } }] },
    ],
  },
  requests: [{ principal: 'a', action: 'b', context: { a: 1 } }, { principal: 'a', action: 'b', name: 'c' }],
};

const result: ScenarioResult = evaluate(scenario, { maxScenarioLength: limits.maxScenarioLength });
evaluate(JSON.stringify(scenario));
evaluate(constant);
evaluate(imported);
inline.evaluate(scenario);

for (const diagnostic of result.diagnostics satisfies LocatedDiagnostic[]) {
  const range: TextRange | undefined = diagnostic.range;
  if (diagnostic.severity === 'error') console.log(diagnostic.location, diagnostic.code, diagnostic.message, diagnostic.help, range?.start.line);
}
const first: RequestResult | undefined = result.results[0];
if (first !== undefined) {
  const decision: Answer = first.decision;
  switch (decision) {
    case 'Allow':
    case 'ExplicitDeny':
    case 'ImplicitDeny':
    case 'Depends':
    case 'Invalid':
      break;
    default:
      decision satisfies never;
  }
  const element: ElementResult | undefined = first.statements[first.decidingStatement ?? 0]?.elements[0];
  console.log(element?.actual?.length, first.passed, first.mismatches?.join());
}

const explanation: Explanation | undefined = explain(scenario, { request: 0 }).explanations[0];
const lines: ExplanationLine[] = explanation?.gates ?? [];
const place: TextRange | undefined = lines[0]?.children?.[0]?.link?.range;
for (const change of explanation?.suggestions[0]?.changes ?? ([] satisfies Change[])) {
  switch (change.kind) {
    case 'context':
    case 'resource':
      console.log(change.summary, change.value);
      break;
    case 'edit':
      console.log(change.newText, change.range.start.offset, place?.end.line);
      break;
    case 'document':
      console.log(change.location, change.document, change.resourceKind);
      break;
    default:
      change satisfies never;
  }
}
const explaining: ExplainOptions = { request: undefined, maxScenarioLength: 1 };
explain(JSON.stringify(scenario), explaining);

const set: PolicySet = PolicySet.prepare({ identity: policies }, { resourceStarCrossesColons: false });
const answer: Answer = set.decide(request);
switch (answer) {
  case 'Allow':
  case 'ExplicitDeny':
  case 'ImplicitDeny':
  case 'Depends':
  case 'Invalid':
    break;
  default:
    answer satisfies never;
}
const codes: Uint8Array = set.decideMany([request, JSON.stringify(request)]);
answers[codes[0] ?? 0] satisfies Answer | undefined;
const rulings = set.ruleMany([]);
gates[rulings.gates[0] ?? -1] satisfies DecidedBy | undefined;
set.locations[rulings.policies[0] ?? -1] satisfies string | undefined;
const evaluation: RequestEvaluation = set.evaluate(request);
// Only what is valid has a result.
const decidedBy: string = evaluation.valid ? evaluation.result.decidedBy : evaluation.diagnostics.map(({ code }) => code).join();
const explained: RequestExplanation = set.explain(request);
if (explained.valid) console.log(explained.explanation.text, decidedBy);
set.dispose();
set[Symbol.dispose]();
{
  using scoped = PolicySet.prepare('{}');
  console.log(scoped.valid, scoped.diagnostics.length);
}
validate(document, 'role-trust').diagnostics satisfies LocatedDiagnostic[];
runScenario(new URL('file:///a.json')).results satisfies RequestResult[];

const options: EvaluateOptions = {};
const value: ContextValue = ['a', 1, true];
const source: EngineSource = new Uint8Array();
await init();
await init(source);
await init('https://example.com/engine.wasm');
try {
  evaluate(version, options);
} catch (error) {
  const code = (error as AdmittanceError).code;
  code satisfies 'INVALID_ARGUMENT' | 'NOT_INITIALIZED' | 'LOAD_FAILED' | 'ENGINE_FAILED' | 'DISPOSED' | 'FILE_UNREADABLE' | 'NO_FILE_ACCESS';
}

// What must not compile.
// @ts-expect-error a scenario is needed
evaluate();
// @ts-expect-error not a list of scenarios
evaluate([scenario]);
// @ts-expect-error a promise of a scenario is not a scenario
evaluate(Promise.resolve(scenario));
// @ts-expect-error an unknown option
evaluate(scenario, { maxLength: 1 });
// @ts-expect-error evaluate decides every request
evaluate(scenario, { request: 0 });
// @ts-expect-error prepare makes sets
new PolicySet();
// @ts-expect-error not an answer
set.decide(request) === 'Deny';
// @ts-expect-error an evaluation that may not be valid
set.evaluate(request).result.decision;
// @ts-expect-error not a type of document
validate(document, 'bucket');
// @ts-expect-error a missing list of requests
evaluate({ policies: {} });
// @ts-expect-error an unknown policy type
evaluate({ policies: { identities: [] }, requests: [] });
// @ts-expect-error an unknown part of a request
evaluate({ policies: {}, requests: [{ principal: 'a', action: 'b', resources: [] }] });
// @ts-expect-error a context value is not an object
evaluate({ policies: {}, requests: [{ principal: 'a', action: 'b', context: { c: {} } }] });
// @ts-expect-error not a decision
result.results[0]?.decision === 'Deny';
// @ts-expect-error results may be fewer
result.results[0].decision;
// @ts-expect-error limits are constant
limits.maxScenarioLength = 1;
void value;

const simulation: Simulation = simulate({
  PolicyInputList: [document, '{}'],
  ActionNames: ['s3:GetObject'],
  ContextEntries: [{ ContextKeyName: 'aws:TagKeys', ContextKeyValues: ['a'], ContextKeyType: 'stringList' }],
});
if (simulation.valid) simulation.response.EvaluationResults[0]?.EvalDecision satisfies 'allowed' | 'explicitDeny' | 'implicitDeny' | undefined;
const reading: ScenarioReading = toScenario(scenario);
const suggestion = explanation?.suggestions[0];
if (reading.valid && suggestion !== undefined) evaluate(reading.scenario, options), apply(reading.scenario, suggestion);
parseAccessDenied('Access Denied')?.policyType satisfies PolicyType | undefined;
await initAnalysis(new Uint8Array());
// @ts-expect-error an action is needed
simulate({ PolicyInputList: [] });
