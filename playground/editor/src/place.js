// Where a position is in a policy document, from the syntax tree: it also stands for text that is not finished.
import { syntaxTree } from "@codemirror/language";

/** The name of a property node, without quotes. */
function nameOf(property, doc) {
  const name = property?.getChild("PropertyName");
  return name ? unquoted(doc.sliceString(name.from, name.to)) : null;
}

function unquoted(text) {
  try {
    return JSON.parse(text.endsWith('"') && text.length > 1 ? text : `${text}"`);
  } catch {
    return text.replace(/^"|"$/g, "");
  }
}

/** The names of an object's members. */
function names(object, doc) {
  return object.getChildren("Property").map((each) => nameOf(each, doc)).filter((each) => each !== null);
}

/** The strings in a value: itself, or the items of a list. */
function strings(value, doc) {
  if (!value) return [];
  if (value.name === "String") return [unquoted(doc.sliceString(value.from, value.to))];
  return value.name === "Array" ? value.getChildren("String").flatMap((each) => strings(each, doc)) : [];
}

const valueOf = (property) => property.lastChild;

/**
 * The place at a position:
 * `{ from, to, path, isName, text, present, below, actions, quoted }`, or nothing where only structure can stand.
 * `text` is what stands before the position, or all of it with `whole`.
 */
export function placeAt(state, position, whole = false) {
  const { doc } = state;
  let node = syntaxTree(state).resolveInner(position, -1);
  if (node.name !== "String" && node.name !== "PropertyName" && node.name !== "⚠") {
    const right = syntaxTree(state).resolveInner(position, 1);
    if (whole || right.name === "String" || right.name === "PropertyName") node = right;
  }
  const isText = node.name === "String" || node.name === "PropertyName";
  if (isText && (position <= node.from || (position >= node.to && endsWithQuote(doc, node)))) return null;
  const before = doc.sliceString(doc.lineAt(position).from, position);
  const typed = isText ? null : /[\w:${}*/.-]*$/.exec(before)[0];
  const from = isText ? node.from : position - typed.length;
  const to = isText ? closing(doc, node) : position;
  const text = isText ? unquoted(doc.sliceString(node.from, whole ? to : position)) : typed;

  const path = [];
  let isName = node.name === "PropertyName";
  let object = null;
  let statement = null;
  let below = [];
  if (!isText && node.name === "Object") isName = true;
  for (let each = node, child = null; each; child = each, each = each.parent) {
    if (each.name === "Property") {
      const name = nameOf(each, doc);
      const inName = child?.name === "PropertyName";
      if (inName) {
        const value = valueOf(each);
        below = value?.name === "Object" ? names(value, doc) : [];
      } else if (name !== null) path.unshift(name);
    }
    if (each.name === "Object") {
      object ??= each;
      if (isStatement(each, doc)) statement = each;
    }
  }
  // A string in an object that has no name yet is a name being typed.
  if (node.name === "String" && node.parent?.name === "Object") isName = true;
  const actions = statement
    ? statement.getChildren("Property").filter((each) => nameOf(each, doc) === "Action").flatMap((each) => strings(valueOf(each), doc))
    : [];
  return { from, to, path, isName, text, present: isName && object ? names(object, doc) : [], below, actions, quoted: isText };
}

/** Whether an object is an item of the document's `Statement`. */
function isStatement(object, doc) {
  const holder = object.parent?.name === "Array" ? object.parent.parent : object.parent;
  return holder?.name === "Property" && nameOf(holder, doc) === "Statement" && holder.parent?.parent?.name === "JsonText";
}

function endsWithQuote(doc, node) {
  return node.to - node.from > 1 && doc.sliceString(node.to - 1, node.to) === '"';
}

/** Where a string ends: one that is not closed takes no more than its line. */
function closing(doc, node) {
  return Math.min(node.to, doc.lineAt(node.from).to);
}
