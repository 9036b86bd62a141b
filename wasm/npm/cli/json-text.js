// JSON as it is written: the tree of a text, every key and value in its own characters. JSON.parse
// would drop one of two members with the same name, and round numbers.

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;
/** Lists of scalars up to this length stay on one line. */
const WIDTH = 80;

/** The tree of a text that is known to be JSON: `{ members }`, `{ items }` or `{ text }`. */
export function readTree(text) {
  const tokens = text.match(TOKEN);
  let at = 0;
  const value = () => {
    const token = tokens[at++];
    if (token === '{') {
      const members = [];
      while (tokens[at] !== '}') {
        const key = tokens[at];
        at += 2;
        members.push({ key, value: value() });
        if (tokens[at] === ',') at++;
      }
      at++;
      return { members };
    }
    if (token === '[') {
      const items = [];
      while (tokens[at] !== ']') {
        items.push(value());
        if (tokens[at] === ',') at++;
      }
      at++;
      return { items };
    }
    return { text: token };
  };
  return value();
}

export function write(tree, indent = '') {
  const inner = `${indent}  `;
  const block = (open, lines, close) => (lines.length ? `${open}\n${inner}${lines.join(`,\n${inner}`)}\n${indent}${close}` : open + close);
  if (tree.members) return block('{', tree.members.map(({ key, value }) => `${key}: ${write(value, inner)}`), '}');
  if (!tree.items) return tree.text;
  const line = `[${tree.items.map(({ text }) => text).join(', ')}]`;
  const short = tree.items.length <= 1 && line.length + indent.length <= WIDTH;
  return short && tree.items.every(({ text }) => text !== undefined) ? line : block('[', tree.items.map((item) => write(item, inner)), ']');
}
