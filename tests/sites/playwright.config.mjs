import { defineConfig } from "@playwright/test";
import { launchOptions } from "../browser/chromium.mjs";

export default defineConfig({
  testDir: ".",
  outputDir: "results",
  // A site is built before its first test.
  timeout: 300_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"]],
  use: { browserName: "chromium", headless: true, launchOptions, viewport: { width: 1280, height: 900 } },
});
