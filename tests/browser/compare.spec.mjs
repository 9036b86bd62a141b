import { expect, expectAccessible, looks, policy, test, words } from "./playground.mjs";

const section = (page, name) => page.locator("section", { has: page.getByRole("heading", { name, exact: true }) });

/** Keeps the first version, changes the policy and comes back. */
async function compare(playground) {
  const { page } = playground;
  await playground.view("Compare");
  await page.getByRole("button", { name: "Keep the present version" }).click();
  await playground.view("Decide");
  await playground.write((await playground.text()).replace('"s3:GetObject", "s3:GetObjectVersion"', '"s3:GetObject", "s3:PutObject"'));
  await playground.view("Compare");
}

test("says what to do while there is nothing to compare with", async ({ playground }) => {
  const { page } = playground;
  await playground.view("Compare");
  await expect(page.getByText("Keep the policies as they are now")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Requests" })).toHaveCount(0);
});

test("names the requests, cells and lines that change", async ({ playground }) => {
  const { page } = playground;
  await compare(playground);
  const requests = section(page, "Requests");
  await expect(requests).toContainText("1 of 4 decided otherwise");
  const row = requests.locator("tbody tr");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Upload an image");
  await expect(row.locator(".decided")).toHaveText([words.ImplicitDeny, words.Allow]);
  await expect(row).toContainText("fails now");

  const cells = section(page, "Matrix");
  await expect(cells).toContainText("4 of 20 cells decided otherwise");
  await expect(cells.locator("tbody tr")).toHaveCount(4);
  // What only the version before names is a column as well.
  await expect(cells.locator("tbody tr").first()).toContainText("s3:GetObjectVersion");

  const documents = section(page, "Policies");
  await expect(documents).toContainText("1 document differs");
  await expect(documents.locator(".is-gone code")).toHaveText(/"s3:GetObjectVersion"/);
  await expect(documents.locator(".is-come code")).toHaveText(/"s3:PutObject"/);
  await expect(documents.getByText("removed: ")).toBeAttached();
});

test("the same policies change nothing", async ({ playground }) => {
  const { page } = playground;
  await playground.view("Compare");
  await page.getByRole("button", { name: "Keep the present version" }).click();
  await expect(section(page, "Requests")).toContainText("0 of 4 decided otherwise");
  await expect(section(page, "Matrix")).toContainText("0 of 20 cells decided otherwise");
  await expect(section(page, "Policies")).toContainText("The same in both: MobileAppReadOnly");
});

test("another workspace, or a file, is the version before", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("Scenario name").fill("Old rules");
  await playground.menu("Scenario", "Workspaces…");
  await page.getByRole("button", { name: "Copy of this one" }).click();
  await playground.write(policy({ Effect: "Deny", Action: "*", Resource: "*" }));
  await playground.view("Compare");
  await page.getByLabel("Compare with a workspace").selectOption({ label: "Old rules" });
  await expect(page.getByText("Before: the workspace “Old rules”.")).toBeVisible();
  await expect(section(page, "Requests")).toContainText("4 of 4 decided otherwise");
  const file = { name: "empty.json", mimeType: "application/json", buffer: Buffer.from('{"policies":{},"requests":[]}') };
  await page.getByLabel("Scenario to compare with").setInputFiles(file);
  await expect(page.getByText("Before: empty.json.")).toBeVisible();
  await expect(section(page, "Policies")).toContainText("added");
});

for (const [look, media] of Object.entries(looks)) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing in the comparison, ${look}, ${width} px`, async ({ playground }) => {
      const { page } = playground;
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 844 });
      await compare(playground);
      await expect(section(page, "Matrix")).toContainText("4 of 20 cells");
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
}
