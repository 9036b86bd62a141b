// What the page loads when its first decision is on the screen: on its way, failing, and there.
import AxeBuilder from "@axe-core/playwright";
import { expect, test, words } from "./playground.mjs";

const FILE = "**/later-*.wasm";
const slow = { timeout: 20_000 };

// The tests answer its request themselves.
test.use({ serviceWorkers: "block" });

test("what comes later is not asked for before the first decision is on the screen", async ({ page, address }) => {
  const decided = [];
  await page.route(FILE, async (route) => {
    decided.push(await page.locator("#decision .decision-word").textContent());
    await route.continue();
  });
  await page.goto(address);
  await expect(page.getByRole("tree", { name: "The gates, in order" })).toBeVisible(slow);
  expect(decided).toEqual([words.Allow]);
  await expect(page.locator(".part")).toHaveCount(0);
});

test("what is on its way says so, and what was asked for meanwhile opens when it is there", async ({ page, address }) => {
  let send;
  const held = new Promise((resolve) => (send = resolve));
  await page.route(FILE, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(address);
  await expect(page.locator("#decision .decision-word")).toHaveText(words.Allow);
  await expect(page.locator(".page > .part")).toHaveText("Loading …");
  await page.getByRole("button", { name: "Examples" }).click();
  await expect(page.locator("body > .part")).toHaveText("Loading …");
  await page.getByRole("button", { name: "Scenario", exact: true }).click();
  await expect(page.locator("#scenario-menu")).toHaveText("Loading …");
  await page.getByRole("button", { name: "Tests" }).click();
  await expect(page.locator("body > .part").first()).toHaveText("Loading …");
  send();
  await expect(page.getByRole("dialog", { name: "Examples" })).toBeVisible(slow);
  await expect(page.locator(".part")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Examples" })).toBeHidden();
  await expect(page.getByRole("table")).toBeVisible();
});

/** The pauses before it is tried again by itself take so long instead. */
const pauses = (page, wanted) =>
  page.addInitScript((wanted) => {
    const { setTimeout } = window;
    window.setTimeout = (run, pause, ...rest) => setTimeout(run, pause >= 2_000 ? wanted : pause, ...rest);
  }, wanted);

test("what does not come says so and can be tried again, and the page decides meanwhile", async ({ page, address }) => {
  await pauses(page, 600_000);
  await page.route(FILE, (route) => route.abort());
  await page.goto(address);
  const word = page.locator("#decision .decision-word");
  const explanation = page.locator(".page > .part");
  await expect(explanation).toContainText("This part of the page could not be loaded.");
  await expect(word).toHaveText(words.Allow);
  await page.getByLabel("Action", { exact: true }).fill("s3:DeleteObject");
  await expect(word).toHaveText(words.ImplicitDeny);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.unroute(FILE);
  await explanation.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "How it was decided" })).toBeVisible(slow);
  await expect(page.locator(".part")).toHaveCount(0);
});

test("what does not come is tried again by itself", async ({ page, address }) => {
  await pauses(page, 20);
  let failures = 3;
  await page.route(FILE, (route) => (failures-- > 0 ? route.abort() : route.continue()));
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "How it was decided" })).toBeVisible(slow);
  expect(failures).toBe(-1);
});
