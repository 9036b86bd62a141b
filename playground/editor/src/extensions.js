import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { assist } from "./assist.js";
import { format } from "./commands.js";
import { repair } from "./diagnostics.js";
import { revealed } from "./revealed.js";
import { statements } from "./statements.js";
import { theme } from "./theme.js";

/** What assistive technology is told of the shown document. */
class NameCompartment extends Compartment {
  named(policyName) {
    const extension = EditorView.contentAttributes.of({
      "aria-label": `Policy document ${policyName}`,
      "aria-describedby": "editor-hint",
      tabindex: "0",
    });
    return Object.assign([extension], { policyName });
  }
}

export const nameCompartment = new NameCompartment();

/** Everything that a document's state needs. */
export function extensions({ name, onUpdate, onSelect, onExplain, ask }) {
  const nonce = document.querySelector("meta[name='style-nonce']")?.content;
  return [
    nonce ? EditorView.cspNonce.of(nonce) : [],
    statements(onSelect),
    lintGutter(),
    lineNumbers(),
    highlightActiveLineGutter(),
    foldGutter({ openText: "▾", closedText: "▸" }),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of("  "),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search({ top: true }),
    json(),
    syntaxHighlighting(classHighlighter),
    EditorView.lineWrapping,
    revealed,
    theme,
    nameCompartment.of(nameCompartment.named(name)),
    assist(ask),
    keymap.of([
      { key: "Mod-Enter", run: onExplain },
      { key: "Shift-Alt-f", run: format },
      { key: "Mod-.", run: repair },
      ...closeBracketsKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      // Escape followed by Tab leaves the editor; the hint under it says so.
      indentWithTab,
    ]),
    EditorView.updateListener.of(onUpdate),
  ];
}
