// What the widgets compute with, each loaded once for all of a page, and only when a widget that needs it comes into view.
import { evaluate, explain, init } from '#engine';

export { evaluate, explain };

const sources = {};

/** Says where `engine.wasm` is, if it does not lie next to this module. To be called before a widget is seen. */
export function setEngine(from) {
  sources.engine = from;
}

/** The same for `analysis.wasm`, which policies by themselves need, and for the catalog's file. */
export function setAnalysis(from, catalog) {
  Object.assign(sources, { analysis: from, catalog });
}

/** Loads the engine. */
export const loadEngine = once(() => init(sources.engine));

/** Loads what checks and summarizes policies, and gives its functions. */
export const loadAnalysis = once(async () => {
  const analysis = await import('#analysis');
  await analysis.init(sources.analysis);
  return analysis;
});

/** Loads the catalog, with which checks and summaries know AWS's services. */
export const loadCatalog = once(async () => (await loadAnalysis()).loadCatalog(sources.catalog));

/** Remembers what was loaded. After a failure the next widget tries again. */
function once(load) {
  let loading;
  return () => {
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

const waiting = new WeakMap();
let observer;

/** Calls back once, when the element comes near the view; with `anew` not before it has been out of view. */
export function whenSeen(element, callback, { anew = false } = {}) {
  if (typeof IntersectionObserver !== 'function') {
    if (!anew) callback();
    return;
  }
  observer ??= new IntersectionObserver(notice, { rootMargin: '200px' });
  waiting.set(element, { callback, anew });
  observer.observe(element);
}

function notice(entries) {
  for (const { target, isIntersecting } of entries) {
    const seen = waiting.get(target);
    if (!seen) continue;
    if (!isIntersecting) seen.anew = false;
    else if (!seen.anew) {
      forget(target);
      seen.callback();
    }
  }
}

/** Takes back what `whenSeen` waits for. */
export function forget(element) {
  waiting.delete(element);
  observer?.unobserve(element);
}
