import assert from "node:assert/strict";
import { until } from "../visit.mjs";

/** What a page must show as it is, and never do. */
const MARKUP = `"><img src=x onerror="window.broken=1"><script>window.broken=1</script><b>bold</b>{{7*7}}`;
const LONG = "x".repeat(1_000_000);
const SOURCE = `const handler = ({ markup }) => {
  console.log(markup);
  console.log('\\u001b[31mred\\u001b[0m and \\u0007bell');
  console.log('x'.repeat(100_000));
  throw new Error(markup);
};`;

/** Markup, escape sequences and endless words in everything that takes words of others: all of it is text, and fits. */
export async function hostileWords(visit) {
  const { page, name } = visit;
  await visit.call("POST", "/functions", { name, source: SOURCE });
  const { id: failed } = await visit.call("POST", `/functions/${name}:run`, { input: { markup: MARKUP } });
  const { id: long } = await visit.call("POST", "/tasks", { type: "echo", input: { message: LONG.slice(100) } });
  await visit.call("POST", "/webhooks", {
    name,
    url: "https://example.org/hooks",
    eventTypes: ["io.bascule.agent.created"],
    description: MARKUP,
  });
  await visit.call("POST", "/tokens", { name: MARKUP.slice(0, 60) });
  await until(async () => (await visit.call("GET", `/tasks/${failed}`)).state === "failed");
  for (const address of [
    "/tasks",
    `/tasks/${long}`,
    "/settings",
    "/console/audit",
    `/tasks?dialog=submit&like=${failed}`,
  ]) {
    await judge(visit, address);
  }
  await judge(visit, `/webhooks/${name}`);
  await page.getByText(MARKUP).waitFor();
  await judge(visit, `/tasks/${failed}`);
  const log = page.getByRole("log");
  await log.getByText(MARKUP, { exact: true }).waitFor();
  await log.getByText("red and bell", { exact: true }).waitFor();
  await page.getByRole("region", { name: "Error" }).getByText(MARKUP).waitFor();
}

/** Nothing of it was taken for markup, and nothing is wider than the screen. */
async function judge(visit, address) {
  const { page } = visit;
  await visit.goto(address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true], .mantine-Skeleton-root"));
  const made = await page.evaluate(() => [
    document.querySelectorAll("main img, main script, main b, .mantine-Modal-content img").length,
    window.broken ?? 0,
    Math.max(0, document.documentElement.scrollWidth - window.innerWidth),
  ]);
  assert.deepEqual(made, [0, 0, 0], `${address}: elements out of words, scripts that ran, pixels beyond the screen`);
}

const HEBREW = "שלום עולם";
/** Turns what follows it round, until it is ended, which it is not. */
const OVERRIDE = "\u202e";

/** Words from right to left begin on their side, and turn nothing that stands beside them. */
export async function rightToLeft(visit) {
  const { page, name } = visit;
  const source = `const handler = () => { console.log('${HEBREW} 42'); return '${OVERRIDE}${HEBREW}'; };`;
  await visit.call("POST", "/agents", { name, labels: { team: HEBREW } });
  await visit.call("POST", "/functions", { name, source });
  const { id } = await visit.call("POST", `/functions/${name}:run`, { input: { message: HEBREW } });
  await visit.goto(`/tasks/${id}`);
  const line = page.getByRole("log").getByText(`${HEBREW} 42`);
  const { first, last } = await edges(line);
  assert.ok(first > last, "a line begins on the side that its script begins on");
  const input = page.getByRole("region", { name: "Input" });
  const [field, value] = [input.getByText('"message"'), input.getByText(`"${HEBREW}"`)];
  assert.ok((await left(field)) < (await left(value)), "a field stands before its value");
  const result = page.getByRole("region", { name: "Result" }).locator("pre");
  const quotes = await edges(result);
  assert.ok(quotes.first < quotes.last, "a value that turns round leaves its quotes where they are");
  await visit.goto(`/console/agents?q=${name}`);
  const row = page.getByRole("row").filter({ hasText: name });
  const label = row.getByRole("button", { name: `team=${HEBREW}` }).or(row.getByText(`team=${HEBREW}`));
  const reading = await edges(label.first());
  assert.ok(reading.first < reading.last, "a label begins with its name");
}

async function left(locator) {
  return (await locator.boundingBox()).x;
}

/** Where the first and the last character of a text stand, in pixels from the left. */
function edges(locator) {
  return locator.evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      nodes.push(walker.currentNode);
    }
    const at = (node, offset) => {
      const range = document.createRange();
      range.setStart(node, offset);
      range.setEnd(node, offset + 1);
      return range.getBoundingClientRect().left;
    };
    const end = nodes.at(-1);
    return { first: at(nodes[0], 0), last: at(end, end.length - 1) };
  });
}
