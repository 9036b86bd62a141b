import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { examples, expect, policy, test, words } from "./playground.mjs";

/** Links as earlier versions of the page wrote them. They have to open for ever; none is ever changed. */
const kept = JSON.parse(readFileSync(new URL("share-links.json", import.meta.url), "utf8"));

const pack = (text) => deflateRawSync(text).toString("base64url");
const link = (scenario, document = 0, request = 0) => `#share=1.${document}.${request}.${pack(JSON.stringify(scenario))}`;

/** Opens the page with a fragment, as somebody does who follows a link. */
async function follow(page, address, fragment) {
  await page.goto("about:blank");
  await page.goto(address + fragment);
}

const toast = (page) => page.locator(".toast");

test("a link is copied and opens elsewhere as it was", async ({ playground, context, browser }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page, address } = playground;
  await playground.open("02-developers-not-production");
  await playground.request("Terminate a production instance");
  await page.getByLabel("Scenario name").fill("Größe & <b>fett</b> 😀");
  await playground.menu("Copy", "Copy a link");
  await expect(toast(page)).toContainText("Copied a link");
  const url = await page.evaluate(() => navigator.clipboard.readText());
  expect(url.startsWith(`${address}#share=1.`)).toBe(true);
  expect(new URL(url).search).toBe("");

  const other = await browser.newContext();
  const there = await other.newPage();
  const requests = [];
  there.on("request", (request) => requests.push(request.url()));
  await there.goto(url);
  await expect(toast(there)).toContainText("Opened the shared scenario “Größe & <b>fett</b> 😀”");
  await expect(there.locator(".tab[aria-current]")).toContainText("Terminate a production instance");
  await expect(there.locator("#decision .decision-word")).toHaveText(words.ExplicitDeny);
  expect(requests.filter((each) => each.includes("share="))).toEqual([]);
  // The address is the page's own again, so that loading it again keeps what was edited since.
  expect(there.url()).toBe(address);
  await there.getByLabel("Scenario name").fill("Mine");
  await there.waitForTimeout(400);
  await there.reload();
  await expect(there.getByLabel("Scenario name")).toHaveValue("Mine");
  await other.close();
});

for (const { title, fragment, name, request, decision } of kept) {
  test(`a link of an earlier version opens: ${title}`, async ({ playground }) => {
    const { page, address } = playground;
    await follow(page, address, fragment);
    await expect(page.getByLabel("Scenario name")).toHaveValue(name);
    await expect(page.locator(".tab[aria-current]")).toContainText(request);
    await expect(playground.word).toHaveText(words[decision]);
  });
}

test("opening a link can be undone, also where the page is open already", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("Scenario name").fill("My work");
  await page.evaluate((fragment) => (location.hash = fragment), link({ ...scenario(), name: "Theirs" }));
  await expect(page.getByLabel("Scenario name")).toHaveValue("Theirs");
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Scenario name")).toHaveValue("My work");
});

test("what is too large for a link is said to be", async ({ playground }) => {
  const { page } = playground;
  // Text that does not compress.
  let noise = 1;
  const random = () => String.fromCharCode(33 + ((noise = (noise * 48271) % 2147483647) % 90));
  await playground.write(JSON.stringify({ Version: Array.from({ length: 300_000 }, random).join("") }));
  await playground.menu("Copy", "Copy a link");
  await expect(toast(page)).toContainText("too large for a link");
});

test("a link keeps the policies that are switched off, and says which", async ({ playground, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page, address } = playground;
  await playground.menu("Add policy", "Permissions boundary");
  await playground.write(policy({ Effect: "Deny", Action: "*", Resource: "*" }));
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  await page.getByRole("button", { name: "Disable this policy for the moment" }).click();
  await expect(playground.word).toHaveText(words.Allow);
  await playground.menu("Copy", "Copy a link");
  await expect(toast(page)).toContainText("Copied a link");
  const fragment = new URL(await page.evaluate(() => navigator.clipboard.readText())).hash;
  expect(fragment).toMatch(/^#share=2\.\d+\.\d+\.\d+\./);
  await follow(page, address, fragment);
  await expect(toast(page)).toContainText("Opened the shared scenario");
  await expect(playground.word).toHaveText(words.Allow);
  // The document that was open is open again, and is the one that is off.
  const off = page.getByRole("button", { name: "Disable this policy for the moment" });
  await expect(page.getByLabel("Policy name")).toHaveValue("Boundary");
  await expect(off).toHaveAttribute("aria-pressed", "true");
  await off.click();
  await expect(playground.word).toHaveText(words.ExplicitDeny);
});

const script = `"><script>window.hacked=1</script><img src=x onerror="window.hacked=1">{{constructor}}`;
function scenario() {
  return {
    policies: { identity: [{ name: "P", document: policy({ Effect: "Allow", Action: "*", Resource: "*" }) }] },
    requests: [{ principal: "arn:aws:iam::111122223333:user/ana", action: "s3:GetObject", context: {} }],
  };
}
const scripted = {
  name: script,
  description: script,
  source: `javascript:${script}`,
  policies: {
    identity: [{ name: script, attachedTo: "user", document: policy({ Sid: script, Effect: "Allow", Action: script, Resource: script }) }],
    serviceControl: [{ name: script, policies: [{ name: script, document: script }] }],
  },
  requests: [{ name: script, principal: script, action: script, resource: [script], resourceAccount: script, context: { [script]: script }, expect: { decision: "Allow", statement: script } }],
};

test("script in every field of a link is text", async ({ playground }) => {
  const { page, address } = playground;
  await follow(page, address, link(scripted));
  await expect(page.getByLabel("Scenario name")).toHaveValue(script);
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Tests" }).click();
  await expect(page.locator(".tests-table tbody tr")).toHaveCount(1);
  expect(await page.evaluate(() => window.hacked)).toBeUndefined();
  expect(await page.locator("main img, main script, header img, header script").count()).toBe(0);
});

const whole = link(scenario());
const hostile = {
  "another version": { fragment: whole.replace("share=1", "share=3"), says: "made by another version" },
  "documents that are none, switched off": { fragment: whole.replace("share=1.0.0", "share=2.0.0.7"), says: "damaged or cut off" },
  "documents that are no numbers, switched off": { fragment: whole.replace("share=1.0.0", "share=2.0.0.x-"), says: "damaged or cut off" },
  "no version": { fragment: "#share=", says: "made by another version" },
  "cut off": { fragment: whole.slice(0, -24), says: "damaged or cut off" },
  "changed": { fragment: `${whole.slice(0, 40)}AAAA${whole.slice(44)}`, says: "damaged or cut off" },
  "not base64": { fragment: "#share=1.0.0.<script>alert(1)</script>", says: "damaged or cut off" },
  "not compressed": { fragment: `#share=1.0.0.${Buffer.from("{}").toString("base64url")}`, says: "damaged or cut off" },
  "data behind the end": { fragment: `#share=1.0.0.${Buffer.concat([deflateRawSync("{}"), Buffer.from("more")]).toString("base64url")}`, says: "damaged or cut off" },
  "not text": { fragment: `#share=1.0.0.${deflateRawSync(Buffer.from([0xff, 0xfe, 0x00])).toString("base64url")}`, says: "damaged or cut off" },
  "not JSON": { fragment: `#share=1.0.0.${pack("<script>alert(1)</script>")}`, says: "holds no scenario" },
  "other JSON": { fragment: link([1, 2, 3]), says: "holds no scenario" },
  "an unknown field": { fragment: link({ ...scenario(), run: "alert(1)" }), says: "holds no scenario" },
  "prototype keys": { fragment: `#share=1.0.0.${pack('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"policies":{},"requests":[]}')}`, says: "holds no scenario" },
  "deep nesting": { fragment: `#share=1.0.0.${pack("[".repeat(500_000))}`, says: "holds no scenario" },
  "two megabytes of nothing": { fragment: `#share=1.0.0.${"A".repeat(2 << 20)}`, says: "too long" },
  "a decompression bomb": { fragment: `#share=1.0.0.${deflateRawSync(Buffer.alloc(120 << 20)).toString("base64url")}`, says: "too long" },
};
for (const [name, { fragment, says }] of Object.entries(hostile)) {
  test(`a hostile link only gets a message: ${name}`, async ({ playground }) => {
    const { page, address } = playground;
    await page.getByLabel("Scenario name").fill("My work");
    await page.waitForTimeout(400);
    // A browser cuts addresses off at two megabytes; what gets through by other ways is refused as well.
    if (fragment.length > 1 << 20) await page.evaluate((text) => (location.hash = text), fragment);
    else await follow(page, address, fragment);
    if (fragment.length <= 1 << 20 || (await page.evaluate(() => location.hash.length)) > 1) {
      await expect(toast(page)).toContainText("The link was not opened");
      await expect(toast(page)).toContainText(says);
    }
    await expect(page.getByLabel("Scenario name")).toHaveValue("My work");
    await expect(playground.word).toHaveText(words.Allow);
    expect(await page.evaluate(() => [window.hacked, {}.polluted, location.hash.includes("share=")])).toEqual([undefined, undefined, false]);
  });
}

test("a fragment of fifty megabytes leaves the page as it is", async ({ playground }) => {
  const { page } = playground;
  await page.getByLabel("Scenario name").fill("My work");
  await page.evaluate(() => {
    location.hash = `share=1.0.0.${"A".repeat(50 << 20)}`;
  });
  await expect(page.getByLabel("Scenario name")).toHaveValue("My work");
  await expect(playground.word).toHaveText(words.Allow);
  await playground.request("List the bucket");
  await expect(playground.word).toHaveText(words.Allow);
});

test("prototype keys inside of a scenario are keys like others", async ({ playground }) => {
  const { page, address } = playground;
  const text = JSON.stringify({ ...scenario(), name: "Keys" }).replace('"context":{}', '"context":{"__proto__":"x","constructor":"y"}');
  await follow(page, address, `#share=1.0.0.${pack(text)}`);
  await expect(page.getByLabel("Scenario name")).toHaveValue("Keys");
  await expect(page.locator(".context-row")).toHaveCount(2);
  expect(await page.evaluate(() => ({}).x)).toBeUndefined();
});

test("other fragments are no links", async ({ playground }) => {
  const { page, address } = playground;
  await follow(page, address, "#decision");
  await expect(playground.word).toHaveText(words.Allow);
  await expect(toast(page)).toHaveCount(0);
  expect(examples.length).toBeGreaterThan(0);
});
