// Which Chromium drives the paths: the one that is named, one of the machine, or Playwright's own.
//
// Run by itself it prints where that is, and ends with 1 where there is none.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

export const REMEDY =
  "No Chromium: install it (Debian: apt-get install chromium), or run `npx playwright-core install chromium` in web-ui, or set BASCULE_CHROMIUM to one";

/** @returns its path, or undefined when there is none */
export function findChromium() {
  const named = process.env.BASCULE_CHROMIUM;
  return named ?? [...onPath(), chromium.executablePath()].find(isExecutable);
}

export function launchChromium() {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error(REMEDY);
  }
  // Chromium's own sandbox does not work as root; /dev/shm of a container is too small for it.
  const args = ["--disable-dev-shm-usage", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  return chromium.launch({ executablePath, args });
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = findChromium();
  console.log(found ?? REMEDY);
  process.exitCode = found ? 0 : 1;
}
