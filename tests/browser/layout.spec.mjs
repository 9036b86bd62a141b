import { expect, test } from "./playground.mjs";

for (const width of [320, 390, 768, 1440, 2560]) {
  test(`no horizontal scroll at ${width} px`, async ({ playground }) => {
    const { page } = playground;
    await page.setViewportSize({ width, height: 844 });
    await playground.open("07-cross-account-role-with-mfa");
    await playground.menu("Add policy", "Service control policy (SCP)");
    await page.getByRole("button", { name: "Close the message" }).click();
    await page.getByText("Name, expectation, accounts, session").click();
    await page.getByText(/derived from principal/).click();
    await expect(page.locator(".explanation")).toHaveAttribute("aria-busy", "false");
    const closed = page.locator('[role=treeitem][aria-expanded="false"] > .line > .line-chevron');
    while ((await closed.count()) > 0) await closed.first().click();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    // Nor is anything cut off beyond the right edge.
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll("button, input, select, textarea, p, h2, h3, .line, .values, pre")]
        .filter((each) => !each.closest(".tab-list, .cm-editor, [hidden]") && each.checkVisibility())
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
        .map((each) => each.outerHTML.slice(0, 100)),
    );
    expect(outside).toEqual([]);
  });
}

test("on a phone the decision comes first and stays in sight", async ({ playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(playground.word).toBeInViewport();
  const top = (locator) => locator.evaluate((each) => each.getBoundingClientRect().top);
  expect(await top(playground.decision)).toBeLessThan(await top(page.locator(".request")));
  await page.locator(".privacy").scrollIntoViewIfNeeded();
  await expect(playground.word).toBeInViewport();
});

test("on a wide screen request, text and answer are in sight together", async ({ playground }) => {
  const { page } = playground;
  await expect(playground.word).toBeInViewport();
  await expect(page.getByLabel("Principal", { exact: true })).toBeInViewport();
  await expect(page.locator(".cm-line.is-decisive").first()).toBeInViewport();
  await expect(playground.gates.getByRole("treeitem").first()).toBeInViewport();
});
