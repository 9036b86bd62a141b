import { expect, policy, test, words } from "./playground.mjs";

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

test("broken JSON: the error at its place, the last decision marked as stale, both gone when mended", async ({
  playground,
}) => {
  const { page } = playground;
  await playground.write(policy(allow));
  await expect(playground.word).toHaveText(words.Allow);
  await expect(playground.stale).toHaveCount(0);

  await playground.write(policy(allow).replace('"Allow",', '"Allow"'));
  await expect(playground.stale).toBeVisible();
  await expect(playground.word).toHaveText(words.Allow);
  await expect(playground.decision).toHaveClass(/is-stale/);
  await expect(page.locator(".cm-lint-marker-error")).toHaveCount(1);
  await expect(playground.problems).toHaveCount(1);
  await expect(playground.problems).toContainText("error");
  // The place in the list is the line and column that the editor shows.
  await expect(playground.problems.locator(".problem-place")).toHaveText(/MobileAppReadOnly [56]:\d+/);

  await page.keyboard.press("ControlOrMeta+Z");
  await expect(playground.stale).toHaveCount(0);
  await expect(playground.problems).toHaveCount(0);
  await expect(page.locator(".cm-lint-marker-error")).toHaveCount(0);
  await expect(playground.word).toHaveText(words.Allow);
});

test("an invalid element is underlined where it stands and leads there from the list", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ ...allow, Effect: "allow" }));
  await expect(page.locator(".cm-lintRange-error")).toHaveText('"allow"');
  await expect(playground.stale).toBeVisible();

  await page.getByRole("button", { name: "Go to the error" }).click();
  await expect(playground.editor).toBeFocused();
  const selected = await page.evaluate(() => getSelection().toString());
  expect(selected).toContain('"allow"');
});

test("the tooltip tells what to write instead", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ ...allow, Effect: "allow" }));
  await page.locator(".cm-lintRange-error").hover();
  await expect(page.locator(".cm-tooltip .diagnostic-message")).toBeVisible();
  await expect(page.locator(".cm-tooltip .diagnostic-help")).toContainText("Allow");
});

test("an error in a document that is not shown opens it", async ({ playground }) => {
  const { page } = playground;
  await playground.write("{");
  await playground.menu("Add policy", "Session policy");
  await expect(page.getByLabel("Policy name")).toHaveValue("SessionPolicy");
  await expect(playground.stale).toBeVisible();
  await playground.problems.first().click();
  await expect(page.getByLabel("Policy name")).toHaveValue("MobileAppReadOnly");
});

test("a principal that is none is said at its field", async ({ playground }) => {
  const { page } = playground;
  const principal = page.getByLabel("Principal", { exact: true });
  await principal.fill("ana");
  await expect(principal).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#request-principal-problem")).not.toBeEmpty();
  await expect(playground.stale).toBeVisible();
  await playground.editor.click();
  await page.getByRole("button", { name: "Go to the error" }).click();
  await expect(principal).toBeFocused();
  await principal.fill("arn:aws:sts::111122223333:assumed-role/MobileAppUser/another");
  await expect(playground.stale).toHaveCount(0);
});

test("a wrong request keeps no other from being decided", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("Principal", { exact: true }).fill("ana");
  await expect(playground.stale).toBeVisible();
  const wrong = page.locator(".tab", { hasText: "Download an image" });
  await expect(wrong).toHaveAccessibleName(/^has errors: /);

  // The others follow the policies, and say nothing of errors.
  await playground.request("Upload an image");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(playground.stale).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Go to the error" })).toHaveCount(0);
  await playground.write(policy({ ...allow, Action: "s3:*" }));
  await expect(playground.word).toHaveText(words.Allow);
  await expect(page.locator(".cm-statement-mark")).toHaveCount(1);
  await expect(playground.gates).toContainText("Allow");

  // The wrong one says what is wrong wherever it stands, and no test passes by an old decision.
  await playground.view("Tests");
  const row = page.getByRole("row", { name: /Download an image/ });
  await expect(row).toContainText("Invalid, not decided");
  await expect(row).toContainText("Not decided: ");
  await expect(row).toHaveClass("is-missed");
  await row.getByRole("button", { name: "Download an image" }).first().click();
  await expect(playground.word).toHaveText(words.Allow);
  await expect(playground.decision).toHaveClass(/is-stale/);
  await page.getByRole("button", { name: "Go to the error" }).click();
  await expect(page.getByLabel("Principal", { exact: true })).toBeFocused();
});

test("a new request leaves the decisions of the others as they are", async ({ playground }) => {
  const { page } = playground;
  await page.getByRole("button", { name: "Add a request" }).click();
  await expect(playground.word).toHaveText("No decision yet");
  await playground.request("Download an image");
  await expect(playground.word).toHaveText(words.Allow);
  await expect(playground.stale).toHaveCount(0);
});

test("the last decisions of all requests stay while a document is broken", async ({ playground }) => {
  await playground.write("[");
  await expect(playground.stale).toBeVisible();
  await playground.request("Upload an image");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(playground.stale).toBeVisible();
});
