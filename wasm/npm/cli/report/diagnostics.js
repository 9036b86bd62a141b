// Diagnostics for people.

import { style } from '../style.js';

const PAINT = { error: style.bad, 'security-warning': style.bad, warning: style.open, suggestion: style.dim };

/** `policy.json:3:14 error: … (CODE)`, and the help below it. */
export function describeDiagnostic({ severity, code, message, help, range }, place) {
  const at = range ? `${place}:${range.start.line}:${range.start.column}` : place;
  const head = `${at ? `${style.bold(at)} ` : ''}${PAINT[severity](severity)}: ${message} ${style.dim(code)}`;
  return help ? `${head}\n  ${style.dim('help:')} ${help}` : head;
}
