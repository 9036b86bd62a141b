// The package itself, as it lies next to the command.
export { evaluate, explain, limits, validate, version } from './node.js';
