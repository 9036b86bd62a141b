// Sites that generators really build, with the packed package and the preprocessor, served below a path.
//
// Environment: ADMITTANCE_PACKAGE, the unpacked npm package; MDBOOK and MDBOOK_ADMITTANCE, the two programs.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

const here = fileURLToPath(new URL(".", import.meta.url));
const work = join(here, "results", "sites");
const base = "/below/a/path/";
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };

const sites = {
  mdBook: { build: buildBook, page: "nested/denies.html" },
  Docusaurus: { build: buildDocusaurus, page: "" },
};

/** Copies a site to where it can be built and gives its folder. */
function fresh(name) {
  const folder = join(work, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(here, name), folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
  return folder;
}

function run(command, args, options) {
  return execFileSync(command, args, { encoding: "utf8", stdio: "pipe", ...options });
}

const packageFolder = () => process.env.ADMITTANCE_PACKAGE;

function buildBook() {
  const folder = fresh("mdbook");
  const widgets = join(folder, "src/admittance");
  mkdirSync(widgets);
  for (const name of ["widgets.js", "browser.js", "facade.js", "engine.wasm"]) cpSync(join(packageFolder(), name), join(widgets, name));
  mdbook(folder);
  return join(folder, "book");
}

function mdbook(folder) {
  run(process.env.MDBOOK, ["build"], {
    cwd: folder,
    env: { ...process.env, MDBOOK_PREPROCESSOR__ADMITTANCE__COMMAND: process.env.MDBOOK_ADMITTANCE },
  });
}

function buildDocusaurus() {
  const folder = join(here, "docusaurus");
  const installed = join(folder, "node_modules/admittance");
  rmSync(installed, { recursive: true, force: true });
  cpSync(packageFolder(), installed, { recursive: true });
  const out = join(work, "docusaurus");
  run(process.execPath, [join(folder, "node_modules/@docusaurus/core/bin/docusaurus.mjs"), "build", "--out-dir", out], { cwd: folder });
  return out;
}

function serve(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    try {
      if (!pathname.startsWith(base) || pathname.includes("..")) throw new Error("outside");
      const path = join(folder, decodeURIComponent(pathname.slice(base.length)) || "index.html");
      const body = readFileSync(path);
      response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

for (const [name, { build, page: address }] of Object.entries(sites)) {
  test.describe(name, () => {
    let server;
    let url;

    test.beforeAll(async () => {
      server = await serve(build());
      url = `http://127.0.0.1:${server.address().port}${base}${address}`;
    });
    test.afterAll(() => server?.close());

    test("shows the decision, and a quiz", async ({ page }) => {
      const errors = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      await page.goto(url);
      const [first, second] = await page.locator("admittance-decision").all();
      await first.scrollIntoViewIfNeeded();
      await expect(first.locator(".decision-word")).toHaveText("Denied explicitly");
      await expect(first.locator(".code-line.is-decisive")).toHaveCount(6);
      await second.scrollIntoViewIfNeeded();
      await second.getByRole("radio", { name: "Denied implicitly" }).check();
      await second.getByRole("button", { name: "Check" }).click();
      await expect(second.getByText("Right.")).toBeVisible();
      expect(errors).toEqual([]);
    });

    test("says the decision without scripts", async ({ browser }) => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(url);
      const first = page.locator("admittance-decision").first();
      await expect(first).toContainText('Denied explicitly. Statement "KeepReports"');
      await expect(first.locator("pre")).toContainText('"KeepReports"');
      await expect(page.getByText("Answer")).toBeVisible();
      await expect(page.getByText("Denied implicitly.")).toBeHidden();
      await context.close();
    });

    test("axe finds nothing in the widgets", async ({ page }) => {
      await page.goto(url);
      await expect(page.locator("admittance-decision .widget").first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include("admittance-decision").analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
    });
  });
}

test("a book with a wrong decision is not built, and says where", async () => {
  const folder = fresh("mdbook");
  const chapter = join(folder, "src/nested/denies.md");
  writeFileSync(chapter, readFileSync(chapter, "utf8").replace('"ExplicitDeny"', '"Allow"'));
  expect(() => mdbook(folder)).toThrow(/nested\/denies\.md: line 5: the example states another decision: decision: expected Allow, got ExplicitDeny/);
});
