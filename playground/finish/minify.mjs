// Smaller files: one style sheet instead of one for each part, and scripts without blanks. esbuild is the editor's.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const { transformSync } = createRequire(join(here, "../editor/package.json"))("esbuild");
const options = { minify: true, target: "esnext", legalComments: "none" };

/** Puts the style sheets of the page into one, in their order, and takes the comments out of the page. */
export function joinStyles(dist) {
  const page = join(dist, "index.html");
  const html = readFileSync(page, "utf8");
  const links = [...html.matchAll(/<link\b[^>]*\brel="stylesheet"[^>]*>/g)].map(([link]) => link);
  const files = links.map((link) => /\bhref="\.\/([^"]+)"/.exec(link)?.[1]);
  if (files.length === 0 || files.includes(undefined)) throw new Error("index.html has style sheets of another form");
  const text = files.map((file) => readFileSync(join(dist, file), "utf8")).join("\n");
  const { code } = transformSync(text, { ...options, loader: "css" });
  const name = `page-${createHash("sha256").update(code).digest("hex").slice(0, 16)}.css`;
  writeFileSync(join(dist, name), code);
  for (const file of files) rmSync(join(dist, file));
  const [first, ...others] = links;
  let joined = html.replace(first, `<link rel="stylesheet" href="./${name}" />`);
  for (const link of others) joined = joined.replace(link, "");
  writeFileSync(page, joined.replace(/<!--[\s\S]*?-->/g, "").replace(/\n\s*\n/g, "\n"));
}

/** A script without blanks and long names. */
export function minifyScript(text) {
  return transformSync(text, { ...options, loader: "js", format: "esm" }).code;
}

/** The script between the page's program and the browser; its name is the program's. */
export function minifyGlue(dist) {
  const name = /from '\.\/([^']+\.js)'/.exec(readFileSync(join(dist, "index.html"), "utf8"))?.[1];
  if (!name) throw new Error("index.html does not start the page's program in the form that is expected");
  writeFileSync(join(dist, name), minifyScript(readFileSync(join(dist, name), "utf8")));
}
