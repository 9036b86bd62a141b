import AxeBuilder from "@axe-core/playwright";
import { expect, policy, test, words } from "./playground.mjs";

const action = (page) => page.getByLabel("Action", { exact: true });
const offers = (page, name) => page.getByRole("listbox", { name: `Offers: ${name}` }).getByRole("option");

test("actions are offered while one types, and chosen by key", async ({ playground }) => {
  const { page } = playground;
  await action(page).fill("");
  await action(page).pressSequentially("s3:listb");
  await expect(offers(page, "Action").first()).toHaveText(/s3:ListBucket\s*List/);
  await page.keyboard.press("ArrowDown");
  await expect(offers(page, "Action").first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(action(page)).toHaveValue("s3:ListBucket");
  await expect(offers(page, "Action").first()).toBeHidden();

  await action(page).fill("");
  await action(page).pressSequentially("sqs");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(action(page)).toHaveValue("sqs:");
  await expect(offers(page, "Action").first()).toContainText("sqs:");
  await page.keyboard.press("Escape");
  await expect(offers(page, "Action").first()).toBeHidden();
});

test("another kind of principal begins its ARN, with the same account", async ({ playground }) => {
  const { page } = playground;
  const kind = page.getByLabel("Kind of principal");
  await page.getByLabel("Principal", { exact: true }).fill("arn:aws:iam::444455556666:user/ana");
  await expect(kind).toHaveValue("user");
  await kind.selectOption("Session of a role");
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("arn:aws:sts::444455556666:assumed-role/ROLE/SESSION");
  await expect(page.getByLabel("Principal", { exact: true })).toBeFocused();
  await page.keyboard.type("Admin");
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("arn:aws:sts::444455556666:assumed-role/Admin/SESSION");
  await kind.selectOption("Anonymous");
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("anonymous");
  await page.getByLabel("Principal", { exact: true }).fill("lambda.amazonaws.com");
  await expect(kind).toHaveValue("service");
});

test("a context value has the control of its key's type", async ({ playground }) => {
  const { page } = playground;
  await playground.write(
    policy({ Effect: "Allow", Action: "*", Resource: "*", Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" }, DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } } }),
  );
  await page.getByRole("button", { name: "Add the missing key aws:MultiFactorAuthPresent" }).click();
  const mfa = page.getByRole("group", { name: "Context key aws:MultiFactorAuthPresent" });
  await mfa.getByLabel("Value", { exact: true }).selectOption("true");
  await expect(mfa).toContainText("Bool");
  await page.getByRole("button", { name: "Add the missing key aws:CurrentTime" }).click();
  const time = page.getByRole("group", { name: "Context key aws:CurrentTime" });
  await time.getByLabel("Value", { exact: true }).fill("2026-01-31T12:00:00");
  await expect(playground.word).toHaveText(words.Allow);
  await time.getByLabel("Value", { exact: true }).fill("2031-01-31T12:00:00");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(page.locator(".explanation")).toContainText("2031-01-31T12:00:00Z");
});

test("keys of the policies are offered first, then those of the action", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ Effect: "Allow", Action: "s3:*", Resource: "*", Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } }));
  await page.getByRole("button", { name: "Add a key" }).click();
  const key = page.getByLabel("Key", { exact: true });
  await key.focus();
  await page.keyboard.press("ArrowDown");
  await expect(offers(page, "Key").first()).toHaveText(/aws:RequestedRegion\s*in a policy/);
  await expect(offers(page, "Key").nth(1)).toContainText("for this action");
  await key.pressSequentially("resourcetag");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(key).toHaveValue(/ResourceTag\/$/);
});

test("an ARN is built from the forms of the action's resource types", async ({ playground }) => {
  const { page } = playground;
  await action(page).fill("sqs:SendMessage");
  await page.getByText("Build an ARN for this action").click();
  await expect(page.getByLabel("Resource type")).toContainText("queue (required): arn:${Partition}:sqs:${Region}:${Account}:${QueueName}");
  await expect(page.getByLabel("Account", { exact: true })).toHaveValue("111122223333");
  await page.getByLabel("QueueName").fill("orders");
  await page.getByRole("button", { name: "Use as the resource" }).click();
  await expect(page.getByLabel("Resource, one ARN a line")).toHaveValue("arn:aws:sqs:us-east-1:111122223333:orders");
  await page.getByLabel("Region", { exact: true }).fill("eu-west-1");
  await page.getByRole("button", { name: "Add to the resources" }).click();
  await expect(page.getByLabel("Resource, one ARN a line")).toHaveValue("arn:aws:sqs:us-east-1:111122223333:orders\narn:aws:sqs:eu-west-1:111122223333:orders");
});

test("a derived key is given another value", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ Effect: "Deny", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:PrincipalAccount": "999988887777" } } }));
  await page.getByText(/derived from principal/).click();
  await page.getByRole("button", { name: "Override aws:PrincipalAccount" }).click();
  const row = page.getByRole("group", { name: "Context key aws:PrincipalAccount" });
  await expect(row.getByLabel("Value", { exact: true })).toHaveValue("111122223333");
  await row.getByLabel("Value", { exact: true }).fill("999988887777");
  await expect(playground.word).toHaveText(words.ExplicitDeny);
});

test("the request as JSON and the form are the same thing", async ({ playground }) => {
  const { page } = playground;
  await page.getByText("As JSON", { exact: true }).click();
  const json = page.getByLabel("The request as JSON");
  await expect(json).toHaveValue(/"action": "s3:GetObject"/);
  await action(page).fill("s3:PutObject");
  await expect(json).toHaveValue(/"action": "s3:PutObject"/);
  await json.fill('{ "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": ["*"], "context": { "aws:SourceIp": "203.0.113.1" } }');
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("arn:aws:iam::111122223333:user/ana");
  await expect(page.getByRole("group", { name: "Context key aws:SourceIp" }).getByLabel("Value", { exact: true })).toHaveValue("203.0.113.1");
  await json.fill('{ "principal": ');
  await expect(json).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("arn:aws:iam::111122223333:user/ana");
  await json.fill('{ "principal": "anonymous", "action": "s3:GetObject", "wrong": 1 }');
  await expect(page.locator("#request-json-problem")).toContainText("wrong");
});

for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "dark", forcedColors: "active" }]) {
  test(`axe finds nothing: form, ${Object.values(media).join(", ")}`, async ({ playground }) => {
    const { page } = playground;
    await page.emulateMedia(media);
    for (const key of ["aws:CurrentTime", "aws:MultiFactorAuthPresent"]) {
      await page.getByRole("button", { name: "Add a key" }).click();
      await page.getByLabel("Key", { exact: true }).last().fill(key);
      await page.keyboard.press("Escape");
    }
    await page.getByText("Build an ARN for this action").click();
    await page.getByText("As JSON", { exact: true }).click();
    await page.getByText(/derived from principal/).click();
    await action(page).fill("s3:get");
    await expect(offers(page, "Action").first()).toBeVisible();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ failureSummary, html }) => `${html}\n${failureSummary}`) }))).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}
