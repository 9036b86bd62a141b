import { readFileSync } from "node:fs";
import { expect, expectAccessible, looks, test, words } from "./playground.mjs";

const ready = (page) => expect(page.getByText("It is kept in this browser and works offline.")).toBeVisible({ timeout: 20_000 });

test("after the first load the page opens without a network, with its examples and its matrix", async ({ playground, context }) => {
  const { page } = playground;
  const second = page.locator("[data-analysis]");
  await ready(page);
  // A load that is under way would be broken off by the next.
  await expect(second).toHaveAttribute("data-analysis", "without-catalog");
  await context.setOffline(true);
  const failed = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
  await page.reload();
  await expect(playground.word).toHaveText(words.Allow);
  await expect(second).toHaveAttribute("data-analysis", "without-catalog");
  await playground.open("06-bucket-policy-address-range");
  await expect(playground.word).toBeVisible();
  await playground.view("Matrix");
  await expect(page.getByRole("grid")).toHaveAttribute("aria-busy", "false");
  await expect(page.locator(".matrix-progress")).toContainText("decisions");
  expect(failed.filter((url) => !url.endsWith("gallery.json") && !url.endsWith("worker.js") && url !== playground.address)).toEqual([]);
});

test("it can be installed", async ({ playground, context }) => {
  const { page, address } = playground;
  const session = await context.newCDPSession(page);
  const { url, errors, data } = await session.send("Page.getAppManifest");
  expect(url).toBe(`${address}manifest.webmanifest`);
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data);
  expect(manifest).toMatchObject({ short_name: "Admittance", display: "standalone", start_url: "./" });
  await ready(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // A browser of the tests has no profile to install into.
  expect(installabilityErrors.map((each) => each.errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});

test("every file of the build is kept, and nothing else is", async ({ playground }) => {
  const { page, address } = playground;
  await ready(page);
  const kept = await page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("admittance-"));
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return { names, urls: requests.flat().map((request) => request.url) };
  });
  expect(kept.names).toHaveLength(1);
  expect(kept.urls).toContain(address);
  expect(kept.urls).toContain(`${address}gallery.json`);
  expect(kept.urls).toContain(`${address}worker.js`);
  expect(kept.urls.every((url) => url.startsWith(address))).toBe(true);
  expect(kept.urls.some((url) => url.endsWith(".wasm"))).toBe(true);
  expect(kept.urls).toContain(`${address}sources.html`);
});

test("AWS's actions are fetched when a field first needs them, and kept from then on", async ({ playground, context }) => {
  const { page, address } = playground;
  const catalog = `${address}aws.bin`;
  const isKept = () => page.evaluate(async (url) => (await caches.match(url)) !== undefined, catalog);
  const later = page.getByText("AWS’s actions are fetched when a field first needs them, and kept from then on.");
  await ready(page);
  await expect(later).toBeVisible();
  expect(await isKept()).toBe(false);
  await page.getByLabel("Action", { exact: true }).focus();
  await expect(later).toBeHidden();
  await expect.poll(isKept).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await page.getByLabel("Action", { exact: true }).fill("sqs:sendm");
  await expect(page.getByRole("option", { name: "sqs:SendMessage", exact: false }).first()).toBeVisible();
});

test("what was fetched before the service worker took charge is kept as well", async ({ page, address }) => {
  await page.goto(address);
  await page.getByLabel("Action", { exact: true }).focus();
  await ready(page);
  await expect.poll(() => page.evaluate(async (url) => (await caches.match(url)) !== undefined, `${address}aws.bin`)).toBe(true);
});

test("the sources and licenses of what the page contains are a page of their own", async ({ playground }) => {
  const { page } = playground;
  await page.getByRole("link", { name: "Sources and licenses" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sources and licenses");
  const { source, version, date, counts } = JSON.parse(readFileSync(new URL("../../core/catalog/aws.meta.json", import.meta.url), "utf8"));
  const text = await page.locator("main").innerText();
  for (const fact of [source, version, date, counts.actions.toLocaleString("en"), counts.services.toLocaleString("en"), "leptos", "@codemirror/view"]) expect(text).toContain(fact);
  for (const media of Object.values(looks)) {
    await page.emulateMedia(media);
    await expectAccessible(page);
  }
  await page.getByRole("link", { name: "Back to the playground" }).click();
  await expect(playground.word).toBeVisible();
});
