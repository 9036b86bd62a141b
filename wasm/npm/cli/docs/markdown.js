// The HTML in a Markdown text, and its fences as HTML, line by line where they were.

import { lexer } from 'marked';

/** Fences with this word are decisions. */
const FENCE = /^admittance\b/;

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
    const before = token.codeBlockStyle === 'indented' ? '' : '\n';
    return FENCE.test(token.lang ?? '') ? `<admittance-decision data-fence>${before}${code}</admittance-decision>` : before + code;
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
