// Fills the hashes of the inline scripts into the page's content security policy, after Trunk has
// written its start script.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PLACEHOLDER = "'inline-script-hashes'";

export function writePolicy(dist) {
  const page = join(dist, "index.html");
  const html = readFileSync(page, "utf8");
  const hashes = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)]
    .filter(([, attributes]) => !/\ssrc\s*=/.test(attributes))
    .map(([, , text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  if (hashes.length === 0 || !html.includes(PLACEHOLDER)) {
    throw new Error(`${page}: no inline script, or no place for its hash in the policy`);
  }
  writeFileSync(page, html.replace(PLACEHOLDER, hashes.join(" ")));
}
