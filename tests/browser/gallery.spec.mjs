import { gallery } from "../../playground/finish/gallery.mjs";
import { examples, expect, expectAccessible, looks, test, words } from "./playground.mjs";

const topics = gallery();
const cases = topics.flatMap((topic) => topic.cases);
const dialog = (page) => page.getByRole("dialog", { name: "Examples" });

async function openGallery({ page }) {
  await page.getByRole("button", { name: "Examples" }).click();
  await expect(page.locator(".gallery-open").first()).toBeVisible();
}

test("there are examples on every topic, each with a text and a page of AWS", () => {
  expect(topics.map((topic) => topic.name)).toEqual(["Basics", "Conditions", "Tags", "Boundaries and sessions", "Organizations", "Cross account", "Roles", "KMS", "S3", "Common mistakes"]);
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(new Set(cases.map((each) => each.slug)).size).toBe(cases.length);
  for (const { slug, title, text, source } of cases) {
    expect(title.length, slug).toBeGreaterThan(5);
    expect(text, slug).toMatch(/[.?]$/);
    expect(source, slug).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  }
  // All of the corpus's gallery are among them.
  expect(examples.every((each) => cases.some(({ slug }) => slug === each.slug))).toBe(true);
});

test("they are fetched when they are asked for, once, from the page's own address", async ({ playground }) => {
  const { page, address } = playground;
  const fetched = [];
  // The second program may be on its way at the same time.
  page.on("request", (request) => request.url().includes("gallery") && fetched.push(request.url()));
  await openGallery(playground);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await openGallery(playground);
  expect(fetched).toEqual([`${address}gallery.json`]);
});

test.describe("without the service worker, which would answer first", () => {
  test.use({ serviceWorkers: "block" });

  test("examples that cannot be loaded are said to be, and loaded the next time", async ({ playground }) => {
    const { page } = playground;
    await page.route("**/gallery.json", (route) => route.fulfill({ status: 200, body: "no JSON" }));
    await page.getByRole("button", { name: "Examples" }).click();
    await expect(page.getByText("The examples could not be loaded.")).toBeVisible();
    await page.unroute("**/gallery.json");
    await page.keyboard.press("Escape");
    await openGallery(playground);
  });
});

test("the dialog lists every example by topic, with its decisions and the way to AWS's page", async ({ playground }) => {
  const { page } = playground;
  await openGallery(playground);
  await expect(page.locator(".topic")).toHaveText(topics.map((topic) => topic.name));
  await expect(page.locator(".gallery-open strong")).toHaveText(cases.map((each) => each.title));
  await expect(page.locator(".gallery-text")).toHaveText(cases.map((each) => each.text));
  const links = await page.locator(".gallery-source").evaluateAll((all) => all.map((each) => [each.href, each.rel, each.target]));
  expect(links).toEqual(cases.map((each) => [each.source, "noreferrer", "_blank"]));
  await page.getByRole("navigation", { name: "Topics" }).getByRole("button", { name: "Common mistakes" }).click();
  await expect(page.getByRole("heading", { name: "Common mistakes" })).toBeInViewport();
});

test("every example shows its expected decisions", async ({ playground }) => {
  test.setTimeout(180_000);
  const { page } = playground;
  for (const each of cases) {
    await openGallery(playground);
    await page.locator(`[data-example="${each.slug}"]`).click();
    await expect(page.getByLabel("Scenario name")).toHaveValue(each.title);
    await expect(page.locator(".tab")).toHaveCount(each.requests.length);
    await expect(page.locator(".standing.is-met"), each.slug).toContainText(`${each.requests.length}/${each.requests.length}`);
    await expect(playground.word).toHaveText(words[each.requests[0].decision]);
  }
});

test("opening an example can be undone", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("Scenario name").fill("My work");
  await playground.open(examples[1].slug);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Scenario name")).toHaveValue("My work");
  await expect(playground.editor).toContainText("ListTheBucket");
});

for (const [look, media] of Object.entries(looks)) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing in the examples, ${look}, ${width} px`, async ({ playground }) => {
      const { page } = playground;
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 844 });
      await openGallery(playground);
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
}
