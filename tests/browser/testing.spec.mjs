import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, expectAccessible, looks, policy, test, words } from "./playground.mjs";

const view = (page, name) => page.getByRole("navigation", { name: "Views" }).getByRole("button", { name });
const rows = (page) => page.locator(".tests-table tbody tr");
const status = (page) => page.locator(".standing-text");

async function tests(playground) {
  await view(playground.page, "Tests").click();
  await expect(rows(playground.page).first()).toBeVisible();
}

test("the table shows each request with what is expected and decided", async ({ playground }) => {
  const { page } = playground;
  await tests(playground);
  await expect(rows(page)).toHaveCount(4);
  await expect(status(page)).toHaveText("All 4 tests pass.");
  await expect(view(page, "Tests")).toContainText("4/4");
  const upload = rows(page).filter({ hasText: "Upload an image" });
  await expect(upload).toContainText("s3:PutObject");
  await expect(upload).toContainText("assumed-role/MobileAppUser/session-4711");
  await expect(upload.getByRole("combobox")).toHaveValue("ImplicitDeny");
  await expect(upload.locator(".decided")).toHaveText(words.ImplicitDeny);
});

test("tests turn red and green while the policy is edited", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ Sid: "All", Effect: "Allow", Action: "s3:*", Resource: "*" }));
  await expect(view(page, "Tests")).toContainText("0/4");
  await tests(playground);
  await expect(status(page)).toHaveText("4 of 4 tests fail.");
  const upload = rows(page).filter({ hasText: "Upload an image" });
  await expect(upload).toHaveClass(/is-missed/);
  await expect(upload.getByText("fails:")).toBeAttached();
  await upload.getByRole("combobox").selectOption("Allow");
  await expect(upload).toHaveClass(/is-met/);
  await expect(status(page)).toHaveText("3 of 4 tests fail.");
});

test("a broken document leaves the last decisions, marked as out of date", async ({ playground }) => {
  const { page } = playground;
  await playground.write("{");
  await tests(playground);
  await expect(status(page)).toContainText("Out of date");
  await expect(page.getByRole("button", { name: "Expect present decisions" })).toBeDisabled();
});

test("the present request becomes a test with one click, and stops being one with Undo", async ({ playground }) => {
  const { page } = playground;
  await page.getByRole("button", { name: "Duplicate this request" }).click();
  await page.getByLabel("Action", { exact: true }).fill("s3:DeleteObject");
  await page.getByText("Name, expectation, accounts, session").click();
  await page.getByLabel("Expected decision").selectOption("");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(view(page, "Tests")).toContainText("4/4");
  await page.getByRole("button", { name: "Make this a test" }).click();
  await expect(view(page, "Tests")).toContainText("5/5");
  await expect(playground.decision.locator(".fact.is-met")).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(view(page, "Tests")).toContainText("4/4");
});

test("requests without an expectation become tests all at once", async ({ playground }) => {
  const { page } = playground;
  await tests(playground);
  for (const row of await rows(page).all()) await row.getByRole("combobox").selectOption("");
  await expect(status(page)).toHaveText("No request has an expected decision yet (4 requests).");
  await expect(view(page, "Tests")).not.toContainText("/");
  await page.getByRole("button", { name: "Expect present decisions" }).click();
  await expect(status(page)).toHaveText("All 4 tests pass.");
});

test("what misses more than the decision says so", async ({ playground }) => {
  const { page } = playground;
  await playground.write(
    policy(
      { Sid: "Other", Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"], Resource: ["arn:aws:s3:::example-mobile-app-assets", "arn:aws:s3:::example-mobile-app-assets/*"] },
    ),
  );
  await tests(playground);
  const download = rows(page).filter({ hasText: "Download an image" });
  await expect(download).toHaveClass(/is-missed/);
  await expect(download.locator(".mismatch")).toContainText("DownloadObjects");
});

test("a row leads to its request and explanation, and a request is deleted with Undo", async ({ playground }) => {
  const { page } = playground;
  await tests(playground);
  await rows(page).nth(2).getByRole("button", { name: "passes: Upload an image" }).click();
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(page.locator(".tab[aria-current]")).toContainText("Upload an image");
  await tests(playground);
  await page.getByRole("button", { name: "Delete Upload an image" }).click();
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(rows(page)).toHaveCount(4);
});

test("tests are saved as a file, and added from one", async ({ playground }) => {
  const { page } = playground;
  await tests(playground);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as file" }).click()]);
  expect(download.suggestedFilename()).toBe("read-only-access-to-one-s3-bucket-for-a-mobile-app.admittance.json");
  const text = readFileSync(await download.path(), "utf8");
  const scenario = JSON.parse(text);
  expect(scenario.requests.map((each) => each.expect.decision)).toEqual(["Allow", "Allow", "ImplicitDeny", "ImplicitDeny"]);

  const file = { name: "more.json", mimeType: "application/json", buffer: Buffer.from(text) };
  await page.getByLabel("Scenario file with tests").setInputFiles(file);
  await expect(page.getByText("Added 4 requests of more.json")).toBeVisible();
  await expect(rows(page)).toHaveCount(8);
  await expect(status(page)).toHaveText("All 8 tests pass.");
  await page.getByLabel("Scenario file with tests").setInputFiles({ ...file, name: "bad.json", buffer: Buffer.from('{\n"request": 1}') });
  await expect(page.getByText(/bad\.json was not added: line \d/)).toBeVisible();
  await expect(rows(page)).toHaveCount(8);
});

test("the command line runs the saved file", async ({ playground }, info) => {
  const cli = new URL("../../target/npm/package/cli.js", import.meta.url).pathname;
  test.skip(!existsSync(cli), "the npm package is not built");
  const { page } = playground;
  await tests(playground);
  await rows(page).first().getByRole("combobox").selectOption("ExplicitDeny");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as file" }).click()]);
  const path = info.outputPath(download.suggestedFilename());
  await download.saveAs(path);
  const { status: code, stdout } = spawnSync(process.execPath, [cli, "test", path], { encoding: "utf8", env: { PATH: process.env.PATH, NO_COLOR: "1" } });
  expect(stdout).toContain("3 passed, 1 failed");
  expect(code).toBe(1);
});

test("statements that decide no test are named and lead to their text", async ({ playground }) => {
  const { page } = playground;
  await tests(playground);
  await expect(page.getByText("Every statement decides a test.")).toBeVisible();
  await expect(page.getByText("2 of 2 decide at least one")).toBeVisible();
  await rows(page).filter({ hasText: "List the bucket" }).getByRole("combobox").selectOption("");
  const item = page.locator(".coverage-list li");
  await expect(item).toHaveCount(1);
  await expect(item).toContainText("ListTheBucket");
  await expect(item).toContainText("applies to no test");
  await item.getByRole("button").click();
  await expect.poll(() => playground.revealed()).toContain("ListTheBucket");
});

test("views, tests and expectations are reached by keyboard", async ({ playground }) => {
  const { page } = playground;
  await view(page, "Tests").focus();
  await page.keyboard.press("Enter");
  await expect(view(page, "Tests")).toHaveAttribute("aria-current", "page");
  const first = rows(page).first();
  await first.getByRole("button").first().focus();
  await page.keyboard.press("Tab");
  await expect(first.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("e");
  await page.keyboard.press("Tab");
  await expect(first.getByRole("button", { name: /^Delete/ })).toBeFocused();
  await first.getByRole("button").first().focus();
  await page.keyboard.press("Enter");
  await expect(playground.word).toBeVisible();
});

for (const [look, media] of Object.entries(looks)) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing in the tests, ${look}, ${width} px`, async ({ playground }) => {
      const { page } = playground;
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 844 });
      await playground.write(policy({ Sid: "Some", Effect: "Allow", Action: "s3:GetObject", Resource: "*" }));
      await tests(playground);
      await rows(page).last().getByRole("combobox").selectOption("");
      await expectAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
}
