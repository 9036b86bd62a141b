/**
 * What Admittance does beyond deciding: validation, summaries, the catalog of actions, AWS's own shapes, and the changes
 * that explanations suggest.
 *
 * A second WebAssembly file, which is loaded when it is first used.
 *
 * @packageDocumentation
 */

import type { EngineSource } from '../index.js';

export * from './simulator.js';
export * from './scenario.js';
export * from './policies.js';
export * from './catalog.js';
export * from './source.js';

export type { AdmittanceError, EngineSource, LocatedDiagnostic, Scenario, Suggestion } from '../index.js';

/**
 * Loads the WebAssembly file. As `init` of the main entry: needed once in browsers, before the first call; everywhere
 * else the file is loaded when it is first needed.
 *
 * @param source Where the file is, for set-ups in which `analysis.wasm` does not lie next to the code.
 * @throws {AdmittanceError} An error with code `LOAD_FAILED`; the next call tries again.
 */
export function init(source?: EngineSource | PromiseLike<EngineSource>): Promise<void>;
