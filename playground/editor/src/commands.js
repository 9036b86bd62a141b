// What the reader can do with the text besides typing.
import { foldAll, unfoldAll } from "@codemirror/language";
import { openSearchPanel } from "@codemirror/search";

/** Indents the document with two blanks. Its tokens stay as they are, duplicates and numbers included. */
export function format(view) {
  const text = view.state.doc.toString();
  const pretty = indented(text);
  if (pretty === null || pretty === text) return pretty !== null;
  view.dispatch({ changes: { from: 0, to: text.length, insert: pretty }, userEvent: "input.format" });
  return true;
}

/** The tokens of a JSON text, each on its place; nothing for what is no JSON. */
export function indented(text) {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g) ?? [];
  let out = "";
  let depth = 0;
  tokens.forEach((token, at) => {
    const line = () => `\n${"  ".repeat(depth)}`;
    if (token === "{" || token === "[") {
      out += token;
      depth += 1;
      if (tokens[at + 1] !== "}" && tokens[at + 1] !== "]") out += line();
    } else if (token === "}" || token === "]") {
      depth -= 1;
      if (tokens[at - 1] !== "{" && tokens[at - 1] !== "[") out += line();
      out += token;
    } else if (token === ",") out += `,${line()}`;
    else if (token === ":") out += ": ";
    else out += token;
  });
  return out;
}

export const commands = { format, search: openSearchPanel, fold: foldAll, unfold: unfoldAll };
