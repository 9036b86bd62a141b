// The same functions as for `require`: one engine in the process, whoever loads it.
import admittance from './node.cjs';

export const { evaluate, init, limits, version } = admittance;
