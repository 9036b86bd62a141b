import { expect, test, words } from "./playground.mjs";

/** Presses Tab until the element has the focus. */
async function tabTo(page, locator, key = "Tab") {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await locator.evaluate((each) => each === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${locator} was not reached`);
}

test("an example is opened, its policy edited and its decision read, by keyboard only", async ({ playground }) => {
  const { page } = playground;
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the decision" })).toBeFocused();

  await tabTo(page, page.getByRole("button", { name: "Examples" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.locator('[data-example="11-explicit-deny-wins"]'));
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Scenario name")).not.toHaveValue(/mobile app/);

  await tabTo(page, page.getByLabel("Action", { exact: true }));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("sqs:SendMessage");
  await expect(playground.decision).toBeVisible();

  await tabTo(page, page.getByRole("button", { name: "Add policy", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("menuitem", { name: "VPC endpoint policy" })).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Policy name")).toHaveValue("Policy");

  await tabTo(page, playground.editor);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}');
  await expect(playground.word).toHaveText(words.Allow);

  // Tab indents in the editor; Escape and then Tab leaves it.
  await page.keyboard.press("Tab");
  await expect(playground.editor).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(playground.editor).not.toBeFocused();

  await tabTo(page, playground.gates.getByRole("treeitem").first());
  await page.keyboard.press("ArrowLeft");
  await expect(playground.gates.getByRole("treeitem").first()).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowRight");
  await expect(playground.line("The action sqs:SendMessage matches.")).toBeVisible();
});

test("the skip link leads to the decision", async ({ playground }) => {
  const { page } = playground;
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(playground.decision).toBeFocused();
});

test("a menu closes with Escape and gives the focus back", async ({ playground }) => {
  const { page } = playground;
  const button = page.getByRole("button", { name: "Scenario", exact: true });
  await button.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(button).toBeFocused();
});

test("every control that can be seen is reached by Tab", async ({ playground }) => {
  const { page } = playground;
  await page.getByText("Name, expectation, accounts, session").click();
  await page.evaluate(() => document.activeElement.blur());
  const reached = new Set();
  const wanted = await page.evaluate(() => {
    const controls = document.querySelectorAll("button, input, select, textarea, summary, .cm-content");
    // In a toolbar Tab stops once; arrow keys do the rest.
    const inToolbar = (each) => each.matches('[role="toolbar"] [tabindex="-1"]');
    const seen = [...controls].filter((each) => each.checkVisibility() && !each.disabled && !each.closest(".cm-panels") && !inToolbar(each));
    return seen.map((each, index) => (each.dataset.tabTest = String(index)));
  });
  for (let presses = 0; presses < wanted.length * 2 + 20; presses += 1) {
    // Escape first, as the hint under the editor says; it closes nothing here.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => document.activeElement?.dataset.tabTest);
    if (at !== undefined) reached.add(at);
  }
  const missed = wanted.filter((each) => !reached.has(each));
  const html = await page.evaluate(
    (list) => list.map((each) => document.querySelector(`[data-tab-test="${each}"]`)?.outerHTML.slice(0, 160)),
    missed,
  );
  expect(html).toEqual([]);
});
