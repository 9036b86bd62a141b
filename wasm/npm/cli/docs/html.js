// The admittance elements of an HTML text, each as a small tree that the widgets' own reader understands.

import { Parser } from 'htmlparser2';
import { isMisspelt } from '../../../../playground/widgets/src/content.js';

/** What there is; elements of names that are like these are found as well. */
export const NAMES = ['admittance-decision', 'admittance-policy', 'admittance-compare'];

/** As much of an element of the DOM as reading a widget's content needs. */
class Element {
  constructor(localName, attributes, parentElement, line) {
    Object.assign(this, { nodeType: 1, localName, attributes, parentElement, line, childNodes: [] });
  }

  get textContent() {
    return this.childNodes.map((child) => child.data ?? child.textContent).join('');
  }

  get dataset() {
    const data = Object.entries(this.attributes).filter(([name]) => name.startsWith('data-'));
    return Object.fromEntries(data.map(([name, value]) => [name.slice(5).replace(/-(.)/g, (_, letter) => letter.toUpperCase()), value]));
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  hasAttribute(name) {
    return name in this.attributes;
  }

  /** Takes names of elements with commas between. */
  querySelectorAll(selector) {
    const names = selector.split(/,\s*/);
    return this.childNodes.flatMap((child) =>
      child instanceof Element ? [...(names.includes(child.localName) ? [child] : []), ...child.querySelectorAll(selector)] : []);
  }

  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  /** Takes the name of an attribute in brackets. */
  closest(selector) {
    return this.hasAttribute(selector.slice(1, -1)) ? this : (this.parentElement?.closest(selector) ?? null);
  }
}

function isOurs(name) {
  const [first, ...rest] = name.split('-');
  return rest.length > 0 && (first === 'admittance' || isMisspelt(first));
}

/** The elements in the order in which they begin; each has its `line`, from 1. */
export function elementsOf(html) {
  const found = [];
  let open;
  let line = 1;
  let counted = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      for (; counted < parser.startIndex; counted++) if (html[counted] === '\n') line++;
      if (!open && !isOurs(name)) return;
      const element = new Element(name, attributes, open, line);
      if (open) open.childNodes.push(element);
      else found.push(element);
      open = element;
    },
    ontext(data) {
      open?.childNodes.push({ nodeType: 3, data });
    },
    onclosetag(name) {
      if (open?.localName === name) open = open.parentElement;
    },
  });
  parser.end(html);
  return found;
}
