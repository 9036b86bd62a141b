// The widgets in pages of others: when they load, what they leave alone, what they take, and where they lead.
import { counted, mount } from "./mounts.mjs";
import { allowRead, decision, escaped, expect, policy, read, section, test, word } from "./widgets.mjs";

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

test("beside a CodeMirror of the page", async ({ host, page, site, traffic }) => {
  const playground = await (await fetch(new URL("..", site))).text();
  const [editor] = /editor-[^"]+\.js/.exec(playground);
  await host(`<div id="own"></div>${decision(allowRead, read, 'mode="editable"')}`, {
    head: `<script type="module" src="../${editor}"></script>`,
  });
  const widget = page.locator("admittance-decision");
  const own = page.locator("#own .cm-content");
  await expect(word(widget)).toHaveText("Allowed");
  await page.evaluate(() => {
    const nothing = () => false;
    const none = { ask: async () => "null" };
    const view = new globalThis.AdmittanceEditor(document.getElementById("own"), nothing, nothing, nothing, none);
    view.open(1, "Own", "identity", "of the page");
  });
  await widget.getByRole("textbox", { name: "Identity-based policy" }).fill(policy({ Effect: "Deny", Action: "*", Resource: "*" }));
  await expect(word(widget)).toHaveText("Denied explicitly");
  await expect(own).toHaveText("of the page");
  await own.click();
  await page.keyboard.press("End");
  await page.keyboard.type(" still");
  await expect(own).toHaveText("of the page still");
  await expect(word(widget)).toHaveText("Denied explicitly");
  expect(traffic.errors).toEqual([]);
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
  // Of an English sentence the full stop stands at its right end, and the sentence at the right.
  await expect(widget.locator(".decision-reason")).toHaveCSS("unicode-bidi", "plaintext");
  await expect(widget.locator(".decision-reason")).toHaveCSS("text-align", "right");
  const [icon, text] = [await widget.locator(".decision-icon").first().boundingBox(), await word(widget).boundingBox()];
  expect(icon.x).toBeGreaterThan(text.x);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

for (const [what, id, off] of [["a policy", "policy", "0"], ["a comparison", "compare", "1"]]) {
  test(`the way to the playground from ${what}: the frame reads what the link carries`, async ({ demo }) => {
    const widget = await section(demo, id);
    const link = widget.getByRole("link", { name: "Open in the playground" });
    await link.focus();
    await expect(link).toHaveAttribute("href", off === "1" ? /#share=2\.0\.0\.1\.[\w-]+$/ : /#share=1\.0\.0\.[\w-]+$/);
    const fragment = new URL(await link.getAttribute("href")).hash.slice(1);
    const carried = await demo.evaluate(async (text) => (await import("./widgets.js")).fromFragment(text), fragment);
    expect(carried.request).toBe(0);
    // Of a comparison the policy before is switched off, and so left out.
    expect(carried.scenario.policies.identity).toHaveLength(1);
    const document = JSON.parse(carried.scenario.policies.identity[0].document);
    expect([document.Statement].flat()[0].Action).toEqual(["s3:GetObject", "s3:ListBucket"]);
    expect(carried.scenario.requests).toHaveLength(id === "policy" ? 0 : 2);
  });
}

test("a click on the way to the playground waits for the scenario", async ({ demo, page }) => {
  const link = (await section(demo, "decision")).getByRole("link", { name: "Open in the playground" });
  const opened = page.waitForEvent("popup");
  // Without a pointer or the focus having been there before.
  await link.evaluate((element) => element.click());
  expect((await opened).url()).toMatch(/#share=1\.0\.0\.[\w-]+$/);
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

test("without the engine the page stays as it was", async ({ host, page, traffic }) => {
  await page.route("**/engine.wasm", (route) => route.abort());
  await host(decision(allowRead, read));
  await expect(page.locator(".failure")).toHaveText(/the engine could not be loaded/);
  // It is tried again when the widget comes into view again, and not before.
  const tries = () => traffic.addresses.filter((address) => address.endsWith("/engine.wasm")).length;
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100)))));
  expect(tries()).toBe(1);
  await page.unroute("**/engine.wasm");
  await page.evaluate(() => document.querySelector("admittance-decision").before(Object.assign(document.createElement("div"), { style: "height: 4000px" })));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(tries()).toBe(1);
  await expect(page.getByText('"s3:GetObject"')).toBeVisible();
  await page.locator("admittance-decision").scrollIntoViewIfNeeded();
  await expect(word(page.locator("admittance-decision"))).toHaveText("Allowed");
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

// Each kind once, with what its reader may do before it goes away, and the event that tells that it was shown.
const mounts = [
  ["admittance-decision", decision(allowRead, read), "decision"],
  ["admittance-decision", decision(allowRead, read, 'mode="editable"'), "decision"],
  ["admittance-policy", `<admittance-policy><pre>${escaped(allowRead)}</pre></admittance-policy>`, "findings"],
  ["admittance-compare", `<admittance-compare before='${allowRead}' after='${allowRead}' requests='${JSON.stringify(read)}'></admittance-compare>`, "changes"],
];

for (const [name, html, event] of mounts) {
  test(`memory stays flat over 200 mounts: ${name}${html.includes("editable") ? ", edited" : ""}`, async ({ host, page }) => {
    test.setTimeout(180_000);
    // The memories of the WebAssembly modules, to see that these do not grow either.
    await page.addInitScript(() => {
      globalThis.memories = [];
      for (const how of ["instantiate", "instantiateStreaming"]) {
        const instantiate = WebAssembly[how];
        WebAssembly[how] = async (...given) => {
          const made = await instantiate.apply(WebAssembly, given);
          memories.push((made.instance ?? made).exports.memory);
          return made;
        };
      }
    });
    await host(html);
    await expect(page.locator(`${name} .widget`)).toBeVisible();
    const engine = () => page.evaluate(() => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
    await mount(page, name, event, 20);
    const [before, memory] = [await counted(page), await engine()];
    expect(memory).toBeGreaterThan(0);
    await mount(page, name, event, 200);
    const after = await counted(page);
    // One widget is more than 100 nodes with some listeners. The last one may not be collected yet; 200 would be 20,000.
    expect(after.nodes - before.nodes).toBeLessThan(1000);
    expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(60);
    expect(after.usedSize - before.usedSize).toBeLessThan(1 << 20);
    expect(await engine()).toBe(memory);
  });
}
