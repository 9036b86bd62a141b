import { expect, expectAccessible, policy, test, words } from "./playground.mjs";

const region = {
  Sid: "OnlyEurope",
  Effect: "Deny",
  NotAction: "iam:*",
  Resource: "*",
  Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
};

/** An SCP at the root that passes and one below it that denies. */
async function denied(playground) {
  const { page } = playground;
  await playground.menu("Add policy", "Service control policy (SCP)");
  await playground.write(policy({ Effect: "Allow", Action: "*", Resource: "*" }, region));
  await playground.menu("Add policy", "Permissions boundary");
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  await page.getByRole("button", { name: "Close the message" }).click({ timeout: 500 }).catch(() => {});
}

const gates = (page) => page.getByRole("toolbar", { name: "The path through the gates" }).getByRole("button");

test("the picture says what each gate did, and how far the request came", async ({ playground }) => {
  const { page } = playground;
  await denied(playground);
  const names = await gates(page).evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
  expect(names).toEqual([
    "Resource control policies: not given",
    "Service control policies at Root: denied here, decides",
    "VPC endpoint policy: not given",
    "Resource-based policy: not given",
    "Identity-based policies: not reached, would pass",
    "Permissions boundary: not reached, would pass",
    "Session policies: not given",
  ]);
  // The way is dotted behind the gate that stopped the request.
  expect(await page.locator(".gate").evaluateAll((all) => all.map((each) => each.querySelectorAll(".gate-way.is-ahead").length))).toEqual([0, 1, 2, 2, 2, 2, 2]);
});

test("where nothing denies, the gates that the request passed lead to the end", async ({ playground }) => {
  const { page } = playground;
  await expect(playground.word).toHaveText(words.Allow);
  await expect(page.getByRole("button", { name: "Identity-based policies: passed, decides" })).toBeVisible();
  await expect(page.locator(".gate-way.is-ahead")).toHaveCount(0);
});

test("what nobody allows is blocked, and what depends is open", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ Effect: "Allow", Action: "s3:PutObject", Resource: "*" }));
  await expect(page.getByRole("button", { name: "Identity-based policies: blocked here, decides" })).toBeVisible();
  await playground.write(policy({ Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } }));
  await page.getByRole("button", { name: "Add the missing key" }).click();
  await page.getByLabel("Kind of value").selectOption("unknown");
  await expect(page.getByRole("button", { name: "Identity-based policies: depends" })).toBeVisible();
  await expect(page.locator(".gate-way.is-ahead")).toHaveCount(0);
});

test("a gate shows its documents and its part of the explanation", async ({ playground }) => {
  const { page } = playground;
  await denied(playground);
  const scp = page.getByRole("button", { name: /^Service control policies at Root/ });
  await scp.click();
  await expect(scp).toHaveAttribute("aria-expanded", "true");
  const details = page.getByRole("group", { name: "Service control policies at Root" });
  await expect(details).toContainText('denied by statement "OnlyEurope" of "SCP".');
  await expect(playground.line(/^fails: Service control policies at Root/)).toHaveAttribute("aria-selected", "true");
  await details.getByRole("button", { name: "Open SCP" }).click();
  await expect(page.getByLabel("Policy name")).toHaveValue("SCP");

  await details.getByRole("button", { name: "In the explanation" }).click();
  await expect(playground.line(/^fails: Service control policies at Root/)).toBeFocused();

  await page.getByRole("button", { name: /^VPC endpoint policy/ }).click();
  await expect(page.getByRole("group", { name: "VPC endpoint policy" })).toContainText("There is no VPC endpoint policy.");
  await expect(details).toHaveCount(0);
});

test("a line of the explanation lights its gate", async ({ playground }) => {
  const { page } = playground;
  await denied(playground);
  await playground.line('Statement "OnlyEurope" (Deny) applies').locator("> .line").click();
  await expect(page.locator(".gate.is-lit")).toHaveAttribute("aria-label", /^Service control policies at Root/);
  await playground.line(/^passes: Permissions boundary/).locator("> .line").click();
  await expect(page.locator(".gate.is-lit")).toHaveAttribute("aria-label", /^Permissions boundary/);
});

test("the picture is one stop for Tab, and arrow keys move in it", async ({ playground }) => {
  const { page } = playground;
  await denied(playground);
  expect(await page.locator('.gate[tabindex="0"]').count()).toBe(1);
  await page.getByRole("button", { name: /^Service control policies at Root/ }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: /^VPC endpoint policy/ })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("button", { name: /^Session policies/ })).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("group", { name: "Service control policies at Root" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("group", { name: "Service control policies at Root" })).toHaveCount(0);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.closest(".gate"))).toBeNull();
});

test("eleven gates fit on a phone", async ({ playground }) => {
  const { page } = playground;
  await denied(playground);
  for (let level = 0; level < 4; level += 1) await playground.addOu(level === 0 ? "Root" : `OU ${level - 1}`, `OU ${level}`);
  await page.setViewportSize({ width: 320, height: 700 });
  await expect(page.locator(".gate")).toHaveCount(11);
  const boxes = await page.locator(".gate").evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON()));
  expect(boxes.every(({ left, right, width, height }) => left >= 0 && right <= 320 && width >= 24 && height >= 24)).toBe(true);
});

for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "dark", forcedColors: "active" }]) {
  test(`axe finds nothing: gates, ${Object.values(media).join(", ")}`, async ({ playground }) => {
    const { page } = playground;
    await page.emulateMedia(media);
    await denied(playground);
    await page.getByRole("button", { name: /^Service control policies at Root/ }).click();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await expectAccessible(page);
    }
  });
}
