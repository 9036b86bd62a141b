// What the package does beyond deciding, as it lies next to the command.
export { applyFixes, apply, findingCodes, loadCatalog, simulate, summarize, toScenario, validatePolicy } from './analysis/node.js';
