// Drives the UI of a running platform in Chromium through what people do. A path fails on a wrong outcome, on a word of the
// browser's console, on a breach of the content security policy or of WCAG 2.2 AA.
//
//   BASCULE_URL=http://127.0.0.1:5000 BASCULE_USERNAME=owner BASCULE_PASSWORD=… npm run e2e
//
// With names it goes these paths, with `-` those whose names come on standard input, else all. Screenshots go to target/e2e.
import { mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { launchChromium } from "./chromium.mjs";
import { PATHS } from "./paths.mjs";
import { platformOfEnvironment } from "./platform.mjs";
import { Visit } from "./visit.mjs";

const platform = platformOfEnvironment();
const pictures = new URL("../target/e2e/", import.meta.url).pathname;
mkdirSync(pictures, { recursive: true });
const browser = await launchChromium();
try {
  for await (const name of wanted(process.argv.slice(2))) {
    await walk(name);
  }
} finally {
  await browser.close();
}

function wanted(names) {
  if (names.length === 1 && names[0] === "-") {
    return createInterface({ input: process.stdin });
  }
  return names.length > 0 ? names : Object.keys(PATHS);
}

/** Goes one path and prints what was wrong, each line after its name, and last whether it passed. */
async function walk(name) {
  const begin = Date.now();
  const troubles = await troublesOf(name).catch((error) => [error.stack]);
  for (const line of troubles.flatMap((trouble) => stripVTControlCharacters(trouble).split("\n"))) {
    console.log(`${name}: ${line}`);
  }
  console.log(`${name}: took ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  console.log(`${troubles.length === 0 ? "passed" : "failed"} ${name}`);
  if (troubles.length > 0) {
    process.exitCode = 1;
  }
}

async function troublesOf(name) {
  const path = PATHS[name];
  if (!path) {
    return [`There is no such path; there are ${Object.keys(PATHS).join(", ")}`];
  }
  const visit = await Visit.begin(browser, platform, `e2e-${Date.now().toString(36)}`, path.look);
  try {
    if (!path.signsInItself) {
      await visit.signIn();
    }
    await path(visit, pictures);
  } catch (error) {
    visit.troubles.unshift(error.stack, await whatIsSeen(visit.page, name));
  }
  await visit.end();
  return visit.troubles;
}

/** What the page shows when a path has failed, for those who have only the words. */
async function whatIsSeen(page, name) {
  try {
    await page.screenshot({ path: `${pictures}failed-${name}.png` });
    return `seen at ${page.url()}:\n${await page.innerText("body")}`;
  } catch (error) {
    return `nothing can be seen: ${error.message}`;
  }
}
