// How long the page takes for a keystroke with one policy of 6 KB attached and with ten, and what the longest tasks are
// while a matrix of 300 by 300 is computed. Numbers to be read, not tests: they are those of the machine.
import { chromium } from "@playwright/test";
import { deflateRawSync } from "node:zlib";
import { launchOptions } from "./chromium.mjs";
import { Playground } from "./playground.mjs";
import { serve } from "./server.mjs";
import { tasksDuring } from "./tasks.mjs";

const KEYSTROKES = 60;
const SIZE = 6 << 10;

/** A policy document of about 6 KB. */
function document(number) {
  const statement = (at) => ({
    Sid: `Statement${at}`,
    Effect: at % 5 === 4 ? "Deny" : "Allow",
    Action: [`s3:Get${number}x${at}*`, `dynamodb:Query${at}`, "s3:ListBucket"],
    Resource: `arn:aws:s3:::example-bucket-${number}-${at}/*`,
    Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
  });
  const statements = [];
  const text = () => JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
  while (text().length < SIZE) statements.push(statement(statements.length));
  return text();
}

function scenario(policies) {
  return {
    name: `${policies} policies`,
    policies: { identity: Array.from({ length: policies }, (_, at) => ({ name: `Policy${at}`, document: document(at) })) },
    requests: [{ principal: "arn:aws:iam::111122223333:user/ana", action: "s3:GetObject", resource: ["arn:aws:s3:::example-bucket-0-0/a"], context: { "aws:RequestedRegion": "eu-west-1" } }],
  };
}

async function keystrokes(browser, url, policies) {
  const page = await browser.newPage();
  const data = deflateRawSync(JSON.stringify(scenario(policies))).toString("base64url");
  await page.goto(`${url}#share=1.0.0.${data}`);
  await page.locator(".document-item").nth(policies - 1).waitFor();
  // Behind the name of a statement, where every letter leaves a valid document.
  const name = page.locator(".cm-line", { hasText: '"Statement0' });
  await name.click();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  const found = await page.evaluate(async (count) => {
    const pause = (ms) => new Promise((done) => setTimeout(done, ms));
    // What was asked for before comes before this.
    const nextTask = () =>
      new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(0);
      });
    for (let at = 0; at < count; at += 1) {
      performance.mark("pressed");
      document.execCommand("insertText", false, "x");
      await nextTask();
      performance.measure("keystroke", "pressed");
      // The explanation follows when nobody types.
      await pause(150);
    }
    return performance.getEntriesByName("keystroke").map(({ duration }) => duration).sort((one, other) => one - other);
  }, KEYSTROKES);
  const typed = (await name.textContent()).split("x").length - 1;
  if (typed !== KEYSTROKES) throw new Error(`${typed} of ${KEYSTROKES} letters arrived`);
  await page.close();
  return { least: found[0], median: found[KEYSTROKES >> 1] };
}

// That the browser puts hundreds of lines into a field at once is no task of the page.
const longest = (tasks, by) => Math.max(0, ...tasks.filter((task) => !task.typing).map((task) => task[by])).toFixed(1);

async function matrix(browser, url) {
  const page = await browser.newPage();
  const playground = new Playground(page, url);
  await playground.load();
  await playground.matrix(300, 2);
  const first = await tasksDuring(page, () => playground.matrix(300, 300));
  const again = await tasksDuring(page, async () => {
    await page.getByRole("button", { name: "Compute again" }).click();
    await page.getByRole("progressbar", { name: "Rows computed" }).waitFor();
    await playground.matrixIsComputed(300, 300);
  });
  await page.close();
  return { "typed in and drawn": first, "computed again": again };
}

const server = await serve();
const browser = await chromium.launch(launchOptions);
const [one, ten] = [await keystrokes(browser, server.url, 1), await keystrokes(browser, server.url, 10)];
for (const [policies, { least, median }] of [[1, one], [10, ten]]) {
  console.log(`a keystroke with ${policies} × 6 KB: least ${least.toFixed(1)} ms, median ${median.toFixed(1)} ms`);
}
console.log(`ten policies cost ${(ten.least / one.least).toFixed(2)} × one (aim: at most 2), by medians ${(ten.median / one.median).toFixed(2)} ×`);
for (const [what, tasks] of Object.entries(await matrix(browser, server.url))) {
  console.log(`matrix of 300 × 300, ${what}: longest task ${longest(tasks, "wall")} ms, of the processor ${longest(tasks, "processor")} ms (aim: at most 50)`);
}
await browser.close();
await server.close();
