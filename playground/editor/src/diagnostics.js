import { forEachDiagnostic } from "@codemirror/lint";

const severities = {
  error: "error",
  "security-warning": "warning",
  warning: "warning",
  suggestion: "info",
};

/** Makes the first change that is offered for what is underlined at the cursor. */
export function repair(view) {
  const { head } = view.state.selection.main;
  let done = false;
  forEachDiagnostic(view.state, (each, from, to) => {
    const action = each.actions?.[0];
    if (done || !action || from > head || to < head) return;
    done = true;
    action.apply(view, from, to);
  });
  return done;
}

/** A diagnostic of the engine as the lint package wants it, kept inside the document. */
export function toLint({ from, to, severity, message, help, code, fixes = [] }, doc) {
  const start = Math.min(from, doc.length);
  return {
    from: start,
    to: Math.max(start, Math.min(to, doc.length)),
    severity: severities[severity] ?? "error",
    message,
    actions: fixes.map(({ title, changes }) => ({
      name: title.replaceAll("`", ""),
      // Its places are those of the text that was checked: a moment later there are others.
      apply: (view) => view.state.doc.eq(doc) && view.dispatch({ changes, userEvent: "input.fix" }),
    })),
    renderMessage: () => tooltip(message, help, code),
  };
}

function tooltip(message, help, code) {
  const box = document.createElement("span");
  box.className = "diagnostic";
  box.append(line("diagnostic-message", message));
  if (help) box.append(line("diagnostic-help", help));
  box.append(line("diagnostic-code", code));
  return box;
}

/** A line of text; what stands between backticks is code. */
function line(className, text) {
  const span = document.createElement("span");
  span.className = className;
  text.split(/`([^`]*)`/).forEach((part, at) => {
    const piece = document.createElement(at % 2 === 1 ? "code" : "span");
    piece.textContent = part;
    span.append(piece);
  });
  return span;
}
