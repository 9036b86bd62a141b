// What the tests share: a served page that is watched, and names for what is on it.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./server.mjs";

export { expect };

const gallery = join(dirname(fileURLToPath(import.meta.url)), "../corpus/gallery");

/** The examples as the files say, by the stem of the file's name. */
export const examples = readdirSync(gallery)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => ({ slug: name.replace(/\.json$/, ""), ...JSON.parse(readFileSync(join(gallery, name), "utf8")) }));

// What Playwright says to a page whose service worker it blocks, for tests that answer requests themselves.
const BLOCKED = "Service Worker registration blocked by Playwright";

/** The words of a decision. */
export const words = { Allow: "Allowed", ExplicitDeny: "Denied explicitly", ImplicitDeny: "Denied implicitly" };

/** Expects that axe-core finds nothing on the page, apart from what some rules say. */
export async function expectAccessible(page, { without = [] } = {}) {
  const { violations } = await new AxeBuilder({ page }).disableRules(without).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`) }))).toEqual([]);
}

/** How a page can look to its reader: what `emulateMedia` takes. */
export const looks = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "forced colors": { colorScheme: "dark", forcedColors: "active" },
};

export const test = base.extend({
  address: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await serve();
      await use(server.url);
      await server.close();
    },
    { scope: "worker" },
  ],

  /** The page with the first example open. A message on the console or an error fails the test. */
  playground: async ({ page, address }, use) => {
    const complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && message.text() !== BLOCKED) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    const playground = new Playground(page, address);
    await playground.load();
    await use(playground);
    expect(complaints).toEqual([]);
  },
});

export class Playground {
  constructor(page, address) {
    this.page = page;
    this.address = address;
    this.decision = page.locator("#decision");
    this.word = page.locator("#decision .decision-word");
    this.editor = page.locator(".cm-content");
    this.gates = page.getByRole("tree", { name: "The gates, in order" });
    this.closest = page.getByRole("tree", { name: "Closest to another decision" });
    this.suggestions = page.locator(".suggestion");
    this.marks = page.locator(".cm-statement-mark");
    this.problems = page.locator(".problem");
    this.documents = page.locator(".document-item");
    this.stale = page.getByText("Out of date:");
  }

  async load() {
    await this.page.goto(this.address);
    await expect(this.word).toBeVisible();
    // What comes later is there as well.
    await expect(this.page.locator(".part")).toHaveCount(0, { timeout: 20_000 });
  }

  /** Waits until what is loaded later is there: the second program, and the catalog, which a field that is gone into needs. */
  async analyzed() {
    await this.editor.focus();
    await expect(this.page.locator(".insights")).toHaveAttribute("data-analysis", "ready", { timeout: 20_000 });
  }

  async open(slug) {
    await this.page.getByRole("button", { name: "Examples" }).click();
    await this.page.locator(`[data-example="${slug}"]`).click();
    await expect(this.page.locator("dialog[open]")).toHaveCount(0);
  }

  /** Starts with nothing. */
  async blank() {
    await this.menu("Scenario", "New scenario");
  }

  async menu(name, item) {
    await this.page.getByRole("button", { name, exact: true }).click();
    await this.page.getByRole("menuitem", { name: item, exact: true }).click();
  }

  /** Adds a node of the organization with a policy of its own. */
  async addOu(below, name) {
    await this.page.getByRole("button", { name: `Add an OU or account below ${below}` }).click();
    await this.page.getByLabel("Name of the root, OU or account").fill(name);
    await this.page.keyboard.press("Enter");
  }

  /** A node of the organization, by its name. */
  node(name) {
    return this.page.locator(".org-name", { hasText: name });
  }

  /** Replaces the text in the editor as a person who pastes would. */
  async write(text) {
    await this.editor.click();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.insertText(text);
  }

  /** The text of the document in the editor. */
  async text() {
    return (await this.page.locator(".cm-line").evaluateAll((lines) =>
      lines.map((line) => {
        const copy = line.cloneNode(true);
        for (const label of copy.querySelectorAll(".cm-statement-label")) label.remove();
        return copy.textContent;
      }),
    )).join("\n");
  }

  /** The line below the gates that has a text. */
  line(text) {
    return this.gates.getByRole("treeitem", { name: text });
  }

  /** The text in the editor that is lit up. */
  async revealed() {
    return (await this.page.locator(".cm-revealed").allTextContents()).join("");
  }

  /** Shows another view of the scenario. */
  async view(name) {
    await this.page.getByRole("navigation", { name: "Views" }).getByRole("button", { name }).click();
  }

  /** Has a matrix of so many principals and actions computed. */
  async matrix(rows, columns) {
    const { page } = this;
    const lines = (count, line) => Array.from({ length: count }, (_, at) => line(at)).join("\n");
    await this.view("Matrix");
    await page.getByLabel("Rows", { exact: true }).selectOption("principals");
    await page.getByLabel(/^Principals, one a line/).fill(lines(rows, (at) => `arn:aws:iam::111122223333:user/user-${at}`));
    await page.getByLabel("Columns: actions, one a line").fill(lines(columns, (at) => `${["s3", "ec2", "sqs"][at % 3]}:Action${at}`));
    await this.matrixIsComputed(rows, columns);
  }

  async matrixIsComputed(rows, columns) {
    await expect(this.page.locator(".matrix-progress")).toContainText(`${rows * columns} decisions of ${rows} rows`, { timeout: 120_000 });
  }

  async request(name) {
    await this.page.locator(".tab", { hasText: name }).click();
  }
}

/** A policy document with these statements. */
export function policy(...statements) {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
}
