// The HTML in a Markdown text, and its fences as HTML, line by line where they were.

import { lexer } from 'marked';
import { isMisspelt } from '../../../../playground/widgets/src/content.js';

/** Fences of HTML show what to paste: the elements in them are examples as well. */
const HTML = /^html(\s|$)/;

/**
 * HTML in which everything stands on the line where it stood: fences are code blocks, those with the word
 * `admittance` decisions, and prose is left out.
 */
export function htmlOf(markdown) {
  return lexer(markdown).map(one).join('');
}

function one(token) {
  return keepLines(token.raw, inner(token));
}

function inner(token) {
  if (token.type === 'html') return token.raw;
  if (token.type === 'code') {
    const code = `<pre><code>${escape(token.text)}</code></pre>`;
    // Of a fence, the code begins on the line after it.
    if (HTML.test(token.lang ?? '')) return `\n${token.text}`;
    const before = token.codeBlockStyle === 'indented' ? '' : '\n';
    const [word, ...rest] = (token.lang ?? '').trim().split(/\s+/);
    if (isMisspelt(word)) return `<admittance-decision data-misspelt="${word}">${before}${code}</admittance-decision>`;
    if (word !== 'admittance') return before + code;
    const mode = rest.join(' ');
    return `<admittance-decision data-fence${mode && ` mode="${escape(mode).replaceAll('"', '&quot;')}"`}>${before}${code}</admittance-decision>`;
  }
  if (token.type === 'list') return token.items.map(one).join('');
  if (token.type === 'table') return [token.header, ...token.rows].flat().flatMap((cell) => cell.tokens.map(one)).join('');
  return (token.tokens ?? []).map(one).join('');
}

/** As many lines as there were. */
function keepLines(raw, html) {
  const missing = count(raw) - count(html);
  return missing > 0 ? html + '\n'.repeat(missing) : html;
}

function count(text) {
  return text.split('\n').length - 1;
}

function escape(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
