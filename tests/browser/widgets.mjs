// What the tests of the widgets share: the demonstration page, and a plain page of somebody else.
import { expect, test as base } from "@playwright/test";
import { serve } from "./server.mjs";

export { expect };

export const test = base.extend({
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

export const word = (element) => element.locator("[data-decision] .decision-word");

/** The element of a section of the demonstration page, in view. */
export async function section(page, id) {
  const element = page.locator(`#${id} ~ [data-example] > *`).first();
  await element.scrollIntoViewIfNeeded();
  return element;
}

/** Listens for an element's next event of that name; gives a way to wait for what it brings. */
export async function listen(element, name) {
  await element.evaluate((host, type) => {
    host.told = new Promise((done) => host.addEventListener(type, ({ detail }) => done(detail), { once: true }));
  }, name);
  return () => element.evaluate((host) => host.told);
}

export const policy = (...statements) => JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
export const allowRead = policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
export const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
export const decision = (document, request, attributes = "") => `
  <admittance-decision ${attributes}>
    <pre><code class="language-json">${escaped(document)}</code></pre>
    <dl>${Object.entries(request).map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("")}</dl>
  </admittance-decision>`;
export const read = { principal: "arn:aws:iam::111122223333:user/ana", action: "s3:GetObject", resource: "arn:aws:s3:::b/k" };
