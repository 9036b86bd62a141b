// workerd (Cloudflare Workers) compiles WebAssembly only ahead of time: the import is a module.
import analysis from './analysis.wasm';
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
  catalog: () => {
    throw new Error('a worker reads no files: call loadCatalog(bytes)');
  },
});
