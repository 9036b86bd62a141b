// `admittance test`: runs scenario files.

import { evaluate } from './engine.js';
import { Coverage } from './coverage.js';
import { findFiles, readJson, SCENARIOS } from './files.js';
import { progress } from './progress.js';
import { describeDiagnostic } from './report/diagnostics.js';
import { junit } from './report/junit.js';
import { table } from './report/markdown.js';
import { style } from './style.js';
import { watching } from './watch.js';

const MARKS = { passed: style.good('✓'), failed: style.bad('✗'), skipped: style.dim('·') };

export async function testCommand(args, options) {
  const once = () => runAll(args, options);
  return options.watch ? watching(args, () => filesOf(args), once) : once();
}

function filesOf(args) {
  return args.length ? findFiles(args, SCENARIOS) : findFiles(['.'], SCENARIOS);
}

function runAll(args, options) {
  const paths = filesOf(args);
  const coverage = options.coverage ? new Coverage() : undefined;
  const shown = progress(paths.length, 'files');
  const files = paths.map((path, index) => {
    shown.step(index);
    return runFile(path, coverage);
  });
  shown.end();
  const uncovered = coverage?.uncovered();
  if (options.format === 'json') console.log(JSON.stringify({ files, ...(uncovered && { uncovered }) }, null, 2));
  else if (options.format === 'junit') console.log(junit(files));
  else if (options.format === 'markdown') console.log(markdown(files, uncovered));
  else human(files, uncovered);
  return files.some(({ cases }) => cases.some(({ status }) => status === 'failed')) ? 1 : 0;
}

/** A file with what became of each of its requests. */
function runFile(file, coverage) {
  const text = readJson(file);
  const { valid, diagnostics, results } = evaluate(text);
  if (!valid && results.length === 0) return { file, cases: undecided(text, diagnostics), diagnostics };
  coverage?.add(file, text, results);
  const cases = results.map((result, index) => {
    const { decision, reason, passed, mismatches, resource } = result;
    const name = result.name ?? (resource ? `request ${index} (${resource})` : `request ${index}`);
    // An error is a failure, unless it is expected.
    if (decision === 'Invalid' && passed === undefined) return { name, status: 'failed', decision, lines: ['nothing is decided', ...errorsOf(result)] };
    const status = passed === undefined ? 'skipped' : passed ? 'passed' : 'failed';
    const told = decision === 'Invalid' ? errorsOf(result) : [reason];
    const lines = status === 'failed' ? [...mismatches, ...told] : status === 'skipped' ? [`no expectation: ${decision}`] : [];
    return { name, status, decision, lines };
  });
  return { file, cases, diagnostics };
}

/** Where nothing is decided, a request passes only if that is what it expects. */
function undecided(text, diagnostics) {
  let requests = [];
  try {
    requests = JSON.parse(text).requests;
  } catch {
    // Then there is one failure: the file.
  }
  const lines = errorsOf({ diagnostics });
  if (!Array.isArray(requests) || requests.length === 0) requests = [undefined];
  return requests.map((request, index) => {
    const expected = request?.expect?.decision;
    const name = typeof request?.name === 'string' ? request.name : `request ${index}`;
    if (expected === 'Invalid') return { name, status: 'passed', decision: 'Invalid', lines: [] };
    const head = expected === undefined ? 'nothing is decided' : `decision: expected ${expected}, got Invalid`;
    return { name, status: 'failed', decision: 'Invalid', lines: [head, ...lines] };
  });
}

const errorsOf = ({ diagnostics }) =>
  diagnostics.filter(({ severity }) => severity === 'error').map(({ location, message }) => [location, message].filter(Boolean).join(': '));

const where = ({ file, policy, statement, applied }) =>
  `${file}: ${policy}: ${statement}${applied ? ` ${style.dim(`(applied ${applied} times)`)}` : ''}`;

/** For people, on a terminal. */
export function human(files, uncovered) {
  for (const { file, cases, diagnostics } of files) {
    const failed = cases.some(({ status }) => status === 'failed');
    console.log(`${MARKS[failed ? 'failed' : 'passed']} ${style.bold(file)}`);
    for (const { name, status, lines } of cases) {
      if (!failed && status === 'passed') continue;
      console.log(`  ${MARKS[status]} ${name}${status === 'skipped' ? style.dim(`: ${lines[0]}`) : ''}`);
      if (status !== 'failed') continue;
      for (const line of lines) console.log(`      ${difference(line)}`);
    }
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    errors.forEach((diagnostic) => console.log(`  ${describeDiagnostic(diagnostic, diagnostic.location).replaceAll('\n', '\n  ')}`));
  }
  if (uncovered?.length) {
    console.log(`\n${style.bold('Statements that no request made decisive')}`);
    uncovered.forEach((one) => console.log(`  ${where(one)}`));
  } else if (uncovered) {
    console.log('\nEvery statement was decisive for some request.');
  }
  const count = (status) => files.flatMap(({ cases }) => cases).filter((one) => one.status === status).length;
  const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(count);
  const parts = [`${passed} passed`, failed ? style.bad(`${failed} failed`) : '0 failed', skipped ? `${skipped} without an expectation` : ''];
  console.log(`\n${parts.filter(Boolean).join(', ')} in ${files.length} file${files.length === 1 ? '' : 's'}`);
}

/** `what: expected a, got b` with the two in color. */
function difference(line) {
  const [, what, expected, actual] = /^([^:]+): expected (.*), got (.*)$/s.exec(line) ?? [];
  return what === undefined ? style.dim(line) : `${what}: expected ${style.good(expected)}, got ${style.bad(actual)}`;
}

/** As tables. */
export function markdown(files, uncovered) {
  const rows = files.flatMap(({ file, cases }) => cases.map(({ name, status, lines }) => [status, file, name, lines.join('; ')]));
  const parts = [table(['', 'file', 'request', ''], rows)];
  if (uncovered) {
    parts.push('### Statements that no request made decisive');
    parts.push(uncovered.length ? table(['file', 'policy', 'statement', 'applied'], uncovered.map((one) => [one.file, one.policy, one.statement, one.applied])) : 'None.');
  }
  return parts.join('\n\n');
}
