import { expect, expectAccessible, looks, policy, test, words } from "./playground.mjs";

const step = (page) => page.getByRole("region", { name: "Step by step" });
const next = (page) => step(page).getByRole("button", { name: /Next|Done/ });

async function organization(playground) {
  await playground.menu("Add policy", "Service control policy (SCP)");
  await playground.write(policy({ Sid: "NoStorage", Effect: "Deny", Action: "s3:*", Resource: "*" }));
  await expect(playground.word).toHaveText(words.ExplicitDeny);
}

test("walks from the beginning through the gates to the decision, by keyboard", async ({ playground }) => {
  const { page } = playground;
  await organization(playground);
  await page.getByRole("button", { name: "Walk through it gate by gate" }).press("Enter");
  await expect(next(page)).toBeFocused();
  await expect(step(page)).toContainText("Step 1 of 4");
  await expect(step(page)).toContainText("Every request begins as denied");
  await page.keyboard.press("Enter");
  await expect(step(page)).toContainText("Service control policies bind the principals");
  await expect(step(page)).toContainText("NoStorage");
  await expect(step(page)).toContainText("applies, and decides.");
  await expect(step(page).getByRole("link", { name: /AWS on this/ })).toHaveAttribute("href", /^https:\/\/docs\.aws\.amazon\.com\//);
  await expect.poll(() => playground.revealed()).toContain("NoStorage");
  await page.keyboard.press("Enter");
  await expect(step(page)).toContainText("Identity-based policies are attached");
  await expect.poll(() => playground.revealed()).toContain("DownloadObjects");
  await page.keyboard.press("Enter");
  await expect(step(page).locator(".decided")).toHaveText(words.ExplicitDeny);
  await step(page).getByRole("button", { name: "Back" }).click();
  await expect(step(page)).toContainText("Step 3 of 4");
  await next(page).click();
  await next(page).click();
  await expect(step(page)).toHaveCount(0);
});

test("it follows another request, and a statement leads to its text", async ({ playground }) => {
  const { page } = playground;
  await page.getByRole("button", { name: "Walk through it gate by gate" }).click();
  await next(page).click();
  await playground.request("Upload an image");
  await expect(step(page)).toContainText("The action s3:PutObject does not match");
  await step(page).getByRole("button", { name: /ListTheBucket/ }).click();
  await expect.poll(() => playground.revealed()).toContain("ListTheBucket");
  await step(page).getByRole("button", { name: "Close the walk" }).click();
  await expect(step(page)).toHaveCount(0);
});

test("each level of an organization is a step of its own, with its own statements", async ({ playground }) => {
  const { page } = playground;
  await playground.open("organizations-scp-intersection-across-levels");
  await page.getByRole("button", { name: "Walk through it gate by gate" }).click();
  const seen = [];
  for (let press = 0; press < 8 && (await step(page).count()) > 0; press += 1) {
    seen.push((await step(page).locator(".step-result").allTextContents()).join(""));
    await next(page).click();
  }
  expect(seen.filter((text) => text.includes("ervice control")).length).toBeGreaterThan(1);
});

for (const [look, media] of Object.entries(looks)) {
  test(`axe finds nothing in the walk, ${look}`, async ({ playground }) => {
    const { page } = playground;
    await page.emulateMedia({ ...media, reducedMotion: "reduce" });
    await organization(playground);
    await page.getByRole("button", { name: "Walk through it gate by gate" }).click();
    await next(page).click();
    await expectAccessible(page);
  });
}
