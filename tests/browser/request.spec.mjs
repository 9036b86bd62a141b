import { expect, policy, test, words } from "./playground.mjs";

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::photos/*" };

test.beforeEach(async ({ playground }) => {
  await playground.write(policy(allow));
  await playground.page.getByLabel("Resource, one ARN a line").fill("arn:aws:s3:::photos/1.jpg");
  await expect(playground.word).toHaveText(words.Allow);
});

test("the action changes the decision", async ({ playground }) => {
  const action = playground.page.getByLabel("Action", { exact: true });
  await action.fill("s3:PutObject");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await action.fill("S3:getobject");
  await expect(playground.word).toHaveText(words.Allow);
});

test("several resources are decided one by one", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("Resource, one ARN a line").fill("arn:aws:s3:::photos/1.jpg\narn:aws:s3:::payroll/1.csv\n");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  const each = page.locator(".resource-decision");
  await expect(each).toHaveCount(2);
  await expect(each.nth(0)).toContainText("Allowed");
  await expect(each.nth(1)).toContainText("Denied implicitly");
});

test("a missing key is offered, added with one click, and counts", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ ...allow, Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }));
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await page.getByRole("button", { name: "Add the missing key aws:SourceIp" }).click();
  await expect(page.getByRole("button", { name: "Add the missing key" })).toHaveCount(0);
  const row = page.getByRole("group", { name: "Context key aws:SourceIp" });
  await row.getByLabel("Value", { exact: true }).pressSequentially("203.0.113.9");
  await expect(playground.word).toHaveText(words.Allow);
  await row.getByLabel("Kind of value").selectOption("absent");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await row.getByLabel("Kind of value").selectOption("single");
  await expect(playground.word).toHaveText(words.Allow);
  await row.getByRole("button", { name: "Remove" }).click();
  await expect(playground.word).toHaveText(words.ImplicitDeny);
});

test("a multivalued key is a list", async ({ playground }) => {
  const { page } = playground;
  await playground.write(
    policy({ ...allow, Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": ["blue"] } } }),
  );
  await page.getByRole("button", { name: "Add a key" }).click();
  const row = page.locator(".context-row").last();
  await row.getByLabel("Key", { exact: true }).fill("aws:TagKeys");
  await expect(row.getByLabel("Kind of value")).toHaveValue("list");
  await row.getByLabel("Values, one a line").fill("red\ngreen");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await row.getByLabel("Values, one a line").fill("red\nblue");
  await expect(playground.word).toHaveText(words.Allow);
  await row.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Add the missing key aws:TagKeys" }).click();
  await expect(row.getByLabel("Kind of value")).toHaveValue("list");
});

test("of two rows with one key the lower counts, and the upper says so", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ ...allow, Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } }));
  for (const value of ["eu-west-1", "us-east-1"]) {
    await page.getByRole("button", { name: "Add a key" }).click();
    const row = page.locator(".context-row").last();
    await row.getByLabel("Key", { exact: true }).fill("aws:RequestedRegion");
    await row.getByLabel("Value", { exact: true }).fill(value);
  }
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(page.locator(".context-note")).toHaveCount(1);
  await page.locator(".context-row").last().getByRole("button", { name: "Remove" }).click();
  await expect(playground.word).toHaveText(words.Allow);
});

test("requests can be added, copied, named and deleted with undo", async ({ playground }) => {
  const { page } = playground;
  const tabs = page.locator(".tab");
  await expect(tabs).toHaveCount(4);
  await page.getByRole("button", { name: "Duplicate this request" }).click();
  await expect(tabs).toHaveCount(5);
  await page.getByText("Name, expectation, accounts, session").click();
  await page.getByLabel("Name of this request").fill("My own");
  await expect(tabs.last()).toContainText("My own");
  await page.getByRole("button", { name: "Delete this request" }).click();
  await expect(tabs).toHaveCount(4);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tabs.last()).toContainText("My own");
  await expect(tabs.last()).toHaveAttribute("aria-current", "true");
  await page.getByRole("button", { name: "Add a request" }).click();
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("");
});

test("an expectation is compared with the decision", async ({ playground }) => {
  const { page } = playground;
  await page.getByText("Name, expectation, accounts, session").click();
  await page.getByLabel("Expected decision").selectOption("Allow");
  await expect(playground.decision).toContainText("as expected");
  await page.getByLabel("Expected decision").selectOption("ExplicitDeny");
  await expect(playground.decision).toContainText("not as expected");
});

test("what was derived from the principal is shown as derived", async ({ playground }) => {
  const { page } = playground;
  await page.getByText(/keys? derived from principal and resource/).click();
  await expect(page.locator(".derived")).toContainText("aws:PrincipalAccount");
  await expect(page.locator(".derived")).toContainText("111122223333");
});

test("with an unknown key the decision depends, and says on what", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ ...allow, Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } }));
  await page.getByRole("button", { name: "Add the missing key aws:RequestedRegion" }).click();
  await page.locator(".context-row").last().getByLabel("Kind of value").selectOption("unknown");
  await expect(playground.word).toHaveText("Depends on unknown keys");
  await expect(page.locator(".depends thead")).toContainText("aws:RequestedRegion");
  const rows = page.locator(".depends tbody tr");
  await expect(rows.filter({ hasText: "eu-west-1" })).toContainText("Allowed");
  await expect(rows.filter({ hasText: "absent" })).toContainText("Denied implicitly");
  // All of the table is in sight, none of it squeezed away.
  const table = page.locator(".depends-scroll");
  expect(await table.evaluate((each) => each.scrollHeight - each.clientHeight)).toBeLessThanOrEqual(1);
});

test("two unknown keys that are compared with each other, set from the page", async ({ playground }) => {
  const { page } = playground;
  const [resource, principal] = ["aws:ResourceTag/team", "aws:PrincipalTag/team"];
  await playground.write(policy({ ...allow, Condition: { StringEquals: { [resource]: `\${${principal}}` } } }));
  for (const key of [resource, principal]) {
    await page.getByRole("button", { name: `Add the missing key ${key}` }).click();
    await page.getByRole("group", { name: `Context key ${key}` }).getByLabel("Kind of value").selectOption("unknown");
  }
  await expect(playground.word).toHaveText("Depends on unknown keys");
  await expect(page.locator(".depends thead th")).toHaveText([resource, principal, "Decision"]);
  const rows = page.locator(".depends tbody tr");
  await expect(rows.filter({ hasText: "Allowed" })).toHaveText([/^x\s*x\s*Allowed$/]);
  await expect(rows.filter({ hasText: /any other value\s*any other value/ })).toContainText("Denied implicitly");
  await expect(page.getByText("for each of the keys a different one")).toBeVisible();
  await expect(playground.line(/may hold or not/)).toContainText(`${resource} is not known`);
});

test("a gate that passes is open where a statement of it depends on what is unknown", async ({ playground }) => {
  const { page } = playground;
  await playground.menu("Add policy", "Service control policy (SCP)");
  const deny = { Sid: "Europe", Effect: "Deny", Action: "*", Resource: "*", Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } };
  await playground.write(policy({ Sid: "Full", Effect: "Allow", Action: "*", Resource: "*" }, deny));
  await page.getByRole("button", { name: "Add the missing key aws:RequestedRegion" }).click();
  await page.getByRole("group", { name: "Context key aws:RequestedRegion" }).getByLabel("Kind of value").selectOption("unknown");
  await expect(playground.word).toHaveText("Depends on unknown keys");
  const open = playground.line(/^open: StringNotEquals aws:RequestedRegion eu-west-1 may hold or not/);
  await expect(open).toBeVisible();
  await open.locator(".line").click();
  await expect.poll(() => playground.revealed()).toContain("aws:RequestedRegion");
  await expect(playground.decision).not.toContainText("Decided by");
  // The picture and the walk say the same.
  await expect(page.getByRole("button", { name: "Service control policies at Root: depends" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Identity-based policies: passed", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Walk through it gate by gate" }).click();
  const step = page.getByRole("region", { name: "Step by step" });
  await step.getByRole("button", { name: /Next/ }).click();
  await expect(step.locator(".sign.is-open")).toHaveCount(1);
  await step.getByRole("button", { name: /Next/ }).click();
  await expect(step.locator(".sign.is-met")).toHaveCount(1);
});

test("an empty request asks for what it lacks instead of complaining", async ({ playground }) => {
  const { page } = playground;
  await playground.blank();
  await expect(playground.word).toHaveText("No decision yet");
  const principal = page.getByLabel("Principal", { exact: true });
  await expect(principal).not.toHaveAttribute("aria-invalid", "true");
  await principal.fill("arn:aws:iam::111122223333:user/ana");
  await page.getByLabel("Action", { exact: true }).fill("s3:GetObject");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
});

test("an access-denied message that is pasted fills the request in", async ({ playground, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page } = playground;
  const principal = page.getByLabel("Principal", { exact: true });
  const paste = async (text) => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await principal.click();
    await principal.press("ControlOrMeta+A");
    await page.keyboard.press("ControlOrMeta+V");
  };
  await paste(
    "An error occurred (AccessDenied) when calling the PutObject operation: User: arn:aws:iam::111122223333:user/ana is not authorized " +
      'to perform: s3:PutObject on resource: "arn:aws:s3:::photos/2.jpg" because no identity-based policy allows the s3:PutObject action',
  );
  await expect(page.getByText("It was denied implicitly by identity-based policies.")).toBeVisible();
  await expect(principal).toHaveValue("arn:aws:iam::111122223333:user/ana");
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("s3:PutObject");
  await expect(page.getByLabel("Resource, one ARN a line")).toHaveValue("arn:aws:s3:::photos/2.jpg");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(playground.decision).toContainText("as expected");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("s3:GetObject");
  await expect(playground.word).toHaveText(words.Allow);

  // Other text is pasted as it is.
  await paste("arn:aws:iam::111122223333:user/bob");
  await expect(principal).toHaveValue("arn:aws:iam::111122223333:user/bob");
});
