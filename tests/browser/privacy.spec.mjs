import { expect, policy, test, words } from "./playground.mjs";

test("nothing leaves the page after it has loaded", async ({ playground }) => {
  const { page, address } = playground;
  await expect(page.locator(".insights")).toHaveAttribute("data-analysis", "without-catalog", { timeout: 20_000 });
  await page.waitForLoadState("networkidle");
  const requests = [];
  page.on("request", (request) => requests.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`));
  await playground.write(policy({ Effect: "Deny", Action: "*", Resource: "*" }));
  await expect(playground.word).toHaveText(words.ExplicitDeny);
  await playground.open("06-bucket-policy-address-range");
  await playground.menu("Add policy", "VPC endpoint policy");
  await playground.write("{");
  await expect(playground.stale).toBeVisible();
  await page.getByLabel("Theme").selectOption("dark");
  // Pictures inside of style sheets are no requests to anyone; AWS's actions and the examples are files of the page's own.
  await expect
    .poll(() => [...new Set(requests)].filter((each) => !each.startsWith("GET data:")).sort())
    .toEqual([`GET ${address}aws.bin `, `GET ${address}gallery.json `]);
});

test("everything comes from the page's own address", async ({ page, address }) => {
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address);
  await page.waitForLoadState("networkidle");
  expect(requests.length).toBeGreaterThan(3);
  expect(requests.filter((url) => !url.startsWith(address) && !url.startsWith("data:"))).toEqual([]);
});

test("the content security policy refuses other addresses and scripts", async ({ page, address }) => {
  await page.goto(address);
  const policyText = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policyText).toContain("default-src 'none'");
  const directive = (name) => policyText.split("; ").find((each) => each.startsWith(`${name} `));
  expect(directive("script-src")).not.toContain("unsafe-inline");
  expect(directive("style-src")).not.toContain("unsafe-inline");
  expect(directive("connect-src")).toBe("connect-src 'self'");
  expect(policyText).not.toContain("'unsafe-eval'");
  const refused = await page.evaluate(async () => {
    const fetched = await fetch("https://example.com/").then(() => "fetched", () => "refused");
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.head.append(script);
    return [fetched, window.ran ?? "did not run"];
  });
  expect(refused).toEqual(["refused", "did not run"]);
});
