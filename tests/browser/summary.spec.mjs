import AxeBuilder from "@axe-core/playwright";
import { expect, policy, test } from "./playground.mjs";

const read = {
  Sid: "Read",
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::photos/*",
  Condition: { Bool: { "aws:SecureTransport": "true" } },
};
const deny = { Sid: "NoDelete", Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" };

const panel = (page) => page.locator("#said-panel");
const open = (page, name) => page.locator(".insight-tab", { hasText: name }).click();
const table = (page, caption) => panel(page).locator("table").filter({ has: page.locator("caption", { hasText: caption }) });

test("what it says: a sentence for each statement, whose words light up what they tell of", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  await playground.write(policy(read, deny));
  await open(page, "What it says");
  const sentences = panel(page).locator(".said");
  await expect(sentences).toHaveCount(2);
  await expect(sentences.first()).toContainText("May read the objects in the bucket photos, but only over TLS.");
  await expect(sentences.nth(1)).toHaveClass(/is-deny/);
  await sentences.nth(1).locator(".said-text").focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => playground.revealed()).toContain('"NoDelete"');
  expect(await playground.revealed()).not.toContain('"Read"');
  await sentences.first().locator(".said-part", { hasText: "photos" }).click();
  await expect.poll(() => playground.revealed()).toBe('"arn:aws:s3:::photos/*"');
});

test("by service: the console's table, denials by themselves, and the actions of a service", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  await playground.write(policy(read, deny));
  await open(page, "By service");
  await expect(panel(page).locator("caption")).toHaveText([/^Explicit deny \(1 of \d+ services\)$/, /^Allow \(1 of \d+ services\)$/]);
  const allowed = table(page, "Allow");
  await expect(allowed.locator("thead th")).toHaveText(["Service", "Access level", "Resource", "Request condition"]);
  const cells = allowed.locator("tbody tr").first().locator("td");
  await expect(cells.first()).toHaveText("Limited: Read");
  await expect(cells.nth(2)).toContainText("aws:SecureTransport");
  await allowed.getByRole("button", { name: "Amazon S3", exact: true }).click();
  const details = allowed.locator(".service-details");
  await expect(details.locator("h4").filter({ hasText: "Read" })).toHaveText(/^Read: 1 of \d+ actions$/);
  await expect(details.locator("ul li code")).toHaveText(["GetObject"]);
  await expect(table(page, "Explicit deny").locator("tbody td").first()).toHaveText("Limited: Write");
});

test("all of the caller: what is granted, and what a boundary leaves of it", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  await playground.blank();
  await playground.menu("Add policy", "Identity-based policy");
  await playground.write(policy({ Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "*" }));
  await playground.menu("Add policy", "Permissions boundary");
  await playground.write(policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }));
  await open(page, "All of the caller");
  await expect(table(page, "Allow").locator("tbody td").first()).toHaveText("Limited: Read, Write");
  const left = table(page, "Left under boundary").locator("tbody tr");
  await expect(left).toHaveCount(1);
  await expect(left.locator("td")).toHaveText([/Read/, "Read 1 of 1, Write 0 of 1", "the boundary: 1"]);
});

test("a document with an error says nothing until it is mended", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  await open(page, "What it says");
  await playground.write("{");
  await expect(panel(page)).toContainText("as long as it has errors");
  await playground.write(policy(read));
  await expect(panel(page).locator(".said")).toHaveCount(1);
});

for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "dark", forcedColors: "active" }]) {
  test(`axe finds nothing: findings and summaries, ${Object.values(media).join(", ")}`, async ({ playground }) => {
    const { page } = playground;
    await page.emulateMedia(media);
    await playground.analyzed();
    await playground.write(policy({ ...read, Action: ["s3:Get*", "s3:GetObject"] }, deny));
    await page.locator(".insight-tab").first().click();
    await expect(page.locator(".finding").first()).toBeVisible();
    const axe = () => new AxeBuilder({ page }).include(".insights").analyze();
    expect((await axe()).violations).toEqual([]);
    await open(page, "What it says");
    await expect(panel(page).locator(".said")).toHaveCount(2);
    expect((await axe()).violations).toEqual([]);
    await open(page, "By service");
    await table(page, "Allow").getByRole("button").first().click();
    await expect(panel(page).locator(".service-details")).toBeVisible();
    expect((await axe()).violations).toEqual([]);
    await open(page, "All of the caller");
    await expect(table(page, "Left under")).toBeVisible();
    expect((await axe()).violations).toEqual([]);
  });
}
