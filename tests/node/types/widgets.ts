// What a page of a typed site writes with the custom elements. Compiled; never run.

import { AdmittanceDecision, AdmittancePolicy, setAnalysis, setEngine, toFragment, words } from 'admittance/widgets';

setEngine('/static/engine.wasm');
setAnalysis('/static/analysis.wasm', new URL('https://example.com/catalog.bin'));
words['decides'] = 'entscheidet';

const decision: AdmittanceDecision = document.createElement('admittance-decision');
decision.mode = 'quiz';
decision.policy = { Version: '2012-10-17', Statement: [] };
decision.request = { principal: 'anonymous', action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };
decision.addEventListener('answer', ({ detail }) => detail.correct satisfies boolean);
if (decision.current) toFragment(decision.current, decision.selected) satisfies Promise<string>;

const policy = document.querySelector('admittance-policy');
policy?.findings?.[0]?.code satisfies string | undefined;
policy?.addEventListener('findings', ({ detail }) => detail.summary?.sentences[0]?.text satisfies string | undefined);
policy instanceof AdmittancePolicy satisfies boolean;

const compare = document.createElement('admittance-compare');
compare.beforePolicy = '{}';
compare.afterPolicy = undefined;
// An element's own methods stay what they are.
compare.after(decision);
compare.changes?.[0]?.before satisfies string | undefined;
