// Requests on their way to a decision, without JSON: their strings are written into memory of the
// engine, in the form that wasm/src/requests.rs reads. What a request has in common with the one
// before is not written again, and a request of any other form goes as JSON text.

import { decide_text as decideText, scratch } from '#glue';
import { scratch as sizes } from '#constants';
import { jsonText } from './arguments.js';

// In place of a length: as in the request before; not given. In place of a number of values: one
// value and no list; a key that is absent.
const SAME = 0xffffffff;
const NONE = 0xfffffffe;
const SINGLE = SAME;

/** How a request went: written; there was no room for it; it has to go as JSON text. */
const WRITTEN = 0;
const FULL = 1;
const OTHER = 2;

/** Of what the engine has, where that is not known: unlike anything that is given. */
const UNKNOWN = Symbol('unknown');

const utf8 = new TextEncoder();

/** Makes `decide` and `decideMany` of one entry. What they give are places in the names of the answers. */
export function createRequests(engine) {
  let generation = 0;
  let table;
  let text;
  let answers;
  let deciders;

  // What the engine has of the last request, and how much of the memory is written.
  let principal;
  let action;
  let resource;
  let account;
  let context = [];
  let words = 0;
  let bytes = 0;

  // What is read of the next request. The context is flat: name, number of values, values.
  let nextPrincipal;
  let nextAction;
  let nextResource;
  let nextAccount;
  let nextContext = [];

  // A getter of a request may decide another one; that one must not come in between.
  let busy = false;

  /** Finds the memory again after the engine was started anew, or its memory grew. */
  function refresh() {
    if (generation !== engine.generation) {
      generation = engine.generation;
      forget();
    } else if (table.length > 0) {
      return;
    }
    // The first call may make the memory grow: its buffer is asked for after it.
    const places = [scratch(0), scratch(1), scratch(2), scratch(3)];
    const { buffer } = engine.exports.memory;
    table = new Uint32Array(buffer, places[0], sizes.table);
    text = new Uint8Array(buffer, places[1], sizes.text);
    answers = new Uint8Array(buffer, places[2], sizes.requests);
    deciders = new Uint32Array(buffer, places[3], sizes.requests * 2);
  }

  function forget() {
    principal = action = resource = account = UNKNOWN;
    context = [UNKNOWN];
    words = bytes = 0;
  }

  /** Decides one request under the set of that number, whose policies an error will name. */
  function decide(number, request, policies) {
    if (busy) return asText(number, request, policies, 'PolicySet.decide', 'request');
    busy = true;
    try {
      refresh();
      words = bytes = 0;
      if (!read(request) || write() !== WRITTEN) {
        return asText(number, request, policies, 'PolicySet.decide', 'request');
      }
      try {
        return engine.exports.decide(number, 1, false);
      } catch (thrown) {
        engine.generation++;
        throw engine.failed('PolicySet.decide', { policies, request: JSON.stringify(request) }, thrown);
      }
    } catch (thrown) {
      forget();
      throw thrown;
    } finally {
      busy = false;
    }
  }

  /** Decides many requests, and fills in what comes out: the answers, and where they are given also the other places. */
  function decideMany(number, requests, policies, name, rulings) {
    const { length } = requests;
    const decided = rulings.answers;
    const attributed = rulings.gates !== undefined;
    function one(index) {
      decided[index] = asText(number, requests[index], policies, name, `requests[${index}]`, attributed);
      // Not by the views: another batch may be under way.
      if (attributed) fill(rulings, index, 1, new Uint32Array(engine.exports.memory.buffer, scratch(3), 2));
    }
    if (busy) {
      for (let index = 0; index < length; index++) one(index);
      return;
    }
    // Those from here on are written and not decided.
    let start = 0;
    function flush(end) {
      if (end > start) {
        try {
          engine.exports.decide(number, end - start, attributed);
        } catch (thrown) {
          engine.generation++;
          const failing = JSON.stringify(requests.slice(start, end));
          throw engine.failed(name, { policies, requests: failing }, thrown);
        }
        refresh();
        decided.set(answers.subarray(0, end - start), start);
        if (attributed) fill(rulings, start, end - start, deciders);
        words = bytes = 0;
      }
      start = end;
    }
    busy = true;
    try {
      refresh();
      words = bytes = 0;
      for (let index = 0; index < length; index++) {
        let outcome = read(requests[index]) ? write() : OTHER;
        if (outcome === FULL) {
          flush(index);
          outcome = write();
        }
        if (outcome !== WRITTEN) {
          flush(index);
          one(index);
          refresh();
          start = index + 1;
        }
      }
      flush(length);
    } catch (thrown) {
      forget();
      throw thrown;
    } finally {
      busy = false;
    }
  }

  function asText(number, request, policies, name, argument, attributed = false) {
    const json = jsonText(request, `${name}(${argument})`, 'a request object');
    return engine.call(name, { policies, request: json }, () => decideText(number, json, attributed));
  }

  /** Reads a plain request; false if it has to go as JSON text, which also tells what cannot be read. */
  function read(request) {
    try {
      return readPlain(request);
    } catch {
      return false;
    }
  }

  function readPlain(request) {
    if (!isPlain(request)) return false;
    nextPrincipal = nextAction = nextResource = nextAccount = undefined;
    nextContext.length = 0;
    for (const key in request) {
      if (!Object.hasOwn(request, key)) continue;
      const value = request[key];
      if (value === undefined) continue;
      if (key === 'context') {
        if (!readContext(value)) return false;
        continue;
      }
      if (typeof value !== 'string') return false;
      switch (key) {
        case 'principal':
          nextPrincipal = value;
          break;
        case 'action':
          nextAction = value;
          break;
        case 'resource':
          nextResource = value;
          break;
        case 'resourceAccount':
          nextAccount = value;
          break;
        case 'name':
          break;
        default:
          return false;
      }
    }
    return nextPrincipal !== undefined && nextAction !== undefined;
  }

  function readContext(given) {
    if (!isPlain(given)) return false;
    for (const key in given) {
      if (!Object.hasOwn(given, key)) continue;
      const value = given[key];
      if (value === undefined) continue;
      if (value === null) {
        nextContext.push(key, NONE);
      } else if (isScalar(value)) {
        nextContext.push(key, SINGLE, value);
      } else if (Array.isArray(value)) {
        const { length } = value;
        nextContext.push(key, length);
        for (let index = 0; index < length; index++) {
          const item = value[index];
          if (!isScalar(item)) return false;
          nextContext.push(item);
        }
      } else {
        return false;
      }
    }
    return true;
  }

  /** Writes what was read. */
  function write() {
    const wordsBefore = words;
    const bytesBefore = bytes;
    const sameContext = isSame(context, nextContext);
    // Five lengths, and for each part of the context one word at most.
    if (words + 5 + (sameContext ? 0 : nextContext.length) > sizes.table) {
      return words === 0 ? OTHER : FULL;
    }
    const head = words;
    words += 5;
    table[head] = nextPrincipal === principal ? SAME : string(nextPrincipal);
    table[head + 1] = nextAction === action ? SAME : string(nextAction);
    table[head + 2] = nextResource === resource ? SAME : optional(nextResource);
    table[head + 3] = nextAccount === account ? SAME : optional(nextAccount);
    table[head + 4] = sameContext ? SAME : writeContext();
    if (overflow || foreign) {
      const outcome = overflow && wordsBefore > 0 ? FULL : OTHER;
      overflow = foreign = false;
      words = wordsBefore;
      bytes = bytesBefore;
      return outcome;
    }
    principal = nextPrincipal;
    action = nextAction;
    resource = nextResource;
    account = nextAccount;
    if (!sameContext) [context, nextContext] = [nextContext, context];
    return WRITTEN;
  }

  let overflow = false;
  let foreign = false;

  const optional = (value) => (value === undefined ? NONE : string(value));

  /** Writes a string; gives its length in bytes. */
  function string(value) {
    const { length } = value;
    if (bytes + length * 3 > sizes.text) {
      overflow = true;
      return 0;
    }
    for (let index = 0; index < length; index++) {
      const unit = value.charCodeAt(index);
      if (unit > 0x7f) return encoded(value);
      text[bytes + index] = unit;
    }
    bytes += length;
    return length;
  }

  function encoded(value) {
    // The encoder would replace halves of surrogate pairs; JSON text has them refused.
    if (/\p{Surrogate}/u.test(value)) {
      foreign = true;
      return 0;
    }
    const { written } = utf8.encodeInto(value, text.subarray(bytes));
    bytes += written;
    return written;
  }

  /** Writes the context; gives the number of its keys. */
  function writeContext() {
    let keys = 0;
    let part = 0;
    while (part < nextContext.length) {
      keys++;
      const name = words++;
      const count = nextContext[part + 1];
      table[name] = string(nextContext[part]);
      table[words++] = count;
      part += 2;
      const values = count === NONE ? 0 : count === SINGLE ? 1 : count;
      for (const end = part + values; part < end; part++) {
        const value = nextContext[part];
        const place = words++;
        table[place] = string(typeof value === 'string' ? value : String(value));
      }
    }
    return keys;
  }

  return { decide, decideMany };
}

/** Puts what the engine says into its places. Of each it says two words; wasm/src/requests.rs packs them. */
function fill({ gates, policies, statements }, start, count, words) {
  for (let index = 0; index < count; index++) {
    const policy = words[2 * index] - 1;
    const rest = words[2 * index + 1];
    gates[start + index] = (rest & 15) - 1;
    policies[start + index] = policy;
    statements[start + index] = policy < 0 ? -1 : rest >>> 4;
  }
}

function isSame(one, other) {
  const { length } = one;
  if (length !== other.length) return false;
  for (let index = 0; index < length; index++) if (one[index] !== other[index]) return false;
  return true;
}

/** An object of which JSON has nothing but its own properties. */
function isPlain(value) {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isScalar(value) {
  return typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
