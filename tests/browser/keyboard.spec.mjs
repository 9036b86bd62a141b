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

/** Goes through the page with Tab; gives the controls in sight that it did not come to. */
async function missedByTab(page) {
  await page.evaluate(() => document.activeElement.blur());
  const wanted = await page.evaluate(() => {
    for (const each of document.querySelectorAll("[data-tab-test]")) delete each.dataset.tabTest;
    // Behind an open dialog nothing can be reached, nor should be.
    const root = document.querySelector("dialog[open]") ?? document;
    const controls = root.querySelectorAll("a[href], button, input, select, textarea, summary, .cm-content, [tabindex]");
    // In a toolbar, a grid, a tree and a menu Tab stops once; arrow keys do the rest, which tests of their own go through.
    const isRoving = (each) => each.getAttribute("tabindex") === "-1";
    const seen = [...controls].filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled && !each.closest(".cm-panels") && !isRoving(each));
    return seen.map((each, index) => (each.dataset.tabTest = String(index)));
  });
  expect(wanted.length).toBeGreaterThan(0);
  const reached = new Set();
  for (let presses = 0; presses < wanted.length * 2 + 20 && reached.size < wanted.length; presses += 1) {
    // As the hint under the editor says; elsewhere Escape may close something.
    if (await page.evaluate(() => document.activeElement?.matches(".cm-content"))) await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => document.activeElement?.dataset.tabTest);
    if (at !== undefined) reached.add(at);
  }
  const missed = wanted.filter((each) => !reached.has(each));
  return page.evaluate((list) => list.map((each) => document.querySelector(`[data-tab-test="${each}"]`)?.outerHTML.slice(0, 160)), missed);
}

test("every control that can be seen is reached by keyboard, in each view and dialog", async ({ playground }) => {
  test.setTimeout(180_000);
  const { page } = playground;
  const escape = () => page.keyboard.press("Escape");
  // The organization's tree, a tag, an address, and all that can be folded out.
  await playground.menu("Add policy", "Service control policy (SCP)");
  for (const title of ["Name, expectation, accounts, session", "Further actions", "Facts about S3", "Evaluation options", "Build an ARN for this action", "As JSON"]) {
    await page.getByText(title, { exact: true }).click();
  }
  await page.getByText(/derived from principal/).click();
  await page.getByRole("button", { name: "Add an action" }).click();
  await page.getByLabel("Block Public Access").selectOption("given");
  await page.getByRole("button", { name: "Add a tag" }).click();
  await page.getByRole("button", { name: "Add a key" }).click();
  await page.getByLabel("Key", { exact: true }).fill("aws:SourceIp");
  await escape();
  expect(await missedByTab(page), "Decide").toEqual([]);
  for (const [name, open] of [
    ["Examples", () => page.getByRole("button", { name: "Examples" }).click()],
    ["Open", () => playground.menu("Scenario", "Open or paste…")],
    ["Workspaces", () => playground.menu("Scenario", "Workspaces…")],
    ["Commands", () => page.keyboard.press("ControlOrMeta+K")],
    ["Keys", () => page.getByRole("button", { name: "Keys (?)" }).click()],
  ]) {
    await open();
    await expect(page.locator("dialog[open]"), name).toBeVisible();
    if (name === "Examples") await expect(page.locator(".gallery-open").first()).toBeVisible();
    if (name !== "Commands") expect(await missedByTab(page), name).toEqual([]);
    await escape();
    await expect(page.locator("dialog[open]"), name).toHaveCount(0);
  }
  await page.getByRole("button", { name: "Walk through it gate by gate" }).click();
  expect(await missedByTab(page), "walk").toEqual([]);
  await playground.view("Tests");
  expect(await missedByTab(page), "Tests").toEqual([]);
  await playground.view("Matrix");
  await expect(page.getByRole("grid", { name: "Matrix" })).toHaveAttribute("aria-busy", "false");
  await page.locator('[data-cell="0-0"]').click();
  expect(await missedByTab(page), "Matrix").toEqual([]);
  await playground.view("Compare");
  await page.getByRole("button", { name: "Keep the present version" }).click();
  expect(await missedByTab(page), "Compare").toEqual([]);
});
