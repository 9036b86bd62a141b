// The parts of a request that few requests need, and the options.
import { expect, policy, test, words } from "./playground.mjs";

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

test("an option is chosen, marked as changed, counts, and goes back", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ ...allow, Resource: "arn:aws:s3:*:photos/*" }));
  await page.getByLabel("Resource, one ARN a line").fill("arn:aws:s3:::photos/1.jpg");
  await expect(playground.word).toHaveText(words.Allow);
  await expect(page.locator(".notes")).toContainText("resourceStarCrossesColons = false");
  await page.getByText("Evaluation options", { exact: true }).click();
  const option = page.getByRole("checkbox", { name: "may match colons, too" });
  await expect(option).toBeChecked();
  await option.uncheck();
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(page.getByText("Evaluation options, 1 changed")).toBeVisible();
  await expect(page.getByText("Default: yes.").first()).toBeVisible();
  await page.getByRole("button", { name: "Back to the defaults" }).click();
  await expect(playground.word).toHaveText(words.Allow);
  await expect(option).toBeChecked();
  await expect(page.getByRole("button", { name: "Back to the defaults" })).toBeDisabled();
});

test("duplicate keys are read as in old documents, if asked for", async ({ playground }) => {
  const { page } = playground;
  await playground.write('{"Version":"2012-10-17","Statement":{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}}');
  await expect(playground.stale).toBeVisible();
  await page.getByText("Evaluation options", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Duplicate JSON keys" }).check();
  await expect(playground.word).toHaveText(words.Allow);
  await expect(playground.stale).toHaveCount(0);
});

test("further actions are needed, too", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ Effect: "Allow", Action: "ec2:RunInstances", Resource: "*" }));
  await page.getByLabel("Action", { exact: true }).fill("ec2:RunInstances");
  await page.getByLabel("Resource, one ARN a line").fill("arn:aws:ec2:eu-west-1:111122223333:instance/*");
  await expect(playground.word).toHaveText(words.Allow);
  await page.getByText("Further actions", { exact: true }).click();
  await page.getByRole("button", { name: "Add an action" }).click();
  // A row with nothing in it is not there yet.
  await expect(playground.word).toHaveText(words.Allow);
  const row = page.locator(".further-row");
  await row.getByLabel("Action", { exact: true }).fill("iam:PassRole");
  await row.getByLabel("Resources, one ARN a line").fill("arn:aws:iam::111122223333:role/a\narn:aws:iam::111122223333:role/b");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  const pairs = page.locator(".resource-decision");
  await expect(pairs).toHaveCount(3);
  await expect(pairs.nth(2)).toContainText("iam:PassRole arn:aws:iam::111122223333:role/b");
  await row.getByLabel("Action", { exact: true }).fill("PassRole");
  await expect(page.locator(".further ~ .field-problems")).not.toBeEmpty();
  await row.getByLabel("Action", { exact: true }).fill("iam:PassRole");
  await page.reload();
  await expect(pairs).toHaveCount(3);
  await page.getByText("1 further action").click();
  await row.getByRole("button", { name: "Remove the further action iam:PassRole" }).click();
  await expect(playground.word).toHaveText(words.Allow);
});

test("facts about S3 count", async ({ playground }) => {
  const { page } = playground;
  await playground.blank();
  await playground.menu("Add policy", "Resource-based policy");
  await playground.write(policy({ ...allow, Principal: "*", Resource: "arn:aws:s3:::photos/*" }));
  await page.getByLabel("Principal", { exact: true }).fill("anonymous");
  await page.getByLabel("Action", { exact: true }).fill("s3:GetObject");
  await page.getByLabel("Resource, one ARN a line").fill("arn:aws:s3:::photos/1.jpg");
  await page.getByText("Name, expectation, accounts, session").click();
  await page.getByLabel("Account that owns the resource").fill("111122223333");
  await expect(playground.word).toHaveText(words.Allow);
  await page.getByText("Facts about S3", { exact: true }).click();
  await page.getByLabel("Block Public Access").selectOption("given");
  await expect(playground.word).toHaveText(words.Allow);
  await page.getByRole("checkbox", { name: "RestrictPublicBuckets" }).check();
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(page.locator(".decision-reason")).toContainText("RestrictPublicBuckets");
  await page.getByRole("checkbox", { name: "RestrictPublicBuckets" }).uncheck();
  await page.getByLabel("Account that owns the object").fill("444455556666");
  await page.getByLabel("ACL of the object").selectOption("none");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(page.locator(".decision-reason")).toContainText("ACL");
  await page.getByLabel("ACL of the object").selectOption("public");
  await expect(playground.word).toHaveText(words.Allow);
});

test("a KMS grant counts", async ({ playground }) => {
  const { page } = playground;
  await playground.blank();
  await page.getByLabel("Principal", { exact: true }).fill("arn:aws:iam::111122223333:user/ana");
  await page.getByLabel("Action", { exact: true }).fill("kms:Decrypt");
  await page.getByLabel("Resource, one ARN a line").fill("arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await page.getByText("Name, expectation, accounts, session").click();
  await page.getByLabel("A KMS grant covers this request").check();
  await expect(playground.word).toHaveText(words.Allow);
});

test("an SCP does not bind the management account, an RCP not its resources", async ({ playground }) => {
  const { page } = playground;
  await playground.menu("Add policy", "Service control policy (SCP)");
  await playground.write(policy({ Effect: "Deny", Action: "*", Resource: "*" }));
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  await page.getByText("Name, expectation, accounts, session").click();
  await page.getByLabel("The principal is in the management account").check();
  await expect(playground.word).toHaveText(words.Allow);
  await playground.menu("Add policy", "Resource control policy (RCP)");
  await playground.write(policy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }));
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  await page.getByLabel("The resource is in the management account").check();
  await expect(playground.word).toHaveText(words.Allow);
});

test("SCPs and RCPs do not bind a service-linked role", async ({ playground }) => {
  const { page } = playground;
  await playground.blank();
  await playground.menu("Add policy", "Identity-based policy");
  await playground.write(policy({ ...allow, Action: "ec2:*" }));
  await playground.menu("Add policy", "Service control policy (SCP)");
  await playground.write(policy({ Effect: "Deny", Action: "*", Resource: "*" }));
  await page.getByLabel("Principal", { exact: true }).fill("arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling");
  await page.getByLabel("Action", { exact: true }).fill("ec2:DescribeInstances");
  await page.getByLabel("Resource, one ARN a line").fill("*");
  // The path tells it; without the path it is said.
  await expect(playground.word).toHaveText(words.Allow);
  await page.getByText("Name, expectation, accounts, session").click();
  await page.getByLabel("Principal", { exact: true }).fill("arn:aws:iam::111122223333:role/ForAutoScaling");
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  await page.getByLabel("The principal is a service-linked role").check();
  await expect(playground.word).toHaveText(words.Allow);
  await page.getByLabel("The principal is a service-linked role").uncheck();
  await expect(playground.word).toHaveText(words.ExplicitDeny);
});
