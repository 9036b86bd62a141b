import { expect, expectAccessible, looks, policy, test, words } from "./playground.mjs";
import { tasksDuring } from "./tasks.mjs";

const grid = (page) => page.getByRole("grid", { name: "Matrix" });
const cell = (page, row, column) => page.locator(`[data-cell="${row}-${column}"]`);
const status = (page) => page.locator(".matrix-progress");

async function matrix(playground) {
  await playground.view("Matrix");
  await expect(grid(playground.page)).toHaveAttribute("aria-busy", "false");
}

/** Names of as many principals and actions. */
const principals = (count) => Array.from({ length: count }, (_, at) => `arn:aws:iam::111122223333:user/user-${at}`).join("\n");
const actions = (count) => Array.from({ length: count }, (_, at) => `${["s3", "ec2", "sqs"][at % 3]}:Action${at}`).join("\n");

async function principalsByActions(playground, rows, columns) {
  const { page } = playground;
  await playground.view("Matrix");
  await page.getByLabel("Rows", { exact: true }).selectOption("principals");
  await page.getByLabel(/^Principals, one a line/).fill(principals(rows));
  await page.getByLabel("Columns: actions, one a line").fill(actions(columns));
}

test("requests by the actions that they and the policies name", async ({ playground }) => {
  const { page } = playground;
  await matrix(playground);
  await expect(page.getByRole("columnheader")).toHaveText(["Request", "s3:GetBucketLocation", "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:PutObject"]);
  await expect(page.getByRole("rowheader")).toHaveText(["Download an image", "List the bucket", "Upload an image", "Download from another bucket"]);
  await expect(cell(page, 0, 1)).toHaveAccessibleName(words.Allow);
  await expect(cell(page, 0, 1)).toHaveText("✓");
  await expect(cell(page, 0, 4)).toHaveAccessibleName(words.ImplicitDeny);
  await expect(cell(page, 1, 3)).toHaveText("✓");
  await expect(status(page)).toContainText("20 decisions of 4 rows");
  const legend = page.getByRole("list", { name: "Decisions" });
  await expect(legend.getByRole("listitem").filter({ hasText: words.Allow })).toContainText("6");
});

test("it follows the policies, and is out of date where they have errors", async ({ playground }) => {
  const { page } = playground;
  await matrix(playground);
  await playground.view("Decide");
  await playground.write(policy({ Effect: "Deny", Action: "s3:Get*", Resource: "*" }));
  await playground.view("Matrix");
  await expect(page.getByRole("columnheader")).toHaveText(["Request", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]);
  await expect(cell(page, 0, 0)).toHaveAccessibleName(words.ExplicitDeny);
  await playground.view("Decide");
  await playground.write("{");
  await playground.view("Matrix");
  await expect(page.getByText("out of date", { exact: true })).toBeVisible();
});

test("a cell tells why, and opens in Decide", async ({ playground }) => {
  const { page } = playground;
  await matrix(playground);
  await cell(page, 2, 1).click();
  const side = page.locator(".matrix-cell");
  await expect(side.locator(".decided")).toHaveText(words.Allow);
  await expect(side).toContainText("DownloadObjects");
  await expect(side).toContainText("s3:GetObject");
  await expect(cell(page, 2, 1)).toHaveAttribute("aria-selected", "true");
  await side.getByRole("button", { name: "Open in Decide" }).click();
  await expect(playground.word).toHaveText(words.Allow);
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("s3:GetObject");
  await expect(page.locator(".tab")).toHaveCount(5);
});

test("arrow keys move over the cells, also beyond what is in sight, and Enter chooses", async ({ playground }) => {
  const { page } = playground;
  await principalsByActions(playground, 120, 90);
  await expect(status(page)).toContainText("10800 decisions of 120 rows");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "121");
  await expect(grid(page)).toHaveAttribute("aria-colcount", "91");
  expect(await page.locator(".matrix-decision").count()).toBeLessThan(3000);
  await cell(page, 0, 0).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(cell(page, 1, 1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(cell(page, 1, 89)).toBeFocused();
  await page.keyboard.press("Control+End");
  await expect(cell(page, 119, 89)).toBeFocused();
  await expect(cell(page, 119, 89)).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press("Enter");
  await expect(page.locator(".matrix-cell")).toContainText("user/user-119");
  await page.keyboard.press("PageUp");
  // The row is drawn first.
  await expect(cell(page, 119, 89)).not.toBeFocused();
  await expect(page.locator(".matrix-decision:focus")).toHaveCount(1);
  await page.keyboard.press("Control+Home");
  await expect(cell(page, 0, 0)).toBeFocused();
  await expect(cell(page, 0, 0)).toBeInViewport({ ratio: 0.9 });
  // One stop for Tab, wherever the reader is.
  await expect(page.locator('.matrix-decision[tabindex="0"]')).toHaveCount(1);
});

/** How often each task of the page did something, as its marks say. */
const amounts = (tasks, what) => {
  const of = ({ marks }) => marks.filter((name) => name.startsWith(`${what}: `)).reduce((sum, name) => sum + Number(name.split(": ")[1]), 0);
  return tasks.map(of).filter((amount) => amount > 0);
};
const sum = (list) => list.reduce((one, other) => one + other, 0);

test("300 by 300 is computed beside the page, which does its part in small tasks", async ({ playground }) => {
  test.setTimeout(240_000);
  const { page } = playground;
  await playground.write(policy({ Effect: "Allow", Action: "s3:*", Resource: "*" }, { Effect: "Deny", Action: "sqs:*", Resource: "*" }));
  await playground.matrix(300, 2);
  const drawn = await tasksDuring(page, () => playground.matrix(300, 300));
  const again = await tasksDuring(page, async () => {
    await page.getByRole("button", { name: "Compute again" }).click();
    await expect(page.getByRole("progressbar", { name: "Rows computed" })).toBeVisible();
    await playground.matrixIsComputed(300, 300);
  });
  // What a task does is counted, not timed: that is the same on a slow machine. `responsive.mjs` reports the times.
  for (const tasks of [drawn, again]) {
    const rows = amounts(tasks, "matrix rows handed over");
    // Once for each time that it was computed: filling in two fields can make two.
    expect(sum(rows)).toBeGreaterThan(0);
    expect(sum(rows) % 300).toBe(0);
    expect(Math.max(...rows)).toBeLessThanOrEqual(25);
  }
  const cells = amounts(drawn, "matrix cells drawn");
  // All that is in sight was drawn, empty and then decided.
  expect(sum(cells)).toBeGreaterThan(await page.locator(".matrix-decision").count());
  expect(Math.max(...cells)).toBeLessThanOrEqual(200);
  await expect(cell(page, 0, 0)).toHaveText("✓");
  await expect(cell(page, 0, 1)).toHaveText("–");
  await expect(cell(page, 0, 2)).toHaveText("✕");
});

test("it can be cancelled and computed again", async ({ playground }) => {
  const { page } = playground;
  await principalsByActions(playground, 900, 900);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(status(page)).toContainText(/Stopped at row \d+ of 900/);
  await page.getByLabel("Columns: actions, one a line").fill("s3:GetObject");
  await expect(status(page)).toContainText("900 decisions of 900 rows");
  await page.getByRole("button", { name: "Compute again" }).click();
  await expect(status(page)).toContainText("900 decisions of 900 rows");
});

test("too many rows or columns are said to be", async ({ playground }) => {
  const { page } = playground;
  await principalsByActions(playground, 3, 1001);
  await expect(page.getByText("1001 actions are more than the 1000 that are computed.")).toBeVisible();
});

test("the worker is the page's own program, which is not downloaded again", async ({ playground }) => {
  const { page, address } = playground;
  await page.waitForLoadState("networkidle");
  // The second program may start its own at the same time.
  const [worker] = await Promise.all([page.waitForEvent("worker", (each) => each.url() === `${address}worker.js`), matrix(playground)]);
  await expect(status(page)).toContainText("20 decisions of 4 rows");
  const sizes = await worker.evaluate(() =>
    performance.getEntriesByType("resource").filter((each) => each.name.endsWith(".wasm")).map((each) => each.transferSize),
  );
  // Nothing of its two files came over the network.
  expect(sizes).toEqual([0, 0]);
});

for (const [look, media] of Object.entries(looks)) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing in the matrix, ${look}, ${width} px`, async ({ playground }) => {
      const { page } = playground;
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 844 });
      await matrix(playground);
      await cell(page, 0, 1).click();
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
}
