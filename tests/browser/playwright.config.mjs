import { defineConfig } from "@playwright/test";
import { launchOptions } from "./chromium.mjs";

export default defineConfig({
  testDir: ".",
  outputDir: "results",
  timeout: 30_000,
  expect: { timeout: 5_000 },
  forbidOnly: true,
  workers: 1,
  // A test that passes only the second time is counted by itself and shown with its error; more than two fail the group.
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    headless: true,
    launchOptions,
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
  },
});
