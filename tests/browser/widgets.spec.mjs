// The widgets on their demonstration page: what each shows, and what its reader can do.
import AxeBuilder from "@axe-core/playwright";
import { allowRead, decision, escaped, expect, listen, policy, read, section, test, word } from "./widgets.mjs";

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
  const told = await listen(widget, "decision");
  await widget.getByRole("textbox", { name: "aws:ResourceTag/team" }).fill("blue");
  await expect(word(widget)).toHaveText("Allowed");
  expect(await told()).toMatchObject({ decision: "Allow", request: { context: { "aws:ResourceTag/team": "blue" } } });
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

for (const width of [390, 1440]) {
  test(`labels of statements cover no text that is edited, at ${width} px`, async ({ page, host }) => {
    await page.setViewportSize({ width, height: 900 });
    const long = "arn:aws:s3:::photos/" + "abcdefghij/".repeat(12) + "*";
    const statements = [{ Effect: "Allow", Action: "s3:GetObject", Resource: long }, { Effect: "Allow", Action: "s3:*", Resource: "*" }];
    for (const indent of [0, 2]) {
      const document = JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, indent);
      await host(decision(document, { ...read, resource: long }, 'mode="editable"'));
      await expect(page.locator(".is-editable .code-label").first()).toBeVisible();
      expect(await page.locator(".is-editable").evaluate(covered)).toEqual([]);
    }
  });
}

/** The texts of which a letter lies below a label. */
function covered(editor) {
  const labels = [...editor.querySelectorAll(".code-label")].map((label) => label.getBoundingClientRect());
  const texts = [...editor.querySelectorAll(".code-line span:not(.code-label, .code-label *)")];
  const below = (text) => (label) =>
    [...text.getClientRects()].some((at) => at.left < label.right && label.left < at.right && at.top < label.bottom && label.top < at.bottom);
  return texts.filter((text) => labels.some(below(text))).map((text) => text.textContent);
}

test("a quiz shows nothing before the answer", async ({ demo }) => {
  const widget = await section(demo, "quiz");
  await expect(widget.getByText("What does AWS decide?")).toBeVisible();
  await expect(word(widget)).toHaveCount(0);
  await expect(widget.locator(".code-label, .is-decisive, .is-unmatched")).toHaveCount(0);
  await expect(widget.getByRole("button", { name: "Check" })).toBeDisabled();
  const told = await listen(widget, "answer");
  await widget.getByRole("radio", { name: "Allowed" }).check();
  await widget.getByRole("button", { name: "Check" }).click();
  expect(await told()).toEqual({ answer: "Allow", decision: "ImplicitDeny", correct: false });
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
  const [own, told] = await page.evaluate(() => [document.querySelector("admittance-policy").findings, window.told.findings]);
  expect(own).toEqual(told);
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

test("a comparison of service control policies, with a policy that holds before and after; what is wrong is said at its side", async ({ host, page }) => {
  const pre = (text, type) => `<pre data-policy-type="${type}"><code>${escaped(text)}</code></pre>`;
  const list = `<dl><dt>principal</dt><dd>${read.principal}</dd><dt>action</dt><dd>s3:GetObject</dd></dl>`;
  const all = allowRead.replace("s3:GetObject", "*");
  await host(`
    <admittance-compare>${pre(all, "scp")}${pre(all.replace("Allow", "Deny"), "scp")}${pre(allowRead, "identity")}${list}</admittance-compare>
    <admittance-compare>${pre(allowRead, "identity")}${pre(allowRead.replace("Allow", "Alow"), "identity")}${list}</admittance-compare>`);
  const [first, second] = await page.locator("admittance-compare").all();
  await expect(first.getByRole("row", { name: /s3:GetObject.*Allowed Denied explicitly changed/ })).toBeVisible();
  await expect(second.getByRole("row", { name: /Allowed Not decided changed/ })).toBeVisible();
  await expect(second.locator(".part", { has: page.locator(".problems") })).toHaveText(/^After.*`Alow` is no effect/);
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

test("everything is reached by keyboard", async ({ demo }) => {
  const widget = await section(demo, "quiz");
  const chosen = (name) => expect(widget.getByRole("radio", { name })).toBeChecked();
  await widget.getByRole("radio", { name: "Allowed" }).focus();
  await demo.keyboard.press("ArrowDown");
  await chosen("Denied explicitly");
  await demo.keyboard.press("ArrowDown");
  await chosen("Denied implicitly");
  await demo.keyboard.press("Tab");
  await expect(widget.getByRole("button", { name: "Check" })).toBeFocused();
  await demo.keyboard.press("Enter");
  await expect(widget.getByText("Right.")).toBeVisible();
  await expect(widget.getByRole("button", { name: "Try again" })).toBeFocused();
  await demo.keyboard.press("Enter");
  await expect(widget.getByRole("radio", { name: "Allowed" })).toBeFocused();
  await demo.keyboard.press("Space");
  await chosen("Allowed");
  await demo.keyboard.press("Enter");
  await expect(widget.getByText("Not quite.")).toBeVisible();
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

test("the frame to paste shows its example, and its reader can change it", async ({ demo }) => {
  await demo.locator("iframe").scrollIntoViewIfNeeded();
  const widget = demo.frameLocator("iframe").locator("admittance-decision");
  await expect(word(widget)).toHaveText("Allowed");
  await widget.getByRole("textbox", { name: "Action" }).fill("s3:PutObject");
  await expect(word(widget)).toHaveText("Denied implicitly");
  const [src, pasted] = [await demo.locator("iframe").getAttribute("src"), await demo.locator("#frame ~ pre").textContent()];
  expect(pasted).toContain(src.replace("&", "&amp;"));
});

test("in a narrow column a comparison shows both decisions of each request", async ({ demo }) => {
  await demo.setViewportSize({ width: 390, height: 900 });
  const widget = await section(demo, "compare");
  const row = widget.getByRole("row", { name: /s3:DeleteObject/ });
  await expect(row.getByRole("cell")).toHaveText([/Allowed/, /Denied implicitly changed/]);
  for (const cell of await row.getByRole("cell").all()) await expect(cell).toBeInViewport({ ratio: 1 });
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1000, 390]) {
    test(`axe finds nothing, and nothing overflows: ${colorScheme}, ${width}`, async ({ page, site }) => {
      test.setTimeout(90_000);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(site);
      for (const element of await page.locator("[data-example] > *").all()) {
        await element.scrollIntoViewIfNeeded();
        await expect(element.locator(".widget")).toBeVisible();
        await element.evaluate(({ shadowRoot }) => {
          for (const details of shadowRoot.querySelectorAll("details")) details.open = true;
        });
      }
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target, failureSummary }) => [target, failureSummary])])).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    });
  }
}
