const severities = {
  error: "error",
  "security-warning": "warning",
  warning: "warning",
  suggestion: "info",
};

/** A diagnostic of the engine as the lint package wants it, kept inside the document. */
export function toLint({ from, to, severity, message, help, code }, doc) {
  const start = Math.min(from, doc.length);
  return {
    from: start,
    to: Math.max(start, Math.min(to, doc.length)),
    severity: severities[severity] ?? "error",
    message,
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

function line(className, text) {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = text;
  return span;
}
