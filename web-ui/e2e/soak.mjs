// Looks at live pages for long while much happens, and says what their memory does.
//
//   BASCULE_URL=http://127.0.0.1:5000 BASCULE_USERNAME=owner BASCULE_PASSWORD=… npm run soak
//
// SOAK_MINUTES says for how long (30). Ends with 1 if a page needs much more at the end than after its first minutes.
import { launchChromium } from "./chromium.mjs";
import { platformOfEnvironment } from "./platform.mjs";
import { Visit } from "./visit.mjs";

const MINUTES = Number(process.env.SOAK_MINUTES ?? 30);
const PAGES = ["/tasks", "/", "/console", "/console/queues"];
/** So many tasks are submitted a second, each of which is three or more events. */
const TASKS_A_SECOND = 5;
/** Caches fill in the first minutes: what is not looked at is forgotten after five. */
const WARM_UP = Math.min(6, Math.floor(MINUTES / 3));
const MOST_GROWTH = 1.15;

const browser = await launchChromium();
try {
  const visit = await Visit.begin(browser, platformOfEnvironment(), "soak");
  await visit.signIn();
  const pages = await Promise.all(PAGES.map((path) => open(visit, path)));
  const load = submitAllTheTime(visit);
  const heaps = await watch(pages);
  const submitted = await load.stop();
  await visit.end();
  console.log(`${submitted} tasks in ${MINUTES} min`);
  report(heaps);
  for (const trouble of visit.troubles) {
    console.log(trouble);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
}

async function open(visit, path) {
  const page = path === PAGES[0] ? visit.page : await visit.openTab();
  await page.goto(visit.url + path);
  await page.getByText("Live", { exact: true }).first().waitFor();
  const inspector = await page.context().newCDPSession(page);
  await inspector.send("Performance.enable");
  return { path, inspector };
}

function submitAllTheTime(visit) {
  let submitted = 0;
  let ends = false;
  const work = async () => {
    while (!ends) {
      const items = Array.from({ length: TASKS_A_SECOND }, () => ({ type: "echo", input: { message: submitted++ } }));
      await visit.call("POST", "/tasks:batch", { items });
      await pause(1_000);
    }
  };
  const working = work();
  return {
    stop: async () => {
      ends = true;
      await working;
      return submitted;
    },
  };
}

/** @returns the heap of each page after each minute, in bytes, once all that nobody refers to is gone */
async function watch(pages) {
  const heaps = new Map(pages.map(({ path }) => [path, []]));
  for (let minute = 1; minute <= MINUTES; minute++) {
    await pause(60_000);
    for (const { path, inspector } of pages) {
      await inspector.send("HeapProfiler.collectGarbage");
      const { usedSize } = await inspector.send("Runtime.getHeapUsage");
      const { metrics } = await inspector.send("Performance.getMetrics");
      const { Nodes, JSEventListeners } = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
      heaps.get(path).push(usedSize);
      console.log(`${minute} min, ${path}: ${inMib(usedSize)} MiB, ${Nodes} nodes, ${JSEventListeners} listeners`);
    }
  }
  return heaps;
}

function report(heaps) {
  for (const [path, sizes] of heaps) {
    const third = Math.max(1, Math.floor((sizes.length - WARM_UP) / 3));
    const begin = middleOf(sizes.slice(WARM_UP, WARM_UP + third));
    const end = middleOf(sizes.slice(-third));
    const growth = end / begin;
    console.log(
      `${path}: ${inMib(begin)} MiB after ${WARM_UP} min, ${inMib(end)} MiB at the end, × ${growth.toFixed(2)}`,
    );
    if (growth > MOST_GROWTH) {
      process.exitCode = 1;
    }
  }
}

function middleOf(sizes) {
  return sizes.toSorted((one, other) => one - other)[Math.floor(sizes.length / 2)];
}

function inMib(bytes) {
  return (bytes / 2 ** 20).toFixed(1);
}

function pause(millis) {
  return new Promise((later) => setTimeout(later, millis));
}
