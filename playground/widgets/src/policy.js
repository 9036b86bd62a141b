// <admittance-policy>: one policy document, what it says, and what is wrong in it.
import { codeView } from './code.js';
import { readChildren } from './content.js';
import { h } from './dom.js';
import { AdmittanceElement, property } from './element.js';
import { policyIn, scenarioOfPolicy } from './elements.js';
import { loadAnalysis, loadCatalog } from './engine.js';
import { findingList } from './findings.js';
import { summaryView } from './summary.js';
import { words } from './words.js';

export class AdmittancePolicy extends AdmittanceElement {
  static observedAttributes = ['policy', 'policy-type', 'catalog', 'playground'];
  static properties = ['policy', 'policyType', 'playground'];

  #analysis;
  #catalog;
  #findings;
  #summary;

  /** What was found in the document; undefined before it was looked at. */
  get findings() {
    return this.#findings;
  }

  /** What the document says; undefined before it was looked at, and if it has an error. */
  get summary() {
    return this.#summary;
  }

  /** The type of the policy, as the attribute `policy-type` says it. */
  get policyType() {
    return this.getAttribute('policy-type') ?? readChildren(this).policies[0]?.type ?? 'identity';
  }

  set policyType(type) {
    this.setAttribute('policy-type', type);
  }

  async load() {
    this.#analysis = await loadAnalysis();
  }

  render() {
    const policy = policyIn(this);
    const { text, name = words.policy, type } = policy;
    const { findings, skipped } = this.#analysis.validatePolicy(text, type);
    const scenario = scenarioOfPolicy(policy);
    this.#findings = findings;
    [this.#summary] = this.#analysis.summarize(scenario.policies).documents;

    const code = h('div', { class: 'document-text' });
    const light = (lit) => {
      code.replaceChildren(codeView(text, name, { lit, problems: findings }));
      code.querySelector('.is-lit')?.scrollIntoView({ block: 'nearest' });
    };
    light();
    this.show(
      code,
      summaryView(this.#summary, light),
      findingList(findings, skipped.length, light),
      this.footer(() => ({ scenario, request: 0 })),
    );
    this.tell('findings', { findings, summary: this.#summary });
    if (this.hasAttribute('catalog') && !this.#catalog) this.#askCatalog();
  }

  /** What can be said without the catalog is shown at once; the rest follows. */
  async #askCatalog() {
    this.#catalog = loadCatalog();
    try {
      await this.#catalog;
      this.refresh();
    } catch (error) {
      console.error(`<${this.localName}>:`, error);
      this.#catalog = undefined;
    }
  }
}

property(AdmittancePolicy, 'policy');
