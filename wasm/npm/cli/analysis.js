// What the package does beyond deciding, as it lies next to the command.
export {
  accountScenario,
  applyFixes,
  apply,
  findingCodes,
  loadCatalog,
  readAccount,
  readTrail,
  simulate,
  summarize,
  toScenario,
  validatePolicy,
} from './analysis/node.js';
