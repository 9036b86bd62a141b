// Completion and hover: the engine knows what can stand where, this asks it and shows the answers.
import { autocompletion, completionKeymap, snippet } from "@codemirror/autocomplete";
import { hoverTooltip, keymap } from "@codemirror/view";
import { placeAt } from "./place.js";

/** The pictures before the proposals. */
const types = {
  element: "property",
  service: "namespace",
  action: "function",
  arn: "text",
  operator: "keyword",
  key: "variable",
  keyPrefix: "variable",
  variable: "constant",
  value: "enum",
};

/** What is typed on behind. */
const goesOn = ["service", "keyPrefix"];

function apply(place, { text, kind }) {
  return (view, completion, from, to) => {
    const { doc } = view.state;
    const opens = place.quoted ? "" : '"';
    const isClosed = place.quoted && place.to > place.from + 1 && doc.sliceString(place.to - 1, place.to) === '"';
    const end = place.quoted ? place.to : to;
    const start = place.quoted ? place.from + 1 : place.from;
    if (kind === "arn" && text.includes("${")) {
      // Parts to fill in; Tab goes from one to the next.
      const template = `${opens}${text.replaceAll("${", "#{")}${isClosed ? "" : '"'}`;
      snippet(template)(view, completion, start, isClosed ? end - 1 : end);
      return;
    }
    const body = JSON.stringify(text).slice(1, -1);
    let insert = opens + body;
    let cursor = start + insert.length;
    let stop = isClosed ? end - 1 : end;
    if (!goesOn.includes(kind)) {
      // Behind the closing quote; a name goes on with its colon.
      insert += '"';
      stop = end;
      cursor += 1;
      if (place.isName && !/^\s*:/.test(doc.sliceString(end, Math.min(end + 50, doc.length)))) {
        insert += ": ";
        cursor += 2;
      }
    } else if (!isClosed) insert += '"';
    view.dispatch({ changes: { from: start, to: stop, insert }, selection: { anchor: cursor }, userEvent: "input.complete" });
  };
}

function source(ask) {
  return async (context) => {
    const place = placeAt(context.state, context.pos);
    if (!place || (!context.explicit && !place.quoted)) return null;
    const proposals = await ask("complete", place);
    if (context.aborted || !proposals?.length) return null;
    const inAction = place.path.at(-1) === "Action" || place.path.at(-1) === "NotAction";
    return {
      from: place.quoted ? place.from + 1 : place.from,
      filter: !inAction,
      // The engine gives the best first; among what fits the text as well, that order stays.
      options: proposals.map((each, at) => ({
        boost: -at,
        label: each.text,
        detail: each.detail,
        type: types[each.kind],
        apply: apply(place, each),
      })),
    };
  };
}

function about(ask) {
  return hoverTooltip(async (view, position) => {
    const place = placeAt(view.state, position, true);
    if (!place?.quoted) return null;
    const found = await ask("about", place);
    if (!found) return null;
    return {
      pos: place.from,
      end: place.to,
      above: true,
      create: () => ({ dom: card(found) }),
    };
  });
}

function card({ title, facts, link }) {
  const box = document.createElement("div");
  box.className = "about";
  const head = document.createElement("code");
  head.textContent = title;
  box.append(head);
  for (const fact of facts) {
    const line = document.createElement("span");
    line.textContent = fact;
    box.append(line);
  }
  const page = document.createElement("a");
  page.href = link;
  page.target = "_blank";
  page.rel = "noopener noreferrer";
  page.textContent = "AWS’s page";
  box.append(page);
  return box;
}

/** `ask(question, place)` promises the engine's answer. */
export function assist(ask) {
  return [
    autocompletion({ override: [source(ask)], icons: false, maxRenderedOptions: 60 }),
    keymap.of(completionKeymap),
    about(ask),
  ];
}
