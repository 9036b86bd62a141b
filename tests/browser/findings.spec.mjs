import { expect, policy, test, words } from "./playground.mjs";

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::photos/*" };
const passRole = { Effect: "Allow", Action: "iam:PassRole", Resource: "*" };
const twice = { ...allow, Action: ["s3:Get*", "s3:GetObject"] };

// Half a megabyte is fetched and compiled.
const slow = { timeout: 20_000 };

const tab = (page) => page.locator(".insight-tab[aria-controls=findings-panel]");
const findings = (page) => page.locator("#findings-panel .finding");
const finding = (page, code) => findings(page).filter({ hasText: code });

test("findings: counted by severity, each with its message, code, place and the way to its text", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  await playground.write(policy(passRole));
  await expect(tab(page)).toContainText("1 security warning");
  await tab(page).click();
  const found = finding(page, "PASS_ROLE_WITH_STAR_IN_RESOURCE");
  await expect(found).toHaveCount(1);
  await expect(found.locator(".finding-place")).toHaveText(/ 7:\d+$/);
  await expect(page.locator(".cm-lintRange-warning").first()).toBeVisible();
  await found.locator(".finding-text").click();
  await expect(playground.editor).toBeFocused();
  await expect.poll(() => page.evaluate(() => getSelection().toString())).toContain("*");
});

test("a fix is made by its button, taken back by the editor's undo, and made by Ctrl .", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  await playground.write(policy(twice));
  await tab(page).click();
  const found = finding(page, "REDUNDANT_ACTION");
  await expect(found).toHaveCount(1);
  await found.getByRole("button", { name: /^Fix: / }).click();
  await expect(playground.editor).not.toContainText('"s3:GetObject"');
  await expect(found).toHaveCount(0);
  await expect(playground.editor).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(playground.editor).toContainText('"s3:GetObject"');
  await expect(found).toHaveCount(1);

  await found.locator(".finding-text").click();
  await expect(playground.editor).toBeFocused();
  await page.keyboard.press("ControlOrMeta+.");
  await expect(playground.editor).not.toContainText('"s3:GetObject"');
  await expect(playground.editor).toContainText('"s3:Get*"');
  await expect(found).toHaveCount(0);
});

test("names in messages are code, in the list and at the text", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  await playground.write(policy({ Effect: "Allow", Action: "s3:GetObjekt", Resource: "*" }));
  await tab(page).click();
  const found = finding(page, "INVALID_ACTION").locator(".finding-text");
  await expect(found.locator("code").first()).toHaveText("GetObjekt", slow);
  await expect(found).not.toContainText("`");
  await page.locator(".cm-lintRange-error").hover();
  await expect(page.locator(".cm-tooltip .diagnostic-message code")).toHaveText("GetObjekt");
});

test("the checks are those of the document's type", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  await playground.write(policy({ ...allow, Principal: "*" }));
  await expect(tab(page)).toContainText("error");
  await playground.menu("Add policy", "Resource-based policy");
  await playground.write(policy({ ...allow, Principal: { AWS: "111122223333" } }));
  await expect(tab(page)).toHaveText("No findings");
});

test.describe("without a service worker", () => {
  test.use({ serviceWorkers: "block" });

  test("the second program is not loaded before the first decision is on the screen", async ({ page, address }) => {
    await page.addInitScript(() => {
      const { Worker } = window;
      window.started = [];
      window.Worker = class extends Worker {
        constructor(url, options) {
          window.started.push([String(url), document.querySelector("#decision .decision-word")?.textContent ?? ""]);
          super(url, options);
        }
      };
    });
    await page.goto(address);
    await expect(page.locator(".insights")).toHaveAttribute("data-analysis", "without-catalog", slow);
    expect(await page.evaluate(() => window.started)).toEqual([["./analysis.js", words.Allow]]);
  });

  test("what cannot be loaded is said and tried again, and all else works meanwhile", async ({ page, address }) => {
    await page.route("**/analysis-*.wasm", (route) => route.abort());
    await page.goto(address);
    const notice = page.locator(".insight-problem");
    await expect(notice).toContainText("could not be loaded");
    await expect(tab(page)).toHaveText("Not checked");
    await expect(page.locator("#decision .decision-word")).toHaveText(words.Allow);
    await page.unroute("**/analysis-*.wasm");
    await notice.getByRole("button", { name: "Try again" }).click();
    await expect(page.locator(".insights")).toHaveAttribute("data-analysis", "without-catalog", slow);
    await expect(notice).toBeEmpty();
    await expect(tab(page)).toContainText(/finding|suggestion|warning/);
  });

  test("without the catalog the checks that need it are skipped and said", async ({ page, address }) => {
    await page.route("**/aws.bin", (route) => route.abort());
    await page.goto(address);
    const notice = page.locator(".insight-problem");
    await expect(page.locator(".insights")).toHaveAttribute("data-analysis", "without-catalog", slow);
    await expect(notice).toBeEmpty();
    // Whoever reads the findings needs those that need the catalog.
    await tab(page).click();
    await expect(notice).toContainText(/The catalog of actions could not be loaded: \d\d checks skipped/);
    await expect(page.locator("#findings-panel")).toContainText("wait for the catalog");
    await page.unroute("**/aws.bin");
    await notice.getByRole("button", { name: "Try again" }).click();
    await expect(page.locator(".insights")).toHaveAttribute("data-analysis", "ready", slow);
    await expect(page.locator("#findings-panel")).not.toContainText("wait for the catalog");
  });
});
