// The second WebAssembly file and the worker that runs it: named by their content, as Trunk names the page's own, and
// known to the worker under these names.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { minifyScript } from "./minify.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const BUILT = "admittance-playground-analysis";

export function writeAnalysis(dist) {
  const glue = readFileSync(join(dist, `${BUILT}.js`), "utf8");
  const wasm = readFileSync(join(dist, `${BUILT}_bg.wasm`));
  const hash = createHash("sha256").update(glue).update(wasm).digest("hex").slice(0, 16);
  const names = { js: `analysis-${hash}.js`, wasm: `analysis-${hash}_bg.wasm` };
  writeFileSync(join(dist, names.js), minifyScript(glue.replaceAll(`${BUILT}_bg.wasm`, names.wasm)));
  writeFileSync(join(dist, names.wasm), wasm);
  for (const name of [`${BUILT}.js`, `${BUILT}_bg.wasm`]) rmSync(join(dist, name));
  const worker = readFileSync(join(here, "../analysis/worker.js"), "utf8");
  const named = worker.replace("GLUE", `./${names.js}`).replace("WASM", `./${names.wasm}`);
  writeFileSync(join(dist, "analysis.js"), minifyScript(named));
}
