// <admittance-decision>: policies, a request, the decision on it, and why.
import { documentsOf } from './content.js';
import { DocumentsView } from './documents.js';
import { h } from './dom.js';
import { AdmittanceElement, property } from './element.js';
import { scenarioIn } from './elements.js';
import { explain, evaluate } from './engine.js';
import { decisionWord, headline } from './headline.js';
import { explanationLines } from './lines.js';
import { quiz, verdict } from './quiz.js';
import { requestForm, requestView } from './request.js';
import { applied } from './suggestion.js';
import { words } from './words.js';

const TYPING = 150;

export class AdmittanceDecision extends AdmittanceElement {
  static observedAttributes = ['mode', 'policy', 'request', 'scenario', 'expect', 'policy-type', 'playground'];
  static properties = ['policy', 'request', 'scenario', 'mode', 'expect', 'playground'];

  /** The scenario as shown, with what the reader changed. */
  #scenario;
  #documents;
  #chosen = 0;
  #answer;
  #result;
  #timer;
  #parts;

  /** The scenario as it is shown now. */
  get current() {
    return this.#scenario && structuredClone(this.#scenario);
  }

  /** The result of the request that is shown; undefined before there is one. */
  get result() {
    return this.#result;
  }

  /** The index of the request that is shown. */
  get selected() {
    return this.#chosen;
  }

  set selected(index) {
    this.#chosen = index;
    this.refresh();
  }

  contentChanged() {
    this.#scenario = undefined;
    this.#chosen = 0;
  }

  attributeChangedCallback(name) {
    if (name !== 'mode' && name !== 'playground') this.contentChanged();
    super.attributeChangedCallback();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  render() {
    if (!this.#scenario) {
      this.#scenario = scenarioIn(this);
      this.#chosen = Math.min(Math.max(0, Math.trunc(this.#chosen) || 0), this.#scenario.requests.length - 1);
      this.#answer = undefined;
    }
    this.#documents = documentsOf(this.#scenario);
    const editable = this.mode === 'editable';
    const documents = new DocumentsView(this.#documents, editable ? () => this.#typed() : undefined);
    const live = h('div', { role: 'status', 'aria-live': 'polite', 'aria-atomic': 'true' });
    const more = h('div', { class: 'why' });
    const request = h('div', { class: 'part', role: 'group', 'aria-label': words.request });
    this.#parts = { documents, live, more, request };
    this.#showRequest();
    this.show(
      live,
      request,
      h('div', { class: 'part', role: 'group', 'aria-label': words.policies }, documents.element),
      more,
      this.#footer(editable),
    );
    this.#decide();
  }

  #showRequest() {
    const { requests } = this.#scenario;
    const request = requests[this.#chosen];
    const several = requests.length > 1;
    const chooser = several && h(
      'select',
      {
        class: 'input',
        'aria-label': words.requests,
        onchange: ({ target }) => {
          this.#chosen = target.selectedIndex;
          this.#answer = undefined;
          this.#showRequest();
          this.#decide();
        },
      },
      requests.map((each, index) => h('option', { selected: index === this.#chosen }, each.name ?? `${index + 1}: ${each.action}`)),
    );
    const body = this.mode === 'editable'
      ? requestForm(request, (changed) => {
          requests[this.#chosen] = changed;
          this.#typed();
        })
      : requestView(request);
    this.#parts.request.replaceChildren(...[chooser, body].filter(Boolean));
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#decide(), TYPING);
  }

  #decide() {
    const { documents, live, more } = this.#parts;
    const scenario = JSON.stringify(this.#scenario);
    const { results, diagnostics } = evaluate(scenario);
    const request = this.#scenario.requests[this.#chosen];
    const result = results[this.#chosen];
    this.#result = result;
    const decision = result?.decision ?? 'Invalid';
    const hidden = this.mode === 'quiz' && this.#answer === undefined;
    documents.update(hidden ? [] : (result?.statements ?? []), diagnostics);
    if (hidden) {
      live.replaceChildren(quiz((request.unknown ?? []).length > 0, (answer) => this.#answered(answer, decision)));
      more.replaceChildren();
      return;
    }
    const stated = this.getAttribute('expect') || request.expect?.decision;
    live.replaceChildren(
      ...(this.mode === 'quiz' ? [verdict(this.#answer, this.#answer === decision, () => this.#again())] : []),
      headline(result, stated),
    );
    more.replaceChildren(...this.#why(scenario, result, diagnostics));
    this.tell('decision', { decision, request: structuredClone(request), result });
  }

  #answered(answer, decision) {
    this.#answer = answer;
    this.#decide();
    // What had the focus is gone; it stays where the reader is.
    this.#parts.live.querySelector('button').focus();
    this.tell('answer', { answer, decision, correct: answer === decision });
  }

  #again() {
    this.#answer = undefined;
    this.#decide();
    this.#parts.live.querySelector('input').focus();
  }

  #why(scenario, result, diagnostics) {
    if (!result || result.diagnostics) {
      const others = result?.diagnostics ?? diagnostics.filter(({ location }) => !location.startsWith('policies.'));
      return others.map(({ message, help }) => h('p', { class: 'problem', lang: 'en' }, `${message}${help ? ` (${help})` : ''}`));
    }
    const [explanation] = explain(scenario, { request: this.#chosen }).explanations;
    if (!explanation) return [];
    const light = (link) => this.#parts.documents.light(link);
    const section = (title, ...body) => h('details', { class: 'part', part: 'why' }, h('summary', {}, title), body);
    const parts = [section(words.why, h('div', { lang: 'en' }, explanationLines(explanation.gates, light)))];
    if (explanation.closest) {
      parts.push(section(words.closest, h('div', { lang: 'en' }, explanationLines([explanation.closest], light))));
    }
    if (explanation.suggestions.length > 0) {
      parts.push(section(words.changes, h('ul', { class: 'suggestions', lang: 'en' }, explanation.suggestions.map((each) => this.#suggestion(each)))));
    }
    return parts;
  }

  #suggestion(suggestion) {
    const editable = this.mode === 'editable';
    return h(
      'li',
      { class: 'suggestion' },
      h('div', { class: 'suggestion-what' }, suggestion.summary, h('span', { class: 'expected' }, decisionWord(suggestion.decision))),
      editable && h('button', {
        type: 'button',
        class: 'button is-small',
        'aria-label': `${words.apply}: ${suggestion.summary}`,
        onclick: () => {
          this.#scenario = applied(this.#scenario, this.#documents, suggestion);
          this.refresh();
          const decision = this.#parts.live.querySelector('.decision');
          decision.scrollIntoView({ block: 'nearest' });
          decision.tabIndex = -1;
          decision.focus({ preventScroll: true });
        },
      }, words.apply),
    );
  }

  #footer(editable) {
    const reset = editable && h('button', {
      type: 'button',
      class: 'button is-small reset',
      onclick: () => {
        this.contentChanged();
        this.refresh();
        this.shadowRoot.querySelector('.reset')?.focus();
      },
    }, words.reset);
    return this.footer(() => ({ scenario: this.#scenario, request: this.#chosen }), reset);
  }
}

for (const name of ['policy', 'request', 'scenario']) property(AdmittanceDecision, name);
for (const name of ['mode', 'expect']) property(AdmittanceDecision, name, { attribute: true });
