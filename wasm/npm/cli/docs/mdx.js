// MDX, written so that Markdown reads the same in it.

/** What opens a fence, after the marks of lists and quotes. */
const FENCE = /^((?:>\s*|[-*+]\s+|\d{1,9}[.)]\s+)*)(`{3,}(?=[^`]*$)|~{3,})/;

/**
 * The text as Markdown, and for each of its lines the number of the one that it was, from 1. In MDX indentation means
 * nothing, and a fence may follow a tag without a blank line between: here all lines begin at the left, and fences stand by
 * themselves. What stands between `{/*` and its end is a comment; of text between `{` and a backtick only that text is left.
 */
export function markdownOf(mdx) {
  const lines = [];
  const numbers = [];
  let fence;
  for (const [index, line] of withoutExpressions(mdx).split(/\r?\n/).entries()) {
    const put = (text) => {
      lines.push(text);
      numbers.push(index + 1);
    };
    const text = line.trimStart();
    if (fence) {
      put(line.slice(Math.min(fence.indent, line.length - text.length)));
      if (isEnd(text, fence)) {
        if (!fence.marks) put('');
        fence = undefined;
      }
      continue;
    }
    const [, marks, ticks] = FENCE.exec(text) ?? [];
    if (ticks) fence = { marks, ticks, indent: line.length - text.length };
    if (ticks && !marks) put('');
    put(text);
  }
  return { text: lines.join('\n'), numbers };
}

function isEnd(text, { ticks }) {
  const rest = text.replace(/^[>\s]+/, '').trimEnd();
  return rest.length >= ticks.length && rest === ticks[0].repeat(rest.length);
}

/** Comments are left out, and text in backticks stands as it is read; both keep their lines. Fences are left alone. */
function withoutExpressions(mdx) {
  const pieces = /(^[ \t]*(`{3,}|~{3,})[^\n]*\n[^]*?^[ \t]*\2[`~]*[ \t]*$)|\{\/\*([^]*?)\*\/\}|>(\s*)\{`((?:[^`\\]|\\[^])*)`\}/gm;
  return mdx.replace(pieces, (all, fence, ticks, comment, space, literal) => {
    if (fence !== undefined) return all;
    if (comment !== undefined) return comment.replace(/[^\n]+/g, '');
    const read = literal.replace(/\\([`$\\{])/g, '$1').replace(/&/g, '&amp;').replace(/</g, '&lt;');
    // A blank line would end the tag in Markdown: it gets something that JSON does not mind.
    return `>${space}${read.replace(/\n(?=\s*\n)/g, '\n&#32;')}`;
  });
}
