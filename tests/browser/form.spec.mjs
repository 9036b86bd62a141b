import { expect, expectAccessible, policy, test, words } from "./playground.mjs";

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
  await expect(offers(page, "Action").first()).toContainText("sqs:");
  await page.keyboard.press("ArrowDown");
  await expect(offers(page, "Action").first()).toHaveAttribute("aria-selected", "true");
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
  await expect(page.getByLabel("Whose tag")).toHaveValue(/ResourceTag\/$/);
  await expect(page.getByLabel("Tag key")).toBeFocused();
});

/** What the request as JSON says of the context, once it says something else than before. */
const context = async (page) => JSON.parse(await page.getByLabel("The request as JSON").inputValue()).context;
const request = (context) =>
  JSON.stringify({ principal: "arn:aws:iam::111122223333:user/ana", action: "s3:GetObject", resource: ["*"], context });

const typed = {
  "a truth value": {
    key: "aws:SecureTransport",
    fill: (row) => row.getByLabel("Value", { exact: true }).selectOption("false"),
    value: "false",
    other: "true",
    shows: (row) => expect(row.getByRole("combobox", { name: "Value", exact: true })).toHaveValue("true"),
  },
  "a date": {
    key: "aws:CurrentTime",
    fill: (row) => row.getByLabel("Value", { exact: true }).fill("2026-01-31T12:00:05"),
    value: "2026-01-31T12:00:05Z",
    other: "2027-02-28T23:59:59Z",
    shows: (row) => expect(row.locator("input[type=datetime-local]")).toHaveValue("2027-02-28T23:59:59"),
  },
  "a number": {
    key: "aws:MultiFactorAuthAge",
    fill: (row) => row.getByLabel("Value", { exact: true }).fill("3600"),
    value: "3600",
    other: "7200",
    shows: (row) => expect(row.getByLabel("Value", { exact: true })).toHaveAttribute("inputmode", "decimal"),
  },
  "an address": {
    key: "aws:SourceIp",
    fill: (row) => row.getByLabel("Value", { exact: true }).fill("203.0.113.24"),
    value: "203.0.113.24",
    other: "198.51.100.1",
    shows: (row) => expect(row.getByLabel("Value", { exact: true })).toHaveValue("198.51.100.1"),
  },
  "a list": {
    key: "aws:TagKeys",
    fill: async (row) => {
      await row.getByLabel("Kind of value").selectOption("list");
      await row.getByLabel("Values, one a line").fill("team\ncost");
    },
    value: ["team", "cost"],
    other: ["owner"],
    shows: (row) => expect(row.getByLabel("Values, one a line")).toHaveValue("owner"),
  },
  "an absent key": {
    key: "aws:SourceVpce",
    fill: (row) => row.getByLabel("Kind of value").selectOption("absent"),
    value: null,
    other: "vpce-1a2b3c4d",
    shows: (row) => expect(row.getByLabel("Value", { exact: true })).toHaveValue("vpce-1a2b3c4d"),
  },
};
for (const [name, { key, fill, value, other, shows }] of Object.entries(typed)) {
  test(`${name} goes from the form into the JSON and back`, async ({ playground }) => {
    const { page } = playground;
    await page.getByText("As JSON", { exact: true }).click();
    const json = page.getByLabel("The request as JSON");
    await json.fill(request({}));
    await page.getByRole("button", { name: "Add a key" }).click();
    await page.getByLabel("Key", { exact: true }).fill(key);
    await page.keyboard.press("Escape");
    await fill(page.getByRole("group", { name: `Context key ${key}` }));
    await expect.poll(() => context(page)).toEqual({ [key]: value });
    await json.fill(request({ [key]: other }));
    await shows(page.getByRole("group", { name: `Context key ${key}` }));
    await expect.poll(() => context(page)).toEqual({ [key]: other });
  });
}

test("tags are keys and values, whose tag they are is chosen, and they are the JSON's", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:RequestTag/team": "red" } } }));
  await page.getByText("As JSON", { exact: true }).click();
  const json = page.getByLabel("The request as JSON");
  await json.fill(request({}));
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await page.getByRole("button", { name: "Add a tag" }).click();
  await page.getByLabel("Whose tag").selectOption("aws:RequestTag/");
  await page.getByLabel("Tag key").fill("team");
  await page.getByLabel("Value", { exact: true }).fill("red");
  await expect(playground.word).toHaveText(words.Allow);
  await expect.poll(() => context(page)).toEqual({ "aws:RequestTag/team": "red" });
  await page.getByLabel("Whose tag").selectOption("aws:ResourceTag/");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect.poll(() => context(page)).toEqual({ "aws:ResourceTag/team": "red" });
  await json.fill(request({ "aws:PrincipalTag/cost center": "7" }));
  await expect(page.getByLabel("Whose tag")).toHaveValue("aws:PrincipalTag/");
  await expect(page.getByLabel("Tag key")).toHaveValue("cost center");
  await page.getByLabel("Whose tag").selectOption("another key");
  await expect(page.getByLabel("Key", { exact: true })).toHaveValue("");
});

test("typing the beginning of a tag's key goes on with its name", async ({ playground }) => {
  const { page } = playground;
  await page.getByRole("button", { name: "Add a key" }).click();
  await page.getByLabel("Key", { exact: true }).pressSequentially("aws:RequestTag/");
  await expect(page.getByLabel("Tag key")).toBeFocused();
  await page.keyboard.type("team");
  await expect(page.getByRole("group", { name: "Context key aws:RequestTag/team" })).toBeVisible();
});

test("of an address it is said which of the policies' ranges it is in", async ({ playground }) => {
  const { page } = playground;
  await playground.write(policy({ Effect: "Allow", Action: "*", Resource: "*", Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } } }));
  await page.getByRole("button", { name: "Add the missing key aws:SourceIp" }).click();
  const row = page.getByRole("group", { name: "Context key aws:SourceIp" });
  const value = row.getByLabel("Value", { exact: true });
  await value.focus();
  await page.keyboard.press("ArrowDown");
  await expect(row.getByRole("listbox").getByRole("option")).toHaveText([/203\.0\.113\.0\s*in 203\.0\.113\.0\/24, of a policy/, /2001:db8::/]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(value).toHaveValue("203.0.113.0");
  await expect(row).toContainText("In 203.0.113.0/24.");
  await expect(playground.word).toHaveText(words.Allow);
  await value.fill("192.0.2.1");
  await expect(row).toContainText("Not in 203.0.113.0/24, 2001:db8::/32.");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await value.fill("203.0.113.0/24");
  await expect(row).toContainText("A range; a request comes from one address.");
  await value.fill("office");
  await expect(row).toContainText("No IPv4 or IPv6 address.");
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
    // The whole page is looked at twice.
    test.slow();
    const { page } = playground;
    await page.emulateMedia(media);
    for (const key of ["aws:CurrentTime", "aws:MultiFactorAuthPresent", "aws:SourceIp", "aws:RequestTag/team"]) {
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
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}
