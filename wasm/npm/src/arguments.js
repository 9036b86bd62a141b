// What the functions are given.

import { describe, invalidArgument, kindOf, messageOf } from './errors.js';
import { toJsonText } from './json.js';

/** The JSON text of an argument that may be that text, or an object. */
export function jsonText(value, argument, expected) {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || kindOf(value) !== 'Object') {
    const hint = kindOf(value) === 'Promise' ? '; is an "await" missing?' : '';
    throw invalidArgument(argument, `expected ${expected} or its JSON text, got ${describe(value)}${hint}`);
  }
  return toJsonText(value, argument);
}

/** A plain copy of the options, so that no getter runs inside the engine. */
export function knownOptions(options, names, argument) {
  if (options === undefined) return {};
  if (typeof options !== 'object' || options === null || kindOf(options) !== 'Object') {
    throw invalidArgument(argument, `expected an object, got ${describe(options)}`);
  }
  let given;
  try {
    given = Object.entries(options);
  } catch (thrown) {
    throw invalidArgument(argument, `cannot be read: ${messageOf(thrown)}`, thrown);
  }
  const known = {};
  for (const [name, value] of given) {
    if (!names.includes(name)) {
      throw invalidArgument(argument, `unknown option ${JSON.stringify(name)}; there is ${names.join(', ')}`);
    }
    if (value !== undefined) known[name] = value;
  }
  return known;
}

/** The same for options that are whole numbers. */
export function wholeNumbers(options, names, argument) {
  const known = knownOptions(options, names, argument);
  for (const [name, value] of Object.entries(known)) {
    if (typeof value !== 'number' || value >>> 0 !== value) {
      throw invalidArgument(argument, `${name}: expected a whole number up to ${2 ** 32 - 1}`);
    }
  }
  return known;
}
