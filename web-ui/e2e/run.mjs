// Drives the UI of a running platform in Chromium through what a newcomer does, then looks at every page in both themes
// and at phone width. Fails on a wrong outcome, a script error, a breach of the content security policy or of WCAG 2.2 AA.
//
//   BASCULE_URL=http://127.0.0.1:5000 BASCULE_USERNAME=admin BASCULE_PASSWORD=… npm run e2e
//
// BASCULE_CHROMIUM names the browser (default /usr/bin/chromium); screenshots go to target/e2e.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";
import { auditAccessibility } from "./accessibility.mjs";
import {
  createFunction,
  createPythonFunction,
  createResource,
  createSchedule,
  createWebhook,
  deleteFunction,
  deleteResource,
  deleteWebhook,
  followTasks,
  pauseAndPurge,
  setAndRemoveSecret,
  signIn,
  singlePages,
  submitEcho,
} from "./paths.mjs";

const url = required("BASCULE_URL");
const credentials = { username: required("BASCULE_USERNAME"), password: required("BASCULE_PASSWORD") };
const pictures = new URL("../target/e2e/", import.meta.url).pathname;
const PAGES = [
  "/",
  "/resources",
  "/agents",
  "/tunnels",
  "/tasks",
  "/functions",
  "/queues",
  "/schedules",
  "/secrets",
  "/webhooks",
  "/scaling",
  "/audit",
];
const DIALOGS = [
  "/resources?dialog=create",
  "/agents?dialog=enrol",
  "/tasks?dialog=submit",
  "/functions?dialog=create",
  "/queues?dialog=create",
  "/queues?dialog=purge&name=default",
  "/schedules?dialog=create",
  "/secrets?dialog=set",
  "/webhooks?dialog=create",
];
const LOOKS = [
  { name: "light", viewport: { width: 1360, height: 860 }, colorScheme: "light" },
  { name: "dark", viewport: { width: 1360, height: 860 }, colorScheme: "dark" },
  { name: "phone", viewport: { width: 390, height: 844 }, colorScheme: "light" },
];

mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.BASCULE_CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const troubles = [];
try {
  await paths();
  for (const look of LOOKS) {
    await views(look);
  }
} finally {
  await browser.close();
}
assert.deepEqual(troubles, []);
console.log(`All well. Screenshots: ${pictures}`);

/** The main paths, in the light theme. */
async function paths() {
  const page = await open(LOOKS[0]);
  await signIn(page, url, credentials);
  const resource = `e2e-${Date.now().toString(36)}`;
  const created = await createResource(page, url, resource);
  await submitEcho(page, url, `hello from ${resource}`);
  await followTasks(page, url);
  await createFunction(page, url, resource);
  await createPythonFunction(page, url, `${resource}-py`);
  await deleteFunction(page, url, resource);
  await pauseAndPurge(page, url, resource);
  await createSchedule(page, url, resource);
  await setAndRemoveSecret(page, url, resource);
  const webhook = await createWebhook(page, url, resource);
  if (created) {
    await deleteResource(page, url, resource);
  }
  if (webhook) {
    await deleteWebhook(page, url, resource);
  }
  await page.context().close();
}

/** Every page and dialog in one look. */
async function views(look) {
  const page = await open(look);
  await page.goto(`${url}/sign-in`);
  await picture(page, `${look.name}-sign-in`);
  await signIn(page, url, credentials);
  const looked = [...PAGES, ...DIALOGS].map((path) => ({ path, name: nameOf(path) }));
  for (const { path, name: what } of [...looked, ...(await singlePages(page))]) {
    await page.goto(url + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    // Polling never lets the network be idle for long; what matters is that the first answers are on the screen.
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
    const name = `${look.name}-${what}`;
    await picture(page, name);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) {
      troubles.push(`${name} is ${overflow} px wider than the screen`);
    }
  }
  await page.context().close();
}

function nameOf(path) {
  return path === "/"
    ? "home"
    : path
        .slice(1)
        .replace(/\?dialog=/, "-")
        .replace(/&.*/, "");
}

async function picture(page, name) {
  // Fading in is waited for; what pulses for ever is not.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished.catch(() => {})),
    ),
  );
  await page.screenshot({ path: `${pictures}${name}.png` });
  troubles.push(...(await auditAccessibility(page, name)));
}

async function open({ name, viewport, colorScheme }) {
  const context = await browser.newContext({ viewport, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => troubles.push(`${name}: ${error.message}`));
  page.on("console", (message) => {
    // A refused call is also told on the console, and the first one of every visit is: nobody is signed in yet.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      troubles.push(`${name}: ${message.text()}`);
    }
  });
  return page;
}

function required(name) {
  const value = process.env[name];
  if (!value) {
    console.error(
      `Set ${name}: the platform to test and a user of it are given by BASCULE_URL, BASCULE_USERNAME, BASCULE_PASSWORD`,
    );
    process.exit(2);
  }
  return value;
}
