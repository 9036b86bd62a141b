import { examples, expect, policy, test, words } from "./playground.mjs";

test("the work survives a reload", async ({ playground }) => {
  const { page } = playground;
  await playground.menu("Add policy", "Service control policy (SCP)");
  await playground.write(policy({ Sid: "NoStorage", Effect: "Deny", Action: "s3:*", Resource: "*" }));
  await page.getByLabel("Scenario name").fill("Guardrails");
  await playground.request("List the bucket");
  await page.getByRole("button", { name: "Add a key" }).click();
  await page.locator(".context-row").last().getByLabel("Key", { exact: true }).fill("aws:SourceIp");
  await page.locator(".context-row").last().getByLabel("Value", { exact: true }).fill("203.0.113.9");
  await expect(playground.word).toHaveText(words.ExplicitDeny);

  await page.reload();
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  await expect(page.getByLabel("Scenario name")).toHaveValue("Guardrails");
  await expect(page.getByLabel("Policy name")).toHaveValue("SCP");
  await expect(playground.editor).toContainText("NoStorage");
  await expect(page.locator(".tab[aria-current]")).toContainText("List the bucket");
  await expect(page.locator(".context-row").getByLabel("Value", { exact: true })).toHaveValue("203.0.113.9");
});

test("broken text survives a reload, too", async ({ playground }) => {
  const { page } = playground;
  await playground.write('{ "Version": ');
  await expect(playground.problems).not.toHaveCount(0);
  await page.reload();
  await expect(playground.problems).not.toHaveCount(0);
  await expect(page.locator(".cm-line").first()).toHaveText('{ "Version":');
});

for (const kept of ["not JSON", '{"version":99,"scenario":"{}","document":0,"request":0}', '{"version":1,"scenario":"[","document":7,"request":7}']) {
  test(`kept state that cannot be read starts afresh: ${kept}`, async ({ playground }) => {
    const { page } = playground;
    await page.addInitScript((text) => {
      sessionStorage.clear();
      localStorage.setItem("admittance.workspaces", '[{"id":1,"name":"x"}]');
      for (const key of ["admittance.workspace", "admittance.workspace.1"]) localStorage.setItem(key, text);
    }, kept);
    await page.reload();
    await expect(page.getByLabel("Scenario name")).toHaveValue(examples[0].name);
    await expect(playground.word).toHaveText(words.Allow);
  });
}

test("a scenario goes out as JSON and comes back from a file", async ({ playground, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page } = playground;
  await playground.open("06-bucket-policy-address-range");
  await playground.menu("Copy", "Copy scenario JSON");
  await expect(page.getByText("Copied the scenario as JSON")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const scenario = JSON.parse(copied);
  expect(scenario.name).toBe(examples.find((each) => each.slug.startsWith("06")).name);
  expect(scenario.requests.map((each) => each.expect.decision)).toContain("ExplicitDeny");

  await playground.blank();
  await expect(page.getByText("There is no policy here yet.")).toBeVisible();
  await page.getByLabel("File to open").setInputFiles({
    name: "mine.json",
    mimeType: "application/json",
    buffer: Buffer.from(copied),
  });
  await expect(page.getByText("Opened mine.json")).toBeVisible();
  await expect(page.getByLabel("Scenario name")).toHaveValue(scenario.name);
  await expect(playground.documents).toHaveCount(2);
});

test("a file that is no scenario is refused with the place of the error", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("File to open").setInputFiles({
    name: "notes.json",
    mimeType: "application/json",
    buffer: Buffer.from('{\n  "polices": {} }'),
  });
  await expect(page.locator("#open-problem")).toContainText(/notes\.json was not opened: line \d+/);
  await expect(page.getByLabel("Scenario name")).toHaveValue(examples[0].name);
});

test("the theme is chosen, shown and kept", async ({ playground }) => {
  const { page } = playground;
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByLabel("Theme").selectOption("dark");
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  await expect(page.getByLabel("Theme")).toHaveValue("dark");
  expect(await ground()).toBe(dark);
  await page.getByLabel("Theme").selectOption("system");
  expect(await ground()).toBe(light);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await ground()).toBe(dark);
});
