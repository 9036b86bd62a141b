import { expect, policy, test, words } from "./playground.mjs";

const types = [
  ["Identity-based policy", "Identity-based"],
  ["Resource-based policy", "Resource-based"],
  ["S3 access point policy", "S3 access point"],
  ["Permissions boundary", "Permissions boundary"],
  ["Session policy", "Session"],
  ["Service control policy (SCP)", "Organization"],
  ["Resource control policy (RCP)", "Organization"],
  ["VPC endpoint policy", "VPC endpoint"],
];

for (const [item, group] of types) {
  test(`${item}: added in its group, valid from the start`, async ({ playground }) => {
    const { page } = playground;
    const before = await playground.documents.count();
    await playground.menu("Add policy", item);
    await expect(playground.documents).toHaveCount(before + 1);
    const list = page.locator(".policy-group", { has: page.getByRole("heading", { name: group, exact: true }) });
    await expect(list.locator('[aria-current="true"]')).toHaveCount(1);
    await expect(page.locator(".problem.is-error")).toHaveCount(0);
    await expect(playground.stale).toHaveCount(0);
    await expect(playground.editor).toContainText("2012-10-17");
  });
}

test("a type that can stand only once is offered once", async ({ playground }) => {
  await playground.menu("Add policy", "Permissions boundary");
  await playground.page.getByRole("button", { name: "Add policy", exact: true }).click();
  await expect(playground.page.getByRole("menuitem", { name: "Permissions boundary" })).toBeDisabled();
});

test("a boundary limits what is allowed", async ({ playground }) => {
  await playground.menu("Add policy", "Permissions boundary");
  await expect(playground.word).toHaveText(words.Allow);
  await playground.write(policy({ Effect: "Allow", Action: "ec2:*", Resource: "*" }));
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(playground.line("fails: Permissions boundary: nothing allows")).toBeVisible();
});

test("levels of the organization: an SCP at one of them blocks", async ({ playground }) => {
  const { page } = playground;
  await playground.menu("Add policy", "Service control policy (SCP)");
  await expect(playground.word).toHaveText(words.Allow);
  await playground.addOu("Root", "Production");
  await playground.write(policy({ Sid: "NoStorage", Effect: "Deny", Action: "s3:*", Resource: "*" }));
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  await expect(playground.line("fails: Service control policies at Production: denied by")).toBeVisible();

  await playground.node("Production").click();
  await page.getByRole("button", { name: "Delete what is selected" }).click();
  await expect(playground.word).toHaveText(words.Allow);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(playground.word).toHaveText(words.ExplicitDeny);
});

test("delete and undo bring back the same text at the same place", async ({ playground }) => {
  const { page } = playground;
  await playground.menu("Add policy", "Identity-based policy");
  await playground.documents.first().click();
  const text = await playground.text();
  await page.getByRole("button", { name: "Delete this policy" }).click();
  await expect(playground.documents).toHaveCount(1);
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(playground.documents).toHaveCount(2);
  await expect(playground.documents.first()).toContainText("MobileAppReadOnly");
  await expect(playground.documents.first()).toHaveAttribute("aria-current", "true");
  await expect(playground.word).toHaveText(words.Allow);
  expect(await playground.text()).toBe(text);
});

test("the last policy can go, and the page says how to begin again", async ({ playground }) => {
  const { page } = playground;
  await page.getByRole("button", { name: "Delete this policy" }).click();
  await expect(page.getByText("There is no policy here yet.")).toBeVisible();
  await expect(playground.editor).toBeHidden();
  await page.getByRole("button", { name: "Add an identity-based policy" }).click();
  await expect(playground.editor).toContainText("Statement");
});

test("rename, attach to a group, duplicate", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("Policy name").fill("Readers");
  await expect(playground.documents.first()).toContainText("Readers");
  await page.getByLabel("Attached to").selectOption("group");
  await page.getByLabel("Group name").fill("Mobile");
  await expect(playground.documents.first()).toContainText("group/Mobile");
  await page.getByLabel("Managed or inline").selectOption("inline");
  await expect(playground.documents.first()).toContainText("inline, group/Mobile");
  await page.getByRole("button", { name: "Duplicate this policy" }).click();
  await expect(playground.documents).toHaveCount(2);
  await expect(page.getByLabel("Policy name")).toHaveValue("Readers-2");
  await expect(playground.documents.nth(1)).toContainText("inline, group/Mobile");
});

for (const [kind, action, resource, grant] of [
  ["role trust policy", "sts:AssumeRole", "arn:aws:iam::444455556666:role/Audit", { Action: "sts:AssumeRole" }],
  ["KMS key policy", "kms:Decrypt", "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab", { Action: "kms:*", Resource: "*" }],
]) {
  test(`${kind}: attached, and without it nothing is allowed`, async ({ playground }) => {
    const { page } = playground;
    await playground.blank();
    await page.getByLabel("Principal", { exact: true }).fill("arn:aws:iam::111122223333:user/ana");
    await page.getByLabel("Action", { exact: true }).fill(action);
    await page.getByLabel("Resource, one ARN a line").fill(resource);
    await playground.menu("Add policy", "Identity-based policy");
    await playground.write(policy({ Effect: "Allow", Action: action, Resource: resource }));
    await expect(playground.word).toHaveText(words.ImplicitDeny);
    await playground.menu("Add policy", "Resource-based policy");
    await page.getByLabel("Kind of resource-based policy").selectOption({ label: kind });
    await playground.write(policy({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:user/ana" }, ...grant }));
    await expect(playground.word).toHaveText(words.Allow);
    await page.getByRole("button", { name: "Disable this policy for the moment" }).click();
    await expect(playground.word).toHaveText(words.ImplicitDeny);
  });
}

test("a choice shows what is so, also when something else was chosen in between", async ({ playground }) => {
  const { page } = playground;
  const attached = page.getByLabel("Attached to");
  const [first, second] = [playground.documents.first(), playground.documents.nth(1)];
  await attached.selectOption("user");
  await playground.menu("Add policy", "Identity-based policy");
  await expect(attached).toHaveValue("");
  await attached.selectOption("role");
  await first.click();
  await expect(attached).toHaveValue("user");
  await second.click();
  await expect(attached).toHaveValue("role");

  const kind = page.getByLabel("Kind of principal");
  await kind.selectOption({ label: "IAM user" });
  const user = await kind.inputValue();
  await playground.request("Upload an image");
  await expect(kind).not.toHaveValue(user);
  await kind.selectOption(user);
  await kind.selectOption({ label: "Session of a role" });
  await playground.request("Download an image");
  await expect(kind).toHaveValue(user);
});

test("a policy is attached as one of another type, and back", async ({ playground }) => {
  const { page } = playground;
  const type = page.getByLabel("Type of policy");
  await playground.menu("Add policy", "Identity-based policy");
  await page.getByLabel("Attached to").selectOption("user");
  await playground.write(policy({ Effect: "Deny", Action: "s3:*", Resource: "*" }));
  await expect(playground.decision).toContainText("Decided by identity-based policies");
  await expect(playground.word).toHaveText(words.ExplicitDeny);

  await type.selectOption("SCP");
  await expect(playground.decision).toContainText("Decided by service control policies");
  await expect(playground.node("Root")).toBeVisible();
  // The level would let nothing else pass.
  await expect(page.locator(".policy-list")).toContainText("FullAWSAccess");
  await expect(page.getByLabel("Attached to")).toHaveCount(0);
  await type.selectOption("boundary");
  await expect(playground.decision).toContainText("Decided by permissions boundary");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(type).toHaveValue("SCP");
  await expect(playground.decision).toContainText("Decided by service control policies");

  // Of some types there is only one.
  await playground.menu("Add policy", "VPC endpoint policy");
  await playground.documents.first().click();
  await expect(type).toHaveValue("identity-based");
  await expect(type.locator("option", { hasText: "VPC endpoint" })).toBeDisabled();
  await expect(type.locator("option", { hasText: "session" })).toBeEnabled();
});

test("each document has its own undo history", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ Effect: "Deny", Action: "*", Resource: "*" }));
  await playground.menu("Add policy", "Session policy");
  const fresh = await playground.text();
  await playground.editor.click();
  await page.keyboard.press("ControlOrMeta+Z");
  expect(await playground.text()).toBe(fresh);
  await playground.documents.first().click();
  await playground.editor.click();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(playground.editor).toContainText("ListTheBucket");
});
