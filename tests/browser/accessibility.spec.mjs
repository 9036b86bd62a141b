import { expect, expectAccessible, looks, policy, test } from "./playground.mjs";

const states = {
  allowed: async () => {},
  denied: async (playground) => {
    await playground.open("11-explicit-deny-wins");
    await playground.page.getByText(/derived from principal/).click();
  },
  broken: async (playground) => {
    await playground.write('{ "Version": "2012-10-17", "Statement": [{ "Effect": "allow" }] }');
    await expect(playground.stale).toBeVisible();
  },
  "wrong request": async (playground) => {
    await playground.page.getByLabel("Principal", { exact: true }).fill("ana");
    await expect(playground.page.locator(".tab-decision.is-wrong")).toBeVisible();
  },
  organization: async (playground) => {
    await playground.menu("Add policy", "Service control policy (SCP)");
    await playground.menu("Add policy", "Resource control policy (RCP)");
    await playground.write(policy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }));
    await playground.page.getByRole("button", { name: "Add a key" }).click();
    await playground.page.getByText("Name, expectation, accounts, session").click();
  },
  depends: async (playground) => {
    await playground.write(policy({ Effect: "Allow", Action: "s3:*", Resource: "*", Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } }));
    await playground.page.getByRole("button", { name: "Add the missing key" }).click();
    await playground.page.getByLabel("Kind of value").selectOption("unknown");
    await expect(playground.page.locator(".depends")).toBeVisible();
  },
  explained: async (playground) => {
    await playground.open("07-cross-account-role-with-mfa");
    await playground.request("With an access key");
    await playground.line("passes: Identity-based policies").locator(".line-chevron").first().click();
    await playground.closest.locator(".is-fail > .line").click();
  },
  suggested: async (playground) => {
    await playground.open("02-developers-not-production");
    await playground.request("Terminate a production instance");
    await playground.page.getByText("New text").first().click();
  },
  applied: async (playground) => {
    await playground.suggestions.first().getByRole("button", { name: "Apply" }).click();
    await expect(playground.page.getByRole("button", { name: "Undo", exact: true })).toBeVisible();
  },
  details: async (playground) => {
    const { page } = playground;
    for (const title of ["Name, expectation, accounts, session", "Further actions", "Facts about S3", "Evaluation options"]) {
      await page.getByText(title, { exact: true }).click();
    }
    await page.getByRole("button", { name: "Add an action" }).click();
    await page.getByLabel("Block Public Access").selectOption("given");
    await page.getByRole("checkbox", { name: "may match colons, too" }).uncheck();
  },
  empty: async (playground) => playground.blank(),
  examples: async (playground) => {
    await playground.page.getByRole("button", { name: "Examples" }).click();
    await expect(playground.page.locator(".gallery-open").first()).toBeVisible();
  },
  menu: async (playground) => {
    await playground.page.getByRole("button", { name: "Add policy", exact: true }).click();
  },
  search: async (playground) => {
    await playground.editor.click();
    await playground.page.keyboard.press("ControlOrMeta+F");
    await expect(playground.page.locator(".cm-search")).toBeVisible();
  },
};

for (const [look, media] of Object.entries(looks)) {
  // Which colors are forced does not depend on the width.
  for (const width of media.forcedColors ? [1440] : [1440, 390]) {
    for (const [name, enter] of Object.entries(states)) {
      test(`axe finds nothing: ${name}, ${look}, ${width} px`, async ({ playground }) => {
        const { page } = playground;
        await page.emulateMedia({ ...media, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 844 });
        await enter(playground);
        await expectAccessible(page);
      });
    }
  }
}
