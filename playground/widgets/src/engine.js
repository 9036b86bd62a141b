// The engine, once for all widgets of a page, and only when the first of them comes into view.
import { evaluate, explain, init, validate } from '#engine';

export { evaluate, explain, validate };

let loading;
let source;

/** Says where `engine.wasm` is, if it does not lie next to this module. To be called before a widget is seen. */
export function setEngine(from) {
  source = from;
}

/** Loads the engine. After a failure the next widget tries again. */
export function load() {
  loading ??= init(source).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

const waiting = new WeakMap();
let observer;

/** Calls back once, when the element comes near the view. */
export function whenSeen(element, callback) {
  if (typeof IntersectionObserver !== 'function') {
    callback();
    return;
  }
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        const seen = waiting.get(target);
        forget(target);
        seen?.();
      }
    },
    { rootMargin: '200px' },
  );
  waiting.set(element, callback);
  observer.observe(element);
}

/** Takes back what `whenSeen` waits for. */
export function forget(element) {
  waiting.delete(element);
  observer?.unobserve(element);
}
