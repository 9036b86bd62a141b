// No file and no fetch: the engine is part of the code, compressed.
import { inflateSync } from 'fflate';
import compressed from '#compressed';
import { createApi } from './api.js';

export const { init, evaluate } = createApi({
  synchronous: true,
  locate: () => inflateSync(compressed),
});
export { limits, version } from '#constants';
