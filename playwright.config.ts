import { defineConfig } from "@playwright/test";
import { browserLaunchOptions } from "./packages/tooling/src/browser.ts";

/** `npm test` counts from this file. */
const reportFile = process.env.PALIMPSEST_REPORT;

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./packages/tooling/src/playwright-global-setup.ts",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: reportFile === undefined ? [["list"]] : [["list"], ["json", { outputFile: reportFile }]],
  use: {
    viewport: { width: 1280, height: 800 },
    // Without its film: drawing every page of every person for it takes more of two cores than the tests do.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: browserLaunchOptions(),
  },
  projects: [{ name: "chromium", use: { browserName: "chromium" } }],
});
