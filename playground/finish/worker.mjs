// The worker that computes matrices is the page's own program: this is the script that starts it there.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function writeWorker(dist) {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const found = /from '(\.\/[^']+\.js)';\s*const wasm = await init\(\{ module_or_path: '(\.\/[^']+\.wasm)' \}\)/.exec(html);
  if (!found) throw new Error("index.html does not start the page's program in the form that is expected");
  const [, script, wasm] = found;
  // The program is in the browser's cache already: the page itself runs it.
  const text = `import("${script}").then(({ default: init }) =>
  init({ module_or_path: fetch("${wasm}", { cache: "force-cache" }) }),
);
`;
  writeFileSync(join(dist, "worker.js"), text);
}
