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
