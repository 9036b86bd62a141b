// Pictures of the main states at two widths, light and dark, into screenshots/ (not committed).
import { chromium } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchOptions } from "./chromium.mjs";
import { Playground, policy } from "./playground.mjs";
import { serve } from "./server.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "screenshots");
mkdirSync(folder, { recursive: true });

const insight = async (playground, name) => {
  await playground.page.locator(".insight-tab", { hasText: name }).click();
  await playground.page.locator(".insight").filter({ visible: true }).scrollIntoViewIfNeeded();
};
const deploy = policy(
  { Sid: "Deploy", Effect: "Allow", Action: ["s3:Get*", "s3:GetObject", "lambda:UpdateFunctionCode"], Resource: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } },
  { Sid: "Pass", Effect: "Allow", Action: "iam:PassRole", Resource: "*" },
  { Sid: "NoDelete", Effect: "Deny", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::photos/*" },
);
const deploying = async (playground) => {
  await playground.analyzed();
  await playground.write(deploy);
};

const states = {
  allowed: async () => {},
  "denied-explicitly": async (playground) => {
    await playground.open("02-developers-not-production");
    await playground.request("Terminate a production instance");
  },
  "denied-implicitly": async (playground) => {
    await playground.open("07-cross-account-role-with-mfa");
    await playground.request("With an access key");
  },
  "denied-at-an-scp": async (playground) => {
    await playground.menu("Add policy", "Service control policy (SCP)");
    await playground.addOu("Root", "Production");
    await playground.write(
      policy({ Sid: "OnlyEurope", Effect: "Deny", NotAction: "iam:*", Resource: "*", Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } }),
    );
  },
  "broken-json": async (playground) => {
    await playground.write('{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "allow"\n      "Action": "s3:GetObject",\n      "Resource": "*"\n    }\n  ]\n}');
  },
  depends: async (playground) => {
    await playground.open("07-cross-account-role-with-mfa");
    await playground.request("With an access key");
    await playground.page.getByRole("button", { name: "Add the missing key" }).click();
    await playground.page.getByLabel("Kind of value").selectOption("unknown");
  },
  explained: async (playground) => {
    await playground.open("07-cross-account-role-with-mfa");
    await playground.request("With an access key");
    await playground.closest.locator(".is-fail > .line").click();
  },
  suggested: async (playground) => {
    await playground.open("02-developers-not-production");
    await playground.request("Terminate a production instance");
    await playground.page.getByText("New text").first().click();
    await playground.suggestions.last().scrollIntoViewIfNeeded();
  },
  applied: async (playground) => {
    await playground.open("07-cross-account-role-with-mfa");
    await playground.request("With an access key");
    await playground.suggestions.first().getByRole("button", { name: "Apply" }).click();
  },
  details: async (playground) => {
    const { page } = playground;
    await page.setViewportSize({ ...page.viewportSize(), height: page.viewportSize().width < 500 ? 844 : 1400 });
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
    await playground.page.locator(".gallery-open").first().waitFor();
  },
  open: async (playground) => playground.menu("Scenario", "Open or paste…"),
  workspaces: async (playground) => {
    await playground.page.getByLabel("Scenario name").fill("Guardrails of the production accounts");
    await playground.blank();
    await playground.menu("Scenario", "Workspaces…");
  },
  tests: async (playground) => {
    await playground.write(policy({ Sid: "ListTheBucket", Effect: "Allow", Action: "s3:List*", Resource: "arn:aws:s3:::example-mobile-app-assets" }, { Sid: "Download", Effect: "Allow", Action: "s3:GetObject", Resource: "*" }));
    await playground.view("Tests");
    await playground.page.getByLabel("Expected decision of List the bucket").selectOption("");
  },
  matrix: async (playground) => {
    const { page } = playground;
    await playground.write(policy({ Effect: "Allow", Action: ["s3:Get*", "s3:List*", "sqs:*"], Resource: "*" }, { Effect: "Deny", NotAction: "s3:*", Resource: "*", Condition: { StringNotLike: { "aws:username": "user-*7" } } }));
    await playground.view("Matrix");
    await page.getByLabel("Rows", { exact: true }).selectOption("principals");
    await page.getByLabel(/^Principals, one a line/).fill(Array.from({ length: 120 }, (_, at) => `arn:aws:iam::111122223333:user/user-${at}`).join("\n"));
    await page.getByLabel("Columns: actions, one a line").fill(["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:PutObject", "s3:DeleteObject", "sqs:SendMessage", "sqs:ReceiveMessage", "ec2:RunInstances", "iam:PassRole"].flatMap((each) => [each, `${each}Again`, `${each}Later`]).join("\n"));
    await page.getByText("3240 decisions of 120 rows").waitFor();
    await page.locator('[data-cell="2-15"]').click();
  },
  compare: async (playground) => {
    const { page } = playground;
    await playground.view("Compare");
    await page.getByRole("button", { name: "Keep the present version" }).click();
    await playground.view("Decide");
    await playground.write((await playground.text()).replace('"s3:GetObject", "s3:GetObjectVersion"', '"s3:GetObject", "s3:PutObject"'));
    await playground.view("Compare");
    await page.getByText("cells decided otherwise").waitFor();
  },
  walk: async (playground) => {
    const { page } = playground;
    await playground.open("11-explicit-deny-wins");
    await page.getByRole("button", { name: "Walk through it gate by gate" }).click();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("region", { name: "Step by step" }).scrollIntoViewIfNeeded();
  },
  findings: async (playground) => {
    await deploying(playground);
    await insight(playground, "warning");
    await playground.page.locator(".finding").first().waitFor();
  },
  said: async (playground) => {
    await deploying(playground);
    await insight(playground, "What it says");
    await playground.page.locator(".said").nth(2).waitFor();
    await playground.page.locator(".said-part").nth(1).click();
  },
  services: async (playground) => {
    await deploying(playground);
    await insight(playground, "By service");
    await playground.page.locator(".service-name", { hasText: "Lambda" }).click();
    await playground.page.locator(".service-details").waitFor();
  },
  caller: async (playground) => {
    await deploying(playground);
    await playground.menu("Add policy", "Permissions boundary");
    await insight(playground, "All of the caller");
    await playground.page.locator(".services").nth(2).waitFor();
  },
  menu: async (playground) => {
    await playground.page.getByRole("button", { name: "Add policy", exact: true }).click();
  },
};

const server = await serve();
const browser = await chromium.launch(launchOptions);
const only = process.argv.slice(2);
for (const [name, enter] of Object.entries(states)) {
  if (only.length > 0 && !only.includes(name)) continue;
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    const playground = new Playground(page, server.url);
    await playground.load();
    await enter(playground);
    const close = page.getByRole("button", { name: "Close the message" });
    if (!["applied", "workspaces"].includes(name) && (await close.count()) > 0) await close.click();
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      // A blinking cursor and a moving caret differ from run to run.
      await page.waitForTimeout(200);
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), caret: "hide" });
      if (width < 500) {
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}-full.png`), fullPage: true, caret: "hide" });
      }
    }
    await context.close();
  }
}
await browser.close();
await server.close();
console.log(`pictures are in ${folder}`);
