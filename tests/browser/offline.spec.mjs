import { expect, test, words } from "./playground.mjs";

const ready = (page) => expect(page.getByText("It is kept in this browser and works offline.")).toBeVisible({ timeout: 20_000 });

test("after the first load the page opens without a network, with its examples and its matrix", async ({ playground, context }) => {
  const { page } = playground;
  await ready(page);
  await context.setOffline(true);
  const failed = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
  await page.reload();
  await expect(playground.word).toHaveText(words.Allow);
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
});
