// `admittance eval`: policies and a request to a decision.

import { apply, simulate } from './analysis.js';
import { evaluate, explain } from './engine.js';
import { fromAccount } from './eval/account.js';
import { fromFile, fromOptions } from './eval/scenario.js';
import { fromTrail } from './eval/trail.js';
import { Failure } from './failure.js';
import { progress } from './progress.js';
import { describeDiagnostic } from './report/diagnostics.js';
import { decisionStyle, style } from './style.js';
import { table } from './report/markdown.js';

export function evaluateCommand(file, options) {
  const cases = casesOf(file, options);
  if (options.format === 'aws' || options.apply !== undefined) {
    const [{ text, name, diagnostics }] = cases;
    if (cases.length !== 1) throw new Failure(`this is about one scenario; there are ${cases.length}`, 'leave one event in the file');
    if (text === undefined) return refused(diagnostics, name);
    return options.apply === undefined ? simulated(text, name) : applied(text, options.apply, name);
  }
  if (cases.every(({ text, skip }) => text === undefined && !skip)) return refused(cases[0].diagnostics, cases[0].name);
  const shown = progress(cases.length, 'requests');
  const decided = cases.map((one, index) => {
    shown.step(index);
    return decide(one, options);
  });
  shown.end();
  if (options.format === 'json') console.log(JSON.stringify(forMachines(decided, options), null, 2));
  else if (options.format === 'markdown') console.log(decided.map(markdown).join('\n\n'));
  else decided.forEach(human);
  const fine = ({ valid, results }) => valid && results.every(({ passed }) => passed !== false);
  return decided.every(fine) && decided.some(({ results }) => results.length > 0) ? 0 : 1;
}

/**
 * What is to be decided, each with the `text` of a scenario, or with `diagnostics` that say why there is none; `name` names
 * the places in it, `notes` say what is inexact, `skip` that there is nothing to decide.
 */
function casesOf(file, options) {
  if (file !== undefined) {
    for (const option of ['account', 'cloudtrail']) {
      if (options[option] !== undefined) throw new Failure(`--${option} and a scenario file do not go together`, 'leave one of them out');
    }
    return [fromFile(file, options)];
  }
  if (options.cloudtrail !== undefined) return fromTrail(options);
  return [options.account === undefined ? fromOptions(options) : fromAccount(options)];
}

function decide({ text, name, diagnostics = [], notes = [], event, title, skip }, options) {
  if (text === undefined) return { valid: skip === true, diagnostics, results: [], told: [], explanations: {}, notes, name, event, title };
  const result = evaluate(text);
  result.diagnostics.unshift(...diagnostics);
  if (event) result.results.forEach(compare);
  const told = options.explain ? explain(text).explanations : [];
  const explanations = Object.fromEntries(told.map((explanation) => [explanation.request, explanation]));
  return { ...result, told, explanations, notes, name, event, title };
}

/** An event tells what AWS decided. Where that depends on what the event does not say, it is no difference. */
function compare(result) {
  if (result.decision !== 'Depends') return;
  delete result.passed;
  delete result.mismatches;
}

function forMachines(decided, { explain, cloudtrail, account }) {
  const all = (name) => decided.flatMap((one) => one[name]);
  return {
    valid: decided.every(({ valid }) => valid),
    diagnostics: all('diagnostics'),
    results: all('results'),
    ...(explain && { explanations: all('told') }),
    ...(account && !cloudtrail && { notes: all('notes') }),
    ...(cloudtrail && { events: decided.filter(({ event }) => event).map(({ event, results, notes }) => ({ ...event, notes, decision: results[0]?.decision })) }),
  };
}

/** Where nothing is decided, since what was read is not what it should be. */
function refused(diagnostics, name) {
  report(diagnostics, placeIn(name), console.error);
  return 1;
}

/** The response of the policy simulator. */
function simulated(text, name) {
  const { valid, diagnostics, response } = simulate(text);
  if (valid) console.log(JSON.stringify(response, null, 2));
  report(diagnostics, placeIn(name), console.error);
  return valid ? 0 : 1;
}

/** The scenario with a suggestion applied, by its place in the list of `--explain`. */
function applied(text, wanted, name) {
  const number = Number(wanted);
  const { valid, diagnostics, explanations } = explain(text);
  if (!valid) {
    report(diagnostics, placeIn(name), console.error);
    return 1;
  }
  if (explanations.length !== 1) throw new Failure(`--apply is about one request; there are ${explanations.length}`, 'leave one in the scenario');
  const [{ suggestions }] = explanations;
  if (!Number.isInteger(number) || number < 1 || number > suggestions.length) {
    const help = suggestions.length ? `they are numbered from 1 to ${suggestions.length}` : 'nothing that could be changed would flip this decision';
    throw new Failure(`--apply ${wanted}: there is no such suggestion`, help);
  }
  console.log(JSON.stringify(apply(text, suggestions[number - 1]).scenario, null, 2));
  return 0;
}

function human({ valid, diagnostics, results, explanations, notes, name, title }, index) {
  const place = placeIn(name);
  if (index > 0) console.log();
  if (title && results.length === 0) console.log(`${style.dim('Not decided')}  ${style.dim(title)}`);
  if (!valid && results.length === 0) console.log(`${style.bad(style.bold('Not decided'))}: an error has to be put right first.`);
  for (const [index, result] of results.entries()) {
    if (index > 0) console.log();
    const of = result.name ? `  ${style.dim(result.name)}` : '';
    console.log(`${style.bold(decisionStyle(result.decision)(result.decision))}${of}`);
    if (explanations[index]) {
      console.log(marked(explanations[index].text.trimEnd()));
    } else {
      console.log(result.reason);
      result.notes.forEach((note) => console.log(style.dim(note)));
      if (result.missingContextKeys.length) {
        console.log(style.dim(`Not in the request, but asked for: ${result.missingContextKeys.join(', ')}.`));
      }
    }
    if (result.passed === false) result.mismatches.forEach((line) => console.log(`${style.bad('✗')} ${line}`));
  }
  notes.forEach((note) => console.log(style.dim(note)));
  report(diagnostics, place, console.log);
}

/** Names the places in a scenario: those of files, or below the scenario's own name. */
const placeIn = (name) => (typeof name === 'function' ? name : (location) => [name, location].filter(Boolean).join(': '));

function report(diagnostics, place, print) {
  diagnostics.forEach((diagnostic) => print(describeDiagnostic(diagnostic, place(diagnostic.location))));
}

/** The marks of an explanation's text, in color. */
function marked(text) {
  return text.replace(/^(\s*)([✓✗?·])/gm, (_, blanks, mark) => {
    const paint = { '✓': style.good, '✗': style.bad, '?': style.open, '·': style.dim }[mark];
    return blanks + paint(mark);
  });
}

function markdown({ valid, diagnostics, results, explanations, notes, title }) {
  const parts = [];
  if (title && results.length === 0) parts.push(`### Not decided: ${title}`);
  if (!valid && results.length === 0) parts.push('**Not decided**: an error has to be put right first.');
  for (const [index, { name, decision, reason }] of results.entries()) {
    parts.push(`### ${decision}${name ? `: ${name}` : ''}`, explanations[index] ? `\`\`\`text\n${explanations[index].text.trimEnd()}\n\`\`\`` : reason);
  }
  if (notes.length) parts.push(notes.map((note) => `- ${note}`).join('\n'));
  if (diagnostics.length) {
    const rows = diagnostics.map(({ severity, location, code, message }) => [severity, location, code, message]);
    parts.push(table(['severity', 'place', 'code', 'message'], rows));
  }
  return parts.join('\n\n');
}
