import { examples, expect, test, words } from "./playground.mjs";

test("there are examples", () => {
  expect(examples.length).toBeGreaterThanOrEqual(11);
});

test("the dialog lists every example by name and description", async ({ playground }) => {
  const { page } = playground;
  await page.getByRole("button", { name: "Examples" }).click();
  const dialog = page.getByRole("dialog", { name: "Examples" });
  await expect(dialog).toBeVisible();
  await expect(dialog.locator(".gallery-item strong")).toHaveText(examples.map((each) => each.name));
  await expect(dialog.locator(".gallery-text")).toHaveText(examples.map((each) => each.description));
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Examples" }).click();
  await expect(dialog).toBeVisible();
});

for (const example of examples) {
  test(`${example.slug} shows its expected decisions`, async ({ playground }) => {
    const { page } = playground;
    await playground.open(example.slug);
    await expect(page.getByLabel("Scenario name")).toHaveValue(example.name);
    await expect(page.locator(".tab")).toHaveCount(example.requests.length);
    for (const [index, request] of example.requests.entries()) {
      await page.locator(".tab").nth(index).click();
      await expect(playground.word).toHaveText(words[request.expect.decision]);
      await expect(playground.decision.locator(".fact.is-met")).toBeVisible();
      await expect(page.getByLabel("Action", { exact: true })).toHaveValue(request.action);
    }
  });
}

test("opening an example can be undone", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("Scenario name").fill("My work");
  await playground.open(examples[1].slug);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Scenario name")).toHaveValue("My work");
  await expect(playground.editor).toContainText("ListTheBucket");
});
