// `admittance docs check`: the decisions that documentation states against the ones that are made.

import { ContentError, MODES, readChildren, scenarioOf } from '../../../playground/widgets/src/content.js';
import { comparisonIn, policyIn, scenarioIn } from '../../../playground/widgets/src/elements.js';
import { words } from '../../../playground/widgets/src/words.js';
import { NAMES, elementsOf } from './docs/html.js';
import { htmlOf } from './docs/markdown.js';
import { markdownOf } from './docs/mdx.js';
import { evaluate, validate } from './engine.js';
import { findFiles, readText } from './files.js';
import { progress } from './progress.js';
import { junit } from './report/junit.js';
import { human, markdown } from './test.js';

const PAGES = ['**/*.{md,mdx,markdown,html,htm}'];

export function docsCheckCommand(args, options) {
  const paths = findFiles(args, PAGES);
  const shown = progress(paths.length, 'files');
  const files = paths
    .map((file, index) => {
      shown.step(index);
      return { file, diagnostics: [], cases: casesOf(file, options.mdx) };
    })
    .filter(({ cases }) => cases.length > 0);
  shown.end();
  if (options.format === 'json') console.log(JSON.stringify({ files }, null, 2));
  else if (options.format === 'junit') console.log(junit(files));
  else if (options.format === 'markdown') console.log(markdown(files));
  else human(files);
  return files.some(({ cases }) => cases.some(({ status }) => status === 'failed')) ? 1 : 0;
}

/** Each request of each example on a page, with what became of it. */
function casesOf(file, mdx) {
  return examplesOf(file, mdx).flatMap((element) => {
    const name = `line ${element.line}`;
    try {
      return check(element).map((each) => ({ ...each, name: each.name ? `${name}: ${each.name}` : name }));
    } catch (thrown) {
      if (!(thrown instanceof ContentError)) throw thrown;
      return [{ name, status: 'failed', decision: 'Invalid', lines: [thrown.message] }];
    }
  });
}

/** The elements of a page, and its fences as elements; `mdx` says that all Markdown is MDX. */
function examplesOf(file, mdx) {
  const text = readText(file);
  if (/\.html?$/i.test(file)) return elementsOf(text);
  if (!mdx && !/\.mdx$/i.test(file)) return elementsOf(htmlOf(text));
  const { text: markdown, numbers } = markdownOf(text);
  const elements = elementsOf(htmlOf(markdown));
  for (const each of elements) each.line = numbers[each.line - 1];
  return elements;
}

function check(element) {
  if (!NAMES.includes(element.localName)) throw new ContentError(`unknown element <${element.localName}>; write one of ${NAMES.join(', ')}`);
  if (element.dataset.misspelt) throw new ContentError(`the word after the fence's marks is "${element.dataset.misspelt}"; write admittance`);
  if (element.localName === 'admittance-policy') return [checkPolicy(element)];
  if (element.localName === 'admittance-compare') return checkCompare(element);
  const mode = element.getAttribute('mode') || 'readonly';
  if (!MODES.includes(mode)) throw new ContentError(`unknown mode "${mode}"; write one of ${MODES.join(', ')}`);
  const expected = element.getAttribute('expect');
  if (expected && !Object.hasOwn(words.decisions, expected)) throw new ContentError(`unknown decision "${expected}"; write one of ${Object.keys(words.decisions).join(', ')}`);
  if (element.hasAttribute('data-fence') && !readChildren(element).scenario) throw new ContentError(unreadable(element.textContent));
  const scenario = scenarioIn(element);
  const { results, diagnostics } = evaluate(JSON.stringify(scenario));
  return scenario.requests.map((request, index) => {
    const name = request.name ?? (scenario.requests.length > 1 ? `request ${index}` : undefined);
    // As the widget does it: what the element states, it states of each request that is shown.
    const stated = expected || request.expect?.decision;
    return { name, ...outcome(results[index], stated, diagnostics) };
  });
}

/** Why the text of a fence is no scenario. */
function unreadable(text) {
  const [error] = evaluate(text.replace(/^\n/, '')).diagnostics.filter(({ severity }) => severity === 'error');
  const place = error?.range ? ` (line ${error.range.start.line} of it, column ${error.range.start.column})` : '';
  return error ? `it is no scenario: ${error.message}${place}` : 'it is no scenario: an object with policies and requests';
}

/** What came of a request for which a page states a decision, or none. */
function outcome(result, stated, diagnostics) {
  const decision = result?.decision ?? 'Invalid';
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ location, message }) => [location, message].filter(Boolean).join(': '));
  const undecided = decision === 'Invalid';
  if (stated === null || stated === undefined) {
    if (undecided) return { status: 'failed', decision, lines: ['nothing is decided', ...errors] };
    return { status: 'skipped', decision, lines: [`states no decision: ${decision}`] };
  }
  if (stated === decision && result?.passed !== false) return { status: 'passed', decision, lines: [] };
  const mismatches = stated === decision ? result.mismatches : [`decision: expected ${stated}, got ${decision}`];
  return { status: 'failed', decision, lines: [...mismatches, ...(undecided ? errors : [result.reason])] };
}

/** A policy by itself has to be one, unless the page says with `data-invalid` that it is not. */
function checkPolicy(element) {
  const { text, type } = policyIn(element);
  const { valid, diagnostics } = validate(text, type);
  const wanted = !element.hasAttribute('data-invalid');
  const lines = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  if (valid === wanted) return { status: 'passed', decision: valid ? 'valid' : 'Invalid', lines: [] };
  return { status: 'failed', decision: valid ? 'valid' : 'Invalid', lines: wanted ? lines : ['policy: expected an error, got none'] };
}

/** A comparison states nothing; both its policies have to be valid. */
function checkCompare(element) {
  const { before, after, others, requests } = comparisonIn(element);
  return [before, after].flatMap((policy, side) => {
    const scenario = scenarioOf([policy, ...others], requests);
    const { results, diagnostics } = evaluate(JSON.stringify(scenario));
    return requests.map((request, index) => ({
      name: `${['before', 'after'][side]}, ${request.name ?? `request ${index}`}`,
      ...outcome(results[index], undefined, diagnostics),
    }));
  });
}
