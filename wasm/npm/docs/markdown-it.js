// A plugin of markdown-it: fences with the word `admittance` become examples.

import { exampleOf } from './example.js';

/** `md.use(admittance)`. An example that is wrong fails the build, with its line. */
export default function admittance(md) {
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    let example;
    try {
      example = exampleOf(token.info, token.content);
    } catch (thrown) {
      const line = token.map ? ` in line ${token.map[0] + 1}` : '';
      throw new Error(`admittance${line}: ${thrown.message}`, { cause: thrown });
    }
    return example ? html(example, token.content, (text) => escaped(md, text)) : fence(tokens, index, options, env, self);
  };
}

/** Text as HTML. What VitePress makes of a page is a template, in which two braces would begin an expression. */
function escaped(md, text) {
  return md.utils.escapeHtml(text).replaceAll('{{', '{&#123;');
}

function html({ mode, decisions }, text, escape) {
  const sentences = decisions.map(({ name, word, reason }) =>
    `<p>${name ? `${escape(name)}: ` : ''}<strong>${word}.</strong> ${escape(reason)}</p>\n`).join('');
  const answer = mode === 'quiz' ? `<details>\n<summary>Answer</summary>\n${sentences}</details>\n` : sentences;
  return `<admittance-decision mode="${mode}">\n<pre><code class="language-json">${escape(text)}</code></pre>\n${answer}</admittance-decision>\n`;
}
