// What is thrown: only for mistakes of the program and failures of the machine, always with a code.

/** Makes an error with a code. `details` may hold `cause` and further properties. */
export function coded(Type, code, message, { cause, ...details } = {}) {
  const error = cause === undefined ? new Type(message) : new Type(message, { cause });
  return Object.assign(error, { code, ...details });
}

/** A mistake of the calling program: names the argument, what it should be and what it is. */
export function invalidArgument(argument, message, cause) {
  return coded(TypeError, 'INVALID_ARGUMENT', `${argument}: ${message}`, { cause });
}

/** Says in a few words what a value is, without running any code of the value's owner. */
export function describe(value) {
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'string':
      return 'a string';
    case 'number':
      return Number.isFinite(value) ? 'a number' : String(value);
    case 'bigint':
      return 'a BigInt';
    case 'boolean':
    case 'symbol':
    case 'function':
      return `a ${typeof value}`;
    default:
      return value === null ? 'null' : describeObject(value);
  }
}

function describeObject(value) {
  const kind = kindOf(value);
  if (kind === 'Object') return 'an object';
  return /^[AEIO]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

/** The kind of an object, across realms: `Object`, `Array`, `Map`, `Date`, … */
export function kindOf(value) {
  try {
    return Object.prototype.toString.call(value).slice('[object '.length, -1);
  } catch {
    // A proxy, or a getter for Symbol.toStringTag, that throws.
    return 'Proxy';
  }
}

/** The message of whatever was thrown. */
export function messageOf(thrown) {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return 'an exception without a message';
  }
}
