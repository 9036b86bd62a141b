// What the page loads when its first decision is on the screen: on its way, failing, and there.
import AxeBuilder from "@axe-core/playwright";
import { expect, policy, test, words } from "./playground.mjs";

const FILE = "**/later-*.wasm";
const slow = { timeout: 20_000 };

// The tests answer its request themselves.
test.use({ serviceWorkers: "block" });

/** Holds the file back until it is sent. */
const hold = async (page) => {
  let send;
  const held = new Promise((resolve) => (send = resolve));
  await page.route(FILE, async (route) => {
    await held;
    await route.continue();
  });
  return send;
};

test("what comes later is not asked for before the first decision is on the screen", async ({ page, address }) => {
  const decided = [];
  await page.route(FILE, async (route) => {
    decided.push(await page.locator("#decision .decision-word").textContent());
    await route.continue();
  });
  await page.goto(address);
  await expect(page.getByRole("tree", { name: "The gates, in order" })).toBeVisible(slow);
  expect(decided).toEqual([words.Allow]);
  await expect(page.locator(".part")).toHaveCount(0);
});

test("what is on its way says so, and what was asked for meanwhile opens when it is there", async ({ page, address }) => {
  const send = await hold(page);
  await page.goto(address);
  await expect(page.locator("#decision .decision-word")).toHaveText(words.Allow);
  await expect(page.locator(".page > .part")).toHaveText("Loading …");
  await page.getByRole("button", { name: "Examples" }).click();
  await expect(page.locator("body > .part")).toHaveText("Loading …");
  await page.getByRole("button", { name: "Scenario", exact: true }).click();
  await expect(page.locator("#scenario-menu")).toHaveText("Loading …");
  await page.getByRole("button", { name: "Tests" }).click();
  await expect(page.locator("body > .part").first()).toHaveText("Loading …");
  send();
  await expect(page.getByRole("dialog", { name: "Examples" })).toBeVisible(slow);
  await expect(page.locator(".part")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Examples" })).toBeHidden();
  await expect(page.getByRole("table")).toBeVisible();
});

/** The pauses before it is tried again by itself take so long instead. */
const pauses = (page, wanted) =>
  page.addInitScript((wanted) => {
    const { setTimeout } = window;
    window.setTimeout = (run, pause, ...rest) => setTimeout(run, pause >= 2_000 ? wanted : pause, ...rest);
  }, wanted);

test("what does not come says so and can be tried again, and the page decides meanwhile", async ({ page, address }) => {
  await pauses(page, 600_000);
  await page.route(FILE, (route) => route.abort());
  await page.goto(address);
  const word = page.locator("#decision .decision-word");
  const explanation = page.locator(".page > .part");
  await expect(explanation).toContainText("This part of the page could not be loaded.");
  await expect(word).toHaveText(words.Allow);
  await page.getByLabel("Action", { exact: true }).fill("s3:DeleteObject");
  await expect(word).toHaveText(words.ImplicitDeny);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.unroute(FILE);
  await explanation.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "How it was decided" })).toBeVisible(slow);
  await expect(page.locator(".part")).toHaveCount(0);
});

test("what does not come is tried again by itself", async ({ page, address }) => {
  await pauses(page, 20);
  let failures = 3;
  await page.route(FILE, (route) => (failures-- > 0 ? route.abort() : route.continue()));
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "How it was decided" })).toBeVisible(slow);
  expect(failures).toBe(-1);
});

const bringing = {
  paste: (target, text) =>
    target.evaluate((each, text) => {
      const data = new DataTransfer();
      data.setData("text", text);
      return !each.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, text),
  drop: (target, text) =>
    target.evaluate((each, text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "policy.json", { type: "application/json" }));
      const options = { dataTransfer: data, bubbles: true, cancelable: true };
      return ["dragover", "drop"].every((name) => !each.dispatchEvent(new DragEvent(name, options)));
    }, text),
};
const message =
  "User: arn:aws:iam::111122223333:user/bea is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:111122223333:orders because no identity-based policy allows the sqs:SendMessage action";
const allow = (action) => policy({ Effect: "Allow", Action: action, Resource: "*" });

test("what is pasted and dropped before it is there is kept, and then opened in that order", async ({ page, address }) => {
  const send = await hold(page);
  await page.goto(address);
  await expect(page.locator("#decision .decision-word")).toHaveText(words.Allow);
  const documents = page.locator(".document-item");
  await expect(documents).toHaveCount(1);
  expect(await bringing.paste(page.locator("body"), allow("sqs:First"))).toBe(true);
  expect(await bringing.drop(page.locator("body"), allow("sqs:Second"))).toBe(true);
  expect(await bringing.drop(page.locator(".cm-content"), allow("sqs:Third"))).toBe(true);
  await expect(page.getByText("It is opened as soon as the rest of the page is here.")).toBeVisible();
  await expect(documents).toHaveCount(1);
  send();
  await expect(documents).toHaveCount(4, slow);
  await expect(page.locator(".toast")).toContainText("Added policy.json");
  await expect(page.locator(".cm-content")).toContainText("sqs:Third");
  await documents.nth(0).click();
  await expect(page.locator(".cm-content")).not.toContainText("sqs:");
});

test("a message of AWS that is pasted into a field before it is there fills the request in", async ({ page, address }) => {
  const send = await hold(page);
  await page.goto(address);
  await expect(page.locator("#decision .decision-word")).toHaveText(words.Allow);
  const [principal, action] = ["Principal", "Action"].map((name) => page.getByLabel(name, { exact: true }));
  const before = await principal.inputValue();
  // Other text is the field's.
  expect(await bringing.paste(principal, "arn:aws:iam::111122223333:user/bob")).toBe(false);
  expect(await bringing.paste(principal, message)).toBe(true);
  await expect(page.getByText("It is opened as soon as the rest of the page is here.")).toBeVisible();
  await expect(principal).toHaveValue(before);
  send();
  await expect(page.getByText("It was denied implicitly by identity-based policies.")).toBeVisible(slow);
  await expect(principal).toHaveValue("arn:aws:iam::111122223333:user/bea");
  await expect(action).toHaveValue("sqs:SendMessage");
  await expect(page.getByText("It is opened as soon as the rest of the page is here.")).toBeHidden();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(principal).toHaveValue(before);
});
