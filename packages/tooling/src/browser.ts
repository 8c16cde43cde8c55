import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { PlainError } from "./plain-error.ts";
import { runTool } from "./run-tool.ts";

const systemBrowsers = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Playwright's own browser where it is installed, else one of the system's; undefined when there is none. */
export function findBrowser(): string | undefined {
  const own = chromium.executablePath();
  if (own !== "" && existsSync(own)) return own;
  return systemBrowsers.flatMap((name) => {
    const path = name.startsWith("/")
      ? name
      : spawnSync("which", [name], { encoding: "utf8" }).stdout?.trim();
    if (path === undefined || path === "" || !existsSync(path)) return [];
    // Ubuntu's chromium-browser may be a script that only says how to install a snap.
    return spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0 ? [path] : [];
  })[0];
}

/** Launch options for every browser the tests start. Nothing in them reaches out to the network by itself. */
export function browserLaunchOptions(): { executablePath?: string; args: string[] } {
  const executablePath = findBrowser();
  const args = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ];
  if (isRoot()) args.push("--no-sandbox");
  return executablePath === undefined ? { args } : { executablePath, args };
}

/** Finds a browser or installs one; a sentence says what to do when neither works. */
export async function ensureBrowser(): Promise<string> {
  const present = findBrowser();
  if (present !== undefined) return present;
  console.log("Installing a browser for the tests…");
  const downloaded = await runTool("playwright", ["install", "chromium"]);
  if (downloaded.code === 0) {
    if (isRoot() && process.platform === "linux") await runTool("playwright", ["install-deps", "chromium"]);
    const own = findBrowser();
    if (own !== undefined) return own;
  }
  if (isRoot() && existsSync("/usr/bin/apt-get")) {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await runTool("apt-get", ["update"], { env });
    await runTool("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env });
    const installed = findBrowser();
    if (installed !== undefined) return installed;
  }
  throw new PlainError(
    "No browser for the tests was found and none could be installed. Install Chromium or Chrome (or run npx playwright install chromium), then run npm test again.",
  );
}
