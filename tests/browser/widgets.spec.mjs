// The widgets: on their demonstration page, and on a plain page of somebody else.
import AxeBuilder from "@axe-core/playwright";
import { expect, test as base } from "@playwright/test";
import { serve } from "./server.mjs";

const test = base.extend({
  site: [
    async ({}, use) => {
      const server = await serve();
      await use(new URL("widgets/", server.url).href);
      await server.close();
    },
    { scope: "worker" },
  ],
  // What the page loads and complains about.
  traffic: async ({ page }, use) => {
    const traffic = { addresses: [], errors: [] };
    page.on("request", (request) => traffic.addresses.push(request.url()));
    page.on("pageerror", (error) => traffic.errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") traffic.errors.push(message.text());
    });
    await use(traffic);
  },
  demo: async ({ page, site, traffic }, use) => {
    await page.goto(site);
    await use(page);
    expect(traffic.errors).toEqual([]);
  },
  // A page with this in its body, from the widgets' folder; `prepare` comes before the widgets' script.
  host: async ({ page, site }, use) => {
    await use(async (body, { head = "", script = "widgets.js" } = {}) => {
      const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Host</title>${head}<script type="module" src="${script}"></script></head><body>${body}</body></html>`;
      await page.route("**/widgets/host.html", (route) => route.fulfill({ contentType: "text/html", body: html }));
      await page.goto(`${site}host.html`);
    });
  },
});

const word = (element) => element.locator("[data-decision] .decision-word");

/** The element of a section of the demonstration page, in view. */
async function section(page, id) {
  const element = page.locator(`#${id} ~ [data-example] > *`).first();
  await element.scrollIntoViewIfNeeded();
  return element;
}

const policy = (...statements) => JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
const allowRead = policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const decision = (document, request, attributes = "") => `
  <admittance-decision ${attributes}>
    <pre><code class="language-json">${escaped(document)}</code></pre>
    <dl>${Object.entries(request).map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("")}</dl>
  </admittance-decision>`;
const read = { principal: "arn:aws:iam::111122223333:user/ana", action: "s3:GetObject", resource: "arn:aws:s3:::b/k" };

test("a decision with its reason, the marked statement and the explanation", async ({ demo }) => {
  const widget = await section(demo, "decision");
  await expect(word(widget)).toHaveText("Denied explicitly");
  await expect(widget.locator(".decision-reason")).toHaveText(/Statement "NotFromOutside" of the identity-based policy denies/);
  await expect(widget.locator(".code-line.is-decisive .code-label")).toHaveText("✕ Deny decides");
  await widget.getByText("How it was decided").click();
  await expect(widget.getByRole("button", { name: /NotIpAddress aws:SourceIp 203.0.113.0\/24 holds/ })).toBeVisible();
});

test("a line of the explanation lights the text that it speaks of", async ({ demo }) => {
  const widget = await section(demo, "decision");
  await widget.getByText("How it was decided").click();
  await widget.getByRole("button", { name: /NotIpAddress aws:SourceIp/ }).click();
  await expect(widget.locator(".is-lit").first()).toBeVisible();
  expect((await widget.locator(".is-lit").allTextContents()).join("")).toContain("203.0.113.0/24");
});

test("changing the request changes the decision, and tells the page", async ({ demo }) => {
  const widget = await section(demo, "editable");
  await expect(word(widget)).toHaveText("Denied implicitly");
  const told = widget.evaluate((element) => new Promise((done) => element.addEventListener("decision", ({ detail }) => done([detail.decision, detail.request.context["aws:ResourceTag/team"]]), { once: true })));
  await widget.getByRole("textbox", { name: "aws:ResourceTag/team" }).fill("blue");
  await expect(word(widget)).toHaveText("Allowed");
  expect(await told).toEqual(["Allow", "blue"]);
  await widget.getByRole("button", { name: "Reset" }).click();
  await expect(word(widget)).toHaveText("Denied implicitly");
  await expect(widget.getByRole("textbox", { name: "aws:ResourceTag/team" })).toHaveValue("red");
});

test("changing the policy changes the decision; an error says where and what", async ({ demo }) => {
  const widget = await section(demo, "editable");
  const area = widget.getByRole("textbox", { name: "Identity-based policy" });
  const text = await area.inputValue();
  await area.fill(text.replace("${aws:PrincipalTag/team}", "red"));
  await expect(word(widget)).toHaveText("Allowed");
  await expect(area).toBeFocused();
  await area.fill(text.replace('"Allow"', '"Alow"'));
  await expect(word(widget)).toHaveText("Not decided");
  await expect(widget.locator(".problems")).toContainText("4:");
  await expect(widget.locator(".is-problem")).toHaveText('"Alow"');
  await expect(area).toHaveValue(text.replace('"Allow"', '"Alow"'));
});

test("the text area lies exactly over the colored text", async ({ demo }) => {
  const widget = await section(demo, "editable");
  await expect(widget.locator(".code-area").first()).toBeVisible();
  const heights = await widget.evaluate(({ shadowRoot }) => {
    const area = shadowRoot.querySelector(".code-area");
    return [area.scrollHeight, area.clientHeight];
  });
  expect(heights[0]).toBe(heights[1]);
});

test("a suggestion is applied", async ({ demo }) => {
  const widget = await section(demo, "editable");
  await widget.getByText("What would change it").click();
  await widget.getByRole("button", { name: /^Apply: / }).first().click();
  await expect(word(widget)).toHaveText("Allowed");
});

test("a quiz shows nothing before the answer", async ({ demo }) => {
  const widget = await section(demo, "quiz");
  await expect(widget.getByText("What does AWS decide?")).toBeVisible();
  await expect(word(widget)).toHaveCount(0);
  await expect(widget.locator(".code-label, .is-decisive, .is-unmatched")).toHaveCount(0);
  await expect(widget.getByRole("button", { name: "Check" })).toBeDisabled();
  const told = widget.evaluate((element) => new Promise((done) => element.addEventListener("answer", ({ detail }) => done(detail), { once: true })));
  await widget.getByRole("radio", { name: "Allowed" }).check();
  await widget.getByRole("button", { name: "Check" }).click();
  expect(await told).toEqual({ answer: "Allow", decision: "ImplicitDeny", correct: false });
  await expect(widget.getByText("Not quite.")).toBeVisible();
  await expect(word(widget)).toHaveText("Denied implicitly");
  await widget.getByRole("button", { name: "Try again" }).click();
  await widget.getByRole("radio", { name: "Denied implicitly" }).check();
  await widget.getByRole("button", { name: "Check" }).click();
  await expect(widget.getByText("Right.")).toBeVisible();
});

test("a scenario with several requests, one of them open", async ({ demo }) => {
  const widget = await section(demo, "scenario");
  await expect(word(widget)).toHaveText("Allowed");
  await widget.getByRole("combobox", { name: "Requests" }).selectOption("An instance in Virginia");
  await expect(word(widget)).toHaveText("Denied explicitly");
  await expect(widget.locator(".is-decisive").first()).toBeVisible();
  await widget.getByRole("combobox", { name: "Requests" }).selectOption("An instance somewhere");
  await expect(word(widget)).toHaveText("Depends on unknown keys");
});

test("a policy: what it says, and what is wrong in it", async ({ demo }) => {
  const widget = await section(demo, "policy");
  await expect(widget.locator(".sentences .text-button")).toHaveText([/reports.*TLS/, /roles?/]);
  await widget.locator(".sentences .text-button").first().click();
  const lit = await widget.locator(".is-lit").allTextContents();
  expect(lit.join("")).toContain("ReadReports");
  expect(lit.join("")).not.toContain("GiveAnyRole");
  await expect(widget.locator(".findings")).toContainText("security warning");
  await expect(widget.locator(".is-problem.is-security-warning").first()).toBeVisible();
});

test("a policy by itself loads neither the evaluator nor the catalog", async ({ host, page, traffic }) => {
  await host(`<admittance-policy><pre><code>${escaped(allowRead)}</code></pre></admittance-policy>`);
  await expect(page.locator("admittance-policy .sentences li")).toHaveCount(1);
  const files = traffic.addresses.filter((address) => /\.(wasm|bin)$/.test(address));
  expect(files.map((address) => address.split("/").at(-1))).toEqual(["analysis.wasm"]);
});

test("with the catalog a policy shows services and access levels, and names of actions are checked", async ({ demo, traffic }) => {
  const widget = await section(demo, "policy-catalog");
  await expect(widget.getByRole("rowheader", { name: "S3" })).toBeVisible();
  await expect(widget.getByRole("row", { name: /S3/ })).toContainText("Limited: Permissions management1/27 Permissions management");
  await expect(widget.locator(".finding-code")).toContainText(["INVALID_ACTION"]);
  await expect(widget.locator(".is-problem.is-error")).toHaveText('"s3:GetObjects"');
  expect(traffic.addresses.filter((address) => address.endsWith("/catalog.bin"))).toHaveLength(1);
});

test("a policy that AWS would not take: the place is underlined, and nothing is said of it", async ({ demo }) => {
  const widget = await section(demo, "policy-broken");
  await expect(widget.locator(".findings")).toContainText("5:5error Principal has no place in this type of policy");
  await expect(widget.locator(".is-problem.is-error")).toHaveText('"Principal"');
  await expect(widget.locator(".sentences")).toHaveCount(0);
});

test("a catalog that cannot be loaded leaves the rest as it is", async ({ host, page, traffic }) => {
  await page.route("**/catalog.bin", (route) => route.abort());
  await host(`<admittance-policy catalog><pre><code>${escaped(allowRead)}</code></pre></admittance-policy>`);
  const widget = page.locator("admittance-policy");
  await expect(widget.locator(".sentences li")).toHaveCount(1);
  await expect(widget.locator(".skipped")).toContainText("need the catalog");
  await expect.poll(() => traffic.errors.length).toBeGreaterThan(0);
  await expect(widget.locator(".failure")).toHaveCount(0);
});

test("findings and summary reach the page by property and event", async ({ host, page }) => {
  await host("<admittance-policy></admittance-policy>", {
    head: `<script>addEventListener("findings", ({ detail }) => { window.told = detail; });</script>`,
  });
  await page.evaluate((text) => {
    const widget = document.querySelector("admittance-policy");
    widget.policyType = "resource";
    widget.policy = text;
  }, allowRead);
  await expect.poll(() => page.evaluate(() => window.told?.findings.map(({ code, severity }) => [code, severity]))).toContainEqual(["MISSING_PRINCIPAL", "error"]);
  expect(await page.evaluate(() => document.querySelector("admittance-policy").findings)).toEqual(await page.evaluate(() => window.told.findings));
  await page.evaluate(() => document.querySelector("admittance-policy").setAttribute("policy-type", "nonsense"));
  await expect(page.locator("admittance-policy .failure")).toContainText('unknown policy type "nonsense"; write one of identity, ');
});

test("before and after", async ({ demo }) => {
  const widget = await section(demo, "compare");
  await expect(widget.getByRole("row", { name: /s3:GetObject/ })).toContainText("unchanged");
  await expect(widget.getByRole("row", { name: /s3:DeleteObject.*Denied implicitly changed/ })).toBeVisible();
  await expect(widget.locator("del")).toHaveText(/"Action": "s3:\*"/);
  await expect(widget.locator("ins")).toHaveText(/"s3:ListBucket"/);
});

test("a comparison takes its policies by property, and keeps the methods of elements", async ({ host, page }) => {
  await host("<admittance-compare></admittance-compare>");
  await page.evaluate(([policy, request]) => {
    const compare = document.querySelector("admittance-compare");
    Object.assign(compare, { beforePolicy: policy, afterPolicy: policy.replace("Allow", "Deny"), requests: [request] });
    compare.after("after the element");
  }, [allowRead, read]);
  await expect(page.locator("admittance-compare").getByRole("row", { name: /s3:GetObject.*Allowed Denied explicitly changed/ })).toBeVisible();
  await expect(page.getByText("after the element")).toBeVisible();
});

test("the code to paste is what the page says", async ({ demo, host, page }) => {
  await section(demo, "decision");
  await demo.locator("#decision ~ details summary").first().click();
  const code = await demo.locator("#decision ~ details pre").first().textContent();
  await host(code);
  await expect(word(page.locator("admittance-decision"))).toHaveText("Denied explicitly");
});

test("the engine is loaded once, and not before a widget is near", async ({ host, page, traffic }) => {
  await host(`<div style="height: 4000px">Far above</div>${decision(allowRead, read)}${decision(allowRead, read)}`);
  await page.waitForLoadState("networkidle");
  const engines = () => traffic.addresses.filter((address) => address.endsWith(".wasm")).length;
  expect(engines()).toBe(0);
  await expect(page.locator("admittance-decision pre").first()).toBeAttached();
  await page.locator("admittance-decision").first().scrollIntoViewIfNeeded();
  await expect(word(page.locator("admittance-decision").first())).toHaveText("Allowed");
  await expect(word(page.locator("admittance-decision").last())).toHaveText("Allowed");
  expect(engines()).toBe(1);
});

test("no style leaks into the page or out of it", async ({ host, page }) => {
  const head = "<style>* { letter-spacing: 3px !important; } p, code { color: rgb(200, 0, 0); } button { display: none }</style>";
  const body = `<h1>Title</h1><p id="near">Text <code>code</code></p><button>One</button><dl><dt>a</dt><dd>b</dd></dl>`;
  const styles = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("html, body, h1, #near, #near code, body > button, body > dl, body > dl *")].map((element) => {
        const style = getComputedStyle(element);
        return [...style].filter((name) => !/^(block-size|height|perspective-origin|transform-origin)$/.test(name)).map((name) => `${name}:${style.getPropertyValue(name)}`).join();
      }));
  await host(body + decision(allowRead, read), { head, script: "nothing.js" });
  const before = await styles();
  const globals = await page.evaluate(() => Object.getOwnPropertyNames(window).length);
  await page.addScriptTag({ type: "module", url: "widgets.js" });
  const widget = page.locator("admittance-decision");
  await expect(word(widget)).toHaveText("Allowed");
  expect(await styles()).toEqual(before);
  expect(await page.evaluate(() => Object.getOwnPropertyNames(window).length)).toBe(globals);
  await expect(word(widget)).not.toHaveCSS("color", "rgb(200, 0, 0)");
});

test("under a strict content security policy", async ({ host, page, traffic }) => {
  const csp = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:";
  await host(decision(allowRead, read, 'mode="editable"'), { head: `<meta http-equiv="Content-Security-Policy" content="${csp}">` });
  const widget = page.locator("admittance-decision");
  await expect(word(widget)).toHaveText("Allowed");
  expect(await widget.locator(".decision").evaluate((element) => getComputedStyle(element).display)).toBe("block");
  expect(await widget.locator(".decision-head").evaluate((element) => getComputedStyle(element).display)).toBe("grid");
  expect(traffic.errors).toEqual([]);
});

test("a page colors the widgets by properties, parts and theme", async ({ host, page }) => {
  const style = `admittance-decision { --surface: rgb(1, 2, 3); } admittance-decision::part(widget) { border-top-width: 7px; }
    admittance-decision::part(decision-word) { text-transform: uppercase; }`;
  await host(decision(allowRead, read) + decision(allowRead, read, 'theme="dark"'), { head: `<style>${style}</style>` });
  const [first, second] = await page.locator("admittance-decision").all();
  await expect(word(second)).toBeVisible();
  const of = (locator, name) => locator.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);
  expect(await of(first.locator(".widget"), "background-color")).toBe("rgb(1, 2, 3)");
  expect(await of(first.locator(".widget"), "border-top-width")).toBe("7px");
  expect(await of(word(first), "text-transform")).toBe("uppercase");
  expect(await of(word(second), "color")).not.toBe(await of(word(first), "color"));
});

test("in another language and from right to left: the page's words, and code as it was", async ({ host, page }) => {
  await host(`<div dir="rtl" lang="ar">${decision(allowRead, read)}</div>
    <script type="module">import { words } from "./widgets.js"; words.decisions.Allow = "مسموح"; words.why = "كيف تقرر";</script>`);
  const widget = page.locator("admittance-decision");
  await expect(word(widget)).toHaveText("مسموح");
  await expect(widget.locator("summary", { hasText: "كيف تقرر" })).toBeVisible();
  // What the engine says is marked as English; code runs from left to right.
  await expect(widget.locator(".decision-reason")).toHaveAttribute("lang", "en");
  expect(await widget.locator(".code").evaluate((element) => getComputedStyle(element).direction)).toBe("ltr");
  const [icon, text] = [await widget.locator(".decision-icon").first().boundingBox(), await word(widget).boundingBox()];
  expect(icon.x).toBeGreaterThan(text.x);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test("the way to the playground and into a frame: the scenario is in the fragment", async ({ demo, site, page }) => {
  const widget = await section(demo, "editable");
  await widget.getByRole("textbox", { name: "aws:ResourceTag/team" }).fill("blue");
  await expect(word(widget)).toHaveText("Allowed");
  const link = widget.getByRole("link", { name: "Open in the playground" });
  await link.focus();
  await expect(link).toHaveAttribute("href", /\/some\/path\/#share=1\.0\.0\.[\w-]+$/);
  const fragment = new URL(await link.getAttribute("href")).hash;
  await page.goto(`${site}frame.html${fragment}&mode=quiz`);
  const framed = page.locator("admittance-decision");
  await expect(framed.getByText("What does AWS decide?")).toBeVisible();
  await expect(framed.getByText("blue")).toHaveCount(2);
  await page.goto("about:blank");
  await page.goto(`${site}frame.html${fragment.slice(0, -20)}`);
  await expect(page.getByText(/holds no example: it is cut off/)).toBeVisible();
});

test("a link of the playground with a policy that is switched off opens in a frame, without that policy", async ({ site, page }) => {
  await page.goto(site);
  const fragments = await page.evaluate(async ([allowed, denied]) => {
    const { toFragment } = await import("./widgets.js");
    const scenario = { policies: { identity: [allowed, denied], permissionsBoundary: allowed }, requests: [{ principal: "arn:aws:iam::111122223333:user/ana", action: "s3:GetObject", resource: "arn:aws:s3:::b/k" }] };
    const data = (await toFragment(scenario, 0)).split(".").at(-1);
    return [`share=2.0.0.1.${data}`, `share=2.0.0.0-2.${data}`, `share=2.0.0.3.${data}`];
  }, [allowRead, allowRead.replace("Allow", "Deny")]);
  for (const [fragment, decided, documents] of [[fragments[0], "Allowed", 2], [fragments[1], "Denied explicitly", 1]]) {
    await page.goto("about:blank");
    await page.goto(`${site}frame.html#${fragment}`);
    await expect(word(page.locator("admittance-decision"))).toHaveText(decided);
    await expect(page.locator("admittance-decision .document")).toHaveCount(documents);
  }
  await page.goto("about:blank");
  await page.goto(`${site}frame.html#${fragments[2]}`);
  await expect(page.getByText(/holds no example/)).toBeVisible();
});

test("properties: a framework sets a policy and a request, also before the definition", async ({ host, page }) => {
  await host("<div id='root'></div>", { script: "nothing.js" });
  await page.evaluate(([document_, request]) => {
    const widget = Object.assign(document.createElement("admittance-decision"), { policy: JSON.parse(document_), request });
    document.querySelector("#root").append(widget);
  }, [allowRead, read]);
  await page.addScriptTag({ type: "module", url: "widgets.js" });
  const widget = page.locator("admittance-decision");
  await expect(word(widget)).toHaveText("Allowed");
  await widget.evaluate((element) => { element.request = { ...element.request, action: "s3:PutObject" }; });
  await expect(word(widget)).toHaveText("Denied implicitly");
  await widget.evaluate((element) => { element.expect = "Allow"; });
  await expect(widget.locator(".mismatch")).toHaveText("The page says: Allowed");
});

test("content that cannot be shown stays, with the reason", async ({ host, page }) => {
  await host(`<admittance-decision><p>Read me</p></admittance-decision>`);
  const widget = page.locator("admittance-decision");
  await expect(widget.locator(".failure")).toHaveText(/it holds no policy/);
  await expect(page.getByText("Read me")).toBeVisible();
});

test("without the engine the page stays as it was", async ({ host, page }) => {
  await page.route("**/engine.wasm", (route) => route.abort());
  await host(decision(allowRead, read));
  await expect(page.locator(".failure")).toHaveText(/the engine could not be loaded/);
  await expect(page.getByText('"s3:GetObject"')).toBeVisible();
});

test("markup in a policy is text", async ({ host, page }) => {
  const sid = "<img src=x onerror=alert(1)>";
  await host(decision(policy({ Sid: sid, Effect: "Allow", Action: "s3:*", Resource: "*" }), { ...read, "aws:x": "&lt;script&gt;alert(1)&lt;/script&gt;" }));
  await expect(page.locator("admittance-decision .code")).toContainText(sid);
  await expect(page.locator("img, dd script")).toHaveCount(0);
});

test("with scripts blocked the page says what it says", async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site);
  await expect(page.getByText("denied explicitly", { exact: false }).first()).toBeVisible();
  await expect(page.locator("admittance-decision pre").first()).toBeVisible();
  await expect(page.locator("admittance-decision dd", { hasText: "198.51.100.7" })).toBeVisible();
  await context.close();
});

test("everything is reached by keyboard", async ({ demo }) => {
  const widget = await section(demo, "quiz");
  await widget.getByRole("radio", { name: "Allowed" }).focus();
  await demo.keyboard.press("ArrowDown");
  await demo.keyboard.press("ArrowDown");
  await demo.keyboard.press("Tab");
  await demo.keyboard.press("Enter");
  await expect(widget.getByText("Right.")).toBeVisible();
  const why = widget.getByText("How it was decided");
  await why.focus();
  await demo.keyboard.press("Enter");
  await expect(widget.locator(".lines").first()).toBeVisible();
});

test("on paper nothing is folded", async ({ demo }) => {
  const widget = await section(demo, "decision");
  await expect(word(widget)).toBeVisible();
  const folded = () => widget.evaluate(({ shadowRoot }) => shadowRoot.querySelectorAll("details:not([open])").length);
  const before = await folded();
  expect(before).toBeGreaterThan(0);
  await demo.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await folded()).toBe(0);
  await demo.evaluate(() => dispatchEvent(new Event("afterprint")));
  expect(await folded()).toBe(before);
});

test("memory stays flat over 200 mounts", async ({ host, page }) => {
  await host(decision(allowRead, read));
  await expect(word(page.locator("admittance-decision"))).toBeVisible();
  const cdp = await page.context().newCDPSession(page);
  const mount = (times) =>
    page.evaluate(async (count) => {
      const template = document.querySelector("admittance-decision");
      for (let at = 0; at < count; at++) {
        const copy = document.createElement("admittance-decision");
        copy.innerHTML = template.innerHTML;
        document.body.prepend(copy);
        await new Promise((done) => copy.addEventListener("decision", done, { once: true }));
        copy.remove();
      }
    }, times);
  const counted = async () => {
    // What the last task still holds goes with the next.
    for (let round = 0; round < 3; round += 1) {
      await page.waitForTimeout(50);
      await cdp.send("HeapProfiler.collectGarbage");
    }
    const { nodes, jsEventListeners } = await cdp.send("Memory.getDOMCounters");
    return { nodes, jsEventListeners };
  };
  await mount(20);
  const before = await counted();
  await mount(200);
  const after = await counted();
  // One widget is more than 200 nodes with a dozen listeners. The last one may not be collected yet; 200 would be 40,000.
  expect(after.nodes - before.nodes).toBeLessThan(1000);
  expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(60);
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1000, 390]) {
    test(`axe finds nothing, and nothing overflows: ${colorScheme}, ${width}`, async ({ page, site }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(site);
      for (const element of await page.locator("[data-example] > *").all()) {
        await element.scrollIntoViewIfNeeded();
        await expect(element.locator(".widget")).toBeVisible();
        for (const summary of await element.locator("details:not([open]) > summary:visible").all()) await summary.click();
      }
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target, failureSummary }) => [target, failureSummary])])).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    });
  }
}
