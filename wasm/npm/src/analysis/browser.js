// Browsers and their bundlers: `await init()` fetches the file from next to this one.
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
  synchronous: false,
  // Vite, webpack, Rspack and Parcel recognize this form, and copy the file.
  locate: () => new URL('./analysis.wasm', import.meta.url),
  catalog: () => new URL('../catalog.bin', import.meta.url),
});
