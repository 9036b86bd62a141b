import { expect, policy, test, words } from "./playground.mjs";

const allow = { Sid: "Reading", Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const deny = { Sid: "NoReading", Effect: "Deny", Action: "s3:GetObject", Resource: "*" };

test("opens with the first example decided", async ({ playground }) => {
  await expect(playground.word).toHaveText(words.Allow);
  await expect(playground.page.locator(".decision-reason")).toContainText("DownloadObjects");
  await expect(playground.editor).toContainText("ListTheBucket");
});

test("an edit of the policy changes the decision, without a button", async ({ playground }) => {
  await playground.write(policy(allow, deny));
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  await playground.write(policy(allow));
  await expect(playground.word).toHaveText(words.Allow);
  await playground.write(policy({ ...allow, Action: "s3:PutObject" }));
  await expect(playground.word).toHaveText(words.ImplicitDeny);
});

test("one keystroke is enough", async ({ playground }) => {
  await playground.write(policy({ ...allow, Action: "s3:GetObject" }));
  await expect(playground.word).toHaveText(words.Allow);
  const { page } = playground;
  await page.locator(".cm-line", { hasText: '"s3:GetObject"' }).click();
  await page.keyboard.press("End");
  // Before the closing quote and comma.
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("X");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await page.keyboard.press("Backspace");
  await expect(playground.word).toHaveText(words.Allow);
});

test("the deciding statement is marked by sign, words and background", async ({ playground }) => {
  await playground.write(policy(allow, deny, { ...allow, Sid: "Other", Action: "s3:PutObject" }));
  await expect(playground.marks).toHaveText(["✓", "✕", "–"]);
  const label = playground.page.locator(".cm-statement-label");
  await expect(label).toHaveText("✕ Deny decides");
  const decisive = playground.page.locator(".cm-line.is-decisive");
  await expect(decisive).toHaveCount(6);
  await expect(decisive.nth(1)).toContainText("NoReading");

  await playground.write(policy(allow));
  await expect(label).toHaveText("✓ Allow decides");
  await expect(playground.marks).toHaveText(["✓"]);
});

test("every statement says why it did or did not apply", async ({ playground }) => {
  await playground.write(
    policy(allow, {
      Sid: "Addresses",
      Effect: "Deny",
      Action: "s3:*",
      Resource: "*",
      Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    }),
  );
  await expect(playground.statements).toHaveCount(2);
  const decisive = playground.statements.first();
  await expect(decisive).toHaveAttribute("data-decisive", "true");
  await expect(decisive.locator(".element-head")).toHaveCount(2);
  await expect(decisive.locator(".element-head").first()).toContainText("matches");

  const other = playground.statements.nth(1);
  await expect(other.locator(".statement-reason")).toContainText("aws:SourceIp");
  await other.getByRole("button", { expanded: false }).first().click();
  const condition = other.locator(".element.is-mismatch");
  await expect(condition).toContainText("IpAddress aws:SourceIp");
  await expect(condition).toContainText("203.0.113.0/24");
  await expect(condition).toContainText("not in the request");
});

test("a statement and its text lead to each other", async ({ playground }) => {
  await playground.write(policy(allow, deny));
  await playground.statements.nth(1).locator(".statement-head").click();
  await expect(playground.page.locator(".cm-line.is-selected").nth(1)).toContainText('"Reading"');
  await expect(playground.page.locator(".cm-revealed").first()).toBeVisible();

  await playground.marks.nth(1).click();
  await expect(playground.statements.first()).toHaveClass(/is-selected/);
  await expect(playground.page.locator(".cm-line.is-selected").nth(1)).toContainText("NoReading");
});

test("the gates stand in the order of evaluation", async ({ playground }) => {
  const gates = playground.page.locator(".gate");
  await expect(gates.first()).toBeVisible();
  const names = await gates.evaluateAll((list) => list.map((each) => each.dataset.gate));
  expect(names).toEqual(["rcp", "scp", "vpce", "resource", "identity", "boundary", "session"]);
  await expect(playground.page.locator('[data-gate="identity"]')).toContainText("passed");
});

test("a change of the decision is announced", async ({ playground }) => {
  const live = playground.page.locator('[role="status"][aria-live="polite"]');
  await expect(live).toContainText(words.Allow);
  await playground.write(policy(allow, deny));
  await expect(live).toContainText(words.ExplicitDeny);
});

test("undo in the editor undoes the decision, too", async ({ playground }) => {
  await playground.write(policy(deny));
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  await playground.page.keyboard.press("ControlOrMeta+Z");
  await expect(playground.word).toHaveText(words.Allow);
});
