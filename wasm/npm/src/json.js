// Objects on their way in become JSON text. JSON.stringify loses some values without a word:
// a Map becomes {}, NaN becomes null, a function disappears. A request context that lost a key
// could turn a Deny into an Allow, so here such a value is a mistake that is named with its path.

import { coded, describe, invalidArgument, kindOf, messageOf } from './errors.js';

// These have a JSON form of their own, wrapped primitives included.
const WRITABLE = new Set(['Object', 'Array', 'String', 'Number', 'Boolean']);

/** Writes an argument as JSON text, or throws a TypeError that names what cannot be written. */
export function toJsonText(value, argument) {
  let text;
  try {
    text = JSON.stringify(value, lossChecker(argument));
  } catch (thrown) {
    if (thrown instanceof Loss) throw thrown.error;
    throw invalidArgument(argument, `cannot be written as JSON: ${messageOf(thrown)}`, thrown);
  }
  if (text === undefined) {
    throw invalidArgument(argument, 'cannot be written as JSON: toJSON() returned nothing');
  }
  return text;
}

/** Carries our own error out of JSON.stringify, told apart from what a getter may throw. */
class Loss {
  constructor(error) {
    this.error = error;
  }
}

function lossChecker(argument) {
  // The containers from the root to the current value, and the key of each in the one before.
  const holders = [];
  const keys = [];
  return function check(key, value) {
    while (holders.length > 0 && holders[holders.length - 1] !== this) {
      holders.pop();
      keys.pop();
    }
    const problem = lossOf(this, key, value);
    if (problem !== undefined) {
      const place = argument.replace(/\)$/, `${pathOf([...keys, key])})`);
      throw new Loss(coded(TypeError, 'INVALID_ARGUMENT', `${place}: ${problem}`));
    }
    if (typeof value === 'object' && value !== null) {
      holders.push(value);
      keys.push(key);
    }
    return value;
  };
}

/** What JSON would lose of this value, if anything. */
function lossOf(holder, key, value) {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : `JSON has no ${value}`;
    case 'undefined':
      // An undefined property counts as not given, as is usual in JavaScript.
      return Array.isArray(holder) ? 'JSON has no undefined' : undefined;
    case 'object':
      if (value === null) {
        return kindOf(holder[key]) === 'Date' ? 'is an invalid Date' : undefined;
      }
      return WRITABLE.has(kindOf(value)) ? undefined : `JSON has no form for ${describe(value)}`;
    default:
      return `JSON has no form for ${describe(value)}`;
  }
}

/** `.requests[0].context["aws:username"]`; the root has the key "" and no path. */
function pathOf(keys) {
  return keys
    .slice(1)
    .map((key) => {
      if (/^\d+$/.test(key)) return `[${key}]`;
      return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    })
    .join('');
}
