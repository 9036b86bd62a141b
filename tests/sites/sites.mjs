// Sites that generators really build, with the packed package and the preprocessor, served below a path.
//
// Environment: ADMITTANCE_PACKAGE, the unpacked npm package; MDBOOK and MDBOOK_ADMITTANCE, the two programs.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = fileURLToPath(new URL(".", import.meta.url));
const work = join(here, "results", "sites");
const base = "/below/a/path/";
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };
const page = readFileSync(join(here, "page.md"), "utf8");

/** Each generator: `build` gives the folder with the site, made with this text of the page or throws; `address` is the page's. */
export const sites = {
  mdBook: { build: buildBook, address: "nested/denies.html" },
  Docusaurus: { build: buildDocusaurus, address: "" },
  Eleventy: { build: buildEleventy, address: "" },
};

/** The page with another decision stated in its first example, in line 20. */
export const wrongPage = page.replace('"decision": "ExplicitDeny"', '"decision": "Allow"');

export const packageFolder = () => process.env.ADMITTANCE_PACKAGE;

function run(command, args, options) {
  return execFileSync(command, args, { encoding: "utf8", stdio: "pipe", ...options });
}

/** An empty folder of that name. */
function fresh(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Writes the two pages of a site. */
function writePages(folder, name, text) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  cpSync(join(here, "other.md"), join(folder, "other.md"));
}

/** Installs the package where a site is built. */
function installIn(folder) {
  const installed = fresh(join(folder, "node_modules/admittance"));
  cpSync(packageFolder(), installed, { recursive: true });
}

function buildBook(text = page) {
  const folder = fresh(join(work, "mdbook"));
  cpSync(join(here, "mdbook"), folder, { recursive: true });
  writePages(join(folder, "src/nested"), "denies.md", text);
  const widgets = join(folder, "src/admittance");
  mkdirSync(widgets);
  for (const name of ["widgets.js", "browser.js", "facade.js", "engine.wasm"]) cpSync(join(packageFolder(), name), join(widgets, name));
  run(process.env.MDBOOK, ["build"], {
    cwd: folder,
    env: { ...process.env, MDBOOK_PREPROCESSOR__ADMITTANCE__COMMAND: process.env.MDBOOK_ADMITTANCE },
  });
  return join(folder, "book");
}

function buildDocusaurus(text = page) {
  const folder = join(here, "docusaurus");
  installIn(folder);
  writePages(join(folder, "docs"), "index.md", text);
  const out = fresh(join(work, "docusaurus"));
  run(process.execPath, [join(folder, "node_modules/@docusaurus/core/bin/docusaurus.mjs"), "build", "--out-dir", out], { cwd: folder });
  return out;
}

function buildEleventy(text = page) {
  const folder = join(here, "eleventy");
  installIn(folder);
  writePages(join(folder, "src"), "index.md", text);
  const out = fresh(join(work, "eleventy"));
  run(process.execPath, [join(folder, "node_modules/@11ty/eleventy/cmd.cjs"), `--output=${out}`], { cwd: folder });
  return out;
}

/** Serves a folder below a path; gives the server and its address. */
export function serve(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    try {
      if (!pathname.startsWith(base) || pathname.includes("..")) throw new Error("outside");
      const path = join(folder, decodeURIComponent(pathname.slice(base.length)).replace(/(^|\/)$/, "$1index.html"));
      const body = readFileSync(path);
      response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve({ server, url: `http://127.0.0.1:${server.address().port}${base}` }));
  });
}
