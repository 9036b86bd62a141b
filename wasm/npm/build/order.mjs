// Puts functions with like code next to each other. What gzip writes once it finds again within 32 kB only: the order
// in which the compiler leaves the functions costs 3 % of the compressed file.

import { deflateRawSync } from 'node:zlib';

/** How much code a function is compared with: somewhat less than gzip looks back. */
const WINDOW = 26_000;

// Which order is the smallest cannot be foreseen, so several are made, with each combination of these and several
// first functions; the best is 0.4 % smaller than the worst.
/** The length of the pieces of code by which functions are compared, in bytes. */
const PIECES = [6, 7];
/** Pieces that more functions than this have say nothing. */
const COMMON = [20, 40];
/** A short function counts as if it were longer by so many bytes, or the shortest would all come first. */
const LONGER = [5, 10, 20];

const CUSTOM = 0;
const IMPORT = 2;
const CODE = 10;

/**
 * The module with a name for each function, in whose order like functions follow each other. The order itself is
 * made by wasm-opt, with --reorder-functions-by-name. `firsts`: with how many first functions it is tried.
 */
export function nameByLikeness(module, firsts) {
  const { imports, functions } = read(module);
  const names = [];
  likest(functions, firsts).forEach((index, rank) => {
    names[index] = String(rank).padStart(6, '0');
  });
  const entries = names.map((name, index) => [...leb(imports + index), name.length, ...Buffer.from(name)]);
  const map = [...leb(entries.length), ...entries.flat()];
  const section = [4, ...Buffer.from('name'), 1, ...leb(map.length), ...map];
  return Buffer.concat([module, Buffer.from([CUSTOM, ...leb(section.length), ...section])]);
}

/** How many functions are imported, and the code of the others. */
function read(module) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  };
  const skip = () => {
    const length = number();
    at += length;
  };
  const found = { imports: 0, functions: [] };
  while (at < module.length) {
    const section = module[at++];
    const end = number() + at;
    if (section === IMPORT) {
      // wasm-bindgen's modules import functions only: module, name, kind 0, type.
      found.imports = number();
      for (let left = found.imports; left > 0; left--) {
        skip();
        skip();
        if (module[at++] !== 0) throw new Error('an import that is no function');
        number();
      }
    }
    if (section === CODE) {
      for (let left = number(); left > 0; left--) {
        const start = at;
        skip();
        found.functions.push(module.toString('latin1', start, at));
      }
    }
    at = end;
  }
  return found;
}

/** The functions' indices, each followed by the one that has most of its pieces in the window before it. */
function likest(functions, firsts) {
  let smallest = Infinity;
  let best;
  for (const piece of PIECES) {
    for (const common of COMMON) {
      const telling = tellingPieces(functions, piece, common);
      for (const longer of LONGER) {
        for (let number = 0; number < firsts; number++) {
          const first = Math.floor((functions.length * number) / firsts);
          const order = orderFrom(first, functions, telling, longer);
          const code = Buffer.from(order.map((index) => functions[index]).join(''), 'latin1');
          const { length } = deflateRawSync(code, { level: 9 });
          if (length < smallest) [smallest, best] = [length, order];
        }
      }
    }
  }
  return best;
}

/** For each function, its pieces that some other functions have too: as lists of all that have it. */
function tellingPieces(functions, length, common) {
  const holders = new Map();
  const distinct = functions.map((code) => new Set(pieces(code, length)));
  distinct.forEach((found, index) => {
    for (const piece of found) {
      if (!holders.has(piece)) holders.set(piece, []);
      holders.get(piece).push(index);
    }
  });
  const tells = (list) => list.length > 1 && list.length <= common;
  return distinct.map((found) => [...found].map((piece) => holders.get(piece)).filter(tells));
}

/** The order that begins with this function. */
function orderFrom(first, functions, telling, longer) {
  // A list of holders stands for its piece.
  const inWindow = new Map();
  const shared = new Array(functions.length).fill(0);
  const left = new Set(functions.keys());
  const order = [];
  let oldest = 0;
  let size = 0;
  for (let next = first; next !== undefined; next = nearest(left, shared, functions, longer)) {
    left.delete(next);
    order.push(next);
    size += functions[next].length;
    for (const list of telling[next]) {
      const times = inWindow.get(list) ?? 0;
      inWindow.set(list, times + 1);
      if (times === 0) for (const holder of list) shared[holder]++;
    }
    for (; size > WINDOW; oldest++) {
      const leaving = order[oldest];
      size -= functions[leaving].length;
      for (const list of telling[leaving]) {
        const times = inWindow.get(list) - 1;
        inWindow.set(list, times);
        if (times === 0) for (const holder of list) shared[holder]--;
      }
    }
  }
  return order;
}

function nearest(left, shared, functions, longer) {
  let found;
  let most = -1;
  for (const index of left) {
    const share = shared[index] / (functions[index].length + longer);
    if (share > most) {
      most = share;
      found = index;
    }
  }
  return found;
}

function* pieces(code, length) {
  for (let at = 0; at + length <= code.length; at++) yield code.slice(at, at + length);
}

/** A number as WebAssembly writes it. */
function leb(number) {
  const bytes = [];
  for (; number >= 0x80; number >>>= 7) bytes.push((number & 0x7f) | 0x80);
  return [...bytes, number];
}
