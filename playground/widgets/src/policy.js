// <admittance-policy>: one policy document with what is wrong in it.
import { ContentError, readChildren, valueOf } from './content.js';
import { codeView } from './code.js';
import { problemList } from './documents.js';
import { h } from './dom.js';
import { AdmittanceElement, property } from './element.js';
import { validate } from './engine.js';
import { words } from './words.js';

export class AdmittancePolicy extends AdmittanceElement {
  static observedAttributes = ['policy', 'policy-type'];
  static properties = ['policy', 'policyType'];

  #diagnostics;

  /** What was found in the document; undefined before it was looked at. */
  get diagnostics() {
    return this.#diagnostics;
  }

  /** The type of the policy, as the attribute `policy-type` says it. */
  get policyType() {
    return this.getAttribute('policy-type') ?? readChildren(this).policies[0]?.type ?? 'identity';
  }

  set policyType(type) {
    this.setAttribute('policy-type', type);
  }

  render() {
    const given = this.policy ?? this.getAttribute('policy');
    const own = typeof given === 'string' ? given : given && JSON.stringify(valueOf(given), null, 2);
    const first = readChildren(this).policies[0];
    const text = own ?? first?.text;
    if (text === undefined) throw new ContentError('it holds no policy: a code block with a policy document');
    const { diagnostics } = validate(text, this.policyType);
    this.#diagnostics = diagnostics;
    const problems = diagnostics.map((each) => ({ ...each, range: each.range }));
    const name = this.getAttribute('label') ?? first?.name ?? words.policyTypes.identity;
    this.show(
      codeView(text, name, { problems: problems.map(({ range }) => range).filter(Boolean) }),
      problemList(problems) ?? h('p', { class: 'no-problems' }, words.noProblems),
    );
    this.tell('diagnostics', { diagnostics });
  }
}

property(AdmittancePolicy, 'policy');
