import { expect, expectAccessible, policy, test, words } from "./playground.mjs";

const deny = { Sid: "Nobody", Effect: "Deny", Action: "*", Resource: "*" };

/** The tree, with its lines as text: name, and what is attached. */
const tree = (page) => page.getByRole("tree", { name: "Organization" });
const node = (page, name) => tree(page).getByRole("treeitem", { name, exact: true });
const lines = (page) =>
  tree(page).locator(".org-line").evaluateAll((all) =>
    all.map((each) => {
      let level = 1;
      for (let up = each.closest("[role=treeitem]"); (up = up.parentElement.closest("[role=treeitem]")); ) level += 1;
      return `${level} ${each.innerText.replace(/\s+/g, " ").trim()}`;
    }),
  );

async function withTree(playground) {
  await playground.menu("Add policy", "Service control policy (SCP)");
  await playground.addOu("Root", "Production");
}

test("SCPs and RCPs stand in the tree where they are attached", async ({ playground }) => {
  const { page } = playground;
  await withTree(playground);
  expect(await lines(page)).toEqual(["1 Root", "2 SCP SCP", "2 Production", "3 SCP SCP-2"]);
  await expect(page.getByRole("group", { name: "At Production" })).toBeVisible();
  await page.getByRole("button", { name: "Attach an RCP at Production" }).click();
  expect(await lines(page)).toEqual(["1 Root", "2 SCP SCP", "2 Production", "3 SCP SCP-2", "3 RCP RCP"]);
  await expect(page.getByLabel("Policy name")).toHaveValue("RCP");
  await playground.write(policy({ ...deny, Principal: "*", Action: "s3:*" }));
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  await expect(page.getByRole("button", { name: "Resource control policies at Production: denied here, decides" })).toBeVisible();
});

test("the tree is edited by keyboard, and each step can be taken back", async ({ playground }) => {
  const { page } = playground;
  await withTree(playground);
  await expect(node(page, "Production")).toBeFocused();
  await page.keyboard.press("Insert");
  await page.keyboard.type("111122223333");
  await page.keyboard.press("Enter");
  await expect(node(page, "111122223333")).toBeFocused();
  expect(await lines(page)).toEqual(["1 Root", "2 SCP SCP", "2 Production", "3 SCP SCP-2", "3 111122223333", "4 SCP SCP-3"]);

  await page.keyboard.press("Alt+ArrowUp");
  await expect(node(page, "111122223333")).toBeFocused();
  expect(await lines(page)).toEqual(["1 Root", "2 SCP SCP", "2 111122223333", "3 SCP SCP-3", "3 Production", "4 SCP SCP-2"]);

  await page.keyboard.press("F2");
  await page.keyboard.type("Sandbox");
  await page.keyboard.press("Escape");
  await expect(node(page, "111122223333")).toBeFocused();
  await page.keyboard.press("F2");
  await page.keyboard.type("Sandbox");
  await page.keyboard.press("Enter");
  await expect(node(page, "Sandbox")).toBeFocused();

  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(node(page, "Production")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(node(page, "Sandbox")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Policy name")).toHaveValue("SCP-3");

  // A policy moves on to the next node.
  await page.keyboard.press("Alt+ArrowDown");
  expect(await lines(page)).toEqual(["1 Root", "2 SCP SCP", "2 Sandbox", "3 Production", "4 SCP SCP-3", "4 SCP SCP-2"]);
  await expect(tree(page)).toContainText("no SCP: nothing passes");
  await expect(playground.word).toHaveText(words.ImplicitDeny);

  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Delete");
  expect(await lines(page)).toEqual(["1 Root", "2 SCP SCP", "2 Production", "3 SCP SCP-3", "3 SCP SCP-2"]);
  await expect(node(page, "Root")).toBeFocused();
  await expect(playground.word).toHaveText(words.Allow);
  await page.keyboard.press("ControlOrMeta+Z");
  expect(await lines(page)).toEqual(["1 Root", "2 SCP SCP", "2 Sandbox", "3 Production", "4 SCP SCP-3", "4 SCP SCP-2"]);
});

test("the caller and the resource can be in branches of their own", async ({ playground }) => {
  const { page } = playground;
  await withTree(playground);
  await page.getByRole("button", { name: "Attach an RCP at Production" }).click();
  await page.getByRole("button", { name: "From here on, the caller and the resource have branches" }).click();
  expect(await lines(page)).toEqual([
    "1 Root",
    "2 SCP SCP",
    "2 Production caller’s way",
    "3 SCP SCP-2",
    "2 Production of the resource resource’s way",
    "3 RCP RCP",
  ]);
  await playground.node("Production of the resource").click();
  await expect(page.getByRole("button", { name: "Attach an SCP at Production of the resource" })).toBeDisabled();
  await page.reload();
  await expect(playground.word).toHaveText(words.Allow);
  expect((await lines(page)).length).toBe(6);
  await page.getByRole("button", { name: "From here on, the caller and the resource have branches" }).click();
  expect(await lines(page)).toEqual(["1 Root", "2 SCP SCP", "2 Production", "3 SCP SCP-2", "3 RCP RCP"]);
});

test("a policy that is switched off is kept and not evaluated", async ({ playground }) => {
  const { page } = playground;
  await withTree(playground);
  await playground.write(policy(deny));
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  const off = page.getByRole("button", { name: "Disable this policy for the moment" });
  await off.click();
  await expect(off).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("off: not attached for the moment")).toBeVisible();
  // Without another SCP at its level, nothing passes there.
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await page.getByRole("button", { name: "Attach an SCP at Production" }).click();
  await expect(playground.word).toHaveText(words.Allow);
  await page.reload();
  await expect(playground.word).toHaveText(words.Allow);
  await tree(page).getByText("SCP-2").click();
  await expect(off).toHaveAttribute("aria-pressed", "true");
  expect(await playground.text()).toContain('"Nobody"');
  await off.click();
  await expect(playground.word).toHaveText(words.ExplicitDeny);
});

test("policies are put into another order", async ({ playground }) => {
  const { page } = playground;
  await playground.menu("Add policy", "Identity-based policy");
  await expect(playground.documents).toHaveText([/MobileAppReadOnly/, /Policy/]);
  await expect(page.getByRole("button", { name: "Move this policy down" })).toBeDisabled();
  await page.getByRole("button", { name: "Move this policy up" }).click();
  await expect(playground.documents).toHaveText([/Policy/, /MobileAppReadOnly/]);
  await expect(page.getByRole("button", { name: "Move this policy up" })).toBeDisabled();
});

for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "light", forcedColors: "active" }]) {
  test(`axe finds nothing: organization, ${Object.values(media).join(", ")}`, async ({ playground }) => {
    const { page } = playground;
    await page.emulateMedia(media);
    await withTree(playground);
    await page.getByRole("button", { name: "Attach an RCP at Production" }).click();
    await page.getByRole("button", { name: "From here on, the caller and the resource have branches" }).click();
    await page.getByRole("button", { name: "Disable this policy for the moment" }).click();
    await playground.node("Root").click();
    await page.keyboard.press("F2");
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await expectAccessible(page);
    }
  });
}
