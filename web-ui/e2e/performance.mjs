// Measures what somebody feels at a platform that holds much: 1,000 agents, 10,000 resources, 100,000 tasks, and a long log.
//
//   BASCULE_URL=http://127.0.0.1:5000 BASCULE_USERNAME=owner BASCULE_PASSWORD=… npm run performance
//
// Fills what is missing first, which takes a few minutes; figures for docs/operations/performance.md. The longest log that the platform can
// keep, of a million lines: ATTEMPTS=10 LINES=100000, and a platform with BASCULE_TASKLOGS_LINES=100000 BASCULE_RUNNER_DEFAULTS_LOG=1MB.
import { launchChromium } from "./chromium.mjs";
import { AGENTS, fill, RESOURCES, TASKS } from "./fill.mjs";
import { platformOfEnvironment } from "./platform.mjs";
import { Visit } from "./visit.mjs";

const VISITS = 7;
const PAGES = ["/", "/tasks", "/resources", "/console", "/console/agents", "/console/queues"];

const platform = platformOfEnvironment();
const browser = await launchChromium();
try {
  const { task, lines } = await filled();
  console.log(`${AGENTS} agents, ${RESOURCES} resources, ${TASKS} tasks; middle and worst of ${VISITS} visits, in ms`);
  for (const path of PAGES) {
    const loads = await repeated((visit) => load(visit, path));
    report(
      `${path}: first contentful paint`,
      loads.map(({ painted }) => painted),
    );
    report(
      `${path}: rows on the screen`,
      loads.map(({ filled: rows }) => rows),
    );
  }
  const interactions = (await repeated(interact)).flat();
  for (const name of new Set(interactions.map((one) => one.name))) {
    report(
      `${name}: interaction to next paint`,
      interactions.filter((one) => one.name === name).map(({ took }) => took),
    );
  }
  const visit = await begin();
  report(`scrolling a log of ${lines} lines: time of a frame`, await scroll(visit, task), 0.99);
  await visit.end();
} finally {
  await browser.close();
}

async function filled() {
  const visit = await begin();
  try {
    return await fill(visit);
  } finally {
    await visit.end();
  }
}

async function begin() {
  const visit = await Visit.begin(browser, platform, "performance");
  await visit.signIn();
  return visit;
}

/** Each in a browser that has seen nothing yet. */
async function repeated(measure) {
  const measured = [];
  for (let i = 0; i < VISITS; i++) {
    const visit = await begin();
    measured.push(await measure(visit));
    await visit.end();
  }
  return measured;
}

async function load(visit, path) {
  await visit.goto(path);
  await visit.page.getByRole("heading", { level: 1 }).waitFor();
  return visit.page.evaluate(async () => {
    const paint = () => performance.getEntriesByName("first-contentful-paint")[0];
    while (document.querySelector("[aria-busy=true]") || !document.querySelector("tbody tr, li a")) {
      await new Promise(requestAnimationFrame);
    }
    const filled = performance.now();
    // The browser tells of a picture after it was shown: rows may be there before.
    while (!paint()) {
      await new Promise(requestAnimationFrame);
    }
    return { painted: paint().startTime, filled };
  });
}

/** What people do most; each in the time from the key or the click to the next picture. */
async function interact(visit) {
  const { page } = visit;
  const measured = [];
  const measure = async (name, act) => {
    await page.evaluate(() => {
      window.longest = 0;
      window.observer ??= new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
          window.longest = Math.max(window.longest, duration);
        }
      });
      window.observer.observe({ type: "event", durationThreshold: 16 });
    });
    await act();
    // Two pictures later the browser has told of every event before them.
    await page.evaluate(() => new Promise((later) => requestAnimationFrame(() => requestAnimationFrame(later))));
    measured.push({ name, took: await page.evaluate(() => Math.max(16, window.longest)) });
  };
  await visit.goto("/resources");
  await page.getByRole("row").nth(1).waitFor();
  await measure("typing into a search", () => page.getByRole("searchbox").first().pressSequentially("res-7"));
  await visit.goto("/tasks");
  await page.getByRole("row").nth(1).waitFor();
  await measure("opening a filter", () => page.getByRole("combobox", { name: "State" }).click());
  await measure("choosing from it", () => page.getByRole("option", { name: "waiting" }).click());
  const nextPage = pagesOf("/api/v1/tasks");
  for (let i = 0; i < 4; i++) {
    await measure("loading more rows", () =>
      Promise.all([page.waitForResponse(nextPage), page.getByRole("button", { name: "Load more" }).click()]),
    );
  }
  await measure("opening a dialog", () => page.getByRole("link", { name: "Submit task" }).click());
  await page.getByRole("dialog").waitFor();
  await measure("closing it", () => page.keyboard.press("Escape"));
  await measure("opening the palette", () => page.keyboard.press("ControlOrMeta+K"));
  await measure("another page", () => page.getByRole("link", { name: "Schedules" }).first().click({ force: true }));
  return measured;
}

/** Tells an answer with one more page of a list from those that poll the pages before it. */
function pagesOf(path) {
  const cursors = new Set();
  return (answer) => {
    const { pathname, searchParams } = new URL(answer.url());
    const cursor = searchParams.get("cursor");
    const isNext = pathname === path && cursor !== null && !cursors.has(cursor);
    cursors.add(cursor);
    return isNext;
  };
}

/** Scrolls from the end to the beginning and tells how long each picture took. */
async function scroll(visit, task) {
  const { page } = visit;
  await visit.goto(`/tasks/${task}`);
  await page.getByRole("log").waitFor();
  await page.waitForFunction(() => document.querySelector("[role=log]").scrollHeight > 100_000);
  return page.evaluate(async () => {
    const log = document.querySelector("[role=log]");
    const frames = [];
    let before = await new Promise(requestAnimationFrame);
    while (log.scrollTop > 0 && frames.length < 600) {
      log.scrollTop -= 400;
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - before);
      before = now;
    }
    return frames;
  });
}

function report(name, values, part = 1) {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const worst = part === 1 ? "worst" : `${part * 100} % below`;
  console.log(`${name}: ${at(0.5).toFixed(0)} (${worst} ${at(part).toFixed(0)})`);
}
