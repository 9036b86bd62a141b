// The widgets on sites that generators build: as readers find them.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { counted, mount } from "../browser/mounts.mjs";
import { serve, sites } from "./sites.mjs";

const word = (widget) => widget.locator("[data-decision] .decision-word");

for (const [name, { build, address }] of Object.entries(sites)) {
  test.describe(name, () => {
    let server;
    let url;

    test.beforeAll(async () => {
      const served = await serve(build());
      server = served.server;
      url = served.url + address;
    });
    test.afterAll(() => server?.close());

    /** The widget of a mode, in view and ready. */
    async function widget(page, mode) {
      const element = page.locator(`admittance-decision[mode=${mode}]`);
      await element.scrollIntoViewIfNeeded();
      await expect(element.locator(".widget")).toBeVisible();
      return element;
    }

    test("shows the decision, and a quiz", async ({ page }) => {
      const errors = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      await page.goto(url);
      const first = await widget(page, "readonly");
      await expect(word(first)).toHaveText("Denied explicitly");
      await expect(first.locator(".code-line.is-decisive")).toHaveCount(6);
      const second = await widget(page, "quiz");
      await second.getByRole("radio", { name: "Denied implicitly" }).check();
      await second.getByRole("button", { name: "Check" }).click();
      await expect(second.getByText("Right.")).toBeVisible();
      expect(errors).toEqual([]);
    });

    test("a change of the request or the policy changes the decision", async ({ page }) => {
      await page.goto(url);
      const element = await widget(page, "editable");
      await expect(word(element)).toHaveText("Denied implicitly");
      const field = element.getByRole("textbox", { name: "aws:PrincipalTag/team" });
      await field.fill("");
      // Letter by letter: none of them is a shortcut of the site.
      await field.pressSequentially("blues/?");
      await expect(field).toHaveValue("blues/?");
      await expect(field).toBeFocused();
      await field.fill("blue");
      await expect(word(element)).toHaveText("Allowed");
      const area = element.getByRole("textbox", { name: "Identity-based policy" });
      await area.fill((await area.inputValue()).replace("GetObject", "PutObject"));
      await expect(word(element)).toHaveText("Denied implicitly");
      await element.getByRole("button", { name: "Reset" }).click();
      await expect(field).toHaveValue("red");
    });

    test("loads the engine when a widget comes near, once, and leaves the page's styles alone", async ({ page }) => {
      const engines = [];
      page.on("request", (request) => request.url().includes(".wasm") && engines.push(request.url()));
      await page.setViewportSize({ width: 1280, height: 100 });
      await page.goto(url, { waitUntil: "networkidle" });
      await expect(page.locator("admittance-decision").first()).toBeAttached();
      await expect.poll(() => page.evaluate(() => Boolean(document.querySelector("admittance-decision").shadowRoot))).toBe(true);
      expect((await page.locator("admittance-decision").first().boundingBox()).y).toBeGreaterThan(300);
      expect(engines).toEqual([]);
      const styles = () =>
        page.locator("main :is(h1, h2, p, ul > li):not(admittance-decision *)").evaluateAll((elements) =>
          elements.map((element) => {
            const style = getComputedStyle(element);
            return [...style].map((property) => `${property}:${style.getPropertyValue(property)}`).join();
          }));
      const before = await styles();
      expect(before.length).toBeGreaterThan(8);
      for (const mode of ["readonly", "quiz", "editable"]) await widget(page, mode);
      expect(engines).toHaveLength(1);
      expect(await styles()).toEqual(before);
    });

    test("is used by keyboard, and its keys are no shortcuts of the site", async ({ page }) => {
      await page.goto(url);
      const element = await widget(page, "quiz");
      const radio = (label) => element.getByRole("radio", { name: label });
      await radio("Allowed").focus();
      await page.keyboard.press("ArrowRight");
      await expect(radio("Denied explicitly")).toBeChecked();
      await page.keyboard.press("ArrowRight");
      await expect(radio("Denied implicitly")).toBeChecked();
      await page.keyboard.press("Tab");
      await expect(element.getByRole("button", { name: "Check" })).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(element.getByText("Right.")).toBeVisible();
      await expect(element.getByRole("button", { name: "Try again" })).toBeFocused();
      await element.getByText("How it was decided").focus();
      await page.keyboard.press("Enter");
      await expect(element.locator(".lines").first()).toBeVisible();
      expect(page.url()).toBe(url);
    });

    test("is printed with everything unfolded", async ({ page }) => {
      await page.goto(url);
      const element = await widget(page, "readonly");
      await expect(word(element)).toBeVisible();
      const folded = () => element.evaluate(({ shadowRoot }) => shadowRoot.querySelectorAll("details:not([open])").length);
      const before = await folded();
      expect(before).toBeGreaterThan(0);
      // After the widget's own listener: what is printed.
      await element.evaluate((host) => addEventListener("beforeprint", () => {
        globalThis.printed = host.shadowRoot.querySelectorAll("details:not([open])").length;
      }));
      await page.pdf();
      expect(await page.evaluate(() => globalThis.printed)).toBe(0);
      await expect.poll(folded).toBe(before);
    });

    test("what is taken out of the page is freed", async ({ page }) => {
      await page.goto(url);
      await widget(page, "readonly");
      await mount(page, "admittance-decision", "decision", 10);
      const before = await counted(page);
      await mount(page, "admittance-decision", "decision", 50);
      const after = await counted(page);
      expect(after.nodes - before.nodes).toBeLessThan(1000);
      expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(60);
    });

    test("says the decision without scripts", async ({ browser }) => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(url);
      const first = page.locator("admittance-decision").first();
      await expect(first).toContainText('Denied explicitly. Statement "KeepReports"');
      await expect(first.locator("pre")).toContainText('"KeepReports"');
      await expect(page.getByText("Answer")).toBeVisible();
      await expect(page.getByText("Denied implicitly.", { exact: true }).first()).toBeHidden();
      await context.close();
    });

    test("axe finds nothing in the widgets", async ({ page }) => {
      await page.goto(url);
      for (const mode of ["readonly", "quiz", "editable"]) await widget(page, mode);
      const { violations } = await new AxeBuilder({ page }).include("admittance-decision").analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
    });
  });
}

test("mdBook: the start page and the page to print have the widgets too, though they lie in another folder", async ({ page }) => {
  const { server, url } = await serve(sites.mdBook.build());
  for (const name of ["index.html", "print.html"]) {
    // What the page to print does by itself would open a dialog.
    await page.addInitScript(() => { globalThis.print = () => {}; });
    await page.goto(url + name);
    const first = page.locator("admittance-decision[mode=readonly]");
    await first.scrollIntoViewIfNeeded();
    await expect(word(first)).toHaveText("Denied explicitly");
  }
  server.close();
});

test("Docusaurus: pages that come and go without being loaded anew", async ({ page }) => {
  const { server, url } = await serve(sites.Docusaurus.build());
  await page.goto(url);
  await page.getByRole("link", { name: "Another page" }).last().click();
  await expect(page.getByText("It has no example.")).toBeVisible();
  await page.goBack();
  const first = page.locator("admittance-decision[mode=readonly]");
  await first.scrollIntoViewIfNeeded();
  await expect(word(first)).toHaveText("Denied explicitly");
  server.close();
});
