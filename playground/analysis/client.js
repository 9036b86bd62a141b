// The page's way to the second WebAssembly file, which answers in a worker: findings, summaries, completions, what a
// pasted text is. Loaded when the page has been painted, or at the first question. AWS's actions, resource types and
// condition keys are fetched when they are first needed: a reader goes into a field, points at a word in the editor, or
// a request has a key that only a service knows.
const PROGRAM = "./analysis.js";
const CATALOG = "./aws.bin";
/** The questions that only the catalog answers well. */
const NEED_CATALOG = ["complete", "about"];
/** The pause before a load that failed is tried again; it doubles each time. */
const FIRST_PAUSE_MS = 2_000;
const LAST_PAUSE_MS = 60_000;

/** What is there: nothing yet, the program, the catalog with it; or what failed. */
export const states = ["loading", "failed", "without-catalog", "catalog-failed", "ready"];

export class Analysis {
  #worker = null;
  #waiting = new Map();
  #count = 0;
  #pause = FIRST_PAUSE_MS;
  #timer = 0;
  /** Whether the worker's program is there. */
  #answers = false;
  #needed = false;
  #onState;

  /** @param {(state: string) => void} onState called with one of `states` whenever it changes */
  constructor(onState) {
    this.#onState = onState;
    const idle = globalThis.requestIdleCallback ?? setTimeout;
    // Two frames on, the first decision has been painted.
    requestAnimationFrame(() => requestAnimationFrame(() => idle(() => this.#start())));
    addEventListener("online", () => this.retry());
    addEventListener("focusin", ({ target }) => {
      if (target.isContentEditable || /^(INPUT|TEXTAREA)$/.test(target.tagName)) this.need();
    });
  }

  /** Has the catalog fetched, unless it was. */
  need() {
    if (this.#needed) return;
    this.#needed = true;
    keep();
    if (this.#answers) this.#fetchCatalog();
  }

  /** The answer, as JSON text: `null` where there is none, or while the program cannot be loaded. */
  ask(question, input) {
    if (NEED_CATALOG.includes(question)) this.need();
    this.#start();
    const worker = this.#worker;
    return new Promise((resolve) => {
      this.#count += 1;
      this.#waiting.set(this.#count, resolve);
      worker.postMessage({ id: this.#count, question, input });
    });
  }

  /** Tries again at once what failed. */
  retry() {
    if (this.#timer === 0) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#worker) this.#fetchCatalog();
    else this.#start();
  }

  #start() {
    if (this.#worker) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#onState("loading");
    const worker = new Worker(PROGRAM, { type: "module" });
    this.#worker = worker;
    worker.onmessage = ({ data }) => {
      if (worker !== this.#worker) return;
      if (data.state === "failed") this.#fail();
      else if (data.state) this.#told(data.state);
      else {
        this.#waiting.get(data.id)?.(data.answer);
        this.#waiting.delete(data.id);
      }
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#fail();
    };
  }

  #told(state) {
    this.#onState(state);
    if (state === "without-catalog") {
      this.#answers = true;
      if (this.#needed) this.#fetchCatalog();
    }
    if (state === "catalog-failed") this.#later();
    if (state === "ready") this.#pause = FIRST_PAUSE_MS;
  }

  async #fetchCatalog() {
    const worker = this.#worker;
    try {
      const response = await fetch(CATALOG);
      if (!response.ok) throw new Error(String(response.status));
      const catalog = await response.arrayBuffer();
      if (worker === this.#worker) worker.postMessage({ catalog }, [catalog]);
    } catch {
      if (worker === this.#worker) this.#told("catalog-failed");
    }
  }

  /** What waits gets no answer; the next worker starts anew. */
  #fail() {
    this.#worker.terminate();
    this.#worker = null;
    this.#answers = false;
    for (const resolve of this.#waiting.values()) resolve("null");
    this.#waiting.clear();
    this.#onState("failed");
    this.#later();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.retry(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LAST_PAUSE_MS);
  }
}

/**
 * The service worker keeps the catalog when it goes through it. Fetched before it takes charge, the catalog is asked for
 * once more then, out of the browser's own cache.
 */
function keep() {
  const workers = navigator.serviceWorker;
  if (!workers || workers.controller) return;
  // Where it fails, the next visit keeps it.
  const again = () => fetch(CATALOG, { cache: "force-cache" }).catch(() => {});
  workers.addEventListener("controllerchange", again, { once: true });
}
