import css from './widgets.css';

let shared;

/** One style sheet for all widgets of a page; a strict content security policy allows it. */
export function sheet() {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(css);
  }
  return shared;
}
