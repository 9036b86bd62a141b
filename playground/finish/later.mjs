// The page's program in two files: what it needs until it decides, and what comes later (`playground/src/later.rs`).
// wasm-split takes the linked program apart by its relocations, before wasm-bindgen and wasm-opt; what they make of it
// takes the place of what Trunk made of the whole. A development build stays whole.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const { buildSync } = createRequire(join(here, "../editor/package.json"))("esbuild");
const PROGRAM = "wasm32-unknown-unknown/wasm-release/admittance-playground.wasm";
const PASSES = [
  "-ocimfs=0 --low-memory-unused --flatten --rereloop -Oz --enable-bulk-memory --enable-nontrapping-float-to-int",
  "--enable-reference-types --enable-multivalue --enable-mutable-globals --enable-sign-ext --strip-debug --strip-producers",
].flatMap((line) => line.split(" "));

export function writeLater(dist) {
  if (process.env.TRUNK_PROFILE !== "release") return;
  const work = mkdtempSync(join(tmpdir(), "admittance-"));
  try {
    split(work);
    put(dist, work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Makes page.js, page_bg.wasm and later.wasm. */
function split(work) {
  const run = (program, ...options) => execFileSync(program, options, { cwd: work, stdio: ["ignore", "inherit", "inherit"] });
  const metadata = execFileSync("cargo", ["metadata", "--format-version", "1", "--no-deps", "--offline"], {
    cwd: here,
    maxBuffer: 1 << 28,
  });
  run("wasm-split-cli", join(JSON.parse(metadata).target_directory, PROGRAM), work, "--target", "web", "--out-name", "page");
  run("wasm-bindgen", "page.wasm", "--target", "web", "--out-dir", "bound", "--out-name", "page", "--no-typescript", "--keep-lld-exports");
  run("wasm-opt", join("bound", "page_bg.wasm"), "-o", "page_bg.wasm", ...PASSES);
  run("wasm-opt", "split_later.wasm", "-o", "later.wasm", ...PASSES);
}

/** Names the files by their content, and puts them where Trunk's were. */
function put(dist, work) {
  const page = join(dist, "index.html");
  const html = readFileSync(page, "utf8");
  const built = /from '\.\/([^']+)\.js'/.exec(html)?.[1];
  if (!built) throw new Error("index.html does not start the page's program in the form that is expected");
  const later = readFileSync(join(work, "later.wasm"));
  const program = readFileSync(join(work, "page_bg.wasm"));
  const name = (what, ...contents) => `${what}-${digest(...contents)}`;
  const names = { later: `${name("later", later)}.wasm`, page: name("admittance-playground", program, later) };
  const bound = (file) => join(work, "bound", file);
  const loader = readFileSync(join(work, "__wasm_split.js"), "utf8");
  const fetched = 'fetch(new URL("./split_later.wasm", import.meta.url))';
  if (!loader.includes(fetched)) throw new Error("wasm-split loads what comes later in another form");
  // Its name tells its content: the matrix's worker takes what the page has.
  const kept = `fetch(new URL("./${names.later}", import.meta.url), { cache: "force-cache" })`;
  writeFileSync(bound("__wasm_split.js"), loader.replace(fetched, kept));
  const glue = readFileSync(bound("page.js"), "utf8");
  writeFileSync(bound("page.js"), glue.replaceAll("page_bg.wasm", `${names.page}_bg.wasm`));
  buildSync({
    entryPoints: [bound("page.js")],
    outfile: join(dist, `${names.page}.js`),
    bundle: true,
    format: "esm",
    target: "esnext",
    legalComments: "none",
    logLevel: "warning",
  });
  writeFileSync(join(dist, `${names.page}_bg.wasm`), program);
  writeFileSync(join(dist, names.later), later);
  for (const file of [`${built}.js`, `${built}_bg.wasm`]) rmSync(join(dist, file));
  writeFileSync(page, html.replaceAll(built, names.page));
}

function digest(...contents) {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 16);
}
