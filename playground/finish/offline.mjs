// What makes the page work offline: a service worker that keeps the files of this build, and the manifest by which it
// can be installed. The list of files and the name of their cache, which is a hash of them all, are put in here.
import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What the page fetches only when a reader first needs it: kept from then on. */
const WHEN_ASKED_FOR = ["aws.bin"];

const here = dirname(fileURLToPath(import.meta.url));

export function writeOffline(dist) {
  for (const name of ["manifest.webmanifest", "icon-maskable.svg"]) copyFileSync(join(here, name), join(dist, name));
  const files = readdirSync(dist, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name);
  const names = files.filter((name) => name !== "service-worker.js" && !/\.(map|gz|br)$/.test(name)).sort();
  const hash = createHash("sha256");
  for (const name of names) hash.update(name).update(readFileSync(join(dist, name)));
  const addresses = (list) => JSON.stringify(list.map((name) => (name === "index.html" ? "./" : `./${name}`)));
  const text = readFileSync(join(here, "service-worker.js"), "utf8")
    .replace("BUILD", hash.digest("hex").slice(0, 16))
    .replace("[/* files */]", addresses(names.filter((name) => !WHEN_ASKED_FOR.includes(name))))
    .replace("[/* when asked for */]", addresses(WHEN_ASKED_FOR));
  writeFileSync(join(dist, "service-worker.js"), text);
}
