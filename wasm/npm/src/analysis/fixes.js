// The fixes of findings, made.

import { describe, invalidArgument } from '../errors.js';

/**
 * The text with the fixes of findings on it made, those that do not touch an earlier one. What is fixed by that may show
 * further findings, so that who wants all of them gone validates again.
 */
export function applyFixes(text, findings) {
  if (typeof text !== 'string') throw invalidArgument('applyFixes(text)', `expected a string, got ${describe(text)}`);
  if (!Array.isArray(findings)) {
    throw invalidArgument('applyFixes(findings)', `expected the findings of validatePolicy, got ${describe(findings)}`);
  }
  const taken = [];
  for (const { fix } of findings) {
    const edits = fix?.edits ?? [];
    if (edits.every((edit) => taken.every((other) => apart(edit, other)))) taken.push(...edits);
  }
  taken.sort((one, other) => other.range.start.offset - one.range.start.offset);
  let fixed = text;
  for (const { range, newText } of taken) {
    fixed = fixed.slice(0, range.start.offset) + newText + fixed.slice(range.end.offset);
  }
  return fixed;
}

/** Whether two edits do not touch; what is inserted at one place would come in an order that nobody chose. */
function apart({ range: one }, { range: other }) {
  return one.end.offset < other.start.offset || other.end.offset < one.start.offset;
}
