import { readFileSync } from "node:fs";
import { expect, expectAccessible, looks, policy, test, words } from "./playground.mjs";

const rows = (page) => page.locator(".tests-table tbody tr");
const toast = (page) => page.locator(".toast");
const shelf = (page) => page.getByRole("dialog", { name: "Workspaces" });

/** Opens a text by the dialog. */
async function open(playground, text) {
  const { page } = playground;
  await playground.menu("Scenario", "Open or paste…");
  await page.locator("#open-text").fill(text);
  await page.getByRole("button", { name: "Open the text" }).click();
}

/** Pastes a text outside of any field. */
const paste = (page, text) =>
  page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);

const identity = policy({ Sid: "Upload", Effect: "Allow", Action: "s3:*", Resource: "*" });
const simulation = JSON.stringify({
  PolicyInputList: [policy({ Effect: "Allow", Action: "s3:Get*", Resource: "*" })],
  ActionNames: ["s3:GetObject", "s3:PutObject"],
  CallerArn: "arn:aws:iam::111122223333:user/ana",
});
const simulated = JSON.stringify({
  EvaluationResults: [
    { EvalActionName: "s3:GetObject", EvalResourceName: "*", EvalDecision: "implicitDeny", ResourceSpecificResults: [{ EvalResourceName: "arn:aws:s3:::example-mobile-app-assets/a", EvalResourceDecision: "allowed" }] },
    { EvalActionName: "s3:PutObject", EvalResourceName: "*", EvalDecision: "implicitDeny" },
  ],
  IsTruncated: false,
});
const decoded = JSON.stringify({
  DecodedMessage: JSON.stringify({
    allowed: false,
    explicitDeny: false,
    matchedStatements: { items: [] },
    context: {
      principal: { id: "AROAEXAMPLE:s", arn: "arn:aws:sts::111122223333:assumed-role/Dev/s" },
      action: "ec2:RunInstances",
      resource: "arn:aws:ec2:eu-west-1:111122223333:instance/*",
      conditions: { items: [{ key: "ec2:InstanceType", values: { items: [{ value: "m5.large" }] } }, { key: "aws:Region", values: { items: [{ value: "eu-west-1" }] } }] },
    },
  }),
});
const message = "User: arn:aws:iam::111122223333:user/bo is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:111122223333:q because no identity-based policy allows the sqs:SendMessage action";

const kinds = {
  "an identity-based policy": [identity, async ({ page, documents, word, editor }) => {
    await expect(documents).toHaveCount(2);
    await expect(editor).toContainText("Upload");
    await expect(toast(page)).toContainText("identity-based");
    await expect(word).toHaveText(words.Allow);
  }],
  "a resource-based policy": [policy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }), async ({ page, word }) => {
    await expect(toast(page)).toContainText("resource-based");
    await expect(word).toHaveText(words.ExplicitDeny);
  }],
  "a policy with a syntax error": [identity.replace('"Allow",', '"Allow"'), async ({ documents, stale }) => {
    await expect(documents).toHaveCount(2);
    await expect(stale).toBeVisible();
  }],
  "a scenario": [JSON.stringify({ name: "Mine", policies: { identity: [identity] }, requests: [{ principal: "arn:aws:iam::111122223333:user/ana", action: "s3:PutObject" }] }), async ({ page, word }) => {
    await expect(page.getByLabel("Scenario name")).toHaveValue("Mine");
    await expect(word).toHaveText(words.Allow);
  }],
  "a SimulateCustomPolicy request": [simulation, async ({ page, word }) => {
    await expect(page.locator(".tab")).toHaveCount(2);
    await expect(word).toHaveText(words.Allow);
  }],
  "a SimulateCustomPolicy response": [simulated, async ({ page }) => {
    await expect(rows(page)).toHaveCount(6);
    await expect(rows(page).nth(4)).toHaveClass(/is-met/);
    await expect(rows(page).nth(4)).toContainText("example-mobile-app-assets/a");
    await expect(rows(page).nth(5)).toHaveClass(/is-met/);
  }],
  "a decoded authorization message": [decoded, async ({ page, word }) => {
    await expect(page.getByLabel("Principal", { exact: true })).toHaveValue(/assumed-role\/Dev/);
    await expect(page.locator(".context-row")).toHaveCount(1);
    await expect(word).toHaveText(words.ImplicitDeny);
    await expect(page.locator(".fact.is-met")).toBeVisible();
  }],
  "an AccessDenied message": [`An error occurred (AccessDenied) when calling it: ${message}`, async ({ page, word }) => {
    await expect(page.getByLabel("Action", { exact: true })).toHaveValue("sqs:SendMessage");
    await expect(word).toHaveText(words.ImplicitDeny);
  }],
};

for (const [name, [text, check]] of Object.entries(kinds)) {
  test(`${name} is recognized in the dialog, and can be undone`, async ({ playground }) => {
    const { page } = playground;
    await open(playground, text);
    await expect(page.locator("dialog[open]")).toHaveCount(0);
    await check(playground);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await playground.view("Decide");
    await expect(playground.documents).toHaveCount(1);
    await expect(page.locator(".tab")).toHaveCount(4);
  });

  test(`${name} is recognized when it is pasted on the page`, async ({ playground }) => {
    await paste(playground.page, text);
    await check(playground);
  });
}

const account = JSON.stringify({
  UserDetailList: [
    { Path: "/", UserName: "ana", UserId: "AIDAEXAMPLEANA", Arn: "arn:aws:iam::111122223333:user/ana", GroupList: ["Readers"], Tags: [{ Key: "team", Value: "blue" }],
      PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: "arn:aws:iam::111122223333:policy/Edge" } },
  ],
  GroupDetailList: [
    { Path: "/", GroupName: "Readers", GroupId: "AGPAEXAMPLE", Arn: "arn:aws:iam::111122223333:group/Readers", GroupPolicyList: [{ PolicyName: "read", PolicyDocument: JSON.parse(policy({ Effect: "Allow", Action: "s3:*", Resource: "*" })) }] },
  ],
  RoleDetailList: [{ Path: "/", RoleName: "Ops", RoleId: "AROAEXAMPLE", Arn: "arn:aws:iam::111122223333:role/Ops", AssumeRolePolicyDocument: JSON.parse(policy({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" })), RolePolicyList: [] }],
  Policies: [
    { PolicyName: "Edge", PolicyId: "ANPAEXAMPLE", Arn: "arn:aws:iam::111122223333:policy/Edge", Path: "/", DefaultVersionId: "v1", PolicyVersionList: [{ Document: JSON.parse(policy({ Effect: "Allow", Action: "s3:Get*", Resource: "*" })), VersionId: "v1", IsDefaultVersion: true }] },
  ],
});

test("from an AccessDenied message to the answer: two pastes and a key", async ({ playground }) => {
  const { page } = playground;
  await paste(page, "User: arn:aws:sts::111122223333:assumed-role/Ops/i-0123 is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::photos/1.jpg because no identity-based policy allows the s3:PutObject action");
  // The example that was there says nothing of this request.
  await expect(page.locator(".tab")).toHaveCount(1);
  await expect(playground.documents).toHaveCount(0);
  await expect(page.getByText("There is no policy here yet.")).toBeVisible();
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("arn:aws:sts::111122223333:assumed-role/Ops/i-0123");

  const read = { PolicyName: "read", PolicyDocument: JSON.parse(policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" })) };
  const ops = JSON.parse(account);
  ops.RoleDetailList[0].RolePolicyList.push(read);
  await paste(page, JSON.stringify(ops));
  const choice = page.getByRole("dialog", { name: "Who calls?" });
  // Who made the request stands there, and Enter is enough.
  await expect(choice.locator(".row-link code")).toHaveText(["arn:aws:iam::111122223333:role/Ops"]);
  await expect(page.getByLabel("Principals that contain")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(choice).toHaveCount(0);
  await expect(playground.documents).toHaveCount(1);
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(page.locator(".fact.is-met")).toBeVisible();
  await expect(playground.closest).toContainText("s3:PutObject does not match");
  await playground.suggestions.first().getByRole("button", { name: "Apply" }).click();
  await expect(playground.word).toHaveText(words.Allow);
});

test("of an account a principal is chosen, and gets its policies, groups and boundary", async ({ playground }) => {
  const { page } = playground;
  await open(playground, account);
  const choice = page.getByRole("dialog", { name: "Who calls?" });
  await expect(choice.locator(".row-link code")).toHaveText(["arn:aws:iam::111122223333:user/ana", "arn:aws:iam::111122223333:role/Ops"]);
  await page.getByLabel("Principals that contain").fill("USER/");
  await expect(choice.locator(".row-link")).toHaveCount(1);
  await page.getByLabel("Principals that contain").press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("arn:aws:iam::111122223333:user/ana");
  await expect(playground.documents).toHaveCount(2);
  await expect(playground.word).toHaveText(words.Allow);
  await expect(page.locator(".context-row")).toHaveCount(2);
  await page.getByLabel("Action", { exact: true }).fill("s3:PutObject");
  await expect(playground.word).toHaveText(words.ImplicitDeny);
  await expect(page.getByText("Decided by permissions boundary")).toBeVisible();
});

test("events of CloudTrail become requests, with what is not exact marked", async ({ playground }) => {
  const { page } = playground;
  const event = {
    eventVersion: "1.11", eventTime: "2026-11-22T08:00:00Z", eventSource: "s3.amazonaws.com", eventName: "GetObject", awsRegion: "eu-west-1", sourceIPAddress: "192.0.2.7",
    userIdentity: { type: "IAMUser", principalId: "AIDAEXAMPLE", userName: "ana", accountId: "111122223333", arn: "arn:aws:iam::111122223333:user/ana" },
    requestParameters: { bucketName: "photos", key: "1.jpg" }, errorCode: "AccessDenied", errorMessage: "Access Denied",
  };
  const text = JSON.stringify({ Records: [event, { ...event, eventName: "PutObject" }] });
  await open(playground, text);
  // By themselves, where only an example was looked at, and beside the requests of work.
  await expect(page.locator(".tab")).toHaveCount(2);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.locator(".tab")).toHaveCount(4);
  await page.getByLabel("Scenario name").fill("Mine");
  await open(playground, text);
  await expect(page.locator(".tab")).toHaveCount(6);
  await expect(page.locator(".tab[aria-current]")).toContainText("GetObject");
  await expect(page.getByLabel("Resource, one ARN a line")).toHaveValue("arn:aws:s3:::photos/1.jpg");
  await expect(page.getByText(/From a CloudTrail event: \d+ fields? not exact/)).toBeVisible();
  await expect(page.locator(".notes li").filter({ hasText: "not in the event" }).first()).toBeVisible();
});

test("a file is recognized when it is dropped, and when it is chosen", async ({ playground }) => {
  const { page } = playground;
  const prevented = await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "boundary.json", { type: "application/json" }));
    const over = new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true });
    const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector(".cm-content").dispatchEvent(over);
    document.body.dispatchEvent(drop);
    return [over.defaultPrevented, drop.defaultPrevented];
  }, identity);
  expect(prevented).toEqual([true, true]);
  await expect(toast(page)).toContainText("Added boundary.json");
  await expect(playground.documents).toHaveCount(2);
  await playground.menu("Scenario", "Open or paste…");
  await page.getByLabel("File to open").setInputFiles({ name: "more.json", mimeType: "application/json", buffer: Buffer.from(identity) });
  await expect(playground.documents).toHaveCount(3);
});

test("text that is nothing known is refused with the place of the error", async ({ playground }) => {
  const { page } = playground;
  await open(playground, '{\n  "polices": {} }');
  await expect(page.locator("#open-problem")).toContainText(/not opened: line \d/);
  await page.keyboard.press("Escape");
  await paste(page, "hello");
  await expect(toast(page)).toContainText("was not opened");
  await expect(playground.documents).toHaveCount(1);
});

test("pasting into a field stays there", async ({ playground }) => {
  const { page } = playground;
  const prevented = await page.getByLabel("Scenario name").evaluate((field, text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    return !field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, identity);
  expect(prevented).toBe(false);
  await expect(playground.documents).toHaveCount(1);
});

test("a report, commands and the scenario are copied", async ({ playground, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page } = playground;
  const copied = async (item, done) => {
    await playground.menu("Copy", item);
    await expect(toast(page)).toContainText(done);
    return page.evaluate(() => navigator.clipboard.readText());
  };
  await expect(page.locator(".explanation")).toHaveAttribute("aria-busy", "false");
  const report = await copied("Copy a Markdown report", "Copied a report");
  expect(report).toContain("**Allowed.** Statement");
  expect(report).toContain("| Action | `s3:GetObject` |");
  expect(report).toContain("DownloadObjects");
  expect(report).toContain("```json");
  const command = await copied("Copy an admittance command", "Copied a command");
  const inner = (text) => JSON.parse(text.split("\n").slice(text.startsWith("#") ? 2 : 1, -2).join("\n"));
  expect(command).toMatch(/^npx admittance eval --explain - <<'SCENARIO'\n/);
  expect(inner(command).requests).toHaveLength(4);
  const simulate = await copied("Copy an aws iam simulate command", "Copied a call");
  expect(simulate).toMatch(/^aws iam simulate-custom-policy --cli-input-json file:\/\/\/dev\/stdin <<'SCENARIO'\n/);
  expect(inner(simulate)).toMatchObject({ ActionNames: ["s3:GetObject"], ResourceArns: ["arn:aws:s3:::example-mobile-app-assets/img/logo.png"] });
  expect(inner(simulate).PolicyInputList).toHaveLength(1);
  const response = JSON.parse(await copied("Copy a simulator response", "Copied the decision"));
  expect(response.EvaluationResults).toMatchObject([{
    EvalActionName: "s3:GetObject",
    EvalDecision: "allowed",
    ResourceSpecificResults: [{
      EvalResourceName: "arn:aws:s3:::example-mobile-app-assets/img/logo.png",
      MatchedStatements: [{ StartPosition: { Line: expect.any(Number) } }],
    }],
  }]);
});

test("where nothing is decided there is no simulator response to copy", async ({ playground }) => {
  const { page } = playground;
  await playground.write("[");
  await expect(playground.stale).toBeVisible();
  await playground.menu("Copy", "Copy a simulator response");
  await expect(toast(page)).toContainText("There is no decision to copy yet");
});

test("several workspaces are kept, opened, deleted and brought back", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("Scenario name").fill("First work");
  await playground.blank();
  await page.getByLabel("Scenario name").fill("Second work");
  await page.reload();
  await expect(page.getByLabel("Scenario name")).toHaveValue("Second work");
  await playground.menu("Scenario", "Workspaces…");
  await expect(shelf(page).locator(".row-link")).toHaveText(["Second workthis one", "First work"]);
  await shelf(page).getByRole("button", { name: "First work", exact: true }).click();
  await expect(page.getByLabel("Scenario name")).toHaveValue("First work");
  await expect(playground.word).toHaveText(words.Allow);
  await playground.menu("Scenario", "Workspaces…");
  await expect(page.getByRole("button", { name: "Delete First work" })).toBeDisabled();
  await page.getByRole("button", { name: "Delete Second work" }).click();
  await expect(shelf(page).locator(".row-link")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await playground.menu("Scenario", "Workspaces…");
  await expect(shelf(page).locator(".row-link")).toHaveCount(2);
  await page.getByRole("button", { name: "Copy of this one" }).click();
  await expect(page.getByLabel("Scenario name")).toHaveValue("First work (copy)");
});

test("an example that was only looked at leaves no workspace behind", async ({ playground }) => {
  const { page } = playground;
  await playground.open("02-developers-not-production");
  await playground.open("11-explicit-deny-wins");
  await playground.menu("Scenario", "Workspaces…");
  await expect(shelf(page).locator(".row-link")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.getByLabel("Scenario name").fill("Mine now");
  await playground.open("02-developers-not-production");
  await playground.menu("Scenario", "Workspaces…");
  await expect(shelf(page).locator(".row-link")).toHaveCount(2);
});

test("all workspaces go into one file and come back from it", async ({ playground, browser }) => {
  const { page, address } = playground;
  await page.getByLabel("Scenario name").fill("One");
  await playground.blank();
  await page.getByLabel("Scenario name").fill("Two");
  await playground.menu("Scenario", "Workspaces…");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save all as a file" }).click()]);
  const text = readFileSync(await download.path(), "utf8");
  expect(JSON.parse(text).workspaces.map((each) => each.name)).toEqual(["Two", "One"]);

  const other = await browser.newContext();
  const there = await other.newPage();
  await there.goto(address);
  await expect(there.locator("#decision .decision-word")).toBeVisible();
  await expect(there.locator(".part")).toHaveCount(0, { timeout: 20_000 });
  await paste(there, text);
  await expect(there.getByLabel("Scenario name")).toHaveValue("Two");
  await there.getByRole("button", { name: "Scenario", exact: true }).click();
  await there.getByRole("menuitem", { name: "Workspaces…" }).click();
  await expect(shelf(there).locator(".row-link")).toHaveText(["Twothis one", "One"]);
  await other.close();
});

test("work that an earlier version of the page kept is still there", async ({ page, address }) => {
  await page.goto(address);
  const stored = { version: 1, scenario: JSON.stringify({ name: "Old", policies: {}, requests: [] }), document: 0, request: 0 };
  await page.evaluate((text) => {
    sessionStorage.clear();
    localStorage.clear();
    localStorage.setItem("admittance.workspace", text);
    // The page would save what it shows when it goes.
    addEventListener("pagehide", () => { localStorage.clear(); localStorage.setItem("admittance.workspace", text); });
  }, JSON.stringify(stored));
  await page.reload();
  await expect(page.getByLabel("Scenario name")).toHaveValue("Old");
});

for (const [look, media] of Object.entries(looks)) {
  for (const [name, item] of [["open", "Open or paste…"], ["workspaces", "Workspaces…"]]) {
    test(`axe finds nothing: ${name}, ${look}`, async ({ playground }) => {
      const { page } = playground;
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      await page.getByLabel("Scenario name").fill("First work");
      await playground.blank();
      await playground.menu("Scenario", item);
      await expectAccessible(page);
    });
  }
}
