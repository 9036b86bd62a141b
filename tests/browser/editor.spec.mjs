import { expect, expectAccessible, policy, test } from "./playground.mjs";

const options = (page) => page.locator(".cm-tooltip-autocomplete li");

/** Puts a text into the editor with the cursor at `|`. */
async function at(playground, text) {
  const { page } = playground;
  const [before, after] = text.split("|");
  await playground.write(before + after);
  await page.keyboard.press("ControlOrMeta+End");
  for (let step = 0; step < [...after].length; step += 1) await page.keyboard.press("ArrowLeft");
}

/** Takes the first proposal. */
async function take(page) {
  await expect(page.locator(".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)")).toBeVisible();
  // A list takes no key right after it has opened.
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
}

const wrap = (statement) => `{"Version":"2012-10-17","Statement":[${statement}]}`;

test("actions are offered by words of their names, and taken with Enter", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  await at(playground, wrap('{"Effect":"Allow","Action":"s3:|","Resource":"*"}'));
  await page.keyboard.type("getobj");
  await expect(options(page).first()).toContainText("s3:GetObject");
  await expect(options(page).first()).toContainText("Read");
  await take(page);
  await expect(playground.editor).toContainText('"Action":"s3:GetObject"');
});

test("elements that the statement lacks are offered, with a colon behind", async ({ playground }) => {
  const { page } = playground;
  await at(playground, wrap('{"Effect":"Allow","NotAction":"iam:*",|}'));
  await page.keyboard.type('"');
  await page.keyboard.press("ControlOrMeta+Space");
  await expect(options(page)).toHaveText([/Sid/, /Resource/, /NotResource/, /Condition/]);
  await page.keyboard.type("Cond");
  await expect(options(page)).toHaveText([/Condition/]);
  await take(page);
  await expect(playground.editor).toContainText('"NotAction":"iam:*","Condition": }');
});

test("ARNs are those of the resources that the actions take, with parts to fill in", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  await at(playground, wrap('{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"|"}'));
  // The catalog is read a moment after it came.
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+Space");
    await expect(options(page)).toHaveText([/arn:aws:sqs:\$\{Region\}:\$\{Account\}:\$\{QueueName\}/, /\*/], { timeout: 500 });
  }).toPass();
  await take(page);
  await page.keyboard.type("eu-west-1");
  await page.keyboard.press("Tab");
  await page.keyboard.type("111122223333");
  await page.keyboard.press("Tab");
  await page.keyboard.type("orders");
  await expect(playground.editor).toContainText('"arn:aws:sqs:eu-west-1:111122223333:orders"');
});

test("operators suit the key, keys suit the operator, and variables begin with ${", async ({ playground }) => {
  const { page } = playground;
  await at(playground, wrap('{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"|":{"aws:SourceIp":"203.0.113.0/24"}}}'));
  await page.keyboard.press("ControlOrMeta+Space");
  await expect(options(page).first()).toContainText("IpAddress");
  await expect(options(page).filter({ hasText: "StringEquals" })).toHaveCount(0);

  await at(playground, wrap('{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"|"}}}'));
  await page.keyboard.press("ControlOrMeta+Space");
  await expect(options(page).filter({ hasText: "aws:SecureTransport" })).toHaveCount(1);
  await expect(options(page).filter({ hasText: "aws:SourceIp" })).toHaveCount(0);

  await at(playground, wrap('{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::home/|"}'));
  await page.keyboard.type("${aws:usern");
  await expect(options(page).first()).toContainText("${aws:username}");
});

test("keys are those that the actions of the statement carry", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  const key = async (action) => at(playground, wrap(`{"Effect":"Allow","Action":"${action}","Resource":"*","Condition":{"StringEquals":{"|"}}}`));
  await key("s3:ListBucket");
  await page.keyboard.type("pref");
  await expect(options(page).filter({ hasText: "s3:prefix" })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await key("sqs:SendMessage");
  await page.keyboard.type("aws:prin");
  await expect(options(page).filter({ hasText: "aws:PrincipalArn" })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await key("sqs:SendMessage");
  await page.keyboard.type("s");
  await page.keyboard.press("ControlOrMeta+Space");
  await expect(options(page).first()).toBeVisible();
  await expect(options(page).filter({ hasText: "s3:prefix" })).toHaveCount(0);
});

test("the pointer over an action or a key says what it is, with AWS's page", async ({ playground }) => {
  const { page } = playground;
  await playground.analyzed();
  await playground.write(policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }));
  await page.locator(".cm-line", { hasText: "s3:GetObject" }).getByText("s3:GetObject").hover();
  const card = page.locator(".about");
  await expect(card).toContainText("Read in Amazon S3");
  await expect(card.getByRole("link")).toHaveAttribute("href", /list_amazons3\.html$/);
  await page.locator(".cm-line", { hasText: "MultiFactor" }).getByText("aws:MultiFactorAuthPresent").hover();
  await expect(card).toContainText("Bool");
  await expect(card.getByRole("link")).toHaveAttribute("href", /#condition-keys-multifactorauthpresent$/);
});

test("Ctrl+Enter goes to the line that speaks of the text at the cursor", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ Sid: "Office", Effect: "Allow", Action: "s3:GetObject", Resource: "*", Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }));
  await page.locator(".cm-line", { hasText: "aws:SourceIp" }).click();
  await expect(page.locator(".explanation")).toHaveAttribute("aria-busy", "false");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(playground.line("fails: IpAddress aws:SourceIp")).toBeFocused();
  await expect(page.locator(".gate.is-lit")).toHaveAttribute("aria-label", /^Identity-based policies/);
});

test("the document is formatted, its tokens stay, and undo brings it back", async ({ playground }) => {
  const { page } = playground;
  const text = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[],"Resource":"a\\u0041","Resource":"*"}]}';
  await playground.write(text);
  await page.keyboard.press("Shift+Alt+F");
  expect(await playground.text()).toBe(
    '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": [],\n      "Resource": "a\\u0041",\n      "Resource": "*"\n    }\n  ]\n}',
  );
  await page.keyboard.press("ControlOrMeta+Z");
  expect(await playground.text()).toBe(text);
  await page.getByRole("button", { name: "Format", exact: true }).click();
  expect(await playground.text()).toContain('\n  "Version"');
  await page.getByRole("button", { name: "Fold all", exact: true }).click();
  await expect(page.locator(".cm-foldPlaceholder")).not.toHaveCount(0);
  await page.getByRole("button", { name: "Unfold all" }).click();
  await expect(page.locator(".cm-foldPlaceholder")).toHaveCount(0);
});

test.describe("without the service worker, which would answer first", () => {
  test.use({ serviceWorkers: "block" });

  test("without the catalog everything else works", async ({ page, playground }) => {
    const asked = [];
    await page.route("**/aws.bin", (route) => {
      asked.push(route.request().url());
      return route.fulfill({ status: 200, body: "no catalog" });
    });
    await page.reload();
    await at(playground, wrap('{"Effect":"|"}'));
    await page.keyboard.press("ControlOrMeta+Space");
    await expect(options(page)).toHaveText([/Allow/, /Deny/]);
    // It is asked for again, since it did not come.
    await expect.poll(() => asked.length).toBeGreaterThan(0);
  });
});

for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "dark", forcedColors: "active" }]) {
  test(`axe finds nothing: completion, ${Object.values(media).join(", ")}`, async ({ playground }) => {
    const { page } = playground;
    await page.emulateMedia(media);
    await at(playground, wrap('{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"|"}}'));
    await page.keyboard.press("ControlOrMeta+Space");
    await expect(options(page).first()).toBeVisible();
    // The list is scrolled by the arrow keys; the focus stays in the text.
    await expectAccessible(page, { without: ["scrollable-region-focusable"] });
  });
}
