import { examples, expect, policy, test, words } from "./playground.mjs";

const allow = { Sid: "Reading", Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const deny = { Sid: "NoReading", Effect: "Deny", Action: "s3:GetObject", Resource: "*" };
const office = {
  Sid: "Addresses",
  Effect: "Deny",
  Action: "s3:*",
  Resource: "*",
  Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"] } },
};

test("the gates stand in the order of evaluation, and what is not given takes one line", async ({ playground }) => {
  await playground.menu("Add policy", "Service control policy (SCP)");
  await playground.menu("Add policy", "Permissions boundary");
  const gates = playground.gates.locator("> [role=treeitem] > .line");
  await expect(gates).toHaveText([
    /^passes: Service control policies at Root: allowed by "SCP"\.$/,
    /^passes: Identity-based policies: allowed by statement "DownloadObjects" of "MobileAppReadOnly"\.$/,
    /^passes: Permissions boundary: allowed by /,
    /^None given: resource control policies, VPC endpoint policy, resource-based policy and session policies\.$/,
  ]);
});

test("every statement says why it did or did not apply", async ({ playground }) => {
  await playground.write(policy(allow, office));
  const decisive = playground.line('passes: Statement "Reading" (Allow) applies.');
  await expect(decisive).toHaveAttribute("data-decisive", "true");
  await expect(decisive).toHaveAttribute("aria-expanded", "true");
  await expect(playground.line("passes: The action s3:GetObject matches.")).toBeVisible();

  const other = playground.line('Statement "Addresses" (Deny) does not apply.');
  await expect(other.locator(".line-hint")).toContainText("aws:SourceIp is not in the request");
  await other.locator(".line-chevron").click();
  const condition = playground.line("fails: IpAddress aws:SourceIp");
  await expect(condition).toContainText("does not hold: aws:SourceIp is not in the request.");
  await expect(condition.locator(".value")).toHaveText(["203.0.113.0/24", "198.51.100.0/24"]);
  await expect(other.locator(".line-hint")).toBeHidden();
});

test("values that match carry a tick", async ({ playground }) => {
  await playground.write(policy({ ...allow, Action: ["s3:List*", "s3:Get*"] }));
  const action = playground.line("passes: The action s3:GetObject matches.");
  await expect(action.locator(".value")).toHaveText(["s3:List*", /s3:Get\*/]);
  await expect(action.locator(".value.is-hit")).toHaveText(/s3:Get\*/);
});

test("a line leads to the text it speaks of, and the mark beside the text to its line", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy(allow, office, deny));
  await playground.line('Statement "Addresses" (Deny)').locator("> .line").click();
  await expect(page.locator(".cm-line.is-selected").nth(1)).toContainText('"Addresses"');
  expect(await playground.revealed()).toContain('"Sid": "Addresses"');
  await playground.line("fails: IpAddress aws:SourceIp").locator("> .line").click();
  await expect.poll(() => playground.revealed()).toMatch(/^"aws:SourceIp": \[\s+"203/);

  await playground.marks.nth(0).click();
  const line = playground.line('passes: Statement "Reading" (Allow) applies.');
  await expect(line).toHaveAttribute("aria-selected", "true");
  await expect(line).toHaveAttribute("aria-expanded", "true");
  await expect(page.locator(".cm-line.is-selected").nth(1)).toContainText('"Reading"');
});

test("a line opens the document that it speaks of", async ({ playground }) => {
  const { page } = playground;
  await playground.open("07-cross-account-role-with-mfa");
  await playground.request("With an access key");
  await expect(page.getByLabel("Policy name")).toHaveValue("AssumeProductionSupport");
  await expect(playground.closest).toContainText('Closest to allowing it: statement "SupportAccountWithMFA"');
  const failing = playground.closest.locator(".is-fail > .line");
  await expect(failing).toHaveText(/Bool aws:MultiFactorAuthPresent true does not hold: aws:MultiFactorAuthPresent is not in the request\.$/);
  await failing.click();
  await expect(page.getByLabel("Policy name")).toHaveValue("Trust policy of ProductionSupport");
  expect(await playground.revealed()).toMatch(/^"aws:MultiFactorAuthPresent": /);
});

test("of a long document the statements that do not apply take one line", async ({ playground }) => {
  const others = Array.from({ length: 9 }, (_, at) => ({ ...allow, Sid: `Other${at}`, Action: `s3:Put${at}` }));
  await playground.write(policy(...others, allow));
  await expect(playground.line('passes: Statement "Reading"')).toBeVisible();
  await expect(playground.line('Statement "Other3"')).toHaveCount(0);
  const aside = playground.line("9 statements do not apply.");
  await aside.locator(".line-chevron").click();
  await expect(playground.line('Statement "Other3" (Allow) does not apply.')).toBeVisible();
  await aside.locator("> .line .line-chevron").click();
  await expect(playground.line('Statement "Other3"')).toHaveCount(0);
  // The mark beside the text opens what is folded.
  await playground.marks.nth(3).click();
  await expect(playground.line('Statement "Other3"')).toBeVisible();
});

test("with an unknown key a statement depends on it", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ ...allow, Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } }));
  await page.getByRole("button", { name: "Add the missing key aws:RequestedRegion" }).click();
  await page.getByLabel("Kind of value").selectOption("unknown");
  await expect(playground.marks).toHaveText(["?"]);
  await expect(playground.marks).toHaveAttribute("title", "Allow Reading: depends on unknown keys");
  await expect(playground.line("open: Identity-based policies: it depends whether s3:GetObject is allowed.")).toBeVisible();
  await expect(playground.line("open: StringEquals aws:RequestedRegion eu-west-1 may hold or not: aws:RequestedRegion is not known.")).toBeVisible();
  await playground.line('The identity-based policy "MobileAppReadOnly"').locator(".line-chevron").click();
  await expect(playground.line('open: Statement "Reading" (Allow) depends on aws:RequestedRegion.')).toBeVisible();
});

test("a suggestion is applied, changes the decision, and is taken back", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ ...allow, Action: "s3:PutObject" }));
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  const before = await playground.text();
  const item = playground.suggestions.first();
  await expect(item).toContainText('Add a statement to the identity-based policy "MobileAppReadOnly" that allows s3:GetObject on ');
  await expect(item.locator(".expected")).toContainText("Allowed");
  await item.getByRole("button", { name: "Apply" }).click();
  await expect(playground.word).toHaveText(words.Allow);
  await expect(playground.decision).toBeFocused();
  expect(await playground.text()).toContain('"s3:GetObject"');

  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect.poll(() => playground.text()).toBe(before);

  await playground.suggestions.first().getByRole("button", { name: "Apply" }).click();
  await expect(playground.word).toHaveText(words.Allow);
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect.poll(() => playground.text()).toBe(before);
});

test("a suggestion about the context fills the form, and undo leaves later edits alone", async ({ playground }) => {
  const { page } = playground;
  await playground.open("07-cross-account-role-with-mfa");
  await playground.request("With an access key");
  const item = playground.suggestions.filter({ hasText: "Add aws:MultiFactorAuthPresent = true to the request." });
  await item.getByRole("button", { name: "Apply" }).click();
  await expect(playground.word).toHaveText(words.Allow);
  const row = page.getByRole("group", { name: "Context key aws:MultiFactorAuthPresent" });
  await expect(row.getByLabel("Value", { exact: true })).toHaveValue("true");

  await page.getByLabel("Scenario name").fill("Kept");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(row).toHaveCount(0);
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(page.getByLabel("Scenario name")).toHaveValue("Kept");
});

test("a suggested document is attached and opened, and goes with undo", async ({ playground }) => {
  const { page } = playground;
  await playground.blank();
  await page.getByLabel("Principal", { exact: true }).fill("arn:aws:iam::111122223333:user/ana");
  await page.getByLabel("Action", { exact: true }).fill("s3:GetObject");
  await page.getByLabel("Resource, one ARN a line").fill("arn:aws:s3:::photos/1.jpg");
  const item = playground.suggestions.filter({ hasText: "Attach an identity-based policy that allows s3:GetObject" });
  await item.getByText("New text").click();
  await expect(item.locator("pre")).toContainText('"s3:GetObject"');
  await item.getByRole("button", { name: "Apply" }).click();
  await expect(playground.word).toHaveText(words.Allow);
  await expect(playground.documents).toHaveCount(1);
  await expect(playground.editor).toContainText("s3:GetObject");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(playground.documents).toHaveCount(0);
  await expect(playground.word).toHaveText(words.ImplicitDeny);
});

for (const { slug, requests } of examples) {
  test(`${slug}: every suggestion does what it says`, async ({ playground }) => {
    const { page } = playground;
    await playground.open(slug);
    const count = (await page.locator(".tab").count());
    expect(count).toBe(requests.length);
    for (let at = 0; at < count; at += 1) {
      await page.locator(".tab").nth(at).click();
      await expect(page.locator(".explanation")).toHaveAttribute("aria-busy", "false");
      const suggestions = await playground.suggestions.count();
      for (let index = 0; index < suggestions; index += 1) {
        const item = playground.suggestions.nth(index);
        const [said] = (await item.locator(".expected").textContent()).replace("then ", "").split("\n");
        const was = await playground.word.textContent();
        await item.getByRole("button", { name: "Apply" }).click();
        await expect(playground.word).toHaveText(said.trim());
        expect(said.trim()).not.toBe(was);
        await page.keyboard.press("ControlOrMeta+Z");
        await expect(playground.word).toHaveText(was);
        await expect(page.locator(".explanation")).toHaveAttribute("aria-busy", "false");
        await expect(playground.suggestions).toHaveCount(suggestions);
      }
    }
  });
}

test("a refusal stands in AWS's words too", async ({ playground }) => {
  const message = playground.page.locator(".aws-message");
  const refused = /^User: arn:aws:\S+ is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::\S+ /;
  await playground.write(policy(allow, deny));
  await expect(message).toHaveText(new RegExp(`${refused.source}with an explicit deny in an identity-based policy$`));
  await playground.write(policy({ ...allow, Action: "s3:PutObject" }));
  await expect(message).toHaveText(new RegExp(`${refused.source}because no identity-based policy allows the s3:GetObject action$`));
  await playground.write(policy(allow));
  await expect(playground.word).toHaveText(words.Allow);
  await expect(message).toHaveCount(0);
});

test("the explanation is copied as text", async ({ playground, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page } = playground;
  await playground.open("07-cross-account-role-with-mfa");
  await playground.request("With an access key");
  await expect(playground.closest).toBeVisible();
  await page.getByRole("button", { name: "Copy as text" }).click();
  await expect(page.getByText("Copied the explanation")).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^Denied: the role trust policy does not allow sts:AssumeRole/);
  for (const part of ["How it was decided:", "Closest to allowing it:", "What would allow it"]) expect(text).toContain(part);
});

test("the last explanation stays while a document is broken, and nothing can be applied", async ({ playground }) => {
  await expect(playground.suggestions.first()).toBeVisible();
  await playground.write("{");
  await expect(playground.stale).toBeVisible();
  await expect(playground.gates).toContainText("Identity-based policies");
  await expect(playground.suggestions.first().getByRole("button", { name: "Apply" })).toBeDisabled();
  // Also that of another request, on the last policies that could be read.
  await playground.request("Upload an image");
  await expect(playground.gates).toContainText("nothing allows s3:PutObject");
});

test("the tree is walked with the arrow keys", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy(allow, office));
  const items = playground.gates.getByRole("treeitem");
  await expect(items).toHaveCount(6);
  const focused = () => page.evaluate(() => document.activeElement.querySelector(".line-text").textContent);
  await page.getByRole("button", { name: "Walk through it gate by gate" }).focus();
  await page.keyboard.press("Tab");
  expect(await focused()).toMatch(/Identity-based policies/);
  await page.keyboard.press("ArrowRight");
  expect(await focused()).toMatch(/Statement "Reading"/);
  await page.keyboard.press("ArrowLeft");
  await expect(playground.line('passes: Statement "Reading"')).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toMatch(/Statement "Addresses"/);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect(await focused()).toMatch(/The action/);
  await page.keyboard.press("ArrowLeft");
  expect(await focused()).toMatch(/Statement "Addresses"/);
  await page.keyboard.press("Space");
  await expect(playground.line('Statement "Addresses"')).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("End");
  expect(await focused()).toMatch(/None given/);
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await playground.revealed()).toContain('"Sid": "Reading"');
  expect(await focused()).toMatch(/Statement "Reading"/);
  // One stop for Tab in each tree.
  expect(await playground.gates.locator('[role=treeitem][tabindex="0"]').count()).toBe(1);
});
