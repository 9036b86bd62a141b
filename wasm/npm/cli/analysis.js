// What the package does beyond deciding, as it lies next to the command.
export {
  accountScenario,
  applyFixes,
  apply,
  describeAction,
  expandActions,
  findingCodes,
  loadCatalog,
  readAccount,
  readTrail,
  simulate,
  summarize,
  summarizeService,
  toScenario,
  validatePolicy,
} from './analysis/node.js';
