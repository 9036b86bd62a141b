import { expect, expectAccessible, test, words } from "./playground.mjs";

const palette = (page) => page.getByRole("dialog", { name: "Commands" });

async function command(page, typed) {
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: "Command" })).toBeFocused();
  await page.keyboard.type(typed);
}

test("the palette presses buttons, opens menus' items, and goes to fields", async ({ playground }) => {
  const { page } = playground;
  await command(page, "add policy perm");
  await expect(palette(page).getByRole("option").first()).toHaveText(/Permissions boundary\s*Add policy/);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Policy name")).toHaveValue("Boundary");
  await expect(palette(page)).toBeHidden();

  await command(page, "action");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Action", { exact: true })).toBeFocused();

  // A field in a part that is closed: the part opens.
  await command(page, "session name");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Session name")).toBeFocused();

  await command(page, "upload");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
});

test("what has no name is said to be none, and Escape leaves everything as it was", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("Action", { exact: true }).focus();
  await command(page, "no such thing");
  await expect(page.getByText("Nothing on this page has such a name.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(page.getByLabel("Action", { exact: true })).toBeFocused();
});

test("the keys are listed under ?, and not while typing", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("Scenario name").fill("");
  await page.keyboard.type("Why?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeHidden();
  await expect(page.getByLabel("Scenario name")).toHaveValue("Why?");
  await playground.decision.focus();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await expect(keys).toContainText("All commands and fields, by name");
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  await page.getByRole("button", { name: "Keys (?)" }).click();
  await expect(keys).toBeVisible();
});

test("F6 goes through the parts of the page", async ({ playground }) => {
  const { page } = playground;
  const at = () => page.evaluate(() => document.activeElement.closest("#decision, .request, .policy-list, .editor, .explanation").className);
  await playground.decision.focus();
  for (const part of ["request", "policy-list", "editor", "explanation", "decision"]) {
    await page.keyboard.press("F6");
    expect(await at()).toContain(part);
  }
  await page.keyboard.press("Shift+F6");
  expect(await at()).toContain("explanation");
});

test("on paper there are the decision and its reasons, and no buttons", async ({ playground }) => {
  const { page } = playground;
  await page.emulateMedia({ media: "print" });
  await expect(playground.word).toBeVisible();
  await expect(playground.gates).toBeVisible();
  await expect(page.getByLabel("Principal", { exact: true })).toBeVisible();
  for (const name of ["Examples", "Add policy", "Copy as text", "Walk through it", "Format", "What it says", "Delete this policy", "Add a key"]) {
    await expect(page.getByRole("button", { name })).toBeHidden();
  }
  // Nothing is cut off by a part that scrolls.
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll(".explanation, .editor-place, .request, .policy-list, .cm-scroller")]
      .filter((each) => each.scrollHeight > each.clientHeight + 2).map((each) => each.className));
  expect(cut).toEqual([]);
});

for (const width of [320, 3440]) {
  test(`nothing is wider than the page at ${width} px`, async ({ playground }) => {
    const { page } = playground;
    await page.setViewportSize({ width, height: 900 });
    await playground.menu("Add policy", "Service control policy (SCP)");
    await page.getByRole("button", { name: "Close the message" }).click({ timeout: 300 }).catch(() => {});
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}

for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "dark", forcedColors: "active" }]) {
  test(`axe finds nothing: palette and keys, ${Object.values(media).join(", ")}`, async ({ playground }) => {
    const { page } = playground;
    await page.emulateMedia(media);
    const check = async () => {
      await expectAccessible(page);
    };
    await command(page, "req");
    await check();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Keys (?)" }).click();
    await check();
  });
}
