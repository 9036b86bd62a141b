// Deno: an import of the compiled module, which takes no permission to read.
import source analysis from './analysis.wasm';
import { createApi } from './facade.js';

export { applyFixes } from './facade.js';

export const {
  accountScenario,
  apply,
  completeAction,
  describeAction,
  expandActions,
  findingCodes,
  init,
  loadCatalog,
  parseAccessDenied,
  readAccount,
  readTrail,
  simulate,
  summarize,
  summarizeService,
  toScenario,
  validatePolicy,
} = createApi({
  synchronous: true,
  locate: () => analysis,
  // Reading the file takes a permission; the bytes can also be given.
  catalog: () => new URL('../catalog.bin', import.meta.url),
});
