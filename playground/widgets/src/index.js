// Defines the elements. `<script type="module" src="…/widgets.js"></script>` is all that a page needs.
import { AdmittanceCompare } from './compare.js';
import { AdmittanceDecision } from './decision.js';
import { AdmittancePolicy } from './policy.js';

export { setAnalysis, setEngine } from './engine.js';
export { fromFragment, toFragment } from './playground.js';
export { words } from './words.js';
export { AdmittanceCompare, AdmittanceDecision, AdmittancePolicy };

const elements = {
  'admittance-decision': AdmittanceDecision,
  'admittance-policy': AdmittancePolicy,
  'admittance-compare': AdmittanceCompare,
};

// Twice on one page is no mistake: a site's own script and an example's.
for (const [name, element] of Object.entries(elements)) {
  if (globalThis.customElements && !customElements.get(name)) customElements.define(name, element);
}
