// A fence with the word `admittance` in Markdown: what it holds, and what stands in the page without scripts.

import { MODES, isMisspelt } from '../../../playground/widgets/src/content.js';
import { reason as sentence, words } from '../../../playground/widgets/src/words.js';
import { evaluate } from './node.js';

/**
 * The example in a fence: `{ mode, decisions }`; undefined if the fence is none. `info` is what follows the fence's
 * marks, such as `admittance quiz`. Each decision is `{ name, word, reason }`.
 *
 * @throws {Error} What is wrong with the example, for its author.
 */
export function exampleOf(info, text) {
  const [word, mode = 'readonly', ...more] = info.trim().split(/\s+/);
  if (isMisspelt(word)) throw new Error(`"${word}": the word of an example is "admittance"`);
  if (word !== 'admittance') return undefined;
  if (!MODES.includes(mode) || more.length > 0) {
    throw new Error(`"${info.trim()}": after "admittance" comes one of ${MODES.join(', ')}, or nothing`);
  }
  const { valid, diagnostics, results } = evaluate(text);
  if (!valid || results.length === 0) {
    const [first] = diagnostics.filter(({ severity }) => severity === 'error');
    const place = first?.range && !first.location ? ` (line ${first.range.start.line} of it, column ${first.range.start.column})` : '';
    const where = first?.location ? `${first.location}: ` : '';
    throw new Error(first ? `the example cannot be decided: ${where}${first.message}${place}` : 'the example has no request');
  }
  const wrong = results.find(({ passed }) => passed === false);
  if (wrong) throw new Error(`the example states another decision: ${wrong.mismatches.join('; ')}`);
  const decisions = results.map(({ name, decision, reason }) => ({
    name: results.length > 1 ? name : undefined,
    word: words.decisions[decision],
    reason: sentence(reason),
  }));
  return { mode, decisions };
}
