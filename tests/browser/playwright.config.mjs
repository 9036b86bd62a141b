import { defineConfig } from "@playwright/test";
import { launchOptions } from "./chromium.mjs";

export default defineConfig({
  testDir: ".",
  outputDir: "results",
  timeout: 30_000,
  expect: { timeout: 5_000 },
  forbidOnly: true,
  workers: 1,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    headless: true,
    launchOptions,
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
  },
});
