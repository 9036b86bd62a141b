// What the elements have in common: they wait until they are seen, load the engine, and show what
// the page wrote until then, or if something fails.
import { ContentError } from './content.js';
import { h } from './dom.js';
import { forget, loadEngine, whenSeen } from './engine.js';
import { playgroundLink } from './playground.js';
import { sheet } from './style.js';
import { words } from './words.js';

// Site generators import the module on a server, where nothing is defined.
const Base = globalThis.HTMLElement ?? class {};

export class AdmittanceElement extends Base {
  #started = false;
  #root;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    this.#root.adoptedStyleSheets = [sheet()];
    this.#root.append(h('slot'));
  }

  connectedCallback() {
    // Properties that a script set before the element was defined hide the class's own.
    for (const name of this.constructor.properties) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    // A page that says nothing of color schemes has the system's; others know which they show.
    const scheme = getComputedStyle(this.parentElement ?? this).colorScheme;
    this.toggleAttribute('data-system-colors', scheme === 'normal');
    addEventListener('beforeprint', this.#unfold);
    if (this.#started) this.refresh();
    else whenSeen(this, () => this.#start());
  }

  disconnectedCallback() {
    forget(this);
    removeEventListener('beforeprint', this.#unfold);
  }

  attributeChangedCallback() {
    this.refresh();
  }

  /** Reads the content again and shows it. Elements call it themselves when an attribute or property changes. */
  refresh() {
    if (!this.#started || !this.isConnected) return;
    try {
      this.render();
    } catch (error) {
      this.#fail(error, error instanceof ContentError ? error.message : `it could not be read (${error.message})`);
    }
  }

  /** Loads what `render` needs. */
  load() {
    return loadEngine();
  }

  /** Replaces what is shown. */
  show(...children) {
    this.#root.replaceChildren(h('div', { class: 'widget', part: 'widget', onkeydown: keepKeys }, children));
  }

  /** The last line: what the element can do, and the way to the playground with what is `shown`, if there is one. */
  footer(shown, ...children) {
    const parts = [...children, playgroundLink(this, shown)].filter(Boolean);
    return parts.length > 0 && h('footer', { class: 'footer', part: 'footer' }, parts);
  }

  /** Tells the page. */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  async #start() {
    try {
      await this.load();
    } catch (error) {
      this.#fail(error, 'the engine could not be loaded');
      // The next time it comes into view it tries again.
      whenSeen(this, () => this.#start(), { anew: true });
      return;
    }
    this.#started = true;
    this.refresh();
  }

  /** What the page wrote stays, with a line that says why there is no more. */
  #fail(error, why) {
    console.error(`<${this.localName}>:`, error);
    this.#root.replaceChildren(h('slot'), h('p', { class: 'failure', part: 'failure' }, `${words.failed}: ${why}.`));
  }

  // Paper has no triangles to click on.
  #unfold = () => {
    const closed = [...this.#root.querySelectorAll('details:not([open])')];
    for (const each of closed) each.open = true;
    addEventListener('afterprint', () => closed.forEach((each) => (each.open = false)), { once: true });
  };
}

/**
 * Keys that a field takes are no shortcuts of the page, which does not see that they come from a field: books turn pages by
 * arrows and open their search by letters.
 */
function keepKeys(event) {
  if (event.target.matches('input, select, textarea, [tabindex]')) event.stopPropagation();
}

/** Adds a property that mirrors an attribute, or holds a value that no attribute can. */
export function property(type, name, { attribute = false } = {}) {
  const values = new WeakMap();
  Object.defineProperty(type.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return attribute ? (this.getAttribute(name) ?? '') : values.get(this);
    },
    set(value) {
      if (!attribute) {
        values.set(this, value);
        this.contentChanged?.();
        this.refresh();
      } else if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

property(AdmittanceElement, 'playground', { attribute: true });
