// A plugin of remark, for Docusaurus, Astro and everything that reads MDX: fences with the word `admittance` become
// examples.

import { exampleOf } from './example.js';

/** `remarkPlugins: [admittance]`. An example that is wrong fails the build, with its line. */
export default function admittance() {
  return (tree, file) => replaceIn(tree, file);
}

function replaceIn(parent, file) {
  parent.children?.forEach((node, index) => {
    if (node.type !== 'code') {
      replaceIn(node, file);
      return;
    }
    let example;
    try {
      example = exampleOf([node.lang, node.meta].filter(Boolean).join(' '), node.value);
    } catch (thrown) {
      file.fail(`admittance: ${thrown.message}`, node);
    }
    if (example) parent.children[index] = element(example, node);
  });
}

/** Nodes of Markdown with the names that they get in HTML: in MDX there is no raw HTML. */
function element({ mode, decisions }, { value, position }) {
  const text = (value) => ({ type: 'text', value });
  const sentences = decisions.map(({ name, word, reason }) => ({
    type: 'paragraph',
    children: [...(name ? [text(`${name}: `)] : []), { type: 'strong', children: [text(`${word}.`)] }, text(` ${reason}`)],
  }));
  const named = (hName, children, hProperties = {}) => ({ type: `admittance-${hName}`, data: { hName, hProperties }, children });
  const answer = mode === 'quiz'
    ? [named('details', [named('summary', [text('Answer')]), ...sentences])]
    : sentences;
  return { ...named('admittance-decision', [{ type: 'code', lang: 'json', value }, ...answer], { mode }), position };
}
